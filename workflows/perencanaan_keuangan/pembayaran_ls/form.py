"""Isian pembayaran langsung: berkas PPTK, tagihan penyedia, potongan dan neto bendahara. Semua uang rupiah bulat; sen tidak ada."""

from __future__ import annotations

from engine.expr import Expr, applicant, column, count, distinct, empty, fact, field, length, pick, total
from engine.fields import Field, Rule
from engine.process import Attachment

JENIS = field("jenis_ls")
BARANG_JASA = JENIS.eq("barang-jasa")
DAFTAR = JENIS.one_of("gaji", "tpp", "honor", "bansos")
"""Dibayar menurut daftar penerima: tiap baris ke rekeningnya sendiri."""
UANG_MUKA = field("uang_muka").eq(True)
ADA_TAGIHAN = ~BARANG_JASA | ~empty(field("nomor_tagihan"))
PAJAK = ("ppn", "pph21", "pph22", "pph23", "pph-final")
BERKAS, PENERIMA = "Berkas dan anggaran", "Penerima"


def angka(isi: Expr, paling_sedikit: int, paling_banyak: int) -> Expr:
    """Hanya angka, sepanjang itu; tanda baca dan huruf tidak terbaca sebagai bilangan."""
    return (isi >= 0) & (length(isi) >= paling_sedikit) & (length(isi) <= paling_banyak)


POTONGAN = Field(
    "potongan",
    "Potongan pajak dan lainnya",
    "table",
    required=~field("tanpa_potongan").eq(True),
    hint="Rupiah bulat; pecahan pajak dibulatkan ke bawah untuk setiap jenis",
    rules=(
        Rule(total(column("potongan", "jumlah")) < field("jumlah_bruto"), "Jumlah potongan harus kurang dari jumlah bruto. Periksa potongannya."),
    ),
    columns=(
        Field("jenis", "Jenis potongan", "choice", required=True, choices=(*PAJAK, "jaminan", "iuran", "lain")),
        Field("jumlah", "Jumlah", "rupiah", required=True, rules=(Rule(column("potongan", "jumlah") > 0, "Isi jumlah lebih dari Rp0."),)),
        Field(
            "kode_billing",
            "Kode billing",
            "text",
            required=column("potongan", "jenis").one_of(*PAJAK),
            max_length=15,
            rules=(Rule(angka(column("potongan", "kode_billing"), 15, 15), "Kode billing 15 angka. Salin dari e-billing."),),
        ),
    ),
)

DAFTAR_PENERIMA = Field(
    "daftar_penerima",
    "Daftar penerima",
    "table",
    required=DAFTAR,
    hint="Urutannya tetap: nomor baris menjadi kunci pembayaran di bank",
    rules=(
        Rule(
            ~(total(column("daftar_penerima", "neto")) > field("jumlah_bruto")),
            "Jumlah neto daftar melebihi jumlah bruto. Perbaiki daftar atau jumlah bruto.",
        ),
    ),
    columns=(
        Field("nama", "Nama", "text", required=True, max_length=120),
        Field(
            "nomor_induk",
            "NIP atau NIK",
            "id_number",
            required=True,
            max_length=18,
            rules=(
                Rule(
                    angka(column("daftar_penerima", "nomor_induk"), 16, 18) & ~length(column("daftar_penerima", "nomor_induk")).eq(17),
                    "Isi 18 angka NIP atau 16 angka NIK.",
                ),
            ),
        ),
        Field(
            "rekening",
            "Nomor rekening",
            "bank_account",
            required=True,
            rules=(Rule(angka(column("daftar_penerima", "rekening"), 8, 20), "Isi 8 sampai 20 angka nomor rekening, tanpa tanda baca."),),
        ),
        Field("neto", "Neto", "rupiah", required=True, rules=(Rule(column("daftar_penerima", "neto") > 0, "Isi jumlah lebih dari Rp0."),)),
    ),
)

