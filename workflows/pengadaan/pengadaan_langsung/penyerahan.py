"""Dari bukti kontrak sampai barang diserahkan: kabar, kontrak pada registri, menunggu, terlambat, pembukuan pagu, pemeriksaan hasil pekerjaan."""

from __future__ import annotations

from engine.expr import Expr, days, empty, fact, field, joined, number_of, pick, today, year
from engine.fields import Rule
from engine.nodes import Argument, Notify, Open, Task, Wait, Within, back, end, escalate, go, remind, skip
from engine.shapes import call

from .form import BENTUK, HPS
from .persiapan import PPK, PPTK, SEJENIS, TEGUR_KEPALA

NOMOR: Expr = pick(BENTUK, "spk", number_of("spk"), "kuitansi", number_of("kuitansi"), number_of("bukti-pembelian"))
HARGA: Expr = pick(BENTUK, "spk", fact("harga_sepakat"), fact("harga_beli"))
BATAS_SERAH: Expr = pick(empty(field("kesempatan_sampai")), True, field("target_serah"), field("kesempatan_sampai"))
KONTRAK = {"penyedia": field("penyedia"), "rekening": field("rekening_penyedia"), "npwp": field("npwp_penyedia")}

DIKABARKAN = (
    call("catat-nomor-kontrak", "compute", ("nomor_kontrak", "harga_kontrak"), "Dipakai registri, serah terima dan pembayaran", nomor=NOMOR, harga=HARGA),
    call(
        "catat-kontrak", "post", (), "Kontrak pada registri selama perkara terbuka; kontrak yang diputus keluar dari registri",
        registry="kontrak", key=fact("nomor_kontrak"), with_case=True, **KONTRAK,
    ),
    call(
        "kirim-kontrak", "deliver", (), "Bukti kontrak ke surel penyedia, dengan halaman pemeriksaannya", "empty",
        recipients=field("surel_penyedia"), channel="surel", letter=BENTUK,
    ),
    Notify(
        "beritahu-kontrak", ("penyedia", "pptk", "bendahara-pengeluaran"),
        about="Bukti kontrak sudah sah; tanggal penyerahan dan syarat pembayaran tertulis padanya", letters=("bukti-pembelian", "kuitansi", "spk"),
    ),
)  # fmt: skip

DISERAHKAN = (
    Wait(
        "tunggu-penyerahan", "Penyedia menyerahkan barang atau hasil pekerjaan, paling lambat tanggal pada bukti kontrak atau akhir kesempatannya",
        (skip("diserahkan", "catat-penyerahan"), go("tidak-ada-jawaban", silent=True)),
        until=BATAS_SERAH, reached="tidak-ada-jawaban", recorded_by=PPTK, at_most=Within(90, "calendar"), silent="tidak-ada-jawaban",
    ),
    call(
        "hitung-keterlambatan", "compute", ("keterlambatan_hari",), "Hari sejak tanggal penyerahan pada bukti kontrak",
        keterlambatan_hari=days(field("target_serah"), today()),
    ),
    Task(
        "putuskan-keterlambatan", PPK, "decide",
        (back("beri-kesempatan", "tunggu-penyerahan", needs=("kesempatan_sampai",)), end("putus-kontrak", "batal")),
        "Penyerahan terlambat: beri kesempatan dengan denda, atau putus kontrak", ("kesempatan_sampai",), within=Within(3), on_late=TEGUR_KEPALA,
    ),
    Task(
        "catat-penyerahan", PPTK, "record",
        (
            go(
                "catat", needs=("tanggal_serah",),
                rules=(Rule(fact("tanggal_serah") <= today(), "Tanggal penyerahan hari ini atau sebelumnya. Perbaiki tanggalnya."),),
            ),
        ),
        "Catat tanggal penyerahan dan buka pemeriksaan hasil pekerjaan", ("tanggal_serah",), within=Within(1), on_late=(remind(1), escalate("kepala-opd", 2)),
    ),
)  # fmt: skip

DIBUKUKAN = (
    call("bukukan-pagu", "post", (), "Pagu berkurang sebesar harga kontrak; selisihnya dengan HPS dilepas", of="tahan-pagu", amount=fact("harga_kontrak")),
    call(
        "tetapkan-paket", "post", (), "Paket dihitung pada pemeriksaan pemecahan sampai akhir tahun anggaran",
        registry="paket-langsung", key=SEJENIS, nama=field("nama_paket"), hps=HPS, until=joined(year(today()), "-12-31"),
    ),
    call("tetapkan-kontrak", "post", (), "Kontrak tetap ada pada registri untuk pembayarannya", registry="kontrak", key=fact("nomor_kontrak"), replace=True, **KONTRAK),
    call(
        "buka-nilai-kontrak", "post", (), "Nilai kontrak yang dapat dibayar",
        book="nilai-kontrak", subject=fact("nomor_kontrak"), period="berjalan", amount=fact("harga_kontrak"), add=True,
    ),
    Open(
        "buka-bast-pekerjaan", "bast-pekerjaan", "Pemeriksaan dan serah terima hasil pekerjaan", "empty",
        hands=(Argument("nomor_kontrak", fact("nomor_kontrak")), Argument("jenis", field("jenis")), Argument("tanggal_selesai", fact("tanggal_serah"))),
    ),
)  # fmt: skip
