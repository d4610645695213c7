"""A small process with a table that nobody walks, an outcome per row, and a table that an ``Each`` walks; its pages and its cases' port."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from db.office.processes import keep_processes
from engine.decide import Act
from engine.decide import decide as decided
from engine.expr import column
from engine.fields import Field, Rule
from engine.nodes import Each, Seq, Task, Within, back, end, go
from engine.process import Process
from engine.trail import actor_from_json
from tests.db import play
from tests.db.play import Played
from tests.db.processes import LETTER
from tests.web.cast import NobodyAnswers
from tests.web.office import Office
from workflows.contracts import Decision, Receipt

DRAFTER, CHECKER = "konseptor-diskominfo", "ketua-tim-diskominfo"
NIK = "3671011203850001"
ROWS = Field(
    "rincian", "Rincian barang", "table", required=True, section="Rincian",
    columns=(
        Field("nama", "Nama barang", "text", required=True, max_length=60), Field("nip", "NIP pemegang", "nip"),
        Field("jumlah", "Jumlah", "integer", required=True, rules=(Rule(column("rincian", "jumlah") > 0, "Jumlah harus lebih dari 0."),)),
        Field("harga", "Harga satuan", "rupiah", required=True), Field("tanggal", "Tanggal", "date"),
        Field("kondisi", "Kondisi", "choice", required=True, choices=("baik", "rusak-ringan", "rusak-berat")),
        Field("nik", "NIK penerima", "nik"), Field("foto", "Foto", "file", file_types=("jpg", "png")), Field("bukti", "Bukti", "files"),
        Field("disetujui", "Disetujui", "boolean", required=True), Field("alasan", "Alasan", "text"),
    ),
)  # fmt: skip
GIVEN = ("nama", "nip", "jumlah", "harga", "tanggal", "kondisi", "nik", "foto", "bukti")
WALKED = Field("petugas", "Petugas", "table", columns=(Field("nama", "Nama petugas", "text", required=True),))
LONG: Process = Process(
    code="uji-tabel-panjang", title=LETTER.title, family=LETTER.family, owner=LETTER.owner, summary="Uji.", starts=LETTER.starts, sla=LETTER.sla,
    archive=LETTER.archive, legal_basis=(), roles=LETTER.roles,
    form=(Field("perihal", "Hal", "text", required=True, section="Umum"), ROWS, WALKED),
    flow=Seq((
        Task("usul", ("konseptor",), "draft", (go("kirim"), end("batal", "batal")), "Susun usul", ("perihal", *(f"rincian.{name}" for name in GIVEN), "petugas"), Within(1)),
        Task("nilai", ("ketua-tim-kerja",), "verify", (go("selesai-dinilai"), back("kembalikan", "usul")), "Nilai usul", ("rincian.disetujui", "rincian.alasan"), Within(1)),
        Task("baca", ("konseptor",), "check", (go("lanjut"),), "Baca hasil", within=Within(1)),
        Each("tiap-petugas", "petugas", Seq((Task("tugasi", ("ketua-tim-kerja",), "check", (go("lanjut"),), "Tugasi", within=Within(1)),))),
        Task("berkaskan", ("arsiparis",), "archive", (end("berkaskan", "selesai"),), "Berkaskan", within=Within(1)),
    )),
)  # fmt: skip


def row(number: int, **more: str) -> dict[str, str]:
    """A good row of the table as a spreadsheet has it."""
    nip = f"19850312201001{1 + number % 2}{number % 900 + 1:03d}"
    return {
        "nama": f"Barang {number}",
        "nip": nip,
        "jumlah": str(number % 90 + 1),
        "harga": "1.250.000",
        "tanggal": "23-11-2026",
        "kondisi": "Rusak ringan",
        **more,
    }


def pasted(rows: list[dict[str, str]], heads: bool = True) -> str:
    """As it lies on the clipboard."""
    labels = {one.name: one.label for one in ROWS.columns} | {"_id": "_id"}
    lines = ["\t".join(labels[name] for name in rows[0])] if heads else []
    return "\n".join([*lines, *("\t".join(one.values()) for one in rows)]) + "\n"


def stored(count: int) -> list[dict[str, Any]]:
    """Rows of a sent form."""
    return [
        {"_id": f"r{number}", "nama": f"Barang {number}", "nip": row(number)["nip"], "jumlah": number % 90 + 1, "harga": 1250000, "tanggal": "2026-11-23", "kondisi": "baik", "nik": NIK}
        for number in range(count)
    ]  # fmt: skip


@dataclass
class Answering(NobodyAnswers):
    """The cases' port: decisions through the engine and ``record``, as the shell does."""

    office: Office
    played: dict[str, Played] = field(default_factory=dict)

    async def decide(self, case_id: str, decision: Decision) -> Receipt:
        one = self.played[case_id]
        one.engine = self.office.context.desk
        act = Act(
            decision.request_id, decision.task, decision.round, decision.outcome, actor_from_json(decision.actor), decision.reason, decision.values,
            decision.filled,
        )  # fmt: skip
        await one.commit(decided(one.process, one.state, act, self.office.clock.now))
        return Receipt(one.state.seq, one.state.over)


def begun(office: Office, case: str) -> Played:
    """A case whose first step waits for its drafter; its decisions are answered."""

    async def play_it(engine: AsyncEngine) -> Played:
        async with engine.begin() as connection:
            await keep_processes(connection, [LONG])
        played = Played(engine, LONG, case, office.clock.now)
        await played.open(await play.actor(engine, DRAFTER, office.clock.now), "diskominfo")
        return played

    return answered(office, case, office.run(play_it))


def answered(office: Office, case: str, played: Played) -> Played:
    port = office.context.cases
    if not isinstance(port, Answering):
        port = Answering(office)
        object.__setattr__(office.context, "cases", port)
    port.played[case] = played
    return played


def sent(office: Office, case: str, count: int) -> Played:
    """A case with so many rows, before its checker."""
    played = begun(office, case)

    async def play_it(engine: AsyncEngine) -> None:
        played.engine = engine
        who = await play.actor(engine, DRAFTER, office.clock.now)
        filled = await played.send(who, {"perihal": f"Usul {case}", "rincian": stored(count)})
        await played.commit(played.act(who, "usul", "kirim", filled=filled, perihal=f"Usul {case}"))

    office.run(play_it)
    return played
