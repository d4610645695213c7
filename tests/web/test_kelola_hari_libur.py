"""Days off behind their page: added, moved, taken away, proposed; each with its decree in the office trail and one recount ordered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from db.office.holidays import proposed
from tests.web.office import Office, office, words
from tests.web.test_kelola import AUDITOR, OPERATOR, OUTSIDER, PERSONNEL, UNIT_DESK, newest, row, sent
from tests.web.test_kelola_lembar import digest, upload

PAGE = "/kelola/hari-libur"
DAY = {"tanggal": "14-12-2026", "nama": "Hari jadi kota", "jenis": "lokal", "sumber": "Keputusan Wali Kota 100/2026", "alasan": "Sudah ditetapkan"}


@pytest.fixture(scope="module")
def city(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def orders(city: Office) -> int:
    return int(row(city, "SELECT count(*) FROM rescheduling")[0])


def test_the_list_names_day_kind_and_decree(city: Office) -> None:
    said = words(city.get(f"{PAGE}?tahun=2026", UNIT_DESK))
    for shown in ("25 Desember 2026", "Jumat", "Hari Raya Natal", "Libur nasional", "Cuti bersama", "SKB 3 Menteri"):
        assert shown in said
    assert "Tambah hari libur" not in said
    assert city.get(PAGE, OUTSIDER).status_code == 403
    assert city.get(f"{PAGE}/tambah", AUDITOR).status_code == 403


def test_a_day_is_added_moved_and_taken_away_each_with_one_recount(city: Office) -> None:
    before = orders(city)
    assert sent(city, f"{PAGE}/tambah?tahun=2026", PERSONNEL, **DAY).status_code == 303
    assert (orders(city), newest(city).key) == (before + 1, "2026-12-14")
    assert "Keputusan Wali Kota 100/2026" in str(row(city, "SELECT cause FROM rescheduling ORDER BY ordered_at DESC, id DESC LIMIT 1")[0])
    twice = sent(city, f"{PAGE}/tambah?tahun=2026", PERSONNEL, **DAY)
    assert twice.status_code == 422
    assert "sudah tercatat: Hari jadi kota" in words(twice)
    assert sent(city, f"{PAGE}/2026-12-14/ubah", OPERATOR, **{**DAY, "tanggal": "15-12-2026", "alasan": "Digeser"}).status_code == 303
    told = newest(city)
    assert (told.before["day"], told.after["day"], told.reason) == ("2026-12-14", "2026-12-15", "Digeser")
    assert sent(city, f"{PAGE}/2026-12-15/hapus", OPERATOR, alasan=" ").status_code == 422
    assert sent(city, f"{PAGE}/2026-12-15/hapus", OPERATOR, alasan="Dibatalkan").status_code == 303
    assert newest(city).after is None
    assert city.get(f"{PAGE}/2026-12-15/hapus", OPERATOR).status_code == 404
    assert orders(city) == before + 3
    page = words(city.get(PAGE, AUDITOR))
    assert "Hitung ulang tenggat" in page
    assert "menunggu giliran" in page


def test_a_change_that_changes_nothing_orders_nothing(city: Office) -> None:
    before = orders(city)
    stand = row(city, "SELECT name, kind, source FROM holiday WHERE day = '2026-12-25'")
    given = {"tanggal": "25-12-2026", "nama": stand[0], "jenis": stand[1], "sumber": stand[2], "alasan": "Tidak ada"}
    assert sent(city, f"{PAGE}/2026-12-25/ubah", OPERATOR, **given).status_code == 303
    assert orders(city) == before


def test_a_day_onto_another_is_refused(city: Office) -> None:
    refused = sent(city, f"{PAGE}/2026-12-24/ubah", OPERATOR, **{**DAY, "tanggal": "25-12-2026"})
    assert refused.status_code == 422
    assert "Hari Raya Natal" in words(refused)


def test_the_proposal_of_a_year_is_shown_and_taken_in_part(city: Office) -> None:
    path = f"{PAGE}/usulan?tahun=2028"
    page = words(city.get(path, PERSONNEL))
    assert "Hari Kemerdekaan Republik Indonesia" in page
    assert "bukan keputusan" in page
    assert row(city, "SELECT count(*) FROM holiday WHERE day >= '2028-01-01'")[0] == 0
    taken = {"hari": ["2028-01-01", "2028-08-17", "2028-02-30"], "sumber": "SKB 1/2027", "alasan": "SKB terbit"}
    for lacking in ("hari", "sumber", "alasan"):
        refused = city.post(path, PERSONNEL, data={**taken, lacking: ""})
        assert refused.status_code == 422, lacking
        assert 'value="2028-08-17" checked' in refused.text or lacking == "hari"
    before = orders(city)
    assert city.post(path, PERSONNEL, data=taken).status_code == 303
    found = city.owner.execute("SELECT day, source FROM holiday WHERE day >= '2028-01-01' ORDER BY day").fetchall()
    assert found == [(date(2028, 1, 1), "SKB 1/2027"), (date(2028, 8, 17), "SKB 1/2027")]
    assert orders(city) == before + 1
    assert "sudah ada" in words(city.get(path, PERSONNEL))
    assert city.get(path, AUDITOR).status_code == 403


def test_the_package_tells_leave_from_holiday() -> None:
    found = {day: (name, kind) for day, name, kind in proposed(2026)}
    assert found[date(2026, 12, 25)] == ("Hari Raya Natal", "libur")
    assert found[date(2026, 12, 24)] == ("Cuti Bersama Hari Raya Natal", "cuti_bersama")
    assert len(found) == 25
    assert all("perkiraan" not in name for name, _kind in found.values())


def test_a_file_of_days_is_one_recount(city: Office) -> None:
    path, before = "/kelola/lembar/hari-libur", orders(city)
    text = "tanggal;nama;jenis;sumber\r\n01-07-2027;Hari satu;lokal;KW 1\r\n02-07-2027;Hari dua;lokal;KW 1\r\n"
    page = upload(city, path, text)
    assert city.post(f"{path}/simpan", OPERATOR, data={"sidik": digest(page), "alasan": "Ditetapkan"}).status_code == 303
    assert orders(city) == before + 1
    assert "jenis “besar” tidak dapat dipakai" in words(upload(city, path, "tanggal;nama;jenis;sumber\r\n1-7-2027;x;besar;y\r\n"))


def test_the_page_of_a_recount(city: Office) -> None:
    order = row(city, "SELECT id FROM rescheduling ORDER BY ordered_at LIMIT 1")[0]
    said = words(city.get(f"{PAGE}/hitung-ulang/{order}", AUDITOR))
    assert "Keputusan Wali Kota 100/2026" in said
    assert "Tidak ada tenggat yang berubah sampai saat ini" in said
    assert city.get(f"{PAGE}/hitung-ulang/tidak-ada", AUDITOR).status_code == 404
