"""The same storm over the processes with books and mandates: at every act another process is killed, and the books still balance to the trail."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.read.books import recount
from embedded.stack import Stack
from tests.faults.ledger import Ledger, violations
from tests.faults.storm import Storm, city_of
from workflows.catalogue import catalogue

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("faults")]
STORIES = (
    ("cuti-asn", "dipersingkat"),
    ("surat-keterangan-penelitian", "dicabut-karena-melanggar"),
    ("penunjukan-plh-plt", "plh-kepala-bidang-cuti"),
)


@pytest.mark.parametrize(("code", "name"), STORIES)
async def test_a_story_survives_a_kill_at_every_act(stack: Stack, code: str, name: str, tmp_path: Path) -> None:
    here = await city_of(stack)
    story = next(one for one in catalogue()[code].scenarios if one.name == name)
    storm = Storm(stack, here, Ledger(tmp_path / "ledger.jsonl"))
    case = await storm.tell(code, story)
    assert await here.ended(case, 60) == story.ends
    async with here.database.connect() as connection:
        assert await violations(connection, storm.ledger) == []
        assert [*await recount.from_rows(connection), *await recount.from_trails(connection)] == []
    assert await here.agrees(case)
    await here.database.dispose()
    assert stack.children["worker"].poll() is None, "worker berhenti sendiri"
