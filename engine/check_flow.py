"""Faults of the shape of a flow: effects that lead nowhere, steps nobody reaches, waits without an owner, final acts taken back."""

from __future__ import annotations

from collections.abc import Iterator

from engine.holders import recorders
from engine.index import Place, name_of
from engine.nodes import Call, Dispose, Each, Node, Outcome, Par, Seq, Sign, Step, Task, Wait, When, is_final
from engine.process import Process
from engine.words import LISTS, RESULTS

Reach = tuple[bool, frozenset[str]]
"""Whether a node can be gone past, and the steps it may skip to."""


def faults(process: Process) -> Iterator[str]:
    """Lines without the process code."""
    for node in process.tree.nodes.values():
        if isinstance(node, (Task, Sign, Dispose, Wait)):
            yield from _outcomes(process, node)
        if isinstance(node, Wait):
            yield from _wait(process, node)
        if isinstance(node, Each):
            yield from _each(process, node)
    yield from _pars(process.flow)
    yield from _unreached(process.flow)[1]


def _outcomes(process: Process, node: Step) -> Iterator[str]:
    if not node.outcomes:
        yield f"langkah {node.name} tidak punya tindakan; isi outcomes"
        return
    names = [o.name for o in node.outcomes]
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield f"langkah {node.name}: tindakan {name} disebut dua kali"
    if not any(o.effect.word in ("next", "end", "skip") for o in node.outcomes):
        yield f"langkah {node.name}: tidak ada tindakan yang maju atau mengakhiri; tambahkan satu"
    for outcome in node.outcomes:
        yield from _effect(process, node, outcome)


def _effect(process: Process, node: Step, outcome: Outcome) -> Iterator[str]:
    word, target = outcome.effect.word, outcome.effect.target
    where = f"langkah {node.name}, tindakan {outcome.name}"
    tree = process.tree
    if word == "return":
        there = tree.places.get(target)
        if there is None or not isinstance(tree.nodes[target], (Task, Sign, Dispose, Wait)):
            yield f"{where}: kembali ke {target}, yang bukan langkah; sebut langkah yang lebih dahulu"
        elif there.order >= tree.places[node.name].order:
            yield f"{where}: kembali ke {target}, yang bukan langkah sebelumnya; pakai skip untuk maju"
        else:
            yield from _final(process, node, outcome)
    elif word == "skip":
        here, there = tree.places[node.name], tree.places.get(target)
        if there is None or not _ahead(here, there):
            yield f"{where}: melompat ke {target}, yang tidak ada lebih kemudian pada urutan yang sama"
    elif word == "end":
        if target not in RESULTS:
            yield f"{where}: berakhir {target}, yang bukan hasil yang dikenal; pilih dari {', '.join(RESULTS)}"
    elif word == "pause":
        if not target:
            yield f"{where}: menghentikan waktu tanpa sebab; sebut sebabnya"
    elif word not in ("next", "again"):
        yield f"{where}: akibat {word} tidak dikenal"


def _ahead(here: Place, there: Place) -> bool:
    """The step, or a condition around it, stands before the target in the target's own sequence; no ``Each`` or ``Par`` lies between."""
    seq, branch, _ = there.seqs[-1]
    return here.eaches == there.eaches and here.pars == there.pars and any(s[0] == seq and s[1] < branch for s in here.seqs)


def crossed(process: Process, step: str, target: str) -> tuple[str, ...]:
    """Final acts that a return from the step to the target would take back, and that no reversing act undoes."""
    tree = process.tree
    cleared, _ = tree.cleared(step, target)
    last = tree.places[step].order
    undone = {n.reverses for n in tree.nodes.values() if isinstance(n, Call) and n.reverses}
    return tuple(
        name
        for name, node in tree.nodes.items()
        if name in cleared and tree.places[name].order < last and is_final(node) and name not in undone and _leads(process, name, step)
    )


def _leads(process: Process, before: str, after: str) -> bool:
    """Whether the flow can come from the one to the other: what always ends the case between them, and is not skipped, parts them."""
    tree = process.tree
    here, there = tree.places[before].seqs, tree.places[after].seqs
    if tree.apart(before, after):
        return False
    seq, first, last = next((one[0], one[1], other[1]) for one, other in zip(here, there, strict=False) if one[:2] != other[:2])
    nodes = tree.seqs[seq].nodes
    (open_way, ahead), _ = _past(nodes[first])
    for node in nodes[first + 1 : last]:
        if not open_way and name_of(node) not in ahead:
            continue
        (open_way, skips), _ = _past(node)
        ahead = ahead | skips
    return open_way or name_of(nodes[last]) in ahead


