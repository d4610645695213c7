"""Cerita yang harus tetap benar: lima dari sumber proses, lalu bank yang diam, rekening tutup, pengembalian dan penolakan.

Angka akhir nomor rekening menentukan jawaban kembaran bank: 00 tutup, 98 dibayar tanpa jawaban, 99 milik orang lain."""

from __future__ import annotations

from typing import Any

from engine.scenario import Do, Later, Scenario

BERKAS = [{"id": "p1", "name": "surat-bank.pdf", "sha256": "0" * 64, "kind": "pdf", "size": 1}]
NPWP = "0012345678901000"
KONTRAK: dict[int, tuple[str, str]] = {
    11: ("CV Contoh Karya", "1000012301"), 12: ("PT Bangun Contoh", "1000045602"), 13: ("CV Sumber Contoh", "1000078900"), 14: ("CV Tenang Contoh", "1000098798"),
}  # fmt: skip
BARANG, HONOR, MODAL = "5.1.02.01.01.0024", "5.1.02.02.01.0013", "5.2.04.01.01.0005"
KASUBBID = "kasubbid-perbendaharaan"


def buka(nomor: int = 11, kode: str = BARANG, **lain: Any) -> Do:
    penerima, rekening = KONTRAK[nomor]
    isian = {
        "jenis_ls": "barang-jasa", "opd": "diskominfo", "sub_kegiatan": "2.16.02.2.01.0012", "kode_rekening": kode,
        "nomor_spd": "900.1.3/7/SPD/BPKD/2026", "uraian": "Pengadaan perangkat jaringan ruang layanan", "uang_muka": False,
        "nomor_kontrak": f"027/{nomor}/KONTRAK/DISKOMINFO/2026", "bast": f"000.3.2/{nomor}/BAST/DISKOMINFO/2026", "penerima": penerima,
        "npwp": NPWP, "rekening": rekening,
    }  # fmt: skip
    return Do("buka-berkas", "kirim", {**isian, **lain})


def buka_daftar(jenis: str, penerima: str, **lain: Any) -> Do:
    isian = {
        "jenis_ls": jenis, "opd": "diskominfo", "sub_kegiatan": "2.16.02.2.01.0012", "kode_rekening": HONOR, "nomor_spd": "900.1.3/7/SPD/BPKD/2026",
        "uraian": f"Pembayaran {jenis} menurut daftar penerima", "penerima": penerima, **({"npwp": NPWP} if jenis == "honor" else {}),
    }  # fmt: skip
    return Do("buka-berkas", "kirim", {**isian, **lain})


def daftar(banyak: int, neto: int, khusus: dict[int, str]) -> list[dict[str, Any]]:
    """Daftar penerima rekaan; `khusus`: nomor baris dan dua angka akhir rekeningnya."""
    return [
        {
            "_id": f"r{n}", "nama": f"Penerima Contoh {n:03d}", "nomor_induk": f"36710145019{n:05d}", "rekening": f"20000{n:05d}{khusus.get(n, '01')}",
            "neto": neto,
        }
        for n in range(1, banyak + 1)
    ]  # fmt: skip


def gagal(*baris: int, neto: int, sebab: str = "rekening tutup", akhir: str = "00") -> list[dict[str, Any]]:
    return [
        {"_id": f"b{n}", "baris": n, "penerima": f"Penerima Contoh {n:03d}", "rekening": f"20000{n:05d}{akhir}", "jumlah": neto, "sebab": sebab}
        for n in baris
    ]  # fmt: skip


def tagih(nomor: str, bruto: int) -> tuple[Do, Do, Do]:
    isian = {"nomor_tagihan": nomor, "jumlah_bruto": bruto}
    return Do("tagihan", "kirim", isian), Do("periksa-tagihan", "terima"), Do("lengkapi-berkas", "kirim", {"jumlah_bruto": bruto})


