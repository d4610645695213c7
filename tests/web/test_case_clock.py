"""The clock of a case on its page: on which day it is, what stopped it and who, what a decree moved; and the words of the trail for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from engine.events import Event
from tests.db import play
from tests.db.play import Played
from tests.db.processes import LETTER
from tests.web.office import MONDAY, Office, office, words

DRAFTER, TEAM = "konseptor-diskominfo", "ketua-tim-diskominfo"


@pytest.fixture
def city(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def test_the_clock_tells_day_stops_and_recounts(city: Office) -> None:
    async def story(engine: AsyncEngine) -> None:
        played = Played(engine, LETTER, "jam", MONDAY)
        await played.open(await play.actor(engine, DRAFTER, MONDAY), "diskominfo")
        await played.decide(DRAFTER, "konsep", "kirim", perihal="Rencana jam", sifat="biasa")
        played.now = MONDAY + timedelta(days=1)
        await played.decide(TEAM, "paraf", "tanya", reason="Lampiran belum ada")
        played.now = MONDAY + timedelta(days=3)
        due = {"was_due": "2026-11-30T09:00:00Z", "due": "2026-12-01T09:00:00Z"}
        data = {"cause": "SKB 7/2026 (25-11-2026)", "order": "01K", **due}
        await played.commit([Event(played.state.seq + 1, played.now, "rescheduled", data=data)])

    city.run(story)
    city.clock.now = MONDAY + timedelta(days=3)
    page = city.get(f"/perkara/{city.number('jam')}", DRAFTER)
    said = words(page)
    assert "Hari kerja ke-1 dari 5, berhenti 2 hari: menunggu data, masih berhenti" in said
    assert "Mulai berjalan: perkara dibuka" in said
    assert "Berhenti: menunggu data (Paraf konsep)" in said
    assert "Lampiran belum ada" in said
    assert "Tenggat dihitung ulang: SKB 7/2026 (25-11-2026) (janji selesai)" in said
    assert "30 November 2026 16.00 WIB → 1 Desember 2026 16.00 WIB" in said
    row = city.owner.execute('SELECT due_at FROM "case" WHERE id = %s', ("jam",)).fetchone()
    assert row is not None
    assert isinstance(row[0], datetime)
    assert row[0] == datetime.fromisoformat("2026-12-01T09:00:00Z")
    trail = words(city.get(f"/perkara/{city.number('jam')}/riwayat", DRAFTER))
    assert "Tenggat dihitung ulang karena hari libur berubah" in trail
    assert "SKB 7/2026 (25-11-2026)" in trail


def test_a_silent_decision_is_marked(city: Office) -> None:
    from dataclasses import replace

    from db.connect import transaction
    from db.office.processes import keep_processes
    from engine.nodes import Seq, Task, Within, deemed, go
    from engine.pin import pinned

    step = Task("paraf", ("ketua-tim-kerja",), "initial", (go("paraf"),), "Paraf konsep", within=Within(1), on_late=(deemed("paraf", 1),))
    silent = pinned(replace(LETTER, code="diam-uji", flow=Seq((step,)), documents=(), form=LETTER.form[:2]))

    async def story(engine: AsyncEngine) -> None:
        async with transaction(engine) as connection:
            await keep_processes(connection, (silent,))
        played = Played(engine, silent, "diam", MONDAY)
        await played.open(await play.actor(engine, DRAFTER, MONDAY), "diskominfo")
        await played.late(days=10)

    city.run(story)
    city.clock.now = MONDAY + timedelta(days=11)
    said = words(city.get(f"/perkara/{city.number('diam')}", DRAFTER))
    assert "Diputus karena diam: Paraf (Paraf konsep)" in said
    assert "disetujui atau diputus karena diam" in said
    assert "Selesai pada hari kerja ke-" in said
