"""One person, several posts: tasks follow the mandate by themselves, every act names one capacity, nobody clears two steps that exclude each other.

Each story is named by what went wrong elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.errors import ActingForbidden, MandateEnded, WrongCapacity
from tests.web.mandates.deciding import DESK, DRAFTER, HEAD, SECRETARY, TEAM, Deciding, stand_in
from tests.web.office import Office, office
from tests.web.played import drafted, goes_on, letter, shown

BANNER = "Anda bertindak sebagai"
KABID = "kabid-aplikasi"


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        made.app.state.context = replace(made.context, cases=Deciding(made, {}))
        yield made


@pytest.fixture(autouse=True)
def clean(kantor: Office) -> Iterator[None]:
    now = kantor.clock.now
    yield
    kantor.clock.now = now
    kantor.owner.execute("DELETE FROM acting WHERE position LIKE '%diskominfo%' OR position LIKE 'kabid-%'")
    kantor.owner.execute("UPDATE sign_in SET position = ''")
    kantor.tokens.clear()


def cases(kantor: Office) -> Deciding:
    found = kantor.app.state.context.cases
    assert isinstance(found, Deciding)
    return found


def before_the_head(kantor: Office, case: str) -> int:
    """A letter initialled and waiting for the head's signature."""
    cases(kantor).played[case] = goes_on(kantor, drafted(kantor, case), (TEAM, "paraf", "paraf"))
    return kantor.task(case)


def banner(kantor: Office, seat: str, path: str = "/tugas") -> str:
    page = " ".join(kantor.get(path, seat).text.split())
    return page.partition('<section class="kapasitas')[2].partition("</section>")[0]


def last_act(kantor: Office, case: str) -> tuple[object, ...]:
    row = kantor.owner.execute(
        "SELECT person, position, capacity, mandate, title FROM trail WHERE case_id = %s AND kind = 'decided' ORDER BY seq DESC LIMIT 1", (case,)
    ).fetchone()
    assert row is not None
    return row


def test_the_request_does_not_still_go_to_the_one_who_is_away(kantor: Office) -> None:
    """microsoft/powercat-business-approvals-kit#60, pneumaticapp/pneumaticworkflow#193: a running task follows the mandate and returns at its end."""
    running = before_the_head(kantor, "t-jalan")
    for seat in (HEAD, SECRETARY):
        kantor.cookie(seat)
    assert f"/tugas/{running}" in kantor.get("/tugas", HEAD).text
    assert f"/tugas/{running}" not in kantor.get("/tugas", SECRETARY).text
    made = stand_in(kantor, HEAD, SECRETARY, days=0.1)
    fresh = before_the_head(kantor, "t-baru")
    for task in (running, fresh):
        assert f"/tugas/{task}" in kantor.get("/tugas", SECRETARY).text
        assert f"/tugas/{task}" not in kantor.get("/tugas", HEAD).text
        refused = kantor.post(f"/tugas/{task}", HEAD, data={"outcome": "kembalikan", "reason": "x", "request_id": f"h-{task}"})
        assert (refused.status_code, WrongCapacity.default in refused.text or "Tidak ditemukan" in refused.text) in ((403, True), (404, True))
    kantor.clock.later(hours=3)
    for task in (running, fresh):
        assert f"/tugas/{task}" in kantor.get("/tugas", HEAD).text
        assert f"/tugas/{task}" not in kantor.get("/tugas", SECRETARY).text
    assert kantor.owner.execute("SELECT count(*) FROM trail WHERE mandate = %s", (made,)).fetchone() == (0,)


