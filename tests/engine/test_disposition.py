"""The disposition tree on the real source: surat-masuk-disposisi."""

from datetime import timedelta

import pytest

from engine.disposition import holder, outcomes, rollup
from engine.errors import AlreadyRead, BranchesOpen, ReasonMissing, RecipientInvalid, TaskClosed, UnknownOutcome, WrongCapacity
from engine.events import Actor, Json
from engine.rehearsal import Rehearsal
from engine.withdraw import withdraw
from tests.engine.build import case, drafts, kinds

STEP = "disposisi-pimpinan"
HEAD = "j-pimpinan-unit"


def to(position: str, role: str = "pendukung", due: str = "2026-11-30") -> dict[str, Json]:
    return {"pejabat": position, "peran": role, "instruksi": ["tindak-lanjuti"], "batas_waktu": due}


LEAD, AID, COPY = to("j-kabid-a", "utama"), to("j-kabid-b"), to("j-kabid-c", "tembusan")


def letter() -> Rehearsal:
    """A letter that waits for the head's instructions."""
    played = case(drafts()["surat-masuk-disposisi"].process)
    played.do("registrasi", "catat", values={"sifat": "biasa", "urgensi": "biasa"})
    played.finish_all({"beri-nomor-agenda": {"nomor_agenda": 1412}})
    played.do("telaah-awal", "teruskan")
    return played


def disposed(*rows: dict[str, Json]) -> Rehearsal:
    played = letter()
    played.do(STEP, "disposisikan", values={"penerima_disposisi": list(rows or (LEAD, AID, COPY))})
    return played


def test_each_receiver_gets_a_branch_and_the_step_waits_for_them() -> None:
    played = disposed()
    step = played.state.steps[STEP]
    assert step.status == "disposed"
    assert [(b.id, b.position, b.role) for b in step.branches] == [
        (1, "j-kabid-a", "utama"),
        (2, "j-kabid-b", "pendukung"),
        (3, "j-kabid-c", "tembusan"),
    ]
    assert step.branches[0].due_at == "2026-11-30T09:00:00Z"
    roll = rollup(played.state, STEP)
    assert (roll.done, roll.total, roll.late(played.now, "Asia/Jakarta")) == (0, 2, 0)


def test_it_goes_on_when_lead_and_support_have_reported_and_a_copy_never_holds() -> None:
    played = disposed()
    played.do(f"{STEP}#1", "lapor", by="j-kabid-a", reason="Sudah dijawab.")
    assert rollup(played.state, STEP).done == 1
    played.do(f"{STEP}#2", "lapor", by="j-kabid-b", reason="Data dikirim.")
    assert "konsolidasi" in played.open_tasks()
    # The copy is still to be read, after the step is done.
    assert outcomes(played.state, f"{STEP}#3", "j-kabid-c") == ("baca",)
    played.do(f"{STEP}#3", "baca", by="j-kabid-c")
    with pytest.raises(TaskClosed):
        played.do(f"{STEP}#3", "baca", by="j-kabid-c")


def test_the_lead_of_the_disposition_consolidates() -> None:
    played = disposed(to("j-kabid-a", "utama"))
    played.do(f"{STEP}#1", "lapor", by="j-kabid-a", reason="Selesai.")
    assert played.state.steps["konsolidasi"].positions == ("j-kabid-a",)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((), "paling sedikit satu"),
        ((AID,), "Tepat satu"),
        ((LEAD, to("j-kabid-b", "utama")), "Tepat satu"),
        ((LEAD, to("j-kabid-a")), "dua kali"),
        ((to("j-kabid-a", "pengamat"),), "Peran"),
        ((to("", "utama"),), "jabatan"),
        ((to("j-kabid-a", "utama", "2026-11-20"),), "sebelum hari ini"),
        ((to("j-kabid-a", "utama", "kapan-kapan"),), "bukan tanggal"),
    ],
)
def test_a_list_of_receivers_that_breaks_a_rule_is_refused(rows: tuple[dict[str, Json], ...], message: str) -> None:
    played = letter()
    with pytest.raises(RecipientInvalid, match=message):
        played.do(STEP, "disposisikan", values={"penerima_disposisi": list(rows)})
    assert played.open_tasks() == (STEP,)


