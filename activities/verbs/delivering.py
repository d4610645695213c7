"""``deliver``: one copy to each recipient over its channel; an outcome for each; one failure never stops the rest.

Arguments: ``recipients`` and ``copies`` (tables, or lists of units, positions, people), ``letter`` (code of the document of this case), ``about``
(what it is; left out of every message of a secret case), ``channel`` (for rows that name none; default internal), ``give`` (what the first fact
gets: rows, units or count). Columns read of a row: ``jabatan`` (or unit, penerima, pejabat, peserta, nama), ``jalur`` (or saluran), ``alamat`` (one named by his address needs none);
``jenis_sasaran`` names a group of units. Outcomes (``hasil``): terkirim (notice in the application), diantrekan (mail, the relay tries again),
dikirim-sendiri (srikandi, pos, kurir: a person sends it), gagal with its mend in ``keterangan``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.args import rows, sheets, word
from db.read import dossier as read
from db.read import recipients
from db.read.access import SECRET
from db.read.recipients import Known
from db.write import copies
from engine.events import Json
from workflows.contracts import ActInput, ActResult

WHO = ("jabatan", "unit", "penerima", "pejabat", "peserta", "nama")
CHANNELS = {"internal": "internal", "aplikasi": "internal", "surel": "surel", "srikandi": "", "pos": "", "kurir": "", "tercetak": ""}
"""Word of a row → how it leaves; "" = by hand."""
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LETTER = text("""
    SELECT code, title, number, verify_code FROM document WHERE case_id = :case AND code = ANY(:codes)
      AND status IN ('ditandatangani', 'disegel') ORDER BY length(code) DESC LIMIT 1""")


@dataclass(frozen=True, slots=True)
class Copy:
    """One recipient as the table names him. ``known``: what the organisation knows of the name."""

    row: str
    name: str
    channel: str
    address: str
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What every recipient gets: the words of the message, the code under which an outsider finds the letter, and the letter itself."""

    case_id: str
    key: str
    words: str
    code: str
    letters: list[str]


async def deliver(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
    """All copies in the act's transaction, each in a savepoint of its own; sent again, it queues nothing twice."""
    shape = word(given, "give", "rows", "units", "count", default="rows")
    asked = await _copies(connection, given)
    parcel = await _parcel(connection, given)
    sent = [(copy, await _send(connection, copy, parcel, now)) for copy in asked]
    told = [_row(copy, outcome, now) for copy, outcome in sent]
    counts: dict[str, Json] = {word: sum(1 for row in told if row["hasil"] == word) for word in dict.fromkeys(row["hasil"] for row in told)}
    failed = [row["penerima"] for row in told if row["hasil"] == "gagal"]
    detail: dict[str, Json] = {"hasil": counts, "gagal": failed} if failed else {"hasil": counts}
    names = list(given.data["gives"])
    if not names:
        return ActResult(detail={**detail, "penerima": told})
    units = list(dict.fromkeys(copy.known.unit for copy in asked if copy.known is not None and copy.known.unit))
    first: dict[str, Json] = {"rows": told, "units": units, "count": len(told) - len(failed)}
    return ActResult(gives={names[0]: first[shape]}, detail=detail)


async def _copies(connection: AsyncConnection, given: ActInput) -> list[Copy]:
    """Every recipient once, groups taken apart, in the order of the tables."""
    channel = word(given, "channel", default="internal")
    found: dict[tuple[str, str], Copy] = {}
    for table in ("recipients", "copies"):
        for row in rows(given, table):
            way = str(row.get("jalur") or row.get("saluran") or channel)
            group = str(row.get("jenis_sasaran") or "")
            names = await recipients.units_of(connection, group) if group in recipients.GROUPS else [_name(row)]
            for name in names:
                where = str(row.get("alamat") or (name if ADDRESS.fullmatch(name) else "")).strip()
                copy = Copy(f"{table}-{row.get('_id') or len(found) + 1}-{name}", name, way, where)
                found.setdefault((name.lower(), copy.address.lower()), copy)
    known = await recipients.known(connection, [copy.name for copy in found.values()])
    return [Copy(copy.row, copy.name, copy.channel, copy.address, known.get(copy.name)) for copy in found.values()]


def _name(row: dict[str, Json]) -> str:
    return next((str(row[column]).strip() for column in WHO if row.get(column)), "")


async def _parcel(connection: AsyncConnection, given: ActInput) -> Parcel:
    case = await read.dossier(connection, given.case_id)
    letter = word(given, "letter", default="")
    codes = sheets(given, letter) if letter else []
    row = (await connection.execute(_LETTER, {"case": given.case_id, "codes": codes})).one_or_none() if letter else None
    about = word(given, "about", default=row.title if row is not None else case.title)
    secret = case.secrecy in SECRET
    number = f" nomor {row.number}" if row is not None and row.number and not secret else ""
    words = "Salinan surat untuk Anda" if secret else f"Salinan untuk Anda: {about}{number}"
    return Parcel(given.case_id, given.key, words, row.verify_code if row is not None else "", [row.code] if row is not None else [])


async def _send(connection: AsyncConnection, copy: Copy, parcel: Parcel, now: datetime) -> tuple[str, str]:
    """(outcome, why): in a savepoint, so that what fails here leaves the others as they are."""
    try:
        async with connection.begin_nested():
            return await _by_channel(connection, copy, parcel, now)
    except DBAPIError as error:
        return "gagal", f"Tidak dapat dicatat ({type(error.orig).__name__}). Kirim sendiri salinan ini."


async def _by_channel(connection: AsyncConnection, copy: Copy, parcel: Parcel, now: datetime) -> tuple[str, str]:
    way = CHANNELS.get(copy.channel)
    if way is None:
        return "gagal", f"Jalur \u201c{copy.channel}\u201d tidak dikenal. Pilih {', '.join(CHANNELS)}."
    if not way:
        return "dikirim-sendiri", f"Kirim lewat {copy.channel}, lalu catat buktinya."
    inside = copy.known.recipient if copy.known is not None else ""
    if way == "surel" and copy.address:
        if not ADDRESS.fullmatch(copy.address):
            return "gagal", f"Alamat surel \u201c{copy.address}\u201d tidak sah. Perbaiki alamatnya, lalu kirim sendiri."
        await copies.give(connection, parcel.case_id, parcel.letters, [f"alamat:{copy.address}"], now)
        await copies.queue(connection, parcel.case_id, parcel.key, f"alamat:{copy.address}", "surel", parcel.words, now, parcel.code)
        return "diantrekan", ""
    if not inside or copy.known is None:
        return "gagal", "Tidak ada jabatan, unit, atau pegawai dengan nama ini. Perbaiki namanya, atau kirim sendiri."
    await copies.let_read(connection, parcel.case_id, [copy.known.position or copy.known.person], now)
    await copies.queue(connection, parcel.case_id, parcel.key, inside, "surel" if way == "surel" else "aplikasi", parcel.words, now)
    return ("diantrekan" if way == "surel" else "terkirim"), ""


def _row(copy: Copy, outcome: tuple[str, str], now: datetime) -> dict[str, Json]:
    label = copy.known.label if copy.known is not None else copy.name
    when = "" if outcome[0] in ("gagal", "dikirim-sendiri") else now.isoformat(timespec="seconds")
    unit = copy.known.unit if copy.known is not None else ""
    return {
        "_id": copy.row, "penerima": label or copy.address, "jabatan": copy.name, "unit": unit, "jalur": copy.channel, "waktu_kirim": when,
        "hasil": outcome[0], "keterangan": outcome[1],
    }  # fmt: skip
