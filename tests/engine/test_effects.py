"""What an outcome does to the case, one by one: return, skip, again, pause, end; and where facts come from."""

from datetime import timedelta

import pytest

from engine.acts import finished, order
from engine.check import check
from engine.expr import Expr, count, fact, field, number_of, times
from engine.fields import Field
from engine.frontier import frontier
from engine.nodes import Argument, Call, Each, Issue, Seq, Sign, When, again, back, end, go, pause, skip
from engine.process import Document, Fact
from engine.roles import ROLES
from engine.state import from_json, to_json
from tests.engine.build import MONDAY, case, drafts, kinds, process, task

FILL = {"by": "pegawai", "ask": "fill"}


# return


def test_a_return_clears_from_the_targets_branch_in_the_lowest_common_sequence() -> None:
    inner = Seq((task("b"), task("c", go("ya"), back("ke-b", "b"), back("ke-a", "a"))))
    played = case(process(task("a"), When("w", count(field("x")).eq(0), inner), task("d"), form=(Field("x", "X", "text"),)))
    played.do("a", "lanjut")
    played.do("b", "lanjut")
    played.do("c", "ke-b")
    assert played.open_tasks() == ("b",)
    assert played.state.conditions == {"w": True}
    played.do("b", "lanjut")
    played.do("c", "ke-a")
    assert played.open_tasks() == ("a",)
    assert played.state.conditions == {}


def test_a_return_inside_each_touches_its_own_row_only() -> None:
    value = process(
        task("isi", go("kirim"), fills=("unit_koordinasi",), **FILL),
        Each("tiap", "unit_koordinasi", Seq((task("tulis"), task("cek", go("ya"), back("ulang", "tulis"))))),
        form=(Field("unit_koordinasi", "Unit", "units"),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"unit_koordinasi": ["bappeda", "bpkd"]})
    played.do("tulis@bappeda", "lanjut")
    played.do("tulis@bpkd", "lanjut")
    played.do("cek@bappeda", "ulang")
    assert set(played.open_tasks()) == {"tulis@bappeda", "cek@bpkd"}
    assert played.state.steps["cek@bpkd"].round == 1


def test_form_values_stay_and_facts_of_cleared_steps_become_empty_and_are_offered() -> None:
    value = process(
        task("isi", go("kirim"), fills=("nilai",), **FILL),
        task("telaah", fills=("catatan",)),
        task("putus", go("ya"), back("ulang", "isi")),
        form=(Field("nilai", "Nilai", "rupiah"),),
        facts=(Fact("catatan", "text"),),
    )
    played = case(value)
    # Only what the engine reads is kept: a fact always is, a form value that no condition names is not.
    played.do("isi", "kirim", values={"nilai": 5})
    played.do("telaah", "lanjut", values={"catatan": "kurang"})
    assert played.state.value("catatan") == "kurang"
    played.do("putus", "ulang")
    assert played.state.value("catatan") is None
    assert played.state.offered == {"catatan": "kurang"}
    played.do("isi", "kirim")
    played.do("telaah", "lanjut", values={"catatan": "cukup"})
    assert (played.state.value("catatan"), played.state.offered) == ("cukup", {})


def test_a_return_names_what_it_clears_so_that_holds_are_freed() -> None:
    value = process(task("isi", go("kirim"), **FILL), Call("tahan-saldo", "hold"), task("cek", go("ya"), back("ulang", "isi")))
    played = case(value)
    played.do("isi", "kirim")
    played.finish("tahan-saldo")
    events = played.do("cek", "ulang")
    assert events[0].data["cleared"] == ["cek/1", "isi/1", "tahan-saldo/1"]
    played.do("isi", "kirim")
    assert played.state.steps["tahan-saldo"].round == 2


# skip, again, pause, end


def test_a_skip_goes_ahead_in_the_same_sequence_and_what_lies_between_does_not_happen() -> None:
    value = process(task("a", go("ya"), skip("lompat", "d")), task("b", go("ya"), end("habis", "selesai")), task("d"))
    played = case(value)
    played.do("a", "lompat")
    assert played.open_tasks() == ("d",)
    assert "b" not in played.state.rounds
    played.do("d", "lanjut")
    assert played.state.result == "selesai"


