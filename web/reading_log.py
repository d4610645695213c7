"""Reading of secret cases, and of identities in any case, is itself on record."""

from __future__ import annotations

from starlette.requests import Request

from db.desk import readings
from db.desk.readings import What
from db.read.access import SECRET
from db.read.cases import Case
from web.agents import address_of
from web.context import Context
from web.policy import Viewer


async def log_reading(request: Request, context: Context, case: Case, viewer: Viewer, what: What, *, identified: bool = False) -> None:
    """One line for a secret case, for an identity, and for a file of a case that holds one (``identified``: a scan shows what the page masks);
    none for anything else. Committed before anything is sent."""
    if case.secrecy not in SECRET and what != "identitas" and not identified:
        return
    acting = viewer.acting
    position, title = (acting.position, acting.title) if acting else ("", "")
    async with context.desk.begin() as connection:
        await readings.note(connection, case.id, what, viewer.person.id, viewer.person.name, position, title, address_of(request), context.clock())
