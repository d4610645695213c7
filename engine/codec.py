"""Values to JSON and back by tag: ``{"is": "task", …}`` with every field that differs from its default, so old texts stay readable.

Own and small on purpose: a type-driven converter needs hundreds of milliseconds for a process tree, this one about one.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import Any

from engine.events import Json

_TAGS: dict[str, type[Any]] = {}
_SHAPES: dict[type[Any], tuple[str, tuple[tuple[str, object], ...]]] = {}


def register(tag: str, cls: type[Any]) -> None:
    """Make a dataclass known under ``tag``. Its values may hold scalars, None, tuples and other known dataclasses."""
    if tag in _TAGS and _TAGS[tag] is not cls:
        raise ValueError(f"tag {tag!r} is taken by {_TAGS[tag].__name__}")
    _TAGS[tag] = cls
    _SHAPES[cls] = (tag, tuple((f.name, f.default) for f in fields(cls)))


def encode(value: object) -> Json:
    """Plain JSON of a value of known classes; TypeError on anything else (a float, a dict, a lambda)."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, tuple):
        return [encode(v) for v in value]
    shape = _SHAPES.get(type(value))
    if shape is None:
        raise TypeError(f"{type(value).__name__} has no JSON form in a process")
    out: dict[str, Json] = {"is": shape[0]}
    for name, default in shape[1]:
        part = getattr(value, name)
        # ``False == 0``: the type belongs to the comparison, else 0 would vanish where the default is False.
        if default is MISSING or part != default or type(part) is not type(default):
            out[name] = encode(part)
    return out


def decode(value: Json) -> Any:
    """The value of a JSON made by ``encode``. ValueError on an unknown tag, TypeError on a missing or unknown field."""
    if isinstance(value, dict):
        tag = value.get("is")
        cls = _TAGS.get(tag) if isinstance(tag, str) else None
        if cls is None:
            raise ValueError(f"unknown tag {tag!r}")
        return cls(**{name: decode(part) if isinstance(part, (dict, list)) else part for name, part in value.items() if name != "is"})
    if isinstance(value, list):
        return tuple([decode(part) if isinstance(part, (dict, list)) else part for part in value])
    return value


def read(text: str) -> Any:
    """The value of a JSON text: ``decode(json.loads(text))`` in one pass, which is what keeps a process tree near a millisecond."""
    return json.loads(text, object_hook=_hook)


def _hook(part: dict[str, Json]) -> Any:
    tag = part.pop("is", None)
    cls = _TAGS.get(tag) if isinstance(tag, str) else None
    if cls is None:
        raise ValueError(f"unknown tag {tag!r}")
    for name, value in part.items():
        if type(value) is list:
            part[name] = tuple(value)
    return cls(**part)
