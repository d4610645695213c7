"""A place put on a map by pressing it: what was pressed is what is kept, on every level, for a point and for a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields import Field
from forms import on_map, places
from forms.on_map import CHANGE, CLOSEST, OPEN, PRESSED, SIZE, VIEW, Frame, View, at, edited, points

FRAME = Frame(-6.24, 106.6, -6.12, 106.75)
FORM = (
    Field("lokasi", "Lokasi", "location"), Field("ruas", "Ruas", "area"), Field("nama", "Nama", "text"),
    Field("usulan", "Usulan", "table", columns=(Field("titik", "Titik", "location"),)),
)  # fmt: skip


def pressed(answers: dict[str, list[str]], x: int, y: int) -> dict[str, list[str]]:
    found = edited(FORM, answers | {f"{PRESSED}.x": [str(x)], f"{PRESSED}.y": [str(y)]}, FRAME)
    assert found is not None
    return found


def changed(answers: dict[str, list[str]], word: str) -> dict[str, list[str]]:
    found = edited(FORM, answers | {CHANGE: [word]}, FRAME)
    assert found is not None
    return found


def opened(name: str, **answers: list[str]) -> dict[str, list[str]]:
    found = edited(FORM, answers | {OPEN: [name]}, FRAME)
    assert found is not None
    return found


def looking(answers: dict[str, list[str]]) -> View:
    view = on_map.read(answers, FRAME)
    assert view is not None
    return view


@given(st.floats(-6.24, -6.12), st.floats(106.6, 106.75), st.integers(0, CLOSEST), st.integers(0, SIZE), st.integers(0, SIZE))
def test_a_pixel_is_the_place_it_shows(lat: float, lon: float, level: int, x: int, y: int) -> None:
    view = at(FRAME, lat, lon, level)
    back = view.pixel(*view.point(x, y))
    assert back == pytest.approx((x, y), abs=0.01)


def test_the_first_map_holds_the_whole_city() -> None:
    view = looking(opened("lokasi"))
    for lat, lon in ((FRAME.south, FRAME.west), (FRAME.north, FRAME.east)):
        x, y = view.pixel(lat, lon)
        assert 0 <= x <= SIZE
        assert 0 <= y <= SIZE


def test_a_few_presses_place_a_point_to_the_metre() -> None:
    wanted = (-6.178306, 106.631889)
    answers = opened("lokasi", nama=["tetap"])
    for _press in range(CLOSEST + 1):
        x, y = looking(answers).pixel(*wanted)
        answers = pressed(answers, round(x), round(y))
    found = points(answers["lokasi"][0])
    assert found[0] == pytest.approx(wanted, abs=0.00001)
    assert places.location(answers["lokasi"][0])
    assert answers["nama"] == ["tetap"]
    assert looking(answers).level == CLOSEST


def test_an_open_map_begins_at_the_point_that_stands() -> None:
    view = looking(opened("lokasi", lokasi=["-6,178306; 106,631889"]))
    assert (view.lat, view.lon, view.level) == (-6.178306, 106.631889, 5)


def test_a_keyboard_press_on_the_picture_means_no_place() -> None:
    answers = opened("lokasi")
    assert pressed(answers, 0, 0) == answers


def test_without_a_pointer_the_map_is_moved_and_its_middle_marked() -> None:
    answers = changed(changed(opened("lokasi"), "besar"), "utara")
    before = looking(answers)
    marked = changed(answers, "tengah")
    assert points(marked["lokasi"][0])[0] == pytest.approx((before.lat, before.lon), abs=0.000001)
    assert VIEW not in changed(marked, "tutup")
    assert changed(marked, "batal")["lokasi"] == [""]


@pytest.mark.parametrize("word", ["utara", "selatan", "barat", "timur"])
def test_no_move_leaves_the_city(word: str) -> None:
    answers = changed(opened("lokasi"), "besar")
    for _step in range(20):
        answers = changed(answers, word)
    view = looking(answers)
    assert FRAME.south <= view.lat <= FRAME.north
    assert FRAME.west <= view.lon <= FRAME.east


def test_a_line_grows_press_by_press_and_is_closed_to_an_area() -> None:
    answers = opened("ruas")
    for x, y in ((100, 100), (200, 100), (200, 200)):
        answers = pressed(answers, x, y)
    assert looking(answers).level == 0, "a line is drawn on a map that stays"
    line = places.area(answers["ruas"][0])
    assert isinstance(line, dict)
    assert (line["type"], len(line["coordinates"])) == ("LineString", 3)
    closed = places.area(changed(answers, "sambung")["ruas"][0])
    assert isinstance(closed, dict)
    assert (closed["type"], len(closed["coordinates"])) == ("Polygon", 4)
    assert len(points(changed(answers, "batal")["ruas"][0])) == 2


def test_a_point_of_a_row_is_put_in_that_row() -> None:
    answers = pressed(opened("usulan.3.titik"), SIZE // 2, SIZE // 2)
    assert points(answers["usulan.3.titik"][0])[0] == pytest.approx((-6.18, 106.675), abs=0.001)


@pytest.mark.parametrize("name", ["nama", "usulan", "usulan.1.lain", "tiada", "lokasi|x"])
def test_what_is_no_place_of_the_form_gets_no_map(name: str) -> None:
    assert opened(name, nama=["a"]) == {"nama": ["a"]}


@given(st.text(max_size=60))
def test_a_view_that_nobody_made_opens_nothing(text: str) -> None:
    view = on_map.read({VIEW: [text]}, FRAME)
    assert view is None or (FRAME.south <= view.lat <= FRAME.north and 0 <= view.level <= CLOSEST)


def test_a_form_without_a_map_button_is_left_alone() -> None:
    assert edited(FORM, {"nama": ["a"]}, FRAME) is None
