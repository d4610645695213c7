"""The trail in words: one line for each event, so that a reader needs neither the directory nor the source of the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from db.read.cases import Line
from engine.events import Event, Json
from engine.fields import Field
from engine.index import split
from engine.process import Process
from engine.trail import moment
from forms.showing import Labels, show, word
from web.acting import BRANCH_WORDS, as_told, opaque
from web.case_words import result_word, span, step_title
from web.language import _

Group = Literal["putusan", "tugas", "disposisi", "naskah", "sistem", "perkara"]


def groups() -> dict[Group, str]:
    """The filter of the page."""
    return {
        "putusan": _("Keputusan orang"), "disposisi": _("Disposisi"), "naskah": _("Naskah dan tanda tangan"), "tugas": _("Tugas dan pengingat"),
        "sistem": _("Syarat dan kerja sistem"), "perkara": _("Buka, cabut, akhir"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Detail:
    """``code``: a fingerprint, set in small fixed type. ``at``: a moment, drawn as one."""

    label: str
    text: str = ""
    code: bool = False
    at: datetime | None = None


@dataclass(slots=True)
class Told:
    """One event as people read it."""

    seq: int
    at: datetime
    what: str
    group: Group
    step: str = ""
    round: int = 0
    machine: bool = True
    person: str = ""
    name: str = ""
    title: str = ""
    capacity: str = ""
    outcome: str = ""
    reason: str = ""
    details: list[Detail] = field(default_factory=list)
    waited: str = ""
    """How long the task had been open when it was decided."""
    gap: str = ""
    """How long nothing happened before this event, where that was an hour or more."""
    gap_at: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class _Of:
    process: Process
    labels: Labels
    versions: Mapping[str, int]


def codes(lines: Sequence[Line]) -> set[str]:
    """Codes of positions that the sentences name."""
    found: set[str] = set()
    for line in lines:
        data = line.event.data
        for name in ("positions", "was", "to", "turn"):
            value = data.get(name)
            found.update(str(one) for one in value) if isinstance(value, list) else None
        detail = data.get("detail") or {}
        found.update(str(one) for one in detail.get("kepada") or [] if isinstance(detail.get("kepada"), list))
        found.update(str(one) for some in (detail.get("tembusan") or {}).values() for one in some)
        found.update(str(one.get("position")) for one in data.get("branches") or [] if isinstance(one, dict))
    return found


def tell(process: Process, lines: Sequence[Line], labels: Labels, versions: Mapping[str, int] | None = None) -> list[Told]:
    """In the order of the trail. ``versions``: version by SHA-256 of a document's file."""
    of = _Of(process, labels, versions or {})
    opened: dict[tuple[str, int], datetime] = {}
    found: list[Told] = []
    branches: dict[str, str] = {}
    before: datetime | None = None
    for line in lines:
        event = line.event
        told = _told(of, line, branches)
        slot = (event.step, event.round)
        if before is not None and (event.at - before).total_seconds() >= 3600:
            told.gap = span(event.at - before)
            told.gap_at = ", ".join(dict.fromkeys(step_title(process, name) for name, _round in opened))
        if event.kind == "task-opened":
            opened[slot] = event.at
        elif event.kind in ("decided", "voided") and slot in opened:
            told.waited = span(event.at - opened.pop(slot)) if event.kind == "decided" else ""
        before = event.at
        found.append(told)
    return found


def _told(of: _Of, line: Line, branches: dict[str, str]) -> Told:
    event = line.event
    group, what = _sentence(of, event)
    actor = event.actor
    told = Told(event.seq, event.at, what, group, machine=actor.capacity == "sistem", hash=line.hash)
    if event.kind == "disposed":
        origin = event.step.partition("#")[0]
        branches |= {f"{origin}#{one['id']}": of.labels.get(one["position"], one["position"]) for one in event.data["branches"]}
    if event.step:
        told.step = _step(of, event.step, branches)
        told.round = event.round
    if not told.machine:
        told.person, told.name = actor.person, actor.name or actor.person
        told.title, told.capacity = actor.title, _capacity(event)
    told.outcome = _outcome(of, event)
    told.reason = next((str(event.data[name]) for name in ("reason", "text", "question", "answer") if event.data.get(name)), "")
    told.details = [one for make in _DETAILS for one in make(of, event)]
    return told


def _step(of: _Of, instance: str, branches: Mapping[str, str]) -> str:
    title = step_title(of.process, instance)
    rows = split(instance)[1]
    if rows:
        title += " (" + ", ".join(of.labels.get(row, row) for row in rows) + ")"
    receiver = branches.get(instance.removesuffix("!"))
    return f"{title}: {receiver}" if receiver else title


def _capacity(event: Event) -> str:
    """Beside the title, which carries Plt. and Plh. already."""
    words = {
        "plt": _("pelaksana tugas"), "plh": _("pelaksana harian"), "pj": _("penjabat"), "pjs": _("penjabat sementara"),
        "fungsi": _("menjalankan fungsi"), "pihak-luar": _("pihak luar"),
    }  # fmt: skip
    return words.get(event.actor.capacity, "")


