"""The finer rules of the flow, one by one: instances, conditions, each, par, returns, skips, again, pause, end."""

from datetime import timedelta

from engine.expr import any_, applicant, column, count, fact, field
from engine.fields import Field
from engine.frontier import frontier
from engine.nodes import Call, Each, Par, Seq, When, again, back, end, go, pause, skip
from engine.process import Fact
from engine.state import from_json, to_json
from tests.engine.build import MONDAY, case, drafts, kinds, process, task

FILL = {"by": "pegawai", "ask": "fill"}


# instances and rounds


def test_a_step_is_known_by_its_name_and_the_row_around_it():
    value = process(
        task("isi", go("kirim"), fills=("unit_koordinasi",), **FILL),
        Each("tiap-unit", "unit_koordinasi", Seq((task("paraf"),))),
        form=(Field("unit_koordinasi", "Unit", "units"),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"unit_koordinasi": ["bappeda", "bpkd"]})
    assert played.open_tasks() == ("paraf@bappeda", "paraf@bpkd")
    played.do("paraf@bpkd", "lanjut")
    assert played.open_tasks() == ("paraf@bappeda",)
    played.do("paraf@bappeda", "lanjut")
    assert played.state.result == "selesai"


def test_rows_keep_their_ids_when_the_table_is_typed_in_another_order():
    value = process(
        task("isi", go("kirim"), fills=("barang",), **FILL),
        Each("tiap-barang", "barang", Seq((task("teliti"),))),
        form=(Field("barang", "Barang", "table", columns=(Field("golongan", "Golongan", "text"),)),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"barang": [{"_id": "b7", "golongan": "tanah"}, {"golongan": "bangunan"}]})
    assert played.open_tasks() == ("teliti@b7", "teliti@r2")


def test_a_returned_step_opens_in_a_new_round():
    value = process(task("isi", go("kirim"), **FILL), task("periksa", go("terima"), back("kembalikan", "isi")))
    played = case(value)
    played.do("isi", "kirim")
    played.do("periksa", "kembalikan")
    assert played.open_tasks() == ("isi",)
    assert played.state.steps["isi"].round == 2
    played.do("isi", "kirim")
    assert played.state.steps["periksa"].round == 2


# when


def test_a_condition_is_decided_once_and_recorded_with_the_values_it_used():
    value = process(
        task("isi", go("kirim"), fills=("nilai", "batas"), **FILL),
        When("bila-besar", field("nilai") > field("batas"), Seq((task("besar"),)), Seq((task("kecil"),))),
        form=(Field("nilai", "Nilai", "rupiah"), Field("batas", "Batas", "rupiah")),
    )
    played = case(value)
    events = played.do("isi", "kirim", values={"nilai": 300, "batas": 200})
    decided = next(e for e in events if e.kind == "condition")
    assert decided.data == {"name": "bila-besar", "value": True, "facts": {"nilai": 300, "batas": 200}}
    assert played.open_tasks() == ("besar",)


def test_a_return_that_clears_a_condition_lets_it_be_decided_anew():
    value = process(
        task("isi", go("kirim"), fills=("nilai",), **FILL),
        When("bila-besar", field("nilai") > 100, Seq((task("besar", back("kembalikan", "isi"), go("ya")),)), Seq((task("kecil"),))),
        form=(Field("nilai", "Nilai", "rupiah"),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"nilai": 200})
    played.do("besar", "kembalikan")
    events = played.do("isi", "kirim", values={"nilai": 50})
    assert [(e.data["value"], e.round) for e in events if e.kind == "condition"] == [(False, 2)]
    assert played.open_tasks() == ("kecil",)


def test_an_edit_after_the_decision_does_not_move_the_case():
    value = process(
        task("isi", go("kirim"), fills=("nilai",), **FILL),
        When(
            "bila-besar", field("nilai") > 100, Seq((task("besar", go("ya"), again("ubah"), fills=("nilai",)), task("lalu"))), Seq((task("kecil"),))
        ),
        form=(Field("nilai", "Nilai", "rupiah"),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"nilai": 200})
    played.do("besar", "ya", values={"nilai": 1})
    assert played.open_tasks() == ("lalu",)


