"""Who a role is: the rules of "Who a role is" of the domain, on real sources and small ones."""

from engine.evaluate import is_empty
from engine.events import Json
from engine.fields import Field
from engine.fold import store
from engine.holders import address, address_of, recorders
from engine.nodes import Each, Seq, Wait, go
from engine.positions import parse, show
from engine.process import Fact, Process, Starts
from engine.roles import ROLES
from engine.state import State
from tests.engine.build import ANI, case, drafts, process, step, task

FILL = {"by": "pegawai", "ask": "fill"}


def of(value: Process, state: State, role: str, rows: tuple[str, ...] = (), at: str = "") -> Json:
    found = address(value, state, (role,), rows, at)
    assert [entry["role"] for entry in found] == [role]
    return found[0]["expr"]


def test_every_role_reads_and_writes_back() -> None:
    assert len(ROLES) == 200
    for role in ROLES.values():
        assert parse(show(role.resolves)) == role.resolves


def test_the_first_step_is_the_starters_own() -> None:
    value = process(task("isi", go("kirim"), by="kepala-opd", ask="fill"), starts=Starts("kepala-opd"))
    played = case(value)
    assert address_of(value, played.state, value.find("isi"), ()) == [{"role": "kepala-opd", "expr": {"is": "person", **ANI}}]


def test_a_system_start_asks_who_the_role_is() -> None:
    value = drafts()["kenaikan-gaji-berkala"].process
    first = next(n for n in value.tree.nodes.values() if hasattr(n, "by"))
    found = address_of(value, State(seq=1, starter={"person": "sistem"}, unit="dinkes"), first, ())
    assert found[0]["expr"]["is"] != "person"


def test_the_applicant_is_who_the_form_names_else_the_starter() -> None:
    value = process(
        task("isi", go("kirim"), fills=("nip_terperiksa",), **FILL), task("periksa", by="pegawai"), form=(Field("nip_terperiksa", "NIP", "nip"),)
    )
    played = case(value)
    assert of(value, played.state, "pegawai") == {"is": "person", **ANI}
    played.do("isi", "kirim", values={"nip_terperiksa": "199002282015031999"})
    assert of(value, played.state, "pegawai") == {"is": "values", "type": "nip", "values": ["199002282015031999"]}


def test_the_applicant_inside_each_is_the_current_employee() -> None:
    value = drafts()["perjalanan-dinas-luar-negeri"].process
    each = next(n for n in value.tree.nodes.values() if isinstance(n, Each) and n.over == "pelaksana_berangkat")
    inner = value.tree.inside[value.tree.places[each.name].seqs[-1][0], value.tree.places[each.name].seqs[-1][1]][1]
    state = case(value).state
    state = store(value, state, {"pelaksana_berangkat": ["p7", "p9"]}, "", (), 2)
    assert of(value, state, "pelaksana-perjalanan", ("p9",), inner) == {"is": "values", "type": "employee", "values": ["p9"]}


def test_the_unit_of_the_applicant_is_the_first_that_is_named() -> None:
    value = process(
        task("isi", go("kirim"), fills=("unit", "unit_koordinasi"), **FILL),
        Each("tiap", "unit_koordinasi", Seq((task("paraf", by="kepala-opd"),))),
        task("putus", by="kepala-opd"),
        form=(Field("unit_koordinasi", "Unit", "units"), Field("unit", "Unit", "unit")),
    )
    played = case(value)
    assert of(value, played.state, "kepala-opd") == {"is": "head_of", "of": {"is": "unit", "code": "dinkes"}}
    played.do("isi", "kirim", values={"unit": "bpkd", "unit_koordinasi": ["bappeda"]})
    assert of(value, played.state, "kepala-opd") == {"is": "head_of", "of": {"is": "unit", "code": "bpkd"}}
    assert of(value, played.state, "kepala-opd", ("bappeda",), "paraf") == {"is": "head_of", "of": {"is": "unit", "code": "bappeda"}}


def test_a_case_opened_by_another_belongs_to_its_unit() -> None:
    value = process(task("isi", by="kepala-opd"))
    played = case(value, parent={"case": "k0", "step": "buka", "unit": "inspektorat"})
    assert of(value, played.state, "kepala-opd") == {"is": "head_of", "of": {"is": "unit", "code": "inspektorat"}}


