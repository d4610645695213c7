"""``/perkara/{no}/riwayat``: every event in words, the chain checked before your eyes, a file for spreadsheets. Reading a secret one is on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from db.desk import readings
from db.read import dossier
from db.read.access import SECRET
from db.read.cases import Case, Line, trail
from db.read.documents import documents, versions
from db.read.processes import pinned_process
from db.read.trail_check import Verdict, verify
from forms.spreadsheets import sheet
from web.access import Fresh, SignedIn
from web.case_page import No
from web.context import Context, context_of
from web.language import _
from web.pages import pages_of
from web.policy import Viewer
from web.reading_log import log_reading
from web.showing_case import readable
from web.trail_words import Told, codes, groups, tell

router = APIRouter()
PAGE = 200


@dataclass(slots=True)
class History:
    """The trail told, and what the check of its chain says. ``unreadable``: events behind the break that cannot be read any more."""

    case: Case
    verdict: Verdict
    told: list[Told] = field(default_factory=list)
    unreadable: bool = False


async def _history(connection: AsyncConnection, no: int, viewer: Viewer, context: Context) -> History:
    """Refuses by NotFound what the viewer may not read. A broken chain is shown, never hidden."""
    case = await readable(connection, no, viewer, context.clock())
    verdict = await verify(connection, case.id)
    made = History(case, verdict)
    lines, made.unreadable = await _lines(connection, case.id, verdict)
    process = await pinned_process(connection, case.sha)
    labels = await dossier.labels(connection, codes(lines))
    known: dict[str, int] = {}
    for one in await documents(connection, case.id):
        known |= {version.sha: version.version for version in await versions(connection, one.id)}
    made.told = tell(process, lines, labels, known)
    return made


async def _lines(connection: AsyncConnection, case_id: str, verdict: Verdict) -> tuple[list[Line], bool]:
    try:
        return await trail(connection, case_id), False
    except (ValueError, KeyError, TypeError):
        if verdict.sound:
            raise
        return await trail(connection, case_id, limit=max(verdict.seq - 1, 0)), True


@router.get("/perkara/{no}/riwayat")
async def show(request: Request, no: No, viewer: SignedIn, urut: str = "", jenis: str = "", pelaku: str = "", mulai: int = 0) -> Response:
    """Newest first unless ``urut=terlama``; ``jenis`` narrows to one group of events, ``pelaku`` to what one person did."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        made = await _history(connection, no, viewer, context)
    await log_reading(request, context, made.case, viewer, "riwayat")
    async with context.pages.connect() as connection:
        read = await readings.of_case(connection, made.case.id)
    kinds = groups()
    people = {one.person: one.name for one in made.told if one.person}
    chosen = [one for one in made.told if (jenis not in kinds or one.group == jenis) and (pelaku not in people or one.person == pelaku)]
    ordered = chosen if urut == "terlama" else chosen[::-1]
    start = min(max(mulai, 0), len(ordered))
    return pages_of(request).page(
        request, "riwayat.html", case=made.case, verdict=made.verdict, unreadable=made.unreadable, lines=ordered[start : start + PAGE], total=len(chosen),
        kinds=kinds, jenis=jenis if jenis in kinds else "", people=people, who=pelaku if pelaku in people else "", urut="terlama" if urut == "terlama" else "", start=start, page=PAGE, readings=read, secret=made.case.secrecy in SECRET,
        read_words=_read_words(),
    )  # fmt: skip


def _read_words() -> dict[str, str]:
    return {
        "riwayat": _("membaca riwayat"),
        "ekspor": _("mengunduh riwayat"),
        "berkas": _("mengunduh lampiran"),
        "naskah": _("mengunduh naskah"),
        "identitas": _("membuka nomor identitas"),
    }


@router.get("/perkara/{no}/riwayat.csv")
async def spreadsheet(request: Request, no: No, viewer: Fresh) -> Response:
    """All events, oldest first; no cell can be a formula (web.agenda.sheet)."""
    context = context_of(request)
    async with context.pages.connect() as connection:
        made = await _history(connection, no, viewer, context)
    await log_reading(request, context, made.case, viewer, "ekspor")
    heads = [
        _("Nomor"), _("Waktu %(zona)s") % {"zona": context.city.zone_name}, _("Waktu UTC"), _("Pelaku"), _("Jabatan saat itu"), _("Kapasitas"),
        _("Peristiwa"), _("Langkah"), _("Putaran"), _("Hasil"), _("Alasan atau isi"), _("Rincian"), _("Sidik (SHA-256)"),
    ]  # fmt: skip
    content = sheet(heads, [_cells(one, context) for one in made.told])
    headers = {"Content-Disposition": f'attachment; filename="riwayat-perkara-{no}.csv"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _cells(one: Told, context: Context) -> list[str]:
    local = one.at.astimezone(context.city.zone)
    details = "; ".join(
        f"{part.label}: {part.text or (part.at.astimezone(context.city.zone).isoformat(timespec='minutes') if part.at else '')}"
        for part in one.details
    )
    return [
        str(one.seq), f"{local:%Y-%m-%d %H:%M:%S}", f"{one.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", one.name or _("Sistem"), one.title, one.capacity,
        one.what, one.step, str(one.round or ""), one.outcome, one.reason, details, one.hash,
    ]  # fmt: skip
