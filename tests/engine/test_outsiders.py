"""An applicant without an account: the desk acts for him, he himself by a link, and the trail tells the two apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import OwnRequest, WrongCapacity
from engine.expr import column
from engine.fields import Field
from engine.fold import fold
from engine.holders import address
from engine.nodes import Call, Each, Notify, Seq, Sign, back, end, go
from engine.process import Document, Fact, Starts
from engine.rehearsal import Rehearsal
from engine.shapes import call
from tests.engine.build import MONDAY, process, task

PARTY = "luar:01KDVDNA00NDVTF0A4DBTKVB2D"
PERMIT = process(
    task("ajukan", go("kirim"), by="peneliti", ask="fill"),
    task("periksa", go("lengkap"), back("kembalikan", "ajukan"), by="petugas-kesbangpol", ask="verify"),
    task("putus", go("ya"), by="petugas-kesbangpol", ask="approve"),
    Sign("ttd", ("kepala-kesbangpol",), ("surat",), (end("tandatangani", "diterbitkan", performs=True),)),
    documents=(Document("surat", "Surat", "surat-keterangan", ("kepala-kesbangpol",)),),
    starts=Starts("peneliti", desk="petugas-kesbangpol"),
)
DESK = "j-meja-peneliti"


def opened() -> Rehearsal:
    played = Rehearsal(PERMIT, MONDAY)
    played.open({"person": PARTY}, {"person": PARTY})
    return played


def test_his_task_goes_to_the_desk_and_to_him() -> None:
    played = opened()
    assert played.state.steps["ajukan"].positions == (DESK, PARTY)
    expr = address(PERMIT, played.state, ("peneliti",))[0]["expr"]
    assert (expr["is"], expr["party"]) == ("outside", PARTY)
    assert expr["desk"]["is"] == "desk"


def test_what_the_desk_enters_is_his_act_and_the_trail_says_for_whom() -> None:
    played = opened()
    played.do("ajukan", "kirim", by=DESK, person="p-petugas")
    assert played.trail[-2].data["for"] == PARTY
    assert played.state.actors["ajukan"] == (PARTY,)
    # The desk judges what it typed for him: it is not its own request.
    played.do("periksa", "lengkap", person="p-petugas")
    played.do("putus", "ya", person="p-petugas")
    assert fold(PERMIT, played.trail) == played.state


def test_by_his_link_he_acts_himself_and_on_nothing_else() -> None:
    played = opened()
    played.do("ajukan", "kirim", by=PARTY, person=PARTY, capacity="pihak-luar")
    assert "for" not in next(one for one in played.trail if one.kind == "decided").data
    with pytest.raises(WrongCapacity):
        played.do("periksa", "lengkap", by=PARTY, person=PARTY, capacity="pihak-luar")


def test_a_returned_application_comes_back_to_both() -> None:
    played = opened()
    played.do("ajukan", "kirim", by=PARTY, person=PARTY, capacity="pihak-luar")
    played.do("periksa", "kembalikan", person="p-petugas", reason="Surat pengantar tidak terbaca.")
    assert played.state.steps["ajukan"].positions == (DESK, PARTY)
    assert played.state.steps["ajukan"].round == 2


def test_whoever_asks_does_not_decide() -> None:
    played = opened()
    played.do("ajukan", "kirim", by=DESK, person="p-petugas")
    played.do("periksa", "lengkap", person="p-petugas")
    with pytest.raises((OwnRequest, WrongCapacity)):
        played.do("putus", "ya", person=PARTY, by=PARTY, capacity="pihak-luar")


def test_the_matter_of_an_outsider_is_judged_where_it_was_sent_not_at_the_desk() -> None:
    """Who opened it at the counter sits elsewhere: the head of division is that of the agency the case names."""
    value = process(
        task("ajukan", go("kirim"), by="warga", ask="fill"),
        task("teruskan", fills=("opd",), by="operator-live-room"),
        task("tugaskan", by="kepala-bidang"),
        starts=Starts("warga", desk="operator-live-room"), owner="kepala-diskominfo", facts=(Fact("opd", "unit"),),
    )  # fmt: skip
    played = Rehearsal(value, MONDAY)
    played.open({"person": PARTY}, {"person": PARTY})
    played.do("ajukan", "kirim", by=PARTY, person=PARTY, capacity="pihak-luar")
    played.do("teruskan", "lanjut", values={"opd": "dlh"})
    whose = address(value, played.state, ("kepala-bidang",), (), "tugaskan")[0]["expr"]
    assert whose["of"] == whose["unit"]
    assert whose["of"]["of"][0] == {"is": "unit", "code": "dlh"}


def bought(*flow: Call | Sign | Each) -> Rehearsal:
    columns = (Field("nama", "Nama", "text"),)
    value = process(
        task("pilih", go("kirim"), by="pejabat-pengadaan", ask="fill", fills=("penyedia", "undangan")), *flow, task("simpan"),
        form=(Field("penyedia", "Penyedia", "text"), Field("undangan", "Undangan", "table", columns=columns)),
        facts=(Fact("pihak_penyedia", "text", source="act"),), starts=Starts("ppk-pengadaan"),
        documents=(Document("spk", "SPK", "spk", ("penyedia", "ppk-pengadaan")),),
    )  # fmt: skip
    played = Rehearsal(value, MONDAY)
    played.open({"person": "p-ppk", "position": "j-ppk", "unit": "dinkes"})
    played.do("pilih", "kirim", values={"penyedia": "CV Contoh", "undangan": [{"_id": "a", "nama": "CV A"}, {"_id": "b", "nama": "CV B"}]})
    return played


SELL = Sign("ttd-penyedia", ("penyedia", "pejabat-pengadaan"), ("spk",), (go("tandatangani", performs=True), back("mundur", "pilih")))


def test_a_party_the_case_wrote_down_holds_his_step_beside_its_desk() -> None:
    """The vendor's name on the form is no holder, and the official who opened the case does not answer for him."""
    played = bought(Call("kenalkan", "introduce", gives=("pihak_penyedia",)), SELL)
    before = address(played.process, played.state, ("penyedia",))[0]["expr"]
    assert before == {"is": "outside", "party": "penyedia", "starter": "p-ppk"}
    played.finish("kenalkan", pihak_penyedia=PARTY)
    assert address(played.process, played.state, ("penyedia",))[0]["expr"] == {"is": "outside", "party": PARTY}
    assert {PARTY, "j-pejabat-pengadaan"} <= set(played.state.steps["ttd-penyedia"].positions)
    played.do("ttd-penyedia", "mundur", by="j-pejabat-pengadaan", person="p-pejabat")
    assert next(one for one in reversed(played.trail) if one.kind == "decided").data["for"] == PARTY
    assert address(played.process, played.state, ("penyedia",))[0]["expr"] == before, "a return takes the party back"


