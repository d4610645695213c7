"""Izin penyelenggaraan reklame. Diperiksa titik dan berkasnya, ditinjau, dimintakan pendapat dan hitungan, dibayar, ditandatangani, lalu diawasi sampai dibongkar atau diteruskan izin lain."""

from __future__ import annotations

from engine.expr import Value, fact, field, largest, pick
from engine.nodes import Seq
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title

from .form import FORM, LAMPIRAN, TANAH_PEMDA
from .granting import KONSEP, PEMBAYARAN, PENERBITAN, PENOLAKAN, PERHITUNGAN
from .steps import PENGAJUAN, TINJAUAN
from .watch import PEMBONGKARAN, PENGAWASAN

KODE = "500.16.7.2"
NOMOR = KODE + "/{urut}/{unit}/{tahun}"

FAKTA = (
    Fact("di_dalam_kota", "boolean", meaning="Titik berada di dalam wilayah kota", source="act"),
    Fact("kode_kelurahan", "text", meaning="Kode wilayah kelurahan titik", source="act"),
    Fact("kelurahan", "text", meaning="Kelurahan titik", source="act"),
    Fact("kode_kecamatan", "text", meaning="Kode wilayah kecamatan titik", source="act"),
    Fact("kecamatan", "text", meaning="Kecamatan titik", source="act"),
    Fact("di_zona_larangan", "boolean", meaning="Titik berada di zona larangan; kosong bila peta tidak terbaca", source="act"),
    Fact("kode_zona", "text", meaning="Kode zona larangan", source="act"),
    Fact("zona_larangan", "text", meaning="Zona larangan yang memuat titik", source="act"),
    Fact("titik_terisi", "boolean", meaning="Titik ditempati izin lain yang berlaku pada masa itu; kosong bila daftarnya tidak terbaca", source="act"),
    Fact("izin_di_titik", "text", meaning="Izin yang menempati titik", source="act"),
    Fact("jarak_izin", "integer", meaning="Jarak izin itu dari titik, dalam meter", source="act"),
    Fact(
        "titik_terlarang", "boolean", meaning="Di zona larangan atau ditempati izin lain; kosong bila tidak dapat diperiksa", source="computed",
        value=pick(
            fact("di_zona_larangan"), True, True, False,
            pick(field("jenis_reklame"), "berjalan", False, fact("titik_terisi")), pick(fact("titik_terisi"), True, True),
        ),
    ),
    Fact("izin_lama_sah", "boolean", meaning="Izin lama atas NPWPD yang sama berlaku sampai masa tayang yang diminta mulai", source="act"),
    Fact("npwpd_aktif", "boolean", meaning="NPWPD aktif dan tidak menunggak pajak reklame; kosong bila Bapenda tidak menjawab"),
    Fact("hasil_berkas", "choice", meaning="Hasil pemeriksaan loket", choices=("lengkap", "titik-terlarang"), takes=("cek-kelengkapan",)),
    Fact("tim_bertugas", "employees", meaning="Anggota tim teknis yang meninjau"),
    Fact("opd_dimintai", "units", meaning="Perangkat daerah yang dimintai pendapat; mulai 24 m2 paling sedikit perhubungan, Satpol PP, dan pertamanan"),
    Fact("hasil_tinjauan", "choice", meaning="Hasil tinjauan", choices=("layak", "tidak-layak"), takes=("tinjau-lokasi",)),
    Fact("selisih_titik", "integer", meaning="Jarak titik yang direkam dari titik permohonan, dalam meter", source="act"),
    Fact("sikap_opd", "choice", meaning="Sikap tiap perangkat daerah", choices=("mendukung", "keberatan"), takes=("beri-pendapat",)),
    Fact("syarat_opd", "longtext", meaning="Syarat bagi izin, bila ada"),
    Fact(
        "jumlah_tagihan", "rupiah", meaning="Pajak dan sewa tanah yang harus dibayar", source="computed",
        value=field("pajak_reklame") + pick(TANAH_PEMDA, True, largest(Value(0), field("sewa_lahan")), 0),
    ),
    Fact("nomor_ba", "text", meaning="Nomor berita acara peninjauan", source="act"),
    Fact("nomor_skpd", "text", meaning="Nomor SKPD pajak reklame", source="act"),
    Fact("nomor_izin", "text", meaning="Nomor izin", source="act"),
    Fact("izin_diteruskan", "boolean", meaning="Ada izin perpanjangan atau perubahan atas izin ini", source="act"),
    Fact(
        "status_bongkar", "choice", meaning="Keadaan saat masa tayang berakhir", choices=("sudah-dibongkar", "belum-dibongkar"),
        takes=("periksa-pembongkaran",),
    ),
)  # fmt: skip

NASKAH = (
    Document("ba-tinjauan", "Berita acara peninjauan lapangan", "berita-acara", ("tim-bertugas", "pemohon"), "berita_acara", NOMOR, ("pemohon",)),
    Document("skpd-reklame", "SKPD pajak reklame", "skpd", ("kepala-bapenda",), "skpd", "{urut}/SKPD-REK/{tahun}", ("pemohon",)),
    Document("izin", "Izin penyelenggaraan reklame", "surat-izin", ("kepala-dpmptsp",), "izin", NOMOR, ("bapenda", "opd-terkait", "camat")),
    Document("penolakan", "Surat penolakan izin reklame", "surat-penolakan", ("kepala-dpmptsp",), "surat_keluar", NOMOR, ("bapenda", "pemohon")),
    Document(
        "permintaan-pembongkaran", "Permintaan pembongkaran reklame kepada Satpol PP", "surat-dinas", ("kepala-dpmptsp",), "surat_keluar", NOMOR,
        ("pemohon", "bapenda"),
    ),
)  # fmt: skip

PROCESS = pinned(
    Process(
        code="izin-reklame",
        title=Title("Izin penyelenggaraan reklame", "Billboard permit"),
        family="perizinan-rekomendasi",
        owner="kepala-dpmptsp",
        summary="Permohonan izin reklame baru, perpanjangan atau perubahan diperiksa di loket, ditinjau di titiknya, dimintakan pendapat perangkat daerah dan hitungan pajak, dibayar, ditandatangani kepala DPMPTSP, lalu diawasi sampai masa tayangnya berakhir.",
        starts=Starts("pemohon", desk="petugas-pelayanan"),
        sla=Sla(12, "working", source="SOP/PM/E/01 satu kota (2019), 12 hari untuk satu pemohon; sampai izin diserahkan, tanpa waktu pemohon membayar"),
        archive=Archive(
            KODE, active_years=3, inactive_years=7, then="permanen", source="Contoh JRA daerah lain (cabang perizinan); JRA kota belum ditemukan"
        ),
        legal_basis=("UU 1/2022", "PP 16/2021", "Perda pajak daerah kota (nomor diisi kota)", "Peraturan wali kota tentang reklame (nomor diisi kota)"),
        form=FORM,
        flow=Seq((*PENGAJUAN, *TINJAUAN, PERHITUNGAN, *KONSEP, *PEMBAYARAN, *PENERBITAN, *PENGAWASAN, *PEMBONGKARAN, *PENOLAKAN)),
        attachments=LAMPIRAN,
        facts=FAKTA,
        documents=NASKAH,
    )
)  # fmt: skip
