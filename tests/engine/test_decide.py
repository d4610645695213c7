"""What a person may do on a task, and every refusal with its plain message."""

from datetime import timedelta
from typing import Any

import pytest

from engine import acts
from engine.advance import advance
from engine.errors import (
    CaseClosed,
    FieldsInvalid,
    NotAllowed,
    OwnRequest,
    ReasonMissing,
    RemindedToday,
    StaleVersion,
    TaskClosed,
    UnknownOutcome,
    WrongCapacity,
)
from engine.events import Actor, Event, Json
from engine.fields import Field
from engine.holders import OPERATOR
from engine.nodes import Call, Notify, Outcome, Sign, Task, Wait, Within, back, deemed, end, go, skip
from engine.process import Document, Fact
from engine.state import from_json, to_json
from engine.withdraw import nudge, reassign, withdraw
from tests.engine.build import case, kinds, process, task

FILL = {"by": "pegawai", "ask": "fill"}
LETTER = Document("surat", "Surat", "surat-dinas", ("sekda",))


def signed(*outcomes: Outcome, **more: Any) -> Sign:
    return Sign("tanda-tangan", ("sekda",), ("surat",), outcomes or (go("tandatangani", performs=True), back("kembalikan", "isi")), **more)


def test_a_closed_task_a_wrong_round_and_an_ended_case_are_refused() -> None:
    played = case(process(task("isi", go("kirim"), **FILL), task("periksa", go("terima"), back("kembalikan", "isi"))))
    with pytest.raises(TaskClosed):
        played.do("periksa", "terima")
    played.do("isi", "kirim")
    with pytest.raises(TaskClosed):
        played.do("isi", "kirim")
    played.do("periksa", "kembalikan")
    played.do("isi", "kirim")
    with pytest.raises(TaskClosed):
        played.do("periksa", "terima", round=1)
    played.do("periksa", "terima")
    with pytest.raises(CaseClosed):
        played.do("periksa", "terima")


def test_nobody_signs_before_those_before_him_not_even_himself() -> None:
    """projeto-siga/siga#711, #794, #1040: a shortcut let the co-signer go first; documenso/documenso#2526: whoever checks must hold the signer back."""
    flow = (task("isi", go("kirim"), **FILL), task("paraf", go("paraf"), by="sekda", ask="initial"), signed())
    played = case(process(*flow, documents=(LETTER,)))
    with pytest.raises(TaskClosed):
        played.do("tanda-tangan", "tandatangani")
    played.do("isi", "kirim")
    with pytest.raises(TaskClosed):
        played.do("tanda-tangan", "tandatangani")
    assert played.open_tasks() == ("paraf",), "only the next one is asked (docusealco/docuseal#33)"
    played.do("paraf", "paraf")
    assert played.open_tasks() == ("tanda-tangan",)


def test_an_unknown_outcome_is_refused() -> None:
    played = case(process(task("periksa")))
    with pytest.raises(UnknownOutcome):
        played.do("periksa", "setujui")


def test_nobody_says_of_himself_that_he_kept_silent() -> None:
    asked = task("tanya", go("bersedia"), go("bersedia-karena-diam", silent=True), within=Within(2), on_late=(deemed("bersedia-karena-diam"),))
    played = case(process(asked, task("lanjut")))
    with pytest.raises(UnknownOutcome):
        played.do("tanya", "bersedia-karena-diam")
    played.wait(played.now + timedelta(days=4))
    assert played.open_tasks() == ("lanjut",)
    assert [(e.step, e.data["outcome"], e.data["deemed"]) for e in played.trail if e.kind == "decided"] == [("tanya", "bersedia-karena-diam", True)]


def test_only_a_position_that_holds_the_step_may_act() -> None:
    played = case(process(task("periksa")))
    with pytest.raises(WrongCapacity):
        played.do("periksa", "lanjut", by="j-lurah")
    assert played.open_tasks() == ("periksa",)


