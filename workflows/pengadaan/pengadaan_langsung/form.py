"""Isian pengadaan langsung dengan aturannya: paket dan HPS, penyedia yang diundang, penyedia terpilih, kesempatan sesudah terlambat."""

from __future__ import annotations

from engine.expr import Expr, after, any_, column, count, digits, distinct, empty, field, largest, length, pick, today, year
from engine.fields import Field, Rule
from engine.process import Attachment

PAKET, HARGA, SERAH = "Paket", "Harga", "Penyerahan"
JENIS, HPS, BENTUK = field("jenis"), field("hps"), field("bentuk_kontrak")
BARANG_JASA = JENIS.one_of("barang", "jasa-lainnya")
BUKTI, KUITANSI = 10_000_000, 50_000_000
"""Batas bukti pembelian dan kuitansi (barang dan jasa lainnya)."""
BATAS: Expr = pick(JENIS, "konstruksi", 400_000_000, "konsultansi", 100_000_000, 200_000_000)
"""Nilai pengadaan langsung paling banyak menurut jenisnya."""
WAJAR = 115
"""Persen: HPS paling tinggi terhadap harga sumber tertinggi, dengan keuntungan dan biaya tidak langsung."""
DIUNDANG = "penyedia_diundang"


def rekening(isi: Expr) -> Rule:
    return Rule((isi >= 0) & digits(isi).eq(length(isi)) & (length(isi) >= 8), "Isi 8 sampai 20 angka nomor rekening, tanpa tanda baca.")


def panjang(nama: str, paling_sedikit: int, pesan: str) -> Rule:
    return Rule(length(field(nama)) >= paling_sedikit, pesan)


SUMBER_HARGA = Field(
    "sumber_harga",
    "Sumber harga",
    "table",
    required=True,
    section=HARGA,
    hint="Paling sedikit dua sumber yang berbeda: toko, katalog, atau kontrak sejenis",
    rules=(
        Rule(distinct(column("sumber_harga", "sumber")) >= 2, "Tambahkan sumber harga sampai paling sedikit dua yang berbeda."),
        Rule(
            distinct(column("sumber_harga", "sumber")).eq(count(column("sumber_harga", "sumber"))),
            "Sumber yang sama disebut dua kali. Ganti salah satu.",
        ),
    ),
    columns=(
        Field("sumber", "Sumber (toko, katalog, kontrak sejenis)", "text", required=True, max_length=120),
        Field(
            "tanggal",
            "Tanggal harga",
            "date",
            required=True,
            rules=(Rule(column("sumber_harga", "tanggal") <= today(), "Tanggal harga hari ini atau sebelumnya. Perbaiki tanggalnya."),),
        ),
        Field("harga", "Harga", "rupiah", required=True, rules=(Rule(column("sumber_harga", "harga") > 0, "Isi harga lebih dari Rp0."),)),
    ),
)

PENYEDIA_DIUNDANG = Field(
    DIUNDANG,
    "Penyedia yang diundang",
    "table",
    required=BENTUK.eq("spk"),
    hint="Usaha mikro atau kecil didahulukan; daftar hitam diperiksa sesudah dikirim",
    rules=(
        Rule(
            distinct(column(DIUNDANG, "npwp")).eq(count(column(DIUNDANG, "npwp"))), "Seorang penyedia diundang dua kali. Hapus salah satu barisnya."
        ),
        Rule(count(column(DIUNDANG, "nama")) <= 10, "Undang paling banyak 10 penyedia. Hapus yang lain."),
    ),
    columns=(
        Field("nama", "Nama penyedia", "text", required=True, max_length=120),
        Field("npwp", "NPWP", "npwp", required=True),
        Field("usaha_kecil", "Usaha mikro atau kecil", "boolean", required=True),
        Field("alamat_surel", "Surel", "email", required=True, hint="Undangan dikirim ke alamat ini"),
        Field(
            "harga_penawaran",
            "Harga penawaran",
            "rupiah",
            hint="Diisi saat penawaran dibuka; kosong bila tidak menawar",
            rules=(Rule(column(DIUNDANG, "harga_penawaran") > 0, "Isi harga penawaran lebih dari Rp0, atau kosongkan."),),
        ),
    ),
)

