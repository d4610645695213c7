"""Whoever answers by a link reads what the step names for him, and of the case nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from db import files
from engine.check import check
from engine.process import Process
from engine.roles import ROLES
from tests.engine.build import process, task
from tests.web.office import Office, office
from tests.web.played import SCAN
from web.acting import Asked
from web.policy import Viewer
from web.ports import Person
from web.told_outside import Told, told_to
from workflows.catalogue import catalogue
from workflows.contracts import Pages

PROCESS = catalogue()["pengaduan-laksa"].process
PHOTO = b"\xff\xd8\xff\xe0 foto"
FORM: dict[str, Any] = {"uraian": "Lampu padam", "nik": "3671014501990001", "catatan_darurat": "Rahasia dinas", "opd_tujuan": "dishub"}


class Drawn:
    """Every file as one page."""

    async def pages(self, _sha: str) -> Pages:
        return Pages(["a" * 64], 1)


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def told(kantor: Office, value: Process, form: dict[str, Any], case: str = "tidak-ada") -> Told:
    viewer = Viewer(Person("luar:1", "Warga"), "", kantor.clock.now, (), None)
    one = cast(Asked, SimpleNamespace(node=value.find("nilai-hasil"), process=value, case=SimpleNamespace(id=case, form=form)))
    context = replace(kantor.context, previews=cast(Any, Drawn()))
    assert kantor.client.portal is not None
    return kantor.client.portal.call(told_to, context, one, viewer, "/jawab/gambar")


def test_he_reads_what_the_step_names_and_nothing_else(kantor: Office) -> None:
    made = told(kantor, PROCESS, FORM)
    assert [(row.label, row.text) for row in made.rows] == [
        ("Uraian", "Lampu padam"),
        ("Perangkat daerah yang menangani", "Dinas Perhubungan"),
    ]
    assert (made.photos, made.papers) == ([], [])


def test_photographs_and_signed_letters_come_by_his_link_alone(kantor: Office) -> None:
    sha = files.keep(kantor.context.files, PHOTO)
    kantor.signed("jawab-1", "K7MR2XQ9TB", content=SCAN)
    kantor.owner.execute("UPDATE document SET code = 'jawaban-resmi' WHERE case_id = 'jawab-1'")
    kantor.signed("jawab-2", "K7MR2XQ9TC", content=SCAN)
    made = told(kantor, PROCESS, FORM | {"foto_sesudah": [{"name": "sesudah.jpg", "kind": "jpg", "sha256": sha}]}, "jawab-1")
    assert [(label, address.rpartition("/")[0]) for label, address in made.photos] == [
        ("Foto sesudah, diambil dalam 100 meter dari titik laporan", f"/jawab/gambar/{sha}")
    ]
    assert [(paper.title, paper.total) for paper in made.papers] == [("Surat dinas", 1)]
    assert told(kantor, PROCESS, FORM, "jawab-2").papers == [], "a letter that the step does not name"
    assert kantor.get(made.photos[0][1]).status_code == 404, "without his link"


def test_a_step_that_shows_what_there_is_not_is_refused() -> None:
    assert [one for one in check(PROCESS, ROLES) if "memperlihatkan" in one] == []
    bad = process(replace(task("isi", by="pegawai", ask="fill"), shows=("tidak_ada",)))
    assert [one for one in check(bad, ROLES) if "memperlihatkan tidak_ada" in one]
