"""Units, positions, people, and who has which function, matter or committee seat. Nothing with a past is deleted: it is closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.office.rows import add_row, change_row, remove_row
from db.tables.holding import committee_member, function_post, matter_post
from db.tables.organisation import INTERNAL, person, position, unit
from engine.errors import FieldsInvalid, NotFound
from engine.events import Actor
from forms.identity import nip as read_nip
from forms.identity import nip_kind
from forms.messages import BadValue


async def add_unit(
    connection: AsyncConnection, actor: Actor, code: str, name: str, kind: str, parent: str, reason: str, at: datetime, **more: Any
) -> None:
    """``more``: letter_code, letterhead, address … Refuses an unknown parent (NotFound) or a code in use (FieldsInvalid)."""
    top = (await connection.execute(text("SELECT organisation FROM unit WHERE code = :code"), {"code": parent})).scalar_one_or_none()
    if top is None:
        raise NotFound(f"Unit induk {parent} tidak ada.")
    values = {"code": code, "name": name, "kind": kind, "parent": parent, "organisation": top if kind in INTERNAL else code, **more}
    await add_row(connection, actor, unit, values, reason, at)


async def change_unit(connection: AsyncConnection, actor: Actor, code: str, reason: str, at: datetime, **values: Any) -> None:
    await change_row(connection, actor, unit, {"code": code}, values, reason, at)


async def add_position(
    connection: AsyncConnection, actor: Actor, code: str, unit_code: str, title: str, reason: str, at: datetime, **more: Any
) -> None:
    """``more``: title_caps, echelon, superior, is_head, is_secretary. A unit has one head and one secretary (FieldsInvalid)."""
    values = {"code": code, "unit": unit_code, "title": title, "title_caps": title.upper(), **more}
    await add_row(connection, actor, position, values, reason, at)


async def change_position(connection: AsyncConnection, actor: Actor, code: str, reason: str, at: datetime, **values: Any) -> None:
    """Closing (``active=False``) and moving included. Refuses a superior who stands below (FieldsInvalid)."""
    if values.get("superior"):
        await _not_below(connection, code, str(values["superior"]))
    await change_row(connection, actor, position, {"code": code}, values, reason, at)


async def _not_below(connection: AsyncConnection, code: str, superior: str) -> None:
    ring = text("""
        WITH RECURSIVE up AS (SELECT code, superior FROM position WHERE code = :superior
          UNION SELECT p.code, p.superior FROM position p JOIN up ON p.code = up.superior) SELECT EXISTS (SELECT 1 FROM up WHERE code = :code)
    """)
    if (await connection.execute(ring, {"superior": superior, "code": code})).scalar_one():
        message = "Atasan tidak boleh bawahan dari jabatan ini sendiri."
        raise FieldsInvalid({"superior": message}, message)


async def add_person(connection: AsyncConnection, actor: Actor, name: str, kind: str, reason: str, at: datetime, nip: str = "", **more: Any) -> str:
    """Gives the id. Refuses a NIP that is none, is of another kind of employee, or is in use (FieldsInvalid)."""
    bare = _checked_nip(nip, kind) if nip else None
    found = str(ULID())
    await add_row(connection, actor, person, {"id": found, "name": name, "kind": kind, "nip": bare, **more}, reason, at)
    return found


def _checked_nip(nip: str, kind: str) -> str:
    try:
        bare = read_nip(nip)
    except BadValue as error:
        message = "NIP tidak sah: periksa tanggal lahir, TMT, jenis kelamin dan nomor urut pada 18 angkanya."
        raise FieldsInvalid({"nip": message}, message) from error
    if nip_kind(bare) != kind:
        message = f"NIP ini milik {nip_kind(bare)}, bukan {kind}."
        raise FieldsInvalid({"nip": message}, message)
    return bare


async def change_person(connection: AsyncConnection, actor: Actor, person_id: str, reason: str, at: datetime, **values: Any) -> None:
    await change_row(connection, actor, person, {"id": person_id}, values, reason, at)


async def give_function(
    connection: AsyncConnection, actor: Actor, function: str, unit_code: str, position_code: str, reason: str, at: datetime
) -> None:
    await add_row(connection, actor, function_post, {"function": function, "unit": unit_code, "position": position_code}, reason, at)


async def take_function(
    connection: AsyncConnection, actor: Actor, function: str, unit_code: str, position_code: str, reason: str, at: datetime
) -> None:
    await remove_row(connection, actor, function_post, {"function": function, "unit": unit_code, "position": position_code}, reason, at)


async def give_matter(
    connection: AsyncConnection, actor: Actor, matter: str, selector_kind: str, selector: str, position_code: str, starts: datetime, decree: str,
    reason: str, at: datetime,
) -> None:  # fmt: skip
    values = {"matter": matter, "selector_kind": selector_kind, "selector": selector, "position": position_code, "starts": starts, "decree": decree}
    await add_row(connection, actor, matter_post, values, reason, at)


async def end_matter(connection: AsyncConnection, actor: Actor, matter_id: int, ends: datetime, reason: str, at: datetime) -> None:
    await change_row(connection, actor, matter_post, {"id": matter_id}, {"ends": ends}, reason, at)


async def seat_member(
    connection: AsyncConnection, actor: Actor, committee: str, position_code: str, starts: datetime, part: str, decree: str, reason: str, at: datetime
) -> None:
    values = {"committee": committee, "position": position_code, "starts": starts, "part": part, "decree": decree}
    await add_row(connection, actor, committee_member, values, reason, at)


async def unseat_member(
    connection: AsyncConnection, actor: Actor, committee: str, position_code: str, starts: datetime, ends: datetime, reason: str, at: datetime
) -> None:
    key = {"committee": committee, "position": position_code, "starts": starts}
    await change_row(connection, actor, committee_member, key, {"ends": ends}, reason, at)
