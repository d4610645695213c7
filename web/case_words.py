"""The words of a case: what an open task waits for, how a case stands, how a branch or a document stands. Sentences in the request's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.read.mine import Waits
from engine.index import split
from engine.nodes import Node
from engine.process import Process
from forms.showing import word
from web.language import _, current, ngettext

MOST = 3
"""Of several open tasks, as many are named in a sentence."""


def asks() -> dict[str, str]:
    """What is waited for, as a noun: "Menunggu *paraf* Kepala Bidang …"."""
    return {
        "fill": _("isian"), "register": _("pencatatan"), "verify": _("verifikasi"), "check": _("pemeriksaan"), "initial": _("paraf"),
        "approve": _("persetujuan"), "decide": _("keputusan"), "inspect": _("pemeriksaan lapangan"), "receive": _("penerimaan"),
        "acknowledge": _("tanda terima"), "consolidate": _("gabungan laporan"), "draft": _("konsep"), "interview": _("wawancara"),
        "hear": _("permintaan keterangan"), "assess": _("penilaian"), "pay": _("pembayaran"), "record": _("pencatatan"),
        "hand-over": _("serah terima"), "report": _("laporan"), "vote": _("pemungutan suara"), "attend": _("kehadiran"), "witness": _("kesaksian"),
        "archive": _("pemberkasan"), "correct": _("perbaikan"), "dispatch": _("pengiriman"), "plan": _("rencana"),
        "return-goods": _("pengembalian barang"), "sign": _("tanda tangan"), "dispose": _("disposisi"), "branch": _("laporan disposisi"),
        "read": _("pembacaan tembusan"), "wait": _("jawaban pihak luar, dicatat"), "repair": _("perbaikan langkah sistem oleh"),
    }  # fmt: skip


def document_words() -> dict[str, str]:
    return {
        "konsep": _("Konsep"), "dicadangkan": _("Nomor dicadangkan"), "ditandatangani": _("Ditandatangani"), "disegel": _("Disegel elektronik"),
        "batal": _("Batal"), "dicabut": _("Dicabut"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Status:
    """``text`` and then, where ``at`` is set, ``when`` ("sejak", "pada") and the moment."""

    text: str
    when: str = ""
    at: datetime | None = None
    late: bool = False
    result: str = ""
    """Word of the result of a case that is over."""


def either(names: Sequence[str]) -> str:
    """``A atau B``: any of them may act."""
    return _(" atau ").join(names)


def asked_of(one: Waits) -> tuple[str, str]:
    """(what, of whom): ``paraf``, ``Kepala Bidang …``."""
    if one.status == "claimed":
        return _("selesainya tanda tangan"), either(one.seats)
    ask = one.kind if one.kind in ("branch", "wait", "repair") and one.ask != "read" else one.ask
    return asks().get(ask, one.title), either(one.seats)


def task_title(process: Process, one: Waits) -> str:
    """What the person is asked to do. A branch carries the title of the step that disposed, which was its giver's work."""
    if one.kind == "branch":
        return _("Baca tembusan") if one.ask == "read" else _("Tindak lanjuti disposisi")
    if one.kind == "repair":
        return _("Perbaiki langkah sistem: %(langkah)s") % {"langkah": step_title(process, one.instance).lower()}
    return one.title or step_title(process, one.instance)


def _named(waits: Sequence[Waits]) -> list[str]:
    """The same ask of several is said once: ``laporan disposisi A, B``."""
    found: dict[str, list[str]] = {}
    for one in waits:
        noun, seats = asked_of(one)
        found.setdefault(noun, []).append(seats)
    return [f"{noun} {', '.join(dict.fromkeys(seats))}".strip() for noun, seats in found.items()]


def status_of(status: str, result: str, ended_at: datetime | None, waits: Sequence[Waits], now: datetime) -> Status:
    """How the case stands, in one sentence."""
    if status == "ended":
        return Status(result_word(result), _("pada"), ended_at, result=result)
    # A copy is only to be read and holds nobody up: it is named when nothing else is open.
    waits = [one for one in waits if one.ask != "read"] or waits
    late = any(one.due is not None and one.due < now for one in waits)
    if not waits:
        return Status(_("Sedang dikerjakan sistem"), late=late)
    named = _named(waits)
    text = _("; ").join(named[:MOST])
    if len(named) > MOST:
        text += " " + ngettext("dan %(num)d lagi", "dan %(num)d lagi", len(named) - MOST) % {"num": len(named) - MOST}
    return Status(_("Menunggu %(apa)s") % {"apa": text}, _("sejak"), min(one.since for one in waits), late)


def result_word(result: str) -> str:
    """How a case ended (engine.words.RESULTS, said in the request's language)."""
    known = {
        "selesai": _("Selesai"), "dikabulkan": _("Dikabulkan"), "ditolak": _("Ditolak"), "dicabut": _("Dicabut"), "gugur": _("Gugur"),
        "dialihkan": _("Dialihkan"), "batal": _("Batal"), "tidak-lengkap": _("Tidak lengkap"), "diterbitkan": _("Diterbitkan"),
        "disetujui-diam": _("Disetujui karena diam"),
    }  # fmt: skip
    return known.get(result) or word(result)


def title_of(process: Process) -> str:
    return process.title.en if current.get() == "en" and process.title.en else process.title.id


def step_title(process: Process, instance: str) -> str:
    """The step as people read it, without its rows: its title, else the words of its name."""
    name = split(instance)[0]
    node: Node | None = process.tree.nodes.get(name)
    return str(getattr(node, "title", "") or getattr(node, "what", "")) or word(name)


def span(length: timedelta) -> str:
    """``3 hari 4 jam``; under an hour in minutes; empty under a minute."""
    minutes = int(length.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    parts = [
        ngettext("%(num)d hari", "%(num)d hari", days) % {"num": days} if days else "",
        ngettext("%(num)d jam", "%(num)d jam", hours) % {"num": hours} if hours else "",
        ngettext("%(num)d menit", "%(num)d menit", minutes % 60) % {"num": minutes % 60} if minutes % 60 and not days else "",
    ]
    return " ".join(part for part in parts if part)


def size(octets: int) -> str:
    """``240 kB``, ``1,4 MB``."""
    if octets < 1_000_000:
        return f"{max(octets // 1000, 1)} kB"
    return f"{octets / 1_000_000:.1f} MB".replace(".", ",")


class Words:
    """For templates: the closed lists above, read in the language of the request."""

    @property
    def documents(self) -> dict[str, str]:
        return document_words()

    def result(self, name: str) -> str:
        return result_word(name)

    def size(self, octets: int) -> str:
        return size(octets)


WORDS = Words()
