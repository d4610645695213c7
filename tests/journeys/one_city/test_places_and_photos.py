"""A report with a place: pressed on the city's map without scripts, on a phone, and moved to by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from embedded.office_hours import Officials
from forms.on_map import SIZE, points
from tests.journeys.conftest import SIZES, Open, overflow, small_targets
from tests.journeys.desk import Desk

pytestmark = [pytest.mark.server, pytest.mark.slow]
expect.set_options(timeout=30_000)


def report(people: Officials, page: Page, axe: Any) -> Page:
    """The operator begins the report of somebody at his desk."""
    desk = Desk(people, page, axe, "operator-live-room")
    page.goto(desk.base + "/mulai")
    desk.press("Mulai Tindak lanjut pengaduan warga (LAKSA)")
    page.get_by_label("Nama pemohon").fill("Dewi Contoh")
    desk.press("Mulai")
    expect(page.get_by_role("heading", name="Menunggu Dewi Contoh")).to_be_visible()
    return page


def place_in(page: Page) -> tuple[float, float]:
    return points(page.get_by_label("Titik lokasi", exact=True).input_value())[0]


def good(page: Page, axe: Any) -> None:
    assert (axe(page) if axe else [], overflow(page), small_targets(page)) == ([], 0, []), page.url


def test_a_place_is_pressed_on_the_map_without_scripts_on_a_phone(people: Officials, open_page: Open, tmp_path: Path) -> None:
    page = report(people, open_page(width=SIZES["ponsel"], js=False), None)
    page.get_by_label("Uraian").fill("Lubang jalan dalam, sudah dua orang jatuh.")
    page.get_by_role("button", name="Pilih di peta").click()
    picture = page.locator("input.gambar-peta")
    box = picture.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (SIZE, SIZE), "another size would mean other places"
    assert box["x"] + box["width"] <= SIZES["ponsel"]
    page.screenshot(path=str(tmp_path / "peta-kota.png"), full_page=True)
    picture.click(position={"x": 180, "y": 110})
    first = place_in(page)
    picture.click(position={"x": SIZE / 2, "y": SIZE / 2})
    assert place_in(page) == pytest.approx(first, abs=0.0003), "the map looks at what was pressed"
    for _press in range(3):
        picture.click(position={"x": SIZE / 2 + 10, "y": SIZE / 2})
    assert place_in(page) != first
    page.screenshot(path=str(tmp_path / "peta-dekat.png"), full_page=True)
    page.get_by_role("button", name="Tutup peta").click()
    expect(page.locator("input.gambar-peta")).to_have_count(0)
    expect(page.get_by_label("Uraian")).to_have_value("Lubang jalan dalam, sudah dua orang jatuh.")


def test_a_place_is_found_by_keyboard_alone(people: Officials, open_page: Open, axe: Any) -> None:
    page = report(people, open_page(width=SIZES["laptop"]), axe)
    page.get_by_role("button", name=re.compile("Pilih di peta")).press("Enter")
    expect(page.get_by_role("group", name="Peta: Titik lokasi")).to_be_focused()
    good(page, axe)
    for name in ("Dekatkan", "Utara", "Timur", "Tandai tengah peta"):
        page.get_by_role("button", name=name, exact=True).press("Enter")
        page.wait_for_load_state()
    marked = place_in(page)
    page.locator("input.gambar-peta").press("Enter")
    page.wait_for_load_state()
    assert place_in(page) == marked, "a press that points nowhere marks nothing"
    good(page, axe)
    page.get_by_role("button", name="Hapus titik").press("Enter")
    expect(page.get_by_label("Titik lokasi", exact=True)).to_have_value("")