def test_a_skip_out_of_a_condition_goes_ahead_in_the_sequence_around_it() -> None:
    value = process(
        When("w", ~field("x").eq("y"), Seq((task("a", skip("lompat", "d")), task("b")))), task("c"), task("d"), form=(Field("x", "X", "text"),)
    )
    played = case(value)
    played.do("a", "lompat")
    assert played.open_tasks() == ("d",)


def test_a_step_after_an_end_is_reached_by_a_skip_only() -> None:
    process_ = drafts()["surat-masuk-disposisi"].process
    played = case(process_)
    played.do("registrasi", "catat", values={"sifat": "biasa", "urgensi": "biasa"}, person="p-ani")
    played.finish_all({"beri-nomor-agenda": {"nomor_agenda": 1412}})
    played.do("telaah-awal", "alihkan", values={"pengalihan_internal": False})
    assert played.open_tasks() == ("tanda-tangan-pengantar",)


def test_again_is_a_new_round_with_its_deadline_counted_anew() -> None:
    played = case(process(task("rapat", go("jadi"), again("tunda")), task("lalu")))
    first = played.state.steps["rapat"]
    played.now = MONDAY + timedelta(days=1)
    played.do("rapat", "tunda")
    second = played.state.steps["rapat"]
    assert (first.round, second.round) == (1, 2)
    assert second.due > first.due
    assert played.open_tasks() == ("rapat",)


def test_pause_stops_the_statutory_clock_until_the_next_act_on_the_step() -> None:
    played = case(process(task("telaah", go("cukup"), pause("kurang", "menunggu-pemohon")), task("lalu")))
    events = played.do("telaah", "kurang")
    assert kinds(events) == [("decided", "telaah"), ("clock-stopped", "telaah")]
    assert played.state.paused == "menunggu-pemohon"
    assert played.state.steps["telaah"].round == 1
    played.now += timedelta(days=2)
    assert kinds(played.do("telaah", "cukup"))[:2] == [("clock-started", "telaah"), ("decided", "telaah")]
    assert (played.state.paused, played.state.stopped) == ("", 2 * 24 * 3600)


def test_a_flow_that_runs_off_its_end_is_selesai() -> None:
    played = case(process(task("satu")))
    assert kinds(played.do("satu", "lanjut"))[-1] == ("ended", "")
    assert played.state.result == "selesai"
    assert frontier(played.process, played.state).done


def test_nothing_opens_twice_in_one_round() -> None:
    for code in ("tender-penyedia", "surat-masuk-disposisi", "kenaikan-pangkat"):
        played = case(drafts()[code].process)
        opened = [(e.step, e.round) for e in played.trail if e.kind in ("task-opened", "act-started")]
        assert len(opened) == len(set(opened))


# facts


def test_a_choice_fact_takes_the_word_of_the_outcome() -> None:
    value = process(
        task("putus", go("setujui"), go("tolak")),
        When("w", fact("hasil").eq("tolak"), Seq((task("tolak-surat"),)), Seq((task("izin"),))),
        facts=(Fact("hasil", "choice", choices=("setujui", "tolak"), takes=("putus",)),),
    )
    played = case(value)
    played.do("putus", "tolak")
    assert played.open_tasks() == ("tolak-surat",)


def test_a_person_may_choose_another_word_where_the_step_fills_the_fact() -> None:
    value = process(
        task("putus", go("setujui"), go("tolak"), fills=("hasil",)),
        When("w", fact("hasil").eq("tolak"), Seq((task("tolak-surat"),)), Seq((task("izin"),))),
        facts=(Fact("hasil", "choice", choices=("setujui", "tolak"), takes=("putus",)),),
    )
    played = case(value)
    played.do("putus", "setujui", values={"hasil": "tolak"})
    assert played.open_tasks() == ("tolak-surat",)


