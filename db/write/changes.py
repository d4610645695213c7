"""What a batch of events changes in the read model, worked out without SQL: tasks opened, moved and closed, branches, readers, the case's own row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from db.write.notices import notices_of
from engine.events import Event, Json
from engine.index import split
from engine.nodes import Dispose, Node, Sign, Task, Wait
from engine.process import Process
from engine.row_form import walked
from engine.trail import instant

Row = dict[str, Any]
Slot = tuple[str, int]
"""Instance and round: what names a task within its case."""


@dataclass
class Changes:
    """Filled by ``changes_of``; applied by ``db.write.read_model`` in a fixed order."""

    opened: dict[Slot, Row] = field(default_factory=dict)
    closed: dict[Slot, Row] = field(default_factory=dict)
    moved: dict[Slot, Row] = field(default_factory=dict)
    branches: list[Row] = field(default_factory=list)
    branch_steps: list[Row] = field(default_factory=list)
    readers: dict[str, None] = field(default_factory=dict)
    outbox: list[Row] = field(default_factory=list)
    values: list[dict[str, Json]] = field(default_factory=list)
    """To merge into the form, in order; ``@filled`` ({id, sha}) stands for a submission, ``@of`` and ``@rows`` for the row of ``Each`` it belongs to."""
    promised: str = ""
    """The case's own due date, where the calendar moved it."""
    form_seq: int = 0
    result: str = ""
    ended_at: str = ""


def changes_of(process: Process, events: list[Event]) -> Changes:
    """The changes of events already filled in. What is opened and closed in one batch is written once, as it ends."""
    changes = Changes()
    for event in events:
        _KINDS.get(event.kind, _nothing)(process, changes, event)
        if event.actor.position and event.kind not in ("refused", "noted"):
            changes.readers[event.actor.position] = None
        changes.outbox += notices_of(event)
    return changes


def _nothing(_process: Process, _changes: Changes, _event: Event) -> None:
    return


def _case_opened(_process: Process, changes: Changes, event: Event) -> None:
    starter = (event.data.get("starter") or {}).get("position")
    if starter:
        changes.readers[str(starter)] = None
    if event.data.get("filled"):
        changes.values.append({"@filled": event.data["filled"]})
    elif event.data.get("values"):
        changes.values.append(dict(event.data["values"]))
    changes.form_seq = event.seq


def _task_opened(process: Process, changes: Changes, event: Event) -> None:
    data = event.data
    name = split(event.step)[0]
    repair = data["kind"] == "repair"
    node = process.tree.nodes.get(name)
    excludes = data.get("excludes") or {}
    row = _fresh(event, str(data["kind"]), list(data["positions"]))
    row |= {
        "step": name, "ask": "repair" if repair else _ask(node), "title": _title(process, node, repair), "row": "", "roles": list(data.get("roles") or []),
        "needs": [] if repair else [*_needs(process, node), *(["definitif"] if data.get("definitive") else [])], "due": data.get("due"), "barred_persons": list(excludes.get("persons") or []),
        "barred_positions": list(excludes.get("positions") or []),
        "excludes": [w for w in getattr(node, "excludes", ()) if w in process.tree.nodes] if not repair else [],
    }  # fmt: skip
    changes.opened[event.step, event.round] = row
    if not repair:  # an operator mends a secret case without reading it
        changes.readers |= dict.fromkeys(row["positions"])


def _fresh(event: Event, kind: str, positions: list[str]) -> Row:
    return {
        "instance": event.step, "step": split(event.step)[0], "round": event.round, "kind": kind, "ask": kind, "title": "", "row": "", "roles": [],
        "positions": positions, "needs": [], "excludes": [], "barred_persons": [], "barred_positions": [], "status": "offered", "due": None,
        "opened_at": instant(event.at), "opened_seq": event.seq, "closed_at": None, "closed_seq": None, "outcome": None, "person": None,
        "position": None, "capacity": None,
    }  # fmt: skip


def _ask(node: Node | None) -> str:
    if isinstance(node, Task):
        return node.ask
    return {Sign: "sign", Dispose: "dispose", Wait: "wait"}.get(type(node), "task") if node is not None else "task"


