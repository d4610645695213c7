"""Surat edaran atau instruksi. Disusun, ditelaah agar bukan peraturan terselubung, ditandatangani, disebar ke semua unit sasaran, dan penerimaannya dipantau."""

from __future__ import annotations

from engine.expr import field, pick
from engine.nodes import SUPERIOR, Each, Issue, Seq, Sign, Task, When, Within, back, deemed, end, escalate, go, remind
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title
from engine.shapes import call, initial

from .form import FORM, INSTRUKSI, KONSEP, LAMPIRAN

KE_KONSEP = "susun-konsep"


def tanda_tangan(name: str, siapa: str, document: str, naik: str) -> Sign:
    keluar = (go("tandatangani", performs=True), back("kembalikan", KE_KONSEP), end("tolak", "ditolak"))
    return Sign(name, (siapa,), (document,), keluar, within=Within(1), on_late=(remind(1), escalate(naik, 2)))


PENYUSUNAN = (
    Task(
        KE_KONSEP,
        ("opd-pemrakarsa",),
        "draft",
        (go("kirim"), end("batal", "batal", reason=False)),
        "Susun konsep edaran atau instruksi dengan alasan dan dasarnya",
        KONSEP,
        Within(1),
    ),
    Task(
        "setujui-kepala-opd",
        ("kepala-opd",),
        "approve",
        (go("setujui"), back("kembalikan", KE_KONSEP)),
        "Setujui konsep dan kebutuhannya",
        within=Within(1),
        on_late=(remind(1), escalate(SUPERIOR, 2)),
    ),
    Task(
        "telaah-hukum",
        ("kepala-bagian-hukum",),
        "check",
        (go("setujui", needs=("catatan_hukum",)), back("kembalikan", KE_KONSEP), end("tolak", "ditolak")),
        "Telaah agar naskah tidak memuat norma yang seharusnya diatur dalam peraturan",
        ("catatan_hukum",),
        Within(2),
        (remind(2), escalate("asisten-sekda", 3)),
    ),
    initial("paraf-asisten", "asisten-sekda", "Paraf asisten", to=KE_KONSEP, up="sekda"),
)

PENETAPAN = When(
    "bila-ditandatangani-wali-kota",
    INSTRUKSI | field("penandatangan").eq("wali-kota"),
    then=Seq(
        (
            initial(
                "paraf-sekda",
                "sekda",
                "Paraf sekretaris daerah untuk naskah yang ditandatangani wali kota",
                to=KE_KONSEP,
                more=(end("tolak", "ditolak"),),
            ),
            When(
                "bila-instruksi",
                INSTRUKSI,
                then=Seq((tanda_tangan("tanda-tangan-instruksi", "wali-kota", "instruksi-wali-kota", "sekda"),)),
                otherwise=Seq((tanda_tangan("tanda-tangan-edaran-wali-kota", "wali-kota", "naskah-edaran", "sekda"),)),
            ),
        )
    ),
    otherwise=Seq((tanda_tangan("tanda-tangan-edaran-sekda", "sekda", "naskah-edaran", SUPERIOR),)),
)

PENYEBARAN = (
    call(
        "sebarkan", "deliver", ("daftar_penerima",),
        "Menguraikan kelompok sasaran menjadi unit menurut data organisasi dan mengirim satu salinan kepada tiap unit; yang gagal tidak menahan unit lain", "retry",
        recipients=field("sasaran"), letter=pick(field("jenis"), "instruksi", "instruksi-wali-kota", "naskah-edaran"), give="units",
    ),
    Each(
        "tiap-penerima",
        "daftar_penerima",
        Seq(
            (
                Task(
                    "terima-edaran",
                    ("kepala-unit-penerima",),
                    "acknowledge",
                    (go("terima"), go("tidak-menjawab", silent=True)),
                    "Nyatakan menerima dan teruskan di dalam unit",
                    ("tindak_lanjut_unit",),
                    Within(2),
                    # Hari ke-2, ke-5 dan ke-10 sejak dikirim, seperti cerita sumbernya.
                    (remind(0), escalate("sekda", 3), deemed("tidak-menjawab", 8)),
                ),
            )
        ),
    ),
    Issue("terbitkan-laporan", ("laporan-penerimaan",)),
    Task(
        "berkaskan",
        ("arsiparis",),
        "archive",
        (end("berkaskan", "selesai"),),
        "Berkaskan naskah, nota dinas pengantar dan laporan penerimaan",
        within=Within(1),
    ),
)  # fmt: skip

PROCESS = pinned(
    Process(
        code="surat-edaran",
        title=Title("Penerbitan surat edaran atau instruksi", "Circular or instruction with acknowledged distribution"),
        family="ketatausahaan",
        owner="kepala-bagian-hukum",
        summary="Surat edaran atau instruksi wali kota disusun, ditelaah bagian hukum agar bukan peraturan terselubung, ditandatangani sekda atau wali kota, disebar ke semua unit sasaran dan dipantau penerimaannya.",
        starts=Starts("opd-pemrakarsa", cases=("telaahan-staf",)),
        sla=Sla(5, "working", source="Target layanan kota sampai tanda tangan; penerimaan tiap unit 2 hari kerja setelah dikirim"),
        archive=Archive(
            "100.3.4",
            active_years=2,
            inactive_years=3,
            then="permanen",
            source="Kode 100.3.4.3 terlihat pada edaran sekda yang nyata; retensinya usulan, JRA kota harus mengganti",
        ),
        legal_basis=("Permendagri 1/2023", "UU 30/2014"),
        form=FORM,
        flow=Seq((*PENYUSUNAN, PENETAPAN, *PENYEBARAN)),
        attachments=LAMPIRAN,
        facts=(
            Fact("catatan_hukum", "longtext", meaning="Hasil telaah: tidak mengatur, tidak bertentangan, wewenang ada"),
            Fact("daftar_penerima", "units", meaning="Semua unit hasil uraian sasaran, satu kali masing-masing", source="act"),
            Fact("tindak_lanjut_unit", "longtext", meaning="Cara unit meneruskan ke dalam unitnya"),
        ),
        documents=(
            Document(
                "naskah-edaran",
                "Surat edaran",
                "surat-edaran",
                signer=("sekda", "wali-kota"),
                register="surat_edaran",
                number="100.3.4.3/{urut}/{bulan_romawi}/{tahun}",
                copies_to=("kepala-bagian-hukum", "opd-pemrakarsa"),
            ),
            Document(
                "instruksi-wali-kota",
                "Instruksi wali kota",
                "instruksi",
                signer=("wali-kota",),
                register="instruksi",
                number="{urut} TAHUN {tahun}",
                copies_to=("sekda", "kepala-bagian-hukum", "inspektorat"),
            ),
            Document(
                "laporan-penerimaan",
                "Laporan penerimaan edaran",
                "laporan-agenda",
                signer=("segel",),
                register="none",
                number="mengikuti nomor edaran atau instruksi",
                copies_to=("sekda", "opd-pemrakarsa"),
            ),
        ),
    ),
)
