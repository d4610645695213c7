"""The canonical text of what was filled in, and its SHA-256: what a decision pins. Sorted keys, UTF-8, no spaces, no floats (RFC 8785 subset)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from engine.events import Json


def text(values: Mapping[str, Json]) -> str:
    """Refuses floats, dates and whatever else is not of the closed set with TypeError: they have no one canonical form."""
    _check(dict(values), "")
    return json.dumps(dict(values), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(values: Mapping[str, Json]) -> str:
    """Hex digest of :func:`text`."""
    return hashlib.sha256(text(values).encode()).hexdigest()


def _check(value: Json, at: str) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{at or 'values'}: key {key!r} is no text")
            _check(inner, f"{at}.{key}" if at else key)
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            _check(inner, f"{at}.{number}")
    elif not (value is None or isinstance(value, (str, bool, int))):
        raise TypeError(f"{at}: {type(value).__name__} has no canonical form")
