"""Points against shapes, on the scale of a city: which polygon holds a point, how far it is from a point or a line.

Plain arithmetic on a local plane: within 30 km the error is below a metre in a thousand, less than that of a hand-held receiver. Two polygons that
share a border give their common points to the first by code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, radians

from engine.events import Json
from forms.places import METRES

Point = tuple[float, float]
"""Longitude, latitude in degrees (WGS 84)."""


def point(value: Json) -> Point | None:
    """Of a ``location`` field (``{"lat", "lon"}``), a text ``lat, lon`` (a city's own list) or a GeoJSON position; None when it is none of these."""
    try:
        if isinstance(value, str):
            lat, lon = value.split(",")
            return float(lon), float(lat)
        if isinstance(value, dict) and "lat" in value:
            return float(value["lon"]), float(value["lat"])
        if isinstance(value, list) and len(value) >= 2 and not isinstance(value[0], list):
            return float(value[0]), float(value[1])
    except (TypeError, ValueError, KeyError):
        return None
    return None


def holds(geometry: Json, at: Point) -> bool:
    """Whether a Polygon or MultiPolygon holds the point; holes do not."""
    return any(_inside(rings[0], at) and not any(_inside(hole, at) for hole in rings[1:]) for rings in _polygons(geometry))


def distance(geometry: Json, at: Point) -> float | None:
    """Metres from the point to a Point, LineString, MultiLineString or polygon (0 inside); None for another kind of geometry."""
    if holds(geometry, at):
        return 0.0
    found = [_to_path(path, at) for path in _paths(geometry)]
    return min(found) if found else None


def metres(one: Point, other: Point) -> float:
    return hypot(*_plane(one, other))


def _plane(at: Point, origin: Point) -> Point:
    """Metres east and north of the origin."""
    return (at[0] - origin[0]) * METRES * cos(radians(origin[1])), (at[1] - origin[1]) * METRES


def _polygons(geometry: Json) -> list[Json]:
    kind, parts = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Polygon":
        return [parts]
    return list(parts) if kind == "MultiPolygon" else []


def _paths(geometry: Json) -> Iterator[Sequence[Json]]:
    kind, parts = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Point":
        yield [parts]
    elif kind == "LineString":
        yield parts
    elif kind == "MultiLineString":
        yield from parts
    for rings in _polygons(geometry):
        yield from rings


def _inside(ring: Sequence[Json], at: Point) -> bool:
    """Counts how often a ray eastward crosses the ring."""
    x, y = at
    odd = False
    for first, second in zip(ring, [*ring[1:], ring[0]], strict=True):
        (x1, y1), (x2, y2) = (float(first[0]), float(first[1])), (float(second[0]), float(second[1]))
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def _to_path(path: Sequence[Json], at: Point) -> float:
    flat = [_plane((float(p[0]), float(p[1])), at) for p in path]
    if len(flat) == 1:
        return hypot(*flat[0])
    return min(_to_piece(one, other) for one, other in pairwise(flat))


def _to_piece(one: Point, other: Point) -> float:
    """From the origin to the piece of line between the two."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(one[0] * dx + one[1] * dy) / length))
    return hypot(one[0] + along * dx, one[1] + along * dy)
