"""Keberatan dan pengurangan PBB-P2. Permohonan wajib pajak diteliti di kantor dan bila perlu di lapangan, diputus Kepala Bapenda atau wali kota; lewat 12 bulan dianggap dikabulkan."""

from __future__ import annotations

from engine.expr import fact
from engine.nodes import Seq
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title

from .form import FORM, LAMPIRAN
from .steps import CATAT_KEPUTUSAN, LEBIH_BAYAR, PEMBETULAN_SPPT, PENCOCOKAN, PENERIMAAN, PENETAPAN, PENGAJUAN, PENYAMPAIAN, PUTUSAN

KODE = "900.1.13.1"

FAKTA = (
    Fact("tanggal_kirim", "date", meaning="Tanggal permohonan pertama kali dikirim", source="act"),
    Fact("kunci_sppt", "text", meaning="NOP dan tahun pajak, kunci daftar PBB", source="act"),
    Fact("sppt_terdaftar", "boolean", meaning="Terdaftar pada daftar PBB", source="act"),
    Fact("terutang_tercatat", "rupiah", meaning="PBB terutang menurut daftar PBB", source="act"),
    Fact("tanda_terima_sppt", "date", meaning="Tanggal tanda terima SPPT menurut daftar PBB", source="act"),
    Fact("ada_permohonan_lain", "boolean", meaning="Ada permohonan lain atas SPPT yang sama yang belum diputus", source="act"),
    Fact("permohonan_lain", "text", meaning="Permohonan lain atas SPPT yang sama", source="act"),
    Fact("tepat_waktu", "boolean", meaning="Diajukan paling lama 3 bulan sejak SPPT diterima; pembetulan selalu tepat waktu", source="act"),
    Fact("batas_pengajuan", "date", meaning="Permohonan paling lambat diajukan", source="act"),
    Fact("nomor_bukti", "text", meaning="Nomor bukti penerimaan", source="act"),
    Fact("nomor_ba", "text", meaning="Nomor berita acara penelitian lapangan", source="act"),
    Fact("nomor_keputusan", "text", meaning="Nomor keputusan", source="act"),
    Fact("pokok_ketetapan", "rupiah", meaning="Pokok ketetapan terbesar", source="act"),
    Fact("batas_kepala_bapenda", "rupiah", meaning="Pokok ketetapan terbesar yang diputus Kepala Bapenda", source="parameter"),
    Fact("tanggal_terima", "date", meaning="Tanggal permohonan diterima lengkap", source="act"),
    Fact("batas_putusan", "date", meaning="Keputusan paling lambat; sesudahnya dianggap dikabulkan", source="act"),
    Fact(
        "hasil_penelitian", "choice", meaning="Usul penelitian kantor", choices=("perlu-lapangan", "langsung-putusan"), takes=("penelitian-kantor",),
    ),
    Fact("hasil_lapangan", "choice", meaning="Hasil penelitian lapangan", choices=("diperiksa", "ditolak-masuk"), takes=("penelitian-lapangan",)),
    Fact(
        "hasil_putusan", "choice", meaning="Amar putusan", choices=("kabulkan", "kabulkan-sebagian", "tolak", "tambah"),
        takes=("putuskan-bapenda", "putuskan-wali-kota"),
    ),
    Fact("hasil_batas", "choice", meaning="Lewat 12 bulan sebelum diputus", choices=("lewat",), takes=("batas-12-bulan",)),
    Fact("terutang_ditetapkan", "rupiah", meaning="PBB terutang yang ditetapkan", source="act"),
    Fact("pembetulan_terakhir", "integer", meaning="Pembetulan terakhir atas SPPT ini", source="act"),
    Fact("pembetulan_ke", "integer", meaning="Pembetulan ke", source="act"),
    Fact("nomor_sppt", "text", meaning="Nomor SPPT pembetulan", source="act"),
    Fact("dibayar", "rupiah", meaning="Yang sudah dibayar", source="act"),
    Fact("lebih_bayar_sppt", "rupiah", meaning="Lebih bayar SPPT ini", source="act"),
    Fact("lebih_bayar", "rupiah", meaning="Jumlah lebih bayar", source="act"),
    Fact("pilihan_lebih_bayar", "choice", meaning="Perlakuan lebih bayar", choices=("kompensasi", "restitusi"), takes=("pilih-lebih-bayar",)),
)  # fmt: skip

