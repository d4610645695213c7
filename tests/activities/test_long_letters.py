"""A list of thousands: drawn beside the other letters, refused where it is too long, seen in part before it is signed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from markupsafe import Markup

from activities.pdf import pool
from activities.pdf.pool import RenderLost, RenderPool
from activities.pdf.render import Rendered
from activities.stationery import MOST_ROWS, PREVIEWED_ROWS, Page
from engine.errors import TooLarge
from forms import tables
from tests.activities.paper import faults_of, letter, stationery, text_of


def listing(count: int) -> Page:
    body = Markup("").join(Markup("<tr><td>{}</td><td>Barang {}</td></tr>").format(number, number) for number in range(1, count + 1))
    head = Markup("<thead><tr><th scope='col'>No.</th><th scope='col'>Nama</th></tr></thead>")
    total = Markup("<tr><td colspan='2'>Jumlah {}</td></tr>").format(count)
    return letter(isi=Markup("<table class='kotak'>{}<tbody>{}{}</tbody></table>").format(head, body, total))


OF_ITSELF = stationery().order(listing(0)).rows
"""Rows of the same letter without a list."""


@pytest.fixture
def drawing() -> Iterator[RenderPool]:
    with closing(RenderPool(1)) as made:
        yield made


def test_a_table_of_a_form_fits_and_a_longer_one_is_refused_with_the_mend_before_it_is_tried() -> None:
    assert stationery().order(listing(tables.MOST_ROWS)).rows == tables.MOST_ROWS + OF_ITSELF
    assert stationery().order(listing(MOST_ROWS - OF_ITSELF)).rows == MOST_ROWS
    with pytest.raises(TooLarge, match=r"5\.201 baris tabel; paling banyak 5\.200 .* lampirkan daftarnya sebagai berkas"):
        stationery().order(listing(MOST_ROWS - OF_ITSELF + 1))


def test_before_it_is_signed_the_first_rows_and_the_sum_are_seen_and_how_many_are_not(tmp_path: Path) -> None:
    from activities.pdf.render import render

    order = stationery().order(listing(5_000), preview=True)
    assert order.rows == PREVIEWED_ROWS + OF_ITSELF
    seen = " ".join(" ".join(text_of(render(order).pdf, tmp_path)).split())
    assert (
        "Barang 199 4.801 baris tidak digambar pada pratinjau ini; semuanya ada pada tabel perkara dan pada naskah yang ditandatangani. Jumlah 5000"
        in seen
    )


def test_a_list_that_fits_is_seen_whole() -> None:
    for count in (0, 3, PREVIEWED_ROWS - 1):
        assert stationery().order(listing(count), preview=True) == stationery().order(listing(count))


async def test_a_short_letter_does_not_wait_for_a_long_one(drawing: RenderPool) -> None:
    await drawing.warm()
    long = asyncio.create_task(drawing.render(stationery().order(listing(600))))
    await asyncio.sleep(0)
    short = await drawing.render(stationery().order(letter()))
    assert short.pages >= 1
    assert not long.done()
    assert (await long).pages > 10


@pytest.mark.slow
async def test_a_long_letter_is_pdf_a_and_carries_every_row(drawing: RenderPool, tmp_path: Path) -> None:
    path = tmp_path / "daftar.pdf"
    drawn = await drawing.render(stationery().order(listing(400)))
    path.write_bytes(drawn.pdf)
    whole = " ".join(" ".join(text_of(drawn.pdf, tmp_path)).split())
    assert [number for number in range(1, 401) if f"Barang {number} " not in whole] == []
    assert await asyncio.to_thread(faults_of, path) == ""


async def test_the_time_of_a_letter_begins_when_it_is_drawn_however_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty extracts at once: the last of them is not late because the others were before it."""
    monkeypatch.setattr(pool, "WALL_SECONDS", 1.0)
    with closing(RenderPool(1)) as drawing:
        await drawing.warm()
        order = stationery().order(letter())
        drawn = await asyncio.gather(*(drawing.render(order) for _ in range(30)))
    assert {type(one) for one in drawn} == {Rendered}


async def test_who_takes_too_long_is_ended_and_the_next_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LONG_SECONDS", 0.2)
    with closing(RenderPool(1)) as drawing:
        order = stationery().order(listing(400))
        with pytest.raises(RenderLost, match="TimeoutError"):
            await drawing.render(order)
        drawing._long.seconds = 60.0  # the same pool on a better day
        assert (await drawing.render(order)).pages > 5
