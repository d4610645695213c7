"""The one shape of another system: send a request under a key, ask what became of a key. Adapters and twins look the same from here.

The key makes the system perform a request once; a system that cannot answer ``became`` cannot be connected. No secret is part of a request, a
reply or a doubt: all three end in tables and trails.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from engine.events import Json

Why = Literal["waktu-habis", "tidak-tersambung", "jawaban-tidak-terbaca", "galat", "diistirahatkan"]


@dataclass(frozen=True, slots=True)
class Request:
    key: str
    """Of the act: case/step/round."""
    operation: str
    body: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """The system's answer, final for its key. ``refused``: it understood and said no."""

    state: Literal["done", "refused"]
    body: dict[str, Json] = field(default_factory=dict)
    message: str = ""


class Doubt(Exception):
    """It is not known what became of the request, or whether there was an answer. ``why`` for rules, the text for people."""

    def __init__(self, system: str, why: Why, message: str) -> None:
        super().__init__(f"Sistem {system}: {message}")
        self.why = why


class System(Protocol):
    """Both raise Doubt after the adapter's own time-out, and nothing else."""

    @property
    def name(self) -> str: ...

    @property
    def is_twin(self) -> bool:
        """An honest stand-in without effect on the world; whatever it answers is marked as such."""
        ...

    async def send(self, request: Request) -> Reply: ...

    async def became(self, key: str) -> Reply | None:
        """What became of the key; None: the system never performed it."""
        ...


def read_reply(system: str, key: str, answer: Json) -> Reply:
    """The answer of the wire as a reply. Doubt unless it is an object, for this key, with a state this port knows."""
    if not isinstance(answer, dict) or answer.get("key") != key or answer.get("state") not in ("done", "refused"):
        raise Doubt(system, "jawaban-tidak-terbaca", "jawabannya tidak terbaca atau bukan untuk permintaan ini.")
    body, message = answer.get("body") or {}, answer.get("message") or ""
    if not isinstance(body, dict) or not isinstance(message, str):
        raise Doubt(system, "jawaban-tidak-terbaca", "isi jawabannya tidak terbaca.")
    return Reply(answer["state"], body, message[:500])
