"""One city for all stories of this folder: the sample city on real servers, with one process of its own and another system beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from embedded.office_hours import Officials
from embedded.stack import Stack
from tests.journeys.desk import ROOT, started
from tests.journeys.refused.bank import Bank, bank

PROCESS = Path(__file__).parent / "coba_buku.py"
"""A process as a city may lay beside ours: it does with the books what its first form says."""


@dataclass
class City:
    people: Officials
    stack: Stack
    bank: Bank
    """The other system."""


@pytest.fixture(scope="package")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("kota") / "kota"
    shutil.copytree(ROOT / "kota_contoh", folder)
    own = folder / "workflows" / "perencanaan_keuangan" / "coba_buku"
    own.mkdir(parents=True)
    shutil.copy(PROCESS, own / "process.py")
    with bank() as other:
        with (folder / "city.toml").open("a", encoding="utf-8") as told:
            told.write(f'\n[sistem.bank]\nalamat = "{other.address}"\nbatas = 5\n')
        with started(folder, durable=True) as (people, stack):
            yield City(people, stack, other)
