"""A person's own settings: theme, language, single-letter keys, when mails come."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.desk import preference


async def put(connection: AsyncConnection, person: str, theme: str, language: str, shortcuts: bool) -> None:
    """Set all three. Words outside the closed lists are refused by the table."""
    row = {"theme": theme, "language": language, "shortcuts": shortcuts}
    await connection.execute(insert(preference).values(person=person, **row).on_conflict_do_update(index_elements=["person"], set_=row))


async def put_mail(connection: AsyncConnection, person: str, mail: str) -> None:
    """``ringkas`` (gathered twice a day), ``pagi`` or ``siang`` (once), ``segera`` or ``tidak``; another word is refused by the table."""
    await connection.execute(
        insert(preference).values(person=person, mail=mail).on_conflict_do_update(index_elements=["person"], set_={"mail": mail})
    )


async def mail(connection: AsyncConnection, person: str) -> str:
    """What was chosen; gathered for who chose nothing."""
    found: str | None = await connection.scalar(select(preference.c.mail).where(preference.c.person == person))
    return found or "ringkas"
