"""The sample city says every bound of Plt and Plh itself; its mandates for one document of one process name documents that exist and are signed by mandate."""

from __future__ import annotations

import csv
from pathlib import Path

from engine.mandates import PARAMETERS, Limits, limits
from workflows.catalogue import catalogue

CITY = Path(__file__).parents[2] / "kota_contoh"


def named() -> set[str]:
    with (CITY / "mandates.csv").open(encoding="utf-8", newline="") as source:
        return {word for row in csv.DictReader(source) for word in row["document_kinds"].split(";") if "/" in word}


def test_every_named_document_is_signed_by_mandate() -> None:
    by_mandate = {
        f"{one.code}/{document.code}" for one in catalogue().processes.values() for document in one.process.documents if document.by_mandate
    }
    assert named()
    assert named() <= by_mandate
    assert by_mandate <= named(), "a document that asks the register finds nobody in the sample city"


def test_every_bound_of_plt_and_plh_is_the_citys_own_row() -> None:
    with (CITY / "parameters.csv").open(encoding="utf-8", newline="") as source:
        told = {row["name"]: row["value"] for row in csv.DictReader(source) if row["name"] in PARAMETERS}
    assert told.keys() == PARAMETERS.keys()
    assert limits(told) == Limits(), "the sample keeps the bounds of the circular"
