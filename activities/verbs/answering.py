"""``answer``: this case is what others wait for; their waits take an outcome by it, each once. What does not wait is left as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.verbs.args import word, words, wrong
from db.read import dossier as read
from db.read.books import registry
from db.write import passing
from engine.errors import BookUnreadable
from workflows.contracts import ActInput, ActResult, Answer, Receipt

PATIENCE = timedelta(seconds=20)
"""How long one case may take to answer; later the act is tried again, and who answered already is passed over."""
WHICH = ("to", "parent", "process", "registry")


@dataclass(frozen=True)
class Answering:
    temporal: Client | None = None

    async def __call__(self, database: AsyncEngine, given: ActInput, now: datetime) -> ActResult:
        """Arguments: ``steps`` (names of their ``Wait``s, by commas) and the ``outcome``, which goes on or ends the case; ``reason``: what the trail there says
        of it. Which cases: ``to`` (ids), ``parent`` (yes: the one that opened this one), ``registry`` with ``key`` (the one that put the newest line under that
        key), or ``process`` with conditions ``case_<field>``. Who no longer waits, has ended, or never reached that step is no doubt.

        Facts, in order: how many took the answer by this act, however often it was tried; their units. A registry nobody declared is doubt."""
        args = given.data["args"]
        steps, outcome, reason = list(words(args.get("steps"))), word(given, "outcome"), word(given, "reason", default="")
        if not steps or not any(args.get(name) for name in WHICH):
            raise wrong(given, "isi steps, dan to, parent, registry, atau process")
        process, to = word(given, "process", default=""), await self._named(database, given, now)
        values = {name.removeprefix("case_"): value for name, value in args.items() if name.startswith("case_")}
        async with database.connect() as connection:
            waiting = await passing.waiting(connection, given.case_id, steps, to, process, values)
        for one in waiting:
            await self._answer(one.case_id, Answer(f"{given.key}/{one.case_id}", steps, outcome, given.case_id, reason))
        async with database.connect() as connection:
            units = await passing.answered(connection, given.key, to, process, values)
        facts = (len(units), list(dict.fromkeys(unit for unit in units if unit)))
        return ActResult(gives=dict(zip(given.data["gives"], facts, strict=False)), detail={"dijawab": len(units)})

    async def _named(self, database: AsyncEngine, given: ActInput, now: datetime) -> list[str]:
        args: Mapping[str, object] = given.data["args"]
        to = args.get("to")
        ids = [str(one) for one in (to if isinstance(to, list) else [to]) if one]
        async with database.connect() as connection:
            if args.get("parent"):
                opener = (await read.dossier(connection, given.case_id)).parent_case
                ids += [opener] if opener else []
            if args.get("registry"):
                try:
                    lines = await registry.lines(
                        connection, word(given, "registry"), [word(given, "key")], now.date(), "semua", but=given.case_id, limit=1
                    )
                except BookUnreadable as missing:
                    final = given.data.get("doubt", "retry") != "retry"
                    raise ApplicationError(missing.message, type=missing.code, non_retryable=final) from None
                ids += [line.case_id for line in lines if line.case_id]
        return ids

    async def _answer(self, case_id: str, answer: Answer) -> None:
        if self.temporal is None:
            raise ApplicationError("pekerja ini tidak terhubung dengan perkara lain", type="salah-antrean")
        handle = self.temporal.get_workflow_handle(f"case/{case_id}")
        try:
            await handle.execute_update("answered", answer, id=answer.request_id, result_type=Receipt, rpc_timeout=PATIENCE)
        except WorkflowUpdateFailedError as failed:
            raise ApplicationError(f"Perkara {case_id} tidak menerima jawaban: {failed.cause or failed}", type="jawaban-ditolak") from None
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
