"""A process as canonical JSON text with its SHA-256: what is pinned into a case and travels in the workflow's input."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from engine import expr, fields, nodes, positions, process, timetable
from engine.codec import decode, encode, read, register
from engine.events import Json
from engine.expr import Expr
from engine.positions import Position
from engine.process import Process

_CLASSES: dict[str, type[object]] = {
    "value": expr.Value, "name": expr.Name, "compare": expr.Compare, "in": expr.In, "has": expr.Has, "and": expr.And, "or": expr.Or,
    "not": expr.Not, "arith": expr.Arith, "function": expr.Function,
    "effect": nodes.Effect, "outcome": nodes.Outcome, "within": nodes.Within, "rung": nodes.Rung, "seq": nodes.Seq, "par": nodes.Par,
    "when": nodes.When, "each": nodes.Each, "task": nodes.Task, "sign": nodes.Sign, "dispose": nodes.Dispose, "issue": nodes.Issue,
    "notify": nodes.Notify, "argument": nodes.Argument, "call": nodes.Call, "open": nodes.Open, "wait": nodes.Wait,
    "applicant": positions.Applicant, "system": positions.System, "superior_of": positions.SuperiorOf, "head_of": positions.HeadOf,
    "secretary_of": positions.SecretaryOf, "unit_of": positions.UnitOf, "unit": positions.Unit, "desk": positions.Desk,
    "post": positions.Post, "authority": positions.Authority, "committee": positions.Committee, "field_of": positions.FieldOf,
    "outside": positions.Outside,
    "field": fields.Field, "rule": fields.Rule,
    "title": process.Title, "starts": process.Starts, "timetable": timetable.Timetable, "sla": process.Sla, "archive": process.Archive, "attachment": process.Attachment,
    "fact": process.Fact, "document": process.Document, "role": process.Role, "process": process.Process,
}  # fmt: skip

for _tag, _cls in _CLASSES.items():
    register(_tag, _cls)


def to_text(value: Process) -> str:
    """Canonical JSON: keys sorted, no spaces, only what differs from its default. Equal processes give equal text."""
    return dump(encode(value))


def from_text(text: str) -> Process:
    """The process of a text made by ``to_text``. ValueError when it is none."""
    value = read(text)
    if not isinstance(value, Process):
        raise ValueError("the text is no process")  # noqa: TRY004 - a bad text, not a bad call
    return value


def sha256(text: str) -> str:
    """Hex digest of exactly this text."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=256)
def pinned(text: str, sha: str) -> Process:
    """The process of a pinned text, parsed once per worker. ValueError when the text does not have that digest."""
    if sha256(text) != sha:
        raise ValueError("the text of the process does not have the digest it was pinned with")
    return from_text(text)


def dump(value: Json) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def expr_to_json(value: Expr) -> Json:
    return encode(value)


def expr_from_json(value: Json) -> Expr:
    found = decode(value)
    if not isinstance(found, Expr):
        raise ValueError("no expression")  # noqa: TRY004 - same
    return found


def position_to_json(value: Position) -> Json:
    return encode(value)


def position_from_json(value: Json) -> Position:
    found = decode(value)
    if not isinstance(found, Position):
        raise ValueError("no position expression")  # noqa: TRY004 - same
    return found
