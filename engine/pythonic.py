"""A process value → the text of its ``process.py``: constructor calls that read well and give back an equal value."""

from __future__ import annotations

import ast
from dataclasses import dataclass, fields
from typing import Any

from engine import expr, nodes
from engine.expr import And, Arith, Compare, Expr, Function, Has, In, Name, Not, Or, Value
from engine.nodes import Outcome, Rung
from engine.process import Process
from engine.words import NEGATIVE

WIDTH = 150
_FUNCTIONS = {
    "count": "count",
    "sum": "total",
    "any": "any_",
    "all": "all_",
    "min": "smallest",
    "max": "largest",
    "start": "first_day",
    "end": "last_day",
    "join": "joined",
}
_MODULES = (
    ("engine.expr", set(expr.__dict__)), ("engine.fields", {"Field", "Rule"}),
    ("engine.nodes", set(nodes.__dict__)), ("engine.pin", {"pinned"}),
    ("engine.process", {"Archive", "Attachment", "Document", "Fact", "Process", "Sla", "Starts", "Title"}),
)  # fmt: skip
_POSITIONAL = {"Field": 3, "Attachment": 2, "Fact": 2, "Document": 3, "Title": 2, "Sla": 2, "Within": 2, "Seq": 1, "Par": 1, "When": 2, "Each": 2,
               "Archive": 1, "Starts": 1, "Task": 1, "Sign": 1, "Dispose": 1, "Issue": 2, "Notify": 2, "Call": 1, "Open": 2, "Wait": 1,
               "Argument": 2, "Rule": 2}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Call:
    """A piece of text that may be broken: ``name(…)`` or, without a name, a tuple."""

    name: str
    args: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Chain:
    """Tests joined by ``&`` or ``|``, broken before the operator where they do not fit."""

    op: str
    parts: tuple[str, ...]


def to_python(process: Process, story: str = "") -> str:
    """The module text. ``story``: its docstring; "" = title and summary. The value is named PROCESS."""
    body = "PROCESS = " + _lay(_Call("pinned", (("", _Printer(process).piece(process)),)), 0, len("PROCESS = "))
    doc = story or f"{process.title.id}. {process.summary}"
    return f'"""{doc.replace(chr(92), chr(92) * 2).replace(chr(34) * 3, chr(39) * 3)}"""\n\nfrom __future__ import annotations\n\n{_imports(body)}\n{body}\n'


def _imports(body: str) -> str:
    called = {n.id for n in ast.walk(ast.parse(body)) if isinstance(n, ast.Name)}
    lines = []
    for module, known in _MODULES:
        used = sorted(called & known - {"PROCESS"}, key=lambda n: (not n[0].isupper(), n))
        called -= set(used)
        one = f"from {module} import {', '.join(used)}"
        if used:
            lines.append(one if len(one) <= WIDTH else f"from {module} import (\n" + "".join(f"    {n},\n" for n in used) + ")")
    return "\n".join(lines) + "\n"


