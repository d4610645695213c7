"""``hold``, ``post``, ``release``: an amount on the accounts of a ledger, held by the case, then booked for good or freed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs import registering
from activities.verbs.asked import Asked
from db.read.books.people import people
from db.write.books import ledger
from db.write.books.accounts import Move, Whose
from db.write.books.ledger import Carry
from engine.errors import BalanceShort, BookUnreadable
from engine.events import Json
from workflows.contracts import ActInput, ActResult


async def hold(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """Holds an amount for the case, from the oldest account usable on the day on; any end of the case and a return across this step free it.

    Arguments: ``book``; ``subject`` (unit code, budget line …) or ``person`` (id, NIP or position); ``amount`` in the book's unit (hari, rupiah …);
    ``day`` (which accounts are usable; default today); ``period`` (one account only); ``yes``/``no`` (words for the first fact).
    Facts, in order: held or not (what is free: ``look_up`` of the ``saldo`` before). Too little is an answer when the node gives a fact, else the refusal BalanceShort."""
    asked = Asked(given, now, ZoneInfo(zone))
    amount = asked.amount("amount")
    if amount is None:
        return asked.doubt(BookUnreadable(f"Jumlah yang hendak ditahan pada langkah {given.step} kosong. Lengkapi isian asalnya."))

    async def act() -> Sequence[Move]:
        return await ledger.hold(connection, asked.cause, await _whose(connection, asked), amount)

    return await _answered(asked, act)


async def post(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """Books for good. With ``registry``: a line of a registry (activities.verbs.registering). Else an amount of a ledger:

    - ``of``: what that ``hold`` of this case holds: all, or ``amount`` of it; the rest is freed unless ``keep``.
    - without ``of``: ``book``, ``subject`` or ``person``, ``amount``, ``day``, ``period`` as for ``hold``; ``add`` puts the amount on instead of taking it
      off (the account of ``period`` is opened when it is not there).
    - ``carry``: a word (``ditangguhkan``): the amount is not spent but moved to the account ``<period>-<word>`` of the same subject, usable until the end
      of next year (or before the date ``carry_until``). Days carried once are not carried again: they are only freed.

    Facts, in order: posted or not (``yes``/``no``). Refuses BalanceShort where the node gives no fact."""
    if "registry" in (given.data.get("args") or {}):
        return await registering.post(connection, given, now, zone)
    asked = Asked(given, now, ZoneInfo(zone))
    amount = asked.amount("amount")

    async def act() -> Sequence[Move]:
        carry = _carry(asked)
        if asked.word("of", ""):
            return await ledger.post_held(connection, asked.cause, asked.word("of"), amount, carry, keep=asked.yes("keep"))
        if amount is None:
            raise asked.wrong("amount", "wajib diisi bila tidak menyebut of")
        whose = await _whose(connection, asked)
        if not asked.yes("add"):
            return await ledger.post_direct(connection, asked.cause, whose, amount, carry)
        if not whose.period:
            raise asked.wrong("period", "wajib diisi untuk menambah")
        return await ledger.add(connection, asked.cause, whose, amount)

    return await _answered(asked, act)


async def release(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """Takes back what the step ``of`` of this case did.

    - alone: frees what that ``hold`` still holds (or ``amount`` of it); nothing held is no fault.
    - ``posted``: gives back what that step (the ``post``, or the ``hold`` it posted) spent: ``amount`` of it, or all as a reversal.
    - ``registry``: the lines under ``key`` end today (activities.verbs.registering).

    Facts, in order: done or not. Refuses to give back more than was spent (BalanceShort)."""
    if "registry" in (given.data.get("args") or {}):
        return await registering.close(connection, given, now, zone)
    asked = Asked(given, now, ZoneInfo(zone))
    of, amount = asked.word("of"), asked.amount("amount")

    async def act() -> Sequence[Move]:
        if asked.yes("posted"):
            return await ledger.give_back(connection, asked.cause, of, amount, "given-back" if amount is not None else "reversal")
        return await ledger.release(connection, asked.cause, of, amount)

    return await _answered(asked, act)


async def _answered(asked: Asked, act: Callable[[], Awaitable[Sequence[Move]]]) -> ActResult:
    """The movements go into the trail, so that every balance can be worked out from it."""
    try:
        moves = await act()
    except BalanceShort as short:
        if not asked.facts:
            raise
        return asked.give([asked.verdict(good=False)], {"ditolak": short.message})
    except BookUnreadable as missing:
        return asked.doubt(missing)
    told: dict[str, Json] = {"buku": [move.to_json() for move in moves]} if moves else {}
    return asked.give([asked.verdict(good=True)], told)


async def _whose(connection: AsyncConnection, asked: Asked) -> Whose:
    return Whose(asked.word("book"), await subject_of(connection, asked), asked.day("day") or asked.today, asked.word("period", ""))


async def subject_of(connection: AsyncConnection, asked: Asked) -> str:
    """``subject`` as it is, or ``person`` as his id."""
    if asked.word("subject", ""):
        return asked.word("subject")
    return (await people(connection, [asked.word("person")], asked.now))[0].id


def _carry(asked: Asked) -> Carry | None:
    word = asked.word("carry", "")
    if not word:
        return None
    return Carry(word, asked.today, asked.day("carry_until") or date(asked.today.year + 2, 1, 1))