def test_returns_and_refusals_need_a_reason() -> None:
    played = case(process(task("isi", go("kirim"), **FILL), task("periksa", go("terima"), back("kembalikan", "isi"), end("tolak", "ditolak"))))
    played.do("isi", "kirim", reason="")
    for outcome in ("kembalikan", "tolak"):
        with pytest.raises(ReasonMissing, match="Isi alasan"):
            played.do("periksa", outcome, reason="  ")
    played.do("periksa", "terima", reason="")


def test_a_stale_version_is_refused_and_zero_does_not_matter() -> None:
    value = process(task("isi", go("kirim"), fills=("catatan",), **FILL), task("periksa"), facts=(Fact("catatan", "text"),))
    played = case(value)
    played.do("isi", "kirim", values={"catatan": "x"})
    version = played.state.version
    with pytest.raises(StaleVersion):
        played.do("periksa", "lanjut", version=version - 1)
    played.do("periksa", "lanjut", version=version)


def test_a_value_the_step_does_not_ask_for_is_refused_by_name() -> None:
    value = process(task("isi", go("kirim"), fills=("catatan",), **FILL), task("periksa"), facts=(Fact("catatan", "text"), Fact("lain", "text")))
    played = case(value)
    with pytest.raises(FieldsInvalid, match="lain") as refused:
        played.do("isi", "kirim", values={"lain": "x"})
    assert list(refused.value.errors) == ["lain"]


def test_only_what_the_engine_needs_enters_the_trail() -> None:
    value = process(
        task("isi", go("kirim"), fills=("alamat", "unit"), **FILL), form=(Field("alamat", "Alamat", "text"), Field("unit", "Unit", "unit"))
    )
    played = case(value)
    events = played.do("isi", "kirim", values={"alamat": "Jalan Melati 3", "unit": "dinkes"}, filled={"id": "s1", "sha": "ab"})
    assert (events[0].data["values"], events[0].data["filled"]) == ({"unit": "dinkes"}, {"id": "s1", "sha": "ab"})


def test_the_web_may_renew_what_is_known_of_the_applicant() -> None:
    played = case(process(task("isi", go("kirim"), **FILL), task("periksa")))
    played.do("isi", "kirim", values={"applicant": {"person": "p-budi", "position": "j-budi", "unit": "bpkd", "golongan": "IV/a"}})
    assert played.state.applicant["golongan"] == "IV/a"


# separation of duties


def test_who_acted_on_an_excluded_step_may_not_act() -> None:
    value = process(task("susun", by="arsiparis", ask="plan"), task("uji", excludes=("susun",)))
    played = case(value)
    played.do("susun", "lanjut", person="p-citra")
    with pytest.raises(OwnRequest, match="susun"):
        played.do("uji", "lanjut", person="p-citra")
    assert next(e for e in played.trail if e.step == "uji").data["excludes"] == {"persons": ["p-citra"]}
    played.do("uji", "lanjut", person="p-dewi")


def test_who_is_an_excluded_role_may_not_act() -> None:
    value = process(task("minta", go("kirim"), by="pelaksana-perjalanan", ask="fill"), task("uji", excludes=("pelaksana-perjalanan",)))
    played = case(value)
    played.do("minta", "kirim", person="p-ani")
    with pytest.raises(OwnRequest, match="Pelaksana perjalanan"):
        played.do("uji", "lanjut", person="p-ani")


def test_nobody_approves_or_signs_his_own_request_or_what_he_drafted() -> None:
    value = process(
        task("isi", go("kirim"), **FILL),
        task("susun", by="arsiparis", ask="draft"),
        task("setujui", by="sekretaris-opd", ask="approve"),
        signed(go("tandatangani", performs=True)),
        documents=(LETTER,),
    )
    played = case(value)
    played.do("isi", "kirim", person="p-ani")
    played.do("susun", "lanjut", person="p-citra")
    for person in ("p-ani", "p-citra"):
        with pytest.raises(OwnRequest, match="menyusun atau mengajukan"):
            played.do("setujui", "lanjut", person=person)
    played.do("setujui", "lanjut", person="p-dewi")
    with pytest.raises(OwnRequest):
        played.do("tanda-tangan", "tandatangani", person="p-citra")


