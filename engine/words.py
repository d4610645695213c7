"""The closed word lists of the product (domain vocabulary): families, asks, results, field types, deadline kinds, document kinds."""

from __future__ import annotations

from typing import Final, get_args

from engine.fields import FieldType

FAMILIES: Final = {
    "ketatausahaan": "Persuratan dan tata usaha",
    "kepegawaian": "Kepegawaian",
    "perencanaan-keuangan": "Perencanaan dan keuangan",
    "pengadaan": "Pengadaan barang/jasa",
    "barang-milik-daerah": "Barang milik daerah",
    "hukum-kerja-sama": "Hukum dan kerja sama",
    "pengawasan": "Pengawasan",
    "perizinan-rekomendasi": "Perizinan dan rekomendasi",
    "informasi-arsip-tik": "Informasi publik, arsip dan TIK",
    "hibah-bansos": "Hibah dan bantuan sosial",
}

ASKS: Final = (
    "fill", "register", "verify", "check", "initial", "approve", "decide", "inspect", "receive", "acknowledge", "consolidate", "draft",
    "interview", "hear", "assess", "pay", "record", "hand-over", "report", "vote", "attend", "witness", "archive", "correct", "dispatch",
    "plan", "return-goods",
)  # fmt: skip

DRAFTING: Final = frozenset({"fill", "draft", "correct"})
"""Asks by which somebody makes the paper that others later clear (engine.separation)."""

MAKING: Final = frozenset({"fill", "draft", "register", "plan"})
"""Asks by which the rows of a table come to be; other steps that fill some of its columns leave the rows as they stand."""

CLEARING: Final = frozenset({"initial", "approve", "decide"})
"""Asks by which somebody clears what another made; a ``Sign`` clears too (engine.separation)."""

RESULTS: Final = {
    "selesai": "Selesai",
    "dikabulkan": "Dikabulkan",
    "ditolak": "Ditolak",
    "dicabut": "Dicabut",
    "gugur": "Gugur",
    "dialihkan": "Dialihkan",
    "batal": "Batal",
    "tidak-lengkap": "Tidak lengkap",
    "diterbitkan": "Diterbitkan",
    "disetujui-diam": "Disetujui karena diam",
}

NEGATIVE: Final = frozenset({"ditolak", "dicabut", "gugur", "batal", "tidak-lengkap"})
"""Results that must carry a reason when a person brings them about."""

FIELD_TYPES: Final[frozenset[str]] = frozenset(get_args(FieldType))

LISTS: Final = frozenset({"multichoice", "employees", "positions", "units", "files", "table"})
"""Field types whose value is a list."""

PEOPLE: Final = frozenset({"employee", "employees", "position", "positions", "nip"})
"""Field types that name a person or a seat."""

DEADLINE_KINDS: Final = ("working", "calendar", "hours")

DOCUMENT_KINDS: Final = frozenset(
    {
        "surat-dinas", "nota-dinas", "surat-undangan", "surat-tugas", "surat-perintah", "sppd", "surat-keputusan", "keputusan-wali-kota",
        "peraturan-wali-kota", "rancangan-perda", "instruksi", "surat-edaran", "pengumuman", "surat-keterangan", "surat-izin",
        "surat-pengantar", "surat-rekomendasi", "surat-pernyataan", "surat-panggilan", "surat-kuasa", "surat-perjanjian",
        "kesepakatan-bersama", "berita-acara", "laporan", "notula", "daftar-hadir", "daftar", "lembar-disposisi", "telaahan-staf", "memo",
        "tanda-terima", "sertifikat", "surat-teguran", "sp2d", "spm", "spp", "spd-dana", "dpa", "kuitansi", "lhp", "matriks",
        "kartu-kendali", "formulir", "sts", "skrd", "skpd", "surat-pemberitahuan", "surat-penolakan", "label", "bast", "bukti-setor",
        "daftar-arsip", "daftar-nominatif", "formulir-cuti", "formulir-rka", "formulir-hps", "formulir-skp", "formulir-dpcp",
        "formulir-rkb", "formulir-kkp", "formulir-pkp", "anggaran-kas", "laporan-agenda", "laporan-rekap", "laporan-reviu",
        "matriks-pendapat", "matriks-tlhp", "nhp", "nota-usul", "pengundangan", "peraturan-daerah", "perjanjian", "kontrak", "petikan",
        "salinan", "rincian-biaya", "risalah-lelang", "slip", "spb-barang", "spk", "sppb", "sppbj", "sppt", "surat-persetujuan",
        "surat-pesanan",
    }
)  # fmt: skip

ACTS: Final = (
    "compute", "look_up", "hold", "post", "release", "book", "unbook", "number", "mandate", "deliver", "gather", "hand_over", "trace", "locate",
    "ask_system", "introduce", "answer",
)  # fmt: skip
"""The general machine acts (thirteen verbs, some with their counterpart). A ``Call`` names one; "" = still to be settled by a person."""

FINAL_ACTS: Final = frozenset({"post"})
"""Acts that cannot be taken back: no return may cross them unless a reversing act is named."""