def _title(process: Process, node: Node | None, repair: bool) -> str:
    if repair:
        return f"Perbaiki langkah mesin: {getattr(node, 'name', '')}"
    title = str(getattr(node, "title", "") or getattr(node, "what", ""))
    if not title and isinstance(node, Sign):
        title = "Tanda tangani " + ", ".join(process.document[code].title for code in node.documents if code in process.document)
    return title or str(getattr(node, "name", "")).replace("-", " ").capitalize()


def _needs(process: Process, node: Node | None) -> list[str]:
    kinds = [process.document[code].kind for code in node.documents if code in process.document] if isinstance(node, Sign) else []
    return [f"proses:{process.code}", *kinds]


def _close(changes: Changes, event: Event, slot: Slot, status: str, outcome: str | None = None) -> None:
    person = event.actor.person if outcome is not None else None
    ending: Row = {
        "status": status, "outcome": outcome, "person": person, "position": event.actor.position if person else None,
        "capacity": event.actor.capacity if person else None, "closed_at": None if status == "claimed" else instant(event.at),
        "closed_seq": event.seq,
    }  # fmt: skip
    if slot in changes.opened:
        changes.opened[slot] |= ending
    else:
        changes.closed[slot] = {"instance": slot[0], "round": slot[1], **ending}


def _decided(process: Process, changes: Changes, event: Event) -> None:
    data, slot = event.data, (event.step, event.round)
    given = {**(data.get("values") or {}), **(data.get("facts") or {})}
    if data.get("filled"):
        changes.values.append({"@filled": data["filled"], **_places(process, event.step)})
    elif given:
        changes.values.append({**given, **_places(process, event.step)})
    if data.get("filled") or given or data.get("effect") == "return":
        changes.form_seq = event.seq
    if data.get("effect") == "pause":
        return
    node = process.tree.nodes.get(split(event.step)[0])
    signing = isinstance(node, Sign) and not data.get("deemed") and any(o.performs for o in node.outcomes if o.name == data["outcome"])
    _close(changes, event, slot, "claimed" if signing else "done", str(data["outcome"]))


def _places(process: Process, step: str) -> dict[str, Json]:
    """Inside ``Each`` what a step gives belongs to its row: ``@of`` names it, ``@rows`` the lists walked with the row of each."""
    rows = split(step)[1]
    if not rows or step.endswith("!"):
        return {}
    return {"@of": "@".join(rows), "@rows": {over: down[-1] for over, down in walked(process, step)}}


def _act_done(process: Process, changes: Changes, event: Event) -> None:
    gives = event.data.get("gives") or {}
    if gives:
        changes.values.append({**gives, **_places(process, event.step)})
    if gives or event.data.get("documents"):
        changes.form_seq = event.seq
    if isinstance(process.tree.nodes.get(split(event.step)[0]), Sign):
        changes.moved[event.step, event.round] = {"finish": True, "at": instant(event.at), "seq": event.seq}


def _sign_refused(_process: Process, changes: Changes, event: Event) -> None:
    changes.moved[event.step, event.round] = {"reopen": True}


def _voided(_process: Process, changes: Changes, event: Event) -> None:
    if "#" in event.step:
        _branch(changes, event, status="gone", closed=True)
    _close(changes, event, (event.step, event.round), "gone")


def _escalated(_process: Process, changes: Changes, event: Event) -> None:
    _add_positions(changes, event, list(event.data["positions"]))


def _add_positions(changes: Changes, event: Event, positions: list[str]) -> None:
    slot = (event.step, event.round)
    changes.readers |= dict.fromkeys(positions)
    if slot in changes.opened:
        changes.opened[slot]["positions"] = list(dict.fromkeys([*changes.opened[slot]["positions"], *positions]))
    else:
        changes.moved[slot] = {"add": positions}


def _reassigned(_process: Process, changes: Changes, event: Event) -> None:
    positions = list(event.data["positions"])
    changes.readers |= dict.fromkeys(positions)
    aside = [event.actor.person] if event.data.get("aside") else []
    changes.moved[event.step, event.round] = {"to": positions, "seats": True, "barred": aside}


