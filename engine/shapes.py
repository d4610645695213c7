"""Steps that recur in many processes, said once: an initial in a chain, a signature at its end."""

from __future__ import annotations

from engine.expr import Expr, Scalar, lift
from engine.nodes import SUPERIOR, Argument, Call, Doubt, Outcome, Sign, Task, Within, back, end, escalate, go, remind


def initial(name: str, by: str, title: str, *, to: str, up: str = SUPERIOR, more: tuple[Outcome, ...] = (), fills: tuple[str, ...] = ()) -> Task:
    """A paraf: one working day, reminded after one, escalated to ``up`` after two. Goes back to step ``to``; ``more``: further ways out."""
    outcomes = (go("paraf"), back("kembalikan", to), *more)
    return Task(name, (by,), "initial", outcomes, title, fills, Within(1), (remind(1), escalate(up, 2)))


def signature(name: str, by: str, document: str, *, to: str, up: str = SUPERIOR) -> Sign:
    """A signature on one document: signed, back to step ``to``, or refused; limits as for an initial."""
    outcomes = (go("tandatangani", performs=True), back("kembalikan", to), end("tolak", "ditolak"))
    return Sign(name, (by,), (document,), outcomes, within=Within(1), on_late=(remind(1), escalate(up, 2)))


def call(name: str, act: str, gives: tuple[str, ...] = (), note: str = "", doubt: Doubt = "retry", /, **args: Expr | Scalar) -> Call:
    """A machine act with its arguments by name."""
    return Call(name, act, tuple(Argument(word, lift(value)) for word, value in args.items()), gives, doubt, note=note)