def test_a_public_start_falls_back_to_the_unit_a_fact_named_last_and_the_owner() -> None:
    value = drafts()["pengaduan-laksa"].process
    state = State(seq=1, starter={"person": "w1"}, unit="diskominfo")
    unit = of(value, state, "kepala-opd")["of"]
    assert unit == {"is": "unit_of", "of": {"is": "head_of", "of": {"is": "unit", "code": "diskominfo"}}}
    state = store(value, state, {"opd_tujuan": "dinas-pupr"}, "verifikasi", (), 2)
    assert of(value, state, "kepala-opd")["of"]["of"][0] == {"is": "unit", "code": "dinas-pupr"}


def test_a_letter_names_the_unit_before_the_starters() -> None:
    value = process(
        task("isi", go("kirim"), fills=("surat_dasar",), **FILL), task("putus", by="kepala-opd"), form=(Field("surat_dasar", "Surat", "letter_ref"),)
    )
    played = case(value)
    played.do("isi", "kirim", values={"surat_dasar": "L1"})
    unit = of(value, played.state, "kepala-opd")["of"]
    assert unit == {"is": "first", "of": [{"is": "unit_of_letter", "letter": "L1"}, {"is": "unit", "code": "dinkes"}]}


def test_a_field_column_or_fact_with_the_roles_name_wins() -> None:
    value = process(
        task("isi", go("kirim"), fills=("petugas_lapangan",), **FILL),
        task("kunjungi", by="petugas-lapangan"),
        facts=(Fact("petugas_lapangan", "employees"),),
    )
    played = case(value)
    assert of(value, played.state, "petugas-lapangan")["is"] == "desk"
    played.do("isi", "kirim", values={"petugas_lapangan": ["p3", "p4"]})
    assert of(value, played.state, "petugas-lapangan") == {"is": "values", "type": "employees", "values": ["p3", "p4"]}


def test_rows_whose_part_is_a_word_of_the_roles_name_win() -> None:
    value = drafts()["audit-apip"].process
    team = [
        {"_id": "r1", "pegawai": "p1", "peran": "ketua"},
        {"_id": "r2", "pegawai": "p2", "peran": "anggota"},
        {"_id": "r3", "pegawai": "p3", "peran": "anggota"},
    ]
    state = store(value, case(value).state, {"tim": team}, "", (), 2)
    assert of(value, state, "ketua-tim-audit") == {"is": "values", "type": "employee", "values": ["p1"]}
    assert of(value, state, "anggota-tim-audit") == {"is": "values", "type": "employee", "values": ["p2", "p3"]}


def test_units_of_a_field_are_all_those_the_case_lists() -> None:
    value = drafts()["kerja-sama-daerah"].process
    state = store(value, case(value).state, {"opd_terkait_daftar": ["bpkd", "dishub"]}, "tetapkan-jenis", (), 2)
    assert of(value, state, "opd-terkait") == {"is": "head_of", "of": {"is": "values", "type": "unit", "values": ["bpkd", "dishub"]}}
    assert of(value, state, "opd-terkait", ("dishub",), "pendapat-opd") == {
        "is": "head_of",
        "of": {"is": "values", "type": "unit", "values": ["dishub"]},
    }


def test_a_mandate_is_asked_with_the_place_of_the_case() -> None:
    value = process(task("isi", go("kirim"), fills=("lokasi",), **FILL), task("putus", by="camat"), form=(Field("lokasi", "Lokasi", "location"),))
    played = case(value)
    played.do("isi", "kirim", values={"lokasi": {"lat": "-6.1", "lon": "106.6"}})
    found = of(value, played.state, "camat")
    assert (found["is"], found["matter"], found["location"]) == ("authority", "camat", {"lat": "-6.1", "lon": "106.6"})


def test_a_wait_is_recorded_by_the_last_officials_before_it_else_the_owner() -> None:
    value = process(Wait("jawaban", "Jawaban", (go("ada"),)), task("kirim", by="arsiparis"), Wait("lagi", "Jawaban", (go("ada"),)))
    assert recorders(value, step(value, "jawaban")) == ("kepala-bagian-umum",)
    assert recorders(value, step(value, "lagi")) == ("arsiparis",)
    public = process(task("kirim", by="arsiparis"), task("bayar", by="pemohon"), Wait("lunas", "Lunas", (go("ada"),)))
    assert recorders(public, step(public, "lunas")) == ("arsiparis",)


def test_every_step_of_every_source_has_an_address() -> None:
    for draft in drafts().values():
        value = draft.process
        state = case(value).state
        for name, node in value.tree.nodes.items():
            if hasattr(node, "outcomes"):
                rows = ("r1",) * len(value.tree.places[name].eaches)
                found = address_of(value, state, node, rows)
                assert found, (value.code, name)
                assert all(not is_empty(entry["expr"]) for entry in found)