def susun(bruto: int, **potongan: int) -> Do:
    if not potongan:
        return Do(
            "susun-spp", "kirim", {"tanpa_potongan": True, "alasan_tanpa_potongan": "Bantuan sosial tidak terutang pajak.", "jumlah_neto": bruto}
        )
    baris = [
        {"_id": f"t{n}", "jenis": jenis.replace("pph_", "pph-"), "jumlah": jumlah, "kode_billing": f"8210426110000{n:02d}"}
        for n, (jenis, jumlah) in enumerate(potongan.items(), 1)
    ]
    return Do("susun-spp", "kirim", {"tanpa_potongan": False, "potongan": baris, "jumlah_neto": bruto - sum(potongan.values())})


SPP, VERIFIKASI, SPM = Do("tanda-tangan-spp", "tandatangani"), Do("verifikasi-spp", "verifikasi"), Do("tanda-tangan-spm", "tandatangani")
UJI, PARAF = Do("uji-spm", "verifikasi"), Do("paraf-perbendaharaan", "paraf")
SP2D, KIRIM = Do("tanda-tangan-sp2d", "tandatangani"), Do("kirim-daftar-penguji", "kirim")
TERBIT = (SPP, VERIFIKASI, SPM, UJI, PARAF)
DIBAYAR = (*TERBIT, SP2D, KIRIM)
BUD = (*TERBIT, Do("paraf-kuasa-bud", "paraf"), Do("tanda-tangan-sp2d-bud", "tandatangani"), KIRIM)
PAJAK_BARANG = {"ppn": 18_481_982, "pph22": 2_520_270}
"""Dari Rp186.500.000: PPN 11/111 dan PPh pasal 22 1,5% dari dasar pengenaan pajak, dibulatkan ke bawah."""


