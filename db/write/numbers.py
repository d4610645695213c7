"""The registers: a number is reserved last, kept through a failed signature, issued or voided with a reason, never deleted, never used twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import NotFound, NumberConflict, ReasonMissing

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
WORDS = ("klasifikasi", "urut", "unit", "bulan_romawi", "bulan", "tahun", "kode_keamanan", "nomor_agenda", "kunci")
_WORD = re.compile(r"\{([a-z_]+)\}")

_KNOWN = text("SELECT * FROM number WHERE key = :key")
_COUNT = text("""
    INSERT INTO counter AS c (unit, register, year, last) VALUES (:unit, :register, :year, 1)
    ON CONFLICT (unit, register, year) DO UPDATE SET last = c.last + 1 RETURNING last
""")
_GIVE = text("""
    INSERT INTO number (key, unit, register, year, serial, text, case_id, document, reserved_at)
    VALUES (:key, :unit, :register, :year, :serial, :text, :case_id, :document, :at) ON CONFLICT (key) DO NOTHING RETURNING *
""")
_SETTLE = text("UPDATE number SET state = :state, reason = :reason, settled_at = :at WHERE key = :key AND state = ANY(:from) RETURNING *")
_LEFT = text("UPDATE number SET state = 'BATAL', reason = :reason, settled_at = :at WHERE case_id = :case_id AND state = 'DICADANGKAN'")
UNUSED = "Perkaranya berakhir tanpa naskah ini ditandatangani."


@dataclass(frozen=True, slots=True)
class Number:
    """``state``: DICADANGKAN, TERBIT, BATAL."""

    key: str
    register: str
    year: int
    serial: int
    text: str
    state: str
    reason: str = ""


def compose(pattern: str, parts: Mapping[str, str]) -> str:
    """The number as printed. ValueError on a word the grammar does not know or a part that is missing."""
    unknown = [word for word in _WORD.findall(pattern) if word not in WORDS]
    if unknown:
        raise ValueError(f"unknown words in the number pattern: {', '.join(unknown)}")
    missing = [word for word in _WORD.findall(pattern) if word not in parts]
    if missing:
        raise ValueError(f"parts missing for the number: {', '.join(missing)}")
    return _WORD.sub(lambda match: parts[match[1]], pattern)


async def reserve(
    connection: AsyncConnection,
    key: str,
    unit: str,
    register: str,
    at: datetime,
    pattern: str,
    parts: Mapping[str, str] | None = None,
    case_id: str = "",
    document: str = "",
    *,
    zone: str,
) -> Number:
    """The next number of (unit, register, year of ``at`` in the city's zone); the same key gives the same number again.

    Gap-free: the counter moves in the caller's transaction, so a rollback gives the number back. Raises NumberConflict when another
    transaction took the key meanwhile: roll back and ask again. Source: documents.md §7, naskah-dinas.md §3."""
    known = (await connection.execute(_KNOWN, {"key": key})).one_or_none()
    if known is not None:
        return _number(known)
    local = at.astimezone(ZoneInfo(zone))
    counted = {"unit": unit, "register": register, "year": local.year}
    serial = (await connection.execute(_COUNT, counted)).scalar_one()
    filled = {
        "urut": str(serial), "nomor_agenda": str(serial), "unit": unit, "tahun": str(local.year), "bulan": f"{local.month:02d}",
        "bulan_romawi": ROMAN[local.month - 1], **(parts or {}),
    }  # fmt: skip
    row = {**counted, "key": key, "serial": serial, "text": compose(pattern, filled), "case_id": case_id, "document": document, "at": at}
    made = (await connection.execute(_GIVE, row)).one_or_none()
    if made is None:
        raise NumberConflict
    return _number(made)


async def issue(connection: AsyncConnection, key: str, at: datetime) -> Number:
    """DICADANGKAN → TERBIT; again changes nothing. Refuses a number that was voided (NumberConflict) or is not there (NotFound)."""
    return await _settle(connection, key, "TERBIT", None, ["DICADANGKAN"], at)


async def void(connection: AsyncConnection, key: str, reason: str, at: datetime) -> Number:
    """→ BATAL with its reason; the row stays visible and the number is not used again. Refuses an empty reason (ReasonMissing)."""
    if not reason.strip():
        raise ReasonMissing("Isi alasan pembatalan nomor.")
    return await _settle(connection, key, "BATAL", reason.strip(), ["DICADANGKAN", "TERBIT"], at)


async def end_with_case(connection: AsyncConnection, case_id: str, at: datetime) -> None:
    """The case is over: a number reserved for a letter of it that was never signed becomes void, with that as its reason, and stays in the register."""
    await connection.execute(_LEFT, {"case_id": case_id, "reason": UNUSED, "at": at})


async def _settle(connection: AsyncConnection, key: str, state: str, reason: str | None, before: list[str], at: datetime) -> Number:
    moved = (await connection.execute(_SETTLE, {"key": key, "state": state, "reason": reason, "at": at, "from": before})).one_or_none()
    if moved is not None:
        return _number(moved)
    known = (await connection.execute(_KNOWN, {"key": key})).one_or_none()
    if known is None:
        raise NotFound("Nomor ini belum pernah dicadangkan.")
    if known.state != state:
        raise NumberConflict(f"Nomor {known.text} sudah {known.state.lower()} dan tidak dapat diubah lagi.")
    return _number(known)


def _number(row: Row[Any]) -> Number:
    return Number(row.key, row.register, row.year, row.serial, row.text + row.suffix, row.state, row.reason or "")


async def of_case(connection: AsyncConnection, case_id: str) -> str:
    """The number a companion sheet follows ("mengikuti nomor naskah-keluar"): the newest of the case that is not void; "" when none."""
    statement = text("SELECT text || suffix FROM number WHERE case_id = :case AND state <> 'BATAL' ORDER BY id DESC LIMIT 1")
    return (await connection.execute(statement, {"case": case_id})).scalar_one_or_none() or ""