FORM = (
    Field("kode_rup", "Kode RUP", "text", required=True, max_length=40, registry="rup", section=PAKET, hint="Paket yang sudah diumumkan di SIRUP"),
    Field("nama_paket", "Nama paket", "text", required=True, max_length=200, section=PAKET, hint="Sama dengan nama paket pada RUP"),
    Field("jenis", "Jenis pengadaan", "choice", required=True, choices=("barang", "konstruksi", "jasa-lainnya", "konsultansi"), section=PAKET),
    Field(
        "kode_rekening", "Kode rekening", "budget_code", required=True, section=PAKET, hint="Sisa pagu tidak kurang dari HPS; diperiksa saat dikirim"
    ),
    Field(
        "hps",
        "Harga perkiraan sendiri (HPS)",
        "rupiah",
        required=True,
        section=HARGA,
        rules=(
            Rule(HPS > 0, "Isi HPS lebih dari Rp0."),
            Rule(
                ~BARANG_JASA | (HPS <= BATAS), "Barang dan jasa lainnya di atas Rp200.000.000 tidak boleh diadakan langsung. Pakai tender."
            ),
            Rule(~JENIS.eq("konstruksi") | (HPS <= BATAS), "Konstruksi di atas Rp400.000.000 tidak boleh diadakan langsung. Pakai tender."),
            Rule(~JENIS.eq("konsultansi") | (HPS <= BATAS), "Konsultansi di atas Rp100.000.000 tidak boleh diadakan langsung. Pakai tender."),
            Rule(
                empty(column("sumber_harga", "harga")) | (largest(column("sumber_harga", "harga")) * WAJAR >= HPS * 100),
                "HPS melebihi harga sumber tertinggi ditambah 15% keuntungan dan biaya tidak langsung. Turunkan HPS atau tambahkan sumber harga.",
            ),
        ),
    ),
    SUMBER_HARGA,
    Field(
        "bentuk_kontrak",
        "Bentuk kontrak",
        "choice",
        required=True,
        choices=("bukti-pembelian", "kuitansi", "spk"),
        section=HARGA,
        computed=pick(BARANG_JASA, True, pick(HPS <= BUKTI, True, "bukti-pembelian", pick(HPS <= KUITANSI, True, "kuitansi", "spk")), "spk"),
        hint="Menurut jenis dan nilainya",
    ),
    Field(
        "target_serah",
        "Tanggal penyerahan yang diminta",
        "date",
        required=True,
        section=SERAH,
        rules=(
            Rule(field("target_serah") > today(), "Penyerahan paling cepat besok. Mundurkan tanggalnya."),
            Rule(year(field("target_serah")).eq(year(today())), "Penyerahan tidak melewati 31 Desember tahun anggaran. Majukan tanggalnya."),
        ),
    ),
    Field(
        "pdn_tkdn",
        "TKDN (persen)",
        "percent",
        section=SERAH,
        hint="Kosong bila tidak berlaku",
        rules=(Rule((field("pdn_tkdn") >= 0) & (field("pdn_tkdn") <= 100), "Isi TKDN antara 0 dan 100."),),
    ),
    Field(
        "alasan_bukan_pdn",
        "Alasan tidak memakai produk dalam negeri",
        "longtext",
        required=JENIS.eq("barang") & field("pdn_tkdn").eq(0),
        max_length=1000,
        section=SERAH,
        rules=(panjang("alasan_bukan_pdn", 20, "Jelaskan alasannya paling sedikit 20 huruf."),),
    ),
    PENYEDIA_DIUNDANG,
    Field(
        "alasan_bukan_kecil",
        "Alasan tidak mengundang usaha mikro atau kecil",
        "longtext",
        required=~empty(column(DIUNDANG, "nama")) & ~any_(column(DIUNDANG, "usaha_kecil").eq(True)),
        max_length=1000,
        rules=(panjang("alasan_bukan_kecil", 20, "Jelaskan alasannya paling sedikit 20 huruf, atau undang usaha mikro atau kecil."),),
    ),
    Field("penyedia", "Penyedia terpilih", "text", required=True, max_length=120, hint="Daftar hitam diperiksa pada hari penetapan"),
    Field("npwp_penyedia", "NPWP penyedia", "npwp", required=True),
    Field("alamat_penyedia", "Alamat penyedia", "text", required=True, max_length=200),
    Field("wakil_penyedia", "Yang mewakili penyedia", "text", required=True, max_length=120, hint="Nama dan jabatan, misalnya Nama Contoh (Direktur)"),
    Field("surel_penyedia", "Surel penyedia", "email", required=True, hint="Tautan untuk menandatangani dan salinan kontrak dikirim ke alamat ini"),
    Field(
        "rekening_penyedia",
        "Nomor rekening penyedia",
        "bank_account",
        required=True,
        hint="Rekening pembayaran menurut kontrak",
        rules=(rekening(field("rekening_penyedia")),),
    ),
    Field(
        "kesempatan_sampai",
        "Kesempatan sampai tanggal",
        "date",
        hint="Bila diberi kesempatan: paling lama 50 hari sejak tanggal penyerahan dan tidak melewati 31 Desember",
        rules=(
            Rule(field("kesempatan_sampai") > today(), "Kesempatan paling cepat sampai besok. Mundurkan tanggalnya."),
            Rule(field("kesempatan_sampai") <= after(field("target_serah"), 50), "Kesempatan paling lama 50 hari sejak tanggal penyerahan. Majukan tanggalnya."),
            Rule(year(field("kesempatan_sampai")).eq(year(field("target_serah"))), "Kesempatan tidak melewati 31 Desember tahun anggaran. Majukan tanggalnya."),
        ),
    ),
)  # fmt: skip
SUSUN = tuple(one.name for one in FORM if one.section)
UNDANG = (*(f"{DIUNDANG}.{nama}" for nama in ("nama", "npwp", "usaha_kecil", "alamat_surel")), "alasan_bukan_kecil")
TERPILIH = ("penyedia", "npwp_penyedia", "alamat_penyedia", "wakil_penyedia", "surel_penyedia", "rekening_penyedia")

LAMPIRAN = (
    Attachment("kak_spesifikasi", "KAK atau spesifikasi teknis", required=True, types=("pdf",)),
    Attachment("survei_harga", "Bukti survei harga (paling sedikit 2 sumber)", required=True, types=("pdf", "jpg", "png")),
)
"""Nota, penawaran dan catatan negosiasi baru ada kemudian: fakta langkahnya masing-masing."""