def bersih(
    barang: bool, *, bank: dict[str, Any] | None = None, halangan: dict[str, Any] | None = None, **lain: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Yang dijawab mesin bila tidak ada halangan dan bank membayar, kecuali yang disebut lain."""
    kontrak: dict[str, dict[str, Any]] = {
        "cek-kontrak": {"kontrak_sesuai": True}, "baca-sisa-kontrak": {"sisa_kontrak": 1}, "tahan-kontrak": {"kontrak_cukup": True}, "cek-bast": {"bast_ada": True},
        "tandai-tagihan": {"tagihan_baru": True, "tagihan_lain": ""},
    }  # fmt: skip
    return {
        "cek-spd": {"spd_terbit": True}, "baca-sisa-spd": {"sisa_spd": 1}, "tahan-spd": {"spd_cukup": True}, "bila-wewenang-kuasa-bud": {"batas_kuasa_bud": 200_000_000}, **(kontrak if barang else {}),
        "cek-nama-rekening": {"nama_cocok": True}, "catat-nomor-spp": {"nomor_spp": "1"}, "catat-nomor-spm": {"nomor_spm": "1"}, "cek-pagu-dan-rekening": {"ada_halangan": bool(halangan), "uraian_pemeriksaan": "Baik.", "tahun_anggaran": 2026},
        "perintah-transfer": {"perintah_diterima": True, "hasil_bank": "dibayar"} if bank is None else bank, **(halangan or {}), **lain,
    }  # fmt: skip


def cerita(name: str, story: str, ends: str, *acts: Any, barang: bool = True, **mesin: Any) -> Scenario:
    return Scenario(name, story, ends, acts, starter="ketua-tim-diskominfo", gives=bersih(barang, **mesin))


# fmt: off
SUMBER = (
    cerita(
        "barang-di-bawah-batas",
        "Tagihan Rp186.500.000 dengan BAST lengkap; SPM dan SP2D terbit, Kuasa BUD menandatangani, uang masuk rekening penyedia.",
        "selesai",
        buka(), *tagih("INV/CK/101/2026", 186_500_000), susun(186_500_000, **PAJAK_BARANG), *DIBAYAR,
    ),
    cerita(
        "konstruksi-ditandatangani-bud",
        "Termin kontrak Rp1.950.000.000 melebihi Rp200.000.000; Kuasa BUD memaraf dan BUD menandatangani, aset dicatat pengurus barang.",
        "selesai",
        buka(12, MODAL, uraian="Termin pertama pembangunan gedung pusat data"), *tagih("INV/BC/7/2026", 1_950_000_000),
        susun(1_950_000_000, ppn=193_243_243, pph_final=46_486_486), *BUD, Do("catat-aset", "catat"),
    ),
    cerita(
        "bast-tidak-cocok",
        "Volume BAST lebih kecil dari tagihan; pengguna anggaran menolak SPM dengan surat, PPTK tidak melengkapi dan berkas berakhir.",
        "ditolak",
        buka(), *tagih("INV/CK/102/2026", 96_000_000), susun(96_000_000, ppn=9_513_513), SPP, VERIFIKASI,
        Do("tanda-tangan-spm", "tolak", refused="alasan-kosong"), Do("tanda-tangan-spm", "tolak", reason="Volume pada BAST lebih kecil dari tagihan."),
        Do("susun-penolakan-spm", "ajukan", {"alasan_tolak": "Volume pada BAST 8 unit, ditagih 10 unit. Perbaiki tagihan menjadi 8 unit atau lampirkan BAST 2 unit lainnya."}),
        Do("surat-penolakan-spm", "tandatangani"), Later(days=14),
    ),
    cerita(
        "honor-sebagian-gagal",
        "Honor 120 orang, 3 rekening tutup; 117 baris tidak dikirim lagi, dua baris diralat dan satu disetor kembali.",
        "selesai",
        buka_daftar("honor", "Narasumber literasi digital, 120 orang"),
        Do("lengkapi-berkas", "kirim", {"jumlah_bruto": 120_000_000, "daftar_penerima": daftar(120, 950_000, {17: "00", 58: "00", 103: "00"})}),
        susun(120_000_000, pph21=6_000_000), *DIBAYAR,
        Do("ralat-baris@b17", "bayar-ulang", {"rekening_ralat": "200000001711", "surat_bank": BERKAS}),
        Do("ralat-baris@b58", "bayar-ulang", {"rekening_ralat": "200000005811", "surat_bank": BERKAS}),
        Do("ralat-baris@b103", "setor-kembali"),
        barang=False, bank={"perintah_diterima": True, "hasil_bank": "sebagian", "baris_gagal": gagal(17, 58, 103, neto=950_000)},
        **{"transfer-baris": {"baris_diterima": True, "hasil_baris": "dibayar"}, "tutup-baris": {"baris_ditutup": True}, "catat-setor": {"jumlah_setor": 950_000}},
    ),
    cerita(
        "tagihan-ganda",
        "Nomor tagihan yang sama sudah dibayar Maret; berkas tertahan, bendahara menghentikan.",
        "batal",
        buka(), *tagih("INV/CK/03/2026", 45_000_000), susun(45_000_000, ppn=4_459_459),
        Do("tanggapi-halangan", "hentikan", reason="Tagihan sudah dibayar pada Maret."),
        halangan={"tandai-tagihan": {"tagihan_baru": False, "tagihan_lain": "dibayar"}},
    ),
)

BANK = (
    cerita(
        "bank-diam",
        "Bank tidak menjawab; Kuasa BUD menunggu lagi, lalu perintah yang sama dikirim ulang tanpa membayar dua kali, dan ternyata sudah dibayar.",
        "selesai",
        buka(14), *tagih("INV/TC/1/2026", 50_000_000), susun(50_000_000, ppn=4_954_954), *DIBAYAR, Later(days=5),
        Do("pastikan-ke-bank", "tunggu-lagi", reason="Bank sedang memeriksa."), Later(days=5),
        Do("pastikan-ke-bank", "belum-dibayar", reason="Menurut bank belum tercatat."), KIRIM, Later(days=5), Do("pastikan-ke-bank", "ternyata-dibayar"),
        bank={"perintah_diterima": True},
    ),
    cerita(
        "konfirmasi-menyusul",
        "Bank menerima perintah dan mengonfirmasi kemudian; kasubbid mencatat dibayar. Barang ternyata bukan aset.",
        "selesai",
        buka(14, MODAL), *tagih("INV/TC/2/2026", 60_000_000), susun(60_000_000, ppn=5_945_945), *DIBAYAR, Do("tunggu-bank", "dibayar", by=KASUBBID),
        Do("catat-aset", "bukan-aset", reason="Nilai satuan di bawah batas kapitalisasi."),
        bank={"perintah_diterima": True},
    ),
    cerita(
        "rekening-tutup",
        "Rekening penyedia tutup; rekening ralat juga tutup, dan SP2D dibatalkan.",
        "batal",
        buka(13), *tagih("INV/SC/1/2026", 40_000_000), susun(40_000_000, ppn=3_963_963), *DIBAYAR,
        Do("ralat-rekening", "kirim-ulang", {"rekening_ralat": "1000078800", "surat_bank": BERKAS}, reason="Rekening diganti penyedia."), KIRIM,
        Do("ralat-rekening", "batalkan-sp2d", reason="Penyedia belum mempunyai rekening yang aktif."),
        bank={"perintah_diterima": True, "hasil_bank": "gagal"},
    ),
    cerita(
        "baris-gagal-lagi",
        "Rekening ralat sebuah baris juga tutup; bank menolak lagi, lalu baris itu disetor kembali.",
        "selesai",
        buka_daftar("bansos", "Penerima bantuan sosial tahap pertama"),
        Do("lengkapi-berkas", "kirim", {"jumlah_bruto": 15_000_000, "daftar_penerima": daftar(5, 3_000_000, {2: "00"})}), susun(15_000_000), *DIBAYAR,
        Do("ralat-baris@b2", "bayar-ulang", {"rekening_ralat": "200000000200", "surat_bank": BERKAS}),
        Do("tunggu-bank-baris@b2", "gagal", reason="Rekening tutup.", by=KASUBBID), Do("ralat-baris@b2", "setor-kembali"),
        barang=False, bank={"perintah_diterima": True, "hasil_bank": "sebagian", "baris_gagal": gagal(2, neto=3_000_000)},
        **{"transfer-baris": {"baris_diterima": True, "hasil_baris": "gagal"}, "tutup-baris": {"baris_ditutup": True}, "catat-setor": {"jumlah_setor": 3_000_000}},
    ),
    cerita(
        "baris-disetor-kembali",
        "Satu dari lima rekening penerima bantuan tutup; baris itu ditutup bank dan disetor kembali.",
        "selesai",
        buka_daftar("bansos", "Penerima bantuan sosial tahap kedua"),
        Do("lengkapi-berkas", "kirim", {"jumlah_bruto": 15_000_000, "daftar_penerima": daftar(5, 3_000_000, {4: "00"})}), susun(15_000_000), *DIBAYAR,
        Do("ralat-baris@b4", "setor-kembali"),
        barang=False, bank={"perintah_diterima": True, "hasil_bank": "sebagian", "baris_gagal": gagal(4, neto=3_000_000)},
        **{"tutup-baris": {"baris_ditutup": True}, "catat-setor": {"jumlah_setor": 3_000_000}},
    ),
    cerita(
        "sebagian-menurut-rekening-koran",
        "Bank baru mengonfirmasi kemudian: satu baris TPP ditolak; dibayar ulang, bank diam, lalu terkonfirmasi dibayar.",
        "selesai",
        buka_daftar("tpp", "TPP bidang aplikasi November"),
        Do("lengkapi-berkas", "kirim", {"jumlah_bruto": 20_000_000, "daftar_penerima": daftar(4, 4_750_000, {3: "98", 4: "00"})}),
        susun(20_000_000, pph21=1_000_000), *DIBAYAR,
        Do("tunggu-bank", "sebagian", {"baris_gagal": gagal(4, neto=4_750_000)}, by=KASUBBID),
        Do("ralat-baris@b4", "bayar-ulang", {"rekening_ralat": "200000000498", "surat_bank": BERKAS}), Later(days=5),
        Do("ralat-baris@b4", "bayar-ulang", {"rekening_ralat": "200000000498", "surat_bank": BERKAS}), Do("tunggu-bank-baris@b4", "dibayar", by=KASUBBID),
        barang=False, bank={"perintah_diterima": True}, **{"transfer-baris": {"baris_diterima": True}},
    ),
)

KEMBALI = (
    cerita(
        "dikembalikan-lalu-ditolak",
        "Tagihan, SPP, verifikasi, uji dan paraf dikembalikan berturut-turut; Kuasa BUD menolak SP2D, menilai ulang, menolak lagi, dan berkas dihentikan.",
        "ditolak",
        buka(), Do("tagihan", "kirim", {"nomor_tagihan": "INV/CK/104/2026", "jumlah_bruto": 70_000_000}),
        Do("periksa-tagihan", "kembalikan", reason="Jumlah tagihan berbeda dengan kontrak."), *tagih("INV/CK/104/2026", 72_000_000),
        Do("susun-spp", "kembalikan", reason="Faktur belum dilampirkan."), Do("lengkapi-berkas", "kirim", {"jumlah_bruto": 72_000_000}),
        susun(72_000_000, ppn=7_135_135), Do("tanda-tangan-spp", "perbaiki", reason="Potongan PPh pasal 22 terlewat."),
        susun(72_000_000, ppn=7_135_135, pph22=972_972), SPP, Do("verifikasi-spp", "kembalikan", reason="Kuitansi belum bermeterai."),
        Do("lengkapi-berkas", "kirim", {"jumlah_bruto": 72_000_000}), susun(72_000_000, ppn=7_135_135, pph22=972_972), SPP, VERIFIKASI, SPM,
        Do("uji-spm", "kembalikan", reason="Kode billing keliru."), VERIFIKASI, SPM, UJI, Do("paraf-perbendaharaan", "kembalikan", reason="Periksa rekening."),
        UJI, PARAF, Do("tanda-tangan-sp2d", "kembalikan", reason="Periksa kembali potongan."), UJI, PARAF,
        Do("tanda-tangan-sp2d", "tolak", reason="Kode rekening belanja tidak sesuai DPA."),
        Do("susun-penolakan-sp2d", "ajukan", {"alasan_tolak": "Kode rekening belanja tidak sesuai DPA. Perbaiki pembebanan pada SPM dan ajukan kembali."}),
        Do("surat-penolakan-sp2d", "nilai-ulang", reason="DPA pergeseran sudah disahkan."), UJI, PARAF,
        Do("tanda-tangan-sp2d", "tolak", reason="Pergeseran belum mencakup kode ini."),
        Do("susun-penolakan-sp2d", "ajukan", {"alasan_tolak": "Kode rekening belanja belum ada pada DPA pergeseran. Perbaiki pembebanan pada SPM."}),
        Do("surat-penolakan-sp2d", "tandatangani"), Do("tanggapi-penolakan-sp2d", "perbaiki", reason="SPM diperbaiki."), VERIFIKASI, SPM, UJI, PARAF,
        Do("tanda-tangan-sp2d", "tolak", reason="Pembebanan tetap keliru."),
        Do("susun-penolakan-sp2d", "ajukan", {"alasan_tolak": "Pembebanan tetap keliru. Selesaikan pergeseran anggaran lebih dahulu."}),
        Do("surat-penolakan-sp2d", "tandatangani"), Do("tanggapi-penolakan-sp2d", "hentikan", reason="Menunggu pergeseran anggaran."),
    ),
    cerita(
        "spm-ditolak-lalu-diperbaiki",
        "Pengguna anggaran menolak SPM, menarik penolakannya, menolak lagi; PPTK memperbaiki dan pembayaran selesai.",
        "selesai",
        buka(), *tagih("INV/CK/105/2026", 30_000_000), susun(30_000_000, ppn=2_972_972), SPP, VERIFIKASI,
        Do("tanda-tangan-spm", "tolak", reason="Foto fisik belum ada."),
        Do("susun-penolakan-spm", "ajukan", {"alasan_tolak": "Foto fisik pekerjaan belum ada. Lampirkan foto tiap titik."}),
        Do("surat-penolakan-spm", "tarik-penolakan", reason="Foto ada pada BAST."), Do("tanda-tangan-spm", "tolak", reason="Foto tidak terbaca."),
        Do("susun-penolakan-spm", "ajukan", {"alasan_tolak": "Foto fisik tidak terbaca. Lampirkan foto yang jelas tiap titik."}),
        Do("surat-penolakan-spm", "tandatangani"), Do("tanggapi-penolakan-spm", "perbaiki", reason="Foto dilengkapi."),
        Do("lengkapi-berkas", "kirim", {"jumlah_bruto": 30_000_000}), susun(30_000_000, ppn=2_972_972), *DIBAYAR,
    ),
    cerita(
        "bud-menolak",
        "Kuasa BUD dan BUD mengembalikan, BUD menolak; surat penolakan ditandatangani Kuasa BUD dan berkas dihentikan PPK-SKPD.",
        "ditolak",
        buka(12, MODAL), *tagih("INV/BC/8/2026", 900_000_000), susun(900_000_000, ppn=89_189_189), *TERBIT,
        Do("paraf-kuasa-bud", "kembalikan", reason="Register SPM belum lengkap."), UJI, PARAF, Do("paraf-kuasa-bud", "paraf"),
        Do("tanda-tangan-sp2d-bud", "kembalikan", reason="Periksa jaminan."), UJI, PARAF, Do("paraf-kuasa-bud", "paraf"),
        Do("tanda-tangan-sp2d-bud", "tolak", reason="Kas belum tersedia untuk termin ini."),
        Do("susun-penolakan-sp2d", "ajukan", {"alasan_tolak": "Termin ini belum ada pada anggaran kas triwulan. Ajukan kembali sesudah anggaran kas disesuaikan."}),
        Do("surat-penolakan-sp2d", "tandatangani"), Do("tanggapi-penolakan-sp2d", "hentikan", reason="Diajukan triwulan berikutnya."),
    ),
    cerita(
        "nama-rekening-berbeda",
        "Bank menyatakan nama pemilik rekening hibah berbeda; bendahara mengembalikan, tetap berbeda, dan berkas gugur karena tidak ditanggapi.",
        "gugur",
        buka_daftar("hibah", "Yayasan Contoh Mandiri", kode_rekening=BARANG, npwp=NPWP, rekening="3000011199"),
        Do("lengkapi-berkas", "kirim", {"jumlah_bruto": 25_000_000}), susun(25_000_000),
        Do("tanggapi-halangan", "perbaiki", reason="Perbaiki nomor rekening penerima hibah."),
        Do("lengkapi-berkas", "kirim", {"jumlah_bruto": 25_000_000, "rekening": "3000022299"}), susun(25_000_000), Later(days=14),
        barang=False, halangan={"cek-nama-rekening": {"nama_cocok": False}},
    ),
    cerita("pptk-batal", "PPTK batal membuka berkas.", "batal", Do("buka-berkas", "batal")),
    cerita(
        "penyedia-batal", "Penyedia menarik tagihannya.", "batal",
        buka(uang_muka=True, bast=""), Do("tagihan", "batal", reason="Penagihan digabung dengan termin berikutnya."),
    ),
)
# fmt: on

SCENARIOS = SUMBER + BANK + KEMBALI
