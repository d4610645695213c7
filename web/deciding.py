"""From what was typed to a recorded act: parse, store the submission, decide, and say plainly what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ulid import ULID

from db.desk import submissions
from engine.errors import FieldsInvalid, ReasonMissing, UnknownOutcome
from engine.relevance import trim
from engine.trail import actor_to_json
from forms.on_map import VIEW
from forms.reading import Parsed, parse
from web import remarks
from web.acting import BRANCH_WORDS, Asked, Verdict, branch_verdict, ready
from web.books import PASSED_OVER, context_for
from web.context import Context
from web.long_tables import NAME, shown_ones, told
from web.policy import Viewer
from workflows.contracts import Decision, Receipt


@dataclass(frozen=True, slots=True)
class Sent:
    """One posted decision form."""

    outcome: str
    reason: str
    request_id: str
    version: int
    shown: str
    answers: Mapping[str, Sequence[str]]
    passphrase: str = field(default="", repr=False)
    """Of a signature; sealed at once, never stored, logged or sent to Temporal."""
    read: bool = False
    marks: Mapping[str, str] = field(default_factory=dict)
    """Remarks on single answers, for whoever gets the form back."""
    sheets: Mapping[str, str] = field(default_factory=dict)
    """Long tables that the page told of (web.long_tables), by the SHA-256 of their rows."""
    looking: str = ""
    """Where an open map looks (forms.on_map.VIEW)."""


def verdict_of(one: Asked, name: str) -> Verdict:
    """Refuses an outcome that this task does not offer (UnknownOutcome). On a branch an old page may offer what was possible then: the case itself
    says why it no longer is (read, closed, others not done)."""
    found = next((verdict for verdict in one.verdicts if verdict.name == name), None)
    if found is None and one.task.kind == "branch" and name in BRANCH_WORDS:
        found = branch_verdict(name)
    if found is None:
        raise UnknownOutcome
    return found


async def checked(context: Context, one: Asked, sent: Sent, viewer: Viewer) -> Parsed:
    """The form's values, with every fault. Only an outcome that goes on needs the form; a return keeps what was typed as draft.

    Long tables are those the page told of, read anew; DraftStale when they changed since."""
    sheets = await shown_ones(context, one, viewer, sent.sheets)
    async with context.pages.connect() as connection:
        known = await context_for(
            connection, one.fields, sent.answers, viewer, context.clock(), one.case.form, context.city.zone, one.state.applicant, sheets=sheets
        )
    return parse(one.fields, sent.answers, known)


async def decide(context: Context, one: Asked, sent: Sent, viewer: Viewer, envelope: str = "") -> Receipt:
    """Records the act. Refuses by FieldsInvalid (with the faults), ReasonMissing, or whatever the case refuses."""
    actor = ready(one)
    verdict = verdict_of(one, sent.outcome)
    if verdict.reason and not sent.reason.strip():
        raise ReasonMissing
    filled, values = None, {}
    if (verdict.fills or verdict.keeps) and one.fields:
        parsed = await checked(context, one, sent, viewer)
        if parsed.errors and not verdict.keeps:
            raise FieldsInvalid(dict(parsed.errors))
        wrong = {at.partition("-")[0] for at in parsed.errors}
        good = {name: value for name, value in parsed.values.items() if name not in wrong}
        async with context.desk.begin() as connection:
            filled = await submissions.put(connection, viewer.person.id, good, context.clock())
        values = trim(one.process, good)
    decision = Decision(
        sent.request_id or str(ULID()), one.task.instance, one.task.round, sent.outcome, actor_to_json(actor), sent.reason.strip(), values, filled,
        sent.version, sent.shown, envelope, dict(sent.marks),
    )  # fmt: skip
    return await context.cases.decide(one.task.case_id, decision)


def sent_from(texts: Mapping[str, list[str]]) -> Sent:
    """The page's own names apart from the form's answers."""

    def single(name: str) -> str:
        return (texts.get(name) or [""])[-1]

    version = single("version")
    answers: dict[str, Any] = {name: values for name, values in texts.items() if name not in PASSED_OVER and not name.startswith(remarks.PREFIX)}
    return Sent(
        single("outcome"), single("reason"), single("request_id"), int(version) if version.isdecimal() else 0, single("shown"), answers,
        single("frasa"), bool(texts.get("setuju")), remarks.given(texts), told(texts.get(NAME, ())), single(VIEW),
    )  # fmt: skip
