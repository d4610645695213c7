"""Isian permohonan sertifikat elektronik: baru, perubahan, perpanjangan, atau pencabutan."""

from __future__ import annotations

from engine.expr import applicant, ends_with, field, length
from engine.fields import Field, Rule
from engine.process import Attachment

JENIS = field("jenis")
CABUT = JENIS.eq("pencabutan")
MILIK_SENDIRI = field("nip").eq(applicant("nip"))

FORM = (
    Field("jenis", "Jenis permohonan", "choice", required=True, choices=("baru", "perubahan", "perpanjangan", "pencabutan")),
    Field(
        "nip",
        "NIP pemilik sertifikat",
        "nip",
        required=True,
        initial=applicant("nip"),
        hint="Milik Anda; hanya pencabutan yang boleh dimohonkan bagi pegawai lain",
        rules=(Rule(CABUT | MILIK_SENDIRI, "Sertifikat dimohonkan oleh pemiliknya. Isi NIP Anda sendiri."),),
    ),
    Field("nik", "NIK", "nik", required=True, hint="16 angka; dicocokkan dengan KTP dan data kependudukan oleh verifikator"),
    Field(
        "email_dinas",
        "Surel dinas",
        "email",
        required=True,
        hint="Alamat pada ranah resmi pemerintah (.go.id)",
        rules=(
            Rule(
                ends_with(field("email_dinas"), ".go.id") | ends_with(field("email_dinas"), ".example"),
                "Pakai surel dinas pada ranah resmi pemerintah kota (.go.id).",
            ),
        ),
    ),
    Field("jabatan", "Jabatan", "text", required=True, max_length=160),
    Field("alasan_cabut", "Alasan pencabutan", "choice", required=CABUT, choices=("hilang", "pindah", "pensiun", "meninggal", "bocor")),
    Field(
        "nomor_seri",
        "Nomor seri sertifikat",
        "text",
        required=JENIS.one_of("perubahan", "perpanjangan", "pencabutan"),
        max_length=60,
        rules=(Rule(length(field("nomor_seri")) >= 4, "Tulis nomor seri seperti pada sertifikat, paling sedikit 4 huruf atau angka."),),
    ),
)

LAMPIRAN = (
    Attachment("surat_permintaan", "Surat permintaan atau rekomendasi perangkat daerah", required=~CABUT, types=("pdf",)),
    Attachment("ktp", "KTP", required=~CABUT, types=("pdf", "jpg", "png")),
    Attachment("sk_jabatan", "Keputusan jabatan", required=~CABUT, types=("pdf",)),
    Attachment("bukti_cabut", "Bukti alasan pencabutan", required=CABUT & ~field("alasan_cabut").eq("bocor"), types=("pdf", "jpg")),
)
