"""A process as a swimlane picture: who acts where, what follows, what goes back, where the case stands. Pure; no style attributes, no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from engine.index import split
from engine.nodes import Dispose, Each, Node, Par, Seq, Sign, Task, Wait, When
from engine.process import Process
from engine.state import ACTIVE, State
from forms.showing import word
from web.language import _

Standing = Literal["", "done", "now", "skipped"]
People = Task | Sign | Dispose | Wait
WIDTH, HEIGHT, GAP_X, PAD, HEAD = 132, 48, 44, 16, 132
LETTERS, LINES = 17, 3


@dataclass(slots=True)
class Placed:
    """One step of the picture: ``column`` from the left, ``row`` within its lane where several stand in one column."""

    name: str
    label: str
    lane: int
    column: int
    row: int
    standing: Standing = ""
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """``kind``: ``maju`` follows, ``loncat`` skips ahead, ``kembali`` returns."""

    kind: Literal["maju", "loncat", "kembali"]
    start: str
    end: str


@dataclass(slots=True)
class Plan:
    """The layout, before it is drawn."""

    lanes: list[str] = field(default_factory=list)
    steps: dict[str, Placed] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def after(self, names: Sequence[str]) -> list[str]:
        """Steps that come next behind these, in the order of the flow."""
        found = {flow.end for flow in self.flows if flow.start in names and flow.kind == "maju"} - set(names)
        return [name for name in self.steps if name in found]


def standings(process: Process, state: State) -> dict[str, Standing]:
    """Where each step of people stands: over, open now, or on a way that was not taken."""
    found: dict[str, Standing] = {}
    for instance, step in state.steps.items():
        name = split(instance)[0]
        if instance.endswith("!") or name not in process.tree.nodes:
            continue
        if step.status in ACTIVE:
            found[name] = "now"
        elif step.status == "done":
            found.setdefault(name, "done")
    for instance, value in state.conditions.items():
        node = process.tree.nodes.get(split(instance)[0])
        if isinstance(node, When):
            for name in _names(node.otherwise if value else node.then):
                found.setdefault(name, "skipped")
    return found


def _names(node: Node) -> list[str]:
    if isinstance(node, Seq):
        return [name for inner in node.nodes for name in _names(inner)]
    if isinstance(node, Par):
        return [name for branch in node.branches for name in _names(branch)]
    if isinstance(node, When):
        return _names(node.then) + _names(node.otherwise)
    if isinstance(node, Each):
        return _names(node.do)
    return [node.name] if isinstance(node, People) else []


def plan(process: Process, stands: Mapping[str, Standing] | None = None, whole: bool = True) -> Plan:
    """Columns and lanes of every step that a person takes; machine acts are passed over.

    ``whole=False`` passes over ways not taken as well: a letter that the head signs needs no lane for the mayor."""
    made = _Layout(process, stands or {}, whole)
    made.place(process.flow, 0, [])
    for name in list(made.plan.steps):
        for outcome in getattr(process.find(name), "outcomes", ()):
            if outcome.effect.word == "return" and outcome.effect.target in made.plan.steps:
                made.flow("kembali", name, outcome.effect.target)
            if outcome.effect.word == "skip":
                target = next((one for one in made.plan.steps if one in made.ahead(outcome.effect.target)), "")
                if target:
                    made.flow("loncat", name, target)
    return made.plan


class _Layout:
    def __init__(self, process: Process, stands: Mapping[str, Standing], whole: bool) -> None:
        self.process, self.stands, self.whole, self.plan = process, stands, whole, Plan()
        self.taken: dict[tuple[int, int], int] = {}

    def flow(self, kind: Literal["maju", "loncat", "kembali"], start: str, end: str) -> None:
        one = Flow(kind, start, end)
        if one not in self.plan.flows and not (kind == "loncat" and Flow("maju", start, end) in self.plan.flows):
            self.plan.flows.append(one)

    def ahead(self, target: str) -> frozenset[str]:
        """The target, or what stands behind it in its sequence where the target is the machine's."""
        place = self.process.tree.places.get(target)
        if place is None:
            return frozenset()
        return frozenset({target}) if target in self.plan.steps else self.process.tree.tail(place.seqs[-1][0], place.seqs[-1][1])

    def place(self, node: Node, column: int, before: list[str]) -> tuple[int, list[str]]:
        """Gives the next free column and the steps whose way goes on from here."""
        if isinstance(node, Seq):
            for inner in node.nodes:
                column, before = self.place(inner, column, before)
            return column, before
        if isinstance(node, When):
            return self._beside((node.then, node.otherwise), column, before)
        if isinstance(node, Par):
            return self._beside(node.branches, column, before)
        if isinstance(node, Each):
            return self.place(node.do, column, before)
        if isinstance(node, People) and (self.whole or self.stands.get(node.name) != "skipped"):
            self._step(node, column, before)
            goes_on = any(outcome.effect.word == "next" for outcome in node.outcomes)
            return column + 1, [node.name] if goes_on else []
        return column, before

    def _beside(self, parts: Sequence[Seq], column: int, before: list[str]) -> tuple[int, list[str]]:
        ends = [self.place(part, column, before) for part in self._open(parts)]
        return max((end for end, _ in ends), default=column), list(dict.fromkeys(name for _, names in ends for name in names))

    def _open(self, parts: Sequence[Seq]) -> Sequence[Seq]:
        """The ways to draw: all of them, or those that were not passed over; an empty way is open while no other was taken."""
        if self.whole:
            return parts
        stand = [[self.stands.get(name, "") for name in _names(part)] for part in parts]
        taken = any(one in ("done", "now") for part in stand for one in part)
        return [part for part, own in zip(parts, stand, strict=True) if (any(one != "skipped" for one in own) if own else not taken)]

    def _step(self, node: People, column: int, before: list[str]) -> None:
        lane = self._lane(node)
        row = self.taken.get((lane, column), 0)
        self.taken[lane, column] = row + 1
        self.plan.steps[node.name] = Placed(node.name, word(node.name), lane, column, row, self.stands.get(node.name, ""))
        for name in before:
            self.flow("maju", name, node.name)

    def _lane(self, node: People) -> int:
        roles = node.recorded_by if isinstance(node, Wait) else node.by
        titles = [self.process.role[role].title if role in self.process.role else word(role) for role in roles]
        title = " / ".join(titles) or _("Pihak luar")
        if title not in self.plan.lanes:
            self.plan.lanes.append(title)
        return self.plan.lanes.index(title)


