"""What must be mended, beside the field: remarks that a checker leaves on single answers when he sends a form back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.read.cases import Line
from engine.index import split
from engine.nodes import Dispose, Sign, Task, Wait
from web.acting import Asked

PREFIX = "catatan."
"""Begins the control of a remark: ``catatan.judul``."""
LONGEST = 300


def remarkable(one: Asked) -> list[tuple[str, str]]:
    """(name, label) of the answers that may be remarked on: those of the steps this task can be sent back to, as far as they are filled."""
    node = one.node
    if not isinstance(node, (Task, Sign, Dispose, Wait)) or one.task.kind in ("branch", "repair"):
        return []
    targets = [outcome.effect.target for outcome in node.outcomes if outcome.effect.word == "return"]
    names = dict.fromkeys(name.partition(".")[0] for target in targets for name in getattr(one.process.tree.nodes.get(target), "fills", ()))
    labels = {asked.name: asked.label for asked in one.process.form} | {file.name: file.label for file in one.process.attachments}
    asked_files = [file.name for file in one.process.attachments] if targets else []
    return [(name, labels[name]) for name in (*names, *asked_files) if name in labels and one.case.form.get(name) not in (None, "", [])]


def given(texts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The remarks of a posted form; empty ones are left out."""
    found = {name.removeprefix(PREFIX): " ".join(parts).strip()[:LONGEST] for name, parts in texts.items() if name.startswith(PREFIX)}
    return {name: text for name, text in found.items() if text}


def standing(one: Asked, lines: Sequence[Line]) -> dict[str, str]:
    """Field → the remark of whoever sent this step back last; {} once it was sent on again."""
    name = split(one.task.instance)[0]
    for line in reversed(lines):
        event = line.event
        if event.kind != "decided":
            continue
        if event.data.get("effect") == "return" and event.data.get("target") == name:
            return dict(event.data.get("marks") or {})
        if event.step == one.task.instance:
            return {}
    return {}
