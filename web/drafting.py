"""``POST /isian/{id}/draf``: autosave and the plain "Simpan" button. A draft is never checked and never overwritten by an older window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from db.desk import drafts
from db.read import dossier
from engine.errors import DraftStale, NotFound, TooLarge
from engine.fields import IDENTITY, Field
from forms.identity import masked
from forms.on_map import NAMES
from web import answers
from web.access import SignedIn
from web.context import context_of
from web.language import _
from web.pages import go, pages_of

router = APIRouter()
OWN = (
    "_versi",
    "_jendela",
    "_tambah",
    "_hapus",
    "frasa",
    "setuju",
    "request_id",
    "version",
    "shown",
    "aksi",
    "bagian",
    "_lembar",
    "_ke_tabel",
    *NAMES,
)
"""Never part of a draft: the page's own names, and a passphrase above all."""


@router.post("/isian/{draft_id}/draf")
async def save(request: Request, draft_id: str, viewer: SignedIn) -> Response:
    """Stores the raw answers. htmx gets the status line and the new version; a plain form goes back to the draft.

    Refuses with ``NotFound`` a draft that is not the viewer's or was sent; a newer save elsewhere gives the conflict page (409).
    """
    context = context_of(request)
    sent = await answers.read(request)
    typed = sent.without(*OWN)
    if sum(len(text) for texts in typed.values() for text in texts) > drafts.MOST_BYTES:
        raise TooLarge(_("Draf terlalu besar. Pindahkan teks panjang ke lampiran."))
    version = int(sent.one("_versi")) if sent.one("_versi").isdecimal() else 0
    async with context.desk.begin() as connection:
        saved = await drafts.save(connection, viewer.person.id, draft_id, version, sent.one("_jendela")[:40], typed, context.clock())
    if saved is None:
        raise NotFound(_("Draf ini tidak ditemukan atau sudah dikirim."))
    if isinstance(saved, drafts.Conflict):
        return await conflict(request, saved.draft, typed)
    if request.headers.get("hx-request") != "true":
        return go(request, f"/tugas/{saved.subject.removeprefix('tugas:')}")
    line = pages_of(request).env.get_template("_draf.html").render(saved_at=saved.saved_at, version=saved.version)
    return HTMLResponse(line, headers={"Cache-Control": "no-store", "X-Draf-Versi": str(saved.version)})


async def conflict(request: Request, kept: drafts.Draft, typed: Mapping[str, Sequence[str]], fields: Sequence[Field] = ()) -> Response:
    """The two answers side by side where they differ (409), posts and people by their names, questions by their labels (``fields``), identities masked;
    nothing was overwritten."""
    asked = {one.name: one for one in fields} | {f"{one.name}.{column.name}": column for one in fields for column in one.columns}
    names = dict.fromkeys([*typed, *kept.answers])
    apart = [name for name in names if list(typed.get(name, [])) != list(kept.answers.get(name, []))]
    async with context_of(request).pages.connect() as connection:
        known = await dossier.labels(connection, {text for name in apart for side in (typed, kept.answers) for text in side.get(name, []) if text})

    def question(name: str) -> Field | None:
        return asked.get(".".join(part for part in name.split(".") if not part.isdecimal()))

    def told(name: str, texts: Sequence[str]) -> str:
        one = question(name)
        return ", ".join(masked(text) if one is not None and one.type in IDENTITY else known.get(text, text) for text in texts)

    rows = [(name, told(name, typed.get(name, [])), told(name, kept.answers.get(name, []))) for name in apart]
    labels = {name: one.label for name in apart if (one := question(name)) is not None}
    return pages_of(request).page(
        request,
        "konflik.html",
        status=DraftStale.status,
        draft=kept,
        answers=typed,
        labels=labels,
        differences=[row for row in rows if row[1] != row[2]],
    )