def _outcome(of: _Of, event: Event) -> str:
    if event.kind == "ended":
        return result_word(str(event.data.get("result", "")))
    if event.kind != "decided":
        return ""
    name = str(event.data.get("outcome", ""))
    for one in getattr(of.process.tree.nodes.get(split(event.step)[0]), "outcomes", ()):
        if one.name == name:
            return str(one.text)
    return _(BRANCH_WORDS[name][0]) if name in BRANCH_WORDS else word(name)


def _sentence(of: _Of, event: Event) -> tuple[Group, str]:
    """What happened; a kind that this version does not know keeps its name and is never left out."""
    data = event.data
    if event.kind == "decided":
        if data.get("deemed"):
            return "putusan", _("Diputus karena batas waktu lewat tanpa keputusan")
        if data.get("effect") == "return":
            return "putusan", _("Mengembalikan ke: %(langkah)s") % {"langkah": step_title(of.process, str(data.get("target", "")))}
        return "putusan", _("Memutuskan")
    if event.kind == "condition":
        return "sistem", _("Syarat dihitung: %(jawab)s") % {"jawab": _("ya") if data.get("value") else _("tidak")}
    if event.kind == "act-started":
        words = {"sign": _("Penandatanganan dimulai"), "issue": _("Penerbitan naskah dimulai"), "notify": _("Pengiriman pemberitahuan dimulai")}
        return "sistem", words.get(str(data.get("act", "")), _("Kerja sistem dimulai"))
    if event.kind == "act-done" and data.get("documents"):
        return "naskah", _("Naskah terbit")
    if event.kind == "act-done" and (data.get("detail") or {}).get("kepada"):
        return "sistem", _("Pemberitahuan terkirim")
    if event.kind == "branch-reported" and data.get("kept"):
        return "disposisi", _("Menyelesaikan sendiri")
    return _sentences().get(event.kind, ("sistem", word(event.kind)))


def _sentences() -> dict[str, tuple[Group, str]]:
    return {
        "case-opened": ("perkara", _("Membuka perkara")), "rows": ("sistem", _("Langkah dibagi untuk tiap baris")),
        "task-opened": ("tugas", _("Tugas diberikan")), "voided": ("tugas", _("Tugas ditutup tanpa keputusan")),
        "act-done": ("sistem", _("Kerja sistem selesai")), "act-failed": ("sistem", _("Kerja sistem gagal")),
        "sign-refused": ("naskah", _("Tanda tangan tidak jadi")), "reminded": ("tugas", _("Pengingat dikirim")),
        "escalated": ("tugas", _("Diteruskan kepada atasan karena lewat tenggat")), "disposed": ("disposisi", _("Memberi disposisi")),
        "branch-read": ("disposisi", _("Membaca disposisi")), "branch-reported": ("disposisi", _("Melaporkan hasil disposisi")),
        "branch-asked": ("disposisi", _("Meminta penjelasan")), "branch-answered": ("disposisi", _("Memberi penjelasan")),
        "branch-refused": ("disposisi", _("Menolak disposisi")), "branch-withdrawn": ("disposisi", _("Menarik disposisi")),
        "clock-stopped": ("tugas", _("Tenggat dihentikan sementara")), "clock-started": ("tugas", _("Tenggat berjalan lagi")),
        "rescheduled": ("tugas", _("Tenggat dihitung ulang karena hari libur berubah")), "reassigned": ("tugas", _("Tugas dialihkan")), "nudged": ("tugas", _("Mengingatkan pemegang tugas")),
        "refused": ("sistem", _("Keputusan ditolak sistem; tidak ada yang berubah")), "withdrawn": ("perkara", _("Mencabut perkara")),
        "noted": ("sistem", _("Catatan")), "ended": ("perkara", _("Perkara berakhir")),
    }  # fmt: skip


def _seats(of: _Of, event: Event, name: str) -> str:
    return ", ".join(of.labels.get(one, one) for one in event.data.get(name) or [])


def _addressed(of: _Of, event: Event) -> list[Detail]:
    data = event.data
    found = []
    if event.kind in ("task-opened", "escalated", "reassigned"):
        found.append(Detail(_("Kepada"), _seats(of, event, "positions")))
    if event.kind == "reassigned" and data.get("aside"):
        found.append(Detail(_("Sebab"), _("Menyatakan benturan kepentingan dan menyingkir")))
    if event.kind == "reassigned":
        found.append(Detail(_("Semula"), _seats(of, event, "was")))
    if event.kind == "nudged":
        found.append(Detail(_("Kepada"), _seats(of, event, "to")))
    if event.kind == "task-opened" and data.get("due"):
        found.append(Detail(_("Tenggat"), at=moment(str(data["due"]))))
    if event.kind == "rescheduled":
        found += [Detail(label, at=moment(str(data[name]))) for label, name in ((_("Semula"), "was_due"), (_("Tenggat"), "due")) if data.get(name)]
    for one in data.get("branches") or [] if event.kind == "disposed" else []:
        orders = ", ".join(word(order) for order in one.get("instructions") or [])
        text = f"{of.labels.get(one['position'], one['position'])}, {word(one['role'])}: {orders}"
        found.append(Detail(_("Penerima"), f"{text}. {one['note']}" if one.get("note") else text))
    return found