def _final(process: Process, node: Step, outcome: Outcome) -> Iterator[str]:
    for name in crossed(process, node.name, outcome.effect.target):
        yield f"langkah {node.name}, tindakan {outcome.name}: kembali melewati {name} yang bersifat tetap; sebut tindakan pembaliknya (reverses)"


def _wait(process: Process, node: Wait) -> Iterator[str]:
    words = {o.name for o in node.outcomes}
    if node.at_most and node.silent not in words:
        yield f"tunggu {node.name}: batas waktu tanpa tindakan bila tidak ada jawaban; isi silent"
    if node.silent and not node.at_most:
        yield f"tunggu {node.name}: silent tanpa batas waktu; isi at_most"
    if node.until is not None and node.reached not in words:
        yield f"tunggu {node.name}: tanggal tanpa tindakan yang dibawanya; isi reached"
    kinds = {process.role[r].kind for r in recorders(process, node) if r in process.role}
    if not kinds or kinds <= {"external", "system"}:
        yield f"tunggu {node.name} tidak punya pencatat; isi recorded_by dengan peran pegawai"


def _each(process: Process, node: Each) -> Iterator[str]:
    declared = process.declared(node.over)
    if declared is None:
        yield f"{node.name}: {node.over} bukan isian atau fakta; nyatakan dahulu"
    elif declared.type not in LISTS:
        yield f"{node.name}: {node.over} berjenis {declared.type}, bukan daftar; pakai tabel atau isian jamak"
    if not node.do.nodes:
        yield f"{node.name} tidak berisi langkah"


def _pars(node: Node) -> Iterator[str]:
    if isinstance(node, Par):
        if len(node.branches) < 2:
            yield "cabang sejajar dengan kurang dari dua cabang; jadikan urutan biasa"
        if isinstance(node.need, int) and not 1 <= node.need <= len(node.branches):
            yield f"cabang sejajar memerlukan {node.need} dari {len(node.branches)} cabang; perbaiki need"
    for inner in _inside(node):
        yield from _pars(inner)


def _inside(node: Node) -> tuple[Node, ...]:
    match node:
        case Seq(nodes):
            return nodes
        case Par(branches):
            return branches
        case When(_, _, then, otherwise):
            return (then, otherwise)
        case Each(_, _, do):
            return (do,)
    return ()


def _unreached(seq: Seq) -> tuple[Reach, list[str]]:
    """How the sequence can be gone past, and the steps that nothing leads to."""
    found: list[str] = []
    open_way, ahead = True, frozenset[str]()
    for node in seq.nodes:
        name = name_of(node)
        if not open_way and name not in ahead:
            found.append(
                f"langkah {name or 'cabang sejajar'} tidak dapat dicapai: yang sebelumnya selalu mengakhiri perkara; beri salah satunya go atau skip ke sini"
            )
        (past, skips), deeper = _past(node)
        found += deeper
        open_way = past
        ahead = (ahead - {name}) | skips
    return (open_way, ahead), found


def _past(node: Node) -> tuple[Reach, list[str]]:
    if isinstance(node, (Task, Sign, Dispose, Wait)):
        words = [o.effect for o in node.outcomes]
        return (any(e.word == "next" for e in words), frozenset(e.target for e in words if e.word == "skip")), []
    if isinstance(node, Seq):
        return _unreached(node)
    parts = [_unreached(s) for s in _inside(node) if isinstance(s, Seq)]
    if not parts:
        return (True, frozenset()), []
    ways = [reach[0] for reach, _ in parts]
    skips = frozenset(t for reach, _ in parts for t in reach[1])
    found = [line for _, lines in parts for line in lines]
    if isinstance(node, Each):
        return (True, skips), found
    if isinstance(node, Par):
        need = len(ways) if node.need == "all" else 1 if node.need == "any" else int(node.need)
        return (sum(ways) >= need, skips), found
    return (any(ways), skips), found
