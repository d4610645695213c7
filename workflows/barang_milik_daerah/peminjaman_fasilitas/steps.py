"""Langkah peminjaman fasilitas: jadwal, persetujuan, retribusi, serah terima dan pengembalian."""

from __future__ import annotations

from engine.expr import at, fact, field, first_day, last_day
from engine.nodes import Notify, Open, Par, Seq, Sign, Task, Wait, When, Within, back, deemed, end, escalate, go, lapse, remind
from engine.shapes import call

from .form import INTERNAL, KENDARAAN

MULAI, SELESAI = at(first_day(field("waktu")), field("jam_mulai")), at(last_day(field("waktu")), field("jam_selesai"))
PEMOHON, PETUGAS = ("pemohon",), ("petugas-perlengkapan",)
KEADAAN = ("kondisi_kembali",)
TEGUR_SEKDA = (remind(1), escalate("asisten-sekda", 2))

JADWAL = (
    call(
        "cek-fasilitas", "look_up", ("fasilitas_terdaftar",), "Aset ada pada daftar fasilitas yang boleh dipinjam dan jenisnya sama",
        what="registri", kind="fasilitas", key=field("aset"), attribute="jenis", equals=field("jenis"),
    ),
    call(
        "baca-nama-fasilitas", "look_up", ("nama_fasilitas",), "Nama fasilitas menurut daftar", "empty",
        what="registri", kind="fasilitas", key=field("aset"), take="nama",
    ),
    call(
        "cek-pemeliharaan", "look_up", ("bebas_pemeliharaan", "masa_pemeliharaan"), "Masa pemeliharaan aset",
        what="kegiatan", kind="fasilitas", who=field("aset"), starts=MULAI, ends=SELESAI, purposes="pemeliharaan",
    ),
    call(
        "tahan-slot", "book", ("slot_ditahan", "pesanan_lain"), "Aset dan waktu ditahan sampai perkara berakhir; dua pesanan pada waktu yang sama ditolak",
        kind="fasilitas", who=field("aset"), starts=MULAI, ends=SELESAI, purpose="peminjaman",
    ),
    When(
        "bila-kendaraan",
        KENDARAAN,
        then=Seq((
            call(
                "baca-golongan-sim", "look_up", ("golongan_sim",), "Golongan SIM yang dibutuhkan kendaraan", "empty",
                what="registri", kind="fasilitas", key=field("aset"), take="sim",
            ),
            call(
                "baca-nip-pengemudi", "look_up", ("nip_pengemudi",), "NIP pengemudi, kunci daftar SIM", "empty",
                what="pegawai", person=field("pengemudi"), take="nip",
            ),
            call(
                "cek-sim", "look_up", ("sim_berlaku",), "SIM pengemudi menurut daftar, berlaku sampai akhir pemakaian", "empty",
                what="registri", kind="sim", key=fact("nip_pengemudi"), day=last_day(field("waktu")), attribute="golongan", equals=fact("golongan_sim"),
            ),
        )),
    ),
    When(
        "bila-tidak-dapat-dipakai",
        ~fact("status_slot").eq("bebas"),
        then=Seq((
            Task(
                "pilih-lain", PEMOHON, "correct", (back("ganti-waktu", "pesan", reason=False), go("antre"), end("batal", "batal", reason=False)),
                "Fasilitas tidak tersedia: pilih waktu lain atau tunggu antrean", within=Within(2), on_late=(lapse("gugur"),), shows=("aset", "waktu"),
            ),
            Wait(
                "tunggu-slot", "Slot kosong karena pesanan lain batal, paling lambat sampai hari pemakaian",
                (back("slot-kosong", "pesan", reason=False), end("tidak-ada-jawaban", "gugur", reason=False)),
                recorded_by=PETUGAS, at_most=Within(14, "calendar"), silent="tidak-ada-jawaban",
            ),
        )),
    ),
)  # fmt: skip

IZIN_INTERNAL = Seq((
    Sign(
        "izin-internal", ("kepala-bagian-umum",), ("izin-pakai",), (go("tandatangani", performs=True), back("kembalikan", "pesan"), end("tolak", "ditolak")),
        within=Within(1), on_late=TEGUR_SEKDA, excludes=("pesan",),
    ),
))  # fmt: skip

