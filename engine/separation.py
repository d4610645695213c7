"""Separation of duties: who may not act on a step because of what he did, or is, in the same case.

Two rules. *Declared*: ``excludes`` names steps (nobody who acted there, in any round) and roles (nobody who is that role here).
*General*: nobody initials, approves, decides or signs (``words.CLEARING``, and every ``Sign``) what he drafted (``words.DRAFTING``), nor
in a case of which he is the starter or the applicant. Not when the process gives both steps to the same role on purpose, and
not on a step that is the person's own statement: a role that resolves to the applicant, to a field, or to an outsider.
"""

from __future__ import annotations

from typing import Any

from engine.errors import OwnRequest
from engine.events import Actor, Json
from engine.holders import address
from engine.nodes import Dispose, Node, Sign, Task
from engine.positions import Applicant, FieldOf, Outside
from engine.process import Process
from engine.state import State
from engine.words import CLEARING, DRAFTING

Acting = Task | Sign | Dispose


def check(process: Process, state: State, node: Node, rows: tuple[str, ...], actor: Actor) -> None:
    """Raises OwnRequest when this person may not act here. The machine is not checked."""
    if actor.capacity == "sistem" or not isinstance(node, (Task, Sign, Dispose)):
        return
    if actor.person in state.aside:
        raise OwnRequest("Anda sudah menyatakan benturan kepentingan pada perkara ini; langkah ini dikerjakan orang lain.")
    for word in node.excludes:
        if word in process.tree.nodes:
            if actor.person in state.actors.get(word, ()):
                raise OwnRequest(f"Anda sudah bertindak pada langkah {word} perkara ini; langkah {node.name} harus dikerjakan orang lain.")
        elif _is_role(process, state, word, rows, node.name, actor):
            raise OwnRequest(f"Anda adalah {_title(process, word)} pada perkara ini; langkah {node.name} harus dikerjakan orang lain.")
    if clears(process, node) and actor.person in makers(process, state, node):
        raise OwnRequest(f"Anda menyusun atau mengajukan yang diputus pada langkah {node.name}; langkah ini harus dikerjakan orang lain.")


def clears(process: Process, node: Acting) -> bool:
    """The step clears what others made, and is nobody's own statement."""
    if isinstance(node, Task) and node.ask not in CLEARING:
        return False
    roles = [process.role[r] for r in node.by if r in process.role]
    return not any(isinstance(r.resolves, (Applicant, FieldOf, Outside)) for r in roles)


def makers(process: Process, state: State, node: Acting) -> frozenset[str]:
    """Persons who drafted, started, or are the applicant, save by a role the step itself is given to."""
    found: set[str] = set()
    for name, other in process.tree.nodes.items():
        if isinstance(other, Task) and other.ask in DRAFTING and not set(other.by) & set(node.by):
            found.update(state.actors.get(name, ()))
    if not set(process.starts.openers) & set(node.by):
        found.update(str(known["person"]) for known in (state.starter, state.applicant) if known.get("person"))
    else:
        # The starter may act by his own role; what he drafted by another he may not clear.
        found.discard(str(state.starter.get("person", "")))
    return frozenset(found - {"sistem", ""})


def excluded(process: Process, state: State, node: Acting, rows: tuple[str, ...]) -> Json:
    """For the record of an opening: ``{"persons": […], "roles": address}`` of those who may not act, {} when nobody is."""
    persons: list[str] = list(state.aside)
    roles: list[str] = []
    for word in node.excludes:
        if word in process.tree.nodes:
            persons += state.actors.get(word, ())
        else:
            roles.append(word)
    if clears(process, node):
        persons += sorted(makers(process, state, node))
    out: dict[str, Any] = {}
    if persons:
        out["persons"] = list(dict.fromkeys(persons))
    if roles:
        out["roles"] = address(process, state, tuple(roles), rows, node.name)
    return out


def _is_role(process: Process, state: State, role: str, rows: tuple[str, ...], at: str, actor: Actor) -> bool:
    """He acted by that role, is the applicant it means, or is among those a field names; what positions alone know, the database checks."""
    for name, other in process.tree.nodes.items():
        if isinstance(other, (Task, Sign, Dispose)) and role in other.by and actor.person in state.actors.get(name, ()):
            return True
    for entry in address(process, state, (role,), rows, at):
        expr = entry["expr"]
        if expr["is"] == "person" and actor.person == expr.get("person"):
            return True
        if expr["is"] == "values" and ({actor.person, actor.position} - {""}) & set(expr["values"]):
            return True
    return False


def _title(process: Process, role: str) -> str:
    return process.role[role].title if role in process.role else role
