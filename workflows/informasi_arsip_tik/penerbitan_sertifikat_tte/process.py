"""Penerbitan, pembaruan dan pencabutan sertifikat elektronik. Sertifikat baru diperiksa, disetujui, ditautkan dan diuji; yang hilang, bocor, atau ditinggalkan pemiliknya diblokir seketika."""

from __future__ import annotations

from engine.nodes import Seq, Task, When, end, go
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title

from .form import CABUT as PENCABUTAN
from .form import FORM, LAMPIRAN
from .steps import AKHIR, CABUT, CARI_PEMILIK, PERIKSA, TAUTKAN

NOMOR = "000.6.5/{urut}/{unit}/{tahun}"

PROCESS = pinned(
    Process(
        code="penerbitan-sertifikat-tte",
        title=Title("Penerbitan, pembaruan dan pencabutan sertifikat elektronik", "Signing certificate lifecycle"),
        family="informasi-arsip-tik",
        owner="kepala-diskominfo",
        summary="Pegawai memohon sertifikat baru, perubahan, perpanjangan atau pencabutan; atasan merekomendasikan, verifikator memeriksa identitas tatap muka atau video, BSrE menyetujui, sertifikat ditautkan ke jabatan dan diuji, diingatkan 30 hari sebelum berakhir, dan dicabut hari itu juga bila hilang, pindah, pensiun, meninggal atau bocor.",
        starts=Starts("pegawai"),
        sla=Sla(5, "working", source="Usulan kota; satu kabupaten menetapkan 14 hari; pencabutan hari itu juga"),
        archive=Archive(
            "000.6.5",
            active_years=2,
            inactive_years=3,
            then="musnah",
            source="Klasifikasi Permendagri 83/2022 (layanan sertifikat elektronik); retensi usulan awal, dihitung setelah sertifikat berakhir",
        ),
        legal_basis=("UU 11/2008 jo. UU 1/2024", "PP 71/2019", "PermenKominfo 11/2022", "Peraturan BSSN tentang sertifikat elektronik"),
        form=FORM,
        flow=Seq(
            (
                Task(
                    "ajukan",
                    by=("pegawai",),
                    ask="fill",
                    outcomes=(go("kirim"), end("batal", "batal", reason=False)),
                    title="Ajukan permohonan sertifikat elektronik",
                    fills=tuple(one.name for one in FORM),
                ),
                *CARI_PEMILIK,
                When("bila-pencabutan", PENCABUTAN, then=CABUT, otherwise=Seq((*PERIKSA, *TAUTKAN, *AKHIR))),
            ),
        ),
        attachments=LAMPIRAN,
        facts=(
            Fact("pemilik", "text", meaning="Kode pemilik sertifikat", source="act"),
            Fact("nama_pemilik", "text", meaning="Pemilik sertifikat", source="act"),
            Fact("unit_pemilik", "unit", meaning="Perangkat daerah pemilik", source="act"),
            Fact("kode_jabatan", "position", meaning="Jabatan pemilik", source="act"),
            Fact("jabatan_resmi", "text", meaning="Nama jabatan menurut susunan organisasi", source="act"),
            Fact("cara_verifikasi", "choice", meaning="Tatap muka atau video", choices=("tatap-muka", "video")),
            Fact("berhak_memblokir", "boolean", meaning="Pemohon berhak memblokir pemilik seketika", source="act"),
            Fact("diblokir", "boolean", meaning="Kemampuan menandatangani pemilik sudah diblokir di sisi kota", source="act"),
            Fact("dicabut_penyelenggara", "boolean", meaning="Sertifikat sudah dicabut pada penyelenggara", source="act"),
            Fact("uji_berhasil", "boolean", meaning="Sertifikat siap dipakai dan tertaut ke jabatan", source="act"),
            Fact("seri_baru", "text", meaning="Nomor seri sertifikat yang tertaut", source="act"),
            Fact("berlaku_sampai", "date", meaning="Akhir masa berlaku sertifikat (2 tahun)", source="act"),
            Fact(
                "pilihan_akhir",
                "choice",
                meaning="Diperpanjang atau dibiarkan berakhir",
                choices=("perpanjang", "tidak"),
                takes=("tawarkan-perpanjangan",),
            ),
        ),
        documents=(
            Document(
                "surat-rekomendasi",
                "Surat rekomendasi sertifikat elektronik",
                "surat-rekomendasi",
                signer=("kepala-opd", "atasan-langsung"),
                register="surat_keluar",
                number=NOMOR,
                copies_to=("verifikator-diskominfo",),
            ),
            Document(
                "surat-permohonan-kolektif",
                "Surat permohonan kolektif kepada BSrE",
                "surat-dinas",
                signer=("kepala-diskominfo",),
                register="surat_keluar",
                number=NOMOR,
                copies_to=("bsre",),
            ),
            Document(
                "berita-acara-pencabutan",
                "Berita acara pencabutan sertifikat",
                "berita-acara",
                signer=("verifikator-diskominfo",),
                register="berita_acara",
                number=NOMOR,
                copies_to=("kepala-opd",),
            ),
        ),
    ),
)
