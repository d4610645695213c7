"""Whom a form means: a person by id or NIP, or whoever holds a position now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.holders import printed_name
from engine.errors import BookUnreadable

_PEOPLE = text("""
    SELECT DISTINCT ON (wanted.n) wanted.n, o.id, o.name, o.front_degrees, o.back_degrees, coalesce(o.nip, '') AS nip, o.kind, o.rank, o.grade,
      coalesce((SELECT h.seat FROM held_at(:now) h JOIN position s ON s.code = h.seat WHERE h.person = o.id
                ORDER BY h.seat <> wanted.word, h.capacity <> 'definitif', s.echelon = '', s.echelon, h.seat LIMIT 1), '') AS position
    FROM unnest(CAST(:words AS text[])) WITH ORDINALITY wanted (word, n)
    JOIN person o ON o.id = wanted.word OR o.nip = wanted.word OR o.id = (SELECT h.person FROM held_at(:now) h WHERE h.seat = wanted.word)
    ORDER BY wanted.n, o.id
""")


@dataclass(frozen=True, slots=True)
class Known:
    """``kind``: PNS, PPPK, pejabat_negara, non_asn. ``position``: the one held now, definitive and highest first; "" for none."""

    id: str
    name: str
    nip: str
    kind: str
    rank: str
    grade: str
    position: str


async def people(connection: AsyncConnection, words: Sequence[str], now: datetime) -> list[Known]:
    """One for each word, in order, in one statement. Refuses (BookUnreadable) a word that means nobody, naming it."""
    rows = {row.n: row for row in await connection.execute(_PEOPLE, {"words": list(words), "now": now})}
    missing = [word for n, word in enumerate(words, 1) if n not in rows]
    if missing:
        raise BookUnreadable(f"Pegawai {', '.join(missing)} tidak ditemukan pada data kepegawaian. Periksa NIP-nya, atau tambahkan datanya.")
    ordered = [rows[n] for n in sorted(rows)]
    return [Known(r.id, printed_name(r.front_degrees, r.name, r.back_degrees), r.nip, r.kind, r.rank, r.grade, r.position) for r in ordered]
