"""Kenaikan gaji berkala PNS. Tiap bulan sistem menyusun daftar pegawai satu perangkat daerah; tiap pegawai diperiksa, lalu disurati atau ditunda, sampai gaji diubah dan berkas disimpan."""

from __future__ import annotations

from engine.expr import field, month, months, today
from engine.nodes import Argument, Each, Issue, Notify, Seq
from engine.pin import pinned
from engine.process import Archive, Document, Process, Sla, Starts, Title
from engine.shapes import call
from engine.timetable import Timetable

from .form import FAKTA, FORM
from .steps import SATU_PEGAWAI

KODE = "800.1.11.13"
NOMOR = f"{KODE}/{{urut}}/{{unit}}/{{tahun}}"
DAFTAR = call(
    "susun-daftar", "look_up", ("daftar_kgb",),
    "Membaca data kepegawaian, catatan gaji berkala, predikat kinerja, dan hukuman disiplin; baris yang datanya tidak lengkap tetap masuk dengan tanda perlu dibetulkan. "
    "Bila sumber tidak terbaca, diulang dan operator diberi tahu",
    "retry",
    what="daftar", unit=field("unit"), kind="gaji-berkala", attribute="berikutnya", month=field("bulan"), mark="perlu_dibetulkan",
    row_nip="nip", row_golongan="golongan", row_jenjang="jenjang", row_surat_lama="gaji-berkala:surat", row_tmt_lama="gaji-berkala:tmt",
    row_tmt_baru="gaji-berkala:berikutnya", row_masa_kerja_lama="gaji-berkala:masa_kerja", row_masa_kerja_tahun="gaji-berkala:masa_kerja_berikutnya", row_masa_kerja_bulan="gaji-berkala:masa_kerja_bulan",
    row_predikat_kinerja="predikat-kinerja:predikat", row_hukuman_aktif="hukuman-disiplin?",
)  # fmt: skip

PROCESS = pinned(
    Process(
        code="kenaikan-gaji-berkala",
        title=Title("Kenaikan gaji berkala (KGB)", "Periodic salary increment"),
        family="kepegawaian",
        owner="kepala-bkpsdm",
        summary="Tiap bulan sistem menyusun daftar pegawai satu perangkat daerah yang KGB-nya jatuh tempo tiga bulan lagi; tiap pegawai diperiksa, dikonfirmasi, dan disurati oleh pejabat menurut jenjang jabatannya, atau ditunda dengan alasan, sampai gaji diubah dan berkas disimpan.",
        starts=Starts(
            "sistem",
            schedule="Hari kerja pertama tiap bulan, satu perkara per perangkat daerah, hanya bila ada pegawai yang KGB berikutnya jatuh tiga bulan lagi",
            opens=Timetable(each="organisation"),
            values=(Argument("bulan", month(months(today(), 3))), Argument("unit", field("unit"))),
            only="susun-daftar",
        ),
        sla=Sla(10, "working", source="Patokan kota; surat harus terbit sekitar tiga bulan sebelum TMT menurut tata cara satu daerah"),
        archive=Archive(
            KODE,
            active_years=1,
            inactive_years=1,
            then="musnah",
            source="Perkiraan setara administrasi pegawai lain; salinan surat masuk berkas perseorangan",
        ),
        legal_basis=("UU 20/2023", "PP 7/1977 jo PP 15/2019 jo PP 5/2024", "PP 30/2019"),
        form=FORM,
        flow=Seq(
            (
                DAFTAR,
                Each("tiap-pegawai", "daftar_kgb", SATU_PEGAWAI),
                Issue("terbitkan-rekap", ("rekap-kgb",)),
                Notify(
                    "beritahu-rekap", ("kepala-opd", "kepala-bkpsdm", "bendahara-gaji"), about="Rekap KGB bulan ini: terbit, ditunda, dan alasannya"
                ),
            )
        ),
        facts=FAKTA,
        documents=(
            Document(
                "surat-kgb",
                "Surat pemberitahuan kenaikan gaji berkala",
                "surat-pemberitahuan",
                signer=("kepala-opd", "kepala-bkpsdm", "sekda", "wali-kota"),
                register="surat_keluar",
                number=NOMOR,
                copies_to=("kepala-bkpsdm", "bendahara-gaji", "pegawai"),
            ),
            Document(
                "surat-penundaan-kgb",
                "Surat pemberitahuan penundaan kenaikan gaji berkala",
                "surat-pemberitahuan",
                signer=("kepala-bkpsdm", "sekda", "wali-kota"),
                register="surat_keluar",
                number=NOMOR,
                copies_to=("kepala-opd", "pegawai"),
            ),
            Document(
                "rekap-kgb",
                "Rekapitulasi KGB perangkat daerah bulan ini",
                "laporan-rekap",
                signer=("segel",),
                register="none",
                number="none",
                copies_to=("kepala-bkpsdm", "kepala-opd", "bendahara-gaji"),
            ),
        ),
    )
)