def test_a_branch_passed_on_reports_after_its_own_receivers() -> None:
    played = disposed(LEAD)
    below = [{"position": "j-staf-1", "role": "utama", "instructions": ["teliti-dan-beri-pendapat"], "due": "2026-11-27"}]
    played.do(f"{STEP}#1", "teruskan", by="j-kabid-a", values={"branches": below})
    with pytest.raises(BranchesOpen):
        played.do(f"{STEP}#1", "lapor", by="j-kabid-a", reason="Selesai.")
    assert outcomes(played.state, f"{STEP}#1", "j-kabid-a") == ("teruskan", "minta-penjelasan")
    played.do(f"{STEP}#2", "lapor", by="j-staf-1", reason="Pendapat terlampir.")
    assert (rollup(played.state, f"{STEP}#1").done, rollup(played.state, STEP).done) == (1, 0)
    played.do(f"{STEP}#1", "lapor", by="j-kabid-a", reason="Selesai.")
    assert "konsolidasi" in played.open_tasks()


def test_a_receiver_below_is_due_no_later_than_the_one_above() -> None:
    played = disposed(LEAD)
    late = [{"position": "j-staf-1", "role": "utama", "due": "2026-12-01"}]
    with pytest.raises(RecipientInvalid, match="induknya"):
        played.do(f"{STEP}#1", "teruskan", by="j-kabid-a", values={"branches": late})
    played.do(f"{STEP}#1", "teruskan", by="j-kabid-a", values={"branches": [{"position": "j-staf-1", "role": "utama"}]})
    assert played.state.steps[STEP].branches[1].due == "2026-11-30"


def test_nobody_passes_on_to_himself() -> None:
    played = disposed(LEAD)
    with pytest.raises(RecipientInvalid, match="jabatan sendiri"):
        played.do(f"{STEP}#1", "teruskan", by="j-kabid-a", values={"branches": [{"position": "j-kabid-a", "role": "utama"}]})


def test_a_question_goes_to_the_giver_and_comes_back() -> None:
    played = disposed(LEAD)
    events = played.do(f"{STEP}#1", "minta-penjelasan", by="j-kabid-a", reason="Sampai kapan?")
    assert (kinds(events), events[0].data["turn"]) == ([("branch-asked", f"{STEP}#1")], [HEAD])
    assert holder(played.state, f"{STEP}#1") == HEAD
    with pytest.raises(TaskClosed):
        played.do(f"{STEP}#1", "lapor", by="j-kabid-a", reason="x")
    with pytest.raises(ReasonMissing):
        played.do(f"{STEP}#1", "jawab", by=HEAD, reason="")
    played.do(f"{STEP}#1", "jawab", by=HEAD, reason="Akhir bulan.")
    assert holder(played.state, f"{STEP}#1") == "j-kabid-a"


def test_a_refused_branch_goes_back_to_its_giver_who_names_another() -> None:
    played = disposed()
    with pytest.raises(ReasonMissing):
        played.do(f"{STEP}#1", "tolak", by="j-kabid-a", reason="")
    played.do(f"{STEP}#1", "tolak", by="j-kabid-a", reason="Di luar tugas kami.")
    played.do(f"{STEP}#2", "lapor", by="j-kabid-b", reason="Selesai.")
    assert played.state.steps[STEP].status == "disposed"
    assert outcomes(played.state, f"{STEP}#1", HEAD) == ("tunjuk-lain", "ambil-alih")
    with pytest.raises(RecipientInvalid, match="Tepat satu"):
        played.do(f"{STEP}#1", "tunjuk-lain", by=HEAD, values={"branches": [{"position": "j-kabid-d", "role": "pendukung"}]})
    played.do(f"{STEP}#1", "tunjuk-lain", by=HEAD, values={"branches": [{"position": "j-kabid-d", "role": "utama"}]})
    played.do(f"{STEP}#4", "lapor", by="j-kabid-d", reason="Selesai.")
    assert "konsolidasi" in played.open_tasks()


