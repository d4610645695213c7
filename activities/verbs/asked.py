"""What a verb of the books was asked: its arguments read in the city's days, its answer as facts, and what it does on doubt.

An argument that is missing or of the wrong kind is the author's fault and said to the operator; data that is missing is doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from temporalio.exceptions import ApplicationError

from db.write.books.standing import Cause
from engine import evaluate
from engine.errors import Refusal
from engine.events import Json
from workflows.contracts import ActInput, ActResult


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of one act, already evaluated by the engine, in the case's own time. ``zone``: the city's."""

    given: ActInput
    now: datetime
    zone: ZoneInfo

    @property
    def args(self) -> dict[str, Json]:
        return dict(self.given.data.get("args") or {})

    @property
    def facts(self) -> list[str]:
        return list(self.given.data.get("gives") or [])

    @property
    def today(self) -> date:
        """The city's date at the instant of the order."""
        return self.now.astimezone(self.zone).date()

    @property
    def cause(self) -> Cause:
        return Cause(self.given.key, self.given.case_id, self.given.step, self.given.round, self.now)

    def wrong(self, name: str, mend: str) -> ApplicationError:
        """The process is at fault, not the data: no retry mends it."""
        return ApplicationError(f"langkah {self.given.step}, argumen {name}: {mend}", type="argumen-kurang", non_retryable=True)

    def word(self, name: str, default: str | None = None) -> str:
        """A text; without ``default`` it must be filled."""
        value = self.args.get(name)
        if evaluate.is_empty(value):
            if default is None:
                raise self.wrong(name, "wajib diisi")
            return default
        return str(value)

    def words(self, name: str, *, split: bool = False) -> list[str]:
        """One text or a list of them (the column of a table, a field of people); empty ones left out, each once. ``split``: at commas too."""
        value = self.args.get(name)
        listed = value if isinstance(value, list) else value.split(",") if isinstance(value, str) and split else [value]
        return list(dict.fromkeys(str(one).strip() for one in listed if not evaluate.is_empty(one)))

    def yes(self, name: str) -> bool:
        return self.args.get(name) is True

    def amount(self, name: str) -> Decimal | None:
        """A number above nought; None when the argument is empty. Nought, less, and what is no number are refused."""
        value = self.args.get(name)
        if evaluate.is_empty(value):
            return None
        found = evaluate.number(value)
        if found is None or found <= 0:
            raise self.wrong(name, f"“{value}” bukan jumlah lebih dari nol")
        return found

    def day(self, name: str, *, last: bool = False) -> date | None:
        """A date; of a date range its first day, or its last. None when the argument is empty."""
        value = self.args.get(name)
        if evaluate.is_empty(value):
            return None
        found = evaluate.ends(value)
        if found is None:
            raise self.wrong(name, f"“{value}” bukan tanggal")
        return found[1] if last else found[0]

    def midnight(self, day: date) -> datetime:
        """The instant (UTC) at which the day begins in the city."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def period(self, name: str = "period") -> tuple[datetime, datetime]:
        """A date range or a date as instants, the last day whole; or ``starts`` and ``ends`` as times (without a zone: the city's)."""
        value = self.args.get(name)
        if evaluate.is_empty(value) and "starts" in self.args:
            return self._instant("starts"), self._instant("ends")
        both = evaluate.ends(value)
        if both is None or both[1] < both[0]:
            raise self.wrong(name, f"“{value}” bukan rentang tanggal")
        return self.midnight(both[0]), self.midnight(both[1] + timedelta(days=1))

    def _instant(self, name: str) -> datetime:
        try:
            found = datetime.fromisoformat(self.word(name))
        except ValueError as error:
            raise self.wrong(name, "tulis waktu, misalnya 2026-12-01T08:00") from error
        return found if found.tzinfo else found.replace(tzinfo=self.zone)

    def verdict(self, *, good: bool) -> Json:
        """What the first fact takes: the argument ``yes`` (default true) or ``no`` (default false), so that a fact may be a word or ask the opposite."""
        return self.args.get("yes", True) if good else self.args.get("no", False)

    def give(self, values: Sequence[Json], detail: dict[str, Json] | None = None) -> ActResult:
        """Values to the facts of the node, in order; a value without a fact is dropped, a fact without a value stays empty."""
        return ActResult(gives=dict(zip(self.facts, values, strict=False)), detail=detail or {})

    def doubt(self, refused: Refusal) -> ActResult:
        """Data is missing or cannot be read. ``retry``: refused, the case waits and the operator sees why. ``empty``: the facts stay empty and a person
        checks. ``block``: the first fact takes ``no``; without a fact it is refused like ``retry``."""
        policy = self.given.data.get("doubt", "retry")
        if policy == "empty":
            return ActResult(detail={"ragu": refused.message})
        if policy == "block" and self.facts:
            return self.give([self.verdict(good=False)], {"ragu": refused.message})
        raise refused


def plain(amount: Decimal) -> Json:
    """A whole number as such, else as text: no floats in a trail."""
    return int(amount) if amount == amount.to_integral_value() else f"{amount.normalize():f}"
