"""``workflows/README.md`` out of the process values: a table of all processes and the steps of each as a picture. Nobody edits it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.nodes import Call, Dispose, Each, Issue, Node, Notify, Open, Outcome, Par, Seq, Sign, Task, Wait, When
from engine.process import Process
from engine.words import FAMILIES, RESULTS
from workflows.catalogue import Catalogue, Listed

HEAD = """# Proses

Satu folder satu proses. Halaman ini dibuat dari nilai proses oleh `python manage.py process docs`; jangan disunting dengan tangan.
Cara menambah proses: `docs/adding-a-process.md`; mulai dari `python manage.py process draft`, periksa dengan `python manage.py process check`.
Folder yang sama namanya di folder kota menggantikan folder di sini seluruhnya.

"""
KINDS = {"working": "hari kerja", "calendar": "hari", "hours": "jam"}
Loose = tuple[str, str]
"""A box that something still has to follow, and what the arrow says."""


def overview(found: Catalogue) -> str:
    """The whole page, the same for the same processes."""
    listed = sorted(found.processes.values(), key=lambda one: (list(FAMILIES).index(one.process.family), one.code))
    rows = ["| proses | rumpun | pemilik | dimulai oleh | langkah orang | naskah | janji layanan |", "|---|---|---|---|---|---|---|"]
    rows += [_row(one) for one in listed]
    return HEAD + "\n".join(rows) + "\n" + "".join(_section(one) for one in listed)


def _row(one: Listed) -> str:
    process = one.process
    people = sum(1 for node in process.tree.nodes.values() if isinstance(node, (Task, Sign, Dispose, Wait)))
    promise = f"{process.sla.n} {KINDS[process.sla.kind]}" if process.sla.n is not None else "tidak dijanjikan"
    cells = (
        f"[{process.title.id}](#{process.code})", FAMILIES[process.family], _role(process, process.owner), ", ".join(_role(process, word) for word in process.starts.openers),
        str(people), str(len(process.documents)), promise,
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _section(one: Listed) -> str:
    process = one.process
    path = f"{one.folder.parent.name}/{one.folder.name}/README.md"
    return f'\n<a id="{process.code}"></a>\n## {process.title.id}\n\n{process.summary}\n\n[Penjelasan lengkap]({path})\n\n{picture(process)}'


def _role(process: Process, word: str) -> str:
    return process.role[word].title if word in process.role else word.replace("-", " ")


def picture(process: Process) -> str:
    """A Mermaid flow chart: people's steps as boxes, the machine's rounded, conditions as diamonds, returns as dotted arrows."""
    drawn = _Drawing(process)
    ends = drawn.walk(process.flow, [("mulai", "")])
    drawn.join(ends, "selesai_")
    lines = ['  mulai(["Mulai"])', *drawn.boxes, *drawn.arrows]
    lines += [f'  {mark}(["{text}"])' for mark, text in drawn.results.items()]
    return "```mermaid\nflowchart TD\n" + "\n".join(lines) + "\n```\n"


@dataclass
class _Drawing:
    process: Process
    boxes: list[str] = field(default_factory=list)
    arrows: list[str] = field(default_factory=list)
    results: dict[str, str] = field(default_factory=dict)
    skipping: dict[str, list[Loose]] = field(default_factory=dict)
    """Later step → who skips to it."""

    def walk(self, node: Node, before: list[Loose]) -> list[Loose]:
        """Draws the node after what came before; gives what the next node follows."""
        match node:
            case Seq():
                for one in node.nodes:
                    before = self.walk(one, before)
                return before
            case Par():
                return [loose for branch in node.branches for loose in self.walk(branch, list(before))]
            case When():
                self.box(node.name, "{", _condition(node.name), "}", before)
                return self.walk(node.then, [(node.name, "ya")]) + self.walk(node.otherwise, [(node.name, "tidak")])
            case Each():
                self.box(node.name, "[[", f"untuk tiap {node.over.replace('_', ' ')}", "]]", before)
                return self.walk(node.do, [(node.name, "")])
        return self.leaf(node, before)

    def leaf(self, node: Node, before: list[Loose]) -> list[Loose]:
        name = str(getattr(node, "name", ""))
        if isinstance(node, (Task, Sign, Dispose, Wait)):
            by = node.recorded_by if isinstance(node, Wait) else node.by
            who = ", ".join(_role(self.process, word) for word in by)
            self.box(name, "[", f"<b>{_plain(name)}</b><br/>{who}", "]", before)
            return list(self.outcomes(name, node.outcomes))
        self.box(name, "(", _machine(self.process, node), ")", before)
        return [(name, "")]

    def outcomes(self, name: str, outcomes: tuple[Outcome, ...]) -> Iterator[Loose]:
        for outcome in outcomes:
            word, target, said = outcome.effect.word, outcome.effect.target, outcome.text.lower()
            if word in ("next", "pause"):
                yield name, said
            elif word == "skip":
                self.skipping.setdefault(target, []).append((name, said))
            elif word == "end":
                self.join([(name, said)], f"{target.replace('-', '_')}_")
            else:
                self.arrows.append(f"  {_mark(name)} -. {said} .-> {_mark(target or name)}")

    def box(self, name: str, opens: str, text: str, closes: str, before: list[Loose]) -> None:
        self.boxes.append(f'  {_mark(name)}{opens}"{text}"{closes}')
        for source, said in [*before, *self.skipping.pop(name, [])]:
            self.arrow(source, said, _mark(name))

    def join(self, before: list[Loose], end: str) -> None:
        """Arrows to an end of the case."""
        if before:
            word = end.rstrip("_").replace("_", "-")
            self.results[end] = RESULTS.get(word, word)
        for source, said in before:
            self.arrow(source, said, end)

    def arrow(self, source: str, said: str, target: str) -> None:
        self.arrows.append(f"  {_mark(source)} -- {said} --> {target}" if said else f"  {_mark(source)} --> {target}")


def _mark(name: str) -> str:
    return name.replace("-", "_")


def _plain(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _condition(name: str) -> str:
    return name.removeprefix("bila-").replace("-", " ") + "?"


def _machine(process: Process, node: Node) -> str:
    match node:
        case Issue():
            return "terbit: " + ", ".join(process.document[code].title for code in node.documents if code in process.document)
        case Notify():
            return "pemberitahuan: " + ", ".join(_role(process, word) for word in node.to)
        case Open():
            return f"buka perkara: {node.process}"
        case Call():
            return _plain(node.name).lower()
    raise TypeError(type(node).__name__)
