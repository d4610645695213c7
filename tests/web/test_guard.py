"""What surrounds every page: whose form it is, how large, which headers, and how failure looks."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from engine import errors
from engine.errors import by_code
from tests.forms.test_messages import ENGLISH
from tests.web.cast import SAME, sign_in
from web import access
from web.access import policies
from web.app import create_app
from web.context import Context
from web.security import POLICY, same_origin

FORM = "/contoh/formulir"


def words(response: Any) -> str:
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.text, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.parametrize(
    ("headers", "mine"),
    [
        ({"sec-fetch-site": "same-origin"}, True), ({"sec-fetch-site": "none"}, True), ({"sec-fetch-site": "cross-site"}, False), ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "https://kota.test", "host": "kota.test"}, True), ({"origin": "https://jahat.test", "host": "kota.test"}, False), ({"origin": "null", "host": "kota.test"}, False),
        ({"host": "kota.test"}, False), ({"sec-fetch-site": "cross-site", "origin": "https://kota.test", "host": "kota.test"}, False),
    ],
)  # fmt: skip
def test_whose_form_it_is(headers: dict[str, str], mine: bool) -> None:
    assert same_origin(Headers(headers)) is mine


def test_a_foreign_form_changes_nothing(client: TestClient) -> None:
    sign_in(client)
    refused = client.post("/keluar", headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403
    assert "tidak berasal dari halaman ini" in words(refused)
    assert client.get(FORM, follow_redirects=False).status_code == 200
    assert client.post("/keluar", headers={"origin": "https://jahat.test"}).status_code == 403


@pytest.mark.parametrize("path", ["/masuk", FORM, "/tidak-ada", "/contoh/rusak", "/contoh/mati", "/aset/000000000000/alur.css"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "unsafe" not in POLICY


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [("/tidak-ada", 404, "tidak ditemukan"), ("/contoh/rusak", 500, "kesalahan pada sistem"), ("/contoh/mati", 503, "Membaca tetap bisa"), ("/saya/sandi", 404, "tidak ditemukan")],
)  # fmt: skip
def test_failures_are_pages_in_plain_indonesian_with_a_reference(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    text = words(answer)
    assert answer.status_code == status
    assert said in text
    assert re.search(r"Kode rujukan untuk bantuan: [0-9A-Z]{10}", text)
    assert "rahasia dapur" not in answer.text
    assert not ENGLISH.search(text.replace("Ganti bahasa", "").replace("English", "")), text


def test_a_form_that_cannot_be_read_is_no_crash(client: TestClient) -> None:
    sign_in(client)
    torn = client.post(FORM, content=b"--x\r\nContent-Disposition: form-data", headers=SAME | {"content-type": "multipart/form-data; boundary=x"})
    assert torn.status_code in (200, 422)
    nothing = client.post(FORM, content=b"x", headers=SAME | {"content-type": "multipart/form-data"})
    assert nothing.status_code == 422
    assert "Kiriman tidak dapat dibaca" in words(nothing)
    many = client.post(FORM, data={f"a{n}": "" for n in range(10_001)}, headers=SAME)
    assert many.status_code == 422


@pytest.mark.parametrize(
    "address", ["/masuk?lanjut=/a%00b", "/tidak%00ada", "/contoh/formulir?a=1&b%00=2", f"{FORM}%00", "/aset/000000000000/a%00.css"]
)
def test_a_nul_in_an_address_is_refused_before_anything_reads_it(client: TestClient, address: str) -> None:
    sign_in(client)
    refused = client.get(address, follow_redirects=False)
    assert refused.status_code == errors.Malformed.status
    assert "Kiriman tidak dapat dibaca" in words(refused)
    assert "%00" not in refused.text
    assert refused.headers["content-security-policy"] == POLICY
    assert client.get("/masuk?lanjut=/a%2500b", follow_redirects=False).status_code == 303


URLENCODED = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("body", [b"perihal=Rapat%00kerja", b"peri%00hal=Rapat", b"perihal=Rapat\0kerja"])
def test_a_nul_in_a_form_is_refused_also_to_whoever_is_not_signed_in(client: TestClient, body: bytes) -> None:
    for path in ("/masuk", FORM):
        refused = client.post(path, content=body, headers=SAME | URLENCODED)
        assert refused.status_code == errors.Malformed.status
        assert "Kiriman tidak dapat dibaca" in words(refused)
    sign_in(client)
    assert "Kiriman tidak dapat dibaca" in words(client.post(FORM, content=body, headers=SAME | URLENCODED))


def test_a_nul_in_an_uploaded_form_is_refused_but_a_file_may_hold_some(client: TestClient) -> None:
    sign_in(client)
    typed = client.post(FORM, data={"perihal": "a\0b"}, files={"pindaian": ("a.pdf", b"%PDF-1.4")}, headers=SAME)
    assert "Kiriman tidak dapat dibaca" in words(typed)
    held = client.post(FORM, data={"perihal": "Rapat"}, files={"pindaian": ("a.pdf", b"%PDF-1.4\0\0")}, headers=SAME)
    assert "Kiriman tidak dapat dibaca" not in words(held)
    assert "Rapat" in held.text


def test_size_is_refused_before_and_while_reading(client: TestClient) -> None:
    sign_in(client)
    told = client.post(FORM, content=b"a=" + b"b" * 4_000_000, headers=SAME | {"content-type": "application/x-www-form-urlencoded"})
    assert told.status_code == 413
    assert "paling besar 20 MB" in words(told)
    read = 0

    def endless() -> Any:
        nonlocal read
        for _ in range(200):
            read += 1_000_000
            yield b"a" * 1_000_000

    untold = client.post(FORM, content=endless(), headers=SAME | {"content-type": "application/x-www-form-urlencoded"})
    assert untold.status_code == 413


def test_a_request_without_a_valid_length_is_refused(client: TestClient) -> None:
    assert client.post("/masuk", content=b"", headers=SAME | {"content-length": "-5"}).status_code == 413


@pytest.mark.parametrize("code", sorted(by_code()))
def test_every_refusal_has_a_page_of_its_own_words(client: TestClient, code: str) -> None:
    cls = by_code()[code]
    assert 200 <= cls.status <= 599
    if cls.__module__.startswith("engine"):
        assert not ENGLISH.search(re.sub(r"Plt/Plh", "", cls.default)), cls.default
        assert cls.default.endswith(".")


def test_every_refusal_goes_through_the_one_mapping(context: Context, client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    router = APIRouter()

    @router.get("/tolak/{code}")
    async def refuse(code: str, _viewer: access.Public) -> None:
        cls = by_code()[code]
        raise cls({"nama": "Isi Nama."}) if cls is errors.FieldsInvalid else cls(("a: b",)) if cls is errors.ProcessInvalid else cls()

    other = TestClient(create_app(context, (router,)), base_url="https://kota.test")
    other.portal = client.portal
    for code, cls in by_code().items():
        if cls is errors.NotSignedIn:
            continue
        answer = other.get(f"/tolak/{code}")
        assert answer.status_code == cls.status
        assert "<h1>" in answer.text
        assert "Kode rujukan" in answer.text
    assert "Isi Nama." in other.get("/tolak/isian-tidak-sah").text


def test_every_route_says_who_may_open_it(client: TestClient) -> None:
    assert isinstance(client.app, FastAPI)
    found = policies(client.app)
    assert len(found) > 10
    assert None not in found.values()
    public = sorted(name for name, policy in found.items() if policy and policy.need == "public" and "/contoh" not in name)
    assert public == [
        "GET /aksesibilitas",
        "GET /aset/{digest}/{name:path}",
        "GET /bantuan",
        "GET /masuk",
        "GET /pintasan",
        "POST /bahasa",
        "POST /masuk",
    ]


def test_a_route_without_a_policy_does_not_start(context: Context) -> None:
    router = APIRouter()

    @router.get("/terbuka")
    async def forgotten() -> str:
        return "x"

    with pytest.raises(ValueError, match="GET /terbuka"):
        create_app(context, (router,))


def test_static_files_never_go_stale(client: TestClient) -> None:
    page = client.get("/masuk").text
    sheet = re.search(r'href="(/aset/[0-9a-f]{12}/alur\.css)"', page)
    assert sheet
    answer = client.get(sheet[1])
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/css")
    assert client.get("/aset/000000000000/alur.css").status_code == 404
    assert client.get(sheet[1].replace("alur.css", "../app.py")).status_code == 404


def test_the_cookie_falls_back_on_plain_localhost_only() -> None:
    assert access.cookie_name(secure=True) == "__Host-alur"
    assert access.cookie_name(secure=False) == "alur-lokal"


def test_switching_language_before_signing_in(client: TestClient) -> None:
    assert '<html lang="id">' in client.get("/masuk").text
    client.post("/bahasa", data={"bahasa": "en", "lanjut": "/masuk"}, headers=SAME)
    page = client.get("/masuk").text
    assert '<html lang="en">' in page
    assert "Password" in page