def test_a_role_that_is_given_both_drafting_and_signing_may_sign() -> None:
    value = process(task("susun", by="sekda", ask="draft"), signed(go("tandatangani", performs=True)), documents=(LETTER,))
    played = case(value)
    played.do("susun", "lanjut", person="p-eka")
    played.do("tanda-tangan", "tandatangani", person="p-eka")
    assert played.state.steps["tanda-tangan"].status == "acting"


def test_the_applicant_may_correct_and_sign_his_own_statement() -> None:
    statement = Sign("nyatakan", ("pegawai",), ("surat",), (go("tandatangani", performs=True),), within=Within(1))
    value = process(task("isi", go("kirim"), **FILL), task("perbaiki", go("kirim"), by="pegawai", ask="correct"), statement, documents=(LETTER,))
    played = case(value)
    played.do("isi", "kirim", person="p-ani")
    played.do("perbaiki", "kirim", person="p-ani")
    played.do("nyatakan", "tandatangani", person="p-ani")


# signatures


def test_a_signature_is_an_act_and_its_effect_comes_when_it_is_done() -> None:
    value = process(task("isi", go("kirim"), **FILL), signed(), task("kirim-surat"), documents=(LETTER,))
    played = case(value)
    played.do("isi", "kirim")
    events = played.do("tanda-tangan", "tandatangani", envelope="env-1")
    assert kinds(events) == [("decided", "tanda-tangan"), ("act-started", "tanda-tangan")]
    order = acts.order(value, played.state, "tanda-tangan", 1, played.now)
    assert order is not None
    assert (order.act, order.key, order.envelope, order.actor["person"]) == ("sign", "k1/tanda-tangan/1", "env-1", "p-sekda")
    assert order.data == {"documents": ["surat"], "outcome": "tandatangani"}
    played.finish("tanda-tangan")
    assert played.open_tasks() == ("kirim-surat",)
    assert played.state.steps["tanda-tangan"].envelope == ""


def test_a_refused_signature_puts_the_task_back_in_the_same_round() -> None:
    value = process(
        task("isi", go("kirim"), **FILL),
        signed(go("tandatangani", performs=True), back("kembalikan", "isi")),
        documents=(LETTER,),
        facts=(Fact("putusan", "choice", choices=("tandatangani",), takes=("tanda-tangan",)),),
    )
    played = case(value)
    played.do("isi", "kirim")
    played.do("tanda-tangan", "tandatangani")
    assert played.state.value("putusan") == "tandatangani"
    played.take(acts.sign_refused(value, played.state, "tanda-tangan", 1, "bad_secret", "Frasa sandi salah.", played.now))
    assert (played.state.steps["tanda-tangan"].status, played.state.steps["tanda-tangan"].round) == ("open", 1)
    assert played.state.value("putusan") is None
    played.do("tanda-tangan", "tandatangani", envelope="env-2")
    played.finish("tanda-tangan")
    assert played.state.result == "selesai"


def test_signing_may_end_the_case_and_refusing_to_sign_does_not_sign() -> None:
    value = process(
        task("isi", go("kirim"), **FILL),
        Sign("tolak-izin", ("sekda",), ("surat",), (end("tandatangani", "ditolak", performs=True, reason=False), back("kembalikan", "isi"))),
        documents=(LETTER,),
    )
    played = case(value)
    played.do("isi", "kirim")
    played.do("tolak-izin", "tandatangani", reason="")
    assert not played.state.over
    played.finish()
    assert played.state.result == "ditolak"


def test_a_deemed_outcome_never_signs() -> None:
    value = process(
        signed(go("tandatangani", performs=True), skip("menolak", "lalu"), within=Within(1), on_late=(deemed("menolak"),)),
        task("lalu"),
        documents=(LETTER,),
    )
    played = case(value)
    played.wait(played.now + timedelta(days=3))
    assert played.open_tasks() == ("lalu",)
    assert not [e for e in played.trail if e.kind == "act-started"]


