"""Usulan Musrenbang dan penelaahan berjenjang. Satu berkas per forum (kelurahan, kecamatan, kota); usulan RW naik dengan nomor yang sama, dan status akhirnya kembali kepada setiap pengusul."""

from __future__ import annotations

from engine.expr import applicant, field, today, year
from engine.nodes import Argument, Seq, Task, When, Within, end, go
from engine.pin import pinned
from engine.process import Archive, Document, Process, Sla, Starts, Title
from engine.shapes import call
from engine.timetable import Timetable

from .form import BUKA, FAKTA, FORM, KECAMATAN, KELURAHAN, KOTA, LAMPIRAN
from .kecamatan import DI_KECAMATAN
from .kelurahan import DI_KELURAHAN
from .kota import DI_KOTA

NOMOR = "000.7.1/{urut}/{unit}/{tahun}"

PEMBUKAAN = (
    call(
        "baca-daftar-rw", "look_up", ("daftar_rw",), "RW dan ketuanya menurut daftar kota; kosong di kecamatan dan kota", "empty",
        what="baris", kind="ketua-rw", key=applicant("unit"), id="kode", row_rw="rw", row_ketua="ketua", row_telepon="telepon", row_alamat="surel",
    ),
    Task(
        "buka-forum", ("pimpinan-unit",), "register", (go("kirim"), end("batal", "batal", reason=False)), "Buka forum Musrenbang dan tetapkan jadwalnya", BUKA,
        within=Within(2),
    ),
    call(
        "baca-wilayah", "look_up", ("kode_wilayah", "kecamatan"), "Kode wilayah unit pembuka dan unit di atasnya",
        what="unit", unit=field("wilayah"), take="wilayah,induk",
    ),
)  # fmt: skip

NASKAH = (
    Document(
        "ba-musrenbang-kelurahan", "Berita Acara Musrenbang Kelurahan", "berita-acara", ("lurah",), "berita_acara", NOMOR, ("camat", "ketua-rw"),
    ),
    Document("ba-musrenbang-kecamatan", "Berita Acara Musrenbang Kecamatan", "berita-acara", ("camat",), "berita_acara", NOMOR, ("bappeda", "lurah")),
    Document(
        "ba-musrenbang-kota", "Berita Acara Musrenbang Kota", "berita-acara", ("kepala-bappeda",), "berita_acara", NOMOR, ("wali-kota", "tapd", "camat"),
    ),
    Document(
        "daftar-status-usulan", "Daftar Usulan Diterima dan Ditolak", "daftar", ("segel",), "none", "{klasifikasi}", ("camat", "lurah"),
    ),
)  # fmt: skip

PROCESS = pinned(
    Process(
        code="usulan-musrenbang",
        title=Title("Usulan Musrenbang dan penelaahan berjenjang", "Bottom-up planning proposals"),
        family="perencanaan-keuangan",
        owner="kepala-bappeda",
        summary="Usulan warga dari RW ditelaah berjenjang di kelurahan, kecamatan dan kota sampai masuk RKPD; satu berkas per forum (kelurahan, kecamatan, kota), berkas yang lebih rendah menunggu hasil berkas di atasnya dan setiap pengusul menerima status akhir beserta alasannya.",
        starts=Starts(
            "sistem",
            schedule="2 Januari setiap tahun: satu berkas per kelurahan (lurah), satu per kecamatan (camat), satu tingkat kota (bappeda)",
            opens=Timetable(day=2, months=(1,), each="organisation", kinds=("kelurahan", "kecamatan", "pemilik")),
            values=(Argument("wilayah", field("unit")), Argument("tahun_rencana", year(today()) + 1)),
            also=("lurah", "camat", "bappeda"),
        ),
        sla=Sla(
            45,
            "working",
            source="Jumlah hari kerja aktif di semua tingkat (usulan biro); kalender: kelurahan Januari, kecamatan Februari, forum OPD akhir Februari sampai Maret, kota Maret",
        ),
        archive=Archive(
            "000.7.1",
            active_years=2,
            inactive_years=3,
            then="dinilai-kembali",
            source="Kode 000.7.1 Musrenbang; masa simpan tidak ditemukan, usulan biro",
        ),
        legal_basis=("UU 25/2004", "PP 8/2008", "Permendagri 86/2017", "Permendagri 70/2019"),
        form=FORM,
        flow=Seq((
            *PEMBUKAAN,
            When("bila-tingkat-kelurahan", KELURAHAN, then=Seq(DI_KELURAHAN)),
            When("bila-tingkat-kecamatan", KECAMATAN, then=Seq(DI_KECAMATAN)),
            When("bila-tingkat-kota", KOTA, then=Seq(DI_KOTA)),
        )),
        attachments=LAMPIRAN,
        facts=FAKTA,
        documents=NASKAH,
        unique=("wilayah", "tahun_rencana"),
    )
)  # fmt: skip