@pytest.mark.parametrize("by", [SECRETARY, KABID])
def test_whose_mandate_ended_while_the_page_was_open_is_told_so(kantor: Office, by: str) -> None:
    """Also when nothing else of his leads to the case: not "there is no such page"."""
    task = before_the_head(kantor, f"t-habis-{by}")
    kantor.cookie(by)
    made = stand_in(kantor, HEAD, by, days=0.1)
    assert kantor.get(f"/tugas/{task}", by).status_code == 200
    kantor.clock.later(hours=3)
    for answered in (
        kantor.get(f"/tugas/{task}", by),
        kantor.post(f"/tugas/{task}", by, data={"outcome": "kembalikan", "reason": "x", "request_id": "r"}),
    ):
        assert answered.status_code in (200, 403)
        assert MandateEnded.default in answered.text
    refused = kantor.post(f"/tugas/{task}", by, data={"outcome": "kembalikan", "reason": "x", "request_id": "r"})
    assert (refused.status_code, MandateEnded.default in refused.text) == (403, True)
    assert kantor.get(f"/tugas/{task}", "konseptor-dinkes").status_code == 404
    assert made


def test_after_the_appointment_nothing_still_names_the_old_head(kantor: Office) -> None:
    """OpenSID/OpenSID#2317, projeto-siga/siga#2088: the act names who did it, in whose place, by which order."""
    task = before_the_head(kantor, "t-nama")
    head = kantor.person(HEAD)
    kantor.cookie(SECRETARY)
    made = stand_in(kantor, HEAD, SECRETARY)
    done = kantor.post(f"/tugas/{task}", SECRETARY, data={"outcome": "kembalikan", "reason": "Perbaiki.", "request_id": "n-1"})
    assert done.status_code == 303, shown(done)
    assert last_act(kantor, "t-nama") == (kantor.person(SECRETARY), HEAD, "plh", made, "Plh. Kepala Dinas Komunikasi dan Informatika")
    page = shown(kantor.get(f"/mandat/{made}", SECRETARY))
    assert "1 keputusan pada 1 perkara." in page
    name = kantor.owner.execute("SELECT name FROM person WHERE id = %s", (head,)).fetchone()
    assert name is not None
    assert f"Pejabat definitif saat mulai {name[0]}" in page.replace("Drs. ", "").replace("Dr. ", "") or str(name[0]) in page
    assert "Plh. Kepala Dinas" in shown(kantor.get(f"/perkara/{kantor.number('t-nama')}/riwayat", SECRETARY))


def test_his_own_act_is_not_lost_among_the_substitute_s(kantor: Office) -> None:
    """projeto-siga/siga#1658, #2474: opened under one hat and decided under the other, the act names the post the task was for."""
    head_task = before_the_head(kantor, "t-topi")
    kantor.cookie(SECRETARY)
    made = stand_in(kantor, HEAD, SECRETARY)
    assert "Sekretaris Dinas" in banner(kantor, SECRETARY)
    kantor.post("/kapasitas", SECRETARY, data={"jabatan": HEAD, "lanjut": f"/tugas/{head_task}"})
    assert kantor.get(f"/tugas/{head_task}", SECRETARY).status_code == 200
    kantor.post("/kapasitas", SECRETARY, data={"jabatan": SECRETARY, "lanjut": "/tugas"})
    done = kantor.post(f"/tugas/{head_task}", SECRETARY, data={"outcome": "kembalikan", "reason": "Perbaiki.", "request_id": "t-1"})
    assert done.status_code == 303
    assert last_act(kantor, "t-topi")[1:4] == (HEAD, "plh", made)
    mine = drafted(kantor, "t-dua")
    cases(kantor).played["t-dua"] = mine
    stand_in(kantor, TEAM, KABID, name="dua-topi")
    kantor.cookie(KABID)
    kantor.post("/kapasitas", KABID, data={"jabatan": KABID, "lanjut": "/tugas"})
    assert kantor.post(f"/tugas/{kantor.task('t-dua')}", KABID, data={"outcome": "paraf", "request_id": "t-2"}).status_code == 303
    assert last_act(kantor, "t-dua")[1:4] == (TEAM, "plh", "dua-topi")


