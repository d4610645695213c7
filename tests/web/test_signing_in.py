"""Signing in, being locked out, and losing nothing when the sign-in ends in the middle of a form."""

from __future__ import annotations

import html
import re
import statistics
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.cast import BUDI, LAMA, PLH, SAME, SARI, SECRET, Clock, Staff, sign_in
from web.agents import device
from web.context import Context

FORM = "/contoh/formulir"


def words(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text)))


def test_a_civil_servant_signs_in_and_comes_where_he_wanted_to_go(client: TestClient) -> None:
    asked = client.get(FORM, follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (303, f"/masuk?lanjut={FORM}")
    page = client.get(asked.headers["location"])
    assert f'name="lanjut" value="{FORM}"' in page.text
    entered = sign_in(client, lanjut=FORM)
    assert (entered.status_code, entered.headers["location"]) == (303, FORM)
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith("__Host-alur=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert BUDI.name in words(client.get(FORM))


def test_the_nip_may_be_typed_in_groups(client: TestClient) -> None:
    assert client.post("/masuk", data={"nip": "19900228 201503 1 999", "sandi": SECRET}, headers=SAME, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    ("nip", "secret"), [(BUDI.nip, "salah"), ("199002282015032999", SECRET), (LAMA.nip, SECRET), ("", ""), ("' OR 1=1 --", SECRET)]
)
def test_every_failure_reads_the_same(client: TestClient, nip: str, secret: str) -> None:
    refused = client.post("/masuk", data={"nip": nip, "sandi": secret}, headers=SAME, follow_redirects=False)
    assert refused.status_code == 422
    assert "NIP atau kata sandi salah." in words(refused)
    assert "set-cookie" not in refused.headers
    assert refused.text.count("<title>Kesalahan: ") == 1


def test_five_failures_lock_and_the_page_says_until_when(client: TestClient, clock: Clock) -> None:
    for _ in range(4):
        assert sign_in(client, secret="salah").status_code == 422
    locked = sign_in(client, secret="salah")
    assert locked.status_code == 429
    assert "sampai pukul 14.20 WIB" in words(locked)
    assert sign_in(client).status_code == 429, "the right password does not open a lock"
    assert sign_in(client, SARI).status_code == 303, "another person at the same desk is not locked"
    clock.later(minutes=16)
    assert sign_in(client).status_code == 303
    assert sign_in(client, secret="salah").status_code == 422, "success cleared the count"


def test_an_unknown_nip_costs_as_much_as_a_known_one(client: TestClient, context: Context) -> None:
    """What differs is drowned in the hashing: medians of 15 alternating pairs within a quarter of each other."""
    assert client.portal is not None
    matches = context.passwords.matches
    stored = client.portal.call(context.passwords.hash, SECRET)
    spent: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(15):
        for known in (True, False):
            start = time.process_time()
            assert not client.portal.call(matches, stored if known else None, "salah")
            spent[known].append(time.process_time() - start)
    known_time, unknown_time = statistics.median(spent[True]), statistics.median(spent[False])
    assert unknown_time > 0.75 * known_time
    assert unknown_time < 1.33 * known_time


@pytest.mark.parametrize("back", ["https://jahat.test/", "//jahat.test", "/\\jahat.test", "javascript:alert(1)", "/a\nb"])
def test_nobody_is_sent_to_another_site(client: TestClient, back: str) -> None:
    assert sign_in(client, lanjut=back).headers["location"] == "/tugas"


def test_signing_out_ends_it_on_the_server(client: TestClient) -> None:
    sign_in(client)
    token = client.cookies["__Host-alur"]
    left = client.post("/keluar", headers=SAME, follow_redirects=False)
    assert left.headers["location"] == "/masuk?keluar=1"
    client.cookies.set("__Host-alur", token)
    assert client.get(FORM, follow_redirects=False).status_code == 303
    assert "Anda sudah keluar." in words(client.get("/masuk?keluar=1"))


def test_a_person_who_left_is_out_at_the_next_click(client: TestClient, staff: Staff) -> None:
    sign_in(client)
    assert client.get(FORM).status_code == 200
    staff.people = (SARI,)
    assert client.get(FORM, follow_redirects=False).status_code == 303


def test_a_form_typed_after_the_sign_in_ran_out_is_kept_and_comes_back(client: TestClient, clock: Clock) -> None:
    sign_in(client)
    clock.later(hours=9)
    refused = client.post(FORM, data={"perihal": "Surat <panjang> yang sudah diketik"}, headers=SAME)
    assert refused.status_code == 401
    assert "tersimpan sebagai draf pada pukul 23.05" in words(refused)
    assert f'name="lanjut" value="{FORM}"' in refused.text
    entered = sign_in(client, lanjut=FORM)
    again = client.get(entered.headers["location"])
    assert 'value="Surat &lt;panjang&gt; yang sudah diketik"' in again.text


def test_without_any_sign_in_the_page_itself_carries_what_was_typed(client: TestClient) -> None:
    refused = client.post(FORM, data={"perihal": "Diketik tanpa masuk", "sandi": "jangan simpan"}, headers=SAME)
    assert refused.status_code == 401
    carried = html.unescape(re.findall(r'name="_terbawa" value="([^"]*)"', refused.text)[0])
    assert "jangan simpan" not in carried
    entered = sign_in(client, lanjut=FORM, _terbawa=carried)
    assert 'value="Diketik tanpa masuk"' in client.get(entered.headers["location"]).text


@pytest.mark.parametrize("carried", ["{", "[]", '{"path": 3, "texts": {"a": 5}}', '{"path": "/x", "texts": [1]}', "null"])
def test_forged_carried_answers_do_no_harm(client: TestClient, carried: str) -> None:
    assert sign_in(client, _terbawa=carried).status_code == 303


def test_htmx_is_sent_to_the_sign_in_page(client: TestClient) -> None:
    fragment = client.post(FORM, data={}, headers=SAME | {"hx-request": "true", "hx-current-url": f"https://kota.test{FORM}?a=1"})
    assert fragment.status_code == 401
    assert fragment.headers["hx-redirect"] == f"/masuk?lanjut={FORM}%3Fa%3D1"


def test_the_banner_says_in_which_capacity_and_it_can_be_switched(client: TestClient, clock: Clock) -> None:
    sign_in(client, SARI)
    assert "bertindak sebagai Kepala Bidang Aptika" in words(client.get(FORM))
    assert 'class="kapasitas"' in client.get(FORM).text
    client.post("/kapasitas", data={"jabatan": PLH.position, "lanjut": FORM}, headers=SAME)
    page = client.get(FORM)
    assert "bertindak sebagai Plh. Kepala Dinas Komunikasi dan Informatika sampai 25 November 2026 16.00 WIB" in words(page)
    assert 'class="kapasitas mewakili"' in page.text
    refused = client.post("/kapasitas", data={"jabatan": "walikota"}, headers=SAME)
    assert refused.status_code == 403
    assert "tidak memegang jabatan itu" in words(refused)
    clock.later(hours=7)
    client.get(FORM)
    clock.later(days=2)
    sign_in(client, SARI)
    assert "Plh." not in words(client.get(FORM))


def test_the_own_page_lists_devices_and_signs_one_out(client: TestClient, context: Context) -> None:
    sign_in(client)
    other = TestClient(client.app, base_url="https://kota.test", headers={"user-agent": "Ponsel"})
    other.portal = client.portal
    sign_in(other)
    page = client.get("/saya")
    assert words(page).count("terakhir dipakai") == 2
    assert device("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36") == "Chrome, Android"
    assert words(page).count("perangkat ini") >= 1
    line = re.findall(r"<strong>Ponsel</strong>.*?action=\"(/saya/perangkat/\w+/keluar)\"", page.text, re.DOTALL)[0]
    assert "dikeluarkan" in words(client.post(line, headers=SAME))
    assert other.get(FORM, follow_redirects=False).status_code == 303
    sign_in(other, SARI)
    mine = re.findall(r"/saya/perangkat/(\w+)/keluar", client.get("/saya").text)[0]
    assert other.post(f"/saya/perangkat/{mine}/keluar", headers=SAME).status_code == 404, "another's device is not found"


def test_choices_are_kept_and_show_on_every_page(client: TestClient) -> None:
    sign_in(client)
    client.post("/saya", data={"tema": "gelap", "bahasa": "en"}, headers=SAME)
    page = client.get(FORM).text
    assert '<html lang="en" data-theme="gelap">' in page
    assert 'data-pintasan="mati"' in page
    assert "Skip to content" in page
    client.post("/saya", data={"tema": "<script>", "bahasa": "xx", "pintasan": "ya"}, headers=SAME)
    page = client.get(FORM).text
    assert '<html lang="id">' in page
    assert "data-pintasan" not in page


def test_a_password_is_changed_and_other_devices_end(client: TestClient) -> None:
    sign_in(client)
    other = TestClient(client.app, base_url="https://kota.test")
    other.portal = client.portal
    sign_in(other)
    wrong = client.post("/saya/sandi", data={"sandi-lama": "x", "sandi-baru": "pendek", "sandi-ulang": "pendek"}, headers=SAME)
    assert wrong.status_code == 422
    assert "Kata sandi lama salah." in words(wrong)
    assert "paling sedikit 12" in words(wrong)
    new = "kalimat sandi yang baru"
    assert "diganti" in words(client.post("/saya/sandi", data={"sandi-lama": SECRET, "sandi-baru": new, "sandi-ulang": new}, headers=SAME))
    assert other.get(FORM, follow_redirects=False).status_code == 303
    assert sign_in(other).status_code == 422
    assert sign_in(other, secret=new).status_code == 303


def test_an_old_factor_does_not_open_what_needs_a_fresh_one(client: TestClient, clock: Clock) -> None:
    sign_in(client)
    assert client.get("/contoh/segar", follow_redirects=False).status_code == 303
    clock.later(minutes=6)
    stale = client.get("/contoh/segar")
    assert stale.status_code == 403
    assert "Ketik kata sandi Anda sekali lagi" in words(stale)
