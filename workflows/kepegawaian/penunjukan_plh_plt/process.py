"""Penunjukan pelaksana harian (Plh.) atau pelaksana tugas (Plt.). Syarat diperiksa, surat perintah ditandatangani menurut jenjang, mandat terbatas dibuka, diingatkan sebelum habis, lalu diperpanjang sekali atau ditutup."""

from __future__ import annotations

from engine.expr import fact, field, last_day
from engine.nodes import Notify, Seq, Sign, Task, Wait, When, Within, back, deemed, end, escalate, go, remind
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title
from engine.shapes import call

from .form import FORM, LAMPIRAN, PLH, USUL

PUNCAK = field("jenjang_jabatan").eq("jpt")
NOMOR = "800.1.3.3/{urut}/{unit}/{tahun}"
MANDAT = {"kind": field("jenis"), "post": field("jabatan"), "person": field("penerima"), "period": field("periode"), "cause": field("sebab")}
PENCATAT = ("analis-sdm",)


def perintah(name: str, siapa: str, naskah: str, kembali: str, *, menolak: bool, naik: str = "") -> Sign:
    outcomes = (go("tanda-tangani", performs=True), back("kembalikan", kembali), *((end("tolak", "ditolak"),) if menolak else ()))
    return Sign(name, (siapa,), (naskah,), outcomes, within=Within(1), on_late=(remind(1), escalate(naik, 1)) if naik else (remind(1),))


DIPERPANJANG = Seq(
    (
        Task(
            "paraf-perpanjangan",
            by=("kepala-bkpsdm",),
            ask="initial",
            outcomes=(go("paraf"), back("kembalikan", "tindak-lanjut")),
            title="Paraf perpanjangan Plt.",
            within=Within(1),
        ),
        When(
            "bila-perpanjangan-jpt",
            PUNCAK,
            then=Seq((perintah("perpanjang-wali-kota", "wali-kota", "surat-perintah-perpanjangan", "tindak-lanjut", menolak=False),)),
            otherwise=Seq((perintah("perpanjang-sekda", "sekda", "surat-perintah-perpanjangan", "tindak-lanjut", menolak=False),)),
        ),
        call(
            "perpanjang-mandat", "mandate", ("mandat",), "Menggeser tanggal tutup mandat; bila surat belum ditandatangani, mandat tetap tertutup",
            action="extend", period=field("periode_perpanjangan"), letter="surat-perintah-perpanjangan",
        ),
        Wait(
            "akhir-perpanjangan",
            what="Hari terakhir perpanjangan, atau jabatan terisi, atau surat perintah dicabut",
            outcomes=(go("berakhir"), go("jabatan-terisi"), go("dicabut")),
            until=field("periode_perpanjangan"),
            reached="berakhir",
            recorded_by=PENCATAT,
        ),
    )
)  # fmt: skip

MASA_PLT = Seq(
    (
        Wait(
            "menjelang-akhir",
            what="14 hari kalender sebelum masa Plt. berakhir, atau jabatan terisi pejabat definitif, atau surat perintah dicabut",
            outcomes=(go("empat-belas-hari-lagi"), go("jabatan-terisi"), go("dicabut")),
            until=last_day(field("periode")) - 14,
            reached="empat-belas-hari-lagi",
            recorded_by=PENCATAT,
        ),
        When(
            "bila-segera-habis",
            fact("keadaan_plt").eq("empat-belas-hari-lagi"),
            then=Seq(
                (
                    Task(
                        "tindak-lanjut",
                        by=("analis-sdm",),
                        ask="plan",
                        outcomes=(go("perpanjang", needs=("periode_perpanjangan",)), go("akhiri")),
                        title="Masa Plt. segera habis: perpanjang satu kali atau akhiri dan isi jabatan",
                        fills=("periode_perpanjangan",),
                        within=Within(3),
                        on_late=(deemed("akhiri"),),
                    ),
                    When(
                        "bila-diperpanjang",
                        fact("pilihan_lanjut").eq("perpanjang") & (fact("bulan_terpakai") < 3),
                        then=DIPERPANJANG,
                        otherwise=Seq(
                            (
                                Wait(
                                    "akhir-plt",
                                    what="Hari terakhir masa Plt., atau jabatan terisi, atau surat perintah dicabut",
                                    outcomes=(go("berakhir"), go("jabatan-terisi"), go("dicabut")),
                                    until=field("periode"),
                                    reached="berakhir",
                                    recorded_by=PENCATAT,
                                ),
                            )
                        ),
                    ),
                )
            ),
        ),
    )
)

