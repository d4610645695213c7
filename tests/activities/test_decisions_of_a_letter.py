"""What a letter quotes of a decision: its day, and whether it came after its time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from activities.case_facts import decisions
from db.read.dossier import Act

JAKARTA = ZoneInfo("Asia/Jakarta")


def act(seq: int, day: int, kind: str, step: str, **body: Any) -> Act:
    return Act(seq, datetime(2026, 11, day, 18, 30, tzinfo=UTC), kind, step, 1, "p1", "j1", "Nama Contoh", "Lurah Contoh", body=body)


def test_a_decision_after_its_due_time_is_late_and_a_longer_time_makes_it_good() -> None:
    due = "2026-11-24T09:00:00+00:00"
    acts = [
        act(1, 20, "task-opened", "terima@a", due=due),
        act(2, 20, "task-opened", "terima@b", due=due),
        act(3, 20, "task-opened", "terima@c", due=due),
        act(4, 20, "task-opened", "terima@d", due=None),
        act(5, 23, "decided", "terima@a", outcome="terima"),
        act(6, 24, "decided", "terima@b", outcome="terima"),
        act(7, 24, "rescheduled", "terima@c", due="2026-11-26T09:00:00+00:00"),
        act(8, 25, "decided", "terima@c", outcome="terima"),
        act(9, 25, "decided", "terima@d", outcome="terima"),
    ]
    found = decisions(acts, JAKARTA)
    assert {step: found[f"terima@{step}"]["terlambat"] for step in "abcd"} == {"a": "", "b": "ya", "c": "", "d": ""}
    assert (found["terima@b"]["hari"], found["terima@b"]["tanggal"]) == ("2026-11-25", "25 November 2026"), "the city's day"
