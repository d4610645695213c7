"""``mandate``: an acting official begins, is prolonged, is ended, on the strength of an order letter signed in the same case.

Arguments: ``action`` open, extend, end or check. To open: ``kind`` (plt, plh, pj, pjs), ``post``, ``person`` (id or NIP), ``period`` (or ``from`` and
``to``; the last day counts), ``letter`` (code of the signed document of this case), and where wanted ``cause``, ``limits`` (kinds of document
the order closes besides what the law does) and ``absence`` (date range of the holder). To extend: ``period`` and ``letter``. To end: nothing.
The first fact given is the mandate's id. What is refused becomes the operator's task, and the mandate stays closed. ``check`` opens nothing and
takes what ``open`` takes but the letter; its facts, in order: the rules are met or not; in words, what is not; months already served as Plt.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.args import sheets, span, word, words, wrong
from db.office import mandates
from db.read import dossier as read
from db.read import mandates as known
from engine.errors import FieldsInvalid, NotFound
from engine.events import SYSTEM
from engine.mandates import ActingKind, Mandate
from workflows.contracts import ActInput, ActResult

_LETTER = text("SELECT id, number, status FROM document WHERE case_id = :case AND code = ANY(:codes) ORDER BY length(code) DESC LIMIT 1")


async def mandate(connection: AsyncConnection, given: ActInput, now: datetime, zone: ZoneInfo) -> ActResult:
    """One act on the mandates of this case, with its entry in the office trail; tasks follow at once, for who may act is asked by time."""
    action = word(given, "action", "open", "extend", "end", "check")
    if action == "end":
        return await _end(connection, given, now)
    away = span(given, zone, "absence")
    absence = (away[0], away[1]) if away[0] is not None and away[1] is not None else None
    if action == "check":
        return await _check(connection, given, now, zone, absence)
    letter, number = await _letter(connection, given)
    reason = f"Surat perintah {number}, perkara nomor {(await read.dossier(connection, given.case_id)).no}"
    if action == "open":
        asked = _asked(given, now, zone, number)
        return _told(given, await mandates.open_mandate(connection, SYSTEM, asked, reason, now, zone, absence, given.case_id, letter))
    newest, ends = await _newest(connection, given, now), span(given, zone, "period", "from", "to")[1]
    if ends is None:
        raise wrong(given, "isi argumen period")
    return _told(given, await mandates.extend(connection, SYSTEM, newest, ends, number, reason, now, zone, absence, given.case_id, letter))


def _asked(given: ActInput, now: datetime, zone: ZoneInfo, number: str) -> Mandate:
    starts, ends = span(given, zone, "period", "from", "to")
    if ends is None:
        raise wrong(given, "isi argumen period")
    kind = cast(ActingKind, word(given, "kind", "plt", "plh", "pj", "pjs"))
    closed = frozenset(words(given.data["args"].get("limits")))
    return Mandate("", kind, word(given, "post"), word(given, "person"), starts or now, ends, number, word(given, "cause", default=""), closed)


async def _check(connection: AsyncConnection, given: ActInput, now: datetime, zone: ZoneInfo, absence: tuple[datetime, datetime] | None) -> ActResult:
    """What cannot be read does not meet the rules."""
    asked = _asked(given, now, zone, "-")
    try:
        asked, broken = await mandates.examine(connection, asked, now, zone, absence)
        why = " ".join(one.message for one in broken)
    except FieldsInvalid as unknown:
        why = unknown.message
    months = await known.months_served(connection, asked.position, asked.starts.astimezone(zone), asked.person) if asked.kind == "plt" else 0
    facts = dict(zip(given.data["gives"], [not why, why, months], strict=False))
    return ActResult(gives=facts, detail={"terpenuhi": not why, **({"sebab": why} if why else {})})


def _told(given: ActInput, made: Mandate) -> ActResult:
    names = list(given.data["gives"])
    told = {"mandat": made.id, "jabatan": made.position, "penerima": made.person, "mulai": made.starts.isoformat(), "berakhir": made.ends.isoformat()}
    return ActResult(gives={names[0]: made.id} if names else {}, detail=told)


async def _end(connection: AsyncConnection, given: ActInput, now: datetime) -> ActResult:
    """Every mandate of this case: running ones end now, coming ones are cancelled. Nothing to end is well too: closed stays closed."""
    reason = given.data.get("note") or "Masa penunjukan berakhir, atau surat perintahnya dicabut"
    changed: list[str] = []
    for one in await known.mandates(connection, now, ("berjalan", "mendatang"), case_id=given.case_id):
        if one.mandate.id not in changed:
            changed += await mandates.end(connection, SYSTEM, one.mandate.id, now, str(reason), now)
    return ActResult(detail={"diakhiri": changed})


async def _newest(connection: AsyncConnection, given: ActInput, now: datetime) -> str:
    """The last order of this case. NotFound when the case never opened one."""
    found = await known.mandates(connection, now, ("berjalan", "mendatang", "lampau"), case_id=given.case_id, limit=1)
    if not found:
        raise NotFound("Perkara ini belum pernah membuka mandat; tidak ada yang dapat diperpanjang.")
    return found[0].mandate.id


async def _letter(connection: AsyncConnection, given: ActInput) -> tuple[str, str]:
    """Id and number of the order letter. NotFound unless it is signed: on an unsigned order nobody acts."""
    code = word(given, "letter")
    row = (await connection.execute(_LETTER, {"case": given.case_id, "codes": sheets(given, code)})).one_or_none()
    if row is None or row.status != "ditandatangani" or not row.number:
        raise NotFound(f"Surat perintah ({code}) belum ditandatangani dan bernomor dalam perkara ini; mandat tetap tertutup.")
    return row.id, row.number
