"""``supply``: the facts a condition needs before it can be decided: dated parameters of the city, and values to begin with."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.asked import Asked
from db.read.books.parameters import Dated, parameter_on
from engine import evaluate
from engine.errors import BookUnreadable
from engine.events import Json
from workflows.contracts import ActInput, ActResult

NUMBERS = frozenset({"integer", "rupiah", "decimal", "percent", "year"})
WHOLE = frozenset({"integer", "rupiah", "year"})


async def supply(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """``facts``: name, source, key, type and initial value of each (engine.acts). A parameter takes the value in force on the day (the city's date) with
    its decree in the trail; where the city has set none, and for a fact to be looked up, the initial value.

    Refuses (BookUnreadable) a fact for which there is neither: a condition is never decided on a guess."""
    asked = Asked(given, now, ZoneInfo(zone))
    gives: dict[str, Json] = {}
    used: dict[str, Json] = {}
    for fact in given.data["facts"]:
        name, key = str(fact["name"]), str(fact["key"])
        dated = await parameter_on(connection, key, asked.today) if fact["source"] == "parameter" else None
        if dated is not None:
            gives[name] = _typed(dated, str(fact["type"]))
            used[name] = {"kunci": key, "nilai": dated.value, "sejak": dated.starts.isoformat(), "dasar": dated.decree}
        elif not evaluate.is_empty(fact.get("initial")):
            gives[name] = fact["initial"]
            used[name] = {"kunci": key, "nilai": fact["initial"], "dasar": "nilai awal pada proses"}
        else:
            raise BookUnreadable(
                f"Parameter {key} belum ditetapkan untuk {asked.today.isoformat()}. Tambahkan nilai dan dasarnya pada parameter kota, lalu ulangi."
            )
    return ActResult(gives=gives, detail={"parameter": used})


def _typed(dated: Dated, kind: str) -> Json:
    """As a field of that type holds it: yes/no, a whole number, decimal text. Refuses (BookUnreadable) what cannot be read so."""
    if kind == "boolean":
        return dated.value.strip().lower() in ("ya", "benar", "true")
    if kind not in NUMBERS:
        return dated.value
    found = evaluate.number(dated.value.strip())
    if found is None or (kind in WHOLE and found != found.to_integral_value()):
        raise BookUnreadable(f"Parameter {dated.name} bernilai “{dated.value}”, bukan bilangan. Perbaiki pada parameter kota.")
    return int(found) if kind in WHOLE else dated.value.strip()
