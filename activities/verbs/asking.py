"""``ask_system``: another system behind its port, under the key of the act, performed once whatever is sent again.

Arguments: ``system`` and ``operation``; ``outcome`` (name of the fact that becomes yes when it was done, no when the system refused); ``key``: what
makes the request one and the same over all rounds of the act (the number of a payment order), so that a step taken again asks what became of the first
request instead of making a second; without it every round is a request of its own. Every other argument is part of what is asked. Facts are filled
from the answer by their names. On doubt: ``retry`` tries again later and then waits for the operator; ``empty`` and ``block`` fail for good at once,
and the engine goes on with empty facts or with noes (engine.acts.failed).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from activities.systems.known import Systems
from activities.systems.outcomes import settle
from activities.systems.port import Doubt, Reply, Request
from activities.verbs.args import word
from engine.errors import SystemRefused
from engine.events import Json
from workflows.contracts import ActInput, ActResult

OWN = frozenset({"system", "operation", "outcome", "key"})


@dataclass(frozen=True)
class Asking:
    systems: Systems

    async def __call__(self, database: AsyncEngine, given: ActInput, now: datetime) -> ActResult:
        """Refuses SystemRefused when the system says no and no fact takes that answer."""
        system, circuit = self.systems.of(word(given, "system"))
        outcome = word(given, "outcome", default="")
        body = {name: value for name, value in given.data["args"].items() if name not in OWN}
        request = Request(key_of(given), word(given, "operation"), body)
        try:
            reply = await settle(database, system, circuit, request, given.case_id, now, self.systems.patience)
        except Doubt as doubt:
            final = given.data.get("doubt", "retry") != "retry"
            raise ApplicationError(str(doubt), type="ragu", non_retryable=final) from None
        if reply.state == "refused" and not outcome:
            raise SystemRefused(f"Sistem {system.name} menolak: {reply.message or 'tanpa alasan'}. Perbaiki isiannya, lalu ulangi langkah ini.")
        detail: dict[str, Json] = {"sistem": system.name, "hasil": reply.state}
        if reply.message:
            detail["pesan"] = reply.message
        if system.is_twin:
            detail["kembaran"] = True
        return ActResult(gives=_gives(given, reply, outcome), detail=detail)


def key_of(given: ActInput) -> str:
    """Of the act, or the case with its own ``key``: no other case can mean the same request. A ``key`` that is there but empty is refused: without its
    number an order could be given twice."""
    if "key" not in given.data["args"]:
        return given.key
    return f"{given.case_id}/{word(given, 'key')}"


def _gives(given: ActInput, reply: Reply, outcome: str) -> dict[str, Json]:
    found = {name: reply.body[name] for name in given.data["gives"] if name in reply.body}
    return {**found, outcome: reply.state == "done"} if outcome else found
