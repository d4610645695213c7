"""The books behind their pages: who sees and keeps which, an entry with its reason and its line in the office trail, nothing written on a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.read import office_trail
from db.read.books import recount
from forms.numbers import plain
from tests.web.office import Office, office, words
from web.kelola_rights import AREAS, standing

OPERATOR, PERSONNEL, AUDITOR, UNIT_DESK, OUTSIDER = "operator-alur", "analis-sdm", "auditor-1", "kepegawaian-dinkes", "konseptor-dinkes"
BOOK = "/kelola/buku/cuti-tahunan"
KIND = "/kelola/registri/surat-penelitian"


@pytest.fixture(scope="module")
def city(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def row(city: Office, query: str, *values: object) -> tuple[Any, ...]:
    found = city.owner.execute(query, values).fetchone()
    assert found is not None
    return tuple(found)


def nip(city: Office, seat: str) -> str:
    return str(row(city, "SELECT nip FROM person WHERE id = %s", city.person(seat))[0])


def newest(city: Office) -> office_trail.Change:
    async def read(engine: AsyncEngine) -> list[office_trail.Change]:
        async with engine.connect() as connection:
            return await office_trail.changes(connection, limit=1)

    return city.run(read)[0]


def balance(city: Office, seat: str, period: str = "2026") -> Decimal:
    query = "SELECT balance FROM ledger_account WHERE book = 'cuti-tahunan' AND subject = %s AND period = %s"
    return Decimal(str(row(city, query, city.person(seat), period)[0]))


def sent(city: Office, path: str, seat: str, **data: str) -> Any:
    """The form as a browser sends it: with the id of the request that its page carried."""
    page = city.get(path, seat)
    found = re.search(r'name="request_id" value="([^"]+)"', page.text)
    assert found, (page.status_code, words(page)[:300])
    return city.post(path, seat, data={"request_id": found[1], **data})


# -- who --------------------------------------------------------------------------------------------------------------


def test_the_rights_are_one_table() -> None:
    assert all(standing({"operator-alur": ("diskominfo",)}).keeps(area) for area in AREAS)
    auditor = standing({"audit-jejak": ("inspektorat",)})
    assert set(auditor.rights) == set(AREAS)
    assert not any(auditor.keeps(area) for area in AREAS)
    personnel = standing({"analis-sdm": ("bkpsdm",)})
    assert personnel.keeps("saldo")
    assert personnel.opens(of_people=True)
    assert not personnel.opens(of_people=False)
    assert "registri" not in personnel.rights
    unit = standing({"kepegawaian": ("dinkes",), "persuratan": ("dinkes",)})
    assert unit.units == ("dinkes",)
    assert not unit.keeps("saldo")
    assert standing({"kepegawaian": ("bkpsdm",), "analis-sdm": ("bkpsdm",)}).units == ()
    assert standing({"persuratan": ("dinkes",)}).rights == {}


def test_the_menu_shows_it_to_its_desks_only(city: Office) -> None:
    for seat in (OPERATOR, PERSONNEL, AUDITOR, UNIT_DESK):
        assert 'href="/kelola"' in city.get("/tugas", seat).text
    assert 'href="/kelola"' not in city.get("/tugas", OUTSIDER).text
    assert city.get("/kelola", OUTSIDER).status_code == 403


def test_each_desk_opens_its_own_books(city: Office) -> None:
    assert "Registri" in words(city.get("/kelola", OPERATOR))
    assert "Surat keterangan penelitian terbit" not in words(city.get("/kelola", PERSONNEL))
    assert city.get(KIND, PERSONNEL).status_code == 403
    assert city.get(KIND, AUDITOR).status_code == 200
    for path in (
        f"{BOOK}/catat",
        f"{KIND}/tambah",
        "/kelola/pemesanan/tambah",
        "/kelola/tempat/tambah",
        "/kelola/hari-libur/tambah",
        "/kelola/lembar/tempat",
    ):
        assert city.get(path, AUDITOR).status_code == 403, path
        assert city.get(path, OPERATOR).status_code == 200, path
    assert "Catat saldo" not in words(city.get(BOOK, AUDITOR))


def test_a_personnel_desk_sees_the_people_of_its_own_organisation(city: Office) -> None:
    shown = words(city.get(f"{BOOK}?periode=2026", UNIT_DESK))
    assert nip(city, "konseptor-dinkes") in shown
    assert nip(city, "konseptor-diskominfo") not in shown
    one = urlencode({"subjek": city.person("konseptor-diskominfo"), "periode": "2026"})
    assert city.get(f"{BOOK}/akun?{one}", UNIT_DESK).status_code == 404
    assert city.get(f"{BOOK}/akun?{one}", AUDITOR).status_code == 200
    assert nip(city, "konseptor-diskominfo") not in city.get("/kelola/lembar/saldo.cuti-tahunan/unduh", UNIT_DESK).text


def test_the_desk_counts_in_the_capacity_in_use(city: Office) -> None:
    """Who is the operator and acts for another post is asked to change the post, not let in by it."""
    person, now = city.person(OPERATOR), city.clock.now
    city.owner.execute(
        "INSERT INTO acting (id, position, person, kind, starts, ends, order_number) VALUES ('plh-operator', 'kabid-infrastruktur', %s, 'plh', %s, %s, '800/1')",
        (person, now - timedelta(days=1), now + timedelta(days=1)),
    )
    city.post("/kapasitas", OPERATOR, data={"jabatan": "kabid-infrastruktur"})
    refused = city.get("/kelola", OPERATOR)
    city.post("/kapasitas", OPERATOR, data={"jabatan": OPERATOR})
    city.owner.execute("DELETE FROM acting WHERE id = 'plh-operator'")
    assert refused.status_code == 403
    assert "Ganti jabatan" in refused.text
    assert city.get("/kelola", OPERATOR).status_code == 200


# -- the ledger ---------------------------------------------------------------------------------------------------------


def account(city: Office, seat: str, period: str = "2026") -> str:
    return urlencode({"subjek": city.person(seat), "periode": period})


def test_a_correction_is_an_entry_and_a_line_of_the_office_trail(city: Office) -> None:
    seat = "konseptor-diskominfo"
    path = f"{BOOK}/catat?{account(city, seat)}"
    before = balance(city, seat)
    done = sent(city, path, PERSONNEL, jumlah="-2", sumber="Kartu cuti 2026", alasan="Salah catat bulan Mei")
    assert done.status_code == 303, words(done)
    assert done.headers["location"].startswith(f"{BOOK}/akun?")
    assert balance(city, seat) == before - 2
    told = newest(city)
    assert (told.action, told.subject, told.reason) == ("bukukan", "ledger_account", "Salah catat bulan Mei")
    assert (told.before["saldo"], told.after["saldo"]) == (plain(before), plain(before - 2))
    assert told.person == city.person(PERSONNEL)
    page = words(city.get(f"{BOOK}/akun?{account(city, seat)}", AUDITOR))
    assert "Koreksi" in page
    assert "Kartu cuti 2026" in page
    assert "Salah catat bulan Mei" in page

    async def right(engine: AsyncEngine) -> list[str]:
        async with engine.connect() as connection:
            return await recount.from_rows(connection)

    assert city.run(right) == []


def test_the_same_request_twice_is_one_entry(city: Office) -> None:
    seat = "kabid-infrastruktur"
    path, before = f"{BOOK}/catat?{account(city, seat)}", balance(city, seat)
    data = {"request_id": "satu-permintaan", "jumlah": "1", "sumber": "SK 1/2026", "alasan": "Tambahan"}
    assert [city.post(path, OPERATOR, data=data).status_code for _ in range(2)] == [303, 303]
    assert balance(city, seat) == before + 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"alasan": " "}, "Alasan perubahan"),
        ({"sumber": ""}, "Dasar"),
        ({"jumlah": "0"}, "selain nol"),
        ({"jumlah": "1.5"}, "angka"),
        ({"jumlah": "-500"}, "Saldo akan menjadi"),
    ],
)
def test_what_is_refused_leaves_nothing_and_keeps_what_was_typed(city: Office, wrong: dict[str, str], said: str) -> None:
    seat = "kepala-diskominfo"
    before, seq = balance(city, seat), newest(city).seq
    refused = sent(city, f"{BOOK}/catat?{account(city, seat)}", PERSONNEL, **({"jumlah": "1", "sumber": "SK 2/2026", "alasan": "Tambahan"} | wrong))
    assert refused.status_code == 422
    assert said in words(refused)
    assert "SK 2/2026" in refused.text or "sumber" in wrong
    assert (balance(city, seat), newest(city).seq) == (before, seq)


def test_nobody_corrects_his_own_balance(city: Office) -> None:
    before = balance(city, PERSONNEL)
    refused = sent(city, f"{BOOK}/catat?{account(city, PERSONNEL)}", PERSONNEL, jumlah="5", sumber="SK", alasan="Ingin libur")
    assert refused.status_code == 403
    assert "oleh petugas lain" in words(refused)
    assert balance(city, PERSONNEL) == before
    assert "Koreksi saldo" not in words(city.get(f"{BOOK}/akun?{account(city, PERSONNEL)}", PERSONNEL)).split("Isi buku")[0]


def test_a_first_entry_opens_the_account_and_an_unknown_nip_is_named(city: Office) -> None:
    given = {"periode": "2024", "jumlah": "3", "sumber": "Kartu 2024", "alasan": "Sisa ditangguhkan"}
    refused = sent(city, f"{BOOK}/catat", PERSONNEL, subjek="123", **given)
    assert refused.status_code == 422
    assert "Tidak ada pegawai dengan NIP ini" in words(refused)
    assert sent(city, f"{BOOK}/catat", PERSONNEL, subjek=nip(city, "sekda"), **given).status_code == 303
    assert balance(city, "sekda", "2024") == 3
    assert newest(city).before is None


def test_a_new_year_is_opened_once(city: Office) -> None:
    accounts = "SELECT count(*) FROM ledger_account WHERE period = '2027'"
    before = row(city, accounts)[0]
    assert sent(city, f"{BOOK}/tahun", OPERATOR, tahun="2029", alasan="Terlalu jauh").status_code == 422
    assert sent(city, f"{BOOK}/tahun", OPERATOR, tahun="2027", alasan="Pergantian tahun").status_code == 303
    assert row(city, accounts)[0] == before
    assert newest(city).action == "buka tahun"


def test_accounts_are_found_by_name_nip_and_unit(city: Office) -> None:
    number = nip(city, "konseptor-diskominfo")
    assert number in words(city.get(f"{BOOK}?cari={number}", OPERATOR))
    by_unit = words(city.get(f"{BOOK}?cari=Komunikasi&periode=2026", OPERATOR))
    assert nip(city, "kepala-diskominfo") in by_unit
    assert nip(city, "konseptor-dinkes") not in by_unit
    assert "Tidak ada akun yang cocok" in words(city.get(f"{BOOK}?cari=zzzz", OPERATOR))


def test_the_list_goes_on_page_by_page(city: Office) -> None:
    seen: list[str] = []
    path = f"{BOOK}?periode=2026"
    while path:
        page = city.get(path, OPERATOR).text
        seen += re.findall(r"akun\?subjek=([^&]+)&", page)
        found = re.search(r'href="([^"]+setelah=[^"]+)"', page)
        path = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == row(city, "SELECT count(*) FROM ledger_account WHERE book = 'cuti-tahunan' AND period = '2026'")[0]


# -- registry, bookings, places -----------------------------------------------------------------------------------------


def test_a_line_is_put_corrected_and_closed_and_no_version_is_lost(city: Office) -> None:
    line = {
        "kunci": "400/UJI/2026",
        "atribut": "judul=Survei; batas=2026-12-01",
        "berlaku_dari": "01-11-2026",
        "sumber": "Surat 12/2026",
        "alasan": "Terlewat dicatat",
    }
    assert sent(city, f"{KIND}/tambah", OPERATOR, **line).status_code == 303
    number = row(city, "SELECT id FROM registry WHERE key = '400/UJI/2026'")[0]
    assert newest(city).key == f"surat-penelitian/{number}"
    assert "400/UJI/2026" in words(city.get(f"{KIND}?cari=survei", OPERATOR))
    fixed = {**line, "atribut": "judul=Survei kesehatan; batas=2026-12-01", "alasan": "Judul keliru"}
    assert sent(city, f"{KIND}/{number}/perbaiki", OPERATOR, **fixed).status_code == 303
    again = row(city, "SELECT max(id) FROM registry WHERE key = '400/UJI/2026'")[0]
    assert again != number
    assert newest(city).after["menggantikan"] == number
    old = city.get(f"{KIND}/{number}", OPERATOR)
    assert "tidak pernah berlaku" in words(old)
    assert city.get(f"{KIND}/{number}/perbaiki", OPERATOR).status_code == 200
    assert sent(city, f"{KIND}/{number}/perbaiki", OPERATOR, **fixed).status_code == 404
    assert sent(city, f"{KIND}/{again}/tutup", OPERATOR, berlaku_sampai="01-10-2026", alasan="x").status_code == 422
    assert sent(city, f"{KIND}/{again}/tutup", OPERATOR, berlaku_sampai="20-11-2026", alasan="Dicabut").status_code == 303
    assert "400/UJI/2026" not in words(city.get(f"{KIND}?cari=survei", OPERATOR)).split("Dasar")[-1]
    assert "400/UJI/2026" in words(city.get(f"{KIND}?waktu=lewat", OPERATOR))
    assert row(city, "SELECT count(*) FROM registry WHERE key = '400/UJI/2026'")[0] == 2


def test_a_line_with_an_identity_is_opened_and_taken_on_record(city: Office) -> None:
    """Masked where it is shown; to mend it one must see it, and that one did stands in the office trail."""
    nik = "3671010101900001"
    line = {"kunci": "400/NIK/2026", "atribut": f"nik={nik}", "berlaku_dari": "01-11-2026", "sumber": "Surat 14/2026", "alasan": "Terlewat dicatat"}
    assert sent(city, f"{KIND}/tambah", OPERATOR, **line).status_code == 303
    number = row(city, "SELECT id FROM registry WHERE key = '400/NIK/2026'")[0]
    assert nik not in city.get(f"{KIND}/{number}", OPERATOR).text
    assert newest(city).action == "tambah"
    assert nik in city.get(f"{KIND}/{number}/perbaiki", OPERATOR).text
    assert (newest(city).action, newest(city).key, newest(city).after) == ("baca", f"surat-penelitian/{number}", None)
    assert sent(city, f"{KIND}/tambah", OPERATOR, **{**line, "kunci": "400/POLOS/2026", "atribut": "judul=Survei"}).status_code == 303
    plain = row(city, "SELECT id FROM registry WHERE key = '400/POLOS/2026'")[0]
    before = row(city, "SELECT max(seq) FROM office_trail")
    assert city.get(f"{KIND}/{plain}/perbaiki", OPERATOR).status_code == 200
    assert row(city, "SELECT max(seq) FROM office_trail") == before
    assert nik in city.get("/kelola/lembar/registri.surat-penelitian/unduh", OPERATOR).text
    assert (newest(city).action, newest(city).key) == ("unduh", "surat-penelitian")


def test_a_second_valid_line_of_a_single_kind_is_refused(city: Office) -> None:
    path = "/kelola/registri/perpanjangan-penelitian/tambah"
    line = {"kunci": "satu-kali", "berlaku_dari": "01-11-2026", "sumber": "Surat 13/2026", "alasan": "Uji"}
    assert sent(city, path, OPERATOR, **line).status_code == 303
    refused = sent(city, path, OPERATOR, **line)
    assert refused.status_code == 409
    assert "masih ada yang berlaku" in words(refused)


def test_a_room_is_booked_once_at_a_time_and_given_back(city: Office) -> None:
    given = {"jenis": "ruang", "dipesan": "rapat-1", "keperluan": "rapat", "sumber": "Nota 5/2026", "alasan": "Rapat dinas"}
    times = {"mulai": ["24-11-2026", "08.00"], "akhir": ["24-11-2026", "10.00"]}
    page = city.get("/kelola/pemesanan/tambah", PERSONNEL)
    request = re.search(r'name="request_id" value="([^"]+)"', page.text)
    assert request
    data: dict[str, Any] = {"request_id": request[1], **given, **times}
    assert city.post("/kelola/pemesanan/tambah", PERSONNEL, data=data).status_code == 303
    refused = city.post("/kelola/pemesanan/tambah", PERSONNEL, data={**data, "request_id": "lain"})
    assert refused.status_code == 409
    assert "sudah terpakai" in words(refused)
    assert "rapat-1" in words(city.get("/kelola/pemesanan", AUDITOR))
    assert "rapat-1" not in words(city.get("/kelola/pemesanan", UNIT_DESK))
    key = row(city, "SELECT key FROM booking WHERE resource = 'rapat-1'")[0]
    free = f"/kelola/pemesanan/lepas?{urlencode({'kunci': key})}"
    assert sent(city, free, PERSONNEL, alasan="Rapat batal").status_code == 303
    assert city.get(free, PERSONNEL).status_code == 404
    assert (newest(city).action, newest(city).after["keadaan"]) == ("lepas", "dilepas")
    assert "rapat-1" in words(city.get("/kelola/pemesanan?lepas=ya", AUDITOR))
    assert row(city, "SELECT state FROM booking WHERE key = %s", key)[0] == "freed"


def test_a_booking_of_a_running_case_is_the_cases_own(city: Office) -> None:
    city.opened("pemesan")
    now = city.clock.now
    city.owner.execute(
        "INSERT INTO booking (key, kind, resource, starts, ends, purpose, case_id, at) VALUES ('p/1', 'ruang', 'rapat-9', %s, %s, 'rapat', 'pemesan', %s)",
        (now, now + timedelta(hours=1), now),
    )
    refused = sent(city, "/kelola/pemesanan/lepas?kunci=p/1", OPERATOR, alasan="Coba")
    assert refused.status_code == 403
    assert "masih berjalan" in words(refused)


def test_a_place_is_added_renamed_and_shaped(city: Office) -> None:
    given = {"kode": "zona-uji", "nama": "Zona uji", "jenis": "zona", "induk": "36.71", "alasan": "RDTR 2026"}
    assert sent(city, "/kelola/tempat/tambah", OPERATOR, **given).status_code == 303
    assert sent(city, "/kelola/tempat/tambah", OPERATOR, **given).status_code == 422
    assert sent(city, "/kelola/tempat/zona-uji/ubah", OPERATOR, nama="Zona U", jenis="zona", induk="zona-uji", alasan="x").status_code == 422
    assert sent(city, "/kelola/tempat/zona-uji/ubah", OPERATOR, nama="Zona U", jenis="zona", induk="36.71", alasan="Nama baru").status_code == 303
    told = newest(city)
    assert (told.before["name"], told.after["name"]) == ("Zona uji", "Zona U")
    path = "/kelola/tempat/zona-uji/geometri"
    shape = '{"type": "Point", "coordinates": [106.63, -6.17]}'
    for wrong in ("{}", "bukan", '{"type": "Point", "coordinates": [200, 0]}', '{"type": "Polygon", "coordinates": [1, 2]}'):
        assert city.post(path, OPERATOR, data={"geometri": wrong, "alasan": "Peta"}).status_code == 422, wrong
    assert city.post(path, OPERATOR, data={"geometri": shape, "alasan": ""}).status_code == 422
    assert city.post(path, OPERATOR, data={"geometri": shape, "alasan": "Peta"}).status_code == 303
    assert row(city, "SELECT geometry ->> 'type' FROM place WHERE code = 'zona-uji'")[0] == "Point"
    assert "106.63" in newest(city).after["geometry"]
    assert city.post(path, AUDITOR, data={"geometri": "", "alasan": "Hapus"}).status_code == 403


def test_the_office_trail_of_all_this_holds(city: Office) -> None:
    async def bad(engine: AsyncEngine) -> object:
        async with engine.connect() as connection:
            return await office_trail.first_bad(connection)

    assert newest(city).seq > 10
    assert city.run(bad) is None
