"""What travels: events and states as JSON, rows with ids, what the engine needs of a form, scenarios."""

import json
from datetime import UTC, datetime

import pytest

from engine.codec import decode, encode
from engine.errors import FieldsInvalid, Known, RecipientInvalid, Refusal, StaleVersion, TaskClosed, revive
from engine.events import Actor, Event
from engine.expr import column, field
from engine.fields import Field
from engine.index import split
from engine.nodes import Each, Seq, When, back, go
from engine.relevance import relevant, trim
from engine.rows import find, ids, merge, with_ids
from engine.scenario import Do, Later, Scenario, holds, play
from engine.state import from_json, to_json
from engine.trail import event_from_json, event_to_json, instant
from engine.walk import walk
from tests.engine.build import case, drafts, process, task

FILL = {"by": "pegawai", "ask": "fill"}


def test_events_travel_as_json() -> None:
    event = Event(
        3, datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "decided", "periksa@r1", 2, Actor("p1", "j1", "plh", "m1", "Budi", "Plh. Kepala"), "q1", {"a": 1}
    )
    obj = event_to_json(event)
    assert obj["at"] == "2026-11-23T02:00:00Z"
    assert event_from_json(json.loads(json.dumps(obj))) == event
    with pytest.raises(ValueError, match="zone"):
        instant(datetime(2026, 11, 23))


def test_every_event_and_state_of_a_walk_travels() -> None:
    done = walk(drafts()["surat-masuk-disposisi"].process, 4)
    assert [event_from_json(json.loads(json.dumps(event_to_json(e)))) for e in done.trail] == list(done.trail)
    assert from_json(json.loads(json.dumps(to_json(done.state)))) == done.state


def test_what_is_no_part_of_a_process_has_no_json() -> None:
    for wrong in (0.5, {"a": 1}, [1], object()):
        with pytest.raises(TypeError):
            encode((wrong,))
    with pytest.raises(ValueError, match="unknown tag"):
        decode({"is": "workflow"})


def test_row_ids_are_kept_or_made_by_position() -> None:
    assert with_ids([{"a": 1}, {"_id": "x", "a": 2}, {"_id": "x", "a": 3}]) == [{"_id": "r1", "a": 1}, {"_id": "x", "a": 2}, {"_id": "r3", "a": 3}]
    assert ids(["bpkd", "a@b#c"]) == ("bpkd", "a%40b%23c")
    assert ids([]) == ids(None) == ()
    assert ids("bpkd") == ("bpkd",)
    assert find(["bpkd", "dishub"], "dishub") == "dishub"
    assert find([{"_id": "r1"}], "r2") is None
    assert merge([{"_id": "r1", "a": 1}], [{"_id": "r1", "b": 2}], "r1") == [{"_id": "r1", "a": 1, "b": 2}]


def test_an_instance_splits_into_step_and_rows() -> None:
    assert split("paraf@bappeda@r2#3") == ("paraf", ("bappeda", "r2"))
    assert split("nomor@r1!") == ("nomor", ("r1",))


def test_only_what_conditions_each_and_addresses_read_is_needed() -> None:
    value = process(
        task("isi", go("kirim"), fills=("nama", "nilai", "barang", "unit_koordinasi"), **FILL),
        When("w", column("barang", "golongan").eq("tanah"), Seq((task("a"),))),
        When("v", field("nilai") > 3, Seq((task("b"),))),
        Each("tiap", "unit_koordinasi", Seq((task("c"),))),
        form=(
            Field("nama", "Nama", "text"),
            Field("nilai", "Nilai", "rupiah"),
            Field("unit_koordinasi", "Unit", "units"),
            Field("barang", "Barang", "table", columns=(Field("golongan", "G", "text"), Field("merk", "M", "text"), Field("unit", "U", "unit"))),
        ),
    )
    assert relevant(value) == {"barang": ("golongan",), "nilai": None, "unit_koordinasi": None}
    sent = {"nama": "x", "nilai": 3, "barang": [{"golongan": "tanah", "merk": "y"}], "applicant": {"person": "p"}}
    assert trim(value, sent) == {"nilai": 3, "barang": [{"_id": "r1", "golongan": "tanah"}], "applicant": {"person": "p"}}


def test_the_letters_secret_subject_never_enters_the_case() -> None:
    needed = relevant(drafts()["surat-masuk-disposisi"].process)
    assert "perihal" not in needed
    assert "pengirim" not in needed
    assert {"urgensi", "penerima_disposisi", "isi_instruksi", "perlu_balasan"} <= set(needed)


def test_a_malformed_branch_is_refused_not_a_crash() -> None:
    played = case(drafts()["surat-masuk-disposisi"].process)
    with pytest.raises(TaskClosed):
        played.do("registrasi#x", "baca")
    played.do("registrasi", "catat", values={"urgensi": "biasa"})
    played.finish_all()
    played.do("telaah-awal", "teruskan")
    for wrong in ("j-a", [1], [{"position": "j-a", "role": "utama", "due": 5}]):
        with pytest.raises(RecipientInvalid):
            played.do("disposisi-pimpinan", "disposisikan", values={"branches": wrong})


STORY = Scenario(
    "dikembalikan-sekali",
    "Dikembalikan sekali, lalu diterima; sebuah pengingat terlewat.",
    "selesai",
    (Do("isi", "kirim"), Do("periksa", "kembalikan", reason="Kurang."), Do("isi", "kirim"), Later(4), Do("periksa", "terima", by="arsiparis")),
)


def test_a_scenario_is_played_and_says_where_it_fails() -> None:
    value = process(task("isi", go("kirim"), **FILL), task("periksa", go("terima"), back("kembalikan", "isi")))
    assert holds(value, STORY) == ""
    assert play(value, STORY).state.rounds["periksa"] == 2
    other = process(task("isi", go("kirim"), **FILL), task("periksa", go("terima"), back("kembalikan", "isi")), task("lagi"))
    assert holds(other, STORY) == "contoh, skenario dikembalikan-sekali: seharusnya selesai, nyatanya terbuka pada lagi"


def test_a_refusal_that_crosses_a_border_keeps_the_fields_it_names() -> None:
    known = Known.of(FieldsInvalid({"hal": "Isi hal surat."}, "Ada yang kosong."))
    again = revive(known.code, known.message, known.errors)
    assert isinstance(again, FieldsInvalid)
    assert (again.errors, again.message) == ({"hal": "Isi hal surat."}, "Ada yang kosong.")
    assert isinstance(revive("versi-usang", "Berubah."), StaleVersion)
    assert type(revive("tidak-pernah-ada", "Entah.")) is Refusal
