"""What stood in the way of a story told through the pages: forms that nobody could have filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from engine.row_form import makes_rows
from forms.known import Context, Found
from forms.reading import parse
from web.acting import fields_of
from web.uploads.kinds import ACCEPTED
from workflows.catalogue import catalogue

FOUND = catalogue()
UNITS = {"dinkes": Found("dinkes", "Dinas Kesehatan")}
CONTEXT = Context(datetime(2026, 11, 23, 2, tzinfo=UTC), books={"unit": UNITS})


@pytest.mark.parametrize("code", FOUND.codes)
def test_no_form_asks_for_a_kind_of_file_that_is_never_taken_in(code: str) -> None:
    process = FOUND[code].process
    kinds = {kind for one in process.attachments for kind in one.types}
    kinds |= {kind for one in process.form for asked in (one, *one.columns) for kind in asked.file_types}
    assert kinds <= set(ACCEPTED)


def test_a_circular_goes_to_a_single_unit() -> None:
    field = FOUND["surat-edaran"].process.fields["sasaran"]
    row = {"sasaran.0._id": ["s1"], "sasaran.0.jenis_sasaran": ["unit"]}
    assert parse([field], {**row, "sasaran.0.unit": ["dinkes"]}, CONTEXT).errors == {}
    assert parse([field], row, CONTEXT).errors


def test_who_drafts_later_is_shown_the_rows_and_adds_none() -> None:
    """Proposing a tax for each bill is no listing of bills: the list made by the applicant stands."""
    process = FOUND["keberatan-pbb"].process
    assert makes_rows(process, process.find("ajukan"), "daftar_sppt")
    asked = fields_of(process, cast(Any, process.find("susun-laporan")), cast(Any, SimpleNamespace(kind="task", instance="susun-laporan")))
    table = next(one for one in asked if one.name == "daftar_sppt")
    assert table.fixed
    assert [one.name for one in table.columns if one.computed is None] == ["terutang_baru"]
    assert "nop" in {one.name for one in table.columns}