def draw(made: Plan, title: str, key: str = "bagan") -> Markup:
    """The SVG. Its title and description say in words what it shows; ``key`` begins its ids, one for each picture of a page."""
    rows = [max((one.row for one in made.steps.values() if one.lane == lane), default=0) + 1 for lane in range(len(made.lanes))]
    tops = [sum(_tall(n) for n in rows[:lane]) for lane in range(len(rows))]
    for one in made.steps.values():
        one.x = HEAD + GAP_X // 2 + one.column * (WIDTH + GAP_X)
        one.y = tops[one.lane] + PAD + one.row * (HEIGHT + PAD)
    returns = list(dict.fromkeys(flow.end for flow in made.flows if flow.kind == "kembali"))
    wide = HEAD + (max((one.column for one in made.steps.values()), default=0) + 1) * (WIDTH + GAP_X)
    floor = sum(_tall(n) for n in rows)
    tall = floor + 12 * len(returns) + (10 if returns else 1)
    parts = [Markup('<g class="jalur">')]
    for lane, name in enumerate(made.lanes):
        parts.append(Markup('<rect x="0" y="{}" width="{}" height="{}" class="{}"></rect>').format(
            tops[lane], wide, _tall(rows[lane]), "genap" if lane % 2 else "ganjil"))  # fmt: skip
        parts.append(_words(name, 8, tops[lane] + _tall(rows[lane]) // 2, "nama", 17, start=True))
    parts.append(Markup("</g>"))
    arrow = f"{key}-panah"
    parts += [_line(made, flow, arrow) for flow in made.flows if flow.kind != "kembali"]
    for number, target in enumerate(returns):
        parts += _back(made, target, floor + 8 + 12 * number, arrow)
    parts += [_box(one) for one in made.steps.values()]
    return Markup(
        '<svg class="alur-bagan" role="img" aria-labelledby="{n}-judul {n}-isi" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        '<title id="{n}-judul">{title}</title><desc id="{n}-isi">{told}</desc>'
        '<defs><marker id="{arrow}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="ujung" d="M0 0L8 4L0 8z"></path></marker></defs>'
        "{body}</svg>"
    ).format(n=key, w=wide, h=tall, title=title, told=told(made), arrow=arrow, body=Markup("").join(parts))


def told(made: Plan) -> str:
    """The picture in words: each step, who takes it, where it stands."""
    said = {"": "", "done": _("selesai"), "now": _("sedang berjalan"), "skipped": _("tidak ditempuh")}
    lines = []
    for number, one in enumerate(made.steps.values(), 1):
        standing = f": {said[one.standing]}" if one.standing else ""
        lines.append(f"{number}. {one.label} ({made.lanes[one.lane]}){standing}.")
    return " ".join(lines)


def _tall(rows: int) -> int:
    return PAD + rows * (HEIGHT + PAD)


def wrapped(text: str, letters: int, lines: int = LINES) -> list[str]:
    """Words in at most ``lines`` lines of about ``letters`` letters; what does not fit ends in an ellipsis."""
    found = [""]
    for part in text.split():
        if found[-1] and len(found[-1]) + 1 + len(part) > letters:
            found.append(part)
        else:
            found[-1] = f"{found[-1]} {part}".strip()
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][: letters - 1] + "…"]
    return found


