"""The judge of the pages judged: it finds a fault, and asks again only where a page has another shape."""

from __future__ import annotations

from tests.journeys.accessible import Axe
from tests.journeys.conftest import Open

GOOD = "<html lang=id><head><title>Uji</title></head><body><main><h1>Perkara {number}</h1><p class=biasa>{words}</p></main></body></html>"


def test_a_fault_is_found_and_a_shape_is_asked_once(open_page: Open, axe: Axe) -> None:
    page, before = open_page(width=360), len(axe.known)
    page.set_content(GOOD.format(number=7, words="Masuk hari ini."))
    assert axe(page) == []
    page.set_content(GOOD.format(number=12, words="Masuk kemarin."))
    assert axe(page) == []
    assert len(axe.known) == before + 1
    page.set_content(GOOD.replace("<h1>", "<img src=x><h1>").format(number=12, words="Masuk kemarin."))
    assert [fault[0] for fault in axe(page)] == ["image-alt"]
    page.set_content(GOOD.format(number=12, words=""))
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    axe(page)
    assert len(axe.known) == before + 4


def test_what_was_typed_pressed_and_styled_by_scripts_is_judged(open_page: Open, axe: Axe) -> None:
    page = open_page(width=1280)
    page.set_content(GOOD.replace("<h1>", "<label for=a>Nama</label><input id=a><h1>").format(number=1, words="Jelas dibaca."))
    page.get_by_label("Nama").fill("Sari")
    assert axe(page) == []
    page.evaluate("document.querySelector('p').style.color = '#eeeeee'")
    page.evaluate("document.querySelector('label').remove()")
    assert sorted(fault[0] for fault in axe(page)) == ["color-contrast", "label"]