FORM = (
    Field("jenis_ls", "Jenis LS", "choice", required=True, choices=("barang-jasa", "gaji", "tpp", "honor", "hibah", "bansos"), section=BERKAS),
    Field(
        "opd",
        "Perangkat daerah",
        "unit",
        required=True,
        initial=applicant("unit"),
        section=BERKAS,
        rules=(Rule(field("opd").eq(applicant("unit")), "Pembayaran diajukan PPTK perangkat daerah itu sendiri. Pilih perangkat daerah Anda."),),
    ),
    Field("sub_kegiatan", "Sub kegiatan", "budget_code", required=True, section=BERKAS, hint="Kode menurut DPA, misalnya 2.16.02.2.01.0012"),
    Field(
        "kode_rekening", "Kode rekening belanja", "budget_code", required=True, section=BERKAS, hint="Misalnya 5.1.02.01.01.0024; 5.2 belanja modal"
    ),
    Field(
        "nomor_spd",
        "Nomor SPD",
        "text",
        required=True,
        max_length=80,
        registry="spd",
        section=BERKAS,
        hint="SPD yang sudah terbit untuk perangkat daerah ini",
    ),
    Field(
        "uraian",
        "Untuk keperluan",
        "text",
        required=True,
        max_length=300,
        section=BERKAS,
        hint="Dicetak pada SPP, SPM dan SP2D",
        rules=(Rule(length(field("uraian")) >= 10, "Tulis keperluan paling sedikit 10 huruf."),),
    ),
    Field(
        "uang_muka",
        "Pembayaran uang muka",
        "boolean",
        required=BARANG_JASA,
        section=BERKAS,
        hint="Uang muka belum memerlukan BAST, tetapi memerlukan jaminan",
    ),
    Field("nomor_kontrak", "Nomor kontrak", "text", required=BARANG_JASA, max_length=80, registry="kontrak", section=BERKAS),
    Field(
        "bast",
        "Nomor BAST",
        "text",
        required=BARANG_JASA & ~UANG_MUKA,
        max_length=80,
        registry="bast",
        section=BERKAS,
        hint="BAST yang bertanggal hari ini atau sebelumnya",
    ),
    Field(
        "penerima",
        "Penerima",
        "text",
        required=True,
        max_length=160,
        section=PENERIMA,
        hint="Sama dengan nama pemilik rekening; untuk banyak penerima isi nama daftarnya",
    ),
    Field(
        "npwp",
        "NPWP",
        "npwp",
        required=JENIS.one_of("barang-jasa", "honor", "hibah"),
        section=PENERIMA,
        hint="Untuk honor: NPWP bendahara pengeluaran",
    ),
    Field(
        "rekening",
        "Nomor rekening",
        "bank_account",
        required=~DAFTAR,
        section=PENERIMA,
        hint="Untuk barang dan jasa sama dengan rekening dalam kontrak",
        rules=(Rule(angka(field("rekening"), 8, 20), "Isi 8 sampai 20 angka nomor rekening, tanpa tanda baca."),),
    ),
    Field(
        "nomor_tagihan",
        "Nomor tagihan",
        "text",
        required=BARANG_JASA,
        max_length=60,
        hint="Satu nomor hanya dibayar sekali untuk satu penyedia",
        rules=(Rule(length(field("nomor_tagihan")) >= 3, "Tulis nomor tagihan seperti pada fakturnya."),),
    ),
    Field("jumlah_bruto", "Jumlah bruto", "rupiah", required=True, rules=(Rule(field("jumlah_bruto") > 0, "Isi jumlah lebih dari Rp0."),)),
    DAFTAR_PENERIMA,
    Field(
        "alasan_rekening_berulang",
        "Alasan rekening yang berulang",
        "longtext",
        required=DAFTAR & (distinct(column("daftar_penerima", "rekening")) < count(column("daftar_penerima", "rekening"))),
        max_length=500,
        hint="Misalnya gaji ahli waris yang diterima satu wali",
    ),
    Field("tanpa_potongan", "Tidak ada potongan yang terutang", "boolean", required=True),
    Field("alasan_tanpa_potongan", "Alasan tanpa potongan", "longtext", required=field("tanpa_potongan").eq(True), max_length=500),
    POTONGAN,
    Field(
        "jumlah_neto",
        "Jumlah neto",
        "rupiah",
        required=True,
        computed=field("jumlah_bruto") - pick(field("tanpa_potongan"), True, 0, total(column("potongan", "jumlah"))),
        hint="Jumlah bruto dikurangi seluruh potongan",
        rules=(
            Rule(
                ~DAFTAR | field("jumlah_neto").eq(total(column("daftar_penerima", "neto"))),
                "Jumlah neto tidak sama dengan jumlah pada daftar penerima. Perbaiki potongan, atau kembalikan daftarnya kepada PPTK.",
            ),
        ),
    ),
    Field(
        "alasan_tolak",
        "Alasan penolakan",
        "longtext",
        required=fact("putusan_spm").eq("tolak") | fact("putusan_sp2d").eq("tolak"),
        max_length=2000,
        hint="Tulis apa yang kurang dan apa yang harus dilakukan; isi ini menjadi isi surat penolakan",
        rules=(Rule(length(field("alasan_tolak")) >= 20, "Sebutkan apa yang kurang dan apa yang harus dilakukan, paling sedikit 20 huruf."),),
    ),
    Field(
        "rekening_ralat",
        "Rekening ralat",
        "bank_account",
        hint="Atas nama penerima yang sama, dibuktikan surat bank",
        rules=(Rule(angka(field("rekening_ralat"), 8, 20), "Isi 8 sampai 20 angka nomor rekening, tanpa tanda baca."),),
    ),
)
BUKA = tuple(one.name for one in FORM if one.section)
LENGKAPI = (*(name for name in BUKA if name not in ("jenis_ls", "opd")), "jumlah_bruto", "daftar_penerima", "alasan_rekening_berulang")
SUSUN = ("tanpa_potongan", "alasan_tanpa_potongan", "potongan", "jumlah_neto")

LAMPIRAN = (
    Attachment("kontrak", "Kontrak atau SPK", required=BARANG_JASA, types=("pdf",)),
    Attachment("berkas_bast", "BAST", required=BARANG_JASA & ~UANG_MUKA, types=("pdf",)),
    Attachment("bap", "Berita acara pembayaran", required=BARANG_JASA & ADA_TAGIHAN, types=("pdf",)),
    Attachment("faktur", "Faktur dan e-billing", required=BARANG_JASA & ADA_TAGIHAN, types=("pdf",)),
    Attachment("kuitansi", "Kuitansi", required=ADA_TAGIHAN, types=("pdf",)),
    Attachment("jaminan", "Jaminan uang muka atau pemeliharaan", required=UANG_MUKA, types=("pdf",)),
    Attachment("foto_fisik", "Foto fisik pekerjaan", types=("jpg", "png")),
    Attachment("keputusan_penerima", "Keputusan penetapan penerima atau NPHD", required=JENIS.one_of("hibah", "bansos", "honor"), types=("pdf",)),
)
"""Yang dari penyedia (faktur, kuitansi, berita acara pembayaran) baru diminta bersama tagihannya."""
