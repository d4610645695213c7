"""A person's own settings: theme, language, single-letter keys."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.tables.desk import preference


async def put(connection: AsyncConnection, person: str, theme: str, language: str, shortcuts: bool) -> None:
    """Set all three. Words outside the closed lists are refused by the table."""
    row = {"theme": theme, "language": language, "shortcuts": shortcuts}
    await connection.execute(insert(preference).values(person=person, **row).on_conflict_do_update(index_elements=["person"], set_=row))
