"""When gathered mails go out, and what one of them says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from db.write.later import Line
from engine.calendar import Calendar

MORNING, NOON = time(7, 30), time(13, 0)
TIMES: dict[str, tuple[time, ...]] = {"ringkas": (MORNING, NOON), "pagi": (MORNING,), "siang": (NOON,)}
"""A person's wish → when his mail goes out, of the city's zone, on office days: before work, after the midday rest."""
COPY, COPIES = "tembusan", "/tembusan"
"""A notice of this kind leads to the letter, not to its case."""
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


def gathered(lines: Sequence[Line], words: dict[str, str], base_url: str) -> tuple[str, str]:
    """Subject and text of one mail; no line says what a letter is about."""
    subject = f"{len(lines)} kabar dari Alur" if len(lines) > 1 else "1 kabar dari Alur"
    parts = []
    for line in lines:
        said = line.text if line.kind == "kabar" and line.text else words.get(line.kind, "Pemberitahuan")
        where = COPIES if line.kind == COPY else f"/perkara/{line.case_no}"
        parts.append(f"- {said.rstrip('.')}\n  {line.title}, perkara nomor {line.case_no}\n  {base_url}{where}")
    body = "\n\n".join(parts)
    close = "Pesan ini tidak memuat isi surat. Waktu surel dapat diubah pada halaman Saya."
    return subject, f"Yth. {lines[0].name},\n\n{body}\n\n{close}\n"