def test_nobody_clears_his_own_letter_through_the_other_hat(kantor: Office) -> None:
    """projeto-siga/siga#1757, ansible/awx#10610: who drafted and now stands in for who initials is refused, in plain words, and nothing is recorded."""
    cases(kantor).played["t-sendiri"] = drafted(kantor, "t-sendiri")
    task = kantor.task("t-sendiri")
    kantor.cookie(DRAFTER)
    stand_in(kantor, TEAM, DRAFTER)
    for hat in (TEAM, DRAFTER):
        kantor.post("/kapasitas", DRAFTER, data={"jabatan": hat, "lanjut": "/tugas"})
        refused = kantor.post(f"/tugas/{task}", DRAFTER, data={"outcome": "paraf", "request_id": f"s-{hat}"})
        assert refused.status_code == 403
        assert "Anda sudah bertindak pada langkah konsep perkara ini; langkah paraf harus dikerjakan orang lain." in shown(refused)
    row = kantor.owner.execute("SELECT status FROM task WHERE id = %s", (task,)).fetchone()
    assert row == ("offered",)


def test_while_standing_in_he_still_does_his_own_work(kantor: Office) -> None:
    """projeto-siga/siga#1757 the other way round, OpenSID/OpenSID#9741: the main post stays his beside the acting one."""
    cases(kantor).played["t-tetap"] = drafted(kantor, "t-tetap")
    kantor.cookie(TEAM)
    stand_in(kantor, KABID, TEAM)
    assert kantor.post(f"/tugas/{kantor.task('t-tetap')}", TEAM, data={"outcome": "paraf", "request_id": "k-1"}).status_code == 303
    assert last_act(kantor, "t-tetap")[1:4] == (TEAM, "definitif", "")


PAGES = (
    "/tugas", "/tanda-tangan", "/perkara", "/agenda", "/proses", "/proses/surat-keluar-tte", "/cari", "/mulai", "/saya", "/pemberitahuan", "/bantuan",
    "/pintasan", "/aksesibilitas", "/v", "/v/K7MR2XQ9TB", "/tidak-ada", "/mandat", "/mandat/saya", "/mandat/atas-nama", f"/jabatan/{HEAD}/serah-terima",
)  # fmt: skip


def test_every_page_says_for_whom_he_acts_and_until_when(kantor: Office) -> None:
    kantor.cookie(SECRETARY)
    stand_in(kantor, HEAD, SECRETARY)
    kantor.post("/kapasitas", SECRETARY, data={"jabatan": HEAD, "lanjut": "/tugas"})
    for path in PAGES:
        told = banner(kantor, SECRETARY, path)
        assert f"{BANNER} <strong>Plh. Kepala Dinas Komunikasi dan Informatika</strong>" in told, path
        assert "28 November 2026 09.00 WIB" in told, path
        assert "mewakili" in told.partition(">")[0], path


def test_the_switch_works_without_scripts_and_survives(kantor: Office) -> None:
    kantor.cookie(SECRETARY)
    stand_in(kantor, HEAD, SECRETARY)
    form = banner(kantor, SECRETARY)
    assert '<form method="post" action="/kapasitas">' in form
    assert f'<option value="{HEAD}"' in form
    moved = kantor.post("/kapasitas", SECRETARY, data={"jabatan": HEAD, "lanjut": "/agenda?cari=x"})
    assert (moved.status_code, moved.headers["location"]) == (303, "/agenda?cari=x")
    for _ in range(2):
        assert "Plh. Kepala Dinas" in banner(kantor, SECRETARY)
    kantor.owner.execute("UPDATE acting SET ends = %s WHERE position = %s", (kantor.clock.now + timedelta(minutes=1), HEAD))
    kantor.clock.later(minutes=2)
    after = banner(kantor, SECRETARY)
    assert "Plh." not in after
    assert "Sekretaris Dinas Komunikasi dan Informatika" in after
    assert kantor.post("/kapasitas", SECRETARY, data={"jabatan": HEAD}).status_code == 403


