"""The finer rules of the flow, one by one: instances, conditions, each, par. Effects are in test_effects."""

from engine.expr import any_, applicant, column, fact, field
from engine.fields import Field
from engine.nodes import Each, Par, Seq, When, again, back, end, go
from engine.process import Fact
from tests.engine.build import case, kinds, process, task

FILL = {"by": "pegawai", "ask": "fill"}


# instances and rounds


def test_a_step_is_known_by_its_name_and_the_row_around_it() -> None:
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


def test_rows_keep_their_ids_when_the_table_is_typed_in_another_order() -> None:
    value = process(
        task("isi", go("kirim"), fills=("barang",), **FILL),
        Each("tiap-barang", "barang", Seq((task("teliti"),))),
        form=(Field("barang", "Barang", "table", columns=(Field("golongan", "Golongan", "text"),)),),
    )
    played = case(value)
    played.do("isi", "kirim", values={"barang": [{"_id": "b7", "golongan": "tanah"}, {"golongan": "bangunan"}]})
    assert played.open_tasks() == ("teliti@b7", "teliti@r2")


def test_a_returned_step_opens_in_a_new_round() -> None:
    value = process(task("isi", go("kirim"), **FILL), task("periksa", go("terima"), back("kembalikan", "isi")))
    played = case(value)
    played.do("isi", "kirim")
    played.do("periksa", "kembalikan")
    assert played.open_tasks() == ("isi",)
    assert played.state.steps["isi"].round == 2
    played.do("isi", "kirim")
    assert played.state.steps["periksa"].round == 2


# when


def test_a_condition_is_decided_once_and_recorded_with_the_values_it_used() -> None:
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


def test_a_return_that_clears_a_condition_lets_it_be_decided_anew() -> None:
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


def test_an_edit_after_the_decision_does_not_move_the_case() -> None:
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


def test_what_is_empty_equals_nothing_and_not_turns_that_round() -> None:
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


def test_attributes_of_the_applicant_decide() -> None:
    value = process(When("sekda", applicant("jabatan").eq("sekda"), Seq((task("khusus"),)), Seq((task("biasa"),))))
    assert case(value, {"jabatan": "sekda"}).open_tasks() == ("khusus",)
    assert case(value, {"jabatan": "lurah"}).open_tasks() == ("biasa",)
    assert case(value).open_tasks() == ("biasa",)


# each


def test_no_rows_means_done() -> None:
    value = process(Each("tiap-unit", "unit_koordinasi", Seq((task("paraf"),))), task("lalu"), form=(Field("unit_koordinasi", "Unit", "units"),))
    assert case(value).open_tasks() == ("lalu",)


def test_rows_are_frozen_when_reached_and_anew_after_a_return() -> None:
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


def test_a_fact_filled_inside_each_belongs_to_the_row_and_a_list_outside_can_be_asked() -> None:
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


def test_inside_each_a_column_is_that_of_the_current_row_and_a_step_may_change_it() -> None:
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


def test_end_inside_each_ends_the_whole_case() -> None:
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


def test_each_within_each_walks_the_rows_of_its_own_row_and_a_table_of_the_case_is_shared() -> None:
    value = process(
        task("isi", go("kirim"), fills=("unit_koordinasi", "barang"), **FILL),
        Each("tiap-unit", "unit_koordinasi", Seq((Each("tiap-barang", "barang", Seq((task("nilai", fills=("barang",)),))),))),
        When("ada", any_(column("barang", "hasil").eq("baik")), Seq((task("lalu"),))),
        form=(
            Field("unit_koordinasi", "Unit", "units"),
            Field("barang", "Barang", "table", columns=(Field("nama", "Nama", "text"), Field("hasil", "Hasil", "text"))),
        ),
    )
    played = case(value)
    played.do("isi", "kirim", values={"unit_koordinasi": ["bappeda", "bpkd"], "barang": [{"nama": "A"}]})
    assert played.open_tasks() == ("nilai@bappeda@r1", "nilai@bpkd@r1")
    played.do("nilai@bappeda@r1", "lanjut", values={"barang": [{"_id": "r1", "hasil": "baik"}]})
    played.do("nilai@bpkd@r1", "lanjut")
    assert [row["hasil"] for row in played.state.value("barang")] == ["baik"]
    assert played.open_tasks() == ("lalu",)


# par


def test_when_need_is_met_the_other_branches_are_void() -> None:
    branches = tuple(Seq((task(n),)) for n in ("satu", "dua", "tiga"))
    played = case(process(Par(branches, 2), task("lalu")))
    assert played.open_tasks() == ("satu", "dua", "tiga")
    assert kinds(played.do("dua", "lanjut")) == [("decided", "dua")]
    assert kinds(played.do("tiga", "lanjut"))[1:] == [("voided", "satu"), ("task-opened", "lalu")]
    assert case(process(Par(branches, "any"), task("lalu"))).open_tasks() == ("satu", "dua", "tiga")


def test_all_waits_for_every_branch() -> None:
    played = case(process(Par((Seq((task("satu"), task("satu-b"))), Seq((task("dua"),))), "all"), task("lalu")))
    played.do("dua", "lanjut")
    played.do("satu", "lanjut")
    assert played.open_tasks() == ("satu-b",)
    played.do("satu-b", "lanjut")
    assert played.open_tasks() == ("lalu",)


def test_a_return_out_of_a_branch_voids_its_siblings() -> None:
    value = process(task("isi", go("kirim"), **FILL), Par((Seq((task("satu", go("ya"), back("ulang", "isi")),)), Seq((task("dua"),)))))
    played = case(value)
    played.do("isi", "kirim")
    assert kinds(played.do("satu", "ulang")) == [("decided", "satu"), ("voided", "dua"), ("task-opened", "isi")]
    played.do("isi", "kirim")
    assert (played.state.steps["satu"].round, played.state.steps["dua"].round) == (2, 2)


def test_a_return_inside_a_branch_leaves_the_siblings_alone() -> None:
    value = process(Par((Seq((task("satu"), task("satu-b", go("ya"), back("ulang", "satu")))), Seq((task("dua"),)))), task("lalu"))
    played = case(value)
    played.do("satu", "lanjut")
    played.do("satu-b", "ulang")
    assert set(played.open_tasks()) == {"satu", "dua"}
    assert played.state.steps["dua"].round == 1
