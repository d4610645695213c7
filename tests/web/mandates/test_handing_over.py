"""The handover page of a mandate and of a post: who may see it, what is on it, and that what is not plain stays a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.web.mandates.deciding import DESK, HEAD, SECRETARY, TEAM, stand_in
from tests.web.office import Office, office
from tests.web.played import disposed, drafted, goes_on, letter, shown
from workflows.handover import HandoverInput, HandoverPaper

KABID = "kabid-infrastruktur"


@dataclass
class Worker:
    """The render worker, as far as the page knows it."""

    asked: list[HandoverInput] = field(default_factory=list)

    async def seal(self, asked: HandoverInput) -> HandoverPaper:
        self.asked.append(asked)
        return HandoverPaper("kertas", "a" * 64, "K7MR2XQ9TB")


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        for seat in (HEAD, SECRETARY, KABID, DESK, "kabid-aplikasi", "konseptor-dinkes"):
            made.cookie(seat)
        goes_on(made, drafted(made, "s-biasa", subject="Rencana pembinaan jaringan"), (TEAM, "paraf", "paraf"))
        letter(made, "s-biasa", signed=False, number="500.12/9/DISKOMINFO/XI/2026")
        goes_on(made, drafted(made, "s-rahasia", "rahasia", "Dugaan pelanggaran berat"), (TEAM, "paraf", "paraf"))
        disposed(made, "s-disposisi")
        made.clock.later(minutes=30)
        stand_in(made, HEAD, SECRETARY, days=1, name="m-jalan")
        made.clock.later(minutes=30)
        yield made


def test_who_takes_over_who_hands_over_and_the_desk_see_the_list(kantor: Office) -> None:
    for seat in (SECRETARY, HEAD, DESK):
        page = kantor.get("/mandat/m-jalan/serah-terima", seat)
        assert page.status_code == 200, seat
        text = shown(page)
        assert "Tugas yang terbuka (2)" in text
        assert "Naskah dalam konsep (1)" in text
        assert "500.12/9/DISKOMINFO/XI/2026" in text
        assert "Rencana pembinaan jaringan" in text
        assert "Yang menyerahkan" in text
        assert "Plh. Kepala Dinas Komunikasi dan Informatika" in text
    assert f'href="/perkara/{kantor.number("s-biasa")}"' in kantor.get("/mandat/m-jalan/serah-terima", SECRETARY).text
    assert f'href="/perkara/{kantor.number("s-biasa")}"' not in kantor.get("/mandat/m-jalan/serah-terima", DESK).text


def test_to_everybody_else_it_is_not_there(kantor: Office) -> None:
    for seat in ("kabid-aplikasi", "konseptor-dinkes"):
        for path in ("/mandat/m-jalan/serah-terima", f"/jabatan/{HEAD}/serah-terima"):
            assert kantor.get(path, seat).status_code == 404
            assert kantor.post(path, seat).status_code == 404
    assert kantor.get("/jabatan/tidak-ada/serah-terima", DESK).status_code == 404


def test_no_confidential_word_is_on_the_page_not_even_for_its_reader(kantor: Office) -> None:
    page = kantor.get("/mandat/m-jalan/serah-terima", SECRETARY)
    assert "Dugaan" not in page.text
    assert "(isi tidak disebut)" in shown(page)
    assert f"Perkara {kantor.number('s-rahasia')}" in shown(page)


def test_a_disposition_nobody_read_is_listed_apart(kantor: Office) -> None:
    text = shown(kantor.get(f"/jabatan/{KABID}/serah-terima", KABID))
    assert "Disposisi yang belum dibaca (1)" in text
    assert "Dari Kepala Dinas Komunikasi dan Informatika" in text
    row = "UPDATE disposition_branch SET read_at = %s, status = 'read' WHERE case_id = 's-disposisi' AND position = %s"
    kantor.owner.execute(row, (kantor.clock.now, KABID))
    text = shown(kantor.get(f"/jabatan/{KABID}/serah-terima", KABID))
    kantor.owner.execute("UPDATE disposition_branch SET read_at = NULL, status = 'sent' WHERE case_id = 's-disposisi' AND position = %s", (KABID,))
    assert "Disposisi yang belum dibaca (0)" in text
    assert "Tugas yang terbuka (1)" in text
    assert "Yang menerima belum ditetapkan" in text


def test_the_list_is_that_of_the_moment_the_post_changed_hands(kantor: Office) -> None:
    """A task opened after the change is the taker's own and not handed over."""
    later = goes_on(kantor, drafted(kantor, "s-nanti"), (TEAM, "paraf", "paraf"))
    assert later
    text = shown(kantor.get("/mandat/m-jalan/serah-terima?saat=mulai", SECRETARY))
    assert "Tugas yang terbuka (2)" in text
    assert "Rencana s-nanti" not in text
    assert "Rencana s-nanti" in shown(kantor.get("/mandat/m-jalan/serah-terima?saat=akhir", SECRETARY))