def _disposed(process: Process, changes: Changes, event: Event) -> None:
    origin = event.step.partition("#")[0]
    parent, replaced = int(event.data.get("parent", 0)), event.data.get("replaces")
    for b in event.data["branches"]:
        due = b.get("due_at") or None
        changes.branches.append(
            {
                "instance": origin, "round": event.round, "branch": b["id"], "parent": parent, "position": b["position"], "role": b["role"],
                "instructions": b.get("instructions") or [], "note": b.get("note") or "", "due": due, "given_at": instant(event.at),
                "given_by": event.actor.position,
            }
        )  # fmt: skip
        row = _fresh(event, "branch", [b["position"]])
        row |= {"instance": f"{origin}#{b['id']}", "due": due}
        row |= (
            {"ask": "read", "title": "Baca tembusan disposisi"} if b["role"] == "tembusan" else {"ask": "branch", "title": "Tindak lanjuti disposisi"}
        )
        row["needs"] = [f"proses:{process.code}"]
        changes.opened[row["instance"], event.round] = row
        changes.readers[b["position"]] = None
    if replaced is not None:
        _branch(changes, event, status="gone", closed=True, number=int(replaced))
        _close(changes, event, (f"{origin}#{replaced}", event.round), "gone")
    if parent and replaced is None:
        _branch(changes, event, status="passed", number=parent, read=True)


def _branch(changes: Changes, event: Event, number: int = 0, closed: bool = False, read: bool = False, **columns: Json) -> None:
    origin, _, mark = event.step.partition("#")
    at = instant(event.at)
    changes.branch_steps.append(
        {
            "instance": origin, "round": event.round, "branch": number or int(mark), "closed_at": at if closed else None,
            "read_at": at if read else None, "read_by": event.actor.person if read else None, **columns,
        }
    )  # fmt: skip


def _branch_read(_process: Process, changes: Changes, event: Event) -> None:
    _branch(changes, event, status="read", read=True)
    changes.moved[event.step, event.round] = {"copy_read": True, "at": instant(event.at), "seq": event.seq, "person": event.actor.person,
                                              "position": event.actor.position, "capacity": event.actor.capacity}  # fmt: skip


def _branch_reported(_process: Process, changes: Changes, event: Event) -> None:
    data = event.data
    _branch(changes, event, status="reported", closed=True, read=not data.get("kept"), report=data["text"], attachments=data.get("attachments") or [])
    _close(changes, event, (event.step, event.round), "done", "ambil-alih" if data.get("kept") else "lapor")


def _branch_asked(_process: Process, changes: Changes, event: Event) -> None:
    _branch(changes, event, status="asked", read=True, question=event.data["question"])
    changes.moved[event.step, event.round] = {"to": list(event.data["turn"])}


def _branch_answered(_process: Process, changes: Changes, event: Event) -> None:
    _branch(changes, event, status="answered", answer=event.data["answer"])
    changes.moved[event.step, event.round] = {"to": list(event.data["turn"])}


def _branch_refused(_process: Process, changes: Changes, event: Event) -> None:
    _branch(changes, event, status="refused", read=True, report=event.data["reason"])
    changes.moved[event.step, event.round] = {"to": list(event.data["turn"])}


def _branch_withdrawn(_process: Process, changes: Changes, event: Event) -> None:
    _branch(changes, event, status="withdrawn", closed=True)
    _close(changes, event, (event.step, event.round), "gone")


def _rescheduled(_process: Process, changes: Changes, event: Event) -> None:
    if event.step:
        changes.moved[event.step, event.round] = {"due": event.data.get("due")}
    else:
        changes.promised = str(event.data.get("due") or "")


def _ended(_process: Process, changes: Changes, event: Event) -> None:
    changes.result, changes.ended_at = str(event.data["result"]), instant(event.at)


_KINDS: dict[str, Callable[[Process, Changes, Event], None]] = {
    "case-opened": _case_opened, "task-opened": _task_opened, "decided": _decided, "act-done": _act_done, "sign-refused": _sign_refused,
    "voided": _voided, "escalated": _escalated, "reassigned": _reassigned, "disposed": _disposed, "branch-read": _branch_read,
    "branch-reported": _branch_reported, "branch-asked": _branch_asked, "branch-answered": _branch_answered,
    "branch-refused": _branch_refused, "branch-withdrawn": _branch_withdrawn, "rescheduled": _rescheduled, "ended": _ended,
}  # fmt: skip
