"""``gather``, ``hand_over`` and ``trace``: rows of a table from, or to, other cases, each row once however often and by whomever it is asked; and what became of them.

The first two read the conditions ``case_<field>`` (value of a field of the other case) and ``row_<column>`` (value in the row); a list of values means any.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.args import word, wrong
from db.read import dossier as read
from db.read.access import SECRET
from db.write import passing
from db.write.passing import Source, Taken, Target, Wanted, id_there
from engine.errors import NotFound
from engine.evaluate import is_empty
from engine.events import Json
from engine.words import NEGATIVE
from workflows.contracts import ActInput, ActResult

STATES = {"open": ("open",), "ended": ("ended",), "any": ("open", "ended")}


async def gather(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
    """Fills a table from other cases. ``process``, ``table`` (field there), ``state`` (open, ended, any; default ended), ``result``, ``signed`` (code of
    a document that must be signed there), conditions.

    Facts, in order: the rows, each with ``_id`` (number of its case and its own, or what stands in its column ``id``: a number that stays the same
    through every level) and ``asal_perkara``; how many cases were not ready (one given up is not awaited); the units of the cases whose rows are in; those of the cases that were
    not ready. What was handed over to this case is in. A new round gives the same rows and what came since. Rows of a secret case go only into a
    secret one."""
    field = word(given, "table")
    await passing.alone(connection, given.case_id)
    own = await read.dossier(connection, given.case_id)
    wanted = Wanted(
        word(given, "process"), STATES[word(given, "state", *STATES, default="ended")], word(given, "result", default=""),
        word(given, "signed", default=""), _conditions(given, "case_"), own.secrecy in SECRET,
    )  # fmt: skip
    found = await passing.sources(connection, given.case_id, field, wanted)
    rows = [(one.case_id, row) for one in found if one.ready for row in _meeting(given, one.rows)]
    await passing.pass_on(connection, rows, field, given.case_id, given.step, given.key, now)
    taken = await passing.taken(connection, field, given.case_id, given.step)
    table = [_row(given, one) for one in taken]
    late = [one for one in found if not one.ready and one.result not in NEGATIVE]
    given_facts: list[Json] = [table, len(late), _units(one.unit for one in taken), _units(one.unit for one in late)]
    return ActResult(gives=dict(zip(given.data["gives"], given_facts, strict=False)), detail=_told(found, late, len(table)))


def _row(given: ActInput, one: Taken) -> dict[str, Json]:
    return {**one.row, "_id": id_there(one, word(given, "id", default="")), "asal_perkara": one.from_case}


def _units(codes: Iterable[str]) -> list[Json]:
    return list(dict.fromkeys(code for code in codes if code))


def _told(found: list[Source], late: list[Source], rows: int) -> dict[str, Json]:
    """For the trail: from which cases, how many rows, and who was late."""
    told: dict[str, Json] = {"perkara": [one.no for one in found if one.ready], "baris": rows}
    if late:
        told["terlambat"] = [{"perkara": one.no, "unit": one.unit} for one in late]
    return told


async def hand_over(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
    """Gives rows of this case's ``table`` to another open case: ``to`` (its id), or ``process`` with conditions that only one open case meets.

    Facts, in order: how many rows went now; the rows that could not go, because the other case has ended or has gathered already. Without a fact
    to take that answer it is refused (NotFound), as are two cases that both meet the conditions."""
    field, own = word(given, "table"), await read.dossier(connection, given.case_id)
    rows = _meeting(given, passing.rows_of(own.form, field))
    target = await _target(connection, given)
    if target is None:
        if not given.data["gives"]:
            raise NotFound("Berkas tujuan sudah tutup atau belum dibuka; tidak ada baris yang diserahkan. Buka berkasnya, lalu ulangi langkah ini.")
        return ActResult(gives=dict(zip(given.data["gives"], [0, rows], strict=False)), detail={"diserahkan": 0, "tertinggal": len(rows)})
    went = await passing.pass_on(connection, [(given.case_id, row) for row in rows], field, target.case_id, "", given.key, now)
    facts: list[Json] = [went, []]
    return ActResult(gives=dict(zip(given.data["gives"], facts, strict=False)), detail={"diserahkan": went, "perkara": target.no})


TAKE = "take_"
"""Begins the argument that says out of what a column is filled."""


async def trace(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:  # noqa: ARG001 - every verb has the same signature
    """What became of the rows of this case's ``table``, wherever they were handed or gathered to, and on from there.

    ``take_<column>``: names parted by ``|``; the first that is filled in for the row where it stands now goes into that column (a fact that an ``Each``
    gave for it counts too). A row that never left is read here; one whose values there are all empty keeps its own. ``id`` as for ``gather``.
    Facts, in order: the rows; how many of them had left this case."""
    field, own = word(given, "table"), await read.dossier(connection, given.case_id)
    taking = {name.removeprefix(TAKE): str(value).split("|") for name, value in given.data["args"].items() if name.startswith(TAKE)}
    there = await passing.whereabouts(connection, given.case_id, field, word(given, "id", default=""))
    here = {str(row.get("_id")): row for row in passing.rows_of(own.form, field)}
    table = [_followed(row, there.get(str(row.get("_id"))) or here[str(row.get("_id"))], taking) for row in own.form.get(field) or ()]
    facts: list[Json] = [table, len(there)]
    return ActResult(gives=dict(zip(given.data["gives"], facts, strict=False)), detail={"ditelusuri": len(there)})


def _followed(row: dict[str, Json], found: dict[str, Json], taking: dict[str, list[str]]) -> dict[str, Json]:
    read_there = {column: next((found[name] for name in names if not is_empty(found.get(name))), None) for column, names in taking.items()}
    return {**row, **{column: value for column, value in read_there.items() if not is_empty(value)}}


async def _target(connection: AsyncConnection, given: ActInput) -> Target | None:
    """The one open case meant that has not gathered yet; None when there is none."""
    case_id = word(given, "to", default="")
    process = word(given, "process", default="" if case_id else None)
    found = await passing.targets(connection, given.case_id, case_id, process, _conditions(given, "case_"))
    if len(found) > 1:
        numbers = ", ".join(str(one.no) for one in found)
        raise NotFound(f"Berkas tujuan lebih dari satu (perkara {numbers}). Sebut salah satu, atau akhiri yang tidak dipakai.")
    if not found:
        return None
    await passing.alone(connection, found[0].case_id)
    again = await passing.targets(connection, given.case_id, found[0].case_id, "", {})
    return again[0] if again and not again[0].gathered else None


def _conditions(given: ActInput, prefix: str) -> dict[str, Json]:
    return {name.removeprefix(prefix): value for name, value in given.data["args"].items() if name.startswith(prefix)}


def _meeting(given: ActInput, rows: tuple[dict[str, Json], ...]) -> list[dict[str, Json]]:
    """The rows that meet every ``row_`` condition. A row without ``_id`` cannot be told from another and is a fault."""
    wanted = _conditions(given, "row_")
    kept = [row for row in rows if all(row.get(name) in (value if isinstance(value, list) else [value]) for name, value in wanted.items())]
    if any(not row.get("_id") for row in kept):
        raise wrong(given, "baris tabel tidak ber-_id")
    return kept
