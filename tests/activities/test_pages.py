"""Page images come from a process that is thrown away: a good file, a file that is none, one that brings the process down."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from activities.pdf import pages as drawn
from activities.pdf.render import render
from tests.activities.paper import letter, stationery


async def test_a_letter_of_several_pages_and_only_as_many_as_are_asked() -> None:
    pdf = render(stationery().order(letter(paragraphs=60))).pdf
    total, images = await drawn.pages(pdf, 2)
    assert total > 2
    assert len(images) == 2
    assert all(image[:4] == b"RIFF" and image[8:12] == b"WEBP" and int.from_bytes(image[4:8], "little") + 8 == len(image) for image in images)


async def test_what_is_no_pdf_is_named_so() -> None:
    with pytest.raises(ValueError, match="PDF"):
        await drawn.pages(b"bukan PDF", 2)


async def test_a_process_that_dies_is_worth_another_try(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dying = tmp_path / "mati.sh"
    dying.write_text("#!/bin/sh\nexit 9\n")
    dying.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(dying))
    with pytest.raises(drawn.PagesLost, match="9"):
        await drawn.pages(b"%PDF-1.7", 2)


async def test_a_process_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hanging = tmp_path / "lama.sh"
    hanging.write_text("#!/bin/sh\nexec sleep 60\n")
    hanging.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(hanging))
    monkeypatch.setattr(drawn, "PATIENCE", 0.2)
    with pytest.raises(drawn.PagesLost, match="lama"):
        await drawn.pages(b"%PDF-1.7", 2)
