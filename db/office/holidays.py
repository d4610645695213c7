"""Days off by an official: added, moved, changed, taken away, each with its entry in the office trail, and one recount of the running deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office import rescheduling
from db.office.rows import add_row, change_row, remove_row
from db.tables.calendar import holiday
from engine.errors import FieldsInvalid, ReasonMissing
from engine.events import Actor

KINDS = ("libur", "cuti_bersama", "lokal")
_LAST = text("SELECT max(seq) FROM office_trail WHERE subject = 'holiday'")
_KNOWN = text("SELECT day, name, kind, source FROM holiday WHERE day = ANY(:days) FOR UPDATE")


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    name: str
    kind: str
    source: str
    """The decree: SKB, keputusan wali kota …"""

    def values(self) -> dict[str, object]:
        return {"day": self.day, "name": self.name, "kind": self.kind, "source": self.source}


@dataclass(frozen=True, slots=True)
class Change:
    """``was`` None: a new day; ``now`` None: it is taken away; both: changed, or moved where the dates differ."""

    was: date | None
    now: Day | None


async def change(connection: AsyncConnection, actor: Actor, changes: Sequence[Change], reason: str, at: datetime, cause: str = "") -> str:
    """All of them and the order of one recount, in the caller's transaction. Gives the id of the recount, "" when nothing was to change.

    ``cause``: what the trail of each moved case names; the decree of the first day when it is not given. Refuses: ReasonMissing; FieldsInvalid
    for a missing name, kind or decree, or a day that is there already; NotFound for one that is not."""
    if not reason.strip():
        raise ReasonMissing("Isi alasan perubahan. Setiap perubahan hari libur tercatat beserta alasannya.")
    known = {
        one.day: one for one in await connection.execute(_KNOWN, {"days": [c.now.day for c in changes if c.now] + [c.was for c in changes if c.was]})
    }
    done = 0
    for one in changes:
        if one.now is not None:
            _whole(one.now)
        if one.now is not None and one.now.day in known and one.now.day != one.was:
            raise FieldsInvalid({"tanggal": f"Tanggal ini sudah tercatat: {known[one.now.day].name}. Ubah yang ada, atau pilih tanggal lain."})
        if one.was is None and one.now is not None:
            await add_row(connection, actor, holiday, one.now.values(), reason.strip(), at)
        elif one.now is None:
            await remove_row(connection, actor, holiday, {"day": one.was}, reason.strip(), at)
        elif one.was in known and tuple(known[one.was]) == tuple(one.now.values().values()):
            continue
        else:
            await change_row(connection, actor, holiday, {"day": one.was}, one.now.values(), reason.strip(), at)
        done += 1
    if not done:
        return ""
    last = (await connection.execute(_LAST)).scalar_one()
    return await rescheduling.order(connection, cause or _cause(changes, known), int(last), at)


def _cause(changes: Sequence[Change], known: Mapping[date, object]) -> str:
    one = changes[0]
    source = one.now.source if one.now is not None else getattr(known.get(one.was) if one.was else None, "source", "")
    days = ", ".join(f"{(c.now.day if c.now else c.was):%d-%m-%Y}" for c in changes[:3])
    return f"{source or 'Perubahan hari libur'} ({days}{' dan lain-lain' if len(changes) > 3 else ''})"


def _whole(one: Day) -> None:
    wrong = {name: "Isi bagian ini." for name, value in (("nama", one.name), ("sumber", one.source)) if not value.strip()}
    if one.kind not in KINDS:
        wrong["jenis"] = f"Pilih salah satu: {', '.join(KINDS)}."
    if wrong:
        raise FieldsInvalid(wrong)


def proposed(year: int) -> list[tuple[date, str, str]]:
    """(day, name, kind) that the ``holidays`` package expects of a year: a seed to compare with the decree, never the law. [] where it knows none.

    Source: python-holidays, Indonesia, categories public and government (cuti bersama)."""
    from holidays import country_holidays

    found: dict[date, tuple[str, str]] = {}
    for category, kind in (("government", "cuti_bersama"), ("public", "libur")):
        for day, name in country_holidays("ID", years=year, categories=(category,), language="id").items():
            found[day] = (name.removesuffix(" (perkiraan)"), kind)
    return [(day, *found[day]) for day in sorted(found)]
