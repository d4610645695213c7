"""The letter books: who sees what of them, filters, pages, print and the file for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest

from db.connect import transaction
from db.write import numbers
from forms.spreadsheets import guarded, sheet
from tests.web.office import MONDAY, Office, office, words

CLERK = "persuratan-diskominfo"
MASUK = "/agenda?buku=diskominfo.agenda_masuk.2026"


@pytest.fixture(scope="module")
def city(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        made.incoming(
            "satu",
            readers=(CLERK,),
            perihal="Permohonan data",
            penerima_disposisi=[{"pejabat": "kabid-aplikasi"}, {"pejabat": "kabid-infrastruktur"}],
        )
        made.incoming("dua", "rahasia", readers=("kepala-diskominfo",), perihal="Dugaan pelanggaran")
        made.incoming("tiga", perihal='=HYPERLINK("http://jahat.example")', pengirim="+62 Iklan")
        made.incoming("batal", perihal="Salah catat")
        made.incoming("batalrahasia", "rahasia", perihal="Sangat peka")
        made.clock.later(days=2)
        made.incoming("rabu", perihal="Undangan rapat")
        made.clock.later(days=-2)
        made.incoming("keluar", register="surat_keluar", perihal="Jawaban", kepada=[{"jabatan": "Rektor Universitas Contoh"}])
        yield made


async def void(city: Office, key: str, reason: str) -> None:
    from db.connect import connect

    engine = connect(city.url)
    async with transaction(engine) as connection:
        await numbers.void(connection, key, reason, MONDAY)
    await engine.dispose()


def test_the_book_of_ones_own_organisation(city: Office) -> None:
    said = words(city.get("/agenda", CLERK))
    assert "Agenda surat masuk 2026" in said
    for shown in ("1/2026", "23-11-2026", "Instansi satu", "12/satu", "20-11-2026", "Permohonan data", "Biasa", "Segera", "000.5.3.1",
                  "Kepala Bidang Aplikasi Informatika; Kepala Bidang Infrastruktur dan Persandian", "Diproses"):  # fmt: skip
        assert shown in said
    assert said.index("6/2026") < said.index("1/2026")


def test_of_a_secret_letter_only_number_and_sender_show_but_its_reader_sees_it(city: Office) -> None:
    for path in (MASUK, MASUK.replace("?", "/cetak?"), MASUK.replace("?", "/csv?")):
        clerk, head = city.get(path, CLERK).text, city.get(path, "kepala-diskominfo").text
        assert "2/2026" in clerk
        assert "Instansi dua" in clerk
        assert "(surat rahasia)" in clerk
        assert "Dugaan" not in clerk
        assert "Dugaan pelanggaran" in head
    assert "2/2026" not in words(city.get(f"{MASUK}&cari=Dugaan", CLERK)).split("Cari nomor")[1]


def test_a_row_leads_to_a_case_only_for_whoever_may_read_it(city: Office) -> None:
    clerk, head = city.get(MASUK, CLERK).text, city.get(MASUK, "kepala-diskominfo").text
    assert f'href="/perkara/{city.number("satu")}"' in clerk
    assert f'href="/perkara/{city.number("dua")}"' not in clerk
    assert f'href="/perkara/{city.number("tiga")}"' not in clerk
    assert f'href="/perkara/{city.number("dua")}"' in head
    assert f'href="/perkara/{city.number("tiga")}"' in head


def test_a_void_number_stays_with_its_reason_and_a_secret_one_without(city: Office) -> None:
    import asyncio

    asyncio.run(void(city, "batal", "Surat tercatat dua kali"))
    asyncio.run(void(city, "batalrahasia", "Mutasi si Anu"))
    answer = city.get(MASUK, CLERK)
    assert "Batal: Surat tercatat dua kali" in words(answer)
    assert "Mutasi si Anu" not in answer.text


def test_another_organisations_book_does_not_exist(city: Office) -> None:
    assert city.get(MASUK, "persuratan-dinkes").status_code == 404
    assert city.get(MASUK.replace("?", "/csv?"), "persuratan-dinkes").status_code == 404
    empty = city.get("/agenda", "persuratan-dinkes")
    assert empty.status_code == 200
    assert "Belum ada buku agenda" in words(empty)
    assert city.get("/agenda/csv", "persuratan-dinkes").status_code == 404
    assert city.get(MASUK).headers["location"].startswith("/masuk?")


def test_search_and_days_narrow_the_book(city: Office) -> None:
    found = words(city.get(f"{MASUK}&cari=iklan", CLERK))
    assert "3/2026" in found
    assert "1/2026" not in found
    wednesday = words(city.get(f"{MASUK}&dari=25-11-2026&sampai=25+November+2026", CLERK))
    assert "6/2026" in wednesday
    assert "3/2026" not in wednesday
    before = words(city.get(f"{MASUK}&sampai=24/11/2026", CLERK))
    assert "6/2026" not in before
    assert "Tidak ada surat yang cocok" in words(city.get(f"{MASUK}&cari=xyzzy", CLERK))


@pytest.mark.parametrize(
    ("dates", "told"),
    [("dari=31-02-2026", "Tulis tanggal sebagai hh-bb-tttt"), ("dari=25-11-2026&sampai=24-11-2026", "Tanggal akhir sebelum tanggal awal.")],
)
def test_a_wrong_date_is_told_at_its_field(city: Office, dates: str, told: str) -> None:
    answer = city.get(f"{MASUK}&{dates}", CLERK)
    assert answer.status_code == 422
    assert told in words(answer)
    assert 'aria-invalid="true"' in answer.text
    assert "<title>Kesalahan: " in answer.text


def test_outgoing_letters_have_their_own_columns(city: Office) -> None:
    said = words(city.get("/agenda?buku=diskominfo.surat_keluar.2026", CLERK))
    assert "Agenda surat keluar 2026" in said
    assert "Rektor Universitas Contoh" in said
    assert "Diteruskan kepada" not in said
    assert "Terbit" in said


def test_a_fragment_brings_the_list_and_says_how_many(city: Office) -> None:
    answer = city.get(f"{MASUK}&cari=iklan", CLERK, **{"hx-request": "true", "hx-request-type": "partial"})
    assert "<html" not in answer.text
    assert 'id="daftar"' in answer.text
    assert "1 baris" in answer.text


def test_the_file_holds_every_line_and_no_formula(city: Office) -> None:
    answer = city.get(MASUK.replace("?", "/csv?"), CLERK)
    assert answer.headers["content-disposition"] == 'attachment; filename="agenda-diskominfo-agenda-masuk-2026.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Nomor agenda", *(f"{n}/2026" for n in range(1, 7))]
    assert rows[3][2] == "'+62 Iklan"
    assert rows[3][5] == '\'=HYPERLINK("http://jahat.example")'
    assert {len(row) for row in rows} == {11}


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＠x"])
def test_a_formula_is_disarmed(bad: str) -> None:
    assert guarded(bad) == f"'{bad}"
    assert b"'" in sheet(("a",), [(bad,)])


@pytest.mark.parametrize("good", ["", "1/2026", "Surat = baik", "500.12/1", "'x"])
def test_what_is_no_formula_stays(good: str) -> None:
    assert guarded(good) == good


def test_the_printed_book_is_a_table_oldest_first(city: Office) -> None:
    answer = city.get(MASUK.replace("?", "/cetak?"), CLERK)
    said = words(answer)
    assert said.index("1/2026") < said.index("6/2026")
    assert 'class="buku"' in answer.text
    assert 'tabindex="0" role="region"' in answer.text
    assert "Dicetak" in said


def test_pages_of_a_long_book_lose_and_repeat_nothing(city: Office) -> None:
    serials = range(100, 220)
    for serial in serials:
        for suffix in ("", ".a", ".b") if serial == 170 else ("",):
            city.owner.execute(
                "INSERT INTO number (key, unit, register, year, serial, suffix, text, reserved_at, settled_at, state) VALUES (%s, 'diskominfo', 'nota', 2026, %s, %s, %s, %s, %s, 'TERBIT')",
                (f"n{serial}{suffix}", serial, suffix, f"N-{serial}", MONDAY, MONDAY),
            )
    city.owner.execute("INSERT INTO counter VALUES ('diskominfo', 'nota', 2026, 219)")
    address, seen = "/agenda?buku=diskominfo.nota.2026", []
    import re

    for _ in range(10):
        page = city.get(address, CLERK).text
        seen += re.findall(r'<th scope="row">(N-\d+(?:\.[ab])?)</th>', page)
        following = re.search(r'href="(/agenda\?[^"]*sebelum=\d+)"', page)
        if following is None:
            break
        address = following[1].replace("&amp;", "&")
    assert seen == [f"N-{serial}{suffix}" for serial in reversed(serials) for suffix in (("", ".a", ".b") if serial == 170 else ("",))]
    rows = csv.reader(io.StringIO(city.get("/agenda/csv?buku=diskominfo.nota.2026", CLERK).content.decode("utf-8-sig")), delimiter=";")
    assert len(list(rows)) == len(seen) + 1


def test_a_stray_address_is_no_crash(city: Office) -> None:
    for query in ("sebelum=-1", "sebelum=99999999999999999999", "sebelum=²", "cari=%00", "cari=%25", "buku=a.b", "cari=" + "x" * 5000):
        assert city.get(f"/agenda?{query}", CLERK).status_code in (200, 404, 422)


def test_a_new_year_opens_a_new_book(city: Office) -> None:
    city.clock.now += timedelta(days=60)
    city.incoming("tahun-depan", perihal="Awal tahun")
    city.clock.now -= timedelta(days=60)
    said = words(city.get("/agenda", CLERK))
    assert "Agenda surat masuk 2027" in said
    assert "Awal tahun" in said
