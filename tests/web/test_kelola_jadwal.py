"""What the calendar opens, behind its page: the rule in words, the next days, and today's cases opened by hand once, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest

from engine.process import Starts
from engine.timetable import Timetable
from tests.db.play import KOTA
from tests.web.office import Office, office, words
from tests.web.test_kelola import AUDITOR, OPERATOR, OUTSIDER, newest, row, sent
from workflows.catalogue import catalogue

PAGE = "/kelola/jadwal"
CODE = "surat-keluar-tte"
NOW = f"{PAGE}/{CODE}/sekarang"


@pytest.fixture(scope="module")
def city(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        known = catalogue(KOTA)
        timed = replace(known[CODE].process, starts=Starts("sistem", opens=Timetable(day=25, months=(6, 12))))
        every = {**known.processes, CODE: replace(known[CODE], process=timed)}
        made.app.state.context = replace(made.context, processes=replace(known, processes=every))
        yield made


def test_the_page_says_what_opens_when(city: Office) -> None:
    said = words(city.get(PAGE, AUDITOR))
    assert "Tanggal 25 Juni, Desember, satu perkara; hari libur digeser ke hari kerja berikutnya" in said
    assert "28 Desember 2026" in said, "Christmas, then a weekend"
    assert "Buka sekarang" not in said, "an auditor only looks"
    assert city.get(PAGE, OUTSIDER).status_code == 403
    assert city.get(NOW, AUDITOR).status_code == 403
    assert city.get(f"{PAGE}/cuti-asn/sekarang", OPERATOR).status_code == 404, "no timetable"


def test_todays_cases_are_opened_by_hand_once_and_with_a_reason(city: Office) -> None:
    assert sent(city, NOW, OPERATOR, alasan=" ").status_code == 422
    cases = cast("Any", city.context.cases)
    assert cases.rung == 0
    assert sent(city, NOW, OPERATOR, alasan="Server mati saat jadwalnya").status_code == 303
    assert cases.rung == 1
    assert row(city, "SELECT process, planned::text, unit, opened_at FROM timetable_opening") == (CODE, "2026-11-23", "bagian-umum", None)
    told = newest(city)
    assert (told.key, told.reason, told.after) == (CODE, "Server mati saat jadwalnya", {"hari": "2026-11-23", "perkara": 1})
    again = sent(city, NOW, OPERATOR, alasan="Sekali lagi")
    assert again.status_code == 422
    assert "Perkara hari ini sudah dibuka." in words(again)
    assert row(city, "SELECT count(*) FROM timetable_opening") == (1,)
    page = words(city.get(PAGE, OPERATOR))
    assert "23 November 2026" in page
    assert "menunggu giliran" in page
