"""Keputusan Wali Kota. Perangkat daerah mengusulkan rancangan, Bagian Hukum mengoreksi, pejabat memaraf berjenjang, lalu Wali Kota atau Sekda menetapkan."""

from __future__ import annotations

from engine.nodes import Seq
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title

from .form import FORM, LAMPIRAN
from .steps import PENETAPAN, PENGEDARAN, TELAAH, USUL


def turunan(code: str, title: str, kind: str, *copies: str) -> Document:
    """Yang disahkan Kepala Bagian Hukum dari keputusan yang sudah ditetapkan; nomornya sama."""
    return Document(code, title, kind, ("kepala-bagian-hukum",), "none", "sama dengan keputusan", copies)


PROCESS = pinned(
    Process(
        code="keputusan-wali-kota",
        title=Title("Pembentukan keputusan wali kota", "Mayoral decree"),
        family="hukum-kerja-sama",
        owner="kepala-bagian-hukum",
        summary="Perangkat daerah mengusulkan rancangan keputusan (penetapan), Bagian Hukum mengoreksi, pejabat membubuhkan paraf koordinasi berjenjang, lalu Wali Kota (atau Sekda bila didelegasikan) menandatangani dan salinannya diedarkan.",
        starts=Starts("opd-pemrakarsa"),
        sla=Sla(
            7,
            "working",
            source="Standar layanan kota (usulan); dihitung sejak berkas dinyatakan lengkap sampai ditandatangani, di luar waktu pemrakarsa memberi penjelasan",
        ),
        archive=Archive(
            "100.3.3.3",
            active_years=2,
            inactive_years=3,
            then="permanen",
            source="Klasifikasi Permendagri 83/2022 (keputusan wali kota); retensi usulan awal sampai JRA kota dimuat",
        ),
        legal_basis=("UU 12/2011 jo. UU 13/2022", "Permendagri 80/2015 jo. Permendagri 120/2018", "Permendagri 1/2023"),
        form=FORM,
        flow=Seq((*USUL, *TELAAH, *PENETAPAN, *PENGEDARAN)),
        attachments=LAMPIRAN,
        facts=(
            Fact("delegasi_ada", "boolean", meaning="Jenis keputusan ini didelegasikan tertulis kepada Sekda dan masih berlaku", source="act"),
            Fact("perancang_hukum", "employee", meaning="Perancang yang ditunjuk mengoreksi"),
            Fact("catatan_koreksi", "longtext", meaning="Catatan atas bentuk, teknik dan dasar hukum"),
            Fact("penjelasan_pemrakarsa", "longtext", meaning="Jawaban pemrakarsa atas pertanyaan Bagian Hukum"),
            Fact("tanggal_jdih", "date", meaning="Tanggal dimuat di JDIH; kosong bila tidak terbuka"),
        ),
        documents=(
            Document(
                "keputusan-wali-kota",
                "Keputusan Wali Kota",
                "keputusan-wali-kota",
                signer=("wali-kota",),
                register="keputusan_wk",
                number="100.3.3.3/{urut}/{tahun}",
                copies_to=("opd-pemrakarsa", "opd-terkait", "inspektur"),
            ),
            Document(
                "keputusan-sekda",
                "Keputusan Sekretaris Daerah",
                "surat-keputusan",
                signer=("sekda",),
                register="keputusan_sekda",
                number="100.3.3.6/{urut}/{tahun}",
                copies_to=("opd-pemrakarsa", "opd-terkait"),
            ),
            turunan("salinan-keputusan", "Salinan Keputusan", "salinan", "opd-pemrakarsa"),
            turunan("petikan-keputusan", "Petikan Keputusan", "petikan"),
        ),
    ),
)
