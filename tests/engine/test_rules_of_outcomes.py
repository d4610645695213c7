"""What must hold for an outcome to be taken: read with the values filled in now, refused with a message beside the field."""

import pytest

from engine.canonical import from_text, to_text
from engine.check import check
from engine.errors import FieldsInvalid, UnknownOutcome
from engine.expr import Value, all_, any_, column, count, fact, field, joined
from engine.fields import Field, Rule
from engine.nodes import Call, Wait, back, end, go
from engine.process import Document, Fact, Process
from engine.roles import ROLES
from engine.walk import survey
from tests.engine.build import case, process, task

BARU, LAMA = column("daftar", "baru"), column("daftar", "lama")
DAFTAR = Field("daftar", "Daftar", "table", columns=(Field("lama", "Lama", "rupiah"), Field("baru", "Baru", "rupiah")))
TETAP = Rule(all_(BARU.eq(LAMA)), "Samakan nilai baru dengan nilai lama.")
KURANG = Rule(any_(BARU < LAMA), "Kurangi paling sedikit satu nilai.")


def putusan() -> Process:
    return process(
        task("isi", go("kirim"), fills=("daftar.lama",), by="pegawai", ask="fill"),
        task(
            "putuskan", go("tolak", rules=(TETAP,)), go("kabulkan", rules=(KURANG,)), back("kembalikan", "isi"), fills=("daftar.baru",), ask="decide"
        ),
        form=(DAFTAR,),
    )


def test_an_outcome_is_refused_beside_the_table_its_rule_names_first() -> None:
    played = case(putusan())
    played.do("isi", "kirim", values={"daftar": [{"_id": "a", "lama": 10}, {"_id": "b", "lama": 20}]})
    kurang = [{"_id": "a", "lama": 10, "baru": 10}, {"_id": "b", "lama": 20, "baru": 15}]
    with pytest.raises(FieldsInvalid) as refused:
        played.do("putuskan", "tolak", values={"daftar": kurang})
    assert refused.value.errors == {"daftar": TETAP.message}
    assert refused.value.message == TETAP.message
    assert played.open_tasks() == ("putuskan",)
    played.do("putuskan", "kabulkan", values={"daftar": kurang})
    assert played.state.result == "selesai"


def test_a_rule_reads_what_was_filled_in_before() -> None:
    played = case(putusan())
    rows = [{"_id": "a", "lama": 10, "baru": 10}]
    played.do("isi", "kirim", values={"daftar": rows})
    played.do("putuskan", "tolak")
    assert played.state.result == "selesai"


def test_what_goes_back_asks_no_rule_of_its_neighbours() -> None:
    played = case(putusan())
    played.do("isi", "kirim", values={"daftar": [{"_id": "a", "lama": 10}]})
    played.do("putuskan", "kembalikan")
    assert played.open_tasks() == ("isi",)


def test_rules_are_pinned_with_the_process_and_reach_the_check() -> None:
    value = putusan()
    assert from_text(to_text(value)) == value
    empty = process(task("a", go("lanjut", rules=(Rule(Value(value=True), "Selalu."),))))
    assert any("tidak menyebut isian" in line for line in check(empty, ROLES))
    unknown = process(task("a", go("lanjut", rules=(Rule(field("hantu").eq(1), "Isi."),))))
    assert any("hantu bukan isian atau fakta" in line for line in check(unknown, ROLES))


def test_walks_stay_within_the_rules_and_still_meet_every_outcome() -> None:
    seen = survey(putusan(), 60)
    assert seen.unmet == ()
    assert sum(seen.results.values()) == 60


def test_walks_end_where_values_alone_never_meet_a_rule() -> None:
    never = Rule(count(field("foto")) >= 5_000, "Unggah lebih banyak.")
    value = process(
        task("isi", go("kirim"), by="pegawai", ask="fill"),
        task("unggah", go("kirim", rules=(never,)), end("batal", "batal"), fills=("foto",)),
        form=(Field("foto", "Foto", "table", columns=(Field("nama", "Nama", "text"),)),),
    )
    assert survey(value, 5).results == {"batal": 5}


# a wait whose date alone brings an outcome


def test_only_the_date_of_a_wait_brings_its_silent_outcome() -> None:
    value = process(
        task("isi", go("kirim"), fills=("batas",), by="pegawai", ask="fill"),
        Wait(
            "tunggu",
            "Batas",
            (go("lewat", silent=True), end("dicabut", "dicabut")),
            until=field("batas"),
            reached="lewat",
            recorded_by=("arsiparis",),
        ),
        form=(Field("batas", "Batas", "date"),),
    )
    assert [line for line in check(value, ROLES) if "tunggu" in line] == []
    played = case(value)
    played.do("isi", "kirim", values={"batas": "2026-12-01"})
    with pytest.raises(UnknownOutcome):
        played.do("tunggu", "lewat")
    played.wait(played.now.replace(month=12, day=2))
    assert played.state.result == "selesai"


# a number that is a key


def test_a_key_and_the_word_for_it_in_a_number_go_together() -> None:
    given = Call("susun", "compute", (), ("kunci_sppt",))
    facts = (Fact("kunci_sppt", "text", source="act"),)
    for number, key, faulty in (("{kunci}", joined(fact("kunci_sppt"), "/1"), False), ("{kunci}", None, True), ("{urut}", fact("kunci_sppt"), True)):
        value = process(task("a"), given, facts=facts, documents=(Document("sppt", "SPPT", "sppt", ("segel",), "sppt", number, key=key),))
        assert any("nomor dan kuncinya tidak sejalan" in line for line in check(value, ROLES)) == faulty
