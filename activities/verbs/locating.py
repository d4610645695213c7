"""``locate``: where a point or an administrative code lies, and how far a point is from another or from the nearest shape of a kind."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs import shapes
from activities.verbs.asked import Asked
from db.read.books import places
from engine import evaluate
from engine.errors import BookUnreadable
from workflows.contracts import ActInput, ActResult


async def locate(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """Arguments, one of three ways:

    - ``place`` (administrative code, ``36.71.01.1001``) and ``kind``: the place of that kind it is or lies in. Facts: code, name.
    - ``point`` (a location field) and ``kind`` (kelurahan, zone, road …): the shape of that kind that holds it. Facts: code, name.
      With ``within`` (whole metres) the nearest shape no farther than that (a road beside the point). Facts: code, name, metres.
    - ``point`` and ``to`` (another location): Facts: metres between them.

    Nothing found, an empty or unreadable point, a kind without shapes: doubt (the node's policy). Metres are whole, rounded up."""
    asked = Asked(given, now, ZoneInfo(zone))
    try:
        if "to" in asked.args:
            return asked.give([_up(shapes.metres(_point(asked, "point"), _point(asked, "to")))])
        if not evaluate.is_empty(asked.args.get("place")):
            found, metres = await _by_code(connection, asked), None
        else:
            found, metres = await _by_point(connection, asked)
    except BookUnreadable as missing:
        return asked.doubt(missing)
    values = [found.code, found.name, *([_up(metres)] if metres is not None else [])]
    return asked.give(values, {"tempat": {"kode": found.code, "nama": found.name}})


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
        raise BookUnreadable(f"Titik ini tidak berada dalam satu pun {kind} kota ini. Periksa titiknya.")
    reached = [(metres, one.place) for one in known if (metres := shapes.distance(one.geometry, at)) is not None and metres <= most]
    if not reached:
        raise BookUnreadable(f"Tidak ada {kind} dalam jarak {most} meter dari titik ini. Periksa titiknya.")
    metres, nearest = min(reached, key=lambda one: (one[0], one[1].code))
    return nearest, metres


def _point(asked: Asked, name: str) -> shapes.Point:
    found = shapes.point(asked.args.get(name))
    if found is None:
        raise BookUnreadable(f"Titik pada langkah {asked.given.step} kosong atau tidak terbaca. Isi titiknya.")
    return found


def _up(metres: float) -> int:
    return -int(-metres // 1)
