"""When gathered mails go out, and what one of them says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from db.write.later import Line
from engine.calendar import Calendar

MORNING, NOON = time(7, 30), time(13, 0)
TIMES: dict[str, tuple[time, ...]] = {"ringkas": (MORNING, NOON), "pagi": (MORNING,), "siang": (NOON,)}
"""A person's wish → when his mail goes out, of the city's zone, on office days: before work, after the midday rest."""
COPY, MANDATE = "tembusan", "mandat"
SAYS_ITSELF = frozenset({"kabar", MANDATE})
"""Kinds whose text is what happened."""
AT_ONCE = frozenset({"tanda-tangan-gagal", "ditanya", "eskalasi"})
"""Kinds that do not wait for a gathering: somebody else stands still until they are read."""


def next_gathering(now: datetime, calendar: Calendar, wish: str = "ringkas") -> datetime:
    """The first of the times of this wish (``TIMES``) after ``now`` on an office day of the city."""
    local = calendar.local(now)
    for days in range(60):
        day = local.date() + timedelta(days=days)
        for at in TIMES[wish] if calendar.works(day) else ():
            moment = datetime.combine(day, at, local.tzinfo)
            if moment > local:
                return moment
    raise ValueError("sixty days without an office day: the calendar of the city is wrong")


def place(kind: str, case_no: int) -> str:
    """Where a message of this kind leads: a copy to the letter, not to its case; what comes of no case to the mandates."""
    return {COPY: "/tembusan", MANDATE: "/mandat"}.get(kind) or f"/perkara/{case_no}"


def origin(title: str, case_no: int) -> str:
    """What it comes from; "" where that is no case."""
    return f"{title}, perkara nomor {case_no}" if case_no else ""


def gathered(lines: Sequence[Line], words: dict[str, str], base_url: str) -> tuple[str, str]:
    """Subject and text of one mail; no line says what a letter is about."""
    subject = f"{len(lines)} kabar dari Alur" if len(lines) > 1 else "1 kabar dari Alur"
    parts = []
    for line in lines:
        said = line.text if line.kind in SAYS_ITSELF and line.text else words.get(line.kind, "Pemberitahuan")
        told = [f"- {said.rstrip('.')}", origin(line.title, line.case_no), f"{base_url}{place(line.kind, line.case_no)}"]
        parts.append("\n  ".join(part for part in told if part))
    body = "\n\n".join(parts)
    close = "Pesan ini tidak memuat isi surat. Waktu surel dapat diubah pada halaman Saya."
    return subject, f"Yth. {lines[0].name},\n\n{body}\n\n{close}\n"
