"""The trail in words, the chain checked in front of the reader, a break told in red, a file no spreadsheet can be tricked with."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from db.read.cases import Line
from engine.events import SYSTEM, Actor, Event
from engine.rehearsal import Rehearsal
from tests.web.office import Office, office
from tests.web.played import disposed, drafted, goes_on, shown
from web.trail_words import tell
from workflows.ketatausahaan.surat_keluar_tte.process import PROCESS as OUTGOING

DRAFTER, TEAM, HEAD, OUTSIDER = "konseptor-diskominfo", "ketua-tim-diskominfo", "kepala-diskominfo", "konseptor-dinkes"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def tamper(kantor: Office, change: str, case: str, seq: int) -> None:
    kantor.owner.execute("ALTER TABLE trail DISABLE TRIGGER ALL")
    assert kantor.owner.execute(f"UPDATE trail SET {change} WHERE case_id = %s AND seq = %s", (case, seq)).rowcount == 1
    kantor.owner.execute("ALTER TABLE trail ENABLE TRIGGER ALL")


def rows(answer: object) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_each_event_says_who_did_what_when_and_why(kantor: Office) -> None:
    goes_on(kantor, drafted(kantor, "r-satu"), (TEAM, "paraf", "kembalikan", "Perbaiki <b>alinea</b> kedua."))
    answer = kantor.get(f"/perkara/{kantor.number('r-satu')}/riwayat", DRAFTER)
    text = shown(answer)
    count = kantor.owner.execute("SELECT count(*) FROM trail WHERE case_id = 'r-satu'").fetchone()
    assert count is not None
    assert f"Rantai utuh {count[0]}/{count[0]}" in text
    assert "Mengembalikan ke: Susun konsep: Kembalikan" in text
    assert "Perbaiki <b>alinea</b> kedua." in text
    assert "<b>alinea" not in answer.text
    assert "Tugas diberikan sistem Paraf konsep Kepada : Ketua Tim Kerja" in text or "Kepada Ketua Tim Kerja Aplikasi Informatika" in text
    assert "23 November 2026 09.00 WIB (02.00.00 UTC)" in text
    assert '<time datetime="2026-11-23T02:00:00+00:00">' in answer.text
    hashes = kantor.owner.execute("SELECT hash FROM trail WHERE case_id = 'r-satu'").fetchall()
    assert all(str(row[0]) in text for row in hashes)


def test_newest_stands_first_and_kinds_narrow(kantor: Office) -> None:
    disposed(kantor, "r-urut")
    path = f"/perkara/{kantor.number('r-urut')}/riwayat"

    def order(query: str) -> list[int]:
        return [int(one) for one in re.findall(r'id="p-(\d+)"', kantor.get(path + query, HEAD).text)]

    newest = order("")
    assert newest == sorted(newest, reverse=True)
    assert order("?urut=terlama") == newest[::-1]
    only = order("?jenis=disposisi")
    assert 0 < len(only) < len(newest)
    assert set(only) < set(newest)
    text = shown(kantor.get(path + "?jenis=disposisi", HEAD))
    assert "Memberi disposisi" in text
    assert "Penerima Kepala Bidang Aplikasi Informatika, Utama: Tanggapi" in text
    assert "Melaporkan hasil disposisi" in text
    assert "Data sudah dihimpun." in text
    assert "Tugas diberikan" not in text.partition("peristiwa · ")[2]
    assert order("?jenis=%3Cscript%3E") == newest
    drafter = kantor.person(DRAFTER)
    own = order(f"?pelaku={drafter}")
    assert 0 < len(own) < len(newest)
    listed = kantor.owner.execute("SELECT seq FROM trail WHERE case_id = 'r-urut' AND person = %s", (drafter,)).fetchall()
    assert set(own) == {row[0] for row in listed}
    assert order("?pelaku=bukan-siapa-siapa") == newest


@pytest.mark.parametrize("change", ["body = replace(body, '\"kirim\"', '\"kirin\"')", "body = 'bukan json'", "body = '{}'", "name = 'Orang Lain'"])
def test_a_broken_chain_is_told_with_the_event_and_nothing_is_hidden(kantor: Office, change: str) -> None:
    case = f"r-rusak-{hashlib.sha256(change.encode()).hexdigest()[:6]}"
    drafted(kantor, case)
    tamper(kantor, change, case, 3)
    answer = kantor.get(f"/perkara/{kantor.number(case)}/riwayat", DRAFTER)
    text = shown(answer)
    assert answer.status_code == 200
    assert "Rantai rusak pada peristiwa nomor 3." in text
    assert "Rantai utuh" not in text
    assert 'role="alert"' in answer.text
    assert "Membuka perkara" in text
    readable = "Peristiwa sesudahnya tidak dapat dibaca lagi." not in text
    assert readable == ("rantai rusak di sini" in text)


def test_the_file_for_spreadsheets_holds_no_formula(kantor: Office) -> None:
    goes_on(kantor, drafted(kantor, "r-csv"), (TEAM, "paraf", "kembalikan", '=HYPERLINK("http://jahat.example";"klik")'))
    answer = kantor.get(f"/perkara/{kantor.number('r-csv')}/riwayat.csv", DRAFTER)
    assert answer.headers["content-disposition"] == f'attachment; filename="riwayat-perkara-{kantor.number("r-csv")}.csv"'
    found = rows(answer)
    assert [one["Nomor"] for one in found] == [str(number) for number in range(1, len(found) + 1)]
    returned = next(one for one in found if one["Hasil"] == "Kembalikan")
    assert returned["Alasan atau isi"] == '\'=HYPERLINK("http://jahat.example";"klik")'
    assert returned["Waktu WIB"] == "2026-11-23 09:00:00"
    assert returned["Waktu UTC"] == "2026-11-23T02:00:00Z"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for one in found for cell in one.values())


def test_reading_a_secret_trail_is_on_record_for_ever(kantor: Office) -> None:
    drafted(kantor, "r-rahasia", "rahasia")
    drafted(kantor, "r-terang")
    for case in ("r-rahasia", "r-terang"):
        kantor.get(f"/perkara/{kantor.number(case)}/riwayat", DRAFTER)
        kantor.get(f"/perkara/{kantor.number(case)}/riwayat.csv", DRAFTER)
        assert kantor.get(f"/perkara/{kantor.number(case)}/riwayat", OUTSIDER).status_code == 404
    found = kantor.owner.execute("SELECT case_id, what, position FROM reading ORDER BY id").fetchall()
    assert found == [("r-rahasia", "riwayat", DRAFTER), ("r-rahasia", "ekspor", DRAFTER)]
    text = shown(kantor.get(f"/perkara/{kantor.number('r-rahasia')}/riwayat", TEAM))
    assert "setiap pembacaan riwayat dan berkasnya dicatat" in text
    assert "mengunduh riwayat" in text
    for change in ("DELETE FROM reading", "UPDATE reading SET person = 'x'", "TRUNCATE reading"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            kantor.owner.execute(change)
        assert kantor.owner.execute("SELECT has_table_privilege('alur_app', 'reading', %s)", (change.split()[0],)).fetchone() == (False,)


def test_documents_carry_version_number_and_fingerprint() -> None:
    event = Event(1, MONDAY, "act-done", "tanda-tangan-kepala-opd", 1, SYSTEM, "", {
        "documents": [{"code": "naskah-keluar", "number": "500.12/1", "sha": "ab" * 32, "base_sha": "cd" * 32}],
    })  # fmt: skip
    (told,) = tell(OUTGOING, [Line(event, "h")], {}, {"cd" * 32: 2})
    assert told.what == "Naskah terbit"
    assert told.details[0].text == "Surat keluar, nomor 500.12/1, versi 2"
    assert (told.details[1].text, told.details[1].code) == ("ab" * 32, True)


def outgoing() -> Rehearsal:
    """An outgoing letter on its way: two hours pass before the first initial, and the way of coordination is not taken."""
    case = Rehearsal(OUTGOING, MONDAY)
    case.open({"person": "p-konseptor", "position": "j-konseptor", "unit": "diskominfo"})
    values = {"penandatangan": "kepala-opd", "kepada": [{"_id": "r1", "jalur": "surel"}], "tembusan": [], "unit_koordinasi": []}
    case.do("konsep", "kirim", values=values)
    case.now += timedelta(hours=2, minutes=5)
    for step in ("paraf-ketua-tim", "paraf-kepala-bidang", "paraf-sekretaris"):
        case.do(step, "paraf")
    return case


def test_conditions_show_what_they_used_and_gaps_who_was_waited_for() -> None:
    case = outgoing()
    told = tell(OUTGOING, [Line(event, f"h{event.seq}") for event in case.trail], {})
    conditions = {one.step: (one.what, [(part.label, part.text) for part in one.details]) for one in told if one.what.startswith("Syarat")}
    assert conditions["Bila unit koordinasi"] == ("Syarat dihitung: tidak", [("Paraf koordinasi dari", "kosong")])
    what, used = conditions["Bila penandatangan kepala OPD"]
    assert (what, used[0][1]) == ("Syarat dihitung: ya", "Kepala OPD")
    waited = next(one for one in told if one.step == "Paraf 1: substansi" and one.outcome == "Paraf")
    assert (waited.waited, waited.gap, waited.gap_at) == ("2 jam 5 menit", "2 jam 5 menit", "Paraf 1: substansi")
    assert all(not one.machine for one in told if one.what.startswith("Memutuskan"))
    assert all(one.machine for one in told if one.what.startswith(("Syarat", "Tugas diberikan")))


def test_every_kind_of_event_has_its_words() -> None:
    from typing import get_args

    from engine.events import Kind

    data = {"outcome": "paraf", "target": "konsep", "branches": [], "positions": ["j"], "result": "selesai", "reason": "Sebab."}
    for number, kind in enumerate(get_args(Kind), 1):
        event = Event(number, MONDAY, kind, "paraf-ketua-tim", 1, Actor("p", "j", "plh", name="Budi", title="Plh. Kepala"), "", data)
        (told,) = tell(OUTGOING, [Line(event, "h")], {"j": "Kepala Bidang"})
        assert told.what
        assert "-" not in told.what.replace("tata-usaha", "")
        assert (told.name, told.title, told.capacity) == ("Budi", "Plh. Kepala", "pelaksana harian")
