"""Which events people are told about, on which channel. The text names no subject: what is secret must not leave by a notice."""

from __future__ import annotations

from typing import Any

from engine.events import Event, Json
from engine.outsiders import is_outsider
from engine.trail import instant

Row = dict[str, Any]
BOTH = ("aplikasi", "surel")
MAIL = ("surel",)
"""A new task already shows in the inbox; it is only mailed."""


def notices_of(event: Event) -> list[Row]:
    """Outbox rows of one event; the key (event, recipient, channel) makes each happen once."""
    found = _TELL.get(event.kind)
    if found is None:
        return []
    kind, channels = found
    return [
        {
            "seq": event.seq, "recipient": recipient, "channel": channel, "kind": kind, "instance": instance, "text": _text(event),
            "queued_at": instant(event.at),
        }
        for recipient, instance in _recipients(event)
        for channel in channels
    ]  # fmt: skip


_TELL: dict[str, tuple[str, tuple[str, ...]]] = {
    "task-opened": ("tugas-baru", MAIL),
    "disposed": ("disposisi-baru", BOTH),
    "escalated": ("eskalasi", BOTH),
    "reassigned": ("dialihkan", BOTH),
    "nudged": ("diingatkan", BOTH),
    "branch-asked": ("ditanya", BOTH),
    "branch-answered": ("dijawab", BOTH),
    "branch-refused": ("disposisi-ditolak", BOTH),
    "branch-withdrawn": ("disposisi-ditarik", BOTH),
    "reminded": ("terlambat", BOTH),
    "sign-refused": ("tanda-tangan-gagal", BOTH),
}


def _recipients(event: Event) -> list[tuple[str, str]]:
    """(recipient, instance it is about). ``tugas:<instance>/<round>`` = whoever holds that task when the relay looks."""
    data = event.data
    if event.kind == "disposed":
        origin = event.step.partition("#")[0]
        return [(f"jabatan:{b['position']}", f"{origin}#{b['id']}") for b in data["branches"]]
    if event.kind in ("reminded", "branch-withdrawn", "sign-refused"):
        return [(f"tugas:{event.step}/{event.round}", event.step)]
    seats: Json = data.get("turn") or data.get("to") if event.kind != "escalated" else data.get("positions")
    if event.kind in ("task-opened", "reassigned"):
        seats = data.get("positions")
    return [(seat if is_outsider(seat) else f"jabatan:{seat}", event.step) for seat in seats or ()]


def _text(event: Event) -> str:
    return "kosong" if event.data.get("vacant") else ""
