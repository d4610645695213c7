"""The city's map in a form: opened, pressed, seen, closed, by who is signed in; and the picture, by anybody."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from db.read.books.places import Place, Shape
from engine.fields import Field
from forms.on_map import Frame, at
from web.checking import rows
from web.drawing import Maps, draw
from web.mapping import MOST_MARKS, address, atlas, drawing, pointing, stored

SQUARE = {"type": "Polygon", "coordinates": [[[106.6, -6.2], [106.7, -6.2], [106.7, -6.1], [106.6, -6.1], [106.6, -6.2]]]}
CITY = (
    Shape(Place("36.71.01.1001", "kelurahan", "Contoh <Satu>", "36.71.01"), SQUARE),
    Shape(Place("zona-1", "zona-larangan", "Bundaran", ""), {"type": "MultiPolygon", "coordinates": [[[[106.64, -6.16], [106.66, -6.16], [106.66, -6.14]]]]}),
    Shape(Place("jalan-1", "jalan", "Jalan Contoh", ""), {"type": "LineString", "coordinates": [[106.6, -6.15], [106.7, -6.15]]}),
    Shape(Place("titik-1", "halte", "Halte", ""), {"type": "Point", "coordinates": [106.65, -6.15]}),
)  # fmt: skip
FORM = (Field("lokasi", "Lokasi", "location"), Field("ruas", "Ruas", "area"))


def test_the_frame_is_the_ground_and_every_kind_has_its_own_colour() -> None:
    made = atlas(CITY)
    assert made.frame == Frame(-6.2, 106.6, -6.1, 106.7)
    tree = ET.fromstring(drawing(made, at(made.frame, -6.15, 106.65, 0)))
    strokes = {one.get("stroke") for one in tree.iter("{http://www.w3.org/2000/svg}path")}
    assert {"#8b8b85", "#1f5f8b", "#6b4ba1"} <= strokes
    assert "Contoh <Satu>" in "".join(tree.itertext()), "a name is text, never markup"


def test_what_lies_outside_is_left_out() -> None:
    made = atlas(CITY)
    assert made.frame is not None
    assert "Bundaran" not in drawing(made, at(made.frame, -6.11, 106.61, 6))


def test_a_city_without_shapes_has_no_map() -> None:
    assert atlas(()).frame is None


def test_a_place_beside_its_answer_is_seen_and_a_number_is_not() -> None:
    seen = rows(FORM, {"lokasi": {"lat": "-6.15", "lon": "106.65"}, "ruas": "120"})
    assert seen[0].place == "/peta.svg?tanda=-6.150000%2C106.650000"
    assert seen[1].place == ""
    assert stored({"type": "LineString", "coordinates": [["106.6", "-6.15"], ["106.7", "-6.15"]]}) == [(-6.15, 106.6), (-6.15, 106.7)]


def test_a_long_line_keeps_its_ends_in_a_short_address() -> None:
    line = [(-6.15, 106.6 + number / 10000) for number in range(500)]
    told = address(at(Frame(-6.2, 106.6, -6.1, 106.7), -6.15, 106.65, 0), line)
    assert told.count("%7C") <= MOST_MARKS
    assert "106.649900" in told
    assert len(told) < 2000


def test_only_the_control_whose_map_is_open_shows_it() -> None:
    frame = Frame(-6.2, 106.6, -6.1, 106.7)
    closed = draw(FORM, {}, maps=Maps(frame))
    assert [one.map is not None and one.map.picture for one in closed] == ["", ""]
    opened = draw(FORM, {"lokasi": ["-6,15; 106,65"]}, maps=Maps(frame, "lokasi|-6.15|106.65|3"))
    assert opened[0].map is not None
    assert "tanda=-6.150000" in opened[0].map.picture
    assert opened[1].map is not None
    assert opened[1].map.picture == ""
    assert draw(FORM, {})[0].map is None, "a city without shapes offers none"


@pytest.mark.parametrize("value", [None, "", "120", [], {}, {"lat": "x", "lon": "y"}])
def test_what_is_no_place_has_no_picture(value: object) -> None:
    assert pointing(value) == ""


def test_the_scale_is_a_round_length() -> None:
    made = atlas(CITY)
    assert made.frame is not None
    for level in range(9):
        said = re.search(r">(\d+) (k?m)<", drawing(made, at(made.frame, -6.15, 106.65, level)))
        assert said is not None
        assert said[1][0] in "125"
