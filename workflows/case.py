"""The durable shell: the one class that knows Temporal. It folds, asks what follows, records, waits. It holds no rule of its own.

Every change of a case goes through ``_commit`` under one lock: fold, advance, one ``record`` activity, and only then an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.exceptions import TimeoutError as TimedOut

with workflow.unsafe.imports_passed_through():
    from engine import acts, reschedule, timers
    from engine import state as states
    from engine import withdraw as withdrawals
    from engine.advance import advance
    from engine.answering import answered
    from engine.canonical import pinned, sha256
    from engine.decide import Act, decide
    from engine.errors import EnvelopeGone, Refusal, revive
    from engine.events import Event, Json
    from engine.fold import apply, complete
    from engine.frontier import frontier
    from engine.trail import actor_from_json, event_from_json, event_to_json, instant

from workflows.contracts import (
    ACT,
    QUEUE_IO,
    QUEUE_RENDER,
    RECKON,
    RECORD,
    SIGN,
    ActInput,
    ActResult,
    Answer,
    CaseInput,
    CaseResult,
    Decision,
    Reassignment,
    Receipt,
    ReckonInput,
    ReckonResult,
    RecordInput,
    RecordResult,
    Reminder,
    Rescheduling,
    Withdrawal,
)
from workflows.failures import failure

SEEN = 200
RECORD_RETRY = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(minutes=1))
ACT_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1), maximum_attempts=8)
RECORD_LIMIT = timedelta(seconds=10)
"""A killed worker is noticed after this long; a commit takes milliseconds, so the next try finds it done."""
ACT_LIMIT = timedelta(minutes=15)
"""A letter with a list of thousands takes minutes to draw; that a worker is gone is seen by its beat."""
BEAT = timedelta(seconds=20)
"""Silence after which an act's worker counts as dead; it beats every five seconds."""
ENVELOPE_WAIT = timedelta(seconds=20)
"""How long a signature waits for the one worker that can open its envelope."""
PRINTED = frozenset({"issue", "sign"})
"""Acts that render: they run where the press is."""