PROCESS = pinned(
    Process(
        code="penunjukan-plh-plt",
        title=Title("Penunjukan pelaksana harian (Plh) atau pelaksana tugas (Plt)", "Acting official appointment"),
        family="kepegawaian",
        owner="kepala-bkpsdm",
        summary="Kepala perangkat daerah mengusulkan Plh (pejabat berhalangan sementara) atau Plt (jabatan kosong); syarat diperiksa, surat perintah ditandatangani sekda atau wali kota menurut jenjang, mandat terbatas dibuka, diingatkan sebelum habis, lalu diperpanjang sekali atau ditutup.",
        starts=Starts("kepala-opd", cases=("cuti-asn", "pensiun-bup")),
        sla=Sla(2, "working", source="Patokan kota sampai surat perintah terbit; masa mandat tidak dihitung"),
        archive=Archive(
            "800.1.3.3",
            active_years=1,
            inactive_years=1,
            then="musnah",
            source="Disamakan dengan pengangkatan dalam jabatan; salinan masuk berkas perseorangan",
        ),
        legal_basis=("UU 30/2014 pasal 14", "SE Kepala BKN 1/SE/I/2021", "Permendagri 1/2023"),
        form=FORM,
        flow=Seq(
            (
                Task(
                    "usulkan",
                    by=("kepala-opd",),
                    ask="fill",
                    outcomes=(go("kirim"), end("batal", "batal", reason=False)),
                    title="Usulkan Plh. atau Plt. (bila jabatan kepala perangkat daerah yang kosong, diusulkan atasannya)",
                    fills=USUL,
                    within=Within(1),
                    on_late=(remind(1), escalate("sekda", 1)),
                ),
                call(
                    "hitung-syarat",
                    "mandate",
                    ("syarat_terpenuhi", "sebab_tidak_terpenuhi", "bulan_terpakai"),
                    "Jenjang, unit kerja, rangkap, sebab, dan jumlah bulan; data yang tidak terbaca berarti tidak terpenuhi",
                    "block",
                    action="check",
                    **MANDAT,
                ),
                When(
                    "bila-syarat-tidak-terpenuhi",
                    fact("syarat_terpenuhi").eq(False),
                    then=Seq(
                        (
                            Task(
                                "perbaiki-usul",
                                by=("kepala-opd",),
                                ask="acknowledge",
                                outcomes=(back("ubah", "usulkan", reason=False), end("batal", "batal", reason=False)),
                                title="Calon tidak memenuhi syarat: ganti calon atau masa penunjukan",
                                within=Within(1),
                                on_late=(remind(1), escalate("sekda", 1)),
                            ),
                        ),
                    ),
                ),
                Task(
                    "verifikasi",
                    by=("analis-sdm",),
                    ask="verify",
                    outcomes=(go("memenuhi"), back("kembalikan", "usulkan")),
                    title="Periksa jenjang, rangkap, jumlah bulan, dan lampiran",
                    within=Within(1),
                    on_late=(remind(1), escalate("kepala-bkpsdm", 1)),
                ),
                Task(
                    "paraf",
                    by=("kepala-bkpsdm",),
                    ask="initial",
                    outcomes=(go("paraf"), back("kembalikan", "usulkan")),
                    title="Paraf surat perintah",
                    within=Within(1),
                    on_late=(remind(1), escalate("sekda", 1)),
                ),
                When(
                    "bila-jenjang-jpt",
                    PUNCAK,
                    then=Seq((perintah("tanda-tangani-wali-kota", "wali-kota", "surat-perintah", "usulkan", menolak=True, naik="sekda"),)),
                    otherwise=Seq((perintah("tanda-tangani-sekda", "sekda", "surat-perintah", "usulkan", menolak=True, naik="wali-kota"),)),
                ),
                call(
                    "buka-mandat",
                    "mandate",
                    ("mandat",),
                    "Membuka mandat pada tanggal mulai; mengangkat, memindahkan, memberhentikan pegawai dan tindakan anggaran strategis tetap tertutup",
                    action="open",
                    letter="surat-perintah",
                    **MANDAT,
                ),
                Notify(
                    "beritahu-kepala-opd",
                    ("kepala-opd", "kepala-bkpsdm", "kepala-bpkd"),
                    about="Mandat dibuka: jabatan, pegawai, masa, dan batas wewenang",
                ),
                When(
                    "bila-plh",
                    PLH,
                    then=Seq(
                        (
                            Wait(
                                "akhir-plh",
                                what="Hari terakhir masa penunjukan, atau pejabat definitif kembali lebih awal, atau surat perintah dicabut",
                                outcomes=(go("berakhir"), go("pejabat-kembali"), go("dicabut")),
                                until=field("periode"),
                                reached="berakhir",
                                recorded_by=PENCATAT,
                            ),
                        )
                    ),
                    otherwise=MASA_PLT,
                ),
                call(
                    "tutup-mandat",
                    "mandate",
                    (),
                    "Menutup mandat saat itu juga; tanda tangan yang dibuat sesudahnya ditolak. Kotak tugas kembali kepada pejabat definitif atau atasannya",
                    action="end",
                ),
                Task(
                    "tutup-penunjukan",
                    by=("analis-sdm",),
                    ask="archive",
                    outcomes=(end("selesai", "selesai"),),
                    title="Pastikan mandat tertutup dan simpan surat perintah di berkas perseorangan",
                    within=Within(3),
                    on_late=(remind(1), escalate("kepala-bkpsdm", 2)),
                ),
            ),
        ),
        attachments=LAMPIRAN,
        facts=(
            Fact("syarat_terpenuhi", "boolean", meaning="Jenjang, unit kerja, rangkap, sebab, dan jumlah bulan memenuhi aturan", source="act"),
            Fact("sebab_tidak_terpenuhi", "longtext", meaning="Syarat yang tidak terpenuhi", source="act"),
            Fact("bulan_terpakai", "integer", meaning="Lama Plt. sebelumnya pada jabatan ini (bulan)", source="act"),
            Fact("mandat", "text", meaning="Nomor mandat", source="act"),
            Fact(
                "keadaan_plt",
                "choice",
                meaning="Keadaan menjelang akhir masa Plt.",
                choices=("empat-belas-hari-lagi", "jabatan-terisi", "dicabut"),
                takes=("menjelang-akhir",),
            ),
            Fact("pilihan_lanjut", "choice", meaning="Pilihan menjelang akhir", choices=("perpanjang", "akhiri"), takes=("tindak-lanjut",)),
        ),
        documents=(
            Document(
                "surat-perintah",
                "Surat perintah pelaksana harian atau pelaksana tugas",
                "surat-perintah",
                signer=("wali-kota", "sekda"),
                register="surat_tugas",
                number=NOMOR,
                copies_to=("kepala-opd", "kepala-bkpsdm", "kepala-bpkd"),
            ),
            Document(
                "surat-perintah-perpanjangan",
                "Surat perintah perpanjangan pelaksana tugas",
                "surat-perintah",
                signer=("wali-kota", "sekda"),
                register="surat_tugas",
                number=NOMOR,
                copies_to=("kepala-opd", "kepala-bkpsdm", "kepala-bpkd"),
            ),
        ),
    ),
)
