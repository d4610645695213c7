"""Yang diketahui perkara di luar isiannya: hasil pemeriksaan, keadaan darurat, uang, penyerahan, tinjauan."""

from __future__ import annotations

from engine.expr import empty, fact, field, pick
from engine.process import Fact

from .form import UANG, WAKTU

FAKTA = (
    Fact("waktu_kejadian", "datetime", meaning="Waktu kejadian menurut tanggal dan jamnya", source="computed", value=WAKTU),
    Fact(
        "saluran", "choice", meaning="Cara bantuan sampai: tunai hanya bila tidak ada rekening", choices=("rekening", "tunai", "barang"), source="computed",
        value=pick(UANG, True, pick(field("punya_rekening"), True, "rekening", "tunai"), "barang"),
    ),
    Fact("kode_kelurahan", "text", meaning="Kode wilayah kelurahan menurut titik lokasi", source="act"),
    Fact("kelurahan", "text", meaning="Kelurahan menurut titik lokasi", source="act"),
    Fact("kode_kecamatan", "text", meaning="Kode wilayah kecamatan menurut titik lokasi", source="act"),
    Fact("kecamatan", "text", meaning="Kecamatan menurut titik lokasi", source="act"),
    Fact("keluarga_cocok", "boolean", meaning="KK dan NIK ada dan cocok pada data kependudukan", source="act"),
    Fact(
        "data_penduduk", "choice", meaning="Kecocokan KK dan NIK; belum-terbaca bila layanan kependudukan mati, dilengkapi petugas",
        choices=("cocok", "tidak-cocok", "belum-terbaca"), source="computed",
        value=pick(empty(fact("keluarga_cocok")), True, "belum-terbaca", pick(fact("keluarga_cocok"), True, "cocok", "tidak-cocok")),
    ),
    Fact("terdata_sejahtera", "boolean", meaning="Keluarga ada pada data kesejahteraan sosial; kosong bila layanannya mati", source="act"),
    Fact("nik_baru", "boolean", meaning="NIK belum dibantu untuk sebab ini dalam 14 hari sebelum dan sesudahnya", source="act"),
    Fact("bantuan_nik", "text", meaning="Bantuan lain atas NIK itu", source="act"),
    Fact("kk_baru", "boolean", meaning="KK belum dibantu untuk sebab ini dalam 14 hari sebelum dan sesudahnya", source="act"),
    Fact("bantuan_kk", "text", meaning="Bantuan lain atas KK itu", source="act"),
    Fact("jumlah_usulan", "integer", meaning="Keluarga lain yang sudah diusulkan warga itu", source="act"),
    Fact("keluarga_diusulkan", "text", meaning="Perkara keluarga lain yang diusulkan warga itu", source="act"),
    Fact("plafon_ringan", "rupiah", meaning="Plafon bantuan untuk sebab ini, kerusakan ringan", source="act"),
    Fact("plafon_sedang", "rupiah", meaning="Plafon bantuan untuk sebab ini, kerusakan sedang", source="act"),
    Fact("plafon_berat", "rupiah", meaning="Plafon bantuan untuk sebab ini, kerusakan berat", source="act"),
    Fact("kk_asli", "choice", meaning="Hasil mencocokkan dengan KK asli, bila data kependudukan tidak terbaca atau tidak cocok", choices=("sesuai", "tidak-sesuai")),
    Fact(
        "hasil_verifikasi", "choice", meaning="ganda bila NIK atau KK sudah dibantu untuk kejadian yang sama", choices=("sah", "ganda", "tidak-layak"),
        takes=("verifikasi-data",),
    ),
    Fact("tingkat_kerusakan", "choice", meaning="Hasil peninjauan; menentukan plafon bantuan", choices=("ringan", "sedang", "berat")),
    Fact("foto_lapangan", "files", meaning="Foto peninjauan", evidence=True),
    Fact("titik_tinjau", "location", meaning="Tempat ditinjau, bila foto tidak merekam titik"),
    Fact("status_darurat", "choice", meaning="Pernyataan BPBD tentang tingkat kedaruratan kejadian", choices=("darurat", "bukan-darurat")),
    Fact("darurat_sampai", "date", meaning="Hari terakhir tanggap darurat yang diusulkan BPBD"),
    Fact("nomor_darurat", "text", meaning="Nomor keputusan tanggap darurat yang menaungi kejadian ini"),
    Fact(
        "keputusan_darurat", "choice", meaning="Ada keputusan tanggap darurat yang masih berlaku untuk kejadian ini", choices=("ada", "belum-ada"),
        source="computed", value=pick(empty(fact("nomor_darurat")), True, "belum-ada", "ada"),
    ),
    Fact(
        "putusan_darurat", "choice", meaning="Putusan Wali Kota atas keadaan darurat", choices=("tandatangani", "bukan-darurat", "sudah-ada"),
        takes=("tetapkan-darurat",),
    ),
    Fact("batas_sekda", "rupiah", meaning="Jumlah paling tinggi yang dapat disetujui Sekda; ditetapkan kota", source="parameter", key="batas_sekda_bantuan"),
    Fact("nomor_rkb", "text", meaning="Nomor rencana kebutuhan belanja", source="act"),
    Fact("sisa_btt", "rupiah", meaning="Sisa belanja tidak terduga sebelum bantuan ini", source="act"),
    Fact("btt_cukup", "boolean", meaning="Sisa belanja tidak terduga cukup dan jumlahnya ditahan", source="act"),
    Fact("bukti_bayar", "text", meaning="Nomor bukti pencairan dari belanja tidak terduga"),
    Fact("pihak_penerima_bantuan", "text", meaning="Penerima bantuan sebagai pihak perkara", source="act"),
    Fact("hasil_serah", "choice", meaning="Hasil penyerahan", choices=("diserahkan", "penerima-tidak-ada"), takes=("serahkan-bantuan",)),
    Fact(
        "penerima_ditemukan", "boolean", meaning="Penerima atau wakil keluarganya hadir dan cocok", source="computed",
        value=fact("hasil_serah").eq("diserahkan"),
    ),
    Fact("diterima_oleh", "text", meaning="Nama yang menerima bantuan"),
    Fact("hubungan_penerima", "choice", meaning="Hubungannya dengan keluarga", choices=("kepala-keluarga", "pasangan", "anak", "wali")),
    Fact("foto_serah", "files", meaning="Foto penyerahan", evidence=True),
    Fact("titik_serah", "location", meaning="Tempat penyerahan, bila foto tidak merekam titik"),
    Fact("tanda_terima_basah", "files", meaning="Foto tanda terima penerima"),
    Fact("nilai_barang", "rupiah", meaning="Nilai barang yang sudah dibeli dan masuk gudang; kosong untuk bantuan uang"),
    Fact(
        "jumlah_setor", "rupiah", meaning="Uang bantuan yang disetor kembali ke kas daerah", source="computed",
        value=field("jumlah") - pick(empty(fact("nilai_barang")), True, 0, fact("nilai_barang")),
    ),
    Fact("bukti_setor", "text", meaning="Nomor bukti setor kembali"),
    Fact("nomor_bast", "text", meaning="Nomor berita acara serah terima bantuan", source="act"),
    Fact("uraian_penggunaan", "longtext", meaning="Uraian penggunaan dana pada laporan"),
    Fact("bukti_penggunaan", "files", meaning="Nota, kuitansi, atau bukti pemindahbukuan"),
    Fact("hasil_reviu", "choice", meaning="Kesimpulan pemeriksaan sesudah penyaluran", choices=("wajar", "ada-temuan")),
    Fact("catatan_reviu", "longtext", meaning="Catatan pemeriksaan Inspektorat"),
)  # fmt: skip
