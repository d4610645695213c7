"""``/proses``: every process of the city by family; ``/proses/{kode}``: what it is, what it needs, who does what, and a button to start it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response
from ulid import ULID

from db.read import durations, organisation
from engine.errors import NotFound
from engine.process import Process
from engine.words import FAMILIES
from forms.numbers import grouped
from web import process_words, swimlane
from web.access import SignedIn
from web.case_words import title_of
from web.context import context_of
from web.language import _
from web.pages import pages_of
from web.starting import for_outsiders, may_start

router = APIRouter()


def families() -> dict[str, str]:
    """Headings (engine.words.FAMILIES, said in the request's language)."""
    known = {
        "ketatausahaan": _("Persuratan dan tata usaha"), "kepegawaian": _("Kepegawaian"),
        "perencanaan-keuangan": _("Perencanaan dan keuangan"), "pengadaan": _("Pengadaan barang/jasa"),
        "barang-milik-daerah": _("Barang milik daerah"), "hukum-kerja-sama": _("Hukum dan kerja sama"), "pengawasan": _("Pengawasan"),
        "perizinan-rekomendasi": _("Perizinan dan rekomendasi"), "informasi-arsip-tik": _("Informasi publik, arsip dan TIK"),
        "hibah-bansos": _("Hibah dan bantuan sosial"),
    }  # fmt: skip
    return {key: known.get(key, name) for key, name in FAMILIES.items()}


def matches(process: Process, words: str) -> bool:
    """Every word stands somewhere in its title, description, code or documents."""
    parts = [process.title.id, process.title.en, process.summary, process.code, *(one.title for one in process.documents)]
    heap = " ".join(parts).lower()
    return all(word in heap for word in words.lower().split())


@router.get("/proses")
async def every(request: Request, _viewer: SignedIn, cari: str = "") -> Response:
    """By family, in the order of the word list; a family without a process is left out."""
    words = cari.strip()[:100]
    found = [listed.process for listed in context_of(request).processes.processes.values() if matches(listed.process, words)]
    headed = [(key, name, sorted((one for one in found if one.family == key), key=lambda one: one.title.id)) for key, name in families().items()]
    shown = [(key, name, [(one, title_of(one)) for one in some]) for key, name, some in headed if some]
    return pages_of(request).page(request, "proses_daftar.html", "daftar", families=shown, cari=words, total=len(found))


@router.get("/proses/{code}")
async def one_process(request: Request, code: str, viewer: SignedIn) -> Response:
    """NotFound for a code that no process of this city has."""
    context = context_of(request)
    listed = context.processes.processes.get(code)
    if listed is None:
        raise NotFound
    process = listed.process
    async with context.pages.connect() as connection:
        allowed = bool(await may_start(connection, process, viewer, context.clock()))
        counter = not for_outsiders(process) and bool(await may_start(connection, process, viewer, context.clock(), desk=True))
        archive = await _archive(connection, process.archive.code)
        real = await durations.took(connection, process.code, context.clock())
    title = title_of(process)
    return pages_of(request).page(
        request, "proses.html", process=process, title=title, family=families().get(process.family, ""), allowed=allowed, counter=counter, request_id=str(ULID()),
        picture=swimlane.draw(swimlane.plan(process), _("Bagan alur %(proses)s") % {"proses": title}), steps=process_words.steps(process),
        fields=process_words.fields_of(process), attachments=process_words.attachments_of(process), archive=process_words.kept(process.archive, archive),
        promise=process_words.promise(process.sla), took=_took(real), starters=process_words.starters(process),
        owner=process_words.who(process, (process.owner,)), documents=[(one, process_words.signers(process, one)) for one in process.documents],
    )  # fmt: skip


def _took(real: durations.Took | None) -> str:
    """In a sentence; empty while too few cases say anything."""
    if real is None:
        return ""

    def days(count: float) -> str:
        return _("kurang dari sehari") if count < 1 else _("%(hari)s hari") % {"hari": grouped(round(count))}

    told = {"jumlah": grouped(real.cases), "separuh": days(real.half), "sebagian": days(real.most)}
    return _("Dari %(jumlah)s perkara yang terakhir selesai, separuhnya selesai dalam %(separuh)s, sembilan dari sepuluh dalam %(sebagian)s.") % told


async def _archive(connection: AsyncConnection, code: str) -> str:
    """Name of the class, empty when the city's table does not know it."""
    return next((name for known, name in await organisation.pick_classifications(connection, code, 1) if known == code), "")
