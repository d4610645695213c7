"""A small leave process with every act on the books, played through the engine, the worker's acts and ``record``, as the shell does."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from temporalio.testing import ActivityEnvironment

from activities.acts import Acts
from activities.verbs.table import verbs
from engine import acts
from engine.events import Event, Json
from engine.expr import Value, applicant, fact, field
from engine.fields import Field
from engine.nodes import Argument, Call, Seq, Task, When, Within, back, end, go
from engine.process import Archive, Fact, Process, Sla, Starts, Title
from engine.roles import ROLES
from engine.trail import event_to_json, instant
from tests.db.play import Played
from workflows.contracts import ActInput, ActResult

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Jakarta")
DRAFTER, HEAD = "konseptor-diskominfo", "kepala-diskominfo"


def args(**values: object) -> tuple[Argument, ...]:
    from engine.expr import Expr

    return tuple(Argument(name, value if isinstance(value, Expr) else Value(value)) for name, value in values.items())  # type: ignore[arg-type]


BOOK = {"book": "cuti-tahunan", "person": applicant("person")}

LEAVE = Process(
    code="cuti-uji", title=Title("Cuti uji", "Test leave"), family="kepegawaian", owner="kepala-opd", summary="Uji.", starts=Starts("konseptor"),
    sla=Sla(5, "working"), archive=Archive("800.1.11", 1, 1, "musnah"), legal_basis=(),
    form=(Field("periode", "Periode", "daterange"), Field("sisa", "Hari tidak dijalankan", "integer")),
    facts=(
        Fact("hari", "integer", source="act"), Fact("saldo", "integer", source="act"), Fact("tertahan", "boolean", source="act"),
        Fact("bebas", "boolean", source="act"), Fact("bentrok", "text", source="act"),
    ),
    roles=tuple(ROLES[word] for word in ("konseptor", "kepala-opd")),
    flow=Seq((
        Task("ajukan", ("konseptor",), "fill", (go("kirim"), end("batal", "batal")), "Ajukan", ("periode", "sisa"), Within(1)),
        Call("hitung-hari", "compute", args(working_days=field("periode")), ("hari",)),
        Call("baca-saldo", "look_up", args(what="saldo", **BOOK), ("saldo",)),
        Call("tahan", "hold", args(amount=fact("hari"), **BOOK), ("tertahan",), "block"),
        Call("pesan", "book", args(who=applicant("person"), period=field("periode"), purpose="cuti"), ("bebas", "bentrok")),
        When("tidak-boleh", fact("tertahan").eq(False) | fact("bebas").eq(False), Seq((
            Task("perbaiki", ("konseptor",), "correct", (back("ubah", "ajukan", reason=False), end("batal", "batal")), "Perbaiki", within=Within(1)),
        ))),
        Task("putuskan", ("kepala-opd",), "decide", (go("setujui"), back("kembalikan", "ajukan"), end("tolak", "ditolak")), "Putuskan", within=Within(1)),
        Call("bukukan", "post", args(of="tahan")),
        Call("tetapkan", "book", args(who=applicant("person"), period=field("periode"), purpose="cuti", lasting=True, of="pesan")),
        Task("masa", ("konseptor",), "report", (go("berakhir"), go("dipersingkat")), "Lapor", ("sisa",), within=Within(1)),
        When("ada-sisa", field("sisa") > 0, Seq((Call("kembalikan-sisa", "release", args(of="bukukan", posted=True, amount=field("sisa"))),))),
        Task("tutup", ("konseptor",), "report", (end("lapor", "dikabulkan"),), "Tutup", within=Within(1)),
    )),
)  # fmt: skip


class Leave(Played):
    """``perform`` does one running act; ``settle`` all of them, and what opens by them."""

    def acting(self) -> list[str]:
        return [name for name, _ in acts.pending(self.process, self.state)]

    def given(self, instance: str) -> ActInput:
        order = acts.order(self.process, self.state, instance, self.state.steps[instance].round, self.now)
        assert order is not None
        return ActInput(self.case, order.step, order.round, order.key, order.act, order.data, at=instant(self.now))

    async def run(self, given: ActInput) -> ActResult:
        """Only the activity: its result is not recorded."""
        result: ActResult = await ActivityEnvironment().run(Acts(self.engine, verbs(ZONE)).act, given)
        return result

    async def perform(self, instance: str) -> ActResult:
        given = self.given(instance)
        result = await self.run(given)
        assert await self.run(given) == result, "sent again, it changes nothing and answers the same"
        await self.told(given, result)
        return result

    async def told(self, given: ActInput, result: ActResult) -> None:
        done = acts.finished(
            self.process, self.state, given.step, given.round, given.key, result.gives, result.documents, result.detail, self.now
        )  # fmt: skip
        if done:
            await self.commit(done)

    async def settle(self) -> None:
        while self.acting():
            await self.perform(self.acting()[0])

    async def ask(self, first: str, last: str) -> None:
        """The drafter asks for leave; the machine checks, holds and books."""
        await self.decide(DRAFTER, "ajukan", "kirim", periode={"from": first, "to": last})
        await self.settle()

    def value(self, name: str) -> Json:
        return self.state.value(name)

    def events_json(self) -> list[Json]:
        return [event_to_json(event) for event in self.events]


async def opened(played: Leave, who: object, unit: str = "diskominfo") -> Leave:
    """With the applicant in the opening event, as the page opens a case."""
    from engine.canonical import sha256, to_text
    from engine.events import Actor

    assert isinstance(who, Actor)
    party: dict[str, Json] = {"person": who.person, "position": who.position, "unit": unit}
    data: dict[str, Json] = {
        "process": played.process.code, "sha": sha256(to_text(played.process)), "title": played.process.title.id, "unit": unit,
        "case": played.case, "starter": party, "applicant": party, "values": {}, "zone": "Asia/Jakarta",
    }  # fmt: skip
    await played.commit([Event(1, played.now, "case-opened", actor=who, data=data)])
    return played
