"""Whatever is held, posted, freed, given back, returned and ended in whatever order: the account, its entries and the trails agree after every step."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.connect import connect
from db.read.books import recount
from db.write.books import ledger
from db.write.books.accounts import Whose
from db.write.books.standing import Cause
from engine.errors import BalanceShort, CaseClosed
from tests.db.books.cases import NOW, ended, open_account, open_case, returned, stands, told

_runs = count(1)
AMOUNT = st.integers(1, 9)
STEP = st.tuples(
    st.sampled_from(["hold", "post", "release", "give-back", "return", "end"]), st.integers(0, 2), AMOUNT, st.booleans()
)  # fmt: skip


class Model:
    """What one account should be worth, kept by the simplest arithmetic; 12 days at first."""

    def __init__(self) -> None:
        self.free, self.held, self.posted = Decimal(12), [Decimal(0)] * 3, [Decimal(0)] * 3
        self.over = [False] * 3

    def moved(self, what: str, who: int, amount: Decimal, *, whole: bool) -> bool:
        """Whether the act is to succeed; then its effect has been taken in."""
        if what not in ("return", "end") and self.over[who]:
            return False
        if what == "hold":
            return self._hold(who, amount)
        if what == "give-back":
            return self._give_back(who, self.posted[who] if whole else amount)
        held = self.held[who]
        part = held if whole or what in ("return", "end") else amount
        if what == "post" and part > held:
            return False
        if what == "post":
            self.posted[who] += part
            self.free += held - part
            self.held[who] = Decimal(0)
        else:
            part = min(part, held)
            self.free += part
            self.held[who] -= part
        self.over[who] = self.over[who] or what == "end"
        return True

    def _hold(self, who: int, amount: Decimal) -> bool:
        if amount > self.free:
            return False
        self.free -= amount
        self.held[who] += amount
        return True

    def _give_back(self, who: int, amount: Decimal) -> bool:
        if amount > self.posted[who]:
            return False
        self.posted[who] -= amount
        self.free += amount
        return True


async def act(connection: AsyncConnection, what: str, whose: Whose, cause: Cause, amount: Decimal, *, whole: bool) -> None:
    some = None if whole else amount
    if what == "hold":
        moves = await ledger.hold(connection, cause, whose, amount)
    elif what == "post":
        moves = await ledger.post_held(connection, cause, "tahan", some)
    elif what == "release":
        moves = await ledger.release(connection, cause, "tahan", some)
    else:
        moves = await ledger.give_back(connection, cause, "bukukan", some)
    await told(connection, cause, moves)


STEPS = {"hold": "tahan", "post": "bukukan", "release": "lepas", "give-back": "kembalikan"}


async def play(engine: AsyncEngine, steps: list[tuple[str, int, int, bool]]) -> None:
    run, model = next(_runs), Model()
    name, rounds = f"acak{run}", count(1)
    async with engine.begin() as connection:
        whose = await open_account(connection, name, 12)
        held_in: dict[int, list[str]] = {0: [], 1: [], 2: []}
        for who in range(3):
            await open_case(connection, f"{name}-{who}")
        for what, who, number, whole in steps:
            case, amount, expected = f"{name}-{who}", Decimal(number), model.moved(what, who, Decimal(number), whole=whole)
            if what == "return":
                await returned(connection, case, *held_in[who])
                held_in[who] = []
            elif what == "end":
                await ended(connection, case)
            else:
                turn = next(rounds)
                cause = Cause(f"{case}/{STEPS[what]}/{turn}", case, STEPS[what], turn, NOW)
                assert await _succeeds(connection, what, whose, cause, amount, whole=whole) == expected, (what, who, number, whole)
                held_in[who] += [f"tahan/{turn}"] if what == "hold" and expected else []
            balance, held = await stands(connection, f"cuti/{name}/2026")
            assert (balance, held) == (12 - sum(model.posted), sum(model.held)), (what, who, number, whole)
        assert await recount.from_rows(connection) == []
        assert await recount.from_trails(connection) == []


async def _succeeds(connection: AsyncConnection, what: str, whose: Whose, cause: Cause, amount: Decimal, *, whole: bool) -> bool:
    try:
        async with connection.begin_nested():
            await act(connection, what, whose, cause, amount, whole=whole)
    except (BalanceShort, CaseClosed):
        return False
    return True


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
def test_the_books_agree_with_the_arithmetic_and_with_the_trails(app_url: str, steps: list[tuple[str, int, int, bool]]) -> None:
    async def run() -> None:
        engine = connect(app_url, pool=1)
        try:
            await play(engine, steps)
        finally:
            await engine.dispose()

    asyncio.run(run())
