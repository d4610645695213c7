"""Who sits where and from when to when: definitive holders, Plt and Plh, mandates. Each change is one transaction with its entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from db.office import telling
from db.office.rows import add_row, change_row
from db.tables.holding import acting, incumbency, mandate
from engine.errors import FieldsInvalid
from engine.events import Actor
from engine.mandates import may_hand_on

LONGEST_PLT = timedelta(days=93)
"""Three months; an extension is a new order (BKN SE 1/SE/I/2021 through naskah-dinas.md §5.3)."""
FORBIDDEN = ("surat-keputusan", "keputusan-wali-kota", "peraturan-wali-kota", "peraturan-daerah", "dpa", "formulir-rka", "anggaran-kas")
"""What Plt and Plh may not sign unless their order says otherwise: strategic acts on organisation, staff and budget (UU 30/2014 art. 14(7))."""

_HOLDER = text("""
    SELECT EXISTS (SELECT 1 FROM incumbency i WHERE i.position = :position AND i.starts <= :at AND (i.ends IS NULL OR i.ends > :at))
""")
_STAND_IN = text("""
    SELECT kind FROM acting a WHERE a.position = :position AND a.starts <= :at AND (a.ends IS NULL OR a.ends > :at) AND a.cancelled_at IS NULL
""")


async def appoint(
    connection: AsyncConnection, actor: Actor, position: str, person: str, starts: datetime, decree: str, reason: str, at: datetime
) -> str:
    """A definitive holder from that instant. Refuses while another holds the seat then (PeriodOverlaps). Gives the id."""
    found = str(ULID())
    values = {"id": found, "position": position, "person": person, "starts": starts, "ends": None, "decree": decree}
    await add_row(connection, actor, incumbency, values, reason, at)
    return found


async def end_incumbency(connection: AsyncConnection, actor: Actor, incumbency_id: str, ends: datetime, reason: str, at: datetime) -> None:
    """The holder leaves at that instant; his open tasks stay with the seat."""
    await change_row(connection, actor, incumbency, {"id": incumbency_id}, {"ends": ends}, reason, at)


async def appoint_acting(
    connection: AsyncConnection,
    actor: Actor,
    kind: str,
    position: str,
    person: str,
    starts: datetime,
    ends: datetime,
    order_number: str,
    reason: str,
    at: datetime,
    forbids: Sequence[str] = FORBIDDEN,
    longest: timedelta | None = LONGEST_PLT,
    **more: str | None,
) -> str:
    """Plt, Plh, Pj or Pjs for a time. Refuses (FieldsInvalid): a Plt for a seat that has its holder, a Plh for one that has none, a Plt longer
    than ``longest`` (None: the caller has looked), an order without number; and an overlap (PeriodOverlaps). ``more``: cause, case_id, document,
    extends. Gives the id, which acts name as their mandate."""
    if not order_number.strip():
        raise FieldsInvalid({"order_number": "Isi nomor surat perintah."}, "Isi nomor surat perintah.")
    has_holder = (await connection.execute(_HOLDER, {"position": position, "at": starts})).scalar_one()
    if kind == "plt" and has_holder:
        raise FieldsInvalid({"kind": _PLT}, _PLT)
    if kind == "plh" and not has_holder:
        raise FieldsInvalid({"kind": _PLH}, _PLH)
    if kind == "plt" and longest is not None and ends - starts > longest:
        raise FieldsInvalid({"ends": _LONG}, _LONG)
    found = str(ULID())
    values = {
        "id": found, "kind": kind, "position": position, "person": person, "starts": starts, "ends": ends, "order_number": order_number,
        "forbids": list(forbids), **more,
    }  # fmt: skip
    await add_row(connection, actor, acting, values, reason, at)
    return found


async def end_acting(connection: AsyncConnection, actor: Actor, acting_id: str, ends: datetime, reason: str, at: datetime) -> None:
    """Ends or prolongs the time; the inbox follows at that instant by itself."""
    await change_row(connection, actor, acting, {"id": acting_id}, {"ends": ends}, reason, at)


async def give_mandate(
    connection: AsyncConnection,
    actor: Actor,
    form: str,
    from_position: str,
    to_position: str,
    document_kinds: Sequence[str],
    starts: datetime,
    ends: datetime | None,
    decree: str,
    reason: str,
    at: datetime,
) -> str:
    """``an`` or ``ub`` for kinds of document. Gives the id.

    Refuses ActingForbidden: whoever acts for another gives nothing on, neither the official who writes it down nor the post while a Plt or Plh
    holds it then (UU 30/2014 art. 13 and 14)."""
    may_hand_on(actor.capacity)
    stand_in = (await connection.execute(_STAND_IN, {"position": from_position, "at": max(starts, at)})).scalar_one_or_none()
    may_hand_on(str(stand_in or ""))
    found = str(ULID())
    values = {
        "id": found, "form": form, "from_position": from_position, "to_position": to_position, "document_kinds": list(document_kinds),
        "starts": starts, "ends": ends, "decree": decree,
    }  # fmt: skip
    await add_row(connection, actor, mandate, values, reason, at)
    await telling.tell_of_behalf(connection, found, "dicatat", at)
    return found


async def end_mandate(connection: AsyncConnection, actor: Actor, mandate_id: str, ends: datetime, reason: str, at: datetime) -> None:
    await change_row(connection, actor, mandate, {"id": mandate_id}, {"ends": ends}, reason, at)
    await telling.tell_of_behalf(connection, mandate_id, "berakhir", at)


_PLT = "Jabatan ini masih ada pejabat definitifnya; yang diperlukan Plh., bukan Plt."
_PLH = "Jabatan ini kosong; yang diperlukan Plt., bukan Plh."
_LONG = "Masa Plt paling lama tiga bulan; perpanjangan memakai surat perintah baru."