# machine acts and their repair


def test_a_failed_act_becomes_the_operators_task_and_the_case_waits() -> None:
    value = process(Call("beri-nomor", "number", gives=("nomor",)), task("lalu"), facts=(Fact("nomor", "integer", source="act"),))
    played = case(value)
    events = played.take(acts.failed(value, played.state, "beri-nomor", 1, "k1/beri-nomor/1", "timeout", "Register tidak menjawab.", 5, played.now))
    assert kinds(events) == [("act-failed", "beri-nomor"), ("task-opened", "beri-nomor!")]
    assert played.open_tasks() == ("beri-nomor!",)
    with pytest.raises(UnknownOutcome):
        played.do("beri-nomor!", "lewati")
    assert kinds(played.do("beri-nomor!", "coba-lagi")) == [("decided", "beri-nomor!"), ("act-started", "beri-nomor")]
    assert played.trail[-1].data["key"] == "k1/beri-nomor/1"
    played.finish("beri-nomor", nomor=7)
    assert (played.state.value("nomor"), played.open_tasks()) == (7, ("lalu",))


def test_a_repair_that_stands_open_in_an_old_trail_can_still_be_passed() -> None:
    value = process(Notify("beritahu", ("arsiparis",), "Ada surat"), task("lalu"))
    played = case(value)
    repair: dict[str, Json] = {"kind": "repair", "by": [{"role": "operator-alur", "expr": OPERATOR}], "within": None, "on_late": []}
    told: dict[str, Json] = {"key": "k", "cause": "timeout", "message": "Surel gagal.", "attempts": 5}
    at = played.state.seq
    played.take(
        [Event(at + 1, played.now, "act-failed", "beritahu", 1, data=told), Event(at + 2, played.now, "task-opened", "beritahu!", 1, data=repair)]
    )
    with pytest.raises(ReasonMissing):
        played.do("beritahu!", "lewati", reason="")
    played.do("beritahu!", "lewati")
    assert played.open_tasks() == ("lalu",)


def test_results_of_a_round_that_is_no_longer_current_are_dropped() -> None:
    value = process(task("isi", go("kirim"), **FILL), Call("hitung", "compute"), task("cek", go("ya"), back("ulang", "isi")))
    played = case(value)
    played.do("isi", "kirim")
    played.finish("hitung")
    assert acts.finished(value, played.state, "hitung", 1, "k", {}, [], {}, played.now) == []
    played.do("cek", "ulang")
    played.do("isi", "kirim")
    assert acts.finished(value, played.state, "hitung", 1, "k", {}, [], {}, played.now) == []
    assert acts.failed(value, played.state, "hitung", 1, "k", "x", "y", 1, played.now) == []
    assert acts.pending(value, played.state) == (("hitung", 2),)


def test_an_act_gives_only_what_its_node_declares() -> None:
    value = process(Call("hitung", "compute", gives=("a",)), task("lalu"), facts=(Fact("a", "integer", source="act"), Fact("b", "integer")))
    played = case(value)
    events = played.finish("hitung", a=1, b=2)
    assert events[0].data["gives"] == {"a": 1}


# withdrawal, reassignment


def test_the_applicant_takes_the_case_back_and_others_may_not() -> None:
    played = case(process(task("isi", go("kirim"), **FILL), task("periksa")))
    with pytest.raises(NotAllowed):
        withdraw(played.process, played.state, Actor("p-lain"), "berubah pikiran", "q", played.now)
    with pytest.raises(ReasonMissing):
        withdraw(played.process, played.state, Actor("p-ani"), " ", "q", played.now)
    events = played.take(withdraw(played.process, played.state, Actor("p-ani"), "berubah pikiran", "q", played.now))
    assert kinds(events) == [("withdrawn", ""), ("voided", "isi"), ("ended", "")]
    assert played.state.result == "dicabut"


