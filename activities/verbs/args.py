"""Reading the arguments of an act: what is missing or unreadable is a fault of the process, named by step, and stops the retries."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from temporalio.exceptions import ApplicationError

from engine.events import Json
from engine.index import instance, split
from workflows.contracts import ActInput


def wrong(given: ActInput, what: str) -> ApplicationError:
    """The failure that tells the operator what to mend in the process."""
    return ApplicationError(f"langkah {given.step}: {what}", type="argumen-kurang", non_retryable=True)


def word(given: ActInput, name: str, *allowed: str, default: str | None = None) -> str:
    """The argument as text, one of ``allowed`` where any are named. Raises when it is empty and has no default."""
    value = given.data["args"].get(name)
    text = "" if value is None else str(value).strip()
    if not text:
        if default is None:
            raise wrong(given, f"isi argumen {name}")
        return default
    if allowed and text not in allowed:
        raise wrong(given, f"argumen {name} berisi \u201c{text}\u201d; pilih salah satu: {', '.join(allowed)}")
    return text


def sheets(given: ActInput, code: str) -> list[str]:
    """The names a document of this process may have where the act stands: that of its own row of ``Each``, of the rows around it, of the case."""
    rows = split(given.step)[1]
    return [instance(code, rows[:depth]) for depth in range(len(rows), -1, -1)]


def words(value: Json) -> tuple[str, ...]:
    """A list, or a text parted by commas, semicolons or spaces."""
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return tuple(str(value or "").replace(",", " ").replace(";", " ").split())


def rows(given: ActInput, name: str) -> list[dict[str, Json]]:
    """A table, or a list of single values as rows of one column ``penerima``; empty when there is none."""
    value = given.data["args"].get(name)
    listed = value if isinstance(value, list) else [value] if value else []
    return [dict(one) if isinstance(one, dict) else {"_id": str(one), "penerima": one} for one in listed if one]


def span(given: ActInput, zone: ZoneInfo, name: str, first: str = "", last: str = "") -> tuple[datetime | None, datetime | None]:
    """The instants of a date range ``name`` (or of two dates): from the first midnight to the one after the last day, in the city's zone."""
    args = given.data["args"]
    whole = args.get(name) or {}
    if not isinstance(whole, dict):
        raise wrong(given, f"argumen {name} harus rentang tanggal")
    try:
        return _midnight(whole.get("from") or args.get(first), zone, 0), _midnight(whole.get("to") or args.get(last), zone, 1)
    except ValueError:
        raise wrong(given, f"argumen {name or last} bukan tanggal") from None


def _midnight(value: Json, zone: ZoneInfo, later: int) -> datetime | None:
    """A date as midnight of that day (or of the next); a moment as it is."""
    if not value:
        return None
    if "T" in str(value):
        moment = datetime.fromisoformat(str(value))
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return datetime.combine(date.fromisoformat(str(value)) + timedelta(days=later), time(), zone)
