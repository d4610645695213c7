"""The flow of a source → nodes: names for what has none, what a step fills, which outcome signs, the ladder, the machine acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.expr import Compare, Expr, In, Name, Value, used, walk
from engine.fields import Field
from engine.nodes import (
    Call,
    Dispose,
    Doubt,
    Each,
    Effect,
    Issue,
    Node,
    Notify,
    Open,
    Outcome,
    Par,
    Rung,
    Seq,
    Sign,
    Task,
    Wait,
    When,
    Within,
)
from engine.parse import condition
from engine.source_words import Words, listed, sources_of
from engine.words import NEGATIVE

Part = Mapping[str, Any]

SIGNING = frozenset({"tandatangani", "tanda-tangani", "tandatangan", "undangkan", "tugaskan", "ubah-jumlah", "terima-keadaan-kahar"})
_REASONED = re.compile(r"^(tolak|menolak|tidak-setuju|tangguhkan|bebaskan|kembalikan|tidak-menandatangani|tidak-bersedia)")
_SILENT = re.compile(r"^(tidak-ada-|lewat|tenggat-lewat|tidak-dijawab)")
_VERBS: tuple[tuple[str, str], ...] = (
    (r"^hitung-(putaran|pindah|sanggah|perpanjangan)|^hitung-", "compute"),
    (r"^(beri-nomor|ambil-nomor|buat-kode)", "number"),
    (r"-mandat$", "mandate"),
    (r"^kirim-ke-", "hand_over"),
    (r"^himpun-", "gather"),
    (r"^(sebarkan|kirim-undangan|kirim-pemberitahuan)", "deliver"),
    (r"^(tentukan-kelurahan|cek-titik$|cek-zonasi|cek-ruas|ukur-jarak)", "locate"),
    (r"^(cek-jadwal|periksa-bentrok)", "book"),
    (r"^(bukukan|kurangi|simpan-hak|kembalikan-sisa|terapkan|buka-pagu)", "post"),
    (r"^(cek|periksa|ambil-data|cari|baca|bandingkan|saring|uji-|samarkan)", "look_up"),
    (r"^(transfer|perintah-transfer|kirim-taspen|aktifkan|tautkan|blokir)", "ask_system"),
)


class Flow:
    """Builds the tree of one source. ``points`` collects what a person must still settle."""

    def __init__(self, source: Part, fields: Mapping[str, Field], points: list[str]) -> None:
        self.source, self.fields, self.points = source, fields, points
        self.facts: dict[str, Part] = {f["name"]: f for f in source.get("facts") or ()}
        self.parts = _parts(source["flow"])
        self.words = Words(self.parts)
        self.taken = {str(i[k]) for i in self.parts for k in ("task", "sign", "dispose", "wait", "call") if k in i} | {
            str(i["name"]) for i in self.parts if "name" in i
        }
        filled = {f for i in self.parts for f in listed(i.get("fills"))}
        self.rest = tuple(name for name in fields if name not in filled)
        self.first = True

    def build(self) -> Seq:
        return self.seq(self.source["flow"])

    def seq(self, parts: Any) -> Seq:
        return Seq(tuple(self.node(p) for p in (parts if isinstance(parts, list) else [parts] if parts else [])))

    def node(self, part: Part) -> Node:
        kinds: dict[str, Callable[[Part], Node]] = {
            "task": self.task, "sign": self.sign, "dispose": self.dispose, "wait": self.wait, "issue": self.issue, "notify": self.notify,
            "call": self.call, "open": self.open, "par": self.par, "when": self.when, "each": self.each,
        }  # fmt: skip
        found = [k for k in kinds if k in part]
        if len(found) != 1:
            raise ValueError(f"a flow entry carries {len(found)} node words: {dict(part)!r}"[:200])
        return kinds[found[0]](part)

    def named(self, wish: str) -> str:
        name, n = wish, 1
        while name in self.taken:
            n += 1
            name = f"{wish}-{n}"
        self.taken.add(name)
        return name

    def task(self, p: Part) -> Task:
        first, self.first = self.first, False
        return Task(
            name=p["task"], by=tuple(listed(p["by"])), ask=p["ask"], title=p.get("title", ""), fills=self.fills(p, "task", first=first),
            outcomes=tuple(self.outcome(o, str(e), first=first) for o, e in p["outcomes"].items()), within=_within(p.get("within")),
            on_late=self.ladder(p, p["task"]), excludes=tuple(listed(p.get("excludes"))), note=p.get("note", ""),
        )  # fmt: skip

    def sign(self, p: Part) -> Sign:
        self.first = False
        words = [str(o) for o in p["outcomes"]]
        plain = [w for w in words if w in SIGNING]
        outcomes = []
        for word, effect in p["outcomes"].items():
            ahead = str(effect).partition(":")[0] in ("next", "skip", "end")
            # A sign step without a plain signing verb is a decision on a form: every way ahead is signed, save a refusal to sign.
            signs = ahead and (word in plain if plain else str(effect) == "next" and not re.match(r"^(tidak-|menolak)", word))
            outcomes.append(self.outcome(word, str(effect), performs=signs))
            if ahead and not signs and str(effect) == "next":
                self.points.append(f"tanda tangan {p['sign']}: tindakan {word} dianggap tidak menandatangani; periksa")
        return Sign(
            name=p["sign"], by=tuple(listed(p["by"])), documents=tuple(listed(p["document"])), outcomes=tuple(outcomes),
            title=p.get("title", ""), fills=self.fills(p, "sign"), within=_within(p.get("within")), on_late=self.ladder(p, p["sign"]),
            excludes=tuple(listed(p.get("excludes"))), note=p.get("note", ""),
        )  # fmt: skip

    def dispose(self, p: Part) -> Dispose:
        self.first = False
        fills = self.fills(p, "dispose")
        tables = [f for f in fills if f in self.fields and any(c.type == "position" for c in self.fields[f].columns)]
        return Dispose(
            name=p["dispose"], by=tuple(listed(p["by"])), title=p.get("title", ""), fills=fills, recipients=tables[0] if tables else "",
            outcomes=tuple(self.outcome(o, str(e), performs=str(o).startswith("disposisi")) for o, e in p["outcomes"].items()),
            within=_within(p.get("within")), on_late=self.ladder(p, p["dispose"]), note=p.get("note", ""),
        )  # fmt: skip

    def wait(self, p: Part) -> Wait:
        name, at_most = p["wait"], _within(p.get("at_most"))
        words = [str(o) for o in p["outcomes"]]
        silent = next((w for w in words if _SILENT.match(w)), words[0] if len(words) == 1 else "") if at_most else ""
        self.points.append(f"tunggu {name}: tetapkan tanggal (until) atau pencatatnya: \u201c{' '.join(str(p['for']).split())}\u201d")
        return Wait(
            name=name, what=" ".join(str(p["for"]).split()), outcomes=tuple(self.outcome(o, str(e)) for o, e in p["outcomes"].items()),
            fills=self.fills(p, "wait"), at_most=at_most, silent=silent,
        )  # fmt: skip

    def issue(self, p: Part) -> Issue:
        documents = tuple(listed(p["issue"]))
        return Issue(p["name"] if "name" in p else self.named(f"terbitkan-{documents[0]}"), documents)

    def notify(self, p: Part) -> Notify:
        to = tuple(listed(p["notify"]))
        return Notify(self.named(f"beritahu-{to[0]}"), to, " ".join(str(p.get("about", "")).split()))

    def call(self, p: Part) -> Call:
        name, note = p["call"], " ".join(str(p.get("note", "")).split())
        act = next((verb for pattern, verb in _VERBS if re.search(pattern, name)), "")
        self.points.append(f"tindakan {name}: {'dianggap ' + act if act else 'pilih tindakannya'}, isi argumennya: \u201c{note}\u201d")
        doubt: Doubt = "retry"
        if re.search(r"kosong bila|dibiarkan kosong|tetap kosong", note):
            doubt = "empty"
        elif re.search(r"dianggap (tidak|melampaui|terlampaui|dalam larangan|terblokir)", note):
            doubt = "block"
        return Call(name, act, (), tuple(listed(p.get("gives"))), doubt, note=note)

    def open(self, p: Part) -> Open:
        return Open(self.named(f"buka-{p['open']}"), p["open"], p.get("note", ""))

    def par(self, p: Part) -> Par:
        return Par(tuple(self.seq(b) for b in p["par"]), p.get("need", "all"))

    def when(self, p: Part) -> When:
        test = condition(str(p["when"]))
        name = self.named(_title_of(test))
        return When(name, test, self.seq(p["then"]), self.seq(p.get("else")))

    def each(self, p: Part) -> Each:
        name = self.named("tiap-" + str(p["each"]).replace("_", "-"))
        return Each(name, p["each"], self.seq(p["do"]))

    def fills(self, p: Part, kind: str, *, first: bool = False) -> tuple[str, ...]:
        """What is declared, else the rest of the form for a first step or one that fills or corrects; and the facts ``from`` it."""
        names = listed(p.get("fills"))
        if not names and kind == "task" and (first or p["ask"] in ("fill", "correct")):
            names = list(self.rest)
        step = str(p[kind])
        own = [n for n, f in self.facts.items() if step in sources_of(f) and self.words.typed(f, step)]
        return tuple(dict.fromkeys([*(n for n in names if n not in self.facts or self.words.typed(self.facts[n], step)), *own]))

    def outcome(self, name: str, effect: str, *, first: bool = False, performs: bool = False) -> Outcome:
        word, _, target = effect.partition(":")
        needs = word == "return" or (word == "end" and target in NEGATIVE and not performs and not first)
        reason = needs or (word in ("next", "skip") and bool(_REASONED.match(name)) and not first)
        silent = name.endswith("-karena-diam")
        return Outcome(name, Effect(word, target), reason=reason, performs=performs, silent=silent)  # type: ignore[arg-type]

    def ladder(self, p: Part, name: str) -> tuple[Rung, ...]:
        text = str(p.get("on_late") or "")
        rungs: list[Rung] = []
        for piece in [x.strip() for x in text.split(",") if x.strip()]:
            rung = self.rung(piece)
            if rung is None:
                self.points.append(f"langkah {name}: \u201c{piece}\u201d pada on_late masih berupa kalimat")
            else:
                rungs.append(rung)
        # Reminders that count down ("remind 10, remind 3", "remind 2, escalate … 1") stand before the due date.
        counted = [r.after for r in rungs if r.after is not None and not r.anchor]
        if counted != sorted(counted):
            rungs = [Rung("remind", r.after, before=True) if r.do == "remind" else r for r in rungs]
        return tuple(rungs)

    def rung(self, piece: str) -> Rung | None:
        match = re.match(r"^(remind|escalate|deemed|end):?\s*([a-z-]+)?\s*(\d+)?(?:\s+(before|after)\s+(.+))?$", piece)
        if not match:
            return None
        do, word, n, side, anchor_text = match.groups()
        anchor = self.anchor(anchor_text) if anchor_text else ""
        if anchor_text and not anchor:
            return None
        after = int(n) if n else None
        before = side == "before"
        if do == "remind":
            return Rung("remind", after, anchor=anchor, before=before)
        if do == "escalate":
            return Rung("escalate", after, to=word or "", anchor=anchor, before=before)
        return Rung("deemed", after, outcome=word or "") if do == "deemed" else Rung("end", after, result=word or "")

    def anchor(self, text: str) -> str:
        """``batas_waktu`` (also a column), or "akhir periode": the end of a date range."""
        name = text.rsplit(maxsplit=1)[-1]
        columns = {c.name for f in self.fields.values() for c in f.columns}
        return name if name in self.fields or name in self.facts or name in columns else ""


def _within(value: Part | None) -> Within | None:
    return Within(value["n"], value["kind"]) if value else None


def _parts(seq: Any) -> list[Part]:
    found: list[Part] = []
    for part in seq if isinstance(seq, list) else [seq]:
        found.append(part)
        for inner in (part.get("then"), part.get("else"), part.get("do"), *(part.get("par") or [])):
            if inner:
                found += _parts(inner)
    return found


def _title_of(test: Expr) -> str:
    """A short name for a condition: ``bila-keputusan-cuti-setujui``."""
    for part in walk(test):
        if isinstance(part, Compare) and isinstance(part.left, Name) and isinstance(part.right, Value):
            word = part.right.value
            tail = "" if word is True else "-tidak" if word is False else f"-{word}" if isinstance(word, str) else ""
            return f"bila-{_slug(part.left)}{'-bukan' if part.op == '!=' else ''}{_clean(tail)}"
        if isinstance(part, In) and isinstance(part.value, Name):
            return f"bila-{_slug(part.value)}{_clean('-' + str(part.words[0]))}"
    names = used(test)
    return f"bila-{_slug(names[0])}" if names else "bila-hari-ini"


def _slug(name: Name) -> str:
    return _clean(f"{name.name}-{name.column}" if name.column and name.name != "applicant" else name.column or name.name)


def _clean(text: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", text.lower()).rstrip("-")
