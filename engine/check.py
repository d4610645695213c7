"""Every fault of a process value, each line naming the process, the place and what mends it. A city's own processes pass here too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from engine import check_flow, check_names, timetable
from engine.errors import ProcessInvalid
from engine.fields import Field
from engine.nodes import SUPERIOR, Call, Dispose, Issue, Notify, Open, Rung, Sign, Step, Task, Wait
from engine.process import Process, Role
from engine.words import ACTS, ASKS, DEADLINE_KINDS, DOCUMENT_KINDS, FAMILIES, FIELD_TYPES, RESULTS

SEAL = "segel"
"""A signer that is no role: the electronic seal."""

_KEBAB = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_SNAKE = re.compile(r"^[a-z][a-z0-9_]*$")


def check(process: Process, roles: Mapping[str, Role], codes: Collection[str] | None = None) -> tuple[str, ...]:
    """All faults; () when there is none. ``codes``: the processes an ``Open`` may name, not checked when None."""
    faults = [
        *_head(process), *_unique(process), *_shown(process), *_timetable(process), *_form(process.form), *_asked(process), *_facts(process), *_documents(process), *_roles(process, roles), *_nodes(process, codes),
        *check_flow.faults(process), *check_names.faults(process),
    ]  # fmt: skip
    return tuple(f"{process.code}: {fault}" for fault in dict.fromkeys(faults))


def settled(process: Process) -> tuple[str, ...]:
    """What a draft may leave open and a process in service may not: acts without a verb."""
    calls = [n for n in process.tree.nodes.values() if isinstance(n, Call) and not n.act]
    return tuple(f"{process.code}: tindakan {c.name} belum memilih salah satu tindakan mesin; pilih dari {', '.join(ACTS)}" for c in calls)


def demand(process: Process, roles: Mapping[str, Role], codes: Collection[str] | None = None) -> None:
    """Raises ProcessInvalid with every fault, if there is one."""
    faults = check(process, roles, codes)
    if faults:
        raise ProcessInvalid(faults)


def _head(process: Process) -> Iterator[str]:
    if not _KEBAB.match(process.code):
        yield "kode bukan kata-dengan-tanda-hubung; tulis huruf kecil dan tanda hubung"
    if process.family not in FAMILIES:
        yield f"rumpun {process.family} tidak dikenal; pilih salah satu dari {', '.join(FAMILIES)}"
    if not process.flow.nodes:
        yield "alurnya kosong; tulis paling sedikit satu langkah"
    if process.sla.kind not in DEADLINE_KINDS or (process.sla.n is not None and process.sla.n < 0):
        yield "sla memerlukan bilangan dan jenis hari (working, calendar, hours)"
    for kind, names in (
        ("isian", [f.name for f in process.form] + [f.name for f in process.facts]),
        ("naskah", [d.code for d in process.documents]),
        ("lampiran", [a.name for a in process.attachments]),
        ("langkah", process.tree.duplicates),
    ):
        seen = names if kind == "langkah" else sorted({n for n in names if names.count(n) > 1})
        for name in seen:
            yield f"{kind} {name} disebut dua kali; beri nama lain"


def _timetable(process: Process) -> Iterator[str]:
    if process.starts.opens is None:
        return
    yield from timetable.faults(process.starts.opens)
    if process.starts.by != "sistem":
        yield f"jadwal: perkara dibuka kalender, tetapi starts menyebut {process.starts.by}; tulis sistem"
    for one in process.starts.values:
        if one.name not in process.fields:
            yield f"jadwal mengisi {one.name}, yang bukan isian formulir; sebut isian yang ada"
    only = process.tree.nodes.get(process.starts.only)
    if process.starts.only and not (isinstance(only, Call) and only.act == "look_up" and only.gives):
        yield f"jadwal bergantung pada {process.starts.only}, yang bukan tindakan look_up yang memberi fakta; sebut tindakannya"


def _unique(process: Process) -> Iterator[str]:
    for name in process.unique:
        if name not in process.fields:
            yield f"unique menyebut {name}, yang bukan isian formulir; sebut isian yang ada"


def _shown(process: Process) -> Iterator[str]:
    for node in process.tree.nodes.values():
        for name in getattr(node, "shows", ()):
            if process.declared(name) is None and name not in process.document:
                yield f"langkah {node.name} memperlihatkan {name}, yang bukan isian, fakta, atau naskah; sebut yang ada"  # type: ignore[attr-defined]


def _form(form: tuple[Field, ...], inside: str = "") -> Iterator[str]:
    for f in form:
        if not _SNAKE.match(f.name):
            yield f"isian {inside}{f.name} bukan nama_dengan_garis_bawah"
        if f.type not in FIELD_TYPES:
            yield f"isian {inside}{f.name}: jenis {f.type} tidak dikenal"
        if inside and f.computed is not None:
            yield f"isian {inside}{f.name}: nilai kolom tidak dihitung; minta diisi, atau ambil lewat tindakan mesin per baris"
        if not f.label:
            yield f"isian {inside}{f.name} tidak berlabel; tulis labelnya"
        if f.type in ("choice", "multichoice") and not f.choices:
            yield f"isian {inside}{f.name} tidak punya pilihan; tulis pilihannya"
        if f.type == "table" and not f.columns:
            yield f"tabel {inside}{f.name} tidak punya kolom; tulis kolomnya"
        yield from _form(f.columns, f"{inside}{f.name}.")


def _filled(process: Process) -> set[str]:
    """Fields and facts that some step asks for or some act gives, and what the calendar begins a case with."""
    steps = {f.partition(".")[0] for n in process.tree.nodes.values() for f in (*getattr(n, "fills", ()), *getattr(n, "gives", ()))}
    return steps | {one.name for one in process.starts.values} | {n.recipients for n in process.tree.nodes.values() if isinstance(n, Dispose)}


def _asked(process: Process) -> Iterator[str]:
    if process.starts.by == "sistem" and not process.starts.values:
        return  # a draft: with what the machine begins its case is still to be written
    filled = _filled(process)
    for f in process.form:
        if f.computed is None and f.name not in filled:
            yield f"isian {f.name} tidak pernah ditanyakan; sebut pada fills suatu langkah, atau hapus isiannya"


def _facts(process: Process) -> Iterator[str]:
    tree, filled = process.tree, _filled(process)
    for fact in process.facts:
        if fact.type not in FIELD_TYPES:
            yield f"fakta {fact.name}: jenis {fact.type} tidak dikenal"
        if fact.type == "choice" and not fact.choices:
            yield f"fakta {fact.name} tidak punya pilihan; tulis pilihannya"
        if fact.source == "computed" and fact.value is None:
            yield f"fakta {fact.name} dihitung tetapi tidak punya rumus; tulis value"
        if fact.source in ("step", "act") and fact.name not in filled and not fact.takes:
            yield f"fakta {fact.name} tidak pernah diisi; sebut pada fills atau gives suatu langkah, atau ubah sumbernya"
        for step in fact.takes:
            words = {o.name for o in getattr(tree.nodes.get(step), "outcomes", ())}
            if not words & set(fact.choices):
                yield f"fakta {fact.name} mengambil kata dari langkah {step}, yang tidak punya tindakan di antara pilihannya"


def _documents(process: Process) -> Iterator[str]:
    made = {d for n in process.tree.nodes.values() if isinstance(n, (Sign, Issue)) for d in n.documents}
    for document in process.documents:
        if document.kind not in DOCUMENT_KINDS:
            yield f"naskah {document.code}: jenis {document.kind} tidak dikenal"
        if document.code not in made:
            yield f"naskah {document.code} tidak pernah ditandatangani atau diterbitkan; tambahkan langkahnya atau hapus naskahnya"
    for node in process.tree.nodes.values():
        if not isinstance(node, (Sign, Issue, Notify)):
            continue
        for code in node.letters if isinstance(node, Notify) else node.documents:
            if code not in process.document:
                yield f"langkah {node.name}: naskah {code} tidak dinyatakan; tambahkan pada documents"


def _roles(process: Process, roles: Mapping[str, Role]) -> Iterator[str]:
    named = [*(("starts", word) for word in process.starts.openers), ("owner", process.owner)]
    for name, node in process.tree.nodes.items():
        if isinstance(node, (Task, Sign, Dispose)):
            named += [(name, r) for r in node.by]
        elif isinstance(node, Notify):
            named += [(name, r) for r in node.to]
        elif isinstance(node, Wait):
            named += [(name, r) for r in node.recorded_by]
        named += [(name, r.to) for r in getattr(node, "on_late", ()) if r.do == "escalate" and r.to != SUPERIOR]
    named += [(f"naskah {d.code}", r) for d in process.documents for r in (*d.signer, d.house) if r and r != SEAL]
    for document in process.documents:
        for word in document.copies_to:
            if word not in roles and process.declared(word) is None:
                yield f"naskah {document.code}: tembusan kepada {word} tidak dikenal; pakai peran pada tabel peran"
    for place, role in named:
        if role not in roles:
            yield f"{place}: peran {role or '(kosong)'} tidak dikenal; pakai peran pada tabel peran"
        elif role not in process.role:
            yield f"{place}: peran {role} tidak tersemat pada proses; bungkus prosesnya dengan pinned(…)"


def _nodes(process: Process, codes: Collection[str] | None) -> Iterator[str]:
    for name, node in process.tree.nodes.items():
        if not _KEBAB.match(name):
            yield f"nama langkah {name} bukan kata-dengan-tanda-hubung"
        if isinstance(node, Open) and codes is not None and node.process not in codes:
            yield f"langkah {name} membuka {node.process}, yang bukan kode proses"
        if isinstance(node, Call):
            yield from _call(process, node)
        if isinstance(node, (Task, Sign, Dispose, Wait)):
            yield from _step(process, node)


def _call(process: Process, node: Call) -> Iterator[str]:
    if node.act and node.act not in ACTS:
        yield f"tindakan {node.name}: {node.act} bukan tindakan mesin; pilih dari {', '.join(ACTS)}"
    for given in node.gives:
        if process.declared(given) is None:
            yield f"tindakan {node.name} memberi {given}, yang bukan isian atau fakta; nyatakan dahulu"
    if node.reverses and not isinstance(process.tree.nodes.get(node.reverses), Call):
        yield f"tindakan {node.name} membalik {node.reverses}, yang bukan tindakan proses ini"


def _step(process: Process, node: Step) -> Iterator[str]:
    if isinstance(node, Task) and node.ask not in ASKS:
        yield f"langkah {node.name}: ask {node.ask} tidak dikenal"
    if not isinstance(node, Wait):
        if not node.by:
            yield f"langkah {node.name} tidak punya pelaksana; isi by"
        for word in node.excludes:
            if word not in process.tree.nodes and word not in process.role:
                yield f"langkah {node.name} mengecualikan {word}, yang bukan langkah atau peran"
        yield from _ladder(node.name, node.on_late, {o.name for o in node.outcomes}, timed=node.within is not None)
    yield from _silence(node)
    for name in node.fills:
        table, _, column = name.partition(".")
        if process.declared(table) is None or (column and all(column != one.name for one in getattr(process.declared(table), "columns", ()))):
            yield f"langkah {node.name} mengisi {name}, yang bukan isian, fakta, atau kolom tabel; nyatakan dahulu"
    if isinstance(node, Sign) and not any(o.performs for o in node.outcomes):
        yield f"langkah {node.name}: tidak ada tindakan yang menandatangani; beri performs=True"
    if isinstance(node, Dispose) and not any(o.performs for o in node.outcomes):
        yield f"langkah {node.name}: tidak ada tindakan yang mendisposisikan; beri performs=True"


def _silence(node: Step) -> Iterator[str]:
    """What only silence takes must be what silence leads to, and something must be left for a person."""
    quiet = {o.name for o in node.outcomes if o.silent}
    reached = {node.silent, node.reached} if isinstance(node, Wait) else {rung.outcome for rung in node.on_late}
    for name in sorted(quiet - reached):
        yield f"langkah {node.name}: {name} hanya karena diam, tetapi tidak ada batas waktu yang menuju ke sana; isi deemed"
    if quiet and len(quiet) == len(node.outcomes):
        yield f"langkah {node.name}: tidak ada tindakan bagi pelaksananya; tambahkan yang bukan karena diam"


def _ladder(name: str, ladder: tuple[Rung, ...], outcomes: set[str], *, timed: bool) -> Iterator[str]:
    last = 0
    for n, rung in enumerate(ladder):
        if not timed and not rung.anchor:
            yield f"langkah {name}: tangga keterlambatan tanpa batas waktu; isi within"
        if rung.do in ("deemed", "end") and n != len(ladder) - 1:
            yield f"langkah {name}: {rung.do} harus anak tangga terakhir"
        if rung.do == "deemed" and rung.outcome not in outcomes:
            yield f"langkah {name}: dianggap {rung.outcome}, yang bukan tindakan langkah ini"
        if rung.do == "end" and rung.result not in RESULTS:
            yield f"langkah {name}: berakhir {rung.result}, yang bukan hasil yang dikenal"
        if rung.do in ("remind", "escalate") and rung.after is None:
            yield f"langkah {name}: {rung.do} tanpa jumlah hari; isi jumlahnya"
        if rung.after is not None and not rung.before and not rung.anchor:
            if rung.after < last:
                yield f"langkah {name}: anak tangga {rung.do} {rung.after} mendahului yang sebelumnya; urutkan menurut hari"
            last = rung.after
