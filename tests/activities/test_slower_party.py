"""Two parties press at once and the faster one signed something else: the slower one's signature is refused, never put under what he did not see."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from temporalio.testing import ActivityEnvironment

from activities.keys import KeyRing
from activities.signing import MESSAGES, Signatures
from db.write.documents import Moved
from workflows.contracts import ActInput, ActResult

GIVEN = ActInput(
    "c", "ttd-pemohon", 1, "c/ttd-pemohon/1", "sign", {"documents": ["ba"], "party": "luar:1"},
    actor={"person": "luar:1", "position": "luar:1", "capacity": "pihak-luar"}, at="2026-11-23T02:00:00Z",
)  # fmt: skip


@dataclass
class Raced:
    """The press as it is when another party's file is stored between drawing and storing. ``says``: what each page drawn in turn says."""

    says: list[str]
    signed: list[str] = field(default_factory=list)

    async def claim(self, *_: Any) -> None:
        return None

    async def prepare(self, *_: Any) -> Any:
        return SimpleNamespace(letter=SimpleNamespace(letter_sha=self.says.pop(0), own=None), field="TandaTangan2")

    async def attest(self, prepared: Any, _signing: Any) -> bytes:
        self.signed.append(prepared.letter.letter_sha)
        return b""

    async def finish(self, *_: Any) -> Any:
        if len(self.signed) == 1:
            raise Moved
        return {"code": "ba"}


class Shown(Signatures):
    async def _as_shown(self, _given: ActInput, letter_sha: str) -> bool:
        return letter_sha == "yang dibaca"


async def _signed(raced: Raced) -> ActResult:
    database: Any = _NoDatabase()
    press: Any = raced
    told: ActResult = await ActivityEnvironment().run(Shown(press, database, KeyRing()).sign, GIVEN)
    return told


class _NoDatabase:
    """Nothing is voided or counted for this refusal, but a transaction is opened to see."""

    def begin(self) -> Any:
        return self

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, *_: object) -> None:
        return None


async def test_the_same_words_are_signed_once_more() -> None:
    raced = Raced(["yang dibaca", "yang dibaca"])
    assert (await _signed(raced)).documents == [{"code": "ba"}]
    assert raced.signed == ["yang dibaca", "yang dibaca"]


async def test_other_words_are_refused() -> None:
    raced = Raced(["yang dibaca", "yang lain"])
    told = await _signed(raced)
    assert (told.refused, told.message, told.documents) == ("changed", MESSAGES["changed"], [])
    assert raced.signed == ["yang dibaca"], "what was not read is not signed"
