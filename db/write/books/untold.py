"""What an act wrote to the ledger although its result came too late (the case ended, the step was taken back meanwhile): the trail never took it, so it is undone.

Thus the books hold what the trails say, and nothing else (``db.read.books.recount``). Rare: an act and the decision that overtakes it must cross.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

_TOLD = """EXISTS (
    SELECT 1 FROM trail t WHERE t.case_id = {0}.case_id AND t.kind = 'act-done' AND t.step = {0}.step AND t.round = {0}.round
      AND NOT coalesce(t.body::jsonb -> 'data' -> 'detail' ? 'percobaan', false))"""
GIVEN_UP = "percobaan"
"""In the detail of an ``act-done`` that says the act could not be done (engine.acts.failed): whatever it wrote all the same was never told."""


def told_of(table: str) -> str:
    """SQL: whether the trail took the result of the act (case, step, round) that wrote this row."""
    return _TOLD.format(table)


_REVERSE = """
    INSERT INTO ledger_entry (key, account, kind, amount, case_id, step, round, undoes, note, at)
    SELECT e.key || '#batal', e.account, 'reversal', -e.amount, e.case_id, e.step, e.round, e.key, :reason, :at FROM ledger_entry e
    WHERE e.case_id = :case AND {which} AND (:all OR e.step || '/' || e.round = ANY(:marks)) AND NOT {told}
    ORDER BY e.account, e.id ON CONFLICT (key) DO NOTHING
"""
_SPENT = text(_REVERSE.format(which="e.kind = 'post' AND e.amount < 0", told=told_of("e")))
_MOVED = text(_REVERSE.format(which="(e.kind IN ('carried', 'given-back') OR (e.kind = 'post' AND e.amount > 0))", told=told_of("e")))
_RESULTS = text(f"""
    SELECT e.key, e.result -> 'detail' -> 'buku' AS moves FROM effect e
    WHERE e.state = 'done' AND e.result -> 'detail' ? 'buku' AND e.key = ANY(ARRAY(
      SELECT s.case_id || '/' || s.step || '/' || s.round FROM trail s
      WHERE s.case_id = :case AND s.kind = 'act-started' AND s.step || '/' || s.round = ANY(:marks) AND NOT {told_of("s")}))
""")  # noqa: S608 our own words
_HOLD_AGAIN = text("""
    INSERT INTO ledger_hold (key, account, amount, remaining, case_id, step, round, at)
    VALUES (:key, :account, :amount, :amount, :case, :step, :round, :at) ON CONFLICT (key) DO NOTHING
""")


async def undo(connection: AsyncConnection, values: dict[str, Any]) -> None:
    """``values``: case, reason, at, all, marks (``step/round``), as ``freeing`` has them.

    What was given back or carried on may be spent by now: then it stays, ``recount`` names it, and a person corrects it. A case must be able to end."""
    await connection.execute(_SPENT, values)
    try:
        async with connection.begin_nested():
            await connection.execute(_MOVED, values)
    except IntegrityError:
        pass
    if not values["all"]:
        await _hold_again(connection, values)


async def _hold_again(connection: AsyncConnection, values: dict[str, Any]) -> None:
    """What the overtaken act took out of a hold that itself stands is held again."""
    for row in await connection.execute(_RESULTS, {"case": values["case"], "marks": values["marks"]}):
        for number, move in enumerate(row.moves):
            part, mark = -Decimal(move.get("tahanan", "0")), str(move.get("langkah", ""))
            if part > 0 and mark not in values["marks"]:
                step, _, count = mark.rpartition("/")
                again = {"key": f"{row.key}#ulang{number}", "account": move["akun"], "amount": part, "case": values["case"], "step": step,
                         "round": int(count), "at": values["at"]}  # fmt: skip
                await connection.execute(_HOLD_AGAIN, again)
