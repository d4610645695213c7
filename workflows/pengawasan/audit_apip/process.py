"""Pemeriksaan APIP sampai LHP. Tim menyatakan independensi, menyusun program kerja, mengisi kertas kerja per prosedur, meminta tanggapan per temuan, lalu Inspektur menandatangani LHP rahasia."""

from __future__ import annotations

from engine.expr import Value, column, field
from engine.nodes import Argument, Dispose, Each, Notify, Open, Seq, Sign, Task, When, Within, back, deemed, end, escalate, go, pause, remind
from engine.pin import pinned
from engine.process import Archive, Document, Process, Sla, Starts, Title

from .form import BUKA, FAKTA, FORM, LAMPIRAN

KETUA = ("ketua-tim-audit",)

PENUGASAN = (
    Task(
        "buka-penugasan",
        by=("inspektur",),
        ask="fill",
        outcomes=(go("kirim"), end("batal", "batal", reason=False)),
        title="Buka penugasan dari PKPT atau perintah khusus dan susun tim",
        fills=BUKA,
        within=Within(1),
    ),
    Each(
        "tiap-pegawai-tim",
        "tim",
        do=Seq(
            (
                Task(
                    "nyatakan-independensi",
                    by=("pegawai-tim",),
                    ask="acknowledge",
                    outcomes=(go("bebas"), back("ada-benturan", "buka-penugasan")),
                    title="Nyatakan bebas benturan kepentingan terhadap obyek (berlaku bagi semua peran tim)",
                    within=Within(1),
                    on_late=(remind(1), escalate("inspektur", 1)),
                ),
            )
        ),
    ),
    When(
        "bila-perintah-khusus",
        field("dasar_penugasan").eq("perintah-khusus"),
        then=Seq(
            (
                Sign(
                    "tanda-tangan-tugas-khusus",
                    by=("wali-kota",),
                    documents=("surat-tugas-pemeriksaan",),
                    outcomes=(go("tandatangan", performs=True), back("kembalikan", "buka-penugasan"), end("tolak", "ditolak")),
                    within=Within(1),
                ),
            )
        ),
        otherwise=Seq(
            (
                Sign(
                    "tanda-tangan-tugas",
                    by=("inspektur",),
                    documents=("surat-tugas-pemeriksaan",),
                    outcomes=(go("tandatangan", performs=True), back("kembalikan", "buka-penugasan")),
                    within=Within(1),
                ),
            )
        ),
    ),
    Notify("beritahu-penugasan", ("kepala-opd", "pegawai-tim"), about="Surat tugas pemeriksaan; salinan juga dikirim lewat surel kepada obyek"),
)

PROGRAM = (
    Task(
        "susun-pkp",
        by=KETUA,
        ask="plan",
        outcomes=(go("kirim", needs=("prosedur",)),),
        title="Susun program kerja pemeriksaan",
        fills=("prosedur",),
        within=Within(2),
    ),
    Sign(
        "setujui-pkp",
        by=("pengendali-teknis",),
        documents=("program-kerja-pemeriksaan",),
        outcomes=(go("setujui", performs=True), back("kembalikan", "susun-pkp")),
        within=Within(1),
    ),
    Each(
        "tiap-prosedur",
        "prosedur",
        do=Seq(
            (
                Task(
                    "kerjakan-kkp",
                    by=("pelaksana-prosedur",),
                    ask="record",
                    outcomes=(go("serahkan", needs=("hasil_prosedur",)), pause("menunggu-dokumen-obyek", "menunggu-dokumen-obyek")),
                    title="Kerjakan prosedur, isi kertas kerja, unggah bukti",
                    fills=("hasil_prosedur", "temuan", "bukti_prosedur"),
                    within=Within(5),
                    on_late=(remind(1), escalate("ketua-tim-audit", 1)),
                ),
                Sign(
                    "tanda-tangan-kkp",
                    by=("pelaksana-prosedur",),
                    documents=("kertas-kerja-pemeriksaan",),
                    outcomes=(go("tandatangan", performs=True),),
                    within=Within(1),
                ),
                Task(
                    "reviu-kkp",
                    by=KETUA,
                    ask="check",
                    outcomes=(go("setujui"), back("kembalikan", "kerjakan-kkp")),
                    title="Reviu kertas kerja",
                    within=Within(2),
                    excludes=("kerjakan-kkp",),
                ),
            )
        ),
    ),
)

TANGGAPAN = (
    Sign(
        "terbitkan-nhp",
        by=KETUA,
        documents=("naskah-hasil-pemeriksaan",),
        outcomes=(go("tandatangan", performs=True), back("lengkapi-program", "susun-pkp")),
        within=Within(2),
    ),
    Each(
        "tiap-temuan",
        "temuan",
        do=Seq(
            (
                Task(
                    "tanggapi-temuan",
                    by=("kepala-opd",),
                    ask="report",
                    outcomes=(go("terima"), go("sanggah", needs=("uraian_tanggapan",)), go("jelaskan", needs=("uraian_tanggapan",))),
                    title="Tanggapi temuan secara tertulis (tidak menjawab dalam 5 hari kerja berarti menerima)",
                    fills=("uraian_tanggapan", "rencana_tindak"),
                    within=Within(5),
                    on_late=(deemed("terima"),),
                ),
            )
        ),
    ),
)