def test_a_parameter_of_the_city_is_supplied_when_a_condition_first_needs_it() -> None:
    value = process(
        task("isi", go("kirim"), fills=("jumlah",), **FILL),
        When("w", field("jumlah") <= fact("batas"), Seq((task("sekda"),)), Seq((task("wali-kota"),))),
        form=(Field("jumlah", "Jumlah", "rupiah"),),
        facts=(Fact("batas", "rupiah", source="parameter"),),
    )
    played = case(value)
    events = played.do("isi", "kirim", values={"jumlah": 100})
    assert (events[-1].kind, events[-1].step, events[-1].data["act"]) == ("act-started", "w", "supply")
    events = played.finish("w", batas=250)
    assert [e.data["facts"] for e in events if e.kind == "condition"] == [{"jumlah": 100, "batas": 250}]
    assert played.open_tasks() == ("sekda",)


def test_a_computed_fact_is_read_anew_each_time() -> None:
    value = process(
        task("isi", go("kirim"), fills=("harga", "banyak"), **FILL),
        When("w", fact("jumlah") > 100, Seq((task("besar"),)), Seq((task("kecil"),))),
        form=(Field("harga", "Harga", "rupiah"), Field("banyak", "Banyak", "integer")),
        facts=(Fact("jumlah", "rupiah", source="computed", value=field("harga") * field("banyak")),),
    )
    played = case(value)
    events = played.do("isi", "kirim", values={"harga": 60, "banyak": 2})
    assert [e.data["facts"]["jumlah"] for e in events if e.kind == "condition"] == [120]
    assert played.open_tasks() == ("besar",)


def test_the_state_travels_as_json_at_any_point() -> None:
    played = case(drafts()["tender-penyedia"].process)
    assert from_json(to_json(played.state)) == played.state


def test_the_number_of_a_document_is_known_to_later_steps() -> None:
    value = process(
        Issue("terbit", ("surat",)), Call("catat", "look_up", (Argument("key", number_of("surat")),)), task("a"),
        documents=(Document("surat", "Surat", "surat-dinas", ("segel",)),),
    )  # fmt: skip
    played = case(value)
    assert check(value, ROLES) == ()
    documents = [{"code": "surat", "number": "1/2026"}]
    played.take(finished(value, played.state, "terbit", 1, "k", {}, documents, {}, played.now))
    asked = order(value, played.state, "catat", 1, played.now)
    assert asked is not None
    assert asked.data["args"] == {"key": "1/2026"}
    assert from_json(to_json(played.state)) == played.state


def test_how_often_an_outcome_was_taken_outlives_the_return_it_brings() -> None:
    value = process(
        task("isi", go("kirim"), **FILL), task("terima", go("terima"), back("salah", "isi")), When("bila", fact("kali") >= 2, then=Seq((task("akhir"),))),
        facts=(Fact("kali", "integer", source="computed", value=times("terima", "salah")),),
    )  # fmt: skip
    assert check(value, ROLES) == ()
    played = case(value)
    for _ in range(2):
        played.do("isi", "kirim")
        played.do("terima", "salah")
    played.do("isi", "kirim")
    assert from_json(to_json(played.state)) == played.state
    played.do("terima", "terima")
    assert played.open_tasks() == ("akhir",)


def test_an_outcome_counted_that_no_step_offers_is_a_fault() -> None:
    value = process(task("isi", **FILL), When("bila", times("isi", "salah") >= 1, then=Seq((task("akhir"),))))
    assert any("langkah isi dengan pilihan salah" in fault for fault in map(str, check(value, ROLES)))


@pytest.mark.parametrize(("closed", "expected"), [(True, True), (field("luar").eq("ya"), True), (field("luar").eq("tidak"), False), (False, False)])
def test_a_step_closed_to_acting_officials_says_so_when_it_opens(closed: bool | Expr, expected: bool) -> None:
    value = process(
        task("isi", go("kirim"), fills=("luar",), **FILL),
        Sign("ttd", ("sekda",), ("surat",), (end("tandatangani", "selesai", performs=True),), definitive=closed),
        form=(Field("luar", "Luar negeri", "text"),), documents=(Document("surat", "Surat", "surat-dinas", ("sekda",)),),
    )  # fmt: skip
    played = case(value)
    played.do("isi", "kirim", values={"luar": "ya"})
    assert bool(played.trail[-1].data.get("definitive")) is expected
