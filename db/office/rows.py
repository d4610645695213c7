"""One administrative change: the row as it was, the change, the row as it is, and their entry in the office trail, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.changes import note_change
from engine.errors import FieldsInvalid, NotFound, PeriodOverlaps, Refusal
from engine.events import Actor, Json

OVERLAPS = frozenset({"one_holder_at_a_time", "one_acting_at_a_time"})
Values = Mapping[str, Any]


async def add_row(connection: AsyncConnection, actor: Actor, table: Table, values: Values, reason: str, at: datetime) -> None:
    """Refuses: ReasonMissing; PeriodOverlaps; FieldsInvalid for what the table's own rules refuse, naming the rule."""
    try:
        made = (await connection.execute(insert(table).values(**values).returning(*table.c))).one()
    except IntegrityError as error:
        raise _refusal(error) from error
    await note_change(connection, actor, "tambah", table.name, _key(table, made), reason, None, _plain(made), at)


async def change_row(connection: AsyncConnection, actor: Actor, table: Table, key: Values, values: Values, reason: str, at: datetime) -> None:
    """Refuses: NotFound, and what ``add_row`` refuses. A change that changes nothing leaves no entry."""
    before = (await connection.execute(select(table).where(_where(table, key)).with_for_update())).one_or_none()
    if before is None:
        raise NotFound("Data yang hendak diubah tidak ada lagi. Muat ulang halaman.")
    try:
        after = (await connection.execute(update(table).where(_where(table, key)).values(**values).returning(*table.c))).one()
    except IntegrityError as error:
        raise _refusal(error) from error
    if _plain(before) != _plain(after):
        await note_change(connection, actor, "ubah", table.name, _key(table, after), reason, _plain(before), _plain(after), at)


async def remove_row(connection: AsyncConnection, actor: Actor, table: Table, key: Values, reason: str, at: datetime) -> None:
    """Only for what is no part of anybody's past: functions, matters, committees, holidays. The entry keeps what stood there."""
    gone = (await connection.execute(delete(table).where(_where(table, key)).returning(*table.c))).one_or_none()
    if gone is None:
        raise NotFound("Data yang hendak dihapus tidak ada lagi. Muat ulang halaman.")
    await note_change(connection, actor, "hapus", table.name, _key(table, gone), reason, _plain(gone), None, at)


def _where(table: Table, key: Values) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key.items()))


def _key(table: Table, row: Row[Any]) -> str:
    return "/".join(str(row._mapping[column.name]) for column in table.primary_key)  # noqa: SLF001 the public name of a row's mapping


def _plain(row: Row[Any]) -> dict[str, Json]:
    return {name: _text(value) for name, value in row._mapping.items()}  # noqa: SLF001 as above


def _text(value: Any) -> Json:
    return value.isoformat() if isinstance(value, (datetime, date, time)) else value


def _refusal(error: IntegrityError) -> Refusal:
    """What the table refused, said plainly, by the name of its rule."""
    diagnosis = getattr(error.orig, "diag", None)
    rule = str(getattr(diagnosis, "constraint_name", "") or "")
    column = str(getattr(diagnosis, "column_name", "") or rule)
    if rule in OVERLAPS:
        return PeriodOverlaps()
    words = {"fk": "Yang ditunjuk tidak ada; pilih dari daftar.", "pk": "Sudah ada data dengan kode ini.", "uq": "Sudah ada data yang sama."}
    message = words.get(rule.partition("_")[0], _CHECKS.get(rule, f"Isian tidak memenuhi aturan {rule or column}."))
    return FieldsInvalid({column: message}, message)


_CHECKS = {
    "ck_incumbency_ends_after_start": "Akhir masa jabatan harus sesudah awalnya.",
    "ck_acting_ends_after_start": "Akhir masa Plt/Plh harus sesudah awalnya.",
    "ck_person_nip": "NIP harus 18 angka.",
    "ck_person_civil_servants_have_nip": "PNS dan PPPK wajib ber-NIP; yang lain tidak.",
    "ck_parameter_ends_after_start": "Akhir masa berlaku harus sesudah awalnya.",
}
