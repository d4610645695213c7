"""Yang diketahui perkara di luar isiannya: hasil pemeriksaan, penawaran, harga, pihak, penyerahan."""

from __future__ import annotations

from engine.process import Fact

SIKAP = ("menawar", "menolak", "tidak-ada-jawaban")

FAKTA = (
    Fact("jumlah_sejenis", "rupiah", meaning="HPS paket lain yang sejenis pada unit dan tahun ini", source="act"),
    Fact("paket_sejenis", "text", meaning="Paket lain yang sejenis", source="act"),
    Fact("rup_ada", "boolean", meaning="RUP diumumkan untuk perangkat daerah ini", source="act"),
    Fact("nama_rup", "text", meaning="Nama paket menurut RUP", source="act"),
    Fact("sisa_pagu", "rupiah", meaning="Sisa pagu rekening sebelum paket ini", source="act"),
    Fact("pagu_cukup", "boolean", meaning="Sisa pagu cukup dan HPS ditahan", source="act"),
    Fact("pdn_tersedia", "boolean", meaning="Produk dalam negeri tersedia untuk rekening ini", source="act"),
    Fact("produk_dalam_negeri", "text", meaning="Daftar produk dalam negeri yang cocok", source="act"),
    Fact("hasil_cek", "choice", meaning="Hasil pemeriksaan paket", choices=("lolos", "terblokir"), source="act"),
    Fact("uraian_cek", "text", meaning="Uraian pemeriksaan paket", source="act"),
    Fact("catatan_reviu", "longtext", meaning="Catatan pejabat pengadaan atas spesifikasi, HPS dan rancangan kontrak"),
    Fact("toko_terlarang", "boolean", meaning="Penyedia tercantum pada daftar hitam", source="act"),
    Fact("uraian_toko_terlarang", "id_number", meaning="NPWP yang tercantum pada daftar hitam", source="act"),
    Fact("undangan_terlarang", "boolean", meaning="Penyedia yang diundang tercantum pada daftar hitam", source="act"),
    Fact("uraian_undangan_terlarang", "id_number", meaning="NPWP undangan yang tercantum pada daftar hitam", source="act"),
    Fact("pemenang_terlarang", "boolean", meaning="Penyedia terpilih tercantum pada daftar hitam", source="act"),
    Fact("uraian_pemenang_terlarang", "id_number", meaning="NPWP penyedia terpilih yang tercantum pada daftar hitam", source="act"),
    Fact("sikap_penawaran", "choice", meaning="Jawaban atas undangan", choices=SIKAP, takes=("tunggu-penawaran",)),
    Fact("jumlah_penawaran", "integer", meaning="Banyaknya penawaran yang masuk; 0 tidak boleh lanjut ke evaluasi"),
    Fact("penawaran", "files", meaning="Surat penawaran penyedia"),
    Fact("ba_negosiasi", "files", meaning="Catatan klarifikasi dan negosiasi"),
    Fact("nota_toko", "files", meaning="Nota, struk atau faktur penyedia"),
    Fact("harga_sepakat", "rupiah", meaning="Harga hasil klarifikasi dan negosiasi untuk penyedia terpilih; angka yang masuk SPK"),
    Fact("harga_beli", "rupiah", meaning="Harga pada nota; tidak boleh lebih dari HPS"),
    Fact("nomor_ba", "text", meaning="Nomor berita acara hasil", source="act"),
    Fact("pihak_penyedia", "text", meaning="Penyedia sebagai pihak perkara", source="act"),
    Fact("nomor_kontrak", "text", meaning="Nomor bukti kontrak", source="act"),
    Fact("harga_kontrak", "rupiah", meaning="Harga kontrak", source="act"),
    Fact("keterlambatan_hari", "integer", meaning="Hari terlambat saat keputusan dibuat; bahan denda pada serah terima", source="act"),
    Fact("tanggal_serah", "date", meaning="Tanggal barang atau hasil pekerjaan diserahkan"),
)
