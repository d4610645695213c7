"""``answer``: this case is what others wait for; their waits take an outcome by it, each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.verbs.args import word, wrong
from db.read import dossier as read
from db.write import passing
from engine.errors import CaseClosed, TaskClosed
from workflows.contracts import ActInput, ActResult, Answer, Receipt
from workflows.failures import refusal

PATIENCE = timedelta(seconds=10)
"""How long one case may take to answer; later the act is tried again, and who answered already is passed over."""
OVER = (CaseClosed.code, TaskClosed.code)


@dataclass(frozen=True)
class Answering:
    temporal: Client | None

    async def __call__(self, database: AsyncEngine, given: ActInput, now: datetime) -> ActResult:  # noqa: ARG002 - every verb has the same signature
        """Arguments: ``step`` (a ``Wait`` of the others) and its ``outcome``; which cases: ``to`` (ids), ``parent`` (yes: the one that opened this one), or
        ``process`` with conditions ``case_<field>``. Who no longer waits, has ended, or never reached that step is left as he is.

        Facts, in order: how many took the answer by this act, however often it was tried; their units."""
        step, outcome = word(given, "step"), word(given, "outcome")
        process, to = word(given, "process", default=""), await self._named(database, given)
        if not (process or to or given.data["args"].get("parent")):
            raise wrong(given, "isi to, parent, atau process")
        values = {name.removeprefix("case_"): value for name, value in given.data["args"].items() if name.startswith("case_")}
        async with database.connect() as connection:
            waiting = await passing.waiting(connection, given.case_id, step, to, process, values)
        for one in waiting:
            await self._answer(one.case_id, Answer(f"{given.key}/{one.case_id}", step, outcome, given.case_id))
        async with database.connect() as connection:
            units = await passing.answered(connection, given.key, to, process, values)
        facts = (len(units), list(dict.fromkeys(unit for unit in units if unit)))
        return ActResult(gives=dict(zip(given.data["gives"], facts, strict=False)), detail={"dijawab": len(units)})

    async def _named(self, database: AsyncEngine, given: ActInput) -> list[str]:
        to = given.data["args"].get("to")
        ids = [str(one) for one in (to if isinstance(to, list) else [to]) if one]
        if given.data["args"].get("parent"):
            async with database.connect() as connection:
                opener = (await read.dossier(connection, given.case_id)).parent_case
            ids += [opener] if opener else []
        return ids

    async def _answer(self, case_id: str, answer: Answer) -> None:
        if self.temporal is None:
            raise ApplicationError("pekerja ini tidak terhubung dengan perkara lain", type="salah-antrean")
        handle = self.temporal.get_workflow_handle(f"case/{case_id}")
        try:
            await handle.execute_update("answered", answer, id=answer.request_id, result_type=Receipt, rpc_timeout=PATIENCE)
        except WorkflowUpdateFailedError as failed:
            refused = refusal(failed)
            if refused is None or refused.code not in OVER:
                raise ApplicationError(f"perkara {case_id}: {refused.message if refused else failed}", type="jawaban-ditolak") from None
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
