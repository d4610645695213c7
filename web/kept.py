"""What was typed when the sign-in ended: kept for the person who typed it, and given back when he is in again."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import drafts, sign_ins
from web.access import cookie_name
from web.answers import Answers
from web.context import Context

CARRIED = "_terbawa"
"""Hidden field of the sign-in form that carries what cannot be kept yet, because nobody knows whose it is."""
OWN = frozenset({CARRIED, "sandi", "frasa", "nip", "lanjut"})
MOST_CARRIED = 200_000


async def keep(request: Request, context: Context, answers: Answers) -> tuple[bool, str]:
    """(kept on the server, text to carry). On the server when the ended sign-in still says whose form it is; secrets are never kept."""
    texts = {name: values for name, values in answers.texts.items() if name not in OWN}
    if not texts:
        return False, ""
    token = request.cookies.get(cookie_name(context.secure), "")
    async with context.desk.begin() as connection:
        person = await sign_ins.ended(connection, token) if token else None
        if person is not None:
            await drafts.keep_page(connection, person, request.url.path, texts, context.clock())
            return True, ""
    carried = json.dumps({"path": request.url.path, "texts": texts}, ensure_ascii=False)
    return False, carried if len(carried) <= MOST_CARRIED else ""


async def settle(connection: AsyncConnection, person: str, carried: str, now: Any) -> None:
    """Keep carried answers for the person who just signed in. What is not of our making is passed over."""
    try:
        found = json.loads(carried) if 0 < len(carried) <= MOST_CARRIED else {}
        texts = {str(name): [str(text) for text in values] for name, values in dict(found.get("texts", {})).items() if name not in OWN}
        path = str(found.get("path", ""))
    except (ValueError, TypeError, AttributeError):
        return
    if texts and path.startswith("/"):
        await drafts.keep_page(connection, person, path, texts, now)


async def returned(connection: AsyncConnection, person: str, path: str) -> drafts.Draft | None:
    """What this person had typed on the page of this path."""
    return await drafts.page_of(connection, person, path)
