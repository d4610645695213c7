"""Random process trees: every kind of node, every effect, nested to a few levels. Same seed, same tree."""

from __future__ import annotations

from random import Random

from engine.expr import Expr, any_, column, count, fact, field
from engine.fields import Field
from engine.nodes import (
    Call,
    Dispose,
    Each,
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
    again,
    back,
    deemed,
    end,
    escalate,
    go,
    lapse,
    pause,
    remind,
    skip,
)
from engine.process import Document, Fact, Process
from tests.engine.build import process

FORM = (
    Field("nilai", "Nilai", "rupiah"),
    Field("jenis", "Jenis", "choice", choices=("a", "b", "c")),
    Field("unit_koordinasi", "Unit", "units"),
    Field("barang", "Barang", "table", columns=(Field("jenis", "Jenis", "choice", choices=("a", "b")), Field("pegawai", "Pegawai", "employee"))),
)
FACTS = (
    Fact("catatan", "boolean"),
    Fact("hitungan", "integer", source="act"),
    Fact("batas", "rupiah", source="parameter"),
)
ROLES = ("arsiparis", "kepala-opd", "sekda", "pegawai", "kepala-bkpsdm", "bendahara-gaji")


class Grower:
    def __init__(self, seed: int) -> None:
        self.random = Random(f"tree/{seed}")
        self.n = 0

    def name(self, kind: str) -> str:
        self.n += 1
        return f"{kind}-{self.n}"

    def process(self) -> Process:
        first = Task(self.name("isi"), ("pegawai",), "fill", (go("kirim"),), fills=("nilai", "jenis", "unit_koordinasi", "barang"))
        flow = self.seq(0, [first.name], rows=0)
        keep = Task(self.name("catat"), ("arsiparis",), "record", (go("lanjut"),), fills=("catatan",))
        call = Call(self.name("hitung"), "compute", gives=("hitungan",))
        sign = Sign(self.name("tanda-tangan"), ("sekda",), ("surat",), (go("tandatangani", performs=True),))
        return process(
            first, keep, call, *flow.nodes, sign, form=FORM, facts=FACTS, documents=(Document("surat", "Surat", "surat-dinas", ("sekda",)),)
        )

    def seq(self, depth: int, before: list[str], rows: int) -> Seq:
        nodes: list[Node] = []
        mine = list(before)
        size = self.random.randint(1, 4 if depth < 2 else 2)
        # Names ahead are fixed first, so that a step may skip to one of them.
        ahead = [self.name("langkah") for _ in range(size)]
        for at in range(size):
            node = self.node(depth, mine, ahead[at], ahead[at + 1 :], rows)
            nodes.append(node)
            if isinstance(node, (Task, Sign, Dispose, Wait)):
                mine.append(node.name)
        # What is skipped to must be a step.
        targets = {o.effect.target for n in nodes for o in getattr(n, "outcomes", ()) if o.effect.word == "skip"}
        return Seq(tuple(self.task(n_, mine, []) if n_ in targets and not hasattr(n, "outcomes") else n for n, n_ in zip(nodes, ahead, strict=True)))

    def node(self, depth: int, before: list[str], name: str, ahead: list[str], rows: int) -> Node:
        deep = depth < 3
        kind = self.random.choices(
            ("task", "sign", "wait", "dispose", "call", "notify", "open", "when", "par", "each"),
            (8, 2, 2, 1, 1, 1, 1, 3 if deep else 0, 2 if deep else 0, 2 if deep and rows < 2 else 0),
        )[0]
        if kind == "when":
            return When(
                name, self.test(), self.seq(depth + 1, before, rows), self.seq(depth + 1, before, rows) if self.random.random() < 0.5 else Seq()
            )
        if kind == "par":
            branches = tuple(self.seq(depth + 1, before, rows) for _ in range(self.random.randint(2, 3)))
            return Par(branches, self.random.choice(("all", "any", len(branches) - 1)))
        if kind == "each":
            over = self.random.choice(("unit_koordinasi", "barang"))
            return Each(name, over, self.seq(depth + 1, before, rows + 1))
        return self.leaf(kind, name, before, ahead)

    def leaf(self, kind: str, name: str, before: list[str], ahead: list[str]) -> Node:
        if kind == "sign":
            outcomes = (go("tandatangani", performs=True), *self.extra(before, ahead))
            return Sign(name, (self.random.choice(ROLES),), ("surat",), outcomes, within=Within(2), on_late=self.ladder())
        if kind == "wait":
            return Wait(name, "jawaban", (go("ada"), *self.extra(before, ahead), go("diam")), at_most=Within(3), silent="diam")
        if kind == "dispose":
            return Dispose(name, ("kepala-opd",), (go("disposisikan", performs=True), go("cukup"), *self.extra(before, ahead)), within=Within(1))
        if kind == "call":
            return Call(name, "compute", gives=("hitungan",))
        if kind == "notify":
            return Notify(name, ("arsiparis",))
        if kind == "open":
            return Open(name, "surat-keluar-tte")
        return self.task(name, before, ahead)

    def task(self, name: str, before: list[str], ahead: list[str]) -> Task:
        ask = self.random.choice(("check", "verify", "approve", "draft", "correct", "record"))
        fills = tuple(f for f in ("nilai", "catatan", "barang", "unit_koordinasi") if self.random.random() < 0.3)
        excludes = (self.random.choice(before),) if before and self.random.random() < 0.2 else ()
        outcomes = (go("lanjut"), *self.extra(before, ahead))
        return Task(name, (self.random.choice(ROLES),), ask, outcomes, fills=fills, within=Within(1), on_late=self.ladder(), excludes=excludes)

    def extra(self, before: list[str], ahead: list[str]) -> list[Outcome]:
        offered = [end("tolak", "ditolak"), again("ulang"), pause("kurang", "menunggu")]
        offered += [back("kembalikan", self.random.choice(before))] * 2 if before else []
        offered += [skip("lompat", self.random.choice(ahead))] * 2 if ahead else []
        chosen = self.random.sample(offered, self.random.randint(0, min(2, len(offered))))
        return list({o.name: o for o in chosen}.values())

    def ladder(self) -> tuple[Rung, ...]:
        return self.random.choice(
            ((), (remind(1), escalate("sekda", 2)), (remind(1), escalate("atasan", 2)), (lapse("gugur"),), (remind(1), deemed("tandatangani"))[:1])
        )

    def test(self) -> Expr:
        return self.random.choice(
            (
                field("nilai") > self.random.choice((1, 2, 5)),
                field("jenis").eq(self.random.choice("abc")),
                ~field("jenis").one_of("a", "b"),
                any_(column("barang", "jenis").eq("a")),
                count(field("unit_koordinasi")) > 1,
                fact("catatan").eq(True),
                field("nilai") <= fact("batas"),
                fact("hitungan") > 3,
            )
        )


def grow(seed: int) -> Process:
    """A process that checks clean, save for steps that nothing leads to."""
    return Grower(seed).process()
