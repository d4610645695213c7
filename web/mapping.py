"""The city's map as SVG: its places, and on it a point or a line. Drawn by the server, so that it needs no script and no other site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from db.read.books.places import Shape
from engine.events import Json
from forms.on_map import SIZE, Frame, View, points

GROUND = ("kota", "kecamatan", "kelurahan")
COLOURS = ("#b3261e", "#1f5f8b", "#6b4ba1", "#8a5a00", "#1b6e4b")
"""Of kinds that are no ground, in the order of their names: each dark enough to be told apart on paper."""
NAMED_FROM = 44
"""Pixels a place must be wide to carry its name."""
SCALES = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
MOST_MARKS = 60
NEAR = 5
"""Level at which a place is shown alone: some hundreds of metres."""
Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """One part of a shape: (lat, lon) in order."""

    kind: str
    name: str
    ring: Ring
    closed: bool
    within: str = ""
    """Of ground: the name of what it is part of."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        lats, lons = [one[0] for one in self.ring], [one[1] for one in self.ring]
        return min(lats), min(lons), max(lats), max(lons)


@dataclass(frozen=True, slots=True)
class Atlas:
    """Every outline of a city with its box, and the frame that holds its ground; ``frame`` None: the city has given no shapes."""

    outlines: tuple[tuple[Outline, tuple[float, float, float, float]], ...]
    frame: Frame | None


def atlas(shapes: Sequence[Shape]) -> Atlas:
    outlines = [one for shape in shapes for one in _outlines(shape)]
    boxed = tuple((one, one.box) for one in outlines if one.ring)
    ground = [box for one, box in boxed if one.kind in GROUND] or [box for _one, box in boxed]
    if not ground:
        return Atlas((), None)
    south, west, north, east = zip(*ground, strict=True)
    return Atlas(boxed, Frame(min(south), min(west), max(north), max(east)))


def _outlines(shape: Shape) -> Iterator[Outline]:
    kind, parts = shape.geometry.get("type"), shape.geometry.get("coordinates") or []
    closed = "Polygon" in str(kind)
    rings: list[Any] = {"Point": [[parts]], "LineString": [parts], "Polygon": parts}.get(str(kind), [])
    if kind == "MultiLineString":
        rings = list(parts)
    elif kind == "MultiPolygon":
        rings = [ring for polygon in parts for ring in polygon]
    for number, ring in enumerate(rings):
        yield Outline(
            shape.place.kind, shape.place.name if number == 0 else "", [(float(one[1]), float(one[0])) for one in ring], closed, shape.within
        )


def drawing(of: Atlas, view: View, marks: Sequence[tuple[float, float]] = (), *, aim: bool = False) -> str:
    """A square SVG of ``SIZE``. ``marks``: one point is a pin, more are a line; ``aim``: a cross in the middle, for who has no pointer."""
    kinds = sorted({one.kind for one, _box in of.outlines if one.kind not in GROUND})
    colours = {kind: COLOURS[number % len(COLOURS)] for number, kind in enumerate(kinds)}
    seen = [one for one, box in of.outlines if _shown(view, box)]
    shapes = "".join(_shape(one, view, colours) for one in seen)
    names = "".join(_name(one, view, colours) for one in seen)
    names = names or _above(seen, view)
    cross = f'<path d="M{SIZE / 2 - 8} {SIZE / 2}h16M{SIZE / 2} {SIZE / 2 - 8}v16" stroke="#555" stroke-width="1"/>' if aim else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}" font-family="sans-serif" font-size="11">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="#f6f6f3"/>{shapes}{names}{_marks(view, marks)}{cross}{_scale(view)}</svg>'
    )


def _shown(view: View, box: tuple[float, float, float, float]) -> bool:
    south, west, north, east = box
    (left, low), (right, high) = view.pixel(south, west), view.pixel(north, east)
    return right >= 0 and left <= SIZE and low >= 0 and high <= SIZE


def _path(ring: Ring, view: View, closed: bool) -> str:
    """Points nearer than half a pixel to the last are left out: a surveyor's outline has thousands."""
    kept: list[tuple[float, float]] = []
    for one in ring:
        at = view.pixel(*one)
        if not kept or abs(at[0] - kept[-1][0]) + abs(at[1] - kept[-1][1]) >= 0.5:
            kept.append(at)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + ("Z" if closed else "")


def _shape(one: Outline, view: View, colours: dict[str, str]) -> str:
    colour = colours.get(one.kind)
    if len(one.ring) == 1:
        x, y = view.pixel(*one.ring[0])
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour or "#666"}"/>'
    path = _path(one.ring, view, one.closed)
    if colour is None:
        return f'<path d="{path}" fill="#fff" fill-opacity=".7" stroke="#8b8b85" stroke-width="{1 if one.kind == "kelurahan" else 2}"/>'
    fill = f'fill="{colour}" fill-opacity=".18"' if one.closed else 'fill="none"'
    return f'<path d="{path}" {fill} stroke="{colour}" stroke-width="{1.5 if one.closed else 3}"/>'


