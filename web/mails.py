"""``/surel``: where mails only go into a folder (one machine, sample city), a person reads those addressed to him, and no others."""

from __future__ import annotations

import asyncio
import email
import email.policy
import email.utils
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.read import organisation
from engine.errors import NotFound
from web.access import SignedIn
from web.context import Context, context_of
from web.pages import pages_of
from web.policy import Viewer

router = APIRouter()
NEWEST = 50
LARGEST = 256 * 1024
_NAME = re.compile(r"\d{1,18}-[A-Za-z0-9-]{1,80}-alur")


@dataclass(frozen=True, slots=True)
class Mail:
    name: str
    subject: str
    sender: str
    at: datetime
    body: str


def read_mail(path: Path, address: str) -> Mail | None:
    """The mail when it is a readable one to exactly this address, else None."""
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError:
        return None
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    to = [one for _name, one in email.utils.getaddresses(message.get_all("To", []))]
    part = message.get_body(("plain",))
    if to != [address] or part is None:
        return None
    try:
        at = email.utils.parsedate_to_datetime(str(message["Date"])).astimezone(UTC)
    except ValueError:
        at = datetime.fromtimestamp(0, UTC)
    return Mail(path.stem, str(message["Subject"] or ""), str(message["From"] or ""), at, str(part.get_content()))


def mails_of(folder: Path, person: str, address: str) -> list[Mail]:
    """The newest fifty to this address. File names carry row and person, so that another's are not even opened."""
    marked = "".join(char if char.isalnum() else "-" for char in person)
    own = [path for path in folder.glob(f"*-{marked}-alur.eml") if _NAME.fullmatch(path.stem)] if folder.is_dir() and address else []
    own.sort(key=lambda path: int(path.stem.partition("-")[0]), reverse=True)
    return [found for path in own[:NEWEST] if (found := read_mail(path, address)) is not None]


async def _own(context: Context, viewer: Viewer) -> tuple[Path, str]:
    """(folder, the viewer's address). Refuses with NotFound where mails really leave."""
    if context.mail is None:
        raise NotFound
    async with context.pages.connect() as connection:
        found = await organisation.person(connection, viewer.person.id)
    return context.mail, found.email if found else ""


@router.get("/surel")
async def show(request: Request, viewer: SignedIn) -> Response:
    folder, address = await _own(context_of(request), viewer)
    found = await asyncio.to_thread(mails_of, folder, viewer.person.id, address)
    return pages_of(request).page(request, "surel.html", mails=found, mail=None, address=address)


@router.get("/surel/{name}")
async def one(request: Request, name: str, viewer: SignedIn) -> Response:
    """Refuses with NotFound a mail that is not the viewer's own, whether it exists or not."""
    folder, address = await _own(context_of(request), viewer)
    mail = await asyncio.to_thread(read_mail, folder / f"{name}.eml", address) if _NAME.fullmatch(name) and address else None
    if mail is None:
        raise NotFound
    return pages_of(request).page(request, "surel.html", mails=[], mail=mail, address=address)