def test_at_its_end_the_post_goes_back_to_its_holder(kantor: Office) -> None:
    text = shown(kantor.get("/mandat/m-jalan/serah-terima?saat=akhir", SECRETARY))
    before, _, after = text.partition("Yang menerima")
    assert "Plh. Kepala Dinas" in before
    assert "Plh." not in after.partition("NIP")[0]
    now = kantor.clock.now
    kantor.clock.now = now + timedelta(hours=4)
    kantor.owner.execute("UPDATE acting SET ends = %s WHERE id = 'm-jalan'", (now + timedelta(hours=3),))
    page = shown(kantor.get(f"/jabatan/{HEAD}/serah-terima?saat=terakhir", HEAD))
    kantor.owner.execute("UPDATE acting SET ends = %s WHERE id = 'm-jalan'", (now + timedelta(days=1),))
    kantor.clock.now = now
    assert "Beralih pada 23 November 2026 13.00 WIB" in page
    assert "Yang menyerahkan" in page
    assert "Plh. Kepala Dinas" in page.partition("Yang menerima")[0]


def test_whoever_left_the_post_sees_nothing_that_came_later(kantor: Office) -> None:
    now = kantor.clock.now
    row = kantor.owner.execute("SELECT id FROM incumbency WHERE position = %s AND ends IS NULL", (KABID,)).fetchone()
    assert row is not None
    kantor.owner.execute("UPDATE incumbency SET ends = %s WHERE id = %s", (now, row[0]))
    kantor.clock.now = now + timedelta(hours=1)
    for side in ("sekarang", "terakhir", ""):
        page = kantor.get(f"/jabatan/{KABID}/serah-terima?saat={side}", KABID)
        assert page.status_code == 200
        assert 'saat=terakhir" aria-current="page"' in page.text
    kantor.clock.now = now
    kantor.owner.execute("UPDATE incumbency SET ends = NULL WHERE id = %s", (row[0],))


def test_a_vacant_post_says_so(kantor: Office) -> None:
    row = kantor.owner.execute("SELECT id FROM incumbency WHERE position = 'kabid-aplikasi' AND ends IS NULL").fetchone()
    assert row is not None
    kantor.owner.execute("UPDATE incumbency SET ends = %s WHERE id = %s", (kantor.clock.now, row[0]))
    text = shown(kantor.get("/jabatan/kabid-aplikasi/serah-terima?saat=terakhir", DESK))
    kantor.owner.execute("UPDATE incumbency SET ends = NULL WHERE id = %s", (row[0],))
    assert "Yang menerima jabatan lowong" in text


def test_the_sealed_paper_is_asked_for_once_per_press(kantor: Office) -> None:
    assert kantor.post("/mandat/m-jalan/serah-terima", SECRETARY, data={"request_id": "01A"}).status_code == 503
    worker = Worker()
    before = kantor.app.state.context
    kantor.app.state.context = replace(before, handovers=worker)
    try:
        assert "Buat berita acara bersegel" in kantor.get("/mandat/m-jalan/serah-terima", SECRETARY).text
        for path in ("/mandat/m-jalan/serah-terima?saat=mulai", f"/jabatan/{HEAD}/serah-terima", f"/jabatan/{HEAD}/serah-terima?saat=terakhir"):
            done = kantor.post(path, SECRETARY, data={"request_id": "01A"})
            assert done.headers["location"] == f"/jabatan/{HEAD}/serah-terima/kertas"
    finally:
        kantor.app.state.context = before
    assert len({one.key for one in worker.asked}) == 1
    assert {one.position for one in worker.asked} == {HEAD}
    assert [(one.mandate, bool(one.at)) for one in worker.asked] == [("m-jalan", True), ("", False), ("", True)]