def _proved(of: _Of, event: Event) -> list[Detail]:
    """Documents with their versions and fingerprints, the filled form, what was read before signing."""
    data, found = event.data, []
    for one in data.get("documents") or []:
        known = of.process.document.get(split(str(one.get("code")))[0])
        version = of.versions.get(str(one.get("base_sha") or "")) or of.versions.get(str(one.get("sha") or ""))
        parts = [known.title if known else word(str(one.get("code"))), _("nomor %(no)s") % {"no": one["number"]} if one.get("number") else ""]
        parts.append(_("versi %(n)s") % {"n": version} if version else "")
        found.append(Detail(_("Naskah"), ", ".join(part for part in parts if part)))
        found.append(Detail("SHA-256", str(one.get("sha", "")), code=True))
    if isinstance(data.get("filled"), dict):
        found.append(Detail(_("Sidik isian (SHA-256)"), str(data["filled"].get("sha", "")), code=True))
    if data.get("shown"):
        found.append(Detail(_("Sidik naskah yang dibaca (SHA-256)"), str(data["shown"]), code=True))
    return found


def _reckoned(of: _Of, event: Event) -> list[Detail]:
    """What a condition used, what an act gave, why something failed."""
    data = event.data
    found = [_fact(of, name, value) for name, value in (data.get("facts") or {}).items()] if event.kind == "condition" else []
    found += [_fact(of, name, value) for name, value in (data.get("gives") or {}).items() if not opaque(value)]
    detail = data.get("detail") or {}
    if detail.get("kepada"):
        found.append(Detail(_("Kepada"), ", ".join(of.labels.get(one, str(one)) for one in detail["kepada"])))
    copied = list(dict.fromkeys(one for some in (detail.get("tembusan") or {}).values() for one in some))
    if copied:
        found.append(Detail(_("Tembusan"), ", ".join(of.labels.get(one, str(one)) for one in copied)))
    if detail.get("nomor"):
        found.append(Detail(_("Nomor"), str(detail["nomor"])))
    for name, text in (data.get("marks") or {}).items():
        asked = of.process.fields.get(name)
        found.append(Detail(_("Catatan pada %(isian)s") % {"isian": asked.label if asked else word(name)}, str(text)))
    if data.get("for"):
        found.append(Detail(_("Diisi untuk"), _("pemohon yang tidak mempunyai akun")))
    for move in detail.get("buku") or []:
        found.append(Detail(_("Buku"), _moved(move)))
    for name, label in (("ditolak", _("Tidak dapat")), ("ragu", _("Tidak pasti, perlu diperiksa")), ("sebab", _("Sebab"))):
        if isinstance(detail.get(name), str) and detail[name]:
            found.append(Detail(label, detail[name]))
    if data.get("message"):
        found.append(Detail(_("Sebab"), str(data["message"])))
    if event.kind in ("clock-stopped", "voided") and data.get("cause"):
        found.append(Detail(_("Sebab"), word(str(data["cause"]))))
    if event.kind == "rescheduled" and data.get("cause"):
        found.append(Detail(_("Sebab"), str(data["cause"])))
    if event.kind == "noted" and data.get("text"):
        found.append(Detail(_("Isi"), str(data["text"])))
    return found


def _moved(move: Mapping[str, Json]) -> str:
    """One movement of a ledger: ``Cuti tahunan 2026: saldo -3, tahanan 0``; whose account it is, is said where it is a code people read."""
    parts = [f"{name} {move[name]}" for name in ("saldo", "tahanan") if move.get(name) not in (None, "", "0")]
    account = [part for part in str(move.get("akun", "")).split("/") if not opaque(part)]
    return f"{' '.join([word(account[0]), *account[1:]]) if account else ''}: {', '.join(parts)}"


def _fact(of: _Of, name: str, value: Json) -> Detail:
    """Of a field, a fact, or a column (``kepada.jalur``)."""
    table, _dot, column = name.partition(".")
    asked = of.process.fields.get(table) or (as_told(of.process.fact[table]) if table in of.process.fact else None)
    if table == "applicant":
        return Detail(_("%(apa)s pemohon") % {"apa": word(column)}, _plain(value))
    if asked is None:
        return Detail(word(name), _plain(value))
    part = next((one for one in asked.columns if one.name == column), None)
    if part is not None:
        return Detail(f"{asked.label}: {part.label}", ", ".join(_shown(part, one, of.labels) for one in value or []) or _("kosong"))
    return Detail(asked.label, _shown(asked, value, of.labels) or _("kosong"))


def _shown(asked: Field, value: Json, labels: Labels) -> str:
    """Conditions keep what they used in the engine's form, which may be less than the field's own."""
    try:
        return show(asked, value, labels)
    except (TypeError, ValueError, KeyError, AttributeError):
        return _plain(value)


def _plain(value: Json) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value) or _("kosong")
    return _("kosong") if value in (None, "") else str(value)


_DETAILS = (_addressed, _proved, _reckoned)
