"""A form as it is filled in an office: one validation, all messages at once, nothing lost, nothing foreign let in."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.errors import FieldsInvalid
from engine.expr import column, days, field, placed, today, total
from engine.fields import Field, Rule
from forms import canonical, tables
from forms.differing import diff
from forms.known import Context, Found, Upload, wanted
from forms.reading import parse
from forms.showing import raw, show

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
GOODS = Field(
    "barang", "Barang", "table", required=True,
    columns=(
        Field("nama", "Nama barang", "text", required=True, max_length=60),
        Field("jumlah", "Jumlah", "integer", required=True, rules=(Rule(column("barang", "jumlah") > 0, "Jumlah harus lebih dari 0."),)),
        Field("harga", "Harga satuan", "rupiah", required=True),
        Field("merek", "Merek", "text", required=column("barang", "jumlah") > 10),
    ),
    rules=(Rule(total(column("barang", "jumlah")) <= 100, "Paling banyak 100 barang dalam satu usulan."),),
)  # fmt: skip
FORM = (
    Field("perihal", "Hal", "text", required=True, max_length=300),
    Field("sifat", "Sifat", "choice", required=True, choices=("biasa", "rahasia")),
    Field("alasan_rahasia", "Alasan kerahasiaan", "longtext", required=field("sifat").eq("rahasia")),
    Field("tanggal_surat", "Tanggal surat", "date", required=True, rules=(Rule(field("tanggal_surat") <= field("tanggal_terima"), "Tanggal surat tidak boleh sesudah tanggal diterima."),)),
    Field("tanggal_terima", "Tanggal diterima", "date", required=True, rules=(Rule(field("tanggal_terima") <= today(), "Tanggal diterima tidak boleh di masa depan."),)),
    Field("periode", "Waktu kegiatan", "daterange", rules=(Rule(days(field("periode")) <= 7, "Paling lama 7 hari."),)),
    Field("perlu_balasan", "Perlu balasan", "boolean"),
    Field("pegawai", "Pegawai", "employee"),
    Field("unit_koordinasi", "Paraf koordinasi", "units"),
    Field("instruksi", "Instruksi", "multichoice", choices=("tanggapi", "pelajari", "simpan")),
    GOODS,
    Field("pindaian", "Pindaian surat", "file", file_types=("pdf",)),
)  # fmt: skip
CONTEXT = Context(
    now=NOW,
    books={"employee": {"199002282015031999": Found("01ORANG", "Budi Contoh")}, "unit": {"diskominfo": Found("diskominfo", "Dinas Komunikasi")}},
    uploads={"U1": Upload("U1", "surat.pdf", "ab" * 32, "pdf"), "U2": Upload("U2", "foto.jpg", "cd" * 32, "jpg")},
)
GOOD = {
    "perihal": ["Undangan  rapat "], "sifat": ["biasa"], "alasan_rahasia": ["sisa yang tersembunyi"], "tanggal_surat": ["20-11-2026"], "tanggal_terima": ["23 November 2026"],
    "periode": ["23-11-2026", "25-11-2026"], "perlu_balasan": ["ya"], "pegawai": ["199002282015031999 — Budi Contoh"], "unit_koordinasi": ["diskominfo", ""],
    "instruksi": ["simpan", "tanggapi"], "barang.0._id": ["r1"], "barang.0.nama": ["Kursi"], "barang.0.jumlah": ["4"], "barang.0.harga": ["1.250.000,50"],
    "barang.0.merek": ["tidak ditanya"], "barang.3._id": ["r7"], "barang.3.nama": [""], "barang.3.jumlah": [" "], "pindaian": ["U1"],
}  # fmt: skip


def test_a_good_form_becomes_canonical_values() -> None:
    parsed = parse(FORM, GOOD, CONTEXT)
    assert parsed.errors == {}
    assert parsed.accepted() == {
        "perihal": "Undangan rapat", "sifat": "biasa", "tanggal_surat": "2026-11-20", "tanggal_terima": "2026-11-23",
        "periode": {"from": "2026-11-23", "to": "2026-11-25"}, "perlu_balasan": True, "pegawai": "01ORANG", "unit_koordinasi": ["diskominfo"],
        "instruksi": ["tanggapi", "simpan"], "barang": [{"_id": "r1", "nama": "Kursi", "jumlah": 4, "harga": "1250000.50"}],
        "pindaian": {"id": "U1", "name": "surat.pdf", "sha256": "ab" * 32},
    }  # fmt: skip
    assert "alasan_rahasia" not in parsed.shown


def test_all_faults_speak_at_once_in_the_order_of_the_form() -> None:
    bad = {
        "sifat": ["rahasia"], "tanggal_surat": ["31-02-2026"], "tanggal_terima": ["24-11-2026"], "periode": ["01-12-2026", "31-12-2026"],
        "perlu_balasan": ["mungkin"], "pegawai": ["siapa"], "instruksi": ["hapus"], "barang.0.nama": ["Kursi"], "barang.0.jumlah": ["0"],
        "barang.0.harga": ["15.5"], "barang.1.nama": ["x" * 61], "barang.1.jumlah": ["500"], "barang.1.harga": ["1"], "pindaian": ["U2"],
    }  # fmt: skip
    errors = parse(FORM, bad, CONTEXT).errors
    assert list(errors) == [
        "perihal", "alasan_rahasia", "tanggal_surat", "tanggal_terima", "periode", "perlu_balasan", "pegawai", "instruksi", "barang",
        "barang-0-jumlah", "barang-0-harga", "barang-1-nama", "barang-1-merek", "pindaian",
    ]  # fmt: skip
    assert errors["perihal"] == "Isi Hal."
    assert errors["tanggal_surat"] == "Tulis Tanggal surat sebagai tanggal, misalnya 23-11-2026."
    assert errors["tanggal_terima"] == "Tanggal diterima tidak boleh di masa depan."
    assert errors["barang-0-jumlah"] == "Jumlah harus lebih dari 0."
    assert errors["barang-1-nama"] == "Nama barang paling panjang 60 huruf; sekarang 61."
    assert errors["barang"] == "Paling banyak 100 barang dalam satu usulan."
    assert errors["pindaian"] == "Berkas foto.jpg tidak diterima untuk Pindaian surat. Jenis yang diterima: pdf."


def test_a_refused_form_is_a_named_refusal() -> None:
    with pytest.raises(FieldsInvalid) as refusal:
        parse(FORM, {}, CONTEXT).accepted()
    assert refusal.value.errors["barang"] == "Tambah paling sedikit satu baris Barang."
    assert refusal.value.errors["sifat"] == "Pilih Sifat."


@pytest.mark.parametrize("name", ["jabatan", "barang.0.diskon", "barang.x.nama", "barang", "barang.nama", "sifat.0.a", "__class__", "perihal.0._id"])
def test_a_name_the_form_does_not_have_is_refused(name: Any) -> None:
    with pytest.raises(FieldsInvalid, match="perlu diperbaiki") as refusal:
        parse(FORM, GOOD | {name: ["x"]}, CONTEXT)
    assert "Muat ulang halaman" in next(iter(refusal.value.errors.values()))


def test_what_is_the_pages_own_is_passed_over() -> None:
    context = Context(now=NOW, books=CONTEXT.books, uploads=CONTEXT.uploads, passed_over=frozenset({"version"}))
    assert parse(FORM, GOOD | {"version": ["3"]}, context).errors == {}


def test_a_rule_waits_for_the_field_it_reads() -> None:
    errors = parse(FORM, GOOD | {"tanggal_terima": [""]}, CONTEXT).errors
    assert errors == {"tanggal_terima": "Isi Tanggal diterima."}


def test_one_answer_where_one_is_asked() -> None:
    assert parse(FORM, GOOD | {"perihal": ["a", "b"]}, CONTEXT).errors == {"perihal": "Isi Hal satu kali saja."}


def test_another_persons_upload_is_not_found() -> None:
    assert "bukan unggahan Anda" in parse(FORM, GOOD | {"pindaian": ["U9"]}, CONTEXT).errors["pindaian"]


def test_hidden_answers_hide_what_hangs_on_them() -> None:
    chain = (
        Field("a", "A", "boolean", required=True),
        Field("b", "B", "choice", choices=("x", "y"), required=field("a").eq(True)),
        Field("c", "C", "text", required=field("b").eq("x")),
    )
    sent = {"a": ["tidak"], "b": ["x"], "c": ["terlihat?"]}
    assert parse(chain, sent, Context(now=NOW)).values == {"a": False}
    assert parse(chain, sent | {"a": ["ya"]}, Context(now=NOW)).values == {"a": True, "b": "x", "c": "terlihat?"}


def test_facts_of_earlier_steps_count_in_conditions() -> None:
    form = (Field("alasan", "Alasan", "text", required=field("putusan").eq("tolak")),)
    assert parse(form, {}, Context(now=NOW, values={"putusan": "tolak"})).errors == {"alasan": "Isi Alasan."}
    assert parse(form, {}, Context(now=NOW)).errors == {}


def test_caps_hold_against_text_that_would_break_the_renderer() -> None:
    form = (Field("isi", "Isi", "longtext"), Field("b", "Daftar", "table", columns=(Field("n", "N", "text"),)))
    assert "200 huruf" in parse(form, {"isi": ["a" * 201]}, Context(now=NOW)).errors["isi"]
    assert "20 kB" in parse(form, {"isi": ["kata " * 5000]}, Context(now=NOW)).errors["isi"]
    rows = {f"b.{number}.n": ["x"] for number in range(5001)}
    assert "5.000 baris; sekarang 5.001" in parse(form, rows, Context(now=NOW)).errors["b"]
    walked = (replace(form[1], most_rows=tables.MOST_WALKED),)
    assert "500 baris; sekarang 501" in parse(walked, {f"b.{number}.n": ["x"] for number in range(501)}, Context(now=NOW)).errors["b"]


def test_characters_that_deceive_are_taken_out() -> None:
    form = (Field("nama", "Nama", "text"),)
    assert parse(form, {"nama": ["gaji\u202efdp.exe\x00\u2066 x\ud800"]}, Context(now=NOW)).values == {"nama": "gajifdp.exe x\ufffd"}


def test_rows_are_added_and_removed_without_a_script_and_keep_their_ids() -> None:
    more = tables.edited(FORM, GOOD | {"_tambah": ["barang"]})
    assert more is not None
    assert more["barang.0._id"] == ["r1"]
    assert more["barang.1._id"] == ["r7"]
    assert more["barang.2._id"][0] not in ("r1", "r7")
    assert "_tambah" not in more
    fewer = tables.edited(FORM, more | {"_hapus": ["barang.0"]})
    assert fewer is not None
    assert fewer["barang.0._id"] == ["r7"]
    assert "barang.2._id" not in fewer
    assert tables.edited(FORM, GOOD) is None
    longer = tables.edited(FORM, GOOD | {"_tambah": ["unit_koordinasi"]})
    assert longer is not None
    assert longer["unit_koordinasi"] == ["diskominfo", "", ""]


def test_two_rows_with_one_id_are_refused() -> None:
    twice = GOOD | {"barang.1._id": ["r1"], "barang.1.nama": ["Meja"], "barang.1.jumlah": ["1"], "barang.1.harga": ["1"]}
    assert "dikirim dua kali" in parse(FORM, twice, CONTEXT).errors["barang"]


def test_the_api_and_an_edit_page_go_through_the_same_door() -> None:
    values = parse(FORM, GOOD, CONTEXT).accepted()
    context = Context(now=NOW, books={"employee": {"01ORANG": Found("01ORANG", "Budi")}, "unit": CONTEXT.books["unit"]}, uploads=CONTEXT.uploads)
    assert parse(FORM, raw(FORM, values), context).accepted() == values
    assert raw(FORM, values)["barang.0.harga"] == ["1.250.000,50"]


def test_what_must_be_looked_up_is_asked_once_per_book() -> None:
    assert wanted(FORM, GOOD) == {"employee": {"199002282015031999"}, "unit": {"diskominfo"}, "upload": {"U1"}}


def test_values_read_in_indonesian() -> None:
    values = parse(FORM, GOOD, CONTEXT).accepted()
    by_name = {asked.name: asked for asked in FORM}
    labels = {"01ORANG": "Budi Contoh", "diskominfo": "Dinas Komunikasi"}
    shown = {name: show(by_name[name], value, labels) for name, value in values.items()}
    assert shown == {
        "perihal": "Undangan rapat", "sifat": "Biasa", "tanggal_surat": "20 November 2026", "tanggal_terima": "23 November 2026",
        "periode": "23 November 2026 sampai 25 November 2026", "perlu_balasan": "Ya", "pegawai": "Budi Contoh", "unit_koordinasi": "Dinas Komunikasi",
        "instruksi": "Tanggapi, Simpan", "barang": "1 baris", "pindaian": "surat.pdf",
    }  # fmt: skip
    assert show(GOODS.columns[2], "15250000.50") == "Rp\u00a015.250.000,50"


def test_the_digest_does_not_hang_on_the_order_of_typing() -> None:
    values = parse(FORM, GOOD, CONTEXT).accepted()
    turned = dict(reversed(values.items()))
    assert canonical.sha256(values) == canonical.sha256(turned)
    assert canonical.sha256(values) != canonical.sha256(values | {"perihal": "Undangan rapat."})
    assert json.loads(canonical.text(values)) == values
    with pytest.raises(TypeError, match=r"barang\.0\.harga"):
        canonical.text({"barang": [{"harga": 1.5}]})


def test_a_difference_names_field_and_row() -> None:
    old = parse(FORM, GOOD, CONTEXT).accepted()
    changed = {
        "perihal": ["Rapat batal"],
        "barang.1._id": ["r9"],
        "barang.1.nama": ["Meja"],
        "barang.1.jumlah": ["1"],
        "barang.1.harga": ["2.000"],
        "perlu_balasan": [],
    }
    new = parse(FORM, GOOD | changed, CONTEXT).accepted()
    found = [(one.label, one.kind, one.old, one.new) for one in diff(FORM, old, new)]
    assert found == [
        ("Hal", "diubah", "Undangan rapat", "Rapat batal"), ("Perlu balasan", "dihapus", "Ya", ""), ("Barang 2: Nama barang", "diisi", "", "Meja"),
        ("Barang 2: Jumlah", "diisi", "", "1"), ("Barang 2: Harga satuan", "diisi", "", "Rp\u00a02.000"),
    ]  # fmt: skip
    assert diff(FORM, old, old) == ()


def test_rows_that_stand_are_neither_added_nor_taken_away() -> None:
    table = Field("daftar", "Daftar", "table", columns=(Field("gaji", "Gaji", "rupiah", required=True),), fixed=True)
    context = Context(NOW, values={"daftar": [{"_id": "a", "gaji": 1}]})
    good = parse((table,), {"daftar.0._id": ["a"], "daftar.0.gaji": ["5000"]}, context)
    assert (good.values, good.errors) == ({"daftar": [{"_id": "a", "gaji": 5000}]}, {})
    for posted in (
        {"daftar.0._id": ["b"], "daftar.0.gaji": ["5000"]},
        {"daftar.0._id": ["a"], "daftar.0.gaji": ["1"], "daftar.1._id": ["b"], "daftar.1.gaji": ["2"]},
    ):
        assert "sudah ditentukan" in parse((table,), posted, context).errors["daftar"]


def test_a_file_larger_than_its_field_allows_is_named() -> None:
    asked = Field("foto", "Foto", "files", most_megabytes=10)
    uploads = {"U1": Upload("U1", "kecil.jpg", "ab" * 32, "jpg", 10_000_000), "U2": Upload("U2", "besar.jpg", "cd" * 32, "jpg", 10_000_001)}
    here = Context(now=NOW, uploads=uploads)
    assert parse((asked,), {"foto": ["U1"]}, here).errors == {}
    assert parse((asked,), {"foto": ["U1", "U2"]}, here).errors == {
        "foto": "Berkas besar.jpg untuk Foto terlalu besar. Paling besar 10 MB; perkecil lalu unggah lagi."
    }


def test_photographs_that_are_evidence_carry_place_and_time() -> None:
    taken = {"taken_at": "2026-11-26T14:05", "place": {"lat": "-6.178306", "lon": "106.631889"}, "told_by": "foto"}
    uploads = {"U1": Upload("U1", "a.jpg", "ab" * 32, "jpg", taken=taken), "U2": Upload("U2", "b.jpg", "cd" * 32, "jpg")}
    proof = Field("foto", "Foto", "files", evidence=True, rules=(Rule(placed(field("foto")) >= 1, "Ambil foto dengan lokasi menyala."),))
    context = replace(CONTEXT, uploads=uploads)
    found = parse((proof,), {"foto": ["U1", "U2"]}, context).values["foto"]
    assert found == [{"id": "U1", "name": "a.jpg", "sha256": "ab" * 32, **taken}, {"id": "U2", "name": "b.jpg", "sha256": "cd" * 32}]
    assert show(proof, found) == "a.jpg (diambil 26 November 2026 pukul 14.05 di -6,178306; 106,631889), b.jpg (tanpa tempat dan waktu)"
    assert parse((proof,), {"foto": ["U2"]}, context).errors == {"foto": "Ambil foto dengan lokasi menyala."}
    plain = parse((replace(proof, evidence=False, rules=()),), {"foto": ["U1"]}, context).values["foto"]
    assert plain == [{"id": "U1", "name": "a.jpg", "sha256": "ab" * 32}], "a step that does not ask keeps no place"
