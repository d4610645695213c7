"""One form page of the administration: asked, checked, written in one transaction, and back to where it was opened from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response
from ulid import ULID

from db.read import office_trail
from db.read.books import keeping
from engine.errors import AlreadyBooked, FieldsInvalid, NotAllowed, NotFound, PeriodOverlaps, ReasonMissing, Refusal
from engine.fields import Field
from forms.known import Context as Known
from forms.reading import parse
from web import answers
from web.context import Context, context_of
from web.drawing import draw
from web.kelola_words import Told, tell
from web.language import _
from web.pages import go, pages_of

OWN = frozenset({"request_id"})
Options = Mapping[str, Sequence[tuple[str, str]]]
Write = Callable[[AsyncConnection, dict[str, Any], str], Awaitable[object]]
"""(connection, values, id of the request) → writes."""
MENDED = (ReasonMissing, AlreadyBooked, PeriodOverlaps, NotAllowed, NotFound)
"""Refusals without a field: they stand beside the field that mends them, and nothing typed is lost."""


@dataclass(frozen=True, slots=True)
class Form:
    """``back``: the page it belongs to. ``facts``: (what, how it is now), shown above. ``mend``: field beside which a refusal without a field stands."""

    title: str
    fields: tuple[Field, ...]
    back: str
    button: str
    facts: tuple[tuple[str, str], ...] = ()
    options: Options = field(default_factory=dict)
    mend: str = "alasan"
    note: str = ""


def reason_field() -> Field:
    """Asked of every change."""
    return Field(
        "alasan",
        _("Alasan perubahan"),
        "longtext",
        required=True,
        max_length=1000,
        hint=_("Tercatat pada jejak kantor bersama nama dan jabatan Anda"),
    )


def show(request: Request, form: Form, typed: Mapping[str, Sequence[str]] | None = None, errors: Mapping[str, str] | None = None,
         status: int = 200, request_id: str = "") -> Response:  # fmt: skip
    """The page of the form, empty or as it was sent."""
    drawn = draw(form.fields, typed or {}, errors or {}, form.options)
    return pages_of(request).page(
        request, "kelola_isian.html", status=status, form=form, drawn=drawn, errors=dict(errors or {}), request_id=request_id or str(ULID())
    )


async def take(request: Request, form: Form, write: Write, said: str) -> Response:
    """Reads the form and writes it in one transaction; on a refusal the form comes back as it was typed. ``said``: word of what was done."""
    context = context_of(request)
    posted = await answers.read(request)
    request_id = posted.one("request_id")[:40] or str(ULID())
    typed = posted.without(*OWN)
    try:
        known = Known(context.clock(), context.city.zone)
        values = parse(form.fields, typed, known).accepted()
        async with context.desk.begin() as connection:
            await write(connection, values, request_id)
    except FieldsInvalid as invalid:
        names = {one.name for one in form.fields}
        errors = {name if name.split("-")[0] in names else form.mend: message for name, message in invalid.errors.items()}
        return show(request, form, typed, errors or {form.mend: invalid.message}, invalid.status, request_id)
    except MENDED as refused:
        return show(request, form, typed, {form.mend: _word(refused)}, refused.status, request_id)
    return go(request, f"{form.back}{'&' if '?' in form.back else '?'}sudah={said}")


def _word(refused: Refusal) -> str:
    return refused.message


async def recent(context: Context, subject: str, key: str = "", limit: int = 10) -> list[Told]:
    """The newest entries of the office trail about one table, or one row, with people by name."""
    async with context.pages.connect() as connection:
        found = await office_trail.changes(connection, subject, key, limit=limit)
        people = {str(part) for one in found for side in (one.before, one.after) for part in (side or {}).values() if isinstance(part, str)}
        names = await keeping.names(connection, sorted(people)) if people else {}
    return [tell(one, context.city.zone, names) for one in found]
