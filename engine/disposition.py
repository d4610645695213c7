"""The disposition tree: who gets what, reports, passes on, asks, refuses; withdrawn while unread; rolled up as "3 dari 5 selesai".

Rules (naskah-dinas §6.3, domain source surat-masuk-disposisi): exactly one ``utama`` among a giver's receivers, no receiver twice, a
child is due no later than its parent, a branch passed on reports only after its own utama and pendukung have, ``tembusan`` never holds,
a refused branch goes back to its giver, who names another or keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.disposed import branch_id, children, find
from engine.errors import AlreadyRead, BranchesOpen, ReasonMissing, RecipientInvalid, TaskClosed, UnknownOutcome, WrongCapacity
from engine.evaluate import day, local_date
from engine.events import Actor, Event, Json, Kind
from engine.index import split
from engine.nodes import Dispose
from engine.process import Process
from engine.state import Branch, State, StepState
from engine.trail import moment

ROLES = ("utama", "pendukung", "tembusan")
READ, REPORT, PASS_ON, ASK, REFUSE = "baca", "lapor", "teruskan", "minta-penjelasan", "tolak"
ANSWER, WITHDRAW, NAME_ANOTHER, KEEP = "jawab", "tarik", "tunjuk-lain", "ambil-alih"


class Wish(Protocol):
    """What engine.decide.Act has."""

    @property
    def request_id(self) -> str: ...
    @property
    def task(self) -> str: ...
    @property
    def round(self) -> int: ...
    @property
    def outcome(self) -> str: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def reason(self) -> str: ...
    @property
    def values(self) -> dict[str, Json]: ...


@dataclass(frozen=True, slots=True)
class Rollup:
    """Of the receivers that count (not copies): how many, how many done, which are late."""

    total: int
    done: int
    open: tuple[Branch, ...]

    def late(self, now: datetime, zone: str) -> int:
        """How many are open past their due instant, or past their due date where no instant is known."""
        today = local_date(now, zone)
        return sum(1 for b in self.open if (moment(b.due_at) < now if b.due_at else bool(b.due) and b.due < today))


def rollup(state: State, instance: str) -> Rollup:
    """Of a disposition, or of one branch that passed it on (``disposisi#2``). Zero when there is none."""
    step = state.steps.get(instance.partition("#")[0])
    if step is None:
        return Rollup(0, 0, ())
    counted = [b for b in children(step, branch_id(instance)) if b.role != "tembusan" and b.status not in ("withdrawn", "replaced", "gone")]
    return Rollup(len(counted), sum(1 for b in counted if not b.holds), tuple(b for b in counted if b.holds))


def holder(state: State, instance: str) -> str:
    """Position whose move it is on a branch; "" when it is over."""
    step = state.steps.get(instance.partition("#")[0])
    branch = find(step, branch_id(instance)) if step else None
    if step is None or branch is None or branch.turn == "over":
        return ""
    return giver(step, branch) if branch.turn == "giver" else branch.position


def giver(step: StepState, branch: Branch) -> str:
    """Position that gave the branch."""
    above = find(step, branch.parent)
    return above.position if above else step.position


def outcomes(state: State, instance: str, position: str) -> tuple[str, ...]:
    """What this position may do on the branch now, for the page."""
    step = state.steps.get(instance.partition("#")[0])
    branch = find(step, branch_id(instance)) if step else None
    if step is None or branch is None:
        return ()
    found: list[str] = []
    if position == branch.position:
        found += _of_receiver(step, branch)
    if position == giver(step, branch):
        found += [ANSWER] if branch.status == "asked" else [NAME_ANOTHER, KEEP] if branch.status == "refused" else []
        found += [WITHDRAW] if branch.status == "open" and not branch.read else []
    return tuple(found)


def _of_receiver(step: StepState, branch: Branch) -> list[str]:
    read = [] if branch.read else [READ]
    if branch.turn != "receiver":
        return []
    if branch.role == "tembusan":
        return read
    waits = any(b.holds for b in children(step, branch.id))
    return [*read, *([] if waits else [REPORT]), PASS_ON, ASK, *([REFUSE] if branch.status == "open" else [])]


def on_branch(process: Process, state: State, act: Wish, now: datetime) -> list[Event]:
    """The events of an act on one branch. Refuses: TaskClosed, UnknownOutcome, WrongCapacity, ReasonMissing, BranchesOpen, AlreadyRead,
    RecipientInvalid.
    """
    origin = act.task.partition("#")[0]
    step = state.steps.get(origin)
    branch = find(step, branch_id(act.task)) if step else None
    if step is None or branch is None or step.round != act.round:
        raise TaskClosed
    if act.outcome in (ANSWER, WITHDRAW, NAME_ANOTHER, KEEP):
        return _by_giver(process, state, step, branch, act, now)
    if act.outcome not in (READ, REPORT, PASS_ON, ASK, REFUSE):
        raise UnknownOutcome
    if act.actor.position != branch.position:
        raise WrongCapacity
    if branch.turn != "receiver" or (branch.role == "tembusan" and branch.read):
        raise TaskClosed
    return _by_receiver(process, state, step, branch, act, now)


def _by_receiver(process: Process, state: State, step: StepState, branch: Branch, act: Wish, now: datetime) -> list[Event]:
    if branch.role == "tembusan" and act.outcome != READ:
        raise UnknownOutcome("Tembusan cukup dibaca.")
    text = act.reason.strip()
    match act.outcome:
        case "baca":
            return _one(state, act, now, "branch-read", {})
        case "lapor":
            if any(b.holds for b in children(step, branch.id)):
                raise BranchesOpen("Penerima disposisi Anda belum semua melapor; laporkan setelah mereka selesai.")
            if not text:
                raise ReasonMissing("Isi laporan: tulis apa yang dikerjakan.")
            return _one(state, act, now, "branch-reported", {"text": text, "attachments": list(act.values.get("attachments", []))})
        case "teruskan":
            node = process.find(split(act.task)[0])
            assert isinstance(node, Dispose)
            given = checked(step, branch.id, branches_of(node, act), state, now)
            return _one(state, act, now, "disposed", {"parent": branch.id, "branches": given})
        case "minta-penjelasan":
            if not text:
                raise ReasonMissing("Tulis pertanyaan Anda kepada pemberi disposisi.")
            return _one(state, act, now, "branch-asked", {"question": text, "turn": [giver(step, branch)]})
    if branch.status != "open":
        raise TaskClosed("Disposisi yang sudah diteruskan tidak dapat ditolak; laporkan hasilnya.")
    if not text:
        raise ReasonMissing
    return _one(state, act, now, "branch-refused", {"reason": text, "turn": [giver(step, branch)]})


def _by_giver(process: Process, state: State, step: StepState, branch: Branch, act: Wish, now: datetime) -> list[Event]:
    if act.actor.position != giver(step, branch):
        raise WrongCapacity
    if act.outcome == WITHDRAW:
        if branch.status != "open":
            raise TaskClosed
        if branch.read:
            raise AlreadyRead
        _keeps_one_lead(step, branch)
        return _one(state, act, now, "branch-withdrawn", {"reason": act.reason.strip()})
    if branch.status != ("asked" if act.outcome == ANSWER else "refused"):
        raise TaskClosed
    if act.outcome == ANSWER:
        if not act.reason.strip():
            raise ReasonMissing("Tulis jawaban Anda.")
        return _one(state, act, now, "branch-answered", {"answer": act.reason.strip(), "turn": [branch.position]})
    if act.outcome == KEEP:
        if not act.reason.strip():
            raise ReasonMissing("Tulis apa yang Anda kerjakan sendiri.")
        return _one(state, act, now, "branch-reported", {"text": act.reason.strip(), "attachments": [], "kept": True})
    node = process.find(split(act.task)[0])
    assert isinstance(node, Dispose)
    given = checked(step, branch.parent, branches_of(node, act), state, now, instead=branch)
    origin = act.task.partition("#")[0]
    above = f"{origin}#{branch.parent}" if branch.parent else origin
    return _one(state, act, now, "disposed", {"parent": branch.parent, "branches": given, "replaces": branch.id}, above)


def _keeps_one_lead(step: StepState, branch: Branch) -> None:
    """The lead may be withdrawn only with the rest, or after another lead is named."""
    others = [b for b in children(step, branch.parent) if b.id != branch.id and b.status not in ("withdrawn", "replaced", "gone")]
    if branch.role == "utama" and others and not any(b.role == "utama" for b in others):
        raise RecipientInvalid("Penerima utama tidak dapat ditarik selama masih ada penerima lain; tarik yang lain dahulu atau tunjuk penggantinya.")


def _one(state: State, act: Wish, now: datetime, kind: Kind, data: dict[str, Json], task: str = "") -> list[Event]:
    return [Event(state.seq + 1, now, kind, task or act.task, act.round, act.actor, act.request_id, data)]


def add(state: State, node: Dispose, step: StepState, act: Wish, now: datetime) -> list[Event]:
    """The head names more receivers while the disposition runs."""
    if act.outcome not in {o.name for o in node.outcomes if o.performs}:
        raise UnknownOutcome
    if act.actor.position != step.position:
        raise WrongCapacity
    given = checked(step, 0, branches_of(node, act), state, now)
    return [Event(state.seq + 1, now, "disposed", act.task, act.round, act.actor, act.request_id, {"parent": 0, "branches": given})]


def branches_of(node: Dispose, act: Wish) -> list[dict[str, Any]]:
    """The receivers of an act: ``branches`` (position, role, instructions, due, note), else the rows of the table the step fills."""
    if "branches" in act.values:
        given = act.values["branches"]
        if not isinstance(given, list) or not all(isinstance(b, dict) for b in given):
            raise RecipientInvalid
        return [dict(b) for b in given]
    rows = act.values.get(node.recipients) or [] if node.recipients else []
    note = str(act.values.get("isi_instruksi") or "")
    return [
        {
            "position": r.get("pejabat", ""), "role": r.get("peran", ""), "instructions": list(r.get("instruksi") or []),
            "due": r.get("batas_waktu") or "", "note": r.get("catatan") or note,
        }
        for r in rows
    ]  # fmt: skip


def checked(step: StepState, parent: int, given: list[dict[str, Any]], state: State, now: datetime, instead: Branch | None = None) -> list[Json]:
    """Receivers with their branch numbers. RecipientInvalid names the rule that does not hold."""
    above = find(step, parent)
    kept = [b for b in children(step, parent) if b.status not in ("withdrawn", "replaced", "gone") and b is not instead]
    if not given:
        raise RecipientInvalid("Pilih paling sedikit satu penerima disposisi.")
    places = [b.position for b in kept] + [g.get("position") for g in given]
    if any(not p for p in places):
        raise RecipientInvalid("Setiap penerima disposisi harus berupa jabatan.")
    if len(set(places)) != len(places):
        raise RecipientInvalid("Ada pejabat yang disebut dua kali pada daftar penerima disposisi.")
    if any(g.get("role") not in ROLES for g in given):
        raise RecipientInvalid("Peran penerima disposisi harus utama, pendukung, atau tembusan.")
    if sum(1 for b in kept if b.role == "utama") + sum(1 for g in given if g["role"] == "utama") != 1:
        raise RecipientInvalid("Tepat satu penerima disposisi berperan utama.")
    if above is not None and above.position in places:
        raise RecipientInvalid("Disposisi tidak dapat diteruskan kepada jabatan sendiri.")
    _dated(given, above, local_date(now, state.zone))
    first = max((b.id for b in step.branches), default=0) + 1
    return [
        {
            "id": first + n, "position": g["position"], "role": g["role"], "instructions": list(g.get("instructions") or []),
            "due": g.get("due") or (above.due if above else ""), "note": g.get("note") or "",
        }
        for n, g in enumerate(given)
    ]  # fmt: skip


def _dated(given: list[dict[str, Any]], above: Branch | None, today: str) -> None:
    for g in given:
        due = g.get("due") or ""
        if due and (not isinstance(due, str) or day(due) is None):
            raise RecipientInvalid(f"Batas waktu {due!r} bukan tanggal.")
        if due and due[:10] < today:
            raise RecipientInvalid("Batas waktu disposisi tidak boleh sebelum hari ini.")
        if due and above is not None and above.due and due[:10] > above.due[:10]:
            raise RecipientInvalid(f"Batas waktu tidak boleh sesudah batas waktu disposisi induknya ({above.due[:10]}).")