def test_what_is_empty_equals_nothing_and_not_turns_that_round():
    value = process(
        task("isi", go("kirim"), fills=("jenis",), **FILL),
        When("sama", field("jenis").eq("a"), Seq((task("satu"),)), Seq((task("dua"),))),
        When("beda", field("jenis").ne("a"), Seq((task("tiga"),)), Seq((task("empat"),))),
        When("bukan", ~field("jenis").eq("a"), Seq((task("lima"),)), Seq((task("enam"),))),
        form=(Field("jenis", "Jenis", "choice", choices=("a", "b")),),
    )
    played = case(value)
    played.do("isi", "kirim")
    for expected in ("dua", "empat", "lima"):
        assert played.open_tasks() == (expected,)
        played.do(expected, "lanjut")


def test_attributes_of_the_applicant_decide():
    value = process(When("sekda", applicant("jabatan").eq("sekda"), Seq((task("khusus"),)), Seq((task("biasa"),))))
    assert case(value, {"jabatan": "sekda"}).open_tasks() == ("khusus",)
    assert case(value, {"jabatan": "lurah"}).open_tasks() == ("biasa",)
    assert case(value).open_tasks() == ("biasa",)


# each


def test_no_rows_means_done():
    value = process(Each("tiap-unit", "unit_koordinasi", Seq((task("paraf"),))), task("lalu"), form=(Field("unit_koordinasi", "Unit", "units"),))
    assert case(value).open_tasks() == ("lalu",)


def test_rows_are_frozen_when_reached_and_anew_after_a_return():
    value = process(
        task("isi", go("kirim"), fills=("unit_koordinasi",), **FILL),
        Each("tiap-unit", "unit_koordinasi", Seq((task("paraf", go("paraf"), back("kembalikan", "isi")),))),
        form=(Field("unit_koordinasi", "Unit", "units"),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"unit_koordinasi": ["bappeda", "bpkd"]})
    played.do("paraf@bappeda", "paraf")
    events = played.do("paraf@bpkd", "kembalikan")
    assert kinds(events)[0] == ("decided", "paraf@bpkd")
    events = played.do("isi", "kirim", values={"unit_koordinasi": ["bpkd", "dinkes"]})
    assert [e.data["rows"] for e in events if e.kind == "rows"] == [["bpkd", "dinkes"]]
    assert played.open_tasks() == ("paraf@bpkd", "paraf@dinkes")
    assert played.state.steps["paraf@bpkd"].round == 2
    assert played.state.steps["paraf@dinkes"].round == 1


def test_a_fact_filled_inside_each_belongs_to_the_row_and_a_list_outside_can_be_asked():
    value = process(
        task("isi", go("kirim"), fills=("tempat",), **FILL),
        Each(
            "tiap-tempat",
            "tempat",
            Seq((task("kunjungi", fills=("layak",)), When("gagal", fact("layak").eq(False), Seq((task("tolak-tempat"),))))),
        ),
        When("ada", any_(column("tempat", "layak").eq(True)), Seq((task("terbitkan"),)), Seq((task("tolak-semua"),))),
        form=(Field("tempat", "Tempat", "table", columns=(Field("nama", "Nama", "text"),)),),
        facts=(Fact("layak", "boolean"),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"tempat": [{"nama": "A"}, {"nama": "B"}]})
    played.do("kunjungi@r1", "lanjut", values={"layak": False})
    assert "tolak-tempat@r1" in played.open_tasks()
    played.do("kunjungi@r2", "lanjut", values={"layak": True})
    assert "tolak-tempat@r2" not in played.state.steps
    events = played.do("tolak-tempat@r1", "lanjut")
    assert [e.data["facts"] for e in events if e.kind == "condition"] == [{"tempat.layak": [False, True]}]
    assert played.open_tasks() == ("terbitkan",)


def test_inside_each_a_column_is_that_of_the_current_row_and_a_step_may_change_it():
    value = process(
        task("isi", go("kirim"), fills=("daftar",), **FILL),
        Each("tiap", "daftar", Seq((task("nilai", fills=("daftar",)), When("baik", column("daftar", "hasil").eq("baik"), Seq((task("catat"),)))))),
        form=(Field("daftar", "Daftar", "table", columns=(Field("nama", "Nama", "text"), Field("hasil", "Hasil", "text"))),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"daftar": [{"nama": "A"}, {"nama": "B"}]})
    played.do("nilai@r2", "lanjut", values={"daftar": [{"_id": "r2", "hasil": "baik"}]})
    played.do("nilai@r1", "lanjut", values={"daftar": [{"_id": "r1", "hasil": "buruk"}]})
    assert played.open_tasks() == ("catat@r2",)
    assert [row["hasil"] for row in played.state.value("daftar")] == ["buruk", "baik"]


