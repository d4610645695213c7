"""Tables of thousands of rows in forms: pasted with a preview that names each bad cell, edited by pages, sent, filled per row, read and taken out again."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from forms import canonical
from tests.web.long_form import CHECKER, DRAFTER, NIK, begun, pasted, row, sent, stored
from tests.web.office import Office, office
from tests.web.played import shown
from web import table_rows


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def draft_of(kantor: Office, case: str, seat: str = DRAFTER) -> str:
    """The draft that opening the task makes."""
    page = kantor.get(f"/tugas/{kantor.task(case)}", seat)
    assert page.status_code == 200, page.text[:500]
    found = re.search(r"/isian/([0-9A-Z]{26})/draf", page.text)
    assert found is not None
    return found[1]


def version_of(page: Any) -> str:
    found = re.search(r'name="_versi" value="(\d+)"', page.text)
    assert found is not None
    return found[1]


def load(kantor: Office, address: str, text: str = "", seat: str = DRAFTER, cara: str = "tambah", file: tuple[str, bytes] | None = None) -> Any:
    files = {"berkas": (*file, "application/octet-stream")} if file else {"berkas": ("", b"", "application/octet-stream")}
    return kantor.post(f"{address}/muat", seat, data={"tempel": text, "cara": cara}, files=files)


def agree(kantor: Office, address: str, preview: Any, seat: str = DRAFTER) -> Any:
    digest = re.search(r'name="sidik" value="([0-9a-f]{64})"', preview.text)
    assert digest is not None, shown(preview)[:1500]
    return kantor.post(f"{address}/muat/simpan", seat, data={"sidik": digest[1]})


def loaded(kantor: Office, case: str, count: int) -> str:
    """The address of the table of a new case, with so many good rows pasted into it."""
    begun(kantor, case)
    address = f"/isian/{draft_of(kantor, case)}/tabel/rincian"
    preview = load(kantor, address, pasted([row(number) for number in range(count)]))
    assert preview.status_code == 200, shown(preview)[:2000]
    assert agree(kantor, address, preview).status_code == 303
    return address


def hidden(page: Any) -> dict[str, list[str]]:
    """What the form of the page sends unseen, and its typed texts."""
    form = page.text.partition('id="formulir"')[2] or page.text.partition("<main")[2]
    pairs = re.findall(r'<input [^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form)
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def test_pasted_rows_are_told_before_they_are_written(kantor: Office) -> None:
    begun(kantor, "tempel")
    address = f"/isian/{draft_of(kantor, 'tempel')}/tabel/rincian"
    bad = [row(0), row(1, jumlah="0"), row(2, nip="1,99001E+17"), row(3, tanggal="31-02-2026"), row(4, kondisi="hancur"), row(5, nama="")]
    preview = load(kantor, address, pasted(bad))
    told = shown(preview)
    assert preview.status_code == 422
    assert "Baris baru 6" in told
    for line, column, message in (
        (3, "Jumlah", "Jumlah harus lebih dari 0."), (4, "NIP pemegang", "dibulatkan oleh lembar kerja menjadi 1,99001E+17"), (5, "Tanggal", "sebagai tanggal"),
        (6, "Kondisi", "“hancur” tidak ada di dalamnya"), (7, "Nama barang", "Isi Nama barang."),
    ):  # fmt: skip
        assert re.search(rf"Baris {line} {column} [^.]*{re.escape(message)}", told), (line, column, told)
    assert "Belum ada baris" in shown(kantor.get(address, DRAFTER))


def test_rows_saved_with_faults_are_mended_in_the_table_and_sent(kantor: Office) -> None:
    begun(kantor, "lengkap")
    task = kantor.task("lengkap")
    address = f"/isian/{draft_of(kantor, 'lengkap')}/tabel/rincian"
    rows = [row(number, jumlah="banyak" if number == 55 else "2") for number in range(60)]
    assert agree(kantor, address, load(kantor, address, pasted(rows))).headers["location"] == f"{address}?saring=salah"
    form = kantor.get(f"/tugas/{task}?bagian=2", DRAFTER)
    assert "60 baris" in shown(form)
    assert "1 bagian perlu diperbaiki" in shown(form)
    assert "Rincian Sebagian" in shown(form)
    assert 'name="rincian.0.nama"' not in form.text
    page = kantor.get(f"{address}?saring=salah", DRAFTER)
    assert page.text.count("<tr") == 2
    assert "Tulis Jumlah dengan angka bulat saja" in shown(page)
    row_id = re.search(r'name="rincian\.55\._id" value="([^"]+)"', page.text)
    assert row_id is not None
    mended = {"rincian.55._id": row_id[1], "rincian.55.jumlah": "7", "_versi": version_of(page), "saring": "salah", "aksi": "simpan"}
    assert kantor.post(address, DRAFTER, data=mended).status_code == 303
    assert "Rincian Selesai" in shown(kantor.get(f"/tugas/{task}?bagian=2", DRAFTER))
    form = kantor.get(f"/tugas/{task}", DRAFTER)
    sent_ = {**hidden(form), "perihal": ["Usul lengkap"], "outcome": ["kirim"], "bagian": ["semua"]}
    check = kantor.post(f"/tugas/{task}", DRAFTER, data={**sent_, "aksi": "periksa"})
    told = shown(check)
    assert check.status_code == 200, told[:1500]
    assert "50 baris pertama dari 60." in told
    assert f"Total Jumlah: {59 * 2 + 7}" in told
    done = kantor.post(f"/tugas/{task}", DRAFTER, data={**hidden(check), "aksi": "kirim"})
    assert done.status_code == 303, shown(done)[:1500]
    stored_ = kantor.owner.execute('SELECT form FROM "case" WHERE id = %s', ("lengkap",)).fetchone()
    assert stored_ is not None
    kept: Any = stored_[0]
    assert len(kept["rincian"]) == 60
    assert (kept["rincian"][55]["jumlah"], kept["rincian"][55]["kondisi"], kept["rincian"][55]["_id"]) == (7, "rusak-ringan", row_id[1])
    assert kantor.owner.execute("SELECT field FROM draft_table").fetchall() == []


def test_saving_the_form_never_touches_rows_that_are_not_on_it(kantor: Office) -> None:
    address = loaded(kantor, "tetap", 60)
    draft, task = address.split("/")[2], kantor.task("tetap")
    form = kantor.get(f"/tugas/{task}", DRAFTER)
    saved = kantor.post(f"/isian/{draft}/draf", DRAFTER, data={"perihal": "Baru", "_versi": version_of(form)})
    assert saved.status_code == 303
    form = kantor.get(f"/tugas/{task}", DRAFTER)
    assert kantor.post(f"/tugas/{task}", DRAFTER, data={"perihal": "Lagi", "_versi": version_of(form), "aksi": "simpan"}).status_code == 303
    form = kantor.get(f"/tugas/{task}?bagian=2", DRAFTER)
    assert "60 baris" in shown(form)


def test_a_table_changed_after_its_check_page_is_not_sent(kantor: Office) -> None:
    address = loaded(kantor, "berubah", 60)
    task = kantor.task("berubah")
    form = kantor.get(f"/tugas/{task}", DRAFTER)
    check = kantor.post(f"/tugas/{task}", DRAFTER, data={**hidden(form), "perihal": ["Usul"], "outcome": ["kirim"], "aksi": "periksa"})
    assert check.status_code == 200
    assert agree(kantor, address, load(kantor, address, pasted([row(61)]))).status_code == 303
    late = kantor.post(f"/tugas/{task}", DRAFTER, data={**hidden(check), "aksi": "kirim"})
    assert late.status_code == 409
    assert "berubah di jendela lain" in shown(late)


def test_a_second_window_overwrites_nothing_and_loses_nothing(kantor: Office) -> None:
    address = loaded(kantor, "dua-jendela", 51)
    first, second = kantor.get(address, DRAFTER), kantor.get(address, DRAFTER)
    row_id = re.search(r'name="rincian\.0\._id" value="([^"]+)"', first.text)
    assert row_id is not None
    typed = {"rincian.0._id": row_id[1], "_versi": version_of(first), "aksi": "simpan"}
    assert kantor.post(address, DRAFTER, data={**typed, "rincian.0.nama": "Dari jendela pertama"}).status_code == 303
    late = kantor.post(address, DRAFTER, data={**typed, "rincian.0.nama": "Dari jendela kedua", "_versi": version_of(second)})
    assert late.status_code == 409
    assert 'value="Dari jendela kedua"' in late.text
    assert 'value="Dari jendela pertama"' in kantor.get(address, DRAFTER).text
    assert kantor.post(address, DRAFTER, data={**typed, "rincian.0.nama": "Dari jendela kedua", "_versi": version_of(late)}).status_code == 303


def test_going_to_another_page_saves_this_one(kantor: Office) -> None:
    address = loaded(kantor, "pindah", 101)
    page = kantor.get(address, DRAFTER)
    row_id = re.search(r'name="rincian\.2\._id" value="([^"]+)"', page.text)
    assert row_id is not None
    typed = {"rincian.2._id": row_id[1], "rincian.2.nama": "Diubah sambil lalu", "_versi": version_of(page), "hal": "1", "ke": "2"}
    assert kantor.post(address, DRAFTER, data=typed).headers["location"] == f"{address}?hal=2"
    second = kantor.get(f"{address}?hal=2", DRAFTER)
    assert kantor.post(address, DRAFTER, data={"_versi": version_of(second), "hal": "2", "ke": "1"}).headers["location"] == address
    first = kantor.get(address, DRAFTER)
    assert 'value="Diubah sambil lalu"' in first.text
    assert version_of(first) == version_of(second)


def test_what_was_typed_when_the_sign_in_ended_is_given_back(kantor: Office) -> None:
    address = loaded(kantor, "habis", 51)
    page = kantor.get(address, DRAFTER)
    row_id = re.search(r'name="rincian\.1\._id" value="([^"]+)"', page.text)
    assert row_id is not None
    kantor.owner.execute("UPDATE sign_in SET seen_at = seen_at - interval '9 hours' WHERE person = %s", (kantor.person(DRAFTER),))
    typed = {"rincian.1._id": row_id[1], "rincian.1.nama": "Diketik terlambat", "_versi": version_of(page), "aksi": "simpan"}
    assert kantor.post(address, DRAFTER, data=typed).status_code == 401
    assert kantor.post(f"{address}/muat", DRAFTER, data={"tempel": "Meja terlambat", "cara": "tambah"}).status_code == 401
    del kantor.tokens[DRAFTER]
    page = kantor.get(address, DRAFTER)
    assert ('value="Diketik terlambat"' in page.text, "belum disimpan" in shown(page)) == (True, True)
    assert "Meja terlambat" in kantor.get(f"{address}/muat", DRAFTER).text
    assert 'value="Diketik terlambat"' not in kantor.get(address, DRAFTER).text


def test_rows_that_hold_too_much_are_refused(kantor: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(kantor, "berat")
    address = f"/isian/{draft_of(kantor, 'berat')}/tabel/rincian"
    monkeypatch.setattr(table_rows, "MOST_BYTES", 60)
    refused = load(kantor, address, pasted([row(1), row(2)]))
    assert (refused.status_code, "terlalu besar" in shown(refused)) == (422, True)


def test_rows_come_and_go_and_a_column_is_filled_at_once(kantor: Office) -> None:
    address = loaded(kantor, "pilih", 55)
    page = kantor.get(address, DRAFTER)
    ids = re.findall(r'name="pilih" value="([^"]+)"', page.text)
    assert len(ids) == 50
    none = kantor.post(address, DRAFTER, data={"_versi": version_of(page), "aksi": "hapus-terpilih"})
    assert (none.status_code, "Centang baris" in shown(none)) == (422, True)
    kantor.post(address, DRAFTER, data={"_versi": version_of(page), "aksi": "hapus-terpilih", "pilih": ids[:2]})
    kantor.post(address, DRAFTER, data={"_versi": version_of(kantor.get(address, DRAFTER)), "_hapus": ids[2]})
    page = kantor.get(address, DRAFTER)
    assert "52 baris" in shown(page)
    added = kantor.post(address, DRAFTER, data={"_versi": version_of(page), "aksi": "tambah"})
    assert added.headers["location"] == f"{address}?hal=2#rincian-52-nama"
    page = kantor.get(address, DRAFTER)
    filled = kantor.post(
        address,
        DRAFTER,
        data={"_versi": version_of(page), "aksi": "isi", "kolom": "kondisi", "nilai": "Baik", "untuk": "terpilih", "pilih": ids[3:5]},
    )
    assert filled.status_code == 303
    page = kantor.get(address, DRAFTER)
    assert page.text.count('value="baik" selected') == 2
    found = kantor.get(f"{address}?cari=Barang+1", DRAFTER)
    assert "10 baris cocok" in shown(found)
    kantor.post(
        address, DRAFTER, data={"_versi": version_of(found), "cari": "Barang 1", "aksi": "isi", "kolom": "jumlah", "nilai": "3", "untuk": "tersaring"}
    )
    lines = rows_out(kantor, address, "csv")
    assert sum(line["Jumlah"] == "3" and line["Nama barang"].startswith("Barang 1") for line in lines) == 10


def rows_out(kantor: Office, address: str, kind: str, seat: str = DRAFTER) -> list[dict[str, Any]]:
    given = kantor.get(f"{address}/unduh?jenis={kind}", seat)
    assert given.status_code == 200
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(given.content.decode("utf-8-sig")), delimiter=";"))
    sheet: Any = load_workbook(io.BytesIO(given.content)).active
    heads, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_out_goes_back_in_unchanged(kantor: Office, kind: str) -> None:
    address = loaded(kantor, f"pulang-{kind}", 60)
    given = kantor.get(f"{address}/unduh?jenis={kind}", DRAFTER)
    back = load(kantor, address, cara="ganti", file=(f"rincian.{kind}", given.content))
    assert back.status_code == 200, shown(back)[:1500]
    assert "Baris baru 0 Baris berubah 0 Baris tetap sama 60 Baris dihapus 0" in shown(back)


def test_a_workbook_that_rounded_its_numbers_is_refused_with_the_mend(kantor: Office) -> None:
    begun(kantor, "bulat")
    address = f"/isian/{draft_of(kantor, 'bulat')}/tabel/rincian"
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Nama barang", "NIP pemegang", "Jumlah", "Harga satuan", "Tanggal", "Kondisi"])
    sheet.append(["Meja", 198503122010011001, 2, 1250000.5, "23/11/2026", "Baik"])
    sheet.append(["Kursi", "198503122010011001", 3, "1.250.000", "23-11-2026", "Baik"])
    out = io.BytesIO()
    book.save(out)
    preview = load(kantor, address, file=("barang.xlsx", out.getvalue()))
    told = shown(preview)
    assert preview.status_code == 422
    assert "Baris 2 NIP pemegang NIP pemegang dibulatkan oleh lembar kerja menjadi 1.98503122010011E+17" in told
    assert "Ubah format kolomnya menjadi Teks" in told
    assert "Baris 3 NIP" not in told


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("barang.xlsm", b"PK\x03\x04", "Simpan sebagai XLSX tanpa makro"), ("barang.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 600, "terkunci kata sandi"),
        ("barang.xlsx", b"bukan", "bukan XLSX"), ("barang.csv", b'Nama barang;Jumlah\n"Meja;2\n', "Tanda petik"), ("barang.csv", "Nama".encode("utf-16"), "CSV UTF-8"),
        ("barang.csv", b"Nama barang;Warna;Jumlah\nMeja;biru;2\n", "kolom “Warna” tidak dikenal"), ("barang.csv", b"", "lebih dahulu"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_by_what_is_wrong(kantor: Office, name: str, content: bytes, told: str) -> None:
    if not kantor.owner.execute('SELECT 1 FROM "case" WHERE id = %s', ("tolak-berkas",)).fetchone():
        begun(kantor, "tolak-berkas")
    address = f"/isian/{draft_of(kantor, 'tolak-berkas')}/tabel/rincian"
    refused = load(kantor, address, file=(name, content))
    assert refused.status_code == 422
    assert told in shown(refused)


def test_more_rows_than_a_table_holds_are_refused(kantor: Office) -> None:
    begun(kantor, "penuh")
    draft = draft_of(kantor, "penuh")
    whole = load(kantor, f"/isian/{draft}/tabel/rincian", pasted([row(number) for number in range(5001)]))
    assert (whole.status_code, "paling banyak 5.000" in shown(whole)) == (422, True)
    walked = load(kantor, f"/isian/{draft}/tabel/petugas", "Nama petugas\n" + "\n".join(f"Orang {number}" for number in range(501)))
    assert (walked.status_code, "paling banyak 500" in shown(walked)) == (422, True)


def test_an_outcome_for_every_row_of_a_fixed_table(kantor: Office) -> None:
    sent(kantor, "dinilai", 120)
    task = kantor.task("dinilai")
    address = f"/isian/{draft_of(kantor, 'dinilai', CHECKER)}/tabel/rincian"
    page = kantor.get(address, CHECKER)
    assert 'name="_hapus"' not in page.text
    assert (
        kantor.post(
            address, CHECKER, data={"_versi": version_of(page), "aksi": "isi", "kolom": "disetujui", "nilai": "Ya", "untuk": "tersaring"}
        ).status_code
        == 303
    )
    assert (
        kantor.post(
            address,
            CHECKER,
            data={"_versi": version_of(kantor.get(address, CHECKER)), "aksi": "isi", "kolom": "nama", "nilai": "Lain", "untuk": "tersaring"},
        ).status_code
        == 422
    )
    strange = load(kantor, address, "_id\tDisetujui\nr9999\tYa\n", CHECKER)
    assert (strange.status_code, "tidak ada pada tabel ini" in shown(strange)) == (422, True)
    some = load(kantor, address, "_id\tDisetujui\tAlasan\nr3\tTidak\tRusak\n", CHECKER)
    assert "Baris baru 0 Baris berubah 1" in shown(some)
    assert agree(kantor, address, some, CHECKER).status_code == 303
    form = kantor.get(f"/tugas/{task}", CHECKER)
    done = kantor.post(f"/tugas/{task}", CHECKER, data={**hidden(form), "outcome": "selesai-dinilai", "aksi": "kirim"})
    assert done.status_code == 303, shown(done)[:1500]
    kept: Any = kantor.owner.execute('SELECT form FROM "case" WHERE id = %s', ("dinilai",)).fetchone()
    rows = kept[0]["rincian"]
    assert [one["disetujui"] for one in rows[:5]] == [True, True, True, False, True]
    assert (len(rows), rows[3]["alasan"], rows[3]["nama"]) == (120, "Rusak", "Barang 3")


def test_identity_numbers_that_the_case_knows_stay_masked(kantor: Office) -> None:
    sent(kantor, "tertutup", 60)
    number = kantor.number("tertutup")
    draft = f"/isian/{draft_of(kantor, 'tertutup', CHECKER)}/tabel/rincian"
    case = f"/perkara/{number}/tabel/rincian"
    for path in (f"/perkara/{number}", f"/tugas/{kantor.task('tertutup')}?bagian=1", case, f"{case}/unduh", draft, f"{draft}/unduh?jenis=csv"):
        page = kantor.get(path, CHECKER)
        assert (page.status_code, NIK in page.text, "3671**********01" in page.text) == (200, False, True), path


def test_they_stay_masked_in_a_short_table_too(kantor: Office) -> None:
    sent(kantor, "tertutup-pendek", 3)
    page = kantor.get(f"/tugas/{kantor.task('tertutup-pendek')}?bagian=1", CHECKER)
    assert (NIK in page.text, page.text.count("<output>3671**********01</output>")) == (False, 3)


def test_the_next_official_reads_the_first_rows_and_all_of_them(kantor: Office) -> None:
    sent(kantor, "dibaca", 130)
    number = kantor.number("dibaca")
    page = kantor.get(f"/perkara/{number}", DRAFTER)
    assert "50 baris pertama dari 130." in shown(page)
    assert f'href="/perkara/{number}/tabel/rincian"' in page.text
    last = kantor.get(f"/perkara/{number}/tabel/rincian?hal=3", CHECKER)
    assert "Halaman 3 dari 3." in shown(last)
    assert "Barang 129" in last.text
    assert kantor.get(f"/perkara/{number}/tabel/rincian", "konseptor-dinkes").status_code == 404
    assert kantor.get(f"/perkara/{number}/tabel/rincian/unduh", "konseptor-dinkes").status_code == 404
    assert kantor.get(f"/perkara/{number}/tabel/bukan", CHECKER).status_code == 404
    lines = rows_out(kantor, f"/perkara/{number}/tabel/rincian", "xlsx", CHECKER)
    assert (len(lines), lines[0]["Harga satuan"], lines[0]["Jumlah"]) == (130, 1250000, 1)


def test_five_thousand_rows_reach_the_case_whole(kantor: Office) -> None:
    loaded(kantor, "besar", 5000)
    task = kantor.task("besar")
    form = kantor.get(f"/tugas/{task}", DRAFTER)
    done = kantor.post(f"/tugas/{task}", DRAFTER, data={**hidden(form), "perihal": ["Usul besar"], "outcome": ["kirim"], "aksi": "kirim"})
    assert done.status_code == 303, shown(done)[:1500]
    found = kantor.owner.execute("SELECT values, sha FROM submission WHERE values->>'perihal' = 'Usul besar'").fetchone()
    assert found is not None
    values: Any = found[0]
    assert len(values["rincian"]) == 5000
    assert canonical.sha256(values) == found[1]
    kept: Any = kantor.owner.execute('SELECT form FROM "case" WHERE id = %s', ("besar",)).fetchone()
    assert kept[0]["rincian"] == values["rincian"]


def test_the_state_of_a_case_does_not_grow_with_the_rows(kantor: Office) -> None:
    sizes = {}
    for count in (5, 5000):
        played = sent(kantor, f"keadaan-{count}", count)
        sizes[count] = len(json.dumps([repr(played.state), [repr(event) for event in played.events]]))
    assert abs(sizes[5000] - sizes[5]) < 200, sizes


def test_drafts_of_others_have_no_table_page(kantor: Office) -> None:
    address = loaded(kantor, "orang-lain", 3)
    for path in (address, f"{address}/muat", f"{address}/unduh"):
        assert kantor.get(path, CHECKER).status_code == 404
    assert kantor.get(f"{address.rpartition('/')[0]}/perihal", DRAFTER).status_code == 404
    assert len(stored(3)) == 3