RETRIBUSI = Seq((
    Sign(
        "tetapkan-retribusi", ("bendahara-penerimaan",), ("skrd",), (go("tandatangani", performs=True), back("kembalikan", "setujui-pemakai-luar")),
        within=Within(1),
    ),
    Notify("tagih-retribusi", PEMOHON, about="SKRD terbit: lunasi dalam 2 hari kerja, sesudah itu waktu yang dipesan dilepas", letters=("skrd",)),
    Wait(
        "tunggu-bayar", "Retribusi lunas di kas daerah", (go("lunas"), end("tidak-ada-jawaban", "gugur", reason=False)),
        recorded_by=("bendahara-penerimaan",), at_most=Within(2), silent="tidak-ada-jawaban",
    ),
    Task(
        "catat-bayar", ("bendahara-penerimaan",), "record", (go("catat"), back("belum-masuk", "tunggu-bayar")), "Catat bukti setor retribusi",
        ("bukti_setor", "tanggal_setor"), within=Within(1),
    ),
))  # fmt: skip

IZIN_LUAR = Seq((
    Task(
        "setujui-pemakai-luar", ("kepala-bagian-umum",), "approve", (go("setujui"), back("kembalikan", "pesan"), end("tolak", "ditolak")),
        "Setujui pemakai luar sebelum retribusi ditagih", within=Within(1), on_late=TEGUR_SEKDA,
    ),
    When("bila-tarif", field("tarif") > 0, then=RETRIBUSI),
    Sign("izin-luar", ("kepala-bagian-umum",), ("izin-pakai-luar",), (go("tandatangani", performs=True),), within=Within(1)),
))  # fmt: skip

DIPAKAI = (
    Notify("beritahu-izin", ("pemohon", "petugas-perlengkapan"), about="Izin pemakaian terbit; fasilitas diserahkan petugas perlengkapan pada waktu yang dipesan", letters=("izin-pakai", "izin-pakai-luar")),
    Task(
        "serahkan", PETUGAS, "hand-over", (go("serahkan", needs=("kondisi_awal",)), end("tidak-datang", "gugur"), end("tarik-izin", "dicabut")),
        "Serahkan fasilitas dengan foto kondisi dan odometer", ("kondisi_awal", "foto_awal"), within=Within(1),
        on_late=(remind(1), escalate("kasubbag-perlengkapan", 1)),
    ),
    Par((
        Seq((Sign("pinjam-petugas", PETUGAS, ("ba-pinjam",), (go("tandatangani", performs=True),), within=Within(1)),)),
        Seq((Sign("pinjam-pemohon", PEMOHON, ("ba-pinjam",), (go("tandatangani", performs=True), back("tolak", "serahkan")), within=Within(1)),)),
    )),
    Wait(
        "akhir-pemakaian", "Tanggal dan jam selesai pemakaian, atau pemohon mengembalikan lebih dulu", (go("tiba"), go("dikembalikan")),
        until=SELESAI, reached="tiba", recorded_by=PETUGAS,
    ),
    Task(
        "kembalikan", PEMOHON, "return-goods", (go("selesai", needs=KEADAAN), go("rusak", needs=KEADAAN)), "Kembalikan fasilitas dan tulis kondisinya", KEADAAN,
        within=Within(1, "calendar"), on_late=(remind(1), escalate("kepala-bagian-umum", 2)), shows=("aset", "waktu"),
    ),
    Task(
        "periksa-kembali", PETUGAS, "receive", (go("terima", needs=("kerusakan",)), back("belum-kembali", "kembalikan")), "Periksa dibanding kondisi awal", ("kerusakan",),
        within=Within(1), on_late=(remind(1), escalate("kasubbag-perlengkapan", 1)),
    ),
    Sign(
        "kembali-pemohon", PEMOHON, ("ba-kembali",),
        (
            go("tandatangani", performs=True), back("keberatan", "periksa-kembali"), go("tidak-menandatangani", reason=True),
            go("tidak-menandatangani-karena-diam", silent=True),
        ),
        within=Within(1), on_late=(deemed("tidak-menandatangani-karena-diam"),),
    ),
    Sign("kembali-petugas", PETUGAS, ("ba-kembali",), (go("tandatangani", performs=True),), within=Within(1)),
)  # fmt: skip

GANTI_RUGI = When(
    "bila-kelalaian",
    fact("kerusakan").eq("kelalaian"),
    then=Seq((
        When(
            "bila-kelalaian-internal",
            INTERNAL,
            then=Seq((
                Open("buka-tgr-kerugian-daerah", "tgr-kerugian-daerah", "Penyelesaian kerugian daerah atas kelalaian pemakai internal", "empty"),
                Notify("beritahu-kelalaian", ("kepala-bagian-umum",), about="Fasilitas rusak karena kelalaian pemakai internal; kerugian daerah diproses"),
            )),
            otherwise=Seq((
                Task(
                    "tagih-ganti-rugi", ("kepala-bagian-umum",), "decide", (go("ditagih"), go("dibebaskan", reason=True)),
                    "Tetapkan dan tagih ganti rugi pemakai luar", within=Within(5), on_late=(remind(1), escalate("asisten-sekda", 3)),
                ),
            )),
        ),
    )),
)  # fmt: skip