def _name(one: Outline, view: View, colours: dict[str, str]) -> str:
    """In the middle of what of it is seen, where it is wide enough to carry it."""
    south, west, north, east = one.box
    (left, low), (right, high) = view.pixel(south, west), view.pixel(north, east)
    left, right, high, low = max(left, 0), min(right, SIZE), max(high, 0), min(low, SIZE)
    if not one.name or right - left < max(NAMED_FROM, 6 * len(one.name)) or low - high < 12:
        return ""
    return _text(one.name, (left + right) / 2, (high + low) / 2 + (14 if one.kind in colours else 4), colours.get(one.kind, "#444"))


def _above(seen: Sequence[Outline], view: View) -> str:
    """From afar no kelurahan carries its name: each kecamatan is named amid its own."""
    parts: dict[str, list[tuple[float, float]]] = {}
    for one in seen:
        if one.within and one.kind in GROUND:
            south, west, north, east = one.box
            parts.setdefault(one.within, []).append(view.pixel((south + north) / 2, (west + east) / 2))
    return "".join(_text(name, *middle(of), "#444") for name, of in parts.items())


def _text(name: str, x: float, y: float, colour: str) -> str:
    place = f'x="{x:.0f}" y="{y:.0f}"'
    return f'<text {place} text-anchor="middle" fill="{colour}" stroke="#fff" stroke-width="2" paint-order="stroke">{escape(name)}</text>'


def _marks(view: View, marks: Sequence[tuple[float, float]]) -> str:
    if not marks:
        return ""
    flat = [view.pixel(*one) for one in marks]
    if len(flat) == 1:
        x, y = flat[0]
        pin = f"M{x:.1f} {y:.1f}c-3 -7 -8 -9 -8 -15a8 8 0 0 1 16 0c0 6 -5 8 -8 15z"
        return f'<path d="{pin}" fill="#c40000" stroke="#fff" stroke-width="1.5"/><circle cx="{x:.1f}" cy="{y - 15:.1f}" r="2.5" fill="#fff"/>'
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in flat)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#c40000" stroke="#fff"/>' for x, y in flat)
    fill = 'fill="#c40000" fill-opacity=".15"' if len(marks) > 3 and marks[0] == marks[-1] else 'fill="none"'
    return f'<path d="{line}" {fill} stroke="#c40000" stroke-width="2"/>{dots}'


def _scale(view: View) -> str:
    """A bar of round length, at most a third of the side."""
    step = view.side / SIZE
    length = max((one for one in SCALES if one / step <= SIZE / 3), default=SCALES[0])
    wide, words = length / step, f"{length // 1000} km" if length >= 1000 else f"{length} m"
    return (
        f'<path d="M8 {SIZE - 14}v6h{wide:.1f}v-6" fill="none" stroke="#222" stroke-width="1.5"/>'
        f'<text x="{14 + wide:.0f}" y="{SIZE - 8}" fill="#222" stroke="#fff" stroke-width="2" paint-order="stroke">{words}</text>'
    )


def address(view: View, marks: Sequence[tuple[float, float]], *, aim: bool = False) -> str:
    """Of the picture of an open map."""
    asked = {"di": f"{view.lat:.6f},{view.lon:.6f}", "dekat": view.level, "tanda": _told(marks)}
    return "/peta.svg?" + urlencode({**asked, **({"bidik": 1} if aim else {})})


def _told(marks: Sequence[tuple[float, float]]) -> str:
    """A line of more than ``MOST_MARKS`` points is drawn by as many of them, its ends among them: an address has an end."""
    thin = list(marks[:: len(marks) // MOST_MARKS + 1])
    return "|".join(f"{lat:.6f},{lon:.6f}" for lat, lon in ([*thin, marks[-1]] if marks and thin[-1] != marks[-1] else thin))


def pointing(value: Json) -> str:
    """Address of the picture of one stored value (``location`` or a drawn ``area``); "" for anything else."""
    marks = stored(value)
    return "/peta.svg?" + urlencode({"tanda": _told(marks)}) if marks else ""


def middle(marks: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(one[0] for one in marks) / len(marks), sum(one[1] for one in marks) / len(marks)


def stored(value: Json) -> list[tuple[float, float]]:
    """(lat, lon) of what a case keeps."""
    if not isinstance(value, dict):
        return []
    if "lat" in value:
        return points(f"{value['lat']}; {value['lon']}")
    return [one for lon, lat in value.get("coordinates") or [] for one in points(f"{lat}; {lon}")]
