"""``look_up``: reads one of the city's books, or what is known of a person or a unit. ``what`` says which; each has its own arguments."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import cast, get_args
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.verbs.asked import Asked, plain
from activities.verbs.booking import resources
from activities.verbs.holding import subject_of
from activities.verbs.knowing import person, position, unit
from activities.verbs.listing import lines, listed
from activities.verbs.telling import told
from db.read.books import ledger, registry
from db.read.books.bookings import PERSON, doings
from db.read.books.registry import Line, When
from engine import evaluate
from engine.errors import BookUnreadable
from engine.events import Json
from workflows.contracts import ActInput, ActResult

Look = Callable[[AsyncConnection, Asked], Awaitable[ActResult]]


async def look_up(connection: AsyncConnection, given: ActInput, now: datetime, zone: str) -> ActResult:
    """``what``: saldo, registri, kegiatan, pegawai, jabatan, unit (below, one function each), daftar and baris (activities.verbs.listing). What stands in no book is doubt: the node says what then."""
    asked = Asked(given, now, ZoneInfo(zone))
    look = _BOOKS.get(asked.word("what"))
    if look is None:
        raise asked.wrong("what", f"pilih salah satu dari {', '.join(_BOOKS)}")
    try:
        return await look(connection, asked)
    except BookUnreadable as missing:
        return asked.doubt(missing)


async def _balance(connection: AsyncConnection, asked: Asked) -> ActResult:
    """``what: saldo``. Arguments: ``book``; ``subject`` or ``person``; ``day`` (which accounts are usable; today); ``period`` (one account only);
    ``least`` (an amount). Facts, in order: with ``least`` whether so much is free (``yes``/``no``), then the free balance in the book's unit; without it
    the free balance. What other cases hold is not free."""
    whose = await subject_of(connection, asked)
    free = await ledger.available(connection, asked.word("book"), whose, asked.day("day") or asked.today, asked.word("period", ""))
    least = asked.amount("least")
    found: list[Json] = [plain(free)] if "least" not in asked.args else [asked.verdict(good=least is not None and free >= least), plain(free)]
    return asked.give(found, {"dibaca": {"buku": asked.word("book"), "akun": whose, "tersedia": plain(free)}})


async def _registry(connection: AsyncConnection, asked: Asked) -> ActResult:
    """``what: registri``. Arguments: ``kind``; ``key`` (text or list; empty finds nothing); ``state`` (berlaku, lewat, semua; default berlaku) on ``day``
    (today); a condition on one ``attribute``: ``equals``, ``before``, ``after`` (dates or numbers; a line without the attribute does not meet it);
    ``take`` (an attribute, or several by commas); ``total`` (an attribute that is a number). Lines of this case itself do not count.
    Facts, in order: found or not (``yes``/``no``), in words what was found; with ``take`` the attributes' values on the newest line found, else empty;
    with ``total`` the sum of that attribute over all lines found (0 for none), in words what was found."""
    state = asked.word("state", "berlaku")
    if state not in get_args(When):
        raise asked.wrong("state", f"pilih salah satu dari {', '.join(get_args(When))}")
    keys, day = asked.words("key"), asked.day("day") or asked.today
    # Read even without a key: an undeclared kind is doubt, whoever asks.
    found = await registry.lines(connection, asked.word("kind"), keys or [""], day, cast(When, state), but=asked.given.case_id)
    met = [line for line in found if _meets(asked, line)]
    detail: dict[str, Json] = {"dibaca": {"registri": asked.word("kind"), "kunci": keys, "baris": [line.id for line in met]}}
    if "take" in asked.args:
        take = asked.words("take", split=True)
        return asked.give([met[0].attributes.get(name) for name in take] if met else [], detail)
    first = _total(met, asked.word("total")) if "total" in asked.args else asked.verdict(good=bool(met))
    return asked.give([first, " ".join(_line(line) for line in met)], detail)


def _total(found: Sequence[Line], name: str) -> Json:
    return plain(sum((evaluate.number(line.attributes.get(name)) or Decimal(0) for line in found), Decimal(0)))


def _meets(asked: Asked, line: Line) -> bool:
    name = asked.word("attribute", "")
    if not name:
        return True
    value, args = line.attributes.get(name), asked.args
    if evaluate.is_empty(value):
        return False
    tests = (("equals", "="), ("before", "<"), ("after", ">"))
    return all(evaluate.compare(sign, value, args[word]) for word, sign in tests if word in args)


def _line(line: Line) -> str:
    case = f" (perkara {line.case_no})" if line.case_no else ""
    return f"{line.key}{case}."


async def _doings(connection: AsyncConnection, asked: Asked) -> ActResult:
    """``what: kegiatan``. Arguments: ``who`` (one or a list), ``kind`` (default orang), ``period`` or ``starts``/``ends``; ``purposes`` (words, by
    commas or as a list: only these); ``acting`` (posts held as Plt/Plh count too). The case's own bookings do not count.
    Facts, in order: free or not (``yes`` = free), in words what each is taken for."""
    kind = asked.word("kind", PERSON)
    starts, ends = asked.period()
    who = await resources(connection, asked, kind)
    busy = await doings(
        connection, kind, who, starts, ends, but=asked.given.case_id, purposes=asked.words("purposes", split=True), acting=asked.yes("acting")
    )  # fmt: skip
    words = await told(connection, busy, kind, asked.zone)
    return asked.give([asked.verdict(good=not busy), words], {"dibaca": {"kegiatan": who, "bertumpuk": len(busy)}})


async def _person(connection: AsyncConnection, asked: Asked) -> ActResult:
    """``what: pegawai``. Arguments: ``person`` (id, NIP or position); ``take``: words separated by commas, one for each fact, out of
    activities.verbs.knowing.PERSON. A word not known of him leaves its fact empty."""
    return _known(asked, await person(connection, asked.word("person"), asked.now, asked.today))


async def _position(connection: AsyncConnection, asked: Asked) -> ActResult:
    """``what: jabatan``. Arguments: ``position`` (code); ``take`` as for ``pegawai``, out of activities.verbs.knowing.POSITION."""
    return _known(asked, await position(connection, asked.word("position"), asked.now, asked.zone))


async def _unit(connection: AsyncConnection, asked: Asked) -> ActResult:
    """``what: unit``. Arguments: ``unit`` (code); ``take`` as for ``pegawai``, out of activities.verbs.knowing.UNIT."""
    return _known(asked, await unit(connection, asked.word("unit"), asked.now))


def _known(asked: Asked, known: dict[str, Json]) -> ActResult:
    if not asked.words("take"):
        raise asked.wrong("take", "wajib diisi")
    words = asked.words("take", split=True)
    unknown = [word for word in words if word not in known]
    if unknown:
        raise asked.wrong("take", f"{', '.join(unknown)} tidak dikenal; pilih dari {', '.join(known)}")
    found = {word: known[word] for word in words}
    gives = {fact: value for fact, value in zip(asked.facts, found.values(), strict=False) if not evaluate.is_empty(value)}
    return ActResult(gives=gives, detail={"dibaca": found})


_BOOKS: dict[str, Look] = {
    "saldo": _balance, "registri": _registry, "kegiatan": _doings, "pegawai": _person, "jabatan": _position, "unit": _unit,
    "daftar": listed, "baris": lines,
}  # fmt: skip
