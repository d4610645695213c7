"""A procedure as a page to print: identity, flow table page by page, the notes that found no room in their cell. No database."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from activities.pdf.html import long_date
from activities.sop.drawing import Drawing, pages
from activities.sop.fitting import fit
from activities.sop.words import NONE, Cells, Wording, length
from activities.stationery import Letterhead, Page
from engine.nodes import Within
from engine.process import Process
from engine.sop import Row, Sop, sop
from forms.showing import word
from workflows.sop import SopInput

NAMED = 7
"""More actors than this are numbered, with a legend above each page of the table."""
POINTS, LINES = 7.0, 7
"""Letters and most lines of a cell of letters/sop.css."""
ROOMS = {"activity": 43.0, "needs": 31.0, "output": 29.0, "note": 35.5}
"""Width of the text in each cell, in millimetres; letters/sop.css has the columns."""
SHORT = 12
"""Of the digest that names the definition on the paper."""


def page(process: Process, asked: SopInput, head: Letterhead, zone: ZoneInfo) -> Page:
    """The page of a process; the same input is the same page."""
    made = sop(process)
    wording = Wording(process, made, asked.titles, asked.measured)
    day = date.fromisoformat(asked.day)
    definition = asked.sha[:SHORT]
    surat: dict[str, Any] = {
        "judul": f"SOP {process.title.id}", "nama": process.title.id, "definisi": definition, "tanggal": long_date(day),
        **_identity(process, made, wording, asked.archive), **_flow(made, wording),
        "jumlah": " + ".join(length(one) for one in made.longest) or "tidak ditetapkan",
        "janji": length_of_promise(process), "sumber": process.sla.source, "terukur": bool(asked.measured),
    }  # fmt: skip
    created = datetime.combine(day, time(), zone).isoformat()
    return Page("letters/sop.html", surat, head, created=created, facts={"naskah": "sop", "proses": process.code, "definisi": asked.sha})


def length_of_promise(process: Process) -> str:
    return "tidak dijanjikan" if process.sla.n is None else length(Within(process.sla.n, process.sla.kind))


def _identity(process: Process, made: Sop, wording: Wording, archive: str) -> dict[str, Any]:
    """What the model knows of the cells; what it does not know stays an empty list, which is printed as lines to write on."""
    kept = f"Arsip {process.archive.code}{f' ({archive})' if archive else ''}"
    return {
        "dasar": list(process.legal_basis), "keterkaitan": [f"SOP {wording.title(code)}" for code in made.opens if code != process.code],
        "peralatan": [f"Sistem {word(name)}" for name in made.systems], "pencatatan": [*(wording.register(name) for name in made.registers), kept],
    }  # fmt: skip


def _flow(made: Sop, wording: Wording) -> dict[str, Any]:
    drawing, notes = Drawing(made), list[dict[str, Any]]()
    names = [wording.role(code) for code in made.actors]
    drawn = [[_row(row, drawing, wording, notes) for row in rows] for rows in pages(made.rows)]
    numbered = len(names) > NAMED
    return {
        "pelaksana": [f"P{n}" for n in range(1, len(names) + 1)] if numbered else names,
        "legenda": [f"P{n} = {name}" for n, name in enumerate(names, 1)] if numbered else [], "halaman": drawn, "catatan": notes,
    }  # fmt: skip


def _row(row: Row, drawing: Drawing, wording: Wording, notes: list[dict[str, Any]]) -> dict[str, Any]:
    cells = wording.row(row)
    told = f"Nomor {row.number} pada {wording.role(row.actor)}; menuju {', '.join(f'nomor {to}' for to in row.targets) or 'akhir'}."
    lists = {"activity": (cells.activity,), "needs": cells.needs, "output": cells.output, "note": cells.note}
    shown = {name: fit(parts, ROOMS[name], POINTS, LINES) for name, parts in lists.items()}
    cut = [name for name, (_parts, whole) in shown.items() if not whole]
    if cut:
        shown |= {name: fit(lists[name], ROOMS[name], POINTS, LINES, "… (lihat catatan)") for name in cut}
        notes.append({"nomor": row.number, "isi": _whole(cells, cut)})
    return {
        "nomor": row.number, "gambar": drawing.draw(row, told), "waktu": cells.time, "nyata": cells.real,
        **{name: parts for name, (parts, _whole) in shown.items()},
    }  # fmt: skip


HEADS = {"activity": "Kegiatan", "needs": "Kelengkapan", "output": "Output", "note": "Keterangan"}


def _whole(cells: Cells, cut: list[str]) -> list[str]:
    """The cells that were cut, in full."""
    texts = {"activity": (cells.activity,), "needs": cells.needs, "output": cells.output, "note": cells.note}
    return [f"{HEADS[name]}: {'; '.join(part.rstrip('.') for part in texts[name] if part != NONE)}." for name in cut]
