"""What the report of a family in need asks, rule by rule, as its form does; and which steps refuse to go on."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from forms.known import Context, Upload
from forms.reading import Parsed, parse
from web.acting import fields_of
from workflows.catalogue import catalogue

PROCESS = catalogue()["bansos-tidak-terencana"].process
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""09.00 in the city."""
REPORT = {
    "sebab": "kebakaran", "tanggal_kejadian": "2026-11-23", "jam_kejadian": "08.30", "lokasi": "-6.195000, 106.642000", "alamat": "Kampung Contoh", "foto_menyusul": "tidak",
    "pengusul": "lurah", "nama_keluarga": "Warga Contoh", "kk": "3671010506200011", "nik": "3671011203800011", "jumlah_jiwa": "4",
    "kebutuhan.0.uraian": "Sandang", "kebutuhan.0.banyak": "1", "kebutuhan.0.satuan": "paket", "kebutuhan.0.jumlah": "5.000.000",
    "kebutuhan.1.uraian": "Pangan", "kebutuhan.1.banyak": "2", "kebutuhan.1.satuan": "paket", "kebutuhan.1.jumlah": "2.500.000",
    "cara_serah": "uang", "punya_rekening": "tidak",
}  # fmt: skip
PLACED = {"place": {"lat": "-6.195", "lon": "106.642"}, "taken_at": "2026-11-23T08:40", "told_by": "foto"}


def sent(*without: str, place: bool = True, **changed: str) -> Parsed:
    fields = fields_of(PROCESS, cast(Any, PROCESS.find("laporkan")), cast(Any, SimpleNamespace(kind="task", instance="laporkan")))
    answers = {name: text for name, text in (REPORT | {n.replace("__", "."): t for n, t in changed.items()}).items() if name not in without}
    raw = {name: [text] for name, text in answers.items()} | {
        one.name: [one.name] for one in fields if one.type == "files" and one.name not in without
    }
    taken = cast(Any, PLACED if place else None)
    files = {
        name: Upload(name, f"{name}.jpg", "ab" * 32, "jpg", 10, taken)
        for name in ("foto", "surat_keterangan_lurah", "kk_berkas", "surat_rumah_sakit")
    }
    return parse(fields, raw, Context(NOW, uploads=files))


def test_the_amount_is_the_sum_of_the_needs() -> None:
    read = sent()
    assert (read.errors, read.values["jumlah"]) == ({}, 7_500_000)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"tanggal_kejadian": "2026-11-24"}, "Tanggal kejadian hari ini atau sebelumnya"), ({"jam_kejadian": "09.01"}, "belum lewat"),
        ({"kk": "367101050620001"}, "Nomor KK harus 16 angka"), ({"kk": "36710105062000-1"}, "Nomor KK harus 16 angka"), ({"jumlah_jiwa": "0"}, "1 sampai 30"),
        ({"kebutuhan__0__jumlah": "0"}, "lebih dari Rp0"), ({"kebutuhan__1__banyak": "0"}, "paling sedikit 1"),
        ({"pengusul": "warga-lain", "nik_pengusul": "3671011203800011"}, "kepala keluarganya sendiri"),
        ({"punya_rekening": "ya", "rekening": "1234", "nama_bank": "Bank Contoh"}, "8 sampai 20 angka"), ({"nama_keluarga": "A"}, "nama lengkap"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_its_mend(changed: dict[str, str], says: str) -> None:
    assert says in " ".join(sent(**cast(Any, changed)).errors.values())


def test_a_photograph_without_its_place_needs_a_reason() -> None:
    assert "Tidak satu foto pun menyebut titiknya" in sent(place=False).errors["foto"]
    assert sent(place=False, alasan_tanpa_titik="Gawai lama tanpa penentu tempat").errors == {}


def test_only_a_disaster_lets_photographs_follow() -> None:
    assert sent("foto", foto_menyusul="ya").errors == {}
    assert "foto" in sent("foto").errors
    assert "foto" in sent("foto", "foto_menyusul", sebab="terlantar").errors


def test_an_account_is_asked_where_there_is_one() -> None:
    assert {"rekening", "nama_bank"} <= sent(punya_rekening="ya").errors.keys()
    assert sent("punya_rekening", cara_serah="barang").errors == {}
