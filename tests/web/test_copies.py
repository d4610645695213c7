"""Copies (tembusan) on pages: the letter opens to whoever holds the position, its case does not; by a link, to whoever was given it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.desk import answer_links, letter_links, parties
from db.write import copies
from tests.web.office import Office, office
from tests.web.played import SCAN, drafted, letter, shown

DRAFTER, NAMED, OTHER = "konseptor-diskominfo", "kepala-bkpsdm", "konseptor-dinkes"


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def given(kantor: Office, case: str, *recipients: str, secrecy: str = "biasa", content: bytes = b"") -> str:
    """A signed letter of a case with copies to these; gives the id of the document."""
    drafted(kantor, case, secrecy)
    letter(kantor, case, content or SCAN + case.encode(), number=f"500.12/{case}/DISKOMINFO/XI/2026")

    async def give(engine: AsyncEngine) -> None:
        async with transaction(engine) as connection:
            await copies.give(connection, case, ["surat"], recipients, kantor.clock.now)

    kantor.run(give)
    row = kantor.owner.execute("SELECT id FROM document WHERE case_id = %s", (case,)).fetchone()
    assert row is not None
    return str(row[0])


def party(kantor: Office, name: str) -> str:
    async def write(engine: AsyncEngine) -> str:
        async with transaction(engine) as connection:
            return await parties.write_down(connection, name, "", "", kantor.person(DRAFTER), kantor.clock.now)

    return kantor.run(write)


def link(kantor: Office, case: str, recipient: str) -> str:
    async def make(engine: AsyncEngine) -> str:
        async with transaction(engine) as connection:
            return await letter_links.make(connection, case, recipient, "sistem", kantor.clock.now)

    return kantor.run(make)


def by_link(kantor: Office, path: str, token: str) -> Any:
    return kantor.client.get(path, headers={"cookie": f"__Secure-alur-naskah={token}"}, follow_redirects=False)


def test_the_list_tells_what_came_and_the_letter_opens(kantor: Office) -> None:
    document = given(kantor, "s-satu", NAMED)
    page = kantor.get("/tembusan", NAMED)
    assert "Surat dinas (unduh PDF) Rencana s-satu baru Nomor 500.12/s-satu/DISKOMINFO/XI/2026" in shown(page)
    assert "1 belum dibuka." in shown(page)
    assert f'href="/tembusan/{document}"' in page.text
    answer = kantor.get(f"/tembusan/{document}", NAMED)
    assert answer.content == SCAN + b"s-satu"
    assert answer.headers["content-disposition"] == 'attachment; filename="500-12-s-satu-DISKOMINFO-XI-2026.pdf"'
    assert "Semua sudah dibuka." in shown(kantor.get("/tembusan", NAMED))
    assert "Tidak ada yang belum dibuka." in shown(kantor.get("/tembusan?baru=ya", NAMED))


def test_the_case_of_a_copy_stays_closed_and_others_see_nothing(kantor: Office) -> None:
    document = given(kantor, "s-tutup", NAMED)
    no = kantor.number("s-tutup")
    for path in (f"/perkara/{no}", f"/perkara/{no}/riwayat", f"/perkara/{no}/naskah/surat"):
        assert kantor.get(path, NAMED).status_code == 404, path
    assert kantor.get(f"/tembusan/{document}", OTHER).status_code == 404
    assert kantor.get(f"/tembusan/{document}").status_code == 303
    assert "Belum ada tembusan untuk jabatan Anda." in shown(kantor.get("/tembusan", OTHER))


def test_the_page_of_the_case_tells_who_has_a_copy_and_who_opened_it(kantor: Office) -> None:
    document = given(kantor, "s-kartu", NAMED, "sekda")
    kantor.get(f"/tembusan/{document}", NAMED)
    told = shown(kantor.get(f"/perkara/{kantor.number('s-kartu')}", DRAFTER))
    assert "Tembusan: Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia (dibuka 23 November 2026" in told
    assert "Sekretaris Daerah (belum dibuka)" in told


def test_opening_the_copy_of_a_secret_letter_is_on_record(kantor: Office) -> None:
    document = given(kantor, "s-rahasia", NAMED, secrecy="rahasia")
    kantor.get(f"/tembusan/{document}", NAMED)
    rows = kantor.owner.execute("SELECT what, person FROM reading WHERE case_id = 's-rahasia'").fetchall()
    assert rows == [("naskah", kantor.person(NAMED))]
    assert "Rencana s-rahasia" not in kantor.get("/tembusan", NAMED).text


def test_a_notice_leads_to_the_copy_and_never_to_a_case_that_does_not_open(kantor: Office) -> None:
    given(kantor, "s-kabar", NAMED)
    for kind in ("tembusan", "kabar"):
        kantor.owner.execute(
            "INSERT INTO notice (person, event, kind, case_id, at) VALUES (%s, %s, %s, 's-kabar', %s)",
            (kantor.person(NAMED), f"s-kabar/{kind}", kind, kantor.clock.now),
        )
    page = kantor.get("/pemberitahuan", NAMED).text
    assert page.count('href="/tembusan"') == 2
    assert f'href="/perkara/{kantor.number("s-kabar")}"' not in page


def test_news_of_no_case_leads_to_its_mandate(kantor: Office) -> None:
    kantor.owner.execute(
        "INSERT INTO notice (person, event, kind, instance, text, at) VALUES (%s, 'mandat/m1/dicatat', 'mandat', 'm1', 'Mandat dicatat: Plh. Camat, Ani', %s)",
        (kantor.person(OTHER), kantor.clock.now),
    )
    page = kantor.get("/pemberitahuan", OTHER)
    assert '<a href="/mandat/m1">' in page.text
    assert "Mandat dicatat: Plh. Camat, Ani baru 23 November 2026 09.00 WIB" in shown(page)


def test_a_link_opens_its_letters_and_no_other_page(kantor: Office) -> None:
    who = party(kantor, "Dewi Contoh")
    document, foreign = given(kantor, "s-luar", who), given(kantor, "s-lain", NAMED)
    token = link(kantor, "s-luar", who)
    came = kantor.client.get(f"/naskah/{token}", follow_redirects=False)
    assert (came.status_code, came.headers["location"]) == (303, "/naskah")
    assert "HttpOnly" in came.headers["set-cookie"]
    assert "Path=/naskah" in came.headers["set-cookie"]
    page = by_link(kantor, "/naskah", token)
    assert "Yth. Dewi Contoh," in shown(page)
    assert token not in page.text
    got = by_link(kantor, f"/naskah/unduh/{document}", token)
    assert got.content == SCAN + b"s-luar"
    assert by_link(kantor, f"/naskah/unduh/{foreign}", token).status_code == 404
    for path in (f"/tembusan/{document}", f"/perkara/{kantor.number('s-luar')}", "/tugas"):
        assert by_link(kantor, path, token).status_code == 303, path
    assert kantor.owner.execute("SELECT read_by FROM document_copy WHERE recipient = %s", (who,)).fetchone() == ("",)


def test_a_link_ends_with_its_time_and_says_so(kantor: Office) -> None:
    who = party(kantor, "Sari Contoh")
    given(kantor, "s-lewat", who)
    token = link(kantor, "s-lewat", who)
    before = kantor.clock.now
    kantor.clock.now = before + letter_links.LIVES + timedelta(minutes=1)
    try:
        page = by_link(kantor, "/naskah", token)
    finally:
        kantor.clock.now = before
    assert page.status_code == 410
    assert "ditarik, atau lewat waktunya" in shown(page)
    kantor.client.cookies.clear()
    assert kantor.client.get("/naskah").status_code == 404


def test_the_desk_makes_a_link_once_shown_and_takes_all_back(kantor: Office) -> None:
    who = party(kantor, "Tono Contoh")
    given(kantor, "s-meja", who)
    no = kantor.number("s-meja")
    assert "Buat tautan untuk Tono Contoh" in shown(kantor.get(f"/perkara/{no}", DRAFTER))
    made = kantor.post(f"/perkara/{no}/tautan-naskah", DRAFTER, data={"aksi": "buat", "untuk": who})
    token = made.text.partition("/naskah/")[2].partition('"')[0]
    assert by_link(kantor, "/naskah", token).status_code == 200
    assert token not in kantor.get(f"/perkara/{no}", DRAFTER).text
    assert kantor.post(f"/perkara/{no}/tautan-naskah", DRAFTER, data={"aksi": "buat", "untuk": "luar:lain"}).status_code == 404
    back = kantor.post(f"/perkara/{no}/tautan-naskah", DRAFTER, data={"aksi": "tarik"})
    assert "Semua tautan naskah perkara ini sudah ditarik." in kantor.get(back.headers["location"], DRAFTER).text
    assert by_link(kantor, "/naskah", token).status_code == 410


def test_who_only_oversees_the_case_makes_no_link(kantor: Office) -> None:
    who = party(kantor, "Umi Contoh")
    given(kantor, "s-atas", who)
    refused = kantor.post(f"/perkara/{kantor.number('s-atas')}/tautan-naskah", "auditor-1", data={"aksi": "buat", "untuk": who})
    assert refused.status_code == 403
    assert "Hanya yang ikut menangani perkara ini" in shown(refused)
    assert "Buat tautan" not in shown(kantor.get(f"/perkara/{kantor.number('s-atas')}", "auditor-1"))


@pytest.mark.parametrize("kind", ["naskah", "jawab"])
def test_a_link_that_meets_a_fault_leaves_no_token_in_the_log(
    kantor: Office, kind: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise OSError("basis data hilang")

    monkeypatch.setattr(letter_links, "find", broken)
    monkeypatch.setattr(answer_links, "find", broken)
    token = "T" * 43
    kantor.client.cookies.clear()
    answer = TestClient(kantor.app, base_url="https://alur.example", raise_server_exceptions=False).get(f"/{kind}/{token}", follow_redirects=False)
    assert answer.status_code >= 500
    ours = "\n".join(f"{one.getMessage()} {one.exc_text or ''}" for one in caplog.records if not one.name.startswith("http"))
    assert f"/{kind}/{{token}}" in ours
    assert token not in ours


def test_guessing_links_is_throttled(kantor: Office) -> None:
    answers = [kantor.client.get(f"/naskah/{number:043d}", follow_redirects=False).status_code for number in range(40)]
    assert answers[0] == 404
    assert answers[-1] == 429
