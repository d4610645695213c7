"""A point on the map, and an area: square metres as a number, or a line or polygon as points."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from forms import numbers
from forms.messages import BadValue

DEGREE = r"[-−]?\d{1,3}(?:[.,]\d+)?"
POINT = re.compile(rf"\s*(?P<lat>{DEGREE})\s*(?:[;\s]|,\s)\s*(?P<lon>{DEGREE})\s*|\s*(?P<lat2>[-−]?\d{{1,3}}\.\d+),(?P<lon2>[-−]?\d{{1,3}}\.\d+)\s*")
LATITUDES = (Decimal(-11), Decimal(7))
LONGITUDES = (Decimal(94), Decimal(142))
MOST_POINTS = 500
METRES = 111_320.0
"""Of one degree of latitude."""


def _degree(text: str) -> Decimal:
    return round(Decimal(text.replace(",", ".").replace("−", "-")), 6)


def location(text: str, code: str = "titik") -> dict[str, str]:
    """``-6,178306; 106,631889`` → ``{"lat": "-6.178306", "lon": "106.631889"}``; refuses what lies outside Indonesia."""
    found = POINT.fullmatch(text)
    if found is None:
        raise BadValue(code)
    lat, lon = _degree(found["lat"] or found["lat2"]), _degree(found["lon"] or found["lon2"])
    if not (LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]):
        raise BadValue("titik-luar")
    return {"lat": numbers.plain(lat), "lon": numbers.plain(lon)}


def area(text: str) -> str | dict[str, Any]:
    """Square metres as decimal text, or ``{"type": "LineString" | "Polygon", "coordinates": [[lon, lat], …]}`` (texts, GeoJSON order).

    A line whose last point repeats the first is a polygon.
    """
    lines = [line for line in re.split(r"[\n|]", text.strip()) if line.strip()]
    if len(lines) == 1:
        try:
            value = numbers.decimal(re.sub(r"\s*m(?:2|²)$", "", lines[0].strip()))
        except BadValue as bad:
            raise BadValue("luas") from bad
        if Decimal(value) < 0:
            raise BadValue("luas")
        return value
    if not 2 <= len(lines) <= MOST_POINTS:
        raise BadValue("luas")
    points = [location(line, "luas") for line in lines]
    closed = len(points) > 3 and points[0] == points[-1]
    return {"type": "Polygon" if closed else "LineString", "coordinates": [[point["lon"], point["lat"]] for point in points]}
