"""The agenda books: rows of a register, newest number first, secret ones with number and sender only."""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.access import READS
from engine.events import Json

PAGE = 50

_ROWS = text(f"""
    SELECT n.serial, n.suffix, n.text, n.state, n.reason, n.reserved_at, n.key, c.id AS case_id, c.no, c.process, c.status, c.secrecy,
      {READS} AS readable, c.subject, c.form
    FROM number n LEFT JOIN "case" c ON c.id = n.case_id
    WHERE n.unit = :unit AND n.register = :register AND n.year = :year AND n.serial < :before
      AND (CAST(:since AS timestamptz) IS NULL OR n.reserved_at >= :since) AND (CAST(:until AS timestamptz) IS NULL OR n.reserved_at < :until)
      AND (:words = '' OR n.text ILIKE '%' || :words || '%' OR (c.secrecy NOT IN ('rahasia', 'sangat-rahasia') AND c.subject ILIKE '%' || :words || '%')
           OR c.form->>'pengirim' ILIKE '%' || :words || '%' OR c.form->>'nomor_surat' ILIKE '%' || :words || '%')
    ORDER BY n.serial DESC, n.suffix LIMIT :limit
""")
_ORGANISATIONS = text("SELECT DISTINCT o.code, o.name FROM unit u JOIN unit o ON o.code = u.organisation WHERE u.code = ANY(:units) ORDER BY o.name")
_REGISTERS = text("SELECT unit, register, year, last FROM counter WHERE unit = ANY(:units) ORDER BY year DESC, register, unit")


@dataclass(frozen=True, slots=True)
class Book:
    unit: str
    register: str
    year: int
    last: int


@dataclass(frozen=True, slots=True)
class Filters:
    """``words`` look in number, sender, the sender's number and, unless secret, the subject."""

    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the book. Of a secret letter one may not read, everything but number, dates and sender is empty."""

    serial: int
    number: str
    state: str
    reason: str
    reserved_at: datetime
    case_id: str
    case_no: int | None
    sender: str
    letter_number: str
    letter_date: date | None
    subject: str
    secrecy: str
    urgency: str
    classification: str
    addressees: tuple[str, ...]
    open: bool


async def registers(connection: AsyncConnection, units: list[str]) -> list[Book]:
    """Books that have begun, of these organisations (unit codes)."""
    rows = await connection.execute(_REGISTERS, {"units": units})
    return [Book(r.unit, r.register, r.year, r.last) for r in rows]


async def agenda(
    connection: AsyncConnection,
    unit: str,
    register: str,
    year: int,
    person: str,
    now: datetime,
    filters: Filters | None = None,
    before: int = 0,
    limit: int = PAGE,
) -> list[Row]:
    """One page from below serial ``before`` (0 = from the last number). One statement."""
    wanted = filters or Filters()
    values = {
        "unit": unit, "register": register, "year": year, "person": person, "now": now, "before": before or 2**31 - 1, "limit": limit,
        "words": wanted.words.strip(), "since": wanted.since, "until": wanted.until,
    }  # fmt: skip
    return [_row(r) for r in await connection.execute(_ROWS, values)]


def _row(r: Json) -> Row:
    form = r.form or {}
    shown = bool(r.readable) or r.secrecy not in ("rahasia", "sangat-rahasia")
    day = form.get("tanggal_surat") if shown else None
    addressees = [str(one.get("jabatan") or one.get("pejabat") or "") for one in (form.get("kepada") or form.get("penerima_disposisi") or [])]
    return Row(
        r.serial, r.text + r.suffix, r.state, r.reason or "", r.reserved_at, r.case_id if shown and r.case_id else "", r.no if shown else None,
        str(form.get("pengirim") or ""), str(form.get("nomor_surat") or ""), date.fromisoformat(day) if isinstance(day, str) and day else None,
        (r.subject or "") if shown else "", r.secrecy or "biasa", str(form.get("urgensi") or "") if shown else "",
        str(form.get("kode_klasifikasi") or "") if shown else "", tuple(addressees) if shown else (), r.status == "open",
    )  # fmt: skip


async def organisations(connection: AsyncConnection, units: Sequence[str]) -> dict[str, str]:
    """Code → name of the organisations these units belong to: whose books their people keep."""
    rows = await connection.execute(_ORGANISATIONS, {"units": list(units)})
    return {row.code: row.name for row in rows}
