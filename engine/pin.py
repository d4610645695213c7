"""The roles a process uses, pinned with its value: a later change of the table of roles does not touch a running case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.nodes import Dispose, Notify, Rung, Sign, Task, Wait
from engine.process import Process, Role
from engine.roles import ROLES


def role_words(process: Process) -> tuple[str, ...]:
    """Every word that stands where a role may: starts, owner, steps, ladders, documents. In a steady order."""
    words = [*process.starts.openers, process.owner]
    for node in process.tree.nodes.values():
        if isinstance(node, (Task, Sign, Dispose)):
            words += [*node.by, *node.excludes]
        elif isinstance(node, Wait):
            words += node.recorded_by
        elif isinstance(node, Notify):
            words += node.to
        words += [r.to for r in getattr(node, "on_late", ()) if isinstance(r, Rung) and r.to]
    for document in process.documents:
        words += [*document.signer, *document.copies_to, *([document.house] if document.house else [])]
    return tuple(dict.fromkeys(words))


def pinned_roles(process: Process, roles: Mapping[str, Role]) -> tuple[Role, ...]:
    """The roles it uses out of the table; words that are no role (steps, fields, ``atasan``, ``segel``) are passed over."""
    return tuple(roles[w] for w in role_words(process) if w in roles)


def pinned(process: Process, roles: Mapping[str, Role] = ROLES) -> Process:
    """The process with its roles: how every ``process.py`` ends."""
    return replace(process, roles=pinned_roles(process, roles))