def test_end_inside_each_ends_the_whole_case():
    value = process(
        task("isi", go("kirim"), fills=("unit_koordinasi",), **FILL),
        Each("tiap-unit", "unit_koordinasi", Seq((task("paraf", go("paraf"), end("tolak", "ditolak")),))),
        form=(Field("unit_koordinasi", "Unit", "units"),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"unit_koordinasi": ["bappeda", "bpkd", "dinkes"]})
    events = played.do("paraf@bpkd", "tolak")
    assert kinds(events) == [("decided", "paraf@bpkd"), ("voided", "paraf@bappeda"), ("voided", "paraf@dinkes"), ("ended", "")]
    assert (played.state.result, events[-1].data) == ("ditolak", {"result": "ditolak", "step": "paraf@bpkd", "outcome": "tolak"})


# par


def test_when_need_is_met_the_other_branches_are_void():
    branches = tuple(Seq((task(n),)) for n in ("satu", "dua", "tiga"))
    played = case(process(Par(branches, 2), task("lalu")))
    assert played.open_tasks() == ("satu", "dua", "tiga")
    assert kinds(played.do("dua", "lanjut")) == [("decided", "dua")]
    assert kinds(played.do("tiga", "lanjut"))[1:] == [("voided", "satu"), ("task-opened", "lalu")]
    assert case(process(Par(branches, "any"), task("lalu"))).open_tasks() == ("satu", "dua", "tiga")


def test_all_waits_for_every_branch():
    played = case(process(Par((Seq((task("satu"), task("satu-b"))), Seq((task("dua"),))), "all"), task("lalu")))
    played.do("dua", "lanjut")
    played.do("satu", "lanjut")
    assert played.open_tasks() == ("satu-b",)
    played.do("satu-b", "lanjut")
    assert played.open_tasks() == ("lalu",)


def test_a_return_out_of_a_branch_voids_its_siblings():
    value = process(task("isi", go("kirim"), **FILL), Par((Seq((task("satu", go("ya"), back("ulang", "isi")),)), Seq((task("dua"),)))))
    played = case(value)
    played.do("isi", "kirim")
    assert kinds(played.do("satu", "ulang")) == [("decided", "satu"), ("voided", "dua"), ("task-opened", "isi")]
    played.do("isi", "kirim")
    assert (played.state.steps["satu"].round, played.state.steps["dua"].round) == (2, 2)


def test_a_return_inside_a_branch_leaves_the_siblings_alone():
    value = process(Par((Seq((task("satu"), task("satu-b", go("ya"), back("ulang", "satu")))), Seq((task("dua"),)))), task("lalu"))
    played = case(value)
    played.do("satu", "lanjut")
    played.do("satu-b", "ulang")
    assert set(played.open_tasks()) == {"satu", "dua"}
    assert played.state.steps["dua"].round == 1


# return


def test_a_return_clears_from_the_targets_branch_in_the_lowest_common_sequence():
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


def test_a_return_inside_each_touches_its_own_row_only():
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


def test_form_values_stay_and_facts_of_cleared_steps_become_empty_and_are_offered():
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


def test_a_return_names_what_it_clears_so_that_holds_are_freed():
    value = process(task("isi", go("kirim"), **FILL), Call("tahan-saldo", "hold"), task("cek", go("ya"), back("ulang", "isi")))
    played = case(value)
    played.do("isi", "kirim")
    played.finish("tahan-saldo")
    events = played.do("cek", "ulang")
    assert events[0].data["cleared"] == ["cek/1", "isi/1", "tahan-saldo/1"]
    played.do("isi", "kirim")
    assert played.state.steps["tahan-saldo"].round == 2


# skip, again, pause, end


