"""Unfinished forms: raw answers as typed, never checked, never lost. A save by an older window is a conflict, not an overwrite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.tables.desk import draft

Answers = Mapping[str, Sequence[str]]
MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    id: str
    person: str
    subject: str
    answers: dict[str, list[str]]
    version: int
    tab: str
    """The browser window that saved last."""
    saved_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another window saved a newer version; nothing was overwritten."""

    draft: Draft


_COLUMNS = (draft.c.id, draft.c.person, draft.c.subject, draft.c.answers, draft.c.version, draft.c.tab, draft.c.saved_at, draft.c.sent_at)

_OPEN_TASK = text("sent_at IS NULL AND subject NOT LIKE 'proses:%'")
"""The index's own condition, written out: as a parameter of a prepared statement PostgreSQL does not find the index by it."""


def _plain(answers: Answers) -> dict[str, list[str]]:
    return {name: [text.replace("\x00", "") for text in texts] for name, texts in answers.items()}


async def start(connection: AsyncConnection, person: str, subject: str, answers: Answers, now: datetime) -> Draft:
    """A new draft; for a task the one that is already open, untouched (pressing "Mulai" twice gives one draft)."""
    row = {"id": str(ULID()), "person": person, "subject": subject, "answers": _plain(answers), "created_at": now, "saved_at": now}
    made = (await connection.execute(insert_or(draft).values(row).on_conflict_do_nothing().returning(*_COLUMNS))).one_or_none()
    if made is not None:
        return Draft(*made)
    open_one = select(*_COLUMNS).where(draft.c.person == person, draft.c.subject == subject, draft.c.sent_at.is_(None))
    return Draft(*(await connection.execute(open_one)).one())


async def keep(
    connection: AsyncConnection, person: str, subject: str, tab: str, answers: Answers, now: datetime, seen: int | None = None
) -> Draft | Conflict:
    """What was posted on a task becomes the newest version of its one open draft, which begins here if there is none. One statement.

    ``seen``: the version the window had; a :class:`Conflict` when another window saved since, and nothing is overwritten. None overwrites.
    """
    row = {"id": str(ULID()), "person": person, "subject": subject, "answers": _plain(answers), "tab": tab, "created_at": now, "saved_at": now}
    statement = insert_or(draft).values(row).on_conflict_do_update(
        index_elements=[draft.c.person, draft.c.subject], index_where=_OPEN_TASK,
        set_={"answers": row["answers"], "version": draft.c.version + 1, "tab": tab, "saved_at": now},
        where=None if seen is None else (draft.c.version <= seen) | ((draft.c.tab == tab) & (draft.c.tab != "")),
    )  # fmt: skip
    stored = (await connection.execute(statement.returning(*_COLUMNS))).one_or_none()
    if stored is not None:
        return Draft(*stored)
    open_one = select(*_COLUMNS).where(draft.c.person == person, draft.c.subject == subject, draft.c.sent_at.is_(None))
    return Conflict(Draft(*(await connection.execute(open_one)).one()))


async def open_one(connection: AsyncConnection, person: str, subject: str) -> Draft | None:
    """The open draft of a task, None before it is begun."""
    row = (
        await connection.execute(select(*_COLUMNS).where(draft.c.person == person, draft.c.subject == subject, draft.c.sent_at.is_(None)))
    ).one_or_none()
    return Draft(*row) if row else None


async def find(connection: AsyncConnection, person: str, draft_id: str) -> Draft | None:
    """A draft of this person; another's is not found."""
    row = (await connection.execute(select(*_COLUMNS).where(draft.c.id == draft_id, draft.c.person == person))).one_or_none()
    return Draft(*row) if row else None


async def save(
    connection: AsyncConnection, person: str, draft_id: str, version: int, tab: str, answers: Answers, now: datetime
) -> Draft | Conflict | None:
    """Store the raw answers as the next version. A :class:`Conflict` when another window saved since ``version``; None when there is no such open draft.

    The same window may save again with an older number: its own autosaves overtake each other on a slow line.
    """
    mine = (draft.c.version == version) | ((draft.c.tab == tab) & (draft.c.tab != "") & (draft.c.version > version))
    statement = (
        update(draft)
        .where(draft.c.id == draft_id, draft.c.person == person, draft.c.sent_at.is_(None), mine)
        .values(answers=_plain(answers), version=draft.c.version + 1, tab=tab, saved_at=now)
        .returning(*_COLUMNS)
    )
    row = (await connection.execute(statement)).one_or_none()
    if row is not None:
        return Draft(*row)
    kept = await find(connection, person, draft_id)
    return Conflict(kept) if kept is not None and kept.sent_at is None else None


async def sent(connection: AsyncConnection, person: str, draft_id: str, version: int, now: datetime) -> bool:
    """Close the draft with its submission; False when it was sent or changed meanwhile, so that a double click sends one form."""
    found = await connection.execute(
        update(draft)
        .where(draft.c.id == draft_id, draft.c.person == person, draft.c.version == version, draft.c.sent_at.is_(None))
        .values(sent_at=now)
    )
    return found.rowcount == 1


async def reopen(connection: AsyncConnection, person: str, draft_id: str) -> None:
    """The submission was refused: the draft stands again as it was."""
    await connection.execute(update(draft).where(draft.c.id == draft_id, draft.c.person == person).values(sent_at=None))


async def open_ones(connection: AsyncConnection, person: str, limit: int = 50) -> tuple[Draft, ...]:
    """Unsent drafts of a person, last saved first."""
    rows = await connection.execute(
        select(*_COLUMNS).where(draft.c.person == person, draft.c.sent_at.is_(None)).order_by(draft.c.saved_at.desc()).limit(limit)
    )
    return tuple(Draft(*row) for row in rows)


async def keep_page(connection: AsyncConnection, person: str, path: str, answers: Answers, now: datetime) -> Draft:
    """What was typed on a page whose sign-in ended: the newest wins, one per page and person."""
    subject = f"halaman:{path[:500]}"
    row = {"id": str(ULID()), "person": person, "subject": subject, "answers": _plain(answers), "created_at": now, "saved_at": now}
    statement = insert(draft).values(row)
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{person}|{subject}", 0))))
    changed = await connection.execute(
        update(draft)
        .where(draft.c.person == person, draft.c.subject == subject, draft.c.sent_at.is_(None))
        .values(answers=row["answers"], version=draft.c.version + 1, saved_at=now)
        .returning(*_COLUMNS)
    )
    kept = changed.one_or_none() or (await connection.execute(statement.returning(*_COLUMNS))).one()
    return Draft(*kept)


async def page_of(connection: AsyncConnection, person: str, path: str) -> Draft | None:
    """What :func:`keep_page` kept for this page, None when nothing waits."""
    statement = select(*_COLUMNS).where(draft.c.person == person, draft.c.subject == f"halaman:{path[:500]}", draft.c.sent_at.is_(None))
    row = (await connection.execute(statement)).one_or_none()
    return Draft(*row) if row else None
