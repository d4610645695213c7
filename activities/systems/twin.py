"""The honest local twin of another system: it performs each key once, like a bank, and misbehaves as its script says.

Answers to one act at a time come from ``answers`` (operation → body), faults from ``script`` (one per request, then none). In process it is used
as a ``System`` itself; over the wire by ``serving``.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from activities.systems.port import Doubt, Reply, Request, read_reply
from engine.events import Json

Fault = Literal["", "slow", "late", "lost", "down", "error", "garbage", "noise", "other-key", "twice", "refuse"]
"""``slow``: answers just in time. ``late``: performs, answers after the time-out. ``lost``: performs, the line breaks. ``down``: nothing arrives.
``error``: 500, not performed. ``garbage``: performs, answers no JSON. ``noise``: performs, answers no HTTP. ``other-key``: answers for another key.
``twice``: performs once, answers twice. ``refuse``: says no."""
PERFORMS: frozenset[Fault] = frozenset({"", "slow", "late", "lost", "garbage", "noise", "other-key", "twice", "refuse"})

Answer = Mapping[str, Json] | Callable[[Request], Reply]


@dataclass
class Twin:
    """``performed``: key → reply, for ever; ``times``: how often each key had its effect (never more than once)."""

    name: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    script: deque[Fault] = field(default_factory=deque)
    asking: deque[Fault] = field(default_factory=deque)
    """Faults of the question what became of a key."""
    performed: dict[str, Reply] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)
    heard: list[str] = field(default_factory=list)
    """Keys as they came in, sent again or not."""

    def will(self, *faults: Fault, asking: Iterable[Fault] = ()) -> Twin:
        """Scripts the next requests and questions."""
        self.script.extend(faults)
        self.asking.extend(asking)
        return self

    def take(self, request: Request) -> tuple[Fault, Reply]:
        """The fault this request meets, and the reply the system holds to it."""
        fault = self.script.popleft() if self.script else ""
        self.heard.append(request.key)
        if fault not in PERFORMS:
            return fault, Reply("refused")
        if request.key not in self.performed:
            self.performed[request.key] = Reply("refused", {}, "Ditolak.") if fault == "refuse" else self._answer(request)
            self.times[request.key] += 1
        return fault, self.performed[request.key]

    def ask(self, key: str) -> tuple[Fault, Reply | None]:
        return (self.asking.popleft() if self.asking else ""), self.performed.get(key)

    def _answer(self, request: Request) -> Reply:
        answer = self.answers.get(request.operation)
        if callable(answer):
            return answer(request)
        reference = hashlib.sha256(request.key.encode()).hexdigest()[:12].upper()
        return Reply("done", {"referensi": f"KEMBARAN-{reference}", **(answer or {})})


@dataclass(frozen=True)
class InProcess:
    """The twin as a system without a wire: the same faults become the same doubts."""

    twin: Twin
    timeout: float = 10.0
    is_twin: bool = True

    @property
    def name(self) -> str:
        return self.twin.name

    async def send(self, request: Request) -> Reply:
        fault, reply = self.twin.take(request)
        return await self._meet(fault, request.key, reply)

    async def became(self, key: str) -> Reply | None:
        fault, reply = self.twin.ask(key)
        return None if reply is None and not fault else await self._meet(fault, key, reply or Reply("refused"))

    async def _meet(self, fault: Fault, key: str, reply: Reply) -> Reply:
        match fault:
            case "slow":
                await asyncio.sleep(self.timeout / 4)
            case "late":
                await asyncio.sleep(self.timeout)
                raise Doubt(self.name, "waktu-habis", f"tidak menjawab dalam {self.timeout:g} detik.")
            case "down":
                raise Doubt(self.name, "tidak-tersambung", "tidak dapat dihubungi.")
            case "lost" | "garbage" | "noise":
                raise Doubt(self.name, "jawaban-tidak-terbaca", "jawabannya tidak terbaca.")
            case "error":
                raise Doubt(self.name, "galat", "menjawab dengan galat 500.")
        said = f"{key}-lain" if fault == "other-key" else key
        return read_reply(self.name, key, {"key": said, "state": reply.state, "body": reply.body, "message": reply.message})