def test_a_refused_branch_may_be_kept_by_its_giver() -> None:
    played = disposed(LEAD)
    played.do(f"{STEP}#1", "tolak", by="j-kabid-a", reason="Di luar tugas kami.")
    played.do(f"{STEP}#1", "ambil-alih", by=HEAD, reason="Saya telepon pengirimnya.")
    assert "konsolidasi" in played.open_tasks()


def test_withdrawn_while_unread_and_not_after() -> None:
    played = disposed(LEAD, AID)
    with pytest.raises(RecipientInvalid, match="utama"):
        played.do(f"{STEP}#1", "tarik", by=HEAD)
    played.do(f"{STEP}#2", "tarik", by=HEAD)
    played.do(f"{STEP}#1", "baca", by="j-kabid-a")
    with pytest.raises(AlreadyRead):
        played.do(f"{STEP}#1", "tarik", by=HEAD)
    assert rollup(played.state, STEP).total == 1
    played.do(f"{STEP}#1", "lapor", by="j-kabid-a", reason="Selesai.")
    assert "konsolidasi" in played.open_tasks()


def test_the_head_may_name_more_receivers_while_it_runs() -> None:
    played = disposed(LEAD)
    played.do(STEP, "disposisikan", by=HEAD, values={"branches": [{"position": "j-kabid-z", "role": "pendukung", "due": "2026-11-27"}]})
    played.do(f"{STEP}#1", "lapor", by="j-kabid-a", reason="Selesai.")
    assert played.state.steps[STEP].status == "disposed"
    with pytest.raises(RecipientInvalid):
        played.do(STEP, "disposisikan", by=HEAD, values={"branches": [{"position": "j-kabid-y", "role": "utama"}]})
    with pytest.raises(WrongCapacity):
        played.do(STEP, "disposisikan", by="j-kabid-a", values={"branches": [{"position": "j-kabid-y", "role": "pendukung"}]})


def test_others_may_not_act_on_a_branch() -> None:
    played = disposed(LEAD, COPY)
    with pytest.raises(WrongCapacity):
        played.do(f"{STEP}#1", "lapor", by="j-kabid-b", reason="x")
    with pytest.raises(WrongCapacity):
        played.do(f"{STEP}#1", "tarik", by="j-kabid-b")
    with pytest.raises(UnknownOutcome):
        played.do(f"{STEP}#2", "lapor", by="j-kabid-c", reason="x")
    with pytest.raises(TaskClosed):
        played.do(f"{STEP}#9", "lapor", by="j-kabid-a", reason="x")


def test_late_branches_are_counted_and_reminded_once() -> None:
    played = disposed(LEAD, to("j-kabid-b", due="2026-12-04"))
    events = played.wait(played.now + timedelta(days=8))
    assert kinds(events) == [("reminded", f"{STEP}#1")]
    roll = rollup(played.state, STEP)
    assert (roll.done, roll.total, roll.late(played.now, "Asia/Jakarta")) == (0, 2, 1)
    assert played.wait(played.now + timedelta(days=1)) == []


def test_opening_it_again_voids_what_is_left_and_starts_a_new_round() -> None:
    played = disposed()
    played.do(f"{STEP}#1", "lapor", by="j-kabid-a", reason="Selesai.")
    played.do(f"{STEP}#2", "lapor", by="j-kabid-b", reason="Selesai.")
    played.do("konsolidasi", "lapor", by="j-kabid-a", values={"laporan_gabungan": "x", "perlu_balasan": False})
    events = played.do("tutup-disposisi", "buka-kembali")
    assert kinds(events) == [("decided", "tutup-disposisi"), ("voided", f"{STEP}#3"), ("voided", STEP), ("task-opened", STEP)]
    assert played.state.steps[STEP].round == 2
    played.do(STEP, "cukup-diarsipkan")
    played.finish_all()
    played.do("berkaskan", "berkaskan")
    assert played.state.result == "selesai"


def test_a_running_disposition_is_void_when_the_case_ends() -> None:
    played = disposed()
    events = played.take(withdraw(played.process, played.state, Actor("p-ani"), "salah alamat", "q", played.now))
    assert kinds(events) == [
        ("withdrawn", ""), ("voided", f"{STEP}#1"), ("voided", f"{STEP}#2"), ("voided", f"{STEP}#3"), ("voided", STEP), ("ended", ""),
    ]  # fmt: skip