def test_a_case_is_not_taken_back_once_something_final_was_posted() -> None:
    value = process(Call("bukukan", "post"), task("lalu"))
    played = case(value)
    played.finish()
    with pytest.raises(NotAllowed, match="tidak dapat ditarik"):
        withdraw(value, played.state, Actor("p-ani"), "x", "q", played.now)


def test_a_task_is_handed_to_others_with_a_reason() -> None:
    played = case(process(task("periksa"), task("lalu")))
    with pytest.raises(ReasonMissing):
        reassign(played.state, Actor("p-bos", "j-bos"), "periksa", 1, ("j-lain",), "", "q", played.now)
    played.take(reassign(played.state, Actor("p-bos", "j-bos"), "periksa", 1, ("j-lain",), "Sakit", "q", played.now))
    with pytest.raises(WrongCapacity):
        played.do("periksa", "lanjut", by="j-arsiparis")
    played.do("periksa", "lanjut", by="j-lain")


def test_a_holder_is_reminded_once_a_day() -> None:
    played = case(process(task("periksa"), task("lalu")))
    ani = Actor("p-ani")
    told = played.take(nudge(played.state, ani, "periksa", 1, "q", played.now))
    assert (kinds(told), told[0].data) == ([("nudged", "periksa")], {"to": ["j-ani"]})
    with pytest.raises(RemindedToday, match="besok"):
        nudge(played.state, ani, "periksa", 1, "q", played.now + timedelta(hours=1))
    assert from_json(to_json(played.state)) == played.state
    assert kinds(nudge(played.state, ani, "periksa", 1, "q", played.now + timedelta(days=1))) == [("nudged", "periksa")]
    with pytest.raises(TaskClosed):
        nudge(played.state, ani, "periksa", 2, "q", played.now)
    with pytest.raises(TaskClosed):
        nudge(played.state, ani, "lalu", 1, "q", played.now)


def test_an_outside_answer_is_entered_by_the_recorder() -> None:
    wait = Wait("jawaban", "Jawaban mitra", (go("setuju"), end("tidak-ada-jawaban", "gugur")), at_most=Within(10), silent="tidak-ada-jawaban")
    value = process(task("kirim", by="arsiparis", ask="dispatch"), wait, task("lalu"))
    played = case(value)
    played.do("kirim", "lanjut")
    assert played.state.steps["jawaban"].positions == ("j-arsiparis",)
    played.do("jawaban", "setuju")
    assert played.open_tasks() == ("lalu",)


def test_no_answer_in_time_is_decided_by_the_machine() -> None:
    wait = Wait("jawaban", "Jawaban mitra", (go("setuju"), end("tidak-ada-jawaban", "gugur")), at_most=Within(2), silent="tidak-ada-jawaban")
    played = case(process(task("kirim", by="arsiparis", ask="dispatch"), wait))
    played.do("kirim", "lanjut")
    played.wait(played.now + timedelta(days=5))
    assert played.state.result == "gugur"
    assert next(e for e in played.trail if e.step == "jawaban" and e.kind == "decided").actor.person == "sistem"


def test_nothing_follows_by_itself_while_the_case_waits() -> None:
    played = case(process(task("periksa")))
    assert advance(played.process, played.state, played.now) == []


def test_a_task_by_several_roles_is_open_to_each() -> None:
    value = process(Task("buka", ("lurah", "camat"), "register", (go("kirim"),)), starts=process().starts)
    played = case(value)
    assert played.open_tasks() == ("buka",)


def test_an_outcome_that_needs_a_fact_is_refused_until_it_is_there() -> None:
    value = process(
        task("isi", go("catat"), end("ganda", "batal", needs=("terdahulu",), reason=False), fills=("terdahulu",)),
        facts=(Fact("terdahulu", "letter_ref"),),
    )
    played = case(value)
    with pytest.raises(FieldsInvalid) as refused:
        played.do("isi", "ganda")
    assert list(refused.value.errors) == ["terdahulu"]
    assert "memerlukan terdahulu" in refused.value.message
    played.do("isi", "ganda", values={"terdahulu": "01K"})
    assert played.state.result == "batal"