def test_in_each_row_the_role_is_the_party_of_that_row() -> None:
    sheet = Sign("ttd-undangan", ("penyedia",), ("spk",), (go("tandatangani", performs=True),))
    played = bought(Each("tiap-undangan", "undangan", Seq((Call("kenalkan", "introduce", gives=("pihak_penyedia",)), sheet))))
    for row in ("a", "b"):
        played.finish(f"kenalkan@{row}", pihak_penyedia=f"{PARTY[:-1]}{row.upper()}")
    assert {row: f"{PARTY[:-1]}{row.upper()}" in played.state.steps[f"ttd-undangan@{row}"].positions for row in ("a", "b")} == {"a": True, "b": True}
    assert f"{PARTY[:-1]}A" not in played.state.steps["ttd-undangan@b"].positions


FORUM = process(
    task("buka", fills=("daftar",), by="lurah", ask="register"),
    Each("tiap", "daftar", Seq((
        call("kenalkan", "introduce", ("pihak_ketua_rw",), name=column("daftar", "ketua")),
        replace(task("isi", go("kirim"), ask="fill", fills=("usul",)), by=("ketua-rw", "lurah")),
        Notify("beri-tahu", ("ketua-rw",), about="Usulan diterima"),
    ))),
    form=(Field("daftar", "Daftar", "table", columns=(Field("ketua", "Ketua", "text"),)), Field("usul", "Usul", "text")),
    facts=(Fact("pihak_ketua_rw", "text", source="act"),),
    starts=Starts("sistem", also=("lurah",)),
)  # fmt: skip


def in_two_rows() -> Rehearsal:
    played = Rehearsal(FORUM, MONDAY)
    played.open({"person": "p-lurah", "position": "j-lurah", "unit": "kel"})
    played.do("buka", "lanjut", values={"daftar": [{"_id": "r1", "ketua": "Satu"}, {"_id": "r2", "ketua": "Dua"}]})
    for row in ("r1", "r2"):
        played.finish(f"kenalkan@{row}", pihak_ketua_rw=f"{PARTY}-{row}")
    return played


def test_a_party_of_a_row_holds_the_task_of_his_row_alone() -> None:
    played = in_two_rows()
    for row in ("r1", "r2"):
        held = set(played.state.steps[f"isi@{row}"].positions)
        assert {one for one in held if one.startswith("luar:")} == {f"{PARTY}-{row}"}
        assert "j-lurah" in held
        assert address(FORUM, played.state, ("ketua-rw",), (row,), "isi")[0]["expr"] == {"is": "outside", "party": f"{PARTY}-{row}"}
    with pytest.raises(WrongCapacity):
        played.do("isi@r2", "kirim", by=f"{PARTY}-r1", person=f"{PARTY}-r1", capacity="pihak-luar")
    played.do("isi@r1", "kirim", by=f"{PARTY}-r1", person=f"{PARTY}-r1", capacity="pihak-luar")
    played.do("isi@r2", "kirim", by="j-lurah", person="p-lurah")
    decided = {one.step: one.data.get("for") for one in played.trail if one.kind == "decided" and one.step.startswith("isi")}
    assert decided == {"isi@r1": None, "isi@r2": f"{PARTY}-r2"}


def test_from_outside_the_rows_each_party_is_told() -> None:
    played = in_two_rows()
    entries = address(FORUM, played.state, ("ketua-rw",), (), "beri-tahu")
    assert [entry["expr"]["party"] for entry in entries] == [f"{PARTY}-r1", f"{PARTY}-r2"]
