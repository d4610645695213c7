"""Peminjaman kendaraan, ruang rapat, gedung dan peralatan. Waktu ditahan tanpa bentrok, permohonan disetujui menurut jenisnya, retribusi pemakai luar dibayar, lalu barang diserahkan dan dikembalikan dengan berita acara dua pihak."""

from __future__ import annotations

from engine.expr import fact, field, pick
from engine.nodes import Seq, Task, When, Within, back, end, escalate, go, remind
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title

from .form import FORM, INTERNAL, KENDARAAN, LAMPIRAN, PESAN
from .steps import DIPAKAI, GANTI_RUGI, IZIN_INTERNAL, IZIN_LUAR, JADWAL

NOMOR = "000.1.4/{urut}/{unit}/{tahun}"
BERITA_ACARA = "{urut}/BA/{unit}/{tahun}"
PARA_PIHAK = ("petugas-perlengkapan", "pemohon")

PROCESS = pinned(
    Process(
        code="peminjaman-fasilitas",
        title=Title("Peminjaman kendaraan, ruang rapat dan gedung", "Booking of cars, rooms and halls"),
        family="barang-milik-daerah",
        owner="kepala-bagian-umum",
        summary="Pemohon memesan kendaraan, ruang, gedung atau peralatan pada kalender tanpa bentrok, permohonan diperiksa dan disetujui menurut jenisnya, retribusi pemakai luar dibayar, lalu barang diserahkan dan dikembalikan dengan berita acara.",
        starts=Starts("pegawai", desk="petugas-perlengkapan"),
        sla=Sla(
            2,
            "working",
            source="Standar layanan kota (usulan), contoh satu kota 2 hari; dari pesanan dikirim sampai izin ditandatangani, di luar masa bayar",
        ),
        archive=Archive(
            "000.1.4",
            active_years=1,
            inactive_years=1,
            then="musnah",
            source="Klasifikasi Permendagri 83/2022; retensi contoh Perbup Pekalongan 63/2024 sampai JRA kota dimuat",
        ),
        legal_basis=("Permendagri 19/2016 jo. Permendagri 7/2024", "Peraturan daerah kota tentang retribusi (nomor diisi kota)"),
        form=FORM,
        flow=Seq(
            (
                Task(
                    "pesan",
                    by=("pemohon",),
                    ask="fill",
                    outcomes=(go("kirim"), end("batal", "batal", reason=False)),
                    title="Pilih fasilitas dan waktunya",
                    fills=PESAN,
                ),
                *JADWAL,
                Task(
                    "periksa-permohonan",
                    by=("kasubbag-perlengkapan",),
                    ask="verify",
                    outcomes=(go("sesuai"), back("kembalikan", "pesan"), end("tolak", "ditolak")),
                    title="Periksa keperluan, pengemudi, tarif dan kelengkapan",
                    fills=("tarif",),
                    within=Within(1),
                    on_late=(remind(1), escalate("kepala-bagian-umum", 1)),
                    excludes=("pesan",),
                ),
                When(
                    "bila-perlu-sekda",
                    field("jenis").eq("gedung") | (KENDARAAN & field("ke_luar_provinsi").eq(True)),
                    then=Seq(
                        (
                            Task(
                                "setujui-sekda",
                                by=("sekda",),
                                ask="approve",
                                outcomes=(go("setujui"), back("kembalikan", "pesan"), end("tolak", "ditolak")),
                                title="Setujui pemakaian gedung atau kendaraan ke luar provinsi",
                                within=Within(1),
                                on_late=(remind(1), escalate("kepala-bagian-umum", 2)),
                                excludes=("pesan",),
                            ),
                        ),
                    ),
                ),
                When("bila-pemakai-internal", INTERNAL, then=IZIN_INTERNAL, otherwise=IZIN_LUAR),
                *DIPAKAI,
                GANTI_RUGI,
            ),
        ),
        attachments=LAMPIRAN,
        facts=(
            Fact("fasilitas_terdaftar", "boolean", meaning="Aset ada pada daftar fasilitas yang boleh dipinjam, dengan jenis itu", source="act"),
            Fact("nama_fasilitas", "text", meaning="Nama fasilitas menurut daftar", source="act"),
            Fact("bebas_pemeliharaan", "boolean", meaning="Aset tidak sedang dipelihara pada waktu itu", source="act"),
            Fact("masa_pemeliharaan", "text", meaning="Masa pemeliharaan yang bertumpuk", source="act"),
            Fact("slot_ditahan", "boolean", meaning="Aset dan waktu ditahan untuk permohonan ini", source="act"),
            Fact("pesanan_lain", "text", meaning="Pesanan yang bertumpuk", source="act"),
            Fact("golongan_sim", "text", meaning="Golongan SIM yang dibutuhkan kendaraan", source="act"),
            Fact("nip_pengemudi", "text", meaning="NIP pengemudi menurut data pegawai", source="act"),
            Fact("sim_berlaku", "boolean", meaning="SIM pengemudi sesuai dan berlaku sampai akhir pemakaian", source="act"),
            Fact(
                "status_slot",
                "choice",
                meaning="Bebas berarti waktu dan aset ditahan sampai permohonan selesai",
                choices=("bebas", "bentrok", "dipelihara", "tidak-terdaftar", "sim-tidak-berlaku"),
                source="computed",
                value=pick(
                    fact("fasilitas_terdaftar"),
                    False,
                    "tidak-terdaftar",
                    pick(
                        fact("bebas_pemeliharaan"),
                        False,
                        "dipelihara",
                        pick(
                            fact("slot_ditahan"),
                            False,
                            "bentrok",
                            pick(KENDARAAN & ~fact("sim_berlaku").eq(True), True, "sim-tidak-berlaku", "bebas"),
                        ),
                    ),
                ),
            ),
            Fact("bukti_setor", "text", meaning="Nomor bukti setor retribusi"),
            Fact("tanggal_setor", "date", meaning="Tanggal retribusi masuk kas daerah"),
            Fact("kondisi_awal", "longtext", meaning="Kondisi, odometer dan kelengkapan saat diserahkan"),
            Fact("foto_awal", "files", meaning="Foto keadaan saat diserahkan"),
            Fact(
                "kerusakan",
                "choice",
                meaning="Kesimpulan petugas atas kondisi barang dibanding foto awal",
                choices=("tidak-ada", "wajar", "kelalaian"),
            ),
        ),
        documents=(
            Document(
                "izin-pakai",
                "Surat izin pemakaian fasilitas",
                "surat-izin",
                signer=("kepala-bagian-umum",),
                register="surat_keluar",
                number=NOMOR,
                copies_to=("petugas-perlengkapan",),
            ),
            Document(
                "izin-pakai-luar",
                "Surat izin pemakaian fasilitas (pemakai luar)",
                "surat-izin",
                signer=("kepala-bagian-umum",),
                register="surat_keluar",
                number=NOMOR,
                copies_to=("bendahara-penerimaan", "petugas-perlengkapan"),
            ),
            Document(
                "skrd",
                "Surat Ketetapan Retribusi Daerah",
                "skrd",
                signer=("bendahara-penerimaan",),
                register="skrd",
                number="{urut}/SKRD/{unit}/{tahun}",
                copies_to=("bendahara-penerimaan",),
            ),
            Document("ba-pinjam", "Berita Acara peminjaman", "berita-acara", signer=PARA_PIHAK, register="berita_acara", number=BERITA_ACARA),
            Document(
                "ba-kembali",
                "Berita Acara pengembalian",
                "berita-acara",
                signer=PARA_PIHAK,
                register="berita_acara",
                number=BERITA_ACARA,
                copies_to=("pengurus-barang",),
            ),
        ),
    ),
)
