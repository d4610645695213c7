"""Signed once per row: each row of an ``Each`` has its own document and number, and a letter sees its own row only."""

from __future__ import annotations

from engine.acts import finished, order
from engine.check import check
from engine.events import Json
from engine.expr import number_of
from engine.fields import Field
from engine.nodes import Argument, Call, Each, Seq, Sign, end, go
from engine.process import Document, Fact, Process
from engine.rehearsal import Rehearsal
from engine.roles import ROLES
from engine.row_form import given_of_rows, made_by, of_rows, row_of, seen_from
from tests.engine.build import case, process, task

LIST = Field("pegawai", "Pegawai", "table", columns=(Field("nip", "NIP", "nip"), Field("gaji", "Gaji", "rupiah")))
ROWS: Json = [{"_id": "a", "nip": "198", "gaji": 10}, {"_id": "b", "nip": "199", "gaji": 20}]


def _each() -> Process:
    return process(
        task("isi", go("kirim"), fills=("pegawai",), by="konseptor", ask="draft"),
        Each("tiap", "pegawai", Seq((
            task("periksa", go("benar"), fills=("pegawai",)),
            Sign("ttd", ("sekda",), ("surat",), (go("tandatangani", performs=True),)),
            Call("catat", "look_up", (Argument("key", number_of("surat")),)),
        ))),
        Call("rekap", "look_up", (Argument("key", number_of("surat")),)),
        task("simpan", end("simpan", "selesai")),
        form=(LIST,), documents=(Document("surat", "Surat", "surat-dinas", ("sekda",), copies_to=("kepala-bkpsdm",)),),
    )  # fmt: skip


def _signed(played: Rehearsal, row: str, number: str) -> None:
    value = played.process
    played.do(f"ttd@{row}", "tandatangani")
    asked = order(value, played.state, f"ttd@{row}", 1, played.now)
    assert asked is not None
    assert asked.data["documents"] == [f"surat@{row}"]
    assert {name: [one["role"] for one in to] for name, to in asked.data["copies"].items()} == {f"surat@{row}": ["kepala-bkpsdm"]}
    played.take(finished(value, played.state, f"ttd@{row}", 1, "k", {}, [{"code": f"surat@{row}", "number": number}], {}, played.now))


def test_each_row_has_its_document_and_knows_its_own_number() -> None:
    value = _each()
    assert check(value, ROLES) == ()
    played = case(value)
    played.do("isi", "kirim", values={"pegawai": ROWS})
    for row in ("a", "b"):
        played.do(f"periksa@{row}", "benar", values={"pegawai": [{"_id": row, "gaji": 30 if row == "a" else 20}]})
    _signed(played, "b", "2/2026")
    _signed(played, "a", "1/2026")
    told = {row: order(value, played.state, f"catat@{row}", 1, played.now) for row in ("a", "b")}
    assert {row: one.data["args"]["key"] for row, one in told.items() if one} == {"a": "1/2026", "b": "2/2026"}
    for row in ("a", "b"):
        played.finish(f"catat@{row}")
    whole = order(value, played.state, "rekap", 1, played.now)
    assert whole is not None
    assert whole.data["args"]["key"] == ["2/2026", "1/2026"], "seen from outside, all of them"


FORM: dict[str, Json] = {
    "hal": "KGB", "pegawai": [{"_id": "a", "nip": "198", "gaji": 30}, {"_id": "b", "nip": "199", "gaji": 20}],
    "catatan": "milik b", "@a": {"catatan": "milik a"}, "@b": {"catatan": "milik b"},
}  # fmt: skip


def test_a_letter_of_a_row_sees_that_row_alone() -> None:
    value = _each()
    step = made_by(value, "surat@a")
    assert step == "ttd@a"
    row = row_of(value, FORM, step)
    assert (row.values, row.name) == ({"_id": "a", "nip": "198", "gaji": 30, "catatan": "milik a"}, "198")
    seen = seen_from(value, FORM, step)
    assert seen["pegawai"] == [FORM["pegawai"][0]]
    assert (seen["hal"], seen["catatan"]) == ("KGB", "milik a")
    other = {**FORM, "catatan": "diubah", "@b": {"catatan": "diubah"}, "pegawai": [FORM["pegawai"][0], {"_id": "b", "nip": "199", "gaji": 99}]}
    assert seen_from(value, other, step) == seen, "what another row's step fills in does not touch it"


def test_outside_each_the_form_is_whole() -> None:
    assert seen_from(_each(), FORM, "simpan") == FORM
    assert row_of(_each(), FORM, "simpan").values == {}


def test_what_was_given_for_a_row_is_found_however_deep_it_stands() -> None:
    form: Json = {"@rw5": {"ketua": "A"}, "@rw5@rw5-u1": {"kelurahan": "Sukarasa"}, "@rw5-u1": {"nomor": 1}, "usul": []}
    assert of_rows(form) == {"rw5": {"ketua": "A"}, "rw5-u1": {"kelurahan": "Sukarasa", "nomor": 1}}


def test_a_step_is_shown_what_was_found_for_a_row_before_it() -> None:
    value = process(
        task("isi", go("kirim"), fills=("pegawai",), by="konseptor", ask="draft"),
        Each("awal", "pegawai", Seq((Call("cari", "look_up", gives=("golongan",)),))),
        task("putus", fills=("pegawai",)),
        Each("akhir", "pegawai", Seq((Call("tetapkan", "compute", gives=("hasil",)),))),
        form=(LIST,), facts=(Fact("golongan", "text", source="act"), Fact("hasil", "text", source="act")),
    )  # fmt: skip
    assert given_of_rows(value, "pegawai") == ("golongan", "hasil")
    assert given_of_rows(value, "pegawai", "putus") == ("golongan",)
