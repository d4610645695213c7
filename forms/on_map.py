"""A point or a line put on a map by pressing it, without JavaScript: an image button sends where it was pressed.

The map is a square of ``SIZE`` CSS pixels, always drawn at that size, so that what the browser sends can be turned back into degrees. Level 0 holds the
whole city; each level is twice as close.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, radians

from engine.fields import Field
from forms import places, tables
from forms.messages import BadValue
from forms.places import METRES

VIEW, OPEN, CHANGE, PRESSED = "_peta", "_peta_buka", "_peta_ubah", "_peta_tekan"
"""Where the open map looks; the buttons that open one, move it, and the map itself (sent as ``.x`` and ``.y``)."""
NAMES = (VIEW, OPEN, CHANGE, f"{PRESSED}.x", f"{PRESSED}.y")
MAPPED = frozenset({"location", "area"})
SIZE = 288
CLOSEST = 8
MOVES = {"utara": (0.5, 0.0), "selatan": (-0.5, 0.0), "timur": (0.0, 0.5), "barat": (0.0, -0.5)}
Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the earth a city's maps show: degrees, WGS 84."""

    south: float
    west: float
    north: float
    east: float

    @property
    def side(self) -> float:
        """Metres along the square that holds it, with a margin."""
        wide = (self.east - self.west) * METRES * cos(radians(self.south))
        return max((self.north - self.south) * METRES, wide, 500.0) * 1.06


@dataclass(frozen=True, slots=True)
class View:
    """An open map: of which control, its middle, how close, and the metres along a side."""

    name: str
    lat: float
    lon: float
    level: int
    side: float

    @property
    def text(self) -> str:
        return f"{self.name}|{self.lat:.6f}|{self.lon:.6f}|{self.level}"

    def point(self, x: float, y: float) -> tuple[float, float]:
        """(lat, lon) under the pixel."""
        step = self.side / SIZE
        return self.lat - (y - SIZE / 2) * step / METRES, self.lon + (x - SIZE / 2) * step / (METRES * cos(radians(self.lat)))

    def pixel(self, lat: float, lon: float) -> tuple[float, float]:
        step = self.side / SIZE
        return SIZE / 2 + (lon - self.lon) * METRES * cos(radians(self.lat)) / step, SIZE / 2 - (lat - self.lat) * METRES / step


def at(frame: Frame, lat: float, lon: float, level: int, name: str = "") -> View:
    """Kept within the frame and the levels."""
    level = min(max(level, 0), CLOSEST)
    inside = min(max(lat, frame.south), frame.north), min(max(lon, frame.west), frame.east)
    middle = ((frame.south + frame.north) / 2, (frame.west + frame.east) / 2) if level == 0 else inside
    return View(name, *middle, level, frame.side / 2**level)


def read(raw: Raw, frame: Frame) -> View | None:
    """The open map as the page sent it; None when none is open or the text is not one of ours."""
    name, *numbers = (raw.get(VIEW) or [""])[-1].split("|")
    try:
        lat, lon, level = float(numbers[0]), float(numbers[1]), int(numbers[2])
    except (ValueError, IndexError):
        return None
    return at(frame, lat, lon, level, name) if abs(lat) <= 90 and abs(lon) <= 180 else None


def points(text: str) -> list[tuple[float, float]]:
    """(lat, lon) of every line that is a point."""
    found = []
    for line in text.replace("|", "\n").split("\n"):
        try:
            one = places.location(line)
        except BadValue:
            continue
        found.append((float(one["lat"]), float(one["lon"])))
    return found


def edited(fields: Sequence[Field], raw: Raw, frame: Frame) -> dict[str, list[str]] | None:
    """The answers after a button of a map, or the map itself, was pressed; None when none was. What names no control of the form changes nothing."""
    if not any(name in raw for name in NAMES[1:]):
        return None
    answers = {name: list(texts) for name, texts in raw.items() if name not in NAMES}
    wanted = (raw.get(OPEN) or [""])[-1]
    view = _opened(frame, wanted, answers) if wanted else read(raw, frame)
    kind = kind_of(fields, view.name) if view is not None else ""
    if view is None or not kind:
        return answers
    if not wanted:
        view = (
            _pressed(answers, raw, view, kind, frame)
            if f"{PRESSED}.x" in raw
            else _changed(answers, (raw.get(CHANGE) or [""])[-1], view, kind, frame)
        )
    if view is not None:
        answers[VIEW] = [view.text]
    return answers


def kind_of(fields: Sequence[Field], name: str) -> str:
    """``location`` or ``area``; "" for what no map can fill."""
    part = tables.ROW.fullmatch(name)
    listed: Sequence[Field] = next((one.columns for one in fields if part and one.name == part["table"]), ()) if part else fields
    wanted = part["column"] if part else name
    return next((one.type for one in listed if one.name == wanted and one.type in MAPPED and one.computed is None), "")


def _opened(frame: Frame, name: str, answers: Raw) -> View:
    standing = points((answers.get(name) or [""])[-1])
    return at(frame, *standing[-1], 5, name) if standing else at(frame, 0, 0, 0, name)


def _pressed(answers: dict[str, list[str]], raw: Raw, view: View, kind: str, frame: Frame) -> View:
    """A press sets the point and looks closer there, so that a few presses place it to the metre; a line grows where it is pressed."""
    x, y = ((raw.get(f"{PRESSED}.{axis}") or [""])[-1] for axis in "xy")
    if not (x.isdecimal() and y.isdecimal()) or (x, y) == ("0", "0"):  # a keyboard presses an image button at 0, 0: no place was meant
        return view
    lat, lon = view.point(min(int(x), SIZE), min(int(y), SIZE))
    return _put(answers, view, kind, lat, lon, frame)


def _put(answers: dict[str, list[str]], view: View, kind: str, lat: float, lon: float, frame: Frame) -> View:
    text = f"{lat:.6f}; {lon:.6f}".replace(".", ",")
    if kind == "location":
        answers[view.name] = [text]
        return at(frame, lat, lon, view.level + 1, view.name)
    before = [line for line in (answers.get(view.name) or [""])[-1].splitlines() if points(line)]
    answers[view.name] = ["\n".join([*before, text][: places.MOST_POINTS])]
    return view


def _changed(answers: dict[str, list[str]], word: str, view: View, kind: str, frame: Frame) -> View | None:
    if word == "tutup":
        return None
    if word == "tengah":
        return _put(answers, view, kind, view.lat, view.lon, frame)
    if word == "batal":
        before = (answers.get(view.name) or [""])[-1].splitlines()
        answers[view.name] = ["\n".join(before[:-1]) if kind == "area" else ""]
        return view
    if word == "sambung" and kind == "area" and len(lines := (answers.get(view.name) or [""])[-1].splitlines()) > 2:
        answers[view.name] = ["\n".join([*lines, lines[0]] if lines[0] != lines[-1] else lines)]
        return view
    north, east = MOVES.get(word, (0.0, 0.0))
    level = view.level + {"besar": 1, "kecil": -1}.get(word, 0)
    moved = replace(view, lat=view.lat + north * view.side / METRES, lon=view.lon + east * view.side / (METRES * cos(radians(view.lat))))
    return at(frame, moved.lat, moved.lon, level, view.name)
