"""Books by spreadsheet: out and in again unchanged; each bad line named; nothing written before consent; consent is to exactly what was shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from db.office.sheets import MOST_BYTES, amount, day, read_sheet, words
from tests.web.office import Office, office
from tests.web.office import words as read
from tests.web.test_kelola import AUDITOR, OPERATOR, PERSONNEL, balance, newest, nip, row

LEDGER = "/kelola/lembar/saldo.cuti-tahunan"
ALL = (LEDGER, "/kelola/lembar/registri.surat-penelitian", "/kelola/lembar/pemesanan", "/kelola/lembar/tempat", "/kelola/lembar/hari-libur")


@pytest.fixture(scope="module")
def city(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def upload(city: Office, path: str, content: bytes | str, seat: str = OPERATOR) -> Any:
    data = content.encode() if isinstance(content, str) else content
    return city.post(path, seat, files={"berkas": ("isi.csv", data, "text/csv")})


def digest(page: Any) -> str:
    found = re.search(r'name="sidik" value="([0-9a-f]{64})"', page.text)
    assert found, read(page)[-600:]
    return found[1]


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def changes(city: Office) -> int:
    return int(row(city, "SELECT count(*) FROM office_trail")[0])


@pytest.mark.parametrize("path", ALL)
def test_what_goes_out_comes_in_and_changes_nothing(city: Office, path: str) -> None:
    city.owner.execute(
        "INSERT INTO booking (key, kind, resource, starts, ends, purpose, source, at) VALUES ('lama', 'ruang', 'aula', %s, %s, 'rapat', 'nota', %s) ON CONFLICT DO NOTHING",
        (city.clock.now, city.clock.now.replace(hour=5), city.clock.now),
    )
    out = city.get(f"{path}/unduh", OPERATOR)
    assert out.status_code == 200
    assert len(lines(out.content)) > 1
    page = upload(city, path, out.content)
    assert page.status_code == 200, read(page)
    assert "0 baris akan berubah" in read(page)
    assert f"{len(lines(out.content)) - 1} baris sama" in read(page)
    assert 'name="sidik"' not in page.text


def test_a_changed_balance_is_shown_and_written_on_consent_only(city: Office) -> None:
    seats = ("konseptor-diskominfo", "kepala-diskominfo")
    before = [balance(city, seat) for seat in seats]
    text = "subjek;periode;saldo;sumber\r\n" + "".join(f"{nip(city, seat)};2026;{n};SK 9/2026\r\n" for seat, n in zip(seats, (5, 7), strict=True))
    page, count = upload(city, LEDGER, text, PERSONNEL), changes(city)
    assert page.status_code == 200
    assert "2 baris akan berubah" in read(page)
    assert "12 → 5" in read(page)
    assert ([balance(city, seat) for seat in seats], changes(city)) == (before, count)
    mark = digest(page)
    without = city.post(f"{LEDGER}/simpan", PERSONNEL, data={"sidik": mark, "alasan": " "})
    assert without.status_code == 422
    assert "Isi alasan" in read(without)
    assert changes(city) == count
    done = city.post(f"{LEDGER}/simpan", PERSONNEL, data={"sidik": mark, "alasan": "Pemutakhiran kartu"})
    assert done.status_code == 303
    assert [balance(city, seat) for seat in seats] == [5, 7]
    assert changes(city) == count + 2
    assert newest(city).reason == "Pemutakhiran kartu"
    again = city.post(f"{LEDGER}/simpan", PERSONNEL, data={"sidik": mark, "alasan": "Pemutakhiran kartu"})
    assert again.status_code == 303
    assert changes(city) == count + 2


def test_another_file_than_the_one_shown_is_refused(city: Office) -> None:
    head = "subjek;periode;saldo;sumber\r\n"
    first = digest(upload(city, LEDGER, f"{head}{nip(city, 'sekda')};2026;9;SK 1\r\n"))
    upload(city, LEDGER, f"{head}{nip(city, 'sekda')};2026;1;SK 1\r\n")
    before, count = balance(city, "sekda"), changes(city)
    refused = city.post(f"{LEDGER}/simpan", OPERATOR, data={"sidik": first, "alasan": "Coba"})
    assert refused.status_code == 409
    assert "berubah sejak pratinjau" in read(refused)
    assert (balance(city, "sekda"), changes(city)) == (before, count)


def test_a_book_that_changed_meanwhile_is_refused(city: Office) -> None:
    text = f"subjek;periode;saldo;sumber\r\n{nip(city, 'sekda')};2026;8;SK 1\r\n"
    mark = digest(upload(city, LEDGER, text))
    account = f"cuti-tahunan/{city.person('sekda')}/2026"
    city.owner.execute("INSERT INTO ledger_entry (key, account, kind, amount, source) VALUES ('lain', %s, 'correction', -1, 'x')", (account,))
    assert city.post(f"{LEDGER}/simpan", OPERATOR, data={"sidik": mark, "alasan": "Coba"}).status_code == 409
    assert balance(city, "sekda") == 11


def test_every_bad_line_and_column_is_named_with_its_mend(city: Office) -> None:
    good, own = nip(city, "kabid-infrastruktur"), nip(city, OPERATOR)
    text = f"subjek;periode;saldo;sumber\r\n{good};2026;banyak;SK\r\n999;2026;3;SK\r\n{good};2026;3;\r\n{good};2026;4;SK\r\n{own};2026;99;SK\r\n{good};2026\r\n"
    said = read(upload(city, LEDGER, text))
    assert "Baris 2 saldo “banyak” tidak dapat dipakai" in said
    assert "Baris 7 Ada 2 kolom, seharusnya 4" in said
    text = f"subjek;periode;saldo;sumber\r\n999;2026;3;SK\r\n{good};2026;3;\r\n{good};2026;4;SK\r\n{own};2026;99;SK\r\n"
    page = upload(city, LEDGER, text)
    said = read(page)
    assert page.status_code == 422
    for wrong in ("Baris 2 subjek", "Baris 3 sumber", "Baris 4 subjek Sama dengan baris 3", "Baris 5 subjek Saldo Anda sendiri"):
        assert wrong in said, wrong
    assert 'name="sidik"' not in page.text
    assert city.post(f"{LEDGER}/simpan", OPERATOR, data={"sidik": "0" * 64, "alasan": "Paksa"}).status_code == 409


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kolom"),
        (b"subjek;periode\r\n", "kolom “saldo” tidak ada"),
        (b"subjek;periode;saldo;sumber;rahasia\r\n", "tidak dikenal"),
        (b"subjek;periode;saldo;sumber\r\n", "tidak memuat baris data"),
        ("subjek;periode;saldo;sumber\r\ncafé;2026;1;x\r\n".encode("latin-1"), "UTF-8"),
        (b'subjek;periode;saldo;sumber\r\n"1;2026;1;x\r\n', "petik"),
        (b"x" * (MOST_BYTES + 1), "1 MB"),
    ],
)
def test_a_file_that_is_none_is_said_to_be_so(city: Office, content: bytes, said: str) -> None:
    page = upload(city, LEDGER, content)
    assert page.status_code == 422
    assert said in read(page)


def test_a_registry_file_adds_corrects_and_closes(city: Office) -> None:
    path = "/kelola/lembar/registri.surat-penelitian"
    heads = "nomor;kunci;atribut;berlaku_dari;berlaku_sampai;sumber\r\n"
    first = upload(city, path, f"{heads};L-1;judul=Satu;01-11-2026;;Surat 1\r\n;L-2;judul=Dua;01-11-2026;;Surat 2\r\n")
    assert city.post(f"{path}/simpan", OPERATOR, data={"sidik": digest(first), "alasan": "Awal"}).status_code == 303
    one, two = (row(city, "SELECT id FROM registry WHERE key = %s", key)[0] for key in ("L-1", "L-2"))
    text = f"{heads}{one};L-1;judul=Satu saja;01-11-2026;;Surat 1\r\n{two};L-2;judul=Dua;01-11-2026;15-11-2026;Surat 2\r\n"
    page = upload(city, path, text)
    assert "berubah" in read(page)
    assert "ditutup" in read(page)
    count = changes(city)
    assert city.post(f"{path}/simpan", OPERATOR, data={"sidik": digest(page), "alasan": "Perbaikan"}).status_code == 303
    assert changes(city) == count + 2
    assert row(city, "SELECT count(*) FROM registry WHERE key = 'L-1'")[0] == 2
    assert str(row(city, "SELECT valid_to FROM registry WHERE id = %s", two)[0]) == "2026-11-15"
    single = "/kelola/lembar/registri.perpanjangan-penelitian"
    twice = read(upload(city, single, f"{heads};S;;01-11-2026;;x\r\n;S;;02-11-2026;;x\r\n"))
    assert "Baris 3 kunci Masih ada baris lain" in twice


def test_places_and_bookings_by_file(city: Office) -> None:
    path = "/kelola/lembar/tempat"
    page = upload(city, path, "kode;jenis;nama;induk\r\nzona-a;zona;Zona A;36.71\r\nzona-b;zona;Zona B;zona-a\r\n")
    assert city.post(f"{path}/simpan", OPERATOR, data={"sidik": digest(page), "alasan": "RDTR"}).status_code == 303
    assert row(city, "SELECT parent FROM place WHERE code = 'zona-b'")[0] == "zona-a"
    assert "induk “nihil” tidak ada" in read(upload(city, path, "kode;jenis;nama;induk\r\nzona-c;zona;C;nihil\r\n"))
    path = "/kelola/lembar/pemesanan"
    heads = "jenis;dipesan;mulai;akhir;keperluan;sumber\r\n"
    mine = nip(city, "sekda")
    page = upload(city, path, f"{heads}orang;{mine};01-12-2026;03-12-2026;dinas-luar;ST 1\r\n", PERSONNEL)
    assert city.post(f"{path}/simpan", PERSONNEL, data={"sidik": digest(page), "alasan": "ST"}).status_code == 303
    starts, ends = row(city, "SELECT starts, ends FROM booking WHERE resource = %s", city.person("sekda"))
    assert (ends - starts).days == 3
    said = read(
        upload(city, path, f"{heads}orang;{mine};03-12-2026 08.00;03-12-2026 09.00;rapat;N 1\r\norang;1;1-1-2027;1-1-2027;x;y\r\n", PERSONNEL)
    )
    assert "Baris 3 dipesan" in said
    said = read(upload(city, path, f"{heads}orang;{mine};03-12-2026 08.00;03-12-2026 09.00;rapat;N 1\r\n", PERSONNEL))
    assert "Baris 2 mulai Waktu ini sudah terpakai" in said


def test_an_auditor_may_take_out_and_not_put_in(city: Office) -> None:
    for path in ALL:
        assert city.get(f"{path}/unduh", AUDITOR).status_code == 200
        assert city.get(path, AUDITOR).status_code == 403
        assert upload(city, path, "x", AUDITOR).status_code == 403
        assert city.post(f"{path}/simpan", AUDITOR, data={"sidik": "0", "alasan": "x"}).status_code == 403
    assert city.get("/kelola/lembar/saldo.tidak-ada/unduh", OPERATOR).status_code == 404
    assert city.get("/kelola/lembar/apa/unduh", OPERATOR).status_code == 404


def test_a_cell_that_would_be_a_formula_goes_out_guarded_and_comes_back_as_it_was(city: Office) -> None:
    city.owner.execute("INSERT INTO place (code, kind, name, parent) VALUES ('zona-x', 'zona', '=1+1', '36.71')")
    out = city.get("/kelola/lembar/tempat/unduh", OPERATOR).content
    assert "'=1+1" in out.decode("utf-8-sig")
    assert "0 baris akan berubah" in read(upload(city, "/kelola/lembar/tempat", out))


def test_commas_blanks_and_marks_are_read() -> None:
    columns = {"tanggal": day, "nama": words, "jumlah": amount}
    for content in ('\ufefftanggal,Nama ,JUMLAH\n 1-2-2026 ,"A, B","1.250,5"\n\n', "nama;jumlah;tanggal\r\nA, B;1.250,5;2026-02-01\r\n;;\r\n"):
        sheet = read_sheet(content.encode(), columns)
        assert (sheet.faults, sheet.rows) == ([], [(2, {"tanggal": "2026-02-01", "nama": "A, B", "jumlah": "1250.5"})])
