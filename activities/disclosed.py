"""What of a case's form travels inside its letters: everything but the text itself, identities masked as on pages (UU 27/2022)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.fields import IDENTITY, Field
from engine.process import Fact, Process
from forms import identity

Form = dict[str, Any]


def disclosed(process: Process, form: Form) -> Form:
    """The form as it is attached to a PDF. What rows gave (``@row``) is looked through like the form itself."""
    return _masked(process.declarations, {name: value for name, value in form.items() if name != "isi"})


def _masked(declared: Sequence[Field | Fact], values: Form) -> Form:
    known = {one.name: one for one in declared}
    return {
        name: _masked(declared, value) if name.startswith("@") and isinstance(value, dict) else _one(known.get(name), value)
        for name, value in values.items()
    }


def _one(declared: Field | Fact | None, value: Any) -> Any:
    if declared is None:
        return value
    if declared.type in IDENTITY and isinstance(value, str):
        return identity.masked(value)
    if declared.type == "table" and isinstance(value, list):
        return [_masked(declared.columns, row) if isinstance(row, dict) else row for row in value]
    return value
