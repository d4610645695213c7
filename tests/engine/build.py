"""Small processes for tests: a flow of tasks with as little around it as a process may have."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from engine.events import Json
from engine.fields import Field
from engine.nodes import Node, Outcome, Seq, Task, Within, go
from engine.pin import pinned
from engine.process import Archive, Fact, Process, Sla, Starts, Title
from engine.rehearsal import Rehearsal
from engine.roles import ROLES
from engine.source import Draft, from_source

SOURCES = Path(__file__).parent / "sources"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 23 November 2026, 09.00 in Jakarta."""

ANI: dict[str, Json] = {"person": "p-ani", "position": "j-ani", "unit": "dinkes"}
"""The applicant of the tests."""


def process(*flow: Node, form: tuple[Field, ...] = (), facts: tuple[Fact, ...] = (), **more: Any) -> Process:
    parts: dict[str, Any] = {
        "code": "contoh", "title": Title("Contoh", "Example"), "family": "ketatausahaan", "owner": "kepala-bagian-umum", "summary": "Contoh.",
        "starts": Starts("pegawai"), "sla": Sla(5, "working"), "archive": Archive("000", 1, 1, "musnah"), "legal_basis": ("UU 43/2009",),
    }  # fmt: skip
    return pinned(Process(**{**parts, **more}, form=form, flow=Seq(flow), facts=facts))


def task(name: str, *outcomes: Outcome, by: str = "arsiparis", ask: str = "check", **more: Any) -> Task:
    return Task(name, (by,), ask, outcomes or (go("lanjut"),), within=more.pop("within", Within(1)), **more)


def step(value: Process, name: str) -> Any:
    """The named node, to look at its parts."""
    return value.find(name)


def case(value: Process, applicant: dict[str, Json] | None = None, **more: Any) -> Rehearsal:
    """An open case of the process, started by Ani."""
    started = Rehearsal(value, MONDAY)
    started.open(ANI, {**ANI, **(applicant or {})}, **more)
    return started


def kinds(events: list[Any]) -> list[tuple[str, str]]:
    return [(e.kind, e.step) for e in events]


def source(path: Path) -> Any:
    """What a file of the domain says; the quick reader of the same library."""
    return yaml.load(path.read_text(), Loader=yaml.CSafeLoader)  # it is a safe one


@lru_cache(maxsize=1)
def drafts() -> dict[str, Draft]:
    """The drafts of the 63 sources, by code."""
    found = {}
    for path in sorted(SOURCES.glob("*/*.yaml")):
        draft = from_source(source(path), ROLES)
        found[draft.process.code] = draft
    return found


def codes() -> list[str]:
    return sorted(path.stem for path in SOURCES.glob("*/*.yaml"))
