"""The public check: by code, by QR, by the file itself; what it tells, what it keeps to itself, and how it defends itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from db import files
from tests.web.cast import SAME
from tests.web.office import DRAWN, GOOD, SIGNATURE, Office, office, words
from web.uploads.kinds import MOST_BYTES
from web.verification import code_of, revisions

TOKEN = "0123456789ABCDEFGHJK"
UNLIKE = b"%PDF-1.4 dari tempat lain %%EOF"


@pytest.fixture(scope="module")
def city(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        made.signed("biasa", "K7MR2XQ9TB", token=TOKEN)
        made.signed("rahasia", "RAHASAAAA2", secrecy="rahasia", subject="Mutasi pejabat")
        made.signed("konsep", "KANSEPAAA2", status="konsep")
        made.signed("segel", "SEGEHAAAA2", status="disegel", content=DRAWN + b"% segel\n%%EOF\n")
        made.signed("cabut", "CABATAAAA2", status="dicabut", content=DRAWN + b"% cabut\n%%EOF\n")
        made.signed("plh", "PHHAAAAAA2", prefix="Plh.", capacity="plh", content=DRAWN + b"% plh\n%%EOF\n")
        made.signed(
            "buruk",
            "BARAKAAAA2",
            verdict=GOOD | {"valid": False, "reason": "Isi berubah setelah ditandatangani (Segel)."},
            content=DRAWN + b"% buruk\n%%EOF\n",
        )
        made.signed("rusak", "RASAKAAAA2", content=DRAWN + b"% rusak\n%%EOF\n")
        yield made


@pytest.fixture(autouse=True)
def nobody_counted(city: Office) -> None:
    city.owner.execute("DELETE FROM sign_in_try")


def whole(case: str) -> bytes:
    return DRAWN.replace(b"/Catalog", f"/Catalog /Surat ({case})".encode()) + SIGNATURE


def send(city: Office, content: bytes, path: str = "/v", name: str = "surat.pdf") -> Any:
    return city.post(path, files={"berkas": (name, content, "application/pdf")})


@pytest.mark.parametrize(
    "path",
    [
        "/v/K7MR2XQ9TB",
        "/v/k7mr2xq9tb",
        "/V/K7MR2XQ9TB",
        "/v/k7mr-2xq9-tb",
        "/v/K7MR%202XQ9TB",
        f"/V/{TOKEN}",
        f"/v/{TOKEN.lower()}",
        "/v/OI23456789ABCDEFGHJK",
    ],
)
def test_a_good_letter_is_told_by_code_and_by_qr(city: Office, path: str) -> None:
    answer = city.get(path)
    said = words(answer)
    assert answer.status_code == 200
    for shown in ("Naskah ini sah dan berlaku", "500.12/biasa/DISKOMINFO/XI/2026", "23 November 2026 09.00 WIB", "Dinas Komunikasi dan Informatika", "Hal biasa",
                  "Ratna Kusumaningrum", "Kepala Dinas", hashlib.sha256(whole("biasa")).hexdigest()):  # fmt: skip
        assert shown in said
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert TOKEN not in answer.text.replace(path.rsplit("/", maxsplit=1)[-1], "")


def test_the_box_leads_to_the_code(city: Office) -> None:
    assert city.get("/v").status_code == 200
    assert city.get("/v?kode=+k7mr-2xq9+tb").headers["location"] == "/v/K7MR2XQ9TB"
    assert city.get("/v?kode=../../tugas").status_code == 200


def test_of_a_secret_letter_the_subject_stays_hidden(city: Office) -> None:
    answer = city.get("/v/RAHASAAAA2")
    assert "(dirahasiakan)" in words(answer)
    assert "Mutasi" not in answer.text
    compared = send(city, whole("rahasia"))
    assert "sama persis" in words(compared)
    assert "Mutasi" not in compared.text


@pytest.mark.parametrize("code", ["AAAAAAAAA2", "KANSEPAAA2", "A", "%3Cscript%3E", "0123456789ABCDEFGHJZ", "x" * 300])
def test_an_unknown_or_unsigned_code_says_how_to_ask_by_telephone(city: Office, code: str) -> None:
    answer = city.get(f"/v/{code}")
    said = words(answer)
    assert answer.status_code == 404
    assert "Tidak ada naskah bertanda tangan dengan kode ini" in said
    assert "hubungi perangkat daerah" in said
    assert "Dinas Komunikasi dan Informatika" in said
    assert "(000) 5550" in said
    assert "<script>" not in answer.text


def test_revoked_sealed_and_acting_are_told_apart(city: Office) -> None:
    assert "sudah dicabut dan tidak berlaku lagi" in words(city.get("/v/CABATAAAA2"))
    sealed = words(city.get("/v/SEGEHAAAA2"))
    assert "Segel elektronik Pemerintah Kota Contoh" in sealed
    acting = words(city.get("/v/PHHAAAAAA2"))
    assert "Plh. Kepala Dinas" in acting
    assert "Pelaksana Harian" in acting


def test_a_bad_verdict_or_a_changed_stored_file_is_never_called_valid(city: Office) -> None:
    bad = words(city.get("/v/BARAKAAAA2"))
    assert "Naskah ini tidak dapat dinyatakan sah" in bad
    assert "Isi berubah setelah ditandatangani (Segel)." in bad
    content = DRAWN + b"% rusak\n%%EOF\n"
    path = files.path_of(city.context.files, hashlib.sha256(content).hexdigest())
    assert "sah dan berlaku" in words(city.get("/v/RASAKAAAA2"))
    path.chmod(0o600)
    path.write_bytes(content.replace(b"rusak", b"RUSAK"))
    said = words(city.get("/v/RASAKAAAA2"))
    assert "Tidak sah" in said
    assert "hilang atau berubah sejak ditandatangani" in said
    assert "sah dan berlaku" not in said
    path.unlink()
    assert "hilang atau berubah" in words(city.get("/v/RASAKAAAA2"))
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("/v", whole("biasa"), "sama persis"), ("/v/K7MR2XQ9TB", whole("biasa"), "sama persis"), ("/V/K7MR2XQ9TB", whole("biasa"), "sama persis"),
        ("/v", whole("biasa") + b"3 0 obj\n(palsu)\n%%EOF\n", "sudah diubah"), ("/v/K7MR2XQ9TB", whole("biasa") + b"x", "sudah diubah"),
        ("/v", whole("biasa")[: -len(SIGNATURE)] + b"2 0 obj\n(tanda tangan orang lain)\n%%EOF\n", "sudah diubah"), ("/v/K7MR2XQ9TB", whole("biasa")[:-20], "tidak lengkap"),
        ("/v", whole("biasa")[: -len(SIGNATURE)], "tidak lengkap"), ("/v/K7MR2XQ9TB", whole("rahasia"), "naskah yang lain"),
        ("/v", UNLIKE, "tidak kami kenal"), ("/v/K7MR2XQ9TB", UNLIKE, "tidak kami kenal"),
    ],
)  # fmt: skip
def test_a_file_is_ours_changed_cut_another_or_unknown(city: Office, path: str, content: bytes, told: str) -> None:
    answer = send(city, content, path)
    said = words(answer)
    assert answer.status_code == 200
    assert f"Berkas Anda {told}" in said
    assert hashlib.sha256(content).hexdigest() in said
    if told in ("sudah diubah", "tidak lengkap"):
        assert "tetapi bukan berkas Anda" in said
        assert "500.12/biasa/" in said
        assert "hubungi perangkat daerah" in said


def test_nothing_of_a_file_is_kept(city: Office) -> None:
    def held() -> tuple[int, object]:
        found = city.owner.execute(
            "SELECT (SELECT count(*) FROM upload) + (SELECT count(*) FROM stored_file) + (SELECT count(*) FROM attachment)"
        ).fetchone()
        return len(list(Path(city.context.files).rglob("*"))), found

    before = held()
    send(city, UNLIKE + b"beda")
    send(city, whole("biasa") + b"beda", "/v/K7MR2XQ9TB")
    assert held() == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("foto.jpg", b"\xff\xd8\xff\xe0 foto", "bukan PDF"), ("surat.pdf", b"MZ program", "bukan PDF"), ("surat.pdf", b"", "kosong"), ("surat.exe", b"MZ", "tidak diterima"),
        ("besar.pdf", b"%PDF-1.7" + b"0" * MOST_BYTES, "lebih dari 20 MB"),
    ],
    ids=["foto", "program", "kosong", "jenis", "besar"],
)  # fmt: skip
def test_what_is_no_pdf_is_refused_with_the_mend(city: Office, name: str, content: bytes, told: str) -> None:
    answer = send(city, content, "/v/K7MR2XQ9TB", name)
    assert answer.status_code == 422
    assert told in words(answer)
    assert "<title>Kesalahan: " in answer.text
    assert "sah dan berlaku" in words(answer)


def test_too_much_or_nothing_sent_is_told(city: Office) -> None:
    assert send(city, b"%PDF-1.7" + b"0" * (MOST_BYTES + 2 * 1024 * 1024)).status_code == 413
    assert "Pilih satu berkas PDF." in words(city.post("/v", data={"x": "1"}))
    two = city.post("/v", files=[("berkas", ("a.pdf", UNLIKE, "application/pdf")), ("berkas", ("b.pdf", UNLIKE, "application/pdf"))])
    assert "Pilih satu berkas PDF." in words(two)
    assert send(city, UNLIKE, "/v/AAAAAAAAA2").status_code == 404
    assert city.client.post("/v", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_guessing_locks_the_address_and_nobody_else(city: Office) -> None:
    for guess in range(20):
        assert city.get(f"/v/AAAAAAA{guess:02d}2").status_code == 404
    locked = city.get("/v/K7MR2XQ9TB")
    assert locked.status_code == 429
    assert "Coba lagi setelah pukul 09.15" in words(locked)
    assert send(city, whole("biasa")).status_code == 429
    other = TestClient(city.app, base_url="https://kota.test", client=("10.0.0.9", 50_000))
    other.portal = city.client.portal
    assert other.get("/v/K7MR2XQ9TB").status_code == 200
    city.clock.later(minutes=15, seconds=1)
    assert city.get("/v/K7MR2XQ9TB").status_code == 200
    city.clock.later(minutes=-15, seconds=-1)


def test_an_address_may_not_flood_the_check(city: Office) -> None:
    kept = {city.get("/v/K7MR2XQ9TB").status_code for _ in range(300)}
    assert kept == {200}
    assert city.get("/v/K7MR2XQ9TB").status_code == 429
    rows = city.owner.execute("SELECT key FROM sign_in_try").fetchall()
    assert all("testclient" not in str(row[0]) for row in rows)


def test_in_english_nothing_stays_indonesian(city: Office) -> None:
    said = words(city.client.get("/v/K7MR2XQ9TB", headers={"cookie": "bahasa=en"}))
    assert "This letter is valid and in force" in said
    assert "Naskah" not in said


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("k7mr 2xq9 tb", "K7MR2XQ9TB"), ("K7MR–2XQ9–TB", "K7MR2XQ9TB"), ("oil3456789abcdefghjk", "01134567" + "89ABCDEFGHJK"), ("KOLI", "KOLI")],
)
def test_a_code_is_read_as_meant(typed: str, meant: str) -> None:
    assert code_of(typed) == meant


@given(st.lists(st.binary(max_size=40), max_size=6), st.sampled_from([b"%%EOF", b"%%EOF\n", b"%%EOF\r\n", b"%%EOF\r"]))
def test_every_beginning_that_could_be_a_file_is_found(parts: list[bytes], end: bytes) -> None:
    content = b"".join(part + end for part in parts) + b"tail"
    sha, found = revisions(content)
    assert sha == hashlib.sha256(content).hexdigest()
    at = 0
    for part in parts:
        at += len(part) + len(end)
        assert hashlib.sha256(content[:at]).hexdigest() in found


def test_a_really_signed_file_begins_with_the_page_as_drawn(tmp_path: Path) -> None:
    import asyncio

    from activities.pdf.render import render
    from activities.signers.port import Job
    from activities.signers.sample import SampleSigner
    from activities.signers.sample_ca import ensure
    from tests.activities.paper import letter, stationery

    drawn = render(stationery().order(letter())).pdf
    sealed = asyncio.run(SampleSigner(ensure(tmp_path, "Kota Contoh")).seal([Job("d", drawn, "Segel", "Segel", "Kota Contoh", b"")]))[0].pdf
    _sha, found = revisions(sealed + b"%% tambahan\n%%EOF\n")
    assert hashlib.sha256(drawn).hexdigest() in found
    assert hashlib.sha256(sealed).hexdigest() in found


def test_forms_of_other_sites_cannot_ask(city: Office) -> None:
    assert SAME == {"sec-fetch-site": "same-origin"}
    assert city.client.post("/v/K7MR2XQ9TB", files={"berkas": ("a.pdf", UNLIKE)}, headers={"origin": "https://jahat.test"}).status_code == 403