def test_a_skip_goes_ahead_in_the_same_sequence_and_what_lies_between_does_not_happen():
    value = process(task("a", go("ya"), skip("lompat", "d")), task("b", go("ya"), end("habis", "selesai")), task("d"))
    played = case(value)
    played.do("a", "lompat")
    assert played.open_tasks() == ("d",)
    assert "b" not in played.state.rounds
    played.do("d", "lanjut")
    assert played.state.result == "selesai"


def test_a_skip_out_of_a_condition_goes_ahead_in_the_sequence_around_it():
    value = process(
        When("w", ~field("x").eq("y"), Seq((task("a", skip("lompat", "d")), task("b")))), task("c"), task("d"), form=(Field("x", "X", "text"),)
    )
    played = case(value)
    played.do("a", "lompat")
    assert played.open_tasks() == ("d",)


def test_a_step_after_an_end_is_reached_by_a_skip_only():
    process_ = drafts()["surat-masuk-disposisi"].process
    played = case(process_)
    played.do("registrasi", "catat", values={"sifat": "biasa", "urgensi": "biasa"}, person="p-ani")
    played.finish_all({"beri-nomor-agenda": {"nomor_agenda": 1412}})
    played.do("telaah-awal", "alihkan", values={"pengalihan_internal": False})
    assert played.open_tasks() == ("tanda-tangan-pengantar",)


def test_again_is_a_new_round_with_its_deadline_counted_anew():
    played = case(process(task("rapat", go("jadi"), again("tunda")), task("lalu")))
    first = played.state.steps["rapat"]
    played.now = MONDAY + timedelta(days=1)
    played.do("rapat", "tunda")
    second = played.state.steps["rapat"]
    assert (first.round, second.round) == (1, 2)
    assert second.due > first.due
    assert played.open_tasks() == ("rapat",)


def test_pause_stops_the_statutory_clock_until_the_next_act_on_the_step():
    played = case(process(task("telaah", go("cukup"), pause("kurang", "menunggu-pemohon")), task("lalu")))
    events = played.do("telaah", "kurang")
    assert kinds(events) == [("decided", "telaah"), ("clock-stopped", "telaah")]
    assert played.state.paused == "menunggu-pemohon"
    assert played.state.steps["telaah"].round == 1
    played.now += timedelta(days=2)
    assert kinds(played.do("telaah", "cukup"))[:2] == [("clock-started", "telaah"), ("decided", "telaah")]
    assert (played.state.paused, played.state.stopped) == ("", 2 * 24 * 3600)


def test_a_flow_that_runs_off_its_end_is_selesai():
    played = case(process(task("satu")))
    assert kinds(played.do("satu", "lanjut"))[-1] == ("ended", "")
    assert played.state.result == "selesai"
    assert frontier(played.process, played.state).done


def test_nothing_opens_twice_in_one_round():
    for code in ("tender-penyedia", "surat-masuk-disposisi", "kenaikan-pangkat"):
        played = case(drafts()[code].process)
        opened = [(e.step, e.round) for e in played.trail if e.kind in ("task-opened", "act-started")]
        assert len(opened) == len(set(opened))


# facts


def test_a_choice_fact_takes_the_word_of_the_outcome():
    value = process(
        task("putus", go("setujui"), go("tolak")),
        When("w", fact("hasil").eq("tolak"), Seq((task("tolak-surat"),)), Seq((task("izin"),))),
        facts=(Fact("hasil", "choice", choices=("setujui", "tolak"), takes=("putus",)),),
    )
    played = case(value)
    played.do("putus", "tolak")
    assert played.open_tasks() == ("tolak-surat",)


def test_a_person_may_choose_another_word_where_the_step_fills_the_fact():
    value = process(
        task("putus", go("setujui"), go("tolak"), fills=("hasil",)),
        When("w", fact("hasil").eq("tolak"), Seq((task("tolak-surat"),)), Seq((task("izin"),))),
        facts=(Fact("hasil", "choice", choices=("setujui", "tolak"), takes=("putus",)),),
    )
    played = case(value)
    played.do("putus", "setujui", values={"hasil": "tolak"})
    assert played.open_tasks() == ("tolak-surat",)


def test_a_parameter_of_the_city_is_supplied_when_a_condition_first_needs_it():
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


def test_a_computed_fact_is_read_anew_each_time():
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


def test_the_state_travels_as_json_at_any_point():
    played = case(drafts()["tender-penyedia"].process)
    assert from_json(to_json(played.state)) == played.state
