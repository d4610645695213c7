"""``locate``: where a point or an administrative code lies, how far a point is from another or from the nearest shape of a kind, what stands at a point."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs import shapes
from activities.verbs.asked import Asked
from db.read.books import places, registry
from engine import evaluate
from engine.errors import BookUnreadable
from engine.events import Json
from workflows.contracts import ActInput, ActResult


class NothingThere(Exception):
    """The map or the list was read, and holds nothing there: doubt, unless that is what was asked."""


async def locate(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """Arguments, one of four ways:

    - ``place`` (administrative code, ``36.71.01.1001``) and ``kind``: the place of that kind it is or lies in. Facts: code, name.
    - ``point`` (a location field) and ``kind`` (kelurahan, zone, road …): the shape of that kind that holds it. Facts: code, name.
      With ``within`` (whole metres) the nearest shape no farther than that (a road beside the point). Facts: code, name, metres.
    - ``point``, ``registry`` (its kind) and ``within``: the nearest line valid on some day of ``period`` (a date or range; today) whose ``attribute``
      (default ``lokasi``) is a point no farther than that. ``but``: keys left out. Lines of this case do not count. Facts: key, metres.
    - ``point`` and ``to`` (another location): Facts: metres between them.

    With ``whether`` a first fact says whether there is one (``yes``/``no``), the others empty where there is none: a map that holds nothing there is an
    answer then, while one that cannot be read is still doubt.

    Nothing found, an empty or unreadable point, a kind without shapes: doubt (the node's policy). Metres are whole, rounded up."""
    asked = Asked(given, now, ZoneInfo(zone))
    asks_whether = asked.yes("whether")
    try:
        found = await _found(connection, asked)
    except NothingThere as nothing:
        if not asks_whether:
            return asked.doubt(BookUnreadable(str(nothing)))
        empty: list[Json] = [None] * (len(asked.facts) - 1)
        return asked.give([asked.verdict(good=False), *empty], {"tempat": None})
    except BookUnreadable as missing:
        return asked.doubt(missing)
    head: list[Json] = [asked.verdict(good=True)] if asks_whether else []
    told: dict[str, Json] = {} if "to" in asked.args else {"tempat": {"kode": found[0], "nama": found[1]}}
    return asked.give([*head, *found], told)


async def _found(connection: AsyncConnection, asked: Asked) -> list[Json]:
    if "to" in asked.args:
        return [_up(shapes.metres(_point(asked, "point"), _point(asked, "to")))]
    if "registry" in asked.args:
        return await _on_record(connection, asked)
    if not evaluate.is_empty(asked.args.get("place")):
        place, metres = await _by_code(connection, asked), None
    else:
        place, metres = await _by_point(connection, asked)
    return [place.code, place.name, *([_up(metres)] if metres is not None else [])]


async def _on_record(connection: AsyncConnection, asked: Asked) -> list[Json]:
    at, most, kind = _point(asked, "point"), asked.amount("within"), asked.word("registry")
    if most is None:
        raise asked.wrong("within", "tulis jaraknya dalam meter")
    first, last = asked.day("period") or asked.today, asked.day("period", last=True) or asked.today
    marked = await registry.marked(connection, kind, asked.word("attribute", "lokasi"), first, last, but=asked.given.case_id)
    left_out = set(asked.words("but"))
    known = [(shapes.metres(spot, at), key) for key, value in marked if key not in left_out and (spot := shapes.point(value)) is not None]
    near = [one for one in known if one[0] <= most]
    if not near:
        raise NothingThere(f"Tidak ada baris {kind} dalam jarak {most} meter dari titik ini.")
    metres, key = min(near)
    return [key, _up(metres)]


async def _by_code(connection: AsyncConnection, asked: Asked) -> places.Place:
    code, kind = asked.word("place"), asked.word("kind", "")
    line = await places.line(connection, code)
    found = next((one for one in line if kind in ("", one.kind)), None)
    if found is None:
        raise BookUnreadable(f"Kode wilayah {code} tidak ada atau tidak berada dalam {kind or 'wilayah'} kota ini. Periksa kodenya.")
    return found


async def _by_point(connection: AsyncConnection, asked: Asked) -> tuple[places.Place, float | None]:
    at, kind, most = _point(asked, "point"), asked.word("kind"), asked.amount("within")
    known = await places.shapes(connection, kind)
    if not known:
        raise BookUnreadable(f"Peta {kind} belum dimuat di kota ini. Tambahkan berkasnya pada folder places.")
    if most is None:
        holding = next((one.place for one in known if shapes.holds(one.geometry, at)), None)
        if holding is not None:
            return holding, None
        raise NothingThere(f"Titik ini tidak berada dalam satu pun {kind} kota ini. Periksa titiknya.")
    reached = [(metres, one.place) for one in known if (metres := shapes.distance(one.geometry, at)) is not None and metres <= most]
    if not reached:
        raise NothingThere(f"Tidak ada {kind} dalam jarak {most} meter dari titik ini. Periksa titiknya.")
    metres, nearest = min(reached, key=lambda one: (one[0], one[1].code))
    return nearest, metres


def _point(asked: Asked, name: str) -> shapes.Point:
    found = shapes.point(asked.args.get(name))
    if found is None:
        raise BookUnreadable(f"Titik pada langkah {asked.given.step} kosong atau tidak terbaca. Isi titiknya.")
    return found


def _up(metres: float) -> int:
    return -int(-metres // 1)