class CaseShell:
    """Base of every workflow type (workflows.types makes one per process)."""

    def begin(self, given: CaseInput) -> None:
        """Builds all state; updates may run before ``drive``."""
        if sha256(given.process) != given.sha:
            raise ApplicationError("Teks proses tidak sama dengan sidiknya.", type="proses-berubah", non_retryable=True)
        self._process = pinned(given.process, given.sha)
        self._case_id = given.case_id
        self._state = states.from_json(given.state) if given.state is not None else states.empty()
        self._sha = given.sha
        self._text = given.process
        self._seen = dict.fromkeys(given.seen, 0)
        self._lock = asyncio.Lock()
        self._performing: set[str] = set()
        self._moved = 0
        self._renew = False

    # -- the loop ---------------------------------------------------------------------------------------------------

    async def drive(self, given: CaseInput) -> CaseResult:
        """Runs the case to its end, or to a new run of itself."""
        if workflow.info().workflow_type != self._process.code:
            raise ApplicationError("Proses tidak cocok dengan jenis alur kerjanya.", type="proses-berubah", non_retryable=True)
        async with self._lock:
            await self._commit([event_from_json(given.opened)] if given.opened is not None else [])
        while not self._state.result:
            self._start_acts()
            moved = self._moved
            await self._until_moved(moved)
            async with self._lock:
                due = timers.fire(self._process, self._state, workflow.now())
                if due:
                    await self._commit(due)
            if self._wants_new_run():
                await self._new_run()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return CaseResult(self._case_id, self._state.result, self._state.seq)

    async def _until_moved(self, moved: int) -> None:
        due = timers.next_due(self._state)
        timeout = None if due is None else max(due - workflow.now(), timedelta(0))
        try:
            await workflow.wait_condition(lambda: self._moved != moved or self._wants_new_run(), timeout=timeout)
        except TimeoutError:
            return

    def _wants_new_run(self) -> bool:
        suggested = self._renew or workflow.info().is_continue_as_new_suggested()
        return suggested and not self._performing and not self._lock.locked() and not self._state.result

    async def _new_run(self) -> None:
        await workflow.wait_condition(workflow.all_handlers_finished)
        if self._wants_new_run():
            seen = tuple(list(self._seen)[-SEEN:])
            workflow.continue_as_new(CaseInput(self._case_id, self._text, self._sha, None, states.to_json(self._state), seen))

    async def _commit(self, events: list[Event]) -> None:
        """Folds the events and what follows from them, and records all in one transaction. The caller holds the lock.

        Raises the Refusal of the database; then nothing was stored and the state is as before, but for a note of the refusal."""
        before = self._state
        batch = list(events)
        state = before
        for event in events:
            state = apply(self._process, state, event)
        for event in advance(self._process, state, workflow.now()):
            state = apply(self._process, state, event)
            batch.append(event)
        if not batch:
            return
        self._state = state
        result = await self._record(batch)
        if result.refused_code:
            self._state = before
            await self._note_refusal(events[0], result)
            raise revive(result.refused_code, result.refused_message, result.refused_errors)
        for stored in result.events:
            self._state = complete(self._state, event_from_json(stored))
        self._moved += 1
        workflow.set_current_details(self._summary())

    async def _record(self, batch: list[Event]) -> RecordResult:
        stored: RecordResult = await workflow.execute_activity(
            RECORD, RecordInput(self._case_id, [event_to_json(event) for event in batch], self._sha), result_type=RecordResult,
            start_to_close_timeout=RECORD_LIMIT, retry_policy=RECORD_RETRY, summary=", ".join(event.kind for event in batch)[:200],
        )  # fmt: skip
        return stored

    async def _note_refusal(self, refused: Event, result: RecordResult) -> None:
        """Shell and database disagreed: the attempt stands in the trail, the task stays open (docs/adr/0002)."""
        data: dict[str, Json] = {"code": result.refused_code, "outcome": refused.data.get("outcome", "")}
        note = Event(self._state.seq + 1, workflow.now(), "refused", refused.step, refused.round, refused.actor, "", data)
        self._state = apply(self._process, self._state, note)
        await self._record([note])

    def _summary(self) -> str:
        steps = [f"{one.instance} ({one.round})" for one in frontier(self._process, self._state).open]
        return ("Selesai: " + self._state.result) if self._state.result else "Terbuka: " + ", ".join(steps)

    # -- machine acts -----------------------------------------------------------------------------------------------

    def _start_acts(self) -> None:
        for instance, number in acts.pending(self._process, self._state):
            order = acts.order(self._process, self._state, instance, number, workflow.now())
            run = f"{instance}/{number}/{self._state.steps[instance].tries}"
            if order is not None and run not in self._performing:
                self._performing.add(run)
                asyncio.create_task(self._perform(order, run))  # noqa: RUF006  # the workflow's loop keeps it; its end moves the case

    async def _perform(self, one: acts.Order, run: str) -> None:
        result, message = await self._act(one)
        async with self._lock:
            self._performing.discard(run)
            await self._commit(self._events_after(one, result, message))
            self._moved += 1

    async def _act(self, one: acts.Order) -> tuple[ActResult | None, str]:
        """The activity's result, or None and why it failed after all its attempts."""
        given = ActInput(self._case_id, one.step, one.round, one.key, one.act, one.data, one.envelope.partition("@")[0], one.actor,
                         instant(workflow.now()))  # fmt: skip
        queue = one.envelope.partition("@")[2] or (QUEUE_RENDER if one.act in PRINTED else QUEUE_IO)
        try:
            result = await workflow.execute_activity(
                SIGN if one.act == "sign" else ACT, given, result_type=ActResult, task_queue=queue, retry_policy=ACT_RETRY, summary=one.key,
                start_to_close_timeout=ACT_LIMIT, heartbeat_timeout=BEAT,
                schedule_to_start_timeout=ENVELOPE_WAIT if one.envelope else None,
            )  # fmt: skip
        except ActivityError as error:
            cause = error.cause
            if one.envelope and isinstance(cause, TimedOut):
                # Nobody took it in time: the one worker that could open the envelope is gone. The signer reads what mends it.
                return None, EnvelopeGone.default
            return None, str(getattr(cause, "message", None) or cause or error)
        return result, ""

    def _events_after(self, one: acts.Order, result: ActResult | None, message: str) -> list[Event]:
        """What the outcome of an act means for the case; [] when its round is no longer current."""
        here = (self._process, self._state, one.step, one.round)
        now = workflow.now()
        if result is None and one.envelope:
            # The worker that held the envelope's key is gone, and the secret with it: only the signer can go on.
            return acts.sign_refused(*here, "envelope_gone", message, now)
        if result is None:
            return acts.failed(*here, one.key, "gagal", message, ACT_RETRY.maximum_attempts, now)
        if result.refused:
            return acts.sign_refused(*here, result.refused, result.message, now)
        return acts.finished(*here, one.key, result.gives, result.documents, result.detail, now)

    # -- what people do ---------------------------------------------------------------------------------------------

    def _events_of(self, decision: Decision) -> list[Event]:
        act = Act(
            request_id=decision.request_id, task=decision.task, round=decision.round, outcome=decision.outcome,
            actor=actor_from_json(decision.actor), reason=decision.reason, values=decision.values, filled=decision.filled,
            version=decision.version, shown=decision.shown, envelope=decision.envelope, marks=decision.marks,
        )  # fmt: skip
        return decide(self._process, self._state, act, workflow.now())

    @workflow.update(name="decide")
    async def decide(self, decision: Decision) -> Receipt:
        """An act of a person. Answers after the commit; a request id seen before changes nothing and gets the same answer."""
        return await self._once(decision.request_id, lambda: self._events_of(decision))

    async def _once(self, request_id: str, events_of: Callable[[], list[Event]]) -> Receipt:
        """One request, one commit. The rules are asked under the lock: another act may have been recorded while this one waited for it."""
        async with self._lock:
            if request_id in self._seen:
                return Receipt(self._seen[request_id], bool(self._state.result))
            try:
                events = events_of()
                await self._commit(events)
            except Refusal as refused:
                raise failure(refused) from None
            return self._remember(request_id, events)

    @decide.validator
    def check_decide(self, decision: Decision) -> None:
        """Refuses before anything is written to the history."""
        # While a commit is under way the inbox may be ahead of this state: ``decide`` waits for it and checks then.
        if decision.request_id not in self._seen and not self._lock.locked():
            try:
                self._events_of(decision)
            except Refusal as refused:
                raise failure(refused) from None

    def _remember(self, request_id: str, events: list[Event]) -> Receipt:
        self._seen[request_id] = events[0].seq
        while len(self._seen) > SEEN:
            del self._seen[next(iter(self._seen))]
        return Receipt(events[0].seq, bool(self._state.result))

    @workflow.update(name="settled")
    async def settled(self) -> Receipt:
        """Answers once the opening of the case stands in the trail: the starter reads his own case."""
        await workflow.wait_condition(lambda: self._moved > 0)
        return Receipt(self._state.seq, bool(self._state.result))

    @workflow.update(name="withdraw")
    async def withdraw(self, asked: Withdrawal) -> Receipt:
        """The applicant takes the case back; a rule of engine.withdraw says until when."""
        actor = actor_from_json(asked.actor)
        return await self._once(
            asked.request_id,
            lambda: withdrawals.withdraw(self._process, self._state, actor, asked.reason, asked.request_id, workflow.now(), asked.version),
        )

    @workflow.update(name="reassign")
    async def reassign(self, asked: Reassignment) -> Receipt:
        """A superior gives one open task to other positions."""
        actor, positions = actor_from_json(asked.actor), tuple(asked.positions)
        return await self._once(
            asked.request_id,
            lambda: withdrawals.reassign(
                self._state, actor, asked.task, asked.round, positions, asked.reason, asked.request_id, workflow.now(), aside=asked.aside
            ),
        )

    @workflow.update(name="remind")
    async def remind(self, asked: Reminder) -> Receipt:
        """Somebody asks those who hold a task to act; once a day for each task."""
        actor = actor_from_json(asked.actor)
        return await self._once(
            asked.request_id, lambda: withdrawals.nudge(self._state, actor, asked.task, asked.round, asked.request_id, workflow.now())
        )

    @workflow.update(name="answered")
    async def answered(self, asked: Answer) -> Receipt:
        """Another case answers a wait of this one. Where it does not wait, or waits no more, nothing changes."""
        async with self._lock:
            if asked.request_id in self._seen:
                return Receipt(self._seen[asked.request_id], bool(self._state.result))
            given = (asked.steps, asked.outcome, asked.source, asked.reason, asked.request_id)
            events = answered(self._process, self._state, *given, workflow.now())
            if not events:
                return Receipt(0, bool(self._state.result))
            try:
                await self._commit(events)
            except Refusal as refused:
                raise failure(refused) from None
            return self._remember(asked.request_id, events)

    @workflow.update(name="reschedule")
    async def reschedule(self, asked: Rescheduling) -> Receipt:
        """The city's days off changed: what moves by it is recorded, each with the old and the new instant. A case that is over, or in which
        nothing moves, stays as it is."""
        async with self._lock:
            terms = self._terms() if asked.request_id not in self._seen else []
            if terms:
                found: ReckonResult = await workflow.execute_activity(
                    RECKON, ReckonInput(self._case_id, terms, instant(workflow.now())), result_type=ReckonResult, start_to_close_timeout=RECORD_LIMIT,
                    retry_policy=RECORD_RETRY,
                )  # fmt: skip
                cause: dict[str, Json] = {"cause": asked.cause, "order": asked.order}
                events = reschedule.moved(self._state, terms, found.answers, cause, asked.request_id, workflow.now())
                try:
                    await self._commit(events)
                except Refusal as refused:
                    raise failure(refused) from None
                if events:
                    self._remember(asked.request_id, events)
            return Receipt(self._state.seq, bool(self._state.result))

    def _terms(self) -> list[Json]:
        """A definition that cannot be asked again fails this recount, never the case: an error here would hold up every act on it."""
        try:
            return reschedule.asked(self._process, self._state)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise ApplicationError(f"Tenggat tidak dapat dihitung ulang: {error}", type="hitung-ulang-gagal", non_retryable=True) from error

    @workflow.signal(name="nudge")
    def nudge(self) -> None:
        """After a deploy: start a new run on the newest build as soon as nothing is under way."""
        self._renew = True

    @workflow.query(name="snapshot")
    def snapshot(self) -> Json:
        """The folded state, for operators and tests; pages read SQL."""
        return states.to_json(self._state)