def _words(text: str, x: int, middle: int, kind: str, letters: int, *, start: bool = False) -> Markup:
    lines = wrapped(text, letters, 4 if start else LINES)
    first = middle - (len(lines) - 1) * 8 + 4
    spans = Markup("").join(Markup('<tspan x="{}" y="{}">{}</tspan>').format(x, first + 16 * n, line) for n, line in enumerate(lines))
    return Markup('<text class="{}">{}</text>').format(kind, spans)


def _box(one: Placed) -> Markup:
    kinds = {"": "", "done": " selesai", "now": " kini", "skipped": " lewat"}
    marks = {"": "", "done": "✓", "now": "●", "skipped": ""}
    mark = (
        Markup('<text class="tanda" x="{}" y="{}">{}</text>').format(one.x + WIDTH - 14, one.y + 15, marks[one.standing])
        if marks[one.standing]
        else ""
    )
    return Markup('<g class="langkah{}"><rect x="{}" y="{}" width="{}" height="{}" rx="5"></rect>{}{}</g>').format(
        kinds[one.standing], one.x, one.y, WIDTH, HEIGHT, _words(one.label, one.x + WIDTH // 2, one.y + HEIGHT // 2, "kata", LETTERS), mark
    )


def _line(made: Plan, flow: Flow, arrow: str) -> Markup:
    """Up and down in the gaps between columns, across in the upper edge of a row: no line crosses a box."""
    a, b = made.steps[flow.start], made.steps[flow.end]
    out, into, ya, yb = a.x + WIDTH, b.x, a.y + HEIGHT // 2, b.y + HEIGHT // 2
    if b.column == a.column + 1:
        path = f"M{out} {ya}H{into - 2}" if ya == yb else f"M{out} {ya}H{out + GAP_X // 2}V{yb}H{into - 2}"
    else:
        level = b.y - PAD // 2 - (4 if flow.kind == "loncat" else 0)
        path = f"M{out} {ya}H{out + GAP_X // 2 - 4}V{level}H{into - GAP_X // 2 + 4}V{yb}H{into - 2}"
    return Markup('<path class="garis {}" d="{}" marker-end="url(#{})"></path>').format(flow.kind, path, arrow)


def _back(made: Plan, target: str, level: int, arrow: str) -> list[Markup]:
    """All returns to one step share one line below the lanes; drawn once, or dashes would fill each other's gaps."""
    b = made.steps[target]
    gaps: dict[int, list[Placed]] = {}
    for flow in made.flows:
        if flow.kind == "kembali" and flow.end == target:
            one = made.steps[flow.start]
            gaps.setdefault(one.x + WIDTH + GAP_X - 12, []).append(one)
    paths = []
    for gap, steps in gaps.items():
        top = min(one.y for one in steps)
        paths += [f"M{one.x + WIDTH} {one.y + HEIGHT // 2 + 10}H{gap}" + (f"V{level}" if one.y == top else "") for one in steps]
    drawn = [Markup('<path class="garis kembali" d="{}"></path>').format(path) for path in paths]
    into = f"M{max(gaps)} {level}H{b.x - 10}V{b.y + HEIGHT // 2 + 10}H{b.x - 2}"
    return [*drawn, Markup('<path class="garis kembali" d="{}" marker-end="url(#{})"></path>').format(into, arrow)]
