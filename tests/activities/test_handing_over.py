"""The list a post hands over: true to the tables, silent about what is not plain, sealed, valid by pyHanko, known at ``/v/{code}``; made once."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.composing import Composer
from activities.handing_over import HandingOver
from activities.pdf.pool import RenderPool
from activities.pdf.verify import trust
from activities.printing import Press
from activities.signers.sample import SampleSigner
from activities.signers.sample_ca import ensure
from db import files
from db.read import documents
from tests.activities.paper import faults_of, stationery, text_of
from tests.web.mandates.deciding import HEAD, SECRETARY, TEAM, stand_in
from tests.web.office import Office, office
from tests.web.played import disposed, drafted, goes_on, letter
from workflows.handover import HandoverInput, HandoverPaper

Owner = psycopg.Connection[tuple[object, ...]]


@dataclass
class Printed:
    office: Office
    paper: HandoverPaper
    again: HandoverPaper
    pdf: bytes
    root: Path


@pytest.fixture(scope="module")
def printed(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    folder = tmp_path_factory.mktemp("serah")
    authority = ensure(folder / "ca", "Kota Contoh")
    with office(database, folder / "berkas") as made:
        goes_on(made, drafted(made, "biasa-1", subject="Rencana pembinaan jaringan"), (TEAM, "paraf", "paraf"))
        letter(made, "biasa-1", signed=False)
        goes_on(made, drafted(made, "rahasia-1", "rahasia", "Dugaan pelanggaran berat"), (TEAM, "paraf", "paraf"))
        disposed(made, "disposisi-1")
        made.clock.later(hours=1)
        mandate = stand_in(made, HEAD, SECRETARY, name="plh-serah")
        made.clock.later(hours=1)
        at = (made.clock.now - timedelta(hours=1)).isoformat()
        asked = HandoverInput("uji/1", HEAD, at, at, made.clock.now.isoformat(), made.person(SECRETARY), mandate)

        async def seal(engine: AsyncEngine) -> tuple[HandoverPaper, HandoverPaper]:
            pool = RenderPool()
            press = Press(engine, folder / "berkas", Composer(stationery()), pool, SampleSigner(authority), authority.root_pem, b"k" * 32)
            try:
                return await HandingOver(press).hand_over(asked), await HandingOver(press).hand_over(asked)
            finally:
                pool.close()

        first, second = made.run(seal)
        yield Printed(made, first, second, files.read(folder / "berkas", first.sha), authority.root_pem)


def test_it_is_made_once_however_often_it_is_tried(printed: Printed) -> None:
    assert printed.paper == printed.again
    assert printed.office.owner.execute("SELECT count(*) FROM office_document").fetchone() == (1,)


def test_it_says_who_hands_over_what_to_whom(printed: Printed, tmp_path: Path) -> None:
    text = " ".join(" ".join(text_of(printed.pdf, tmp_path)).split())
    assert "BERITA ACARA SERAH TERIMA TUGAS" in text
    assert "Senin, 23 November 2026" in text
    assert "Plh. Kepala Dinas Komunikasi dan Informatika" in text
    names = [printed.office.owner.execute("SELECT name FROM person WHERE id = %s", (who,)).fetchone() for who in _parties(printed)]
    assert all(name and str(name[0]) in text for name in names)
    assert "Rencana pembinaan jaringan" in text
    assert "Tugas yang terbuka (2)" in text
    assert "Naskah dalam konsep (1)" in text
    assert f"Kode {printed.paper.verify_code}" in text or f"kode {printed.paper.verify_code}" in text


def _parties(printed: Printed) -> list[str]:
    row = printed.office.owner.execute("SELECT content FROM office_document").fetchone()
    assert row is not None
    content = row[0]
    assert isinstance(content, dict)
    return [content[side]["person"] for side in ("giver", "taker")]


def test_no_word_of_a_secret_letter_is_on_it_nor_in_it(printed: Printed, tmp_path: Path) -> None:
    text = " ".join(" ".join(text_of(printed.pdf, tmp_path)).split())
    number = printed.office.number("rahasia-1")
    assert "Dugaan" not in text
    assert f"{number}" in text
    assert "(isi tidak disebut)" in text
    row = printed.office.owner.execute("SELECT content::text FROM office_document").fetchone()
    assert row is not None
    assert "Dugaan" not in str(row[0])
    for stream in PdfFileReader(io.BytesIO(printed.pdf)).embedded_signatures:
        assert stream.field_name == "Segel"
    assert b"Dugaan" not in printed.pdf


def test_its_seal_is_valid_by_pyhanko(printed: Printed) -> None:
    (seal,) = PdfFileReader(io.BytesIO(printed.pdf)).embedded_signatures
    status = asyncio.run(async_validate_pdf_signature(seal, signer_validation_context=trust(printed.root)))
    assert (seal.field_name, status.intact, status.valid, status.trusted) == ("Segel", True, True, True)
    assert status.bottom_line


def test_anybody_can_check_it(printed: Printed) -> None:
    kantor = printed.office
    page = kantor.get(f"/v/{printed.paper.verify_code}")
    assert page.status_code == 200
    assert "Naskah ini sah dan berlaku" in page.text
    assert "tanpa nomor" in page.text
    same = kantor.post("/v", files={"berkas": ("a.pdf", printed.pdf, "application/pdf")})
    assert "sama persis dengan yang kami simpan" in same.text
    changed = kantor.post(f"/v/{printed.paper.verify_code}", files={"berkas": ("a.pdf", printed.pdf + b"\n%x\n%%EOF\n", "application/pdf")})
    assert "sudah diubah" in changed.text

    async def by_file(engine: AsyncEngine) -> documents.PublicDocument:
        async with engine.connect() as connection:
            return await documents.public_document_of_file(connection, printed.paper.sha)

    assert kantor.run(by_file).code == printed.paper.verify_code


def test_those_named_on_it_open_it_and_nobody_else(printed: Printed) -> None:
    kantor, path = printed.office, f"/jabatan/{HEAD}/serah-terima/{printed.paper.id}"
    for seat in (SECRETARY, "analis-sdm"):
        got = kantor.get(path, seat)
        assert (got.status_code, got.content) == (200, printed.pdf)
    for seat in ("konseptor-diskominfo", "kabid-aplikasi", "konseptor-dinkes"):
        assert kantor.get(path, seat).status_code == 404
    assert kantor.get(f"/jabatan/kepala-dinkes/serah-terima/{printed.paper.id}", "analis-sdm").status_code == 404


@pytest.mark.slow
def test_it_is_pdf_a_and_pdf_ua(printed: Printed, tmp_path: Path) -> None:
    path = tmp_path / "serah.pdf"
    path.write_bytes(printed.pdf)
    assert faults_of(path) == ""
