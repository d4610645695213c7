"""The applicant takes the case back; a superior hands a task to others; somebody is nudged."""

# ruff: noqa: A002 - ``round`` is the word of the contracts

from __future__ import annotations

from datetime import datetime

from engine.disposition import holder
from engine.errors import CaseClosed, NotAllowed, ReasonMissing, RemindedToday, StaleVersion, TaskClosed, UnknownOutcome, WrongCapacity
from engine.evaluate import local_date
from engine.events import Actor, Event, Json
from engine.index import split
from engine.nodes import Sign, is_final
from engine.process import Process
from engine.state import State
from engine.trail import moment


def withdraw(process: Process, state: State, actor: Actor, reason: str, request_id: str, now: datetime, version: int = 0) -> list[Event]:
    """The starter or the applicant takes the case back; fold, then ``advance`` ends it as ``dicabut``.

    Refuses: CaseClosed; NotAllowed for anybody else, or once a final act (words.FINAL_ACTS) has been done or a
    document signed; StaleVersion when ``version`` (what he saw) is older than the case; ReasonMissing.
    """
    if state.over or state.ending is not None:
        raise CaseClosed
    if actor.person not in {state.starter.get("person"), state.applicant.get("person")} - {None, "", "sistem"}:
        raise NotAllowed("Hanya pemohon atau yang membuka perkara yang dapat mencabutnya.")
    if any(_final(process, state, name) for name in state.steps):
        raise NotAllowed("Perkara ini sudah sampai pada tindakan yang tidak dapat ditarik; mintalah pembatalan kepada pejabatnya.")
    if version and version < state.version:
        raise StaleVersion("Perkara ini berubah sejak Anda membukanya. Baca perubahannya, lalu cabut bila masih perlu.")
    if not reason.strip():
        raise ReasonMissing
    return [Event(state.seq + 1, now, "withdrawn", "", 0, actor, request_id, {"reason": reason.strip()})]


def withdrawable(process: Process, state: State, person: str) -> bool:
    """Whether ``withdraw`` would take this person's reason: what a page asks before it offers the button."""
    own = {state.starter.get("person"), state.applicant.get("person")} - {None, "", "sistem"}
    return person in own and not state.over and state.ending is None and not any(_final(process, state, name) for name in state.steps)


def _final(process: Process, state: State, instance: str) -> bool:
    """A final act done, or a document signed: what bears an official's signature is revoked by him, not taken back by who asked for it."""
    node, step = process.find(split(instance)[0]), state.steps[instance]
    if isinstance(node, Sign):
        return step.status in ("acting", "done") and any(o.performs for o in node.outcomes if o.name == step.outcome)
    return is_final(node) and step.status == "done"


def reassign(
    state: State, actor: Actor, task: str, round: int, positions: tuple[str, ...], reason: str, request_id: str, now: datetime,
    *, aside: bool = False,
) -> list[Event]:  # fmt: skip
    """Hand an open task to other positions (who may order it is the web's and the database's to check).

    ``aside``: the holder himself steps aside for a conflict of interest (UU 30/2014 art. 42–45); he acts on nothing of this case any more.
    Refuses: CaseClosed, TaskClosed, ReasonMissing; UnknownOutcome when no position is named; WrongCapacity when who steps aside does not hold it.
    """
    if state.over or state.ending is not None:
        raise CaseClosed
    step = state.steps.get(task)
    if step is None or step.round != round or step.status != "open":
        raise TaskClosed
    if aside and actor.position not in step.positions:
        raise WrongCapacity
    if not positions:
        raise UnknownOutcome("Pilih jabatan yang menerima tugas ini.")
    if not reason.strip():
        raise ReasonMissing
    data: dict[str, Json] = {"positions": list(dict.fromkeys(positions)), "was": list(step.positions), "reason": reason.strip()}
    if aside:
        data["aside"] = True
    return [Event(state.seq + 1, now, "reassigned", task, round, actor, request_id, data)]


def nudge(state: State, actor: Actor, task: str, round: int, request_id: str, now: datetime) -> list[Event]:
    """Ask those whose move an open task or branch is to act; once a day (the city's) for each.

    Refuses: CaseClosed, TaskClosed, RemindedToday. Who may ask is the web's and the database's to check."""
    if state.over or state.ending is not None:
        raise CaseClosed
    step = state.steps.get(task.partition("#")[0])
    if step is None or step.round != round or not step.active:
        raise TaskClosed
    seats = [holder(state, task)] if "#" in task else list(step.positions)
    if not any(seats):
        raise TaskClosed
    last = state.nudged.get(task)
    if last and local_date(moment(last), state.zone) == local_date(now, state.zone):
        raise RemindedToday
    return [Event(state.seq + 1, now, "nudged", task, round, actor, request_id, {"to": seats})]
