"""An entry of the city's own in the ledger: an opening or a correction by an official, with its source and its entry in the office trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.changes import note_change
from engine.errors import FieldsInvalid, NotAllowed, NotFound, ReasonMissing
from engine.events import Actor, Json
from forms.numbers import plain

_BOOK = text("SELECT code, rule ? 'bagi' AS of_people FROM ledger_book WHERE code = :book")
_PERSON = text("SELECT 1 FROM person WHERE id = :subject")
_OPEN = text("""
    INSERT INTO ledger_account (id, book, subject, period, opens, closes) VALUES (:id, :book, :subject, :period, :opens, :closes)
    ON CONFLICT (id) DO NOTHING
""")
_LOCK = text("SELECT id, balance, held, floor FROM ledger_account WHERE id = :id FOR UPDATE")
_ENTER = text("""
    INSERT INTO ledger_entry (key, account, kind, amount, source, note, at) VALUES (:key, :account, :kind, :amount, :source, :note, :at)
    ON CONFLICT (key) DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class Entry:
    """``amount``: signed, in the book's unit. ``source``: the decree or card it rests on. ``key`` makes it happen once (the request's id)."""

    book: str
    subject: str
    period: str
    amount: Decimal
    source: str
    key: str

    @property
    def account(self) -> str:
        return f"{self.book}/{self.subject}/{self.period}"


def span(period: str) -> tuple[date, date | None]:
    """The days on which an account of this period may be used: its calendar year; a period that is no year has no end (as ``load_books`` opens it)."""
    year = period[:4]
    if year.isdecimal() and len(year) == 4 and 1900 <= int(year) < 2200:
        return date(int(year), 1, 1), date(int(year) + 1, 1, 1)
    return date(2000, 1, 1), None


async def enter(connection: AsyncConnection, actor: Actor, entry: Entry, reason: str, at: datetime) -> bool:
    """Writes the entry and its line in the office trail; opens the account with its first entry. False: this request was written before.

    Refuses: ReasonMissing; NotFound for an unknown book; NotAllowed for one's own account; FieldsInvalid (by field) for an amount of nought,
    a missing source, a subject nobody is, or a balance that would fall below its floor with what cases hold."""
    if not reason.strip():
        raise ReasonMissing("Isi alasan perubahan. Setiap perubahan buku kota tercatat beserta alasannya.")
    if entry.subject == actor.person:
        raise NotAllowed("Saldo Anda sendiri dicatat oleh petugas lain.")
    await _checked(connection, entry)
    before = (await connection.execute(_LOCK, {"id": entry.account})).one_or_none()
    if before is None:
        opens, closes = span(entry.period)
        values = {"id": entry.account, "book": entry.book, "subject": entry.subject, "period": entry.period, "opens": opens, "closes": closes}
        await connection.execute(_OPEN, values)
    row = (await connection.execute(_LOCK, {"id": entry.account})).one()
    if row.balance + entry.amount - row.held < row.floor:
        told = f"Saldo akan menjadi {plain(row.balance + entry.amount)} sedangkan {plain(row.held)} sedang ditahan perkara. Kurangi angkanya."
        raise FieldsInvalid({"jumlah": told}, told)
    made = {
        "key": f"kantor/{entry.key}", "account": entry.account, "kind": "correction" if before else "opening", "amount": entry.amount,
        "source": entry.source, "note": reason.strip(), "at": at,
    }  # fmt: skip
    if not (await connection.execute(_ENTER, made)).rowcount:
        return False
    after: dict[str, Json] = {
        "saldo": plain(row.balance + entry.amount),
        "ditahan": plain(row.held),
        "jumlah": plain(entry.amount),
        "sumber": entry.source,
    }
    await note_change(connection, actor, "bukukan", "ledger_account", entry.account, reason.strip(), _before(before), after, at)
    return True


async def _checked(connection: AsyncConnection, entry: Entry) -> None:
    book = (await connection.execute(_BOOK, {"book": entry.book})).one_or_none()
    if book is None:
        raise NotFound("Buku itu tidak ada. Pilih dari daftar buku.")
    wrong: dict[str, str] = {}
    if not entry.amount:
        wrong["jumlah"] = "Tulis jumlah selain nol; kurang ditulis dengan tanda minus."
    if not entry.source.strip():
        wrong["sumber"] = "Isi keputusan atau berkas yang menjadi dasar."
    if not entry.period.strip() or "/" in entry.period:
        wrong["periode"] = "Isi periode, misalnya 2026, tanpa garis miring."
    if book.of_people and (await connection.execute(_PERSON, {"subject": entry.subject})).one_or_none() is None:
        wrong["subjek"] = "Tidak ada pegawai dengan NIP ini. Periksa lagi."
    if not entry.subject.strip() or "/" in entry.subject:
        wrong["subjek"] = "Isi kode yang memiliki saldo ini, tanpa garis miring."
    if wrong:
        raise FieldsInvalid(wrong)


def _before(row: Row[Any] | None) -> dict[str, Json] | None:
    return None if row is None else {"saldo": plain(row.balance), "ditahan": plain(row.held)}
