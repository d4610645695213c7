"""The form of a case as a step or a letter inside ``Each`` sees it: its own row, and nothing of the rows beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from engine.events import Json
from engine.fields import Field
from engine.index import Index, split
from engine.nodes import Each, Issue, Node, Sign, Task
from engine.process import Process
from engine.rows import caption, find
from engine.words import MAKING

Form = Mapping[str, Json]
"""As the read model keeps it: values and facts by name, and under ``@row`` (``@row@inner``) what was given inside ``Each``."""


@dataclass(frozen=True, slots=True)
class Row:
    """``values``: the row's columns and the facts given for it, with ``_id``; {} outside ``Each``. Of a list of words, people or units the row is
    its own word, ``nilai``."""

    values: dict[str, Json] = field(default_factory=dict)
    columns: tuple[Field, ...] = ()
    """Of the innermost table; () for a list of words."""
    name: str = ""
    """What people call it (engine.rows.caption)."""


def walked(process: Process, step: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists an instance of a step stands in a row of, outermost first, each with the rows down to its own."""
    name, rows = split(step)
    for depth, each in enumerate(process.tree.places[name].eaches[: len(rows)], 1):
        yield cast(Each, process.tree.nodes[each]).over, rows[:depth]


def given_of_rows(process: Process, table: str, before: str = "") -> tuple[str, ...]:
    """Facts that are given for each row of the list, in the order of the flow; ``before``: only those of nodes that stand before this step."""
    tree = process.tree
    over = {name for name, node in tree.nodes.items() if isinstance(node, Each) and node.over == table}
    inside = [node for name, node in tree.nodes.items() if over & set(tree.places[name].eaches) and (not before or _stands(tree, name, before))]
    return tuple(dict.fromkeys(given for node in inside for given in (*getattr(node, "gives", ()), *getattr(node, "fills", ()))))


def _stands(tree: Index, name: str, before: str) -> bool:
    return tree.places[name].order < tree.places[before].order


def makes_rows(process: Process, node: Node, table: str) -> bool:
    """Whether the rows of a table that the step fills column by column come to be in it: it makes the paper, and asks all that the first step asked of
    them. A later draft that adds a column (what is proposed of each) leaves the rows as they stand."""
    columns = _columns_of(node, table)
    first = next(found for one in process.tree.nodes.values() if (found := _columns_of(one, table)))
    return isinstance(node, Task) and node.ask in MAKING and first <= columns


def _columns_of(node: Node, table: str) -> frozenset[str]:
    """Columns that the step fills, "" for the table whole; empty when it does not fill it."""
    return frozenset(filled.partition(".")[2] for filled in getattr(node, "fills", ()) if filled.partition(".")[0] == table)


def made_by(process: Process, sheet: str) -> str:
    """The instance of the step that makes a document of a row: ``surat-kgb@r1`` → ``tanda-tangan-kgb@r1``. KeyError when no step makes it."""
    code, rows = split(sheet)
    steps = {n.name for n in process.tree.nodes.values() if isinstance(n, (Sign, Issue)) and code in n.documents}
    return "@".join((next(name for name in process.tree.nodes if name in steps), *rows))


def row_of(process: Process, form: Form, step: str) -> Row:
    """The row an instance of a step stands in; what an inner list calls the same hides the outer one's."""
    found = Row()
    for over, rows in walked(process, step):
        inside = form.get(_key(rows)) or {}
        own = find(form.get(over) or found.values.get(over) or [], rows[-1])
        columns = getattr(process.declared(over), "columns", ())
        values = own if isinstance(own, dict) else {"nilai": own}
        found = Row({**found.values, **inside, **values, "_id": rows[-1]}, columns, caption(columns, own))
    return found


def of_rows(form: Form) -> dict[str, dict[str, Json]]:
    """What was given inside ``Each`` by the row it belongs to, the innermost: of ``@rw5@rw5-u1`` the row ``rw5-u1``."""
    found: dict[str, dict[str, Json]] = {}
    for name, value in form.items():
        if name.startswith("@") and isinstance(value, dict):
            found[name.rpartition("@")[2]] = {**found.get(name.rpartition("@")[2], {}), **value}
    return found


def seen_from(process: Process, form: Form, step: str) -> dict[str, Json]:
    """The form without what belongs to other rows: a letter does not change, and a question shows no answer, because another row's did."""
    lists = list(walked(process, step))
    if not lists:
        return dict(form)
    within: set[str] = set().union(*(value for name, value in form.items() if name.startswith("@") and isinstance(value, dict)))
    seen = {name: value for name, value in form.items() if not name.startswith("@") and name not in within}
    for over, rows in lists:
        inside = form.get(_key(rows)) or {}
        own = find(form.get(over) or [], rows[-1])
        seen |= inside | ({_key(rows): inside} if inside else {}) | ({over: [own]} if isinstance(own, dict) else {})
    return seen


def _key(rows: tuple[str, ...]) -> str:
    return "@" + "@".join(rows)
