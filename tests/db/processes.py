"""A small letter process that has one of each kind of step, for the tests of the database."""

from __future__ import annotations

from engine.fields import Field
from engine.nodes import Dispose, Issue, Seq, Sign, Task, Wait, Within, back, end, escalate, go, pause, remind
from engine.process import Archive, Document, Process, Sla, Starts, Title
from engine.roles import ROLES

USED = ("konseptor", "ketua-tim-kerja", "kepala-opd", "arsiparis", "pengadministrasi-persuratan")

LETTER = Process(
    code="surat-uji", title=Title("Surat uji", "Test letter"), family="ketatausahaan", owner="kepala-opd", summary="Uji.", starts=Starts("konseptor"),
    sla=Sla(5, "working"), archive=Archive("000.5.3.1", 2, 3, "musnah"), legal_basis=(),
    form=(
        Field("perihal", "Hal", "text", required=True), Field("sifat", "Sifat", "choice", required=True, choices=("biasa", "rahasia")),
        Field("isi", "Isi", "longtext"),
        Field("penerima", "Penerima", "table", columns=(
            Field("pejabat", "Pejabat", "position"), Field("peran", "Peran", "choice", choices=("utama", "pendukung", "tembusan")),
            Field("instruksi", "Instruksi", "multichoice", choices=("tanggapi", "pelajari")), Field("batas_waktu", "Batas waktu", "date"),
        )),
    ),
    documents=(Document("surat", "Surat dinas", "surat-dinas", ("kepala-opd",), "surat_keluar"), Document("lembar", "Lembar", "lembar-disposisi", ("segel",))),
    roles=tuple(ROLES[word] for word in USED),
    flow=Seq((
        Task("konsep", ("konseptor",), "draft", (go("kirim"), end("batal", "batal")), "Susun konsep", ("perihal", "sifat", "isi"), Within(1)),
        Task("paraf", ("ketua-tim-kerja",), "initial", (go("paraf"), back("kembalikan", "konsep"), pause("tanya", "menunggu-data")), "Paraf konsep",
             within=Within(1), on_late=(remind(1), escalate("kepala-opd", 2)), excludes=("konsep",)),
        Sign("tanda-tangan", ("kepala-opd",), ("surat",), (go("tandatangani", performs=True), back("kembalikan", "konsep")), within=Within(1)),
        Issue("lembar-terbit", ("lembar",)),
        Dispose("disposisi", ("kepala-opd",), (go("disposisikan", performs=True),), "Disposisikan", ("penerima",), "penerima", Within(1)),
        Wait("jawaban", "Jawaban penerima", (go("dijawab"), go("tidak-dijawab")), recorded_by=("pengadministrasi-persuratan",), at_most=Within(5),
             silent="tidak-dijawab"),
        Task("berkaskan", ("arsiparis",), "archive", (end("berkaskan", "selesai"),), "Berkaskan", within=Within(1)),
    )),
)  # fmt: skip
