"""What is known of a person or a unit, under the words a process may ask for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read import organisation, parties
from db.read.books.people import people
from db.read.books.tenure import tenure
from engine.errors import BookUnreadable, NotFound
from engine.events import Json

PERSON: Final = (
    "id", "nama", "nip", "jenis", "pangkat", "golongan", "jabatan_sekarang", "unit", "unit_kerja", "jabatan", "jenjang", "jenjang_atasan",
    "kepala_unit", "sekretaris", "jenis_kelamin", "masa_kerja", "tingkat",
)  # fmt: skip
"""``jenis``: PNS, PPPK …; ``jabatan_sekarang``: code of the position held; ``unit``: its organisation, ``unit_kerja``: its own unit; the rest as
``engine.ranks`` reads them of a seat and a NIP (``masa_kerja`` in whole years)."""
POSITION: Final = ("kode", "nama", "unit", "unit_kerja", "jenjang", "jabatan", "tingkat", "eselon", "atasan", "pemegang", "pelaksana", "bulan_plt")
"""``pemegang``, ``pelaksana``: person id of the definitive holder and of the Plt/Plh now; ``bulan_plt``: months of Plt orders since the last holder left."""
RANKS: Final = ("pelaksana", "pengawas", "administrator", "jpt-pratama", "sekda", "pejabat-negara")
"""``tingkat``: the place of ``jenjang`` in this ladder, 0 to 5, so that a condition can compare two."""
UNIT: Final = ("kode", "nama", "jenis", "induk", "organisasi", "wilayah", "kepala")
"""``wilayah``: administrative code; ``kepala``: code of the position that heads it."""


async def person(connection: AsyncConnection, word: str, now: datetime, day: date) -> dict[str, Json]:
    """Every word of PERSON; "" or None where it is not known. Refuses (BookUnreadable) a word that means nobody."""
    known = (await people(connection, [word], now))[0]
    found: dict[str, Json] = dict.fromkeys(PERSON)
    found |= {"id": known.id, "nama": known.name, "nip": known.nip, "jenis": known.kind, "pangkat": known.rank, "golongan": known.grade}
    if known.position:
        party = await parties.party(connection, known.id, known.position, day)
        seat = (await organisation.seats(connection, [known.position], now))[0]
        found |= {"jabatan_sekarang": known.position, "unit": party.unit, "unit_kerja": seat.unit}
        found |= {name: value for name, value in party.attributes.items() if name in PERSON}
        found["tingkat"] = RANKS.index(found["jenjang"])
    return found


async def position(connection: AsyncConnection, code: str, now: datetime, zone: ZoneInfo) -> dict[str, Json]:
    """Every word of POSITION. Refuses (BookUnreadable) a code that is no position."""
    try:
        party = await parties.party(connection, "sistem", code, now.astimezone(zone).date())
    except NotFound as missing:
        raise BookUnreadable(missing.message) from missing
    seat = (await organisation.seats(connection, [code], now))[0]
    held = await tenure(connection, code, now, zone)
    found: dict[str, Json] = dict.fromkeys(POSITION)
    found |= {name: value for name, value in party.attributes.items() if name in POSITION}
    return found | {
        "kode": code, "nama": seat.title, "unit": seat.organisation, "unit_kerja": seat.unit, "eselon": seat.echelon, "atasan": seat.superior,
        "tingkat": RANKS.index(found["jenjang"]), "pemegang": held.holder, "pelaksana": held.acting, "bulan_plt": held.months,
    }  # fmt: skip


async def unit(connection: AsyncConnection, code: str, now: datetime) -> dict[str, Json]:
    """Every word of UNIT. Refuses (BookUnreadable) a code that is no unit."""
    try:
        one = await organisation.unit(connection, code)
    except NotFound as missing:
        raise BookUnreadable(missing.message) from missing
    seats = await organisation.pick_positions(connection, "", now, code, limit=500)
    head = next((seat.code for seat in seats if seat.is_head and seat.unit == code), "")
    return {
        "kode": one.code, "nama": one.name, "jenis": one.kind, "induk": one.parent, "organisasi": one.organisation, "wilayah": one.area, "kepala": head,
    }  # fmt: skip
