"""The rules of a package, of whom it invites and of whom it chooses, as the forms of direct procurement ask them."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from engine.events import Json
from forms.known import Context, Upload
from forms.reading import Parsed, parse
from web.acting import fields_of
from workflows.catalogue import catalogue

PROCESS = catalogue()["pengadaan-langsung"].process
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
PACKAGE = {
    "kode_rup": "50000101", "nama_paket": "Jasa jaringan", "jenis": "jasa-lainnya", "kode_rekening": "5.1.02.02.01.0030", "hps": "150.000.000",
    "target_serah": "2026-12-10", "sumber_harga.0.sumber": "Katalog", "sumber_harga.0.tanggal": "2026-11-10", "sumber_harga.0.harga": "150.000.000",
    "sumber_harga.1.sumber": "Toko", "sumber_harga.1.tanggal": "2026-11-11", "sumber_harga.1.harga": "147.000.000",
}  # fmt: skip
ROW = {"nama": "CV Contoh", "npwp": "0011223344556677", "usaha_kecil": "ya", "alamat_surel": "cv@contoh.example"}
INVITED = {f"penyedia_diundang.0.{name}": value for name, value in ROW.items()}
CHOSEN = {
    "penyedia": "CV Contoh", "npwp_penyedia": "00.112.233.4-455.667", "alamat_penyedia": "Jalan Contoh 1", "wakil_penyedia": "Nama (Direktur)",
    "surel_penyedia": "cv@contoh.example", "rekening_penyedia": "1000055501", "harga_sepakat": "146.000.000",
}  # fmt: skip
FILES = {name: Upload(name, f"{name}.pdf", "ab" * 32, "pdf", 10) for name in ("kak_spesifikasi", "survei_harga", "ba_negosiasi", "penawaran")}


def sent(step: str, answers: dict[str, str], known: Any = None, **changed: str) -> Parsed:
    """What the form of the step reads of these answers, some changed (``__`` for the dot of a row)."""
    fields = fields_of(PROCESS, cast(Any, PROCESS.find(step)), cast(Any, SimpleNamespace(kind="task", instance=step)))
    raw = {name: [text] for name, text in (answers | {name.replace("__", "."): text for name, text in changed.items()}).items()}
    raw |= {one.name: [one.name] for one in fields if one.type == "files"}
    return parse(fields, raw, Context(NOW, uploads=FILES, values=known or {}))


def told(read: Parsed) -> str:
    return " ".join(read.errors.values())


@pytest.mark.parametrize(
    ("kind", "price", "form"),
    [
        ("barang", "10.000.000", "bukti-pembelian"), ("barang", "10.000.001", "kuitansi"), ("jasa-lainnya", "50.000.000", "kuitansi"),
        ("jasa-lainnya", "50.000.001", "spk"), ("konstruksi", "9.000.000", "spk"), ("konsultansi", "100.000.000", "spk"),
    ],
)  # fmt: skip
def test_the_form_of_contract_follows_from_kind_and_value(kind: str, price: str, form: str) -> None:
    read = sent("susun-paket", PACKAGE, jenis=kind, hps=price, sumber_harga__0__harga=price)
    assert (read.errors, read.values["bentuk_kontrak"]) == ({}, form)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"hps": "0"}, "lebih dari Rp0"), ({"hps": "200.000.001", "sumber_harga__0__harga": "200.000.001"}, "Rp200.000.000 tidak boleh"),
        ({"jenis": "konstruksi", "hps": "400.000.001", "sumber_harga__0__harga": "400.000.001"}, "Rp400.000.000 tidak boleh"),
        ({"jenis": "konsultansi", "hps": "100.000.001"}, "Rp100.000.000 tidak boleh"), ({"hps": "172.500.001"}, "ditambah 15%"),
        ({"sumber_harga__1__sumber": "katalog"}, "dua yang berbeda"), ({"sumber_harga__0__tanggal": "2026-11-24"}, "hari ini atau sebelumnya"),
        ({"target_serah": "2026-11-23"}, "paling cepat besok"), ({"target_serah": "2027-01-01"}, "31 Desember"), ({"pdn_tkdn": "101"}, "100"),
    ],
)  # fmt: skip
def test_each_fault_of_a_package_is_named_with_its_mend(changed: dict[str, str], says: str) -> None:
    assert says in told(sent("susun-paket", PACKAGE, **changed))


def test_goods_without_local_content_need_their_reason() -> None:
    goods = {"jenis": "barang", "pdn_tkdn": "0"}
    assert list(sent("susun-paket", PACKAGE, **goods).errors) == ["alasan_bukan_pdn"]
    assert sent("susun-paket", PACKAGE, **goods, alasan_bukan_pdn="Tidak ada produk dalam negeri yang sepadan.").errors == {}


def test_an_invitation_of_no_small_vendor_needs_its_reason_and_nobody_is_invited_twice() -> None:
    spk: dict[str, Json] = {"bentuk_kontrak": "spk"}
    assert sent("pilih-undangan", INVITED, spk).errors == {}
    assert list(sent("pilih-undangan", INVITED, spk, penyedia_diundang__0__usaha_kecil="tidak").errors) == ["alasan_bukan_kecil"]
    twice = INVITED | {f"penyedia_diundang.1.{name}": value for name, value in ROW.items()}
    assert "dua kali" in told(sent("pilih-undangan", twice, spk))
    assert "penyedia_diundang" in sent("pilih-undangan", {}, spk).errors


def test_opening_the_offers_asks_the_price_alone_of_the_rows_that_stand() -> None:
    known: dict[str, Json] = {"bentuk_kontrak": "spk", "penyedia_diundang": [{"_id": "p1", **ROW, "usaha_kecil": True}]}
    row = {"penyedia_diundang.0._id": "p1", "jumlah_penawaran": "1"}
    read = sent("buka-penawaran", row, known, penyedia_diundang__0__harga_penawaran="148.500.000")
    assert read.errors == {}
    assert read.values["penyedia_diundang"][0]["npwp"] == ROW["npwp"]
    assert "lebih dari Rp0" in told(sent("buka-penawaran", row, known, penyedia_diundang__0__harga_penawaran="0"))


def test_the_chosen_vendor_is_known_by_number_and_account() -> None:
    assert sent("evaluasi-negosiasi", CHOSEN).errors == {}
    assert list(sent("evaluasi-negosiasi", CHOSEN, rekening_penyedia="1000-055").errors) == ["rekening_penyedia"]
    assert list(sent("evaluasi-negosiasi", CHOSEN, npwp_penyedia="123").errors) == ["npwp_penyedia"]


@pytest.mark.parametrize(
    ("day", "says"), [("2026-11-23", "paling cepat"), ("2026-12-31", "50 hari"), ("2027-01-02", "31 Desember"), ("2026-12-09", "")]
)
def test_a_late_vendor_gets_fifty_days_and_no_new_year(day: str, says: str) -> None:
    known: dict[str, Json] = {"target_serah": "2026-10-20" if says != "31 Desember" else "2026-12-20"}
    assert says in told(sent("putuskan-keterlambatan", {"kesempatan_sampai": day}, known))
    assert bool(says) is bool(sent("putuskan-keterlambatan", {"kesempatan_sampai": day}, known).errors)
