"""A case before those who may read it: where it stands, what comes next, who was given what; and nothing at all before the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.read.mine import mine
from tests.web.office import Office, office
from tests.web.played import WITH_FILES, PlayedCases, disposed, drafted, goes_on, letter, shown

DRAFTER, TEAM, HEAD, AUDITOR, OUTSIDER = "konseptor-diskominfo", "ketua-tim-diskominfo", "kepala-diskominfo", "auditor-1", "konseptor-dinkes"


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def test_a_reader_sees_where_the_case_stands_and_what_comes_next(kantor: Office) -> None:
    drafted(kantor, "p-jalan", subject="Permintaan <data>")
    answer = kantor.get(f"/perkara/{kantor.number('p-jalan')}", DRAFTER)
    text = shown(answer)
    assert answer.status_code == 200
    assert "Permintaan <data>" in text
    assert "Menunggu paraf Ketua Tim Kerja Aplikasi Informatika sejak 23 November 2026 09.00 WIB" in text
    assert "Sesudah itu Tanda tangan (Kepala perangkat daerah)" in text
    assert "Paraf konsep" in text
    assert "Kerjakan:" not in text
    picture = answer.text[answer.text.index('<svg class="alur-bagan"') :]
    assert "1. Konsep (Konseptor): selesai. 2. Paraf (Ketua tim kerja): sedang berjalan. 3. Tanda tangan (Kepala perangkat daerah)." in picture
    assert "style=" not in answer.text
    mine_text = shown(kantor.get(f"/perkara/{kantor.number('p-jalan')}", TEAM))
    assert "Kerjakan: Paraf konsep" in mine_text
    assert "Cabut perkara" not in mine_text


def test_who_may_not_read_gets_the_page_of_a_case_that_does_not_exist(kantor: Office) -> None:
    drafted(kantor, "p-diam", "rahasia", "Dugaan pungutan")
    number = kantor.number("p-diam")
    absent = kantor.get("/perkara/999999", OUTSIDER)
    for seat in (OUTSIDER, AUDITOR, HEAD):
        for tail in ("", "/riwayat", "/riwayat.csv"):
            answer = kantor.get(f"/perkara/{number}{tail}", seat)
            assert answer.status_code == absent.status_code == 404
            assert re.sub(r"[0-9A-Z]{10}", "", shown(answer)) == re.sub(r"[0-9A-Z]{10}", "", shown(absent))
            assert "pungutan" not in answer.text
        assert "pungutan" not in kantor.get("/perkara", seat).text
    assert kantor.post(f"/perkara/{number}/tarik", OUTSIDER, data={"reason": "x"}).status_code == 404
    for address in ("/perkara/abc", "/perkara/-1", "/perkara/0/riwayat", f"/perkara/{number}/berkas/xyz", "/perkara/99999999999999999999"):
        answer = kantor.get(address, OUTSIDER)
        assert (answer.status_code, "tidak ditemukan" in shown(answer)) == (404, True), address
    assert "Dugaan pungutan" in shown(kantor.get(f"/perkara/{number}", DRAFTER))


def test_a_disposition_is_a_tree_with_its_count(kantor: Office) -> None:
    disposed(kantor, "p-disposisi")
    kantor.clock.later(days=3)
    kantor.tokens.clear()
    try:
        answer = kantor.get(f"/perkara/{kantor.number('p-disposisi')}", HEAD)
    finally:
        kantor.clock.later(days=-3)
        kantor.tokens.clear()
    text = shown(answer)
    assert "1 dari 2 selesai, 1 lewat ." in text or "1 dari 2 selesai, 1 lewat." in text
    assert "sudah melapor" in text
    assert "Data sudah dihimpun." in text
    assert "belum dibaca" in text
    assert "Menunggu laporan disposisi Kepala Bidang Infrastruktur dan Persandian sejak" in text
    assert "pembacaan tembusan" not in text
    assert "Tindak lanjuti disposisi" in text


def test_documents_show_number_version_verdict_and_the_way_to_the_file(kantor: Office) -> None:
    drafted(kantor, "p-naskah")
    sha = letter(kantor, "p-naskah")
    answer = kantor.get(f"/perkara/{kantor.number('p-naskah')}", DRAFTER)
    text = shown(answer)
    assert "Nomor 500.12/7/DISKOMINFO/XI/2026 · versi 1" in text
    assert "Ditandatangani" in text
    assert "Tanda tangan elektronik sah." in text
    assert sha in text
    assert f'href="/perkara/{kantor.number("p-naskah")}/naskah/surat"' in answer.text


def test_related_cases_are_named_both_ways_and_linked_only_for_readers(kantor: Office) -> None:
    drafted(kantor, "p-induk", "rahasia", "Induk rahasia")
    drafted(kantor, "p-anak", subject="Anak biasa")
    kantor.owner.execute("UPDATE \"case\" SET parent_case = 'p-induk', parent_step = 'buka' WHERE id = 'p-anak'")
    above, below = kantor.number("p-induk"), kantor.number("p-anak")
    assert f'href="/perkara/{below}"' in kantor.get(f"/perkara/{above}", DRAFTER).text
    assert f'href="/perkara/{above}"' in kantor.get(f"/perkara/{below}", DRAFTER).text
    foreign = kantor.get(f"/perkara/{below}", AUDITOR)
    assert f"Perkara {above}" in shown(foreign)
    assert f'href="/perkara/{above}"' not in foreign.text
    assert "Induk rahasia" not in foreign.text


def test_how_a_related_case_stands_is_told_to_its_readers_alone(kantor: Office) -> None:
    drafted(kantor, "p-atas", "rahasia", "Atas rahasia")
    drafted(kantor, "p-bawah", subject="Bawah biasa")
    kantor.owner.execute("UPDATE \"case\" SET parent_case = 'p-atas', parent_step = 'buka' WHERE id = 'p-bawah'")
    above, below = (f"/perkara/{kantor.number(case)}" for case in ("p-atas", "p-bawah"))
    title = WITH_FILES.title.id
    assert f"Perkara {kantor.number('p-bawah')} · {title} · berjalan" in shown(kantor.get(above, DRAFTER))
    foreign = shown(kantor.get(below, AUDITOR))
    assert f"Dibuka oleh Perkara {kantor.number('p-atas')} · {title}" in foreign
    assert f"{title} · berjalan" not in foreign
    kantor.owner.execute("UPDATE \"case\" SET status = 'ended', result = 'dicabut', ended_at = now() WHERE id = 'p-atas'")
    after = shown(kantor.get(below, DRAFTER))
    assert f"Perkara {kantor.number('p-atas')} · {title} · Dicabut" in after
    assert "Perkara yang membukanya sudah berakhir; perkara ini tetap berjalan sendiri." in after
    assert "sudah berakhir" not in shown(kantor.get(below, AUDITOR)), "that the secret case is over is its readers' to know"


def test_a_case_that_ends_first_leaves_what_it_opened(kantor: Office) -> None:
    """``Open`` lets the other case go on by itself: taking back the first takes nothing from the second, and both pages say so."""
    played = drafted(kantor, "p-dulu")
    drafted(kantor, "p-lanjut")
    kantor.owner.execute("UPDATE \"case\" SET parent_case = 'p-dulu', parent_step = 'buka' WHERE id = 'p-lanjut'")
    no = kantor.number("p-dulu")
    kantor.app.state.context = replace(kantor.context, cases=PlayedCases(kantor, {"p-dulu": played}))
    try:
        assert kantor.post(f"/perkara/{no}/tarik", DRAFTER, data={"reason": "Tidak jadi", "request_id": "d1"}).status_code == 303
    finally:
        kantor.app.state.context = kantor.context
    assert "yang dibukanya dan masih berjalan tetap berjalan sendiri" in shown(kantor.get(f"/perkara/{no}", DRAFTER))
    child = shown(kantor.get(f"/perkara/{kantor.number('p-lanjut')}", DRAFTER))
    assert "Perkara yang membukanya sudah berakhir; perkara ini tetap berjalan sendiri." in child
    assert kantor.owner.execute("SELECT status FROM task WHERE case_id = 'p-lanjut' ORDER BY id DESC LIMIT 1").fetchone() == ("offered",)


def test_rows_that_rose_link_the_two_cases(kantor: Office) -> None:
    for case in ("p-lurah", "p-camat"):
        drafted(kantor, case)
    drafted(kantor, "p-tertutup", "rahasia", "Tertutup")
    rows = [("p-lurah", "r1", "p-camat"), ("p-lurah", "r2", "p-camat"), ("p-tertutup", "r3", "p-camat")]
    for case, row, to in rows:
        kantor.owner.execute(
            "INSERT INTO passed_row (from_case, field, row_id, to_case, to_step, row, passed_at, key) VALUES (%s, 'usulan', %s, %s, 'himpun', '{}', %s, %s)",
            (case, row, to, kantor.clock.now, f"{case}/{row}"),
        )  # fmt: skip
    low, high, closed = (kantor.number(case) for case in ("p-lurah", "p-camat", "p-tertutup"))
    title = WITH_FILES.title.id
    up = kantor.get(f"/perkara/{low}", DRAFTER)
    assert f"Barisnya diteruskan ke Perkara {high} · {title} · 2 baris · berjalan" in shown(up)
    assert f'href="/perkara/{high}"' in up.text
    down = kantor.get(f"/perkara/{high}", AUDITOR)
    assert f"Barisnya berasal dari Perkara {low} · {title} · 2 baris · berjalan Perkara {closed} · {title} · 1 baris" in shown(down)
    assert f'href="/perkara/{closed}"' not in down.text
    assert "1 baris · berjalan" not in shown(down)


def test_the_applicant_takes_his_case_back_with_a_reason_and_once(kantor: Office) -> None:
    played = drafted(kantor, "p-cabut")
    no = kantor.number("p-cabut")
    kantor.app.state.context = replace(kantor.context, cases=PlayedCases(kantor, {"p-cabut": played}))
    try:
        empty = kantor.post(f"/perkara/{no}/tarik", DRAFTER, data={"reason": "  ", "request_id": "c1"})
        assert empty.status_code == 422
        assert "Isi alasan." in shown(empty)
        assert 'aria-invalid="true"' in empty.text
        foreign = kantor.post(f"/perkara/{no}/tarik", TEAM, data={"reason": "Bukan punya saya", "request_id": "c2"})
        assert foreign.status_code == 403
        assert "Hanya pemohon" in shown(foreign)
        assert kantor.owner.execute("SELECT status FROM \"case\" WHERE id = 'p-cabut'").fetchone() == ("open",)
        done = kantor.post(f"/perkara/{no}/tarik", DRAFTER, data={"reason": "Salah alamat", "request_id": "c3"})
        assert (done.status_code, done.headers["location"]) == (303, f"/perkara/{no}?sudah=tarik")
        after = shown(kantor.get(done.headers["location"], DRAFTER))
        assert "Perkara ini sudah dicabut." in after
        assert "Dicabut pada 23 November 2026 09.00 WIB" in after
        assert "Cabut perkara" not in after
        again = kantor.post(f"/perkara/{no}/tarik", DRAFTER, data={"reason": "Sekali lagi", "request_id": "c4"})
        assert again.status_code == 409
    finally:
        kantor.app.state.context = kantor.context
    assert "Salah alamat" in shown(kantor.get(f"/perkara/{no}/riwayat", DRAFTER))


def _button(page: Any, action: str) -> dict[str, str]:
    """The hidden values of the first form with this action, as a browser would send them."""
    form = page.text[page.text.index(f'/{action}"') :].partition("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_a_drafter_reminds_the_holder_once_a_day(kantor: Office) -> None:
    played = drafted(kantor, "p-ingat")
    no = kantor.number("p-ingat")
    kantor.app.state.context = replace(kantor.context, cases=PlayedCases(kantor, {"p-ingat": played}))
    try:
        page = kantor.get(f"/perkara/{no}", DRAFTER)
        sent = _button(page, "ingatkan")
        assert "Ingatkan Paraf konsep" not in shown(kantor.get(f"/perkara/{no}", TEAM)), "nobody reminds himself"
        assert kantor.post(f"/perkara/{no}/ingatkan", OUTSIDER, data=sent).status_code == 404
        done = kantor.post(f"/perkara/{no}/ingatkan", DRAFTER, data=sent)
        assert done.headers["location"] == f"/perkara/{no}?sudah=ingatkan"
        after = shown(kantor.get(done.headers["location"], DRAFTER))
        assert "Pemegang tugas sudah diingatkan." in kantor.get(done.headers["location"], DRAFTER).text
        assert "diingatkan 23 November 2026 09.00 WIB" in after
        assert "Ingatkan Paraf konsep" not in after
        again = kantor.post(f"/perkara/{no}/ingatkan", DRAFTER, data=sent | {"request_id": "lain"})
        assert (again.status_code, "sudah diingatkan hari ini" in shown(again)) == (409, True)
        assert kantor.post(f"/perkara/{no}/ingatkan", DRAFTER, data=sent | {"round": "7"}).status_code == 409
    finally:
        kantor.app.state.context = kantor.context
    told = kantor.owner.execute("SELECT recipient, channel FROM outbox WHERE case_id = 'p-ingat' AND kind = 'diingatkan' ORDER BY channel").fetchall()
    assert told == [(f"jabatan:{TEAM}", "aplikasi"), (f"jabatan:{TEAM}", "surel")]
    assert "Mengingatkan pemegang tugas" in shown(kantor.get(f"/perkara/{no}/riwayat", DRAFTER))


def test_a_superior_hands_a_task_to_another_and_the_former_holder_may_not_act(kantor: Office) -> None:
    played = drafted(kantor, "p-alih")
    no = kantor.number("p-alih")
    above = "kabid-aplikasi"
    kantor.app.state.context = replace(kantor.context, cases=PlayedCases(kantor, {"p-alih": played}))
    try:
        assert "Alihkan" not in shown(kantor.get(f"/perkara/{no}", DRAFTER))
        page = kantor.get(f"/perkara/{no}", above)
        sent = _button(page, "alihkan")
        assert 'value="konseptor-dinkes"' not in page.text, "only seats of his own line"
        assert 'value="walidata"' in page.text
        assert f'value="{TEAM}"' not in page.text, "he holds it already"
        unsaid = kantor.post(f"/perkara/{no}/alihkan", above, data=sent | {"to": "walidata", "reason": " "})
        assert (unsaid.status_code, "Isi alasan." in shown(unsaid)) == (422, True)
        assert '<option value="walidata" selected>' in unsaid.text
        nobody = kantor.post(f"/perkara/{no}/alihkan", above, data=sent | {"to": "konseptor-dinkes", "reason": "Cuti"})
        assert (nobody.status_code, "Pilih jabatan yang menerima" in shown(nobody), ">Cuti</textarea>" in nobody.text) == (422, True, True)
        forged = kantor.post(f"/perkara/{no}/alihkan", DRAFTER, data=sent | {"to": "walidata", "reason": "Cuti"})
        assert forged.status_code in (403, 422)
        done = kantor.post(f"/perkara/{no}/alihkan", above, data=sent | {"to": "walidata", "reason": "Ketua tim cuti"})
        assert done.headers["location"] == f"/perkara/{no}?sudah=alihkan"
        assert "Tugas sudah dialihkan." in kantor.get(done.headers["location"], above).text
        assert "Kerjakan: Paraf konsep" in shown(kantor.get(f"/perkara/{no}", "walidata"))
        assert "Kerjakan: Paraf konsep" not in shown(kantor.get(f"/perkara/{no}", TEAM))
    finally:
        kantor.app.state.context = kantor.context
    trail = shown(kantor.get(f"/perkara/{no}/riwayat", DRAFTER))
    assert "Tugas dialihkan" in trail
    assert "Ketua tim cuti" in trail


def test_a_withdrawal_while_the_engine_is_away_keeps_the_reason(kantor: Office) -> None:
    drafted(kantor, "p-mati")
    answer = kantor.post(f"/perkara/{kantor.number('p-mati')}/tarik", DRAFTER, data={"reason": "Tidak jadi dikirim", "request_id": "m1"})
    assert answer.status_code == 503
    assert "Tidak jadi dikirim" in answer.text
    assert "Layanan proses sedang tidak menjawab" in shown(answer)


def test_my_cases_stand_open_first_page_by_page(kantor: Office) -> None:
    ended = goes_on(kantor, drafted(kantor, "p-akhir"))
    kantor.owner.execute("UPDATE \"case\" SET status = 'ended', result = 'selesai', ended_at = now() WHERE id = %s", (ended.case,))
    newest = drafted(kantor, "p-terbaru").case
    person = kantor.person(DRAFTER)

    async def pages(engine: AsyncEngine) -> list[list[tuple[str, bool]]]:
        found, after = [], ""
        async with engine.connect() as connection:
            while True:
                lines, after = await mine(connection, person, kantor.clock.now, after, 2)
                found.append([(one.id, one.status == "ended") for one in lines])
                if not after:
                    return found

    every = kantor.run(pages)
    flat = [one for part in every for one in part]
    assert all(len(part) == 2 for part in every[:-1])
    assert len(flat) == len({case for case, _ in flat})
    assert flat[0] == (newest, False)
    assert [over for _, over in flat] == sorted(over for _, over in flat)
    assert (ended.case, True) in flat
    text = shown(kantor.get("/perkara", DRAFTER))
    assert text.index("Rencana p-terbaru") < text.index("Rencana p-akhir")
    assert "Selesai pada" in text
    assert "Belum ada perkara" in shown(kantor.get("/perkara", OUTSIDER))
    assert kantor.get("/perkara?setelah=rusak", DRAFTER).status_code == 200


def test_who_initialled_finds_the_case_among_his_own(kantor: Office) -> None:
    goes_on(kantor, drafted(kantor, "p-ikut"), (TEAM, "paraf", "paraf"))
    assert "Rencana p-ikut" in shown(kantor.get("/perkara", TEAM))
    assert "Rencana p-ikut" not in shown(kantor.get("/perkara", HEAD))


def test_the_page_has_no_cached_copy_and_needs_a_sign_in(kantor: Office) -> None:
    answer = kantor.get("/perkara/1")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/masuk")
    drafted(kantor, "p-simpan")
    assert kantor.get(f"/perkara/{kantor.number('p-simpan')}", DRAFTER).headers["cache-control"] == "no-store"
