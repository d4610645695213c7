"""Lines of the registry: put and closed by acts. Validity and singleness are the database's to hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.write.books.standing import Cause, stand
from engine.errors import BookUnreadable, PeriodOverlaps
from engine.events import Json

_KIND = text("SELECT title, single FROM registry_kind WHERE kind = :kind")
_CLOSE = text("""
    UPDATE registry SET valid_to = greatest(CAST(:day AS date), valid_from), closed_by = :by
    WHERE kind = :kind AND key = ANY(:keys) AND (valid_to IS NULL OR valid_to > :day) AND valid_from <= :day
""")
_PUT = text("""
    INSERT INTO registry (mark, kind, single, key, attributes, valid_from, valid_to, with_case, case_id, step, round, at)
    VALUES (:mark, :kind, :single, :key, CAST(:attributes AS jsonb), :valid_from, :valid_to, :with_case, :case, :step, :round, :at)
""")
_RULE = "one_valid_line_at_a_time"


@dataclass(frozen=True, slots=True)
class Line:
    """``valid_to``: the first day on which it no longer holds; None: until it is closed. ``with_case``: closes when the case ends."""

    kind: str
    valid_from: date
    valid_to: date | None = None
    attributes: Mapping[str, Json] = field(default_factory=dict)
    with_case: bool = False


async def put(connection: AsyncConnection, cause: Cause, keys: Sequence[str], line: Line, *, replace: bool = False) -> int:
    """One line for each key; gives how many. ``replace``: what is valid under the key ends on the day the new line begins.

    Refuses: BookUnreadable for a kind the city has not declared; PeriodOverlaps for a second valid line of a single kind."""
    await stand(connection, cause)
    known = await _declared(connection, line.kind)
    wanted = sorted(set(keys))
    try:
        async with connection.begin_nested():
            if replace:
                await connection.execute(_CLOSE, {"kind": line.kind, "keys": wanted, "day": line.valid_from, "by": cause.key})
            for key in wanted:
                row = {
                    "mark": f"{cause.key}#{key}", "kind": line.kind, "single": known.single, "key": key,
                    "attributes": json.dumps(dict(line.attributes)), "valid_from": line.valid_from, "valid_to": line.valid_to,
                    "with_case": line.with_case, "case": cause.case_id, "step": cause.step, "round": cause.round, "at": cause.at,
                }  # fmt: skip
                await connection.execute(_PUT, row)
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", None) != _RULE:
            raise
        raise PeriodOverlaps(f"{known.title}: masih ada yang berlaku untuk {', '.join(wanted)}. Tutup yang lama lebih dahulu.") from error
    return len(wanted)


async def close(connection: AsyncConnection, cause: Cause, kind: str, keys: Sequence[str], day: date) -> int:
    """What is valid under these keys ends on ``day``; gives how many lines. Refuses BookUnreadable for an unknown kind."""
    await stand(connection, cause)
    await _declared(connection, kind)
    done = await connection.execute(_CLOSE, {"kind": kind, "keys": sorted(set(keys)), "day": day, "by": cause.key})
    return done.rowcount


async def _declared(connection: AsyncConnection, kind: str) -> Kind:
    row = (await connection.execute(_KIND, {"kind": kind})).one_or_none()
    if row is None:
        raise BookUnreadable(f"Registri {kind} belum ada di kota ini. Nyatakan pada city.toml bagian [registri.{kind}].")
    return Kind(row.title, row.single)


@dataclass(frozen=True, slots=True)
class Kind:
    title: str
    single: bool