LAPORAN = (
    Task(
        "susun-lhp",
        by=KETUA,
        ask="consolidate",
        outcomes=(go("kirim", needs=("simpulan",)), back("perlu-pemeriksaan-tambahan", "susun-pkp")),
        title="Nilai tanggapan, susun konsep LHP dan rekomendasi",
        fills=("temuan", "rekomendasi", "simpulan"),
        within=Within(2),
    ),
    Task(
        "reviu-mutu",
        by=("pengendali-mutu",),
        ask="check",
        outcomes=(go("setujui"), back("kembalikan", "susun-lhp")),
        title="Reviu tanggapan dan konsep laporan",
        within=Within(2),
        excludes=("kerjakan-kkp", "susun-lhp", "setujui-pkp"),
    ),
    Sign(
        "tanda-tangan-lhp",
        by=("inspektur",),
        documents=("laporan-hasil-pemeriksaan",),
        outcomes=(go("tandatangan", performs=True), back("kembalikan", "susun-lhp")),
        within=Within(1),
    ),
    Dispose(
        "disposisi-wali-kota",
        by=("wali-kota",),
        outcomes=(go("disposisikan", performs=True), go("cukup-diketahui")),
        title="Baca LHP, disposisikan atau cukup diketahui",
        fills=("penerima_disposisi", "isi_instruksi"),
        recipients="penerima_disposisi",
        within=Within(2),
    ),
    Notify("beritahu-lhp", ("kepala-opd", "inspektur"), about="LHP telah terbit dan didisposisikan; tindak lanjut dibuka untuk setiap rekomendasi"),
    Each(
        "tiap-rekomendasi",
        "rekomendasi",
        do=Seq(
            (
                Open(
                    "buka-tindak-lanjut",
                    "tindak-lanjut-lhp",
                    "Satu perkara satu rekomendasi; bila proses itu belum dipasang, Inspektorat menindaklanjuti dari LHP",
                    "empty",
                    hands=(
                        Argument("sumber", Value("inspektorat")),
                        Argument("temuan", column("rekomendasi", "kode_temuan")),
                        Argument("rekomendasi", column("rekomendasi", "uraian")),
                        Argument("sifat", column("rekomendasi", "sifat")),
                        Argument("nilai", column("rekomendasi", "nilai")),
                        Argument("obyek", field("obyek")),
                    ),
                ),
            )
        ),
    ),
    Task(
        "arsipkan",
        by=KETUA,
        ask="archive",
        outcomes=(end("selesai", "diterbitkan"),),
        title="Simpan PKP, KKP, NHP, tanggapan dan LHP sebagai satu berkas rahasia",
        within=Within(2),
    ),
)

NASKAH = (
    Document(
        "surat-tugas-pemeriksaan",
        "Surat perintah tugas pemeriksaan",
        "surat-tugas",
        signer=("inspektur",),
        register="surat_tugas",
        number="700.1.2/{urut}/{unit}/{tahun}",
        copies_to=("kepala-opd",),
        by_mandate=True,
    ),
    Document(
        "program-kerja-pemeriksaan",
        "Program kerja pemeriksaan (PKP)",
        "formulir-pkp",
        signer=("pengendali-teknis",),
        register="none",
        number="{klasifikasi}",
    ),
    Document(
        "kertas-kerja-pemeriksaan",
        "Kertas kerja pemeriksaan (KKP)",
        "formulir-kkp",
        signer=("pelaksana-prosedur",),
        register="kkp",
        number="KKP/{urut}/{unit}/{tahun}",
    ),
    Document(
        "naskah-hasil-pemeriksaan",
        "Naskah hasil pemeriksaan (NHP)",
        "nhp",
        signer=KETUA,
        register="nhp",
        number="R.700.1.2.1/{urut}/{unit}/{tahun}",
        copies_to=("kepala-opd",),
    ),
    Document(
        "laporan-hasil-pemeriksaan",
        "Laporan hasil pemeriksaan (LHP), rahasia",
        "lhp",
        signer=("inspektur",),
        register="lhp",
        number="R.700.1.2.1/{urut}/{unit}/{tahun}",
        copies_to=("wali-kota", "kepala-opd"),
    ),
)

PROCESS = pinned(
    Process(
        code="audit-apip",
        title=Title("Pemeriksaan APIP sampai LHP", "Internal audit"),
        family="pengawasan",
        owner="inspektur",
        summary="Inspektorat menugaskan tim, menyusun program kerja, mengisi kertas kerja per prosedur, meminta tanggapan obyek per temuan (diam berarti menerima), mereviu mutu, menandatangani LHP rahasia, dan membuka tindak lanjut untuk setiap rekomendasi.",
        starts=Starts("inspektur"),
        sla=Sla(
            12,
            "working",
            source="Satu standar pelayanan pengawasan daerah lain: 12 hari kerja; dihitung dari surat tugas, dapat ditetapkan lain per jenis pengawasan",
        ),
        archive=Archive(
            "700.1.2.1",
            active_years=2,
            inactive_years=8,
            then="permanen",
            source="Contoh jadwal retensi daerah lain (LHP 2 + 8 tahun, permanen)",
        ),
        legal_basis=("PP 60/2008", "PP 12/2017", "Permendagri 23/2020", "Standar audit AAIPI"),
        form=FORM,
        flow=Seq((*PENUGASAN, *PROGRAM, *TANGGAPAN, *LAPORAN)),
        attachments=LAMPIRAN,
        facts=FAKTA,
        documents=NASKAH,
    ),
)