NASKAH = (
    Document(
        "bukti-penerimaan", "Bukti Penerimaan Permohonan", "tanda-terima", ("segel",), "pelayanan_pbb", "{urut}/PBB/{tahun}", ("wajib-pajak",),
    ),
    Document(
        "surat-lewat-waktu", "Surat Penolakan karena Lewat Jangka Waktu", "surat-penolakan", ("kepala-bapenda",), "surat_keluar",
        KODE + "/{urut}/{unit}/{tahun}", ("wajib-pajak",),
    ),
    Document(
        "ba-lapangan", "Berita Acara Penelitian Lapangan", "berita-acara", ("petugas-lapangan-bapenda", "wajib-pajak"), "berita_acara",
        KODE + "/{urut}/{unit}/{tahun}", ("wajib-pajak",),
    ),
    Document(
        "keputusan-bapenda", "Keputusan Kepala Bapenda atas Permohonan PBB-P2", "surat-keputusan", ("kepala-bapenda",), "keputusan_kepala",
        KODE + "/Kep.{urut}-{unit}/{tahun}", ("wajib-pajak", "lurah-objek"),
    ),
    Document(
        "keputusan-wali-kota-pbb", "Keputusan Wali Kota atas Permohonan PBB-P2", "keputusan-wali-kota", ("wali-kota",), "keputusan_wk",
        KODE + "/Kep.{urut}-Huk/{tahun}", ("wajib-pajak", "kepala-bapenda", "lurah-objek"),
    ),
    Document(
        "keputusan-lewat-batas", "Keputusan Pengabulan karena Lewat 12 Bulan", "surat-keputusan", ("kepala-bapenda",), "keputusan_kepala",
        KODE + "/Kep.{urut}-{unit}/{tahun}", ("wajib-pajak", "inspektorat"),
    ),
    Document("sppt-pembetulan", "SPPT Pembetulan", "sppt", ("segel",), "sppt", "{kunci}", ("wajib-pajak",), key=fact("nomor_sppt")),
)  # fmt: skip

PROCESS = pinned(
    Process(
        code="keberatan-pbb",
        title=Title("Keberatan dan pengurangan PBB-P2", "Property tax objection"),
        family="perencanaan-keuangan",
        owner="kepala-bapenda",
        summary="Wajib pajak mengajukan keberatan, pengurangan atau pembetulan PBB-P2, sendiri atau kolektif melalui lurah untuk ketetapan kecil; berkas diteliti di kantor dan bila perlu di lapangan, lalu diputus Kepala Bapenda atau wali kota; lewat 12 bulan tanpa keputusan berarti dikabulkan.",
        starts=Starts("wajib-pajak", desk="petugas-pelayanan-bapenda"),
        sla=Sla(
            60, "working", source="Janji layanan usulan biro; batas undang-undang 12 bulan sejak berkas diterima, lewat batas dianggap dikabulkan"
        ),
        archive=Archive(
            KODE, active_years=2, inactive_years=3, then="permanen", source="Perbup Pekalongan 63/2024 melalui data terbuka; JRA kota belum ditemukan"
        ),
        legal_basis=("UU 1/2022", "PP 35/2023", "Perda pajak daerah kota (nomor belum dicocokkan)"),
        form=FORM,
        flow=Seq((*PENGAJUAN, *PENCOCOKAN, *PENERIMAAN, PUTUSAN, PENETAPAN, CATAT_KEPUTUSAN, PEMBETULAN_SPPT, *LEBIH_BAYAR, *PENYAMPAIAN)),
        attachments=LAMPIRAN,
        facts=FAKTA,
        documents=NASKAH,
    )
)  # fmt: skip
