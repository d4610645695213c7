"""A file leaves only through the case that holds it, to whoever may read that case, under a name that tells nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.files import path_of
from tests.db import play
from tests.web.office import Office, office
from tests.web.played import SCAN, drafted, goes_on, letter, shown, stored

DRAFTER, OUTSIDER, AUDITOR = "konseptor-diskominfo", "konseptor-dinkes", "auditor-1"


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def test_a_reader_gets_the_very_bytes_as_an_attachment(kantor: Office) -> None:
    drafted(kantor, "b-satu", attach=SCAN, name="Pindaian surat.pdf")
    no, sha = kantor.number("b-satu"), hashlib.sha256(SCAN).hexdigest()
    assert f'href="/perkara/{no}/berkas/{sha}"' in kantor.get(f"/perkara/{no}", DRAFTER).text
    answer = kantor.get(f"/perkara/{no}/berkas/{sha}", DRAFTER)
    assert answer.content == SCAN
    assert answer.headers["content-disposition"] == f'attachment; filename="perkara-{no}-lampiran-1.pdf"'
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "no-store" in answer.headers["cache-control"]


def test_a_hash_alone_opens_nothing(kantor: Office) -> None:
    drafted(kantor, "b-punya", attach=SCAN + b"1")
    drafted(kantor, "b-lain")
    sha = hashlib.sha256(SCAN + b"1").hexdigest()
    loose = stored(kantor, SCAN + b"tidak dipakai")
    assert kantor.get(f"/perkara/{kantor.number('b-punya')}/berkas/{sha}", DRAFTER).status_code == 200
    for no, asked, seat in (
        (kantor.number("b-lain"), sha, DRAFTER), (kantor.number("b-punya"), sha, OUTSIDER), (kantor.number("b-punya"), loose, DRAFTER),
        (999_999, sha, DRAFTER),
    ):  # fmt: skip
        answer = kantor.get(f"/perkara/{no}/berkas/{asked}", seat)
        assert (answer.status_code, answer.content.find(SCAN)) == (404, -1)
    assert kantor.get(f"/perkara/{kantor.number('b-punya')}/berkas/..%2f..%2fetc%2fpasswd", DRAFTER).status_code == 404
    assert kantor.get(f"/perkara/{kantor.number('b-punya')}/berkas/{sha}").status_code == 303


def test_the_name_of_a_secret_file_says_nothing_and_reading_it_is_on_record(kantor: Office) -> None:
    content = SCAN + b"2"
    drafted(kantor, "b-rahasia", "rahasia", "Dugaan pungutan", content, "Dugaan pungutan.pdf")
    no, sha = kantor.number("b-rahasia"), hashlib.sha256(content).hexdigest()
    assert kantor.get(f"/perkara/{no}/berkas/{sha}", AUDITOR).status_code == 404
    answer = kantor.get(f"/perkara/{no}/berkas/{sha}", DRAFTER)
    assert answer.headers["content-disposition"] == f'attachment; filename="perkara-{no}-lampiran-1.pdf"'
    rows = kantor.owner.execute("SELECT what, person FROM reading WHERE case_id = 'b-rahasia'").fetchall()
    assert rows == [("berkas", kantor.person(DRAFTER))]
    assert kantor.owner.execute("SELECT count(*) FROM reading WHERE case_id = 'b-satu'").fetchone() == (0,)


def test_a_signed_letter_is_called_by_its_number_and_a_draft_stays_inside(kantor: Office) -> None:
    for case in ("b-teken", "b-konsep"):
        drafted(kantor, case)
    letter(kantor, "b-teken", SCAN + b"3")
    letter(kantor, "b-konsep", SCAN + b"4", signed=False)
    signed = kantor.get(f"/perkara/{kantor.number('b-teken')}/naskah/surat", DRAFTER)
    assert signed.content == SCAN + b"3"
    assert signed.headers["content-disposition"] == 'attachment; filename="500-12-7-DISKOMINFO-XI-2026.pdf"'
    assert kantor.get(f"/perkara/{kantor.number('b-konsep')}/naskah/surat", DRAFTER).status_code == 404
    assert kantor.get(f"/perkara/{kantor.number('b-teken')}/naskah/lain", DRAFTER).status_code == 404
    assert kantor.get(f"/perkara/{kantor.number('b-teken')}/naskah/surat", OUTSIDER).status_code == 404


def test_a_damaged_or_missing_file_is_told_and_not_sent(kantor: Office) -> None:
    content = SCAN + b"5"
    drafted(kantor, "b-rusak", attach=content)
    sha = hashlib.sha256(content).hexdigest()
    path = path_of(kantor.context.files, sha)
    path.write_bytes(content + b"!")
    answer = kantor.get(f"/perkara/{kantor.number('b-rusak')}/berkas/{sha}", DRAFTER)
    assert answer.status_code == 404
    assert "isinya tidak cocok dengan sidiknya" in shown(answer)
    path.unlink()
    assert "Berkas tidak ada pada penyimpanan" in shown(kantor.get(f"/perkara/{kantor.number('b-rusak')}/berkas/{sha}", DRAFTER))


def test_what_is_no_known_kind_leaves_as_octets(kantor: Office) -> None:
    content = b"<script>alert(1)</script>"
    stored(kantor, content, "text/html")
    drafted(kantor, "b-aneh", attach=content, name="aneh.html")
    answer = kantor.get(f"/perkara/{kantor.number('b-aneh')}/berkas/{hashlib.sha256(content).hexdigest()}", DRAFTER)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].endswith('.bin"')


def test_what_a_later_round_replaced_stays_with_its_case(kantor: Office) -> None:
    """An official who returned a letter because of its scan must be able to show, later, which scan that was."""
    first, second = SCAN + b"lama", SCAN + b"baru"
    played = drafted(kantor, "b-ganti", attach=first, name="Pindaian.pdf")
    goes_on(kantor, played, ("ketua-tim-diskominfo", "paraf", "kembalikan", "Pindaian terpotong."))

    async def again(engine: AsyncEngine) -> None:
        played.engine = engine
        drafter = await play.actor(engine, DRAFTER, kantor.clock.now)
        sent = {"perihal": "Rencana", "sifat": "biasa", "lampiran": [{"id": "u-baru", "name": "Pindaian.pdf", "sha256": stored(kantor, second)}]}
        filled = await played.send(drafter, sent)
        await played.decide(DRAFTER, "konsep", "kirim", filled=filled, perihal="Rencana", sifat="biasa")

    kantor.run(again)
    no = kantor.number("b-ganti")
    page = kantor.get(f"/perkara/{no}", DRAFTER).text
    assert "sebelum diganti" in page
    for content in (first, second):
        assert kantor.get(f"/perkara/{no}/berkas/{hashlib.sha256(content).hexdigest()}", DRAFTER).content == content
