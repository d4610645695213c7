"""What crosses between the shell and the activities, and between the web and the shell. Flat, small, ids not documents."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.events import Json


@dataclass(frozen=True, slots=True)
class CaseInput:
    """Start of a case, or of its next run after continue-as-new."""

    case_id: str
    process: str
    """Canonical JSON text of the pinned process (engine.canonical.to_text)."""
    sha: str
    """SHA-256 (hex) of exactly that text; the shell refuses to start when it differs."""
    opened: Json = None
    """First run: the ``case-opened`` event as JSON. Later runs: None."""
    state: Json = None
    """Later runs: the folded state as JSON (engine.state.to_json)."""
    seen: tuple[str, ...] = ()
    """The last 200 request ids."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    case_id: str
    result: str
    """A word of ``engine`` results: selesai, ditolak, batal …"""
    seq: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of a person on a task, a wait or a disposition branch. Workflow update ``decide``, update id = request_id."""

    request_id: str
    task: str
    """Instance, as in engine.events.Event.step."""
    round: int
    outcome: str
    actor: Json
    """engine.events.Actor as JSON; the web has checked it against SQL, ``record`` checks again."""
    reason: str = ""
    values: dict[str, Json] = field(default_factory=dict)
    """Only the form values and facts that the engine needs (engine.relevance); the whole form is the submission row."""
    filled: Json = None
    """{"id": submission id, "sha": SHA-256 of its canonical JSON} or None when nothing was filled."""
    version: int = 0
    """Version of the case the person saw (seq of the last event that changed the document or the form); 0 = does not matter."""
    shown: str = ""
    """SHA-256 of the page image or document the person confirmed."""
    envelope: str = ""
    """Id of the sealed signing envelope; never the secret."""
    marks: dict[str, str] = field(default_factory=dict)
    """Field → what must be mended there, from whoever sends the form back."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Answer of ``decide``: the act stands in the trail."""

    seq: int
    """Of the event that records it."""
    case_ended: bool = False


@dataclass(frozen=True, slots=True)
class RecordInput:
    """Activity ``record``: append these events in one transaction, idempotent on (case_id, seq)."""

    case_id: str
    events: list[Json]
    """Events as JSON (engine.trail.event_to_json), consecutive seq. A ``task-opened`` event comes with ``by`` (position
    expressions), ``within`` and ``on_late``; the activity resolves them and stores positions, due and rungs instead."""
    sha: str = ""


@dataclass(frozen=True, slots=True)
class RecordResult:
    events: list[Json]
    """The stored form of each ``task-opened``/``escalated``/``disposed`` event of the batch (positions, due, rungs filled in)."""
    refused_code: str = ""
    """Set when the database refused the decision (separation of duties, capacity ended): nothing of the batch was stored."""
    refused_message: str = ""
    refused_errors: dict[str, str] = field(default_factory=dict)
    """Field → message, where the refusal names fields."""


@dataclass(frozen=True, slots=True)
class ActInput:
    """One machine act, keyed ``case/step/round``: the key makes every effect happen once."""

    case_id: str
    step: str
    round: int
    key: str
    act: str
    """issue, sign, notify, open, or one of the ten verbs (compute, look_up, hold, post, release, book, …)."""
    data: dict[str, Json] = field(default_factory=dict)
    """From the process value: document codes, recipients (role words), about, process to open, arguments (expressions as JSON)."""
    envelope: str = ""
    actor: Json = None
    """Who decided, for ``sign``."""
    at: str = ""
    """Instant of the order by the case's own clock: what the act writes down as its time (date of a letter, year of a register), however
    late a retry runs and whatever the worker's clock says. "" = ordered by an older shell."""


@dataclass(frozen=True, slots=True)
class ActResult:
    gives: dict[str, Json] = field(default_factory=dict)
    documents: list[Json] = field(default_factory=list)
    """[{code, document_id, sha, number, verify_code}] for issue and sign."""
    detail: dict[str, Json] = field(default_factory=dict)
    refused: str = ""
    """``sign`` only: bad_secret, not_enrolled, revoked, envelope_gone — the signer must act again, nothing was signed."""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    request_id: str
    actor: Json
    reason: str
    version: int = 0
    """Version of the case the person saw; an older one is refused, so that nobody takes back what somebody just decided. 0 = does not matter."""


@dataclass(frozen=True, slots=True)
class Reassignment:
    request_id: str
    actor: Json
    task: str
    round: int
    positions: list[str]
    reason: str
    aside: bool = False
    """The holder himself steps aside for a conflict of interest."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody asks those who hold an open task or branch to act."""

    request_id: str
    actor: Json
    task: str
    round: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Another case is what an open wait of this one waited for. Workflow update ``answered``."""

    request_id: str
    steps: list[str]
    """Names of waits; the first that is open takes it."""
    outcome: str
    source: str
    """Id of the case that answers."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rescheduling:
    """The calendar changed: every running deadline of the case is reckoned anew. Workflow update ``reschedule``."""

    request_id: str
    """Of the recount and the case: the same twice changes nothing."""
    cause: str
    """The decree, as the trail keeps it."""
    order: str
    """Id of the recount."""


@dataclass(frozen=True, slots=True)
class ReckonInput:
    """Activity ``reckon``: due dates and rungs of these terms (engine.reschedule.asked) by the city's calendar as it is now."""

    case_id: str
    terms: list[Json]
    at: str
    """Instant of the case's clock."""


@dataclass(frozen=True, slots=True)
class ReckonResult:
    answers: list[Json]
    """{due, rungs} for each, in order; for the promise of the case {due, was}."""


RECORD, ACT, SIGN, RECKON = "record", "act", "sign", "reckon"
"""Activity names. ``act`` dispatches on ActInput.act; ``sign`` also runs on the queue that holds the envelope's key."""

QUEUE_CASE, QUEUE_IO, QUEUE_RENDER = "case", "io", "render"

PREVIEW, PAGES = "preview", "pages"
"""Standalone activities on the render queue; pages start them and wait a bounded time."""


@dataclass(frozen=True, slots=True)
class PreviewInput:
    case_id: str
    code: str
    """Document of the pinned process."""
    actor: Json = None
    """Who would sign now, as he would sign (capacity!); None while it is not yet his turn."""
    expected: str = ""
    """Position expected to sign, when ``actor`` is None."""
    step: str = ""
    """Instance of the step that signs, where it is known."""
    party: str = ""
    """Party outside for whom ``actor`` signs without a certificate."""


@dataclass(frozen=True, slots=True)
class Preview:
    sha: str
    """Of the draft PDF."""
    letter_sha: str
    """Send it back as ``Decision.shown``: what is signed must be what was shown."""
    images: list[str]
    """SHA-256 of each page image (WebP)."""
    total: int


@dataclass(frozen=True, slots=True)
class PagesInput:
    sha: str


@dataclass(frozen=True, slots=True)
class Pages:
    images: list[str]
    total: int
    """Pages in the file; images stop at forty."""
