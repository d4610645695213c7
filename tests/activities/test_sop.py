"""A process printed as a procedure: two of them drawn by the worker, read back as text and as pages; each text in full; the same asked is the same file."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError

from activities.composing import Composer
from activities.pdf.pool import RenderPool
from activities.sop.drawing import ROWS, TALL, WIDE, Drawing, letter, pages
from activities.sop.fitting import fit, lines
from activities.sop.making import Procedures
from activities.sop.words import NONE, Wording, hours
from db import files
from db.connect import connect
from engine.sop import sop
from tests.activities.paper import ROOT, faults_of, stationery, text_of
from tests.web.office import office
from workflows.catalogue import Listed, catalogue
from workflows.sop import SopInput, SopPaper

FOUND = catalogue(ROOT / "kota_contoh").processes
SHORT, LONG = "surat-edaran", "izin-reklame"
every = pytest.mark.parametrize("listed", FOUND.values(), ids=lambda one: one.code)


def asked_of(listed: Listed, **more: object) -> SopInput:
    return replace(SopInput(listed.sha, listed.text, "2026-11-23", "bagian-hukum"), **more)  # type: ignore[arg-type]


@dataclass
class Printed:
    papers: dict[str, SopPaper]
    again: SopPaper
    pdf: dict[str, bytes]
    text: dict[str, list[str]]


@pytest.fixture(scope="module")
def printed(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    folder = tmp_path_factory.mktemp("sop")
    given = {SHORT: asked_of(FOUND[SHORT], measured={"telaah-hukum": 48}), LONG: asked_of(FOUND[LONG], unit="")}
    with office(database, folder / "berkas"):

        async def draw() -> tuple[dict[str, SopPaper], SopPaper]:
            engine, pool = connect(database), RenderPool()
            making = Procedures(engine, folder / "berkas", Composer(stationery()), pool)
            try:
                made = {code: await making.write(asked) for code, asked in given.items()}
                with pytest.raises(ApplicationError) as wrong:
                    await making.write(replace(given[SHORT], sha="0" * 64))
                assert wrong.value.non_retryable
                return made, await making.write(given[SHORT])
            finally:
                pool.close()
                await engine.dispose()

        papers, again = asyncio.run(draw())
        pdf = {code: files.read(folder / "berkas", paper.sha) for code, paper in papers.items()}
        yield Printed(papers, again, pdf, {code: text_of(one, folder) for code, one in pdf.items()})


def test_the_same_process_and_numbers_are_the_same_file(printed: Printed) -> None:
    assert printed.again == printed.papers[SHORT]


@pytest.mark.parametrize("code", [SHORT, LONG])
def test_identity_first_then_eight_rows_a_page(printed: Printed, code: str) -> None:
    made, text = sop(FOUND[code].process), printed.text[code]
    assert printed.papers[code].pages == len(text)
    tables = len(pages(made.rows))
    assert tables + 1 <= len(text) <= tables + 2
    for label in (
        "Nomor SOP", "Tanggal pembuatan", "Tanggal revisi", "Tanggal efektif", "Disahkan oleh", "Nama SOP", "Dasar hukum", "Kualifikasi pelaksana",
        "Keterkaitan", "Peralatan/perlengkapan", "Peringatan", "Pencatatan dan pendataan", FOUND[code].process.title.id,
    ):  # fmt: skip
        assert label in text[0], label
    for page in text[1 : tables + 1]:
        assert all(head in page for head in ("Kegiatan", "Pelaksana", "Mutu baku", "Kelengkapan", "Waktu", "Output", "Keterangan"))
    for page in text:
        assert f"definisi {FOUND[code].sha[:12]}, 23 November 2026" in " ".join(page.split())
        assert "Dibuat dari proses yang berjalan" in " ".join(page.split())


def test_it_says_planned_beside_measured_and_what_is_promised(printed: Printed) -> None:
    whole = " ".join(" ".join(printed.text[SHORT]).split())
    assert "BAGIAN HUKUM" in whole
    assert "SEKRETARIAT DAERAH" in whole
    assert "nyatanya 2 hari" in whole
    assert "Janji layanan: 5 hari kerja" in whole
    assert "10 hari kerja" in whole
    long = " ".join(" ".join(printed.text[LONG]).split())
    assert "nyatanya" not in long
    assert "P14 = " in long


@pytest.mark.parametrize("code", [SHORT, LONG])
def test_a_pentagon_carries_its_letter_on_both_pages(printed: Printed, code: str) -> None:
    made, text = sop(FOUND[code].process), printed.text[code]
    drawing = Drawing(made)
    for number in range(ROWS, len(made.rows), ROWS):
        if drawing.near(made.rows[number - 1]) is not None:
            mark, page = letter(number), number // ROWS
            for one in (text[page], text[page + 1]):
                assert re.search(rf"(^|\s){mark}(\s|$)", one), (number, mark)


@every
def test_no_row_is_silent_and_what_is_cut_is_told_below(listed: Listed) -> None:
    from zoneinfo import ZoneInfo

    from activities.sop.page import page
    from activities.stationery import Letterhead

    made = page(listed.process, asked_of(listed), Letterhead("perangkat-daerah", "Kota"), ZoneInfo("Asia/Jakarta")).surat
    cut = {one["nomor"] for one in made["catatan"]}
    drawn = [row for rows in made["halaman"] for row in rows]
    wording = Wording(listed.process, sop(listed.process), {}, {})
    for row, cells in zip(drawn, wording.cells(), strict=True):
        assert all((row["activity"], row["needs"], row["waktu"], row["output"], row["note"]))
        assert cells.time
        assert cells.output != (NONE,)
        whole = (row["activity"], row["needs"], row["output"], row["note"]) == ((cells.activity,), cells.needs, cells.output, cells.note)
        assert whole is (row["nomor"] not in cut), row["nomor"]
    roles = {name for name in listed.process.role if "-" in name}
    said = " ".join(text for cells in wording.cells() for text in (cells.activity, *cells.output))
    assert not roles & set(said.split())


@every
def test_every_line_meets_the_row_below_and_no_shape_leaves_the_picture(listed: Listed) -> None:
    made = sop(listed.process)
    drawing = Drawing(made)
    for row in made.rows:
        told = str(drawing.draw(row, "x"))
        below = drawing.near(row)
        down = re.findall(rf"[MH]([\d.]+)[^HVMz\"]*V{TALL}\" fill=\"none\" stroke=\"#000\" stroke-width=\"0.3\"", told)
        if below is not None and row.number % ROWS:
            assert down == [f"{drawing.x(below):.2f}"], row.number
            assert f"M{drawing.x(below):.2f} 0V" in str(drawing.draw(below, "x"))
        else:
            assert down == []
        for number in (float(x) for x in re.findall(r'cx="(-?[\d.]+)"', told)):
            assert 1.9 <= number <= WIDE - 1.9, (row.number, number)
        for to, _word in drawing.far(row):
            assert f">{to}</text>" in told
            assert f">{to}</text>" in str(drawing.draw(made.rows[to - 1], "x"))


def test_a_cell_holds_what_fits_and_says_that_there_is_more() -> None:
    assert lines("satu dua", 100, 7) == 1
    assert lines("w" * 100, 20, 7) > 5
    assert fit(("satu", "dua"), 30, 7, 2) == (("satu", "dua"), True)
    assert fit(("satu", "dua", "tiga"), 30, 7, 2, "… (lagi)") == (("satu", "dua … (lagi)"), False)
    shown, whole = fit(("kata " * 200,), 30, 7, 7)
    assert (len(shown), whole, shown[0].endswith("…")) == (1, False, True)
    assert lines(shown[0], 30, 7) <= 7
    assert fit(("w" * 400,), 30, 7, 1) == (("…",), False)


def test_measured_time_is_said_as_coarse_as_it_is_known() -> None:
    assert [hours(n) for n in (0, 5, 24, 60 * 24)] == ["nyatanya kurang dari 1 jam", "nyatanya 5 jam", "nyatanya 1 hari", "nyatanya 60 hari"]
    assert [letter(n * ROWS) for n in (1, 26, 27)] == ["A", "Z", "AA"]


@pytest.mark.slow
def test_it_is_pdf_a_and_pdf_ua(printed: Printed, tmp_path: Path) -> None:
    paths = [tmp_path / f"{code}.pdf" for code in (SHORT, LONG)]
    for path in paths:
        path.write_bytes(printed.pdf[path.stem])
    assert faults_of(*paths) == ""