class _Printer:
    def __init__(self, process: Process) -> None:
        self.process = process

    def piece(self, value: object) -> Any:
        """Text, or a call that the layout may break."""
        if isinstance(value, (And, Or)) and not isinstance(value.parts[0], type(value)):
            return _Chain("&" if isinstance(value, And) else "|", tuple(self.inside(p) for p in value.parts))
        if isinstance(value, Expr):
            return self.expr(value)
        if isinstance(value, Outcome):
            return self.outcome(value)
        if isinstance(value, Rung):
            return self.rung(value)
        if isinstance(value, tuple):
            return _Call("", tuple(("", self.piece(v)) for v in value)) if value else "()"
        if isinstance(value, (str, bool, int)) or value is None:
            return _literal(value)
        return self.call(value)

    def call(self, value: Any) -> _Call:
        name = type(value).__name__
        args: list[tuple[str, Any]] = []
        for n, f in enumerate(fields(value)):
            part = getattr(value, f.name)
            if f.name == "roles" and isinstance(value, Process):
                continue
            if part == f.default and type(part) is type(f.default):
                continue
            by_place = n < _POSITIONAL.get(name, 0) and len(args) == n
            args.append(("" if by_place else f.name, self.piece(part)))
        return _Call(name, tuple(args))

    def outcome(self, o: Outcome) -> Any:
        word, target = o.effect.word, o.effect.target
        maker = {"next": "go", "return": "back", "end": "end", "again": "again", "pause": "pause", "skip": "skip"}[word]
        args: list[tuple[str, Any]] = [("", _literal(o.name))]
        if target:
            args.append(("", _literal(target)))
        if o.label:
            args.append(("", _literal(o.label)))
        usual = word == "return" or (word == "end" and target in NEGATIVE)
        if o.reason != usual:
            args.append(("reason", _literal(o.reason)))
        if o.performs:
            args.append(("performs", "True"))
        if o.needs:
            args.append(("needs", self.piece(o.needs)))
        if o.silent:
            args.append(("silent", "True"))
        if o.rules:
            args.append(("rules", self.piece(o.rules)))
        return _Call(maker, tuple(args))

    def rung(self, r: Rung) -> Any:
        maker = {"remind": "remind", "escalate": "escalate", "deemed": "deemed", "end": "lapse"}[r.do]
        word = {"remind": (), "escalate": (r.to,), "deemed": (r.outcome,), "end": (r.result,)}[r.do]
        if (r.before or r.anchor) and (r.do not in ("remind", "escalate") or (r.do == "escalate" and r.before)):
            return self.call(r)
        args: list[tuple[str, Any]] = [("", _literal(w)) for w in word]
        if r.after is not None:
            args.append(("", _literal(r.after)))
        if r.anchor:
            args.append(("", _literal(r.anchor)))
        if r.before:
            args.append(("before", "True"))
        return _Call(maker, tuple(args))

    def expr(self, e: Expr) -> str:
        match e:
            case Value(value):
                return f"Value({_literal(value)})"
            case Name(name, column):
                return self.name(name, column)
            case Compare(op, left, right):
                return self.compare(op, left, right)
            case In(value, words):
                return f"{self.expr(value)}.one_of({', '.join(_literal(w) for w in words)})"
            case Has(value, word):
                return f"{self.expr(value)}.has({self.expr(word) if isinstance(word, Expr) else _literal(word)})"
            case And(parts) if not isinstance(parts[0], And):
                return " & ".join(self.inside(p) for p in parts)
            case Or(parts) if not isinstance(parts[0], Or):
                return " | ".join(self.inside(p) for p in parts)
            case Not(part):
                return f"~{self.inside(part)}"
            case Arith(op, left, right):
                return f"{self.inside(left)} {op} {self.operand(right)}"
            case Function(name, args):
                return f"{_FUNCTIONS.get(name, name)}({', '.join(self.expr(a) for a in args)})"
            case And(parts) | Or(parts):
                return f"{type(e).__name__}(({', '.join(self.expr(p) for p in parts)}))"
        raise TypeError(f"no text for {type(e).__name__}")

    def name(self, name: str, column: str) -> str:
        if name == "applicant":
            return f"applicant({_literal(column)})"
        if column:
            return f"column({_literal(name)}, {_literal(column)})"
        return f"{'fact' if name in self.process.fact else 'field'}({_literal(name)})"

    def compare(self, op: str, left: Expr, right: Expr) -> str:
        if op in ("=", "!="):
            return f"{self.inside(left)}.{'eq' if op == '=' else 'ne'}({self.operand(right)})"
        return f"{self.inside(left)} {op} {self.operand(right)}"

    def operand(self, e: Expr) -> str:
        """The right side: a bare literal is lifted by the operator."""
        return _literal(e.value) if isinstance(e, Value) else self.inside(e)

    def inside(self, e: Expr) -> str:
        """In brackets where the operator needs them."""
        text = self.expr(e)
        plain = isinstance(e, (Name, Value, Function, In, Has)) or (isinstance(e, Compare) and e.op in ("=", "!="))
        return text if plain else f"({text})"


def _literal(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return repr(value)
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= 10_000 else str(value)
    text = str(value).replace("\\", "\\\\").replace("\n", "\\n")
    return f'"{text}"' if '"' not in text else f"'{text}'" if "'" not in text else '"' + text.replace('"', '\\"') + '"'


def _flat(piece: Any) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, _Chain):
        return f" {piece.op} ".join(piece.parts)
    inner = ", ".join((f"{word}=" if word else "") + _flat(part) for word, part in piece.args)
    return f"{piece.name}({inner}{',' if not piece.name and len(piece.args) == 1 else ''})"


def _lay(piece: Any, indent: int, before: int, after: int = 0) -> str:
    """One line where it fits, else one argument a line."""
    flat = _flat(piece)
    if isinstance(piece, str) or before + len(flat) + after <= WIDTH:
        return flat
    if isinstance(piece, _Chain):
        return f"\n{' ' * indent}{piece.op} ".join(piece.parts)
    if not piece.args:
        return flat
    pad = " " * (indent + 4)
    lines = [f"{piece.name}("]
    for word, part in piece.args:
        head = f"{word}=" if word else ""
        lines.append(f"{pad}{head}{_lay(part, indent + 4, indent + 4 + len(head), 1)},")
    return "\n".join([*lines, " " * indent + ")"])
