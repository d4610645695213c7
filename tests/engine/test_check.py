"""Every fault kind is found and named with process, place and mend; a sound process has none."""

from dataclasses import replace
from typing import Any

import pytest

from engine.check import check, demand, settled
from engine.errors import ProcessInvalid
from engine.expr import column, field, working_days
from engine.fields import Field
from engine.nodes import (
    Call,
    Dispose,
    Each,
    Effect,
    Issue,
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
    back,
    deemed,
    end,
    escalate,
    go,
    lapse,
    remind,
    skip,
)
from engine.process import Document, Fact, Process
from engine.roles import ROLES
from engine.shapes import call
from tests.engine.build import process, task

LETTER = Document("surat", "Surat", "surat-dinas", ("sekda",))
SIGN = Sign("tanda-tangan", ("sekda",), ("surat",), (go("tandatangani", performs=True),))


def test_a_sound_process_has_no_fault() -> None:
    assert check(process(task("a"), SIGN, documents=(LETTER,)), ROLES) == ()
    demand(process(task("a")), ROLES)


def flow(*nodes: Node, **more: Any) -> Process:
    return process(*nodes, **more)


FAULTS = {
    "peran kepala-desa tidak dikenal": flow(task("a", by="kepala-desa")),
    "peran menteri tidak dikenal": flow(task("a", on_late=(escalate("menteri", 1),))),
    "beritahu: peran x tidak dikenal": flow(Notify("beritahu", ("x",)), task("a")),
    "kembali ke z, yang bukan langkah": flow(task("a", go("ya"), back("balik", "z"))),
    "bukan langkah sebelumnya": flow(task("a", go("ya"), back("balik", "b")), task("b")),
    "melompat ke b": flow(task("b"), task("a", go("ya"), skip("maju", "b"))),
    "melompat ke c": flow(task("a", go("ya"), skip("maju", "c")), When("w", field("x").eq(1), Seq((task("c"),))), form=(Field("x", "X", "integer"),)),
    "melompat ke lalu": flow(Par((Seq((task("a", go("ya"), skip("maju", "lalu")),)), Seq((task("b"),)))), task("lalu")),
    "berakhir hilang": flow(task("a", go("ya"), end("habis", "hilang"))),
    "menghentikan waktu tanpa sebab": flow(task("a", go("ya"), Outcome("tunda", Effect("pause")))),
    "tidak punya tindakan": flow(Task("a", ("arsiparis",), "check", ())),
    "tidak ada tindakan yang maju": flow(task("b"), task("a", back("balik", "b"))),
    "tindakan ya disebut dua kali": flow(task("a", go("ya"), go("ya"))),
    "langkah b tidak dapat dicapai": flow(task("a", end("habis", "selesai")), task("b")),
    "langkah a disebut dua kali": flow(task("a"), task("a")),
    "isian x disebut dua kali": flow(task("a"), form=(Field("x", "X", "text"), Field("x", "X", "text"))),
    "naskah surat disebut dua kali": flow(task("a"), SIGN, documents=(LETTER, LETTER)),
    "isian x tidak pernah ditanyakan": flow(task("a"), form=(Field("x", "X", "text"),)),
    "fakta f tidak pernah diisi": flow(task("a"), facts=(Fact("f", "text"),)),
    "fakta f dihitung tetapi tidak punya rumus": flow(task("a"), facts=(Fact("f", "text", source="computed"),)),
    "fakta f mengambil kata dari langkah a": flow(task("a"), facts=(Fact("f", "choice", choices=("x",), takes=("a",)),)),
    "naskah surat tidak pernah ditandatangani": flow(task("a"), documents=(LETTER,)),
    "naskah surat tidak dinyatakan": flow(SIGN),
    "naskah kartu tidak dinyatakan": flow(Issue("terbitkan", ("kartu",))),
    "naskah surat: tembusan kepada bukan-siapa-siapa tidak dikenal": flow(
        task("a"), SIGN, documents=(replace(LETTER, copies_to=("sekda", "bukan-siapa-siapa")),)
    ),
    "naskah lembar tidak dinyatakan": flow(task("a"), Notify("beritahu", ("sekda",), "Terbit", letters=("lembar",))),
    "jenis puisi tidak dikenal": flow(SIGN, documents=(replace(LETTER, kind="puisi"),)),
    "tanpa tindakan bila tidak ada jawaban": flow(task("b"), Wait("a", "x", (go("ya"),), at_most=Within(1))),
    "tanggal tanpa tindakan": flow(task("b"), Wait("a", "x", (go("ya"),), until=field("t")), form=(Field("t", "T", "date"),)),
    "tidak punya pencatat": flow(Wait("a", "x", (go("ya"),), recorded_by=("bkn",))),
    "dianggap lain": flow(task("a", on_late=(deemed("lain"),))),
    "hanya karena diam, tetapi tidak ada batas waktu": flow(task("a", go("lanjut"), go("diam", silent=True))),
    "tidak ada tindakan bagi pelaksananya": flow(task("a", go("diam", silent=True), on_late=(deemed("diam"),))),
    "deemed harus anak tangga terakhir": flow(task("a", on_late=(deemed("lanjut"), remind(1)))),
    "mendahului yang sebelumnya": flow(task("a", on_late=(remind(3), escalate("sekda", 1)))),
    "berakhir mati": flow(task("a", on_late=(lapse("mati"),))),
    "remind tanpa jumlah hari": flow(task("a", on_late=(Rung("remind"),))),
    "tangga keterlambatan tanpa batas waktu": flow(task("a", within=None, on_late=(remind(1),))),
    "kembali melewati bukukan yang bersifat tetap": flow(task("a"), Call("bukukan", "post"), task("b", go("ya"), back("balik", "a"))),
    "y bukan isian atau fakta": flow(When("w", field("y").eq("x"), Seq((task("a"),)))),
    "tidak punya kolom z": flow(
        When("w", column("t", "z").eq("x"), Seq((task("a"),))), form=(Field("t", "T", "table", columns=(Field("k", "K", "text"),)),)
    ),
    "bukan pilihannya": flow(When("w", field("j").eq("c"), Seq((task("a"),))), form=(Field("j", "J", "choice", choices=("a", "b")),)),
    "hari kerja tidak dapat dihitung": flow(When("w", working_days(field("p")) > 3, Seq((task("a"),))), form=(Field("p", "P", "daterange"),)),
    "u bukan isian atau fakta": flow(Each("tiap", "u", Seq((task("a"),)))),
    "bukan daftar": flow(Each("tiap", "u", Seq((task("a"),))), form=(Field("u", "U", "text"),)),
    "kurang dari dua cabang": flow(Par((Seq((task("a"),)),))),
    "memerlukan 3 dari 2": flow(Par((Seq((task("a"),)), Seq((task("b"),))), 3)),
    "ask renungkan tidak dikenal": flow(task("a", ask="renungkan")),
    "mengisi q, yang bukan": flow(task("a", fills=("q",))),
    "mengecualikan hantu": flow(task("a", excludes=("hantu",))),
    "memberi q, yang bukan": flow(Call("hitung", "compute", gives=("q",)), task("a")),
    "sulap bukan tindakan mesin": flow(Call("hitung", "sulap"), task("a")),
    "membalik tidak-ada": flow(Call("hitung", "post", reverses="tidak-ada"), task("a")),
    "tidak ada tindakan yang menandatangani": flow(Sign("s", ("sekda",), ("surat",), (go("ya"),)), documents=(LETTER,)),
    "tidak ada tindakan yang mendisposisikan": flow(Dispose("d", ("sekda",), (go("ya"),))),
    "isian j tidak punya pilihan": flow(task("a"), form=(Field("j", "J", "choice"),)),
    "nilai kolom tidak dihitung": flow(task("a"), form=(Field("t", "T", "table", columns=(Field("k", "K", "text", computed=field("k")),)),)),
    "tabel t tidak punya kolom": flow(task("a"), form=(Field("t", "T", "table"),)),
    "isian Nama bukan nama_dengan_garis_bawah": flow(task("a"), form=(Field("Nama", "N", "text"),)),
    "nama langkah Satu_Dua bukan": flow(task("Satu_Dua")),
    "membuka proses-lain": flow(Open("buka", "proses-lain"), task("a")),
    "rumpun lain tidak dikenal": flow(task("a"), family="lain"),
    "alurnya kosong": flow(),
}