def test_the_deputy_prepares_even_while_he_stands_in_but_does_not_record(kantor: Office) -> None:
    """projeto-siga/siga#2485: the secretary sets up who stands in; whoever acts for another hands nothing on."""
    kantor.cookie(SECRETARY)
    stand_in(kantor, HEAD, SECRETARY)
    assert kantor.get(f"/mandat/baru?jabatan={KABID}", SECRETARY).status_code == 200
    assert kantor.get("/mandat", DESK).status_code == 200


def test_two_roles_of_one_person_stay_two_lines(kantor: Office) -> None:
    """documenso/documenso#2140: the same person as approver and signer lost one of his rows."""
    cases(kantor).played["t-dua-peran"] = drafted(kantor, "t-dua-peran")
    kantor.cookie(TEAM)
    stand_in(kantor, HEAD, TEAM)
    assert kantor.post(f"/tugas/{kantor.task('t-dua-peran')}", TEAM, data={"outcome": "paraf", "request_id": "d-1"}).status_code == 303
    back = {"outcome": "kembalikan", "reason": "Perbaiki.", "request_id": "d-2"}
    assert kantor.post(f"/tugas/{kantor.task('t-dua-peran')}", TEAM, data=back).status_code == 303
    text = shown(kantor.get(f"/perkara/{kantor.number('t-dua-peran')}/riwayat?jenis=putusan", TEAM))
    assert "Ketua Tim Kerja Aplikasi Informatika" in text
    assert "Plh. Kepala Dinas Komunikasi dan Informatika" in text
    rows = kantor.owner.execute(
        "SELECT position, capacity FROM trail WHERE case_id = 't-dua-peran' AND kind = 'decided' AND person = %s ORDER BY seq", (kantor.person(TEAM),)
    ).fetchall()
    assert rows == [(TEAM, "definitif"), (HEAD, "plh")]
    assert f"/tugas/{kantor.task('t-dua-peran')}" in kantor.get("/tugas", DRAFTER).text, (
        "what was sent back is the drafter's again (OpenSID/OpenSID#5270)"
    )


def test_what_the_order_closes_is_neither_shown_nor_done(kantor: Office) -> None:
    """OpenSID/OpenSID#7609 the other way: a deputy signs what his order allows, and nothing else."""
    task = before_the_head(kantor, "t-tutup")
    kantor.cookie(SECRETARY)
    stand_in(kantor, HEAD, SECRETARY)
    assert f"/tugas/{task}" in kantor.get("/tugas", SECRETARY).text
    kantor.owner.execute("UPDATE acting SET forbids = '{surat-dinas}' WHERE position = %s", (HEAD,))
    assert f"/tugas/{task}" not in kantor.get("/tugas", SECRETARY).text
    refused = kantor.post(f"/tugas/{task}", SECRETARY, data={"outcome": "kembalikan", "reason": "x", "request_id": "c-1"})
    assert (refused.status_code, ActingForbidden.default in shown(refused)) == (403, True)


def test_the_order_of_a_case_is_read_where_the_case_may_be_read(kantor: Office) -> None:
    drafted(kantor, "t-perintah")
    letter(kantor, "t-perintah", number="800.1.11.1/9/SETDA/2026")
    made = stand_in(kantor, HEAD, SECRETARY)
    row = kantor.owner.execute("SELECT id FROM document WHERE case_id = 't-perintah'").fetchone()
    assert row is not None
    kantor.owner.execute("UPDATE acting SET case_id = 't-perintah', document = %s WHERE id = %s", (row[0], made))
    number = kantor.number("t-perintah")
    assert f'href="/perkara/{number}/naskah/surat"' in kantor.get(f"/mandat/{made}", DRAFTER).text
    stranger = kantor.get(f"/mandat/{made}", "konseptor-dinkes")
    assert f"Diterbitkan dalam perkara nomor {number}." in shown(stranger)
    assert f"/perkara/{number}" not in stranger.text