@pytest.mark.parametrize("expected", FAULTS)
def test_a_fault_is_named(expected: str) -> None:
    found = check(FAULTS[expected], ROLES, {"surat-masuk-disposisi"})
    assert any(expected in line for line in found), found
    assert all(line.startswith("contoh: ") for line in found)
    with pytest.raises(ProcessInvalid):
        demand(FAULTS[expected], ROLES, {"surat-masuk-disposisi"})


def test_a_final_act_may_be_crossed_when_its_reversal_is_named() -> None:
    value = flow(task("a"), Call("bukukan", "post"), task("b", go("ya"), back("balik", "a")), Call("batalkan", "post", reverses="bukukan"))
    assert not any("bersifat tetap" in line for line in check(value, ROLES))


def test_a_registry_line_that_goes_with_the_case_may_be_crossed_by_a_return() -> None:
    def crossed(**args: bool) -> bool:
        line = call("catat", "post", (), "", registry="paket", key="a", **args)
        return any("bersifat tetap" in fault for fault in check(flow(task("a"), line, task("b", go("ya"), back("balik", "a"))), ROLES))

    assert crossed()
    assert crossed(with_case=False)
    assert not crossed(with_case=True)


def test_the_house_of_a_shared_letter_is_a_role() -> None:
    unknown = replace(LETTER, house="entah")
    assert any("peran entah tidak dikenal" in line for line in check(process(task("a"), SIGN, documents=(unknown,)), ROLES))
    known = process(task("a"), SIGN, documents=(replace(LETTER, house="ppk-pengadaan"),))
    assert not any("ppk-pengadaan" in line for line in check(known, ROLES))


def test_a_final_act_that_never_comes_before_a_step_is_not_crossed_by_its_return() -> None:
    """The refusal stands after the grant in the text and is reached only by a skip: its return takes nothing back."""
    grant, refuse = (Call("catat", "post"), task("tutup", end("ya", "selesai"))), task("tolak", end("ya", "ditolak"), back("balik", "a"))
    choose = task("pilih", go("terbit"), skip("tolak", "tolak"))
    assert not any("bersifat tetap" in line for line in check(flow(task("a"), choose, *grant, refuse), ROLES))
    open_end = (Call("catat", "post"), task("tutup", go("ya")))
    assert any("bersifat tetap" in line for line in check(flow(task("a"), choose, *open_end, refuse), ROLES))


def test_roles_must_be_pinned() -> None:
    value = replace(process(task("a")), roles=())
    assert any("pinned" in line for line in check(value, ROLES))


def test_an_act_without_a_verb_is_a_draft() -> None:
    value = flow(Call("sesuatu", ""), task("a"))
    assert check(value, ROLES) == ()
    assert "sesuatu" in settled(value)[0]
