"""Surat keluar dengan paraf berjenjang dan tanda tangan elektronik. Konsep naskah dinas diparaf berjenjang dari bawah, diparaf koordinasi bila menyentuh tugas perangkat daerah lain, ditandatangani elektronik oleh pejabat berwenang sekaligus bernomor, lalu dikirim dan diberkaskan."""

from __future__ import annotations

from engine.expr import any_, applicant, column, count, field
from engine.fields import Field
from engine.nodes import Each, Issue, Notify, Open, Seq, Task, When, Within, again, back, end, escalate, go, remind
from engine.pin import pinned
from engine.process import Archive, Attachment, Document, Fact, Process, Sla, Starts, Title
from engine.ranks import ABOVE_FIELD
from engine.shapes import initial, signature

from .form import FORM

KOORDINASI = Each(
    "tiap-unit-koordinasi",
    "unit_koordinasi",
    do=Seq(
        (
            initial(
                "paraf-koordinasi",
                "unit-terkait",
                "Paraf koordinasi atas bagian yang menyentuh tugas unit Anda",
                to="konsep",
                more=(back("keberatan", "konsep"),),
                fills=("catatan_koordinasi",),
            ),
        )
    ),
)
WALI_KOTA = Seq(
    (
        initial("paraf-sekda", "sekda", "Paraf sekretaris daerah", to="konsep", more=(end("tolak", "ditolak"),)),
        signature("tanda-tangan-wali-kota", "penandatangan-terpilih", "naskah-keluar", to="konsep", up="sekda"),
    )
)
SEKDA_ATAU_WALI_KOTA = Seq(
    (
        initial("paraf-asisten", "asisten-sekda", "Paraf asisten", to="konsep", up="sekda"),
        When(
            "bila-penandatangan-sekda",
            field("penandatangan").eq("sekda"),
            then=Seq((signature("tanda-tangan-sekda", "sekda", "naskah-keluar", to="konsep"),)),
            otherwise=WALI_KOTA,
        ),
    )
)
KE_SETDA = Seq(
    (
        initial(
            "paraf-kepala-opd",
            "kepala-opd",
            "Paraf kepala perangkat daerah sebelum naik ke sekretariat daerah",
            to="konsep",
            more=(end("tolak", "ditolak"),),
        ),
        When(
            "bila-penandatangan-asisten-sekda",
            field("penandatangan").eq("asisten-sekda"),
            then=Seq((signature("tanda-tangan-asisten", "penandatangan-terpilih", "naskah-keluar", to="konsep", up="sekda"),)),
            otherwise=SEKDA_ATAU_WALI_KOTA,
        ),
    )
)
"""Surat yang naik ke sekretariat daerah, dari paraf kepala perangkat daerah sampai tanda tangan."""

PROCESS = pinned(
    Process(
        code="surat-keluar-tte",
        title=Title(
            "Surat keluar dengan paraf berjenjang dan tanda tangan elektronik",
            "Outgoing letter with initials chain and electronic signature",
        ),
        family="ketatausahaan",
        owner="kepala-bagian-umum",
        summary="Konsep naskah dinas diparaf berjenjang dari bawah, diparaf koordinasi bila menyentuh tugas perangkat daerah lain, ditandatangani elektronik oleh pejabat berwenang sekaligus bernomor, lalu dikirim dan diberkaskan.",
        starts=Starts("konseptor", cases=("surat-masuk-disposisi", "telaahan-staf")),
        sla=Sla(3, "working", source="Tidak ada batas waktu dalam peraturan; target layanan kota yang dapat diatur, dihitung sejak konsep dikirim"),
        archive=Archive(
            "000.5.3.1",
            active_years=2,
            inactive_years=3,
            then="musnah",
            source="Register surat keluar; surat sendiri mengikuti kode_klasifikasi pokok surat dan retensinya",
        ),
        legal_basis=("Permendagri 1/2023", "UU 11/2008 jo UU 1/2024", "PP 71/2019", "UU 30/2014", "Perwal tata naskah dinas kota (nomor diisi kota)"),
        form=FORM,
        flow=Seq(
            (
                Task(
                    "konsep",
                    by=("konseptor",),
                    ask="draft",
                    outcomes=(go("kirim"), end("batal", "batal", reason=False)),
                    title="Susun konsep dari templat; pilih penandatangan, tujuan, tembusan dan klasifikasi",
                    fills=(
                        "jenis_naskah",
                        "menjawab",
                        "kepada",
                        "hal",
                        "kode_klasifikasi",
                        "sifat",
                        "urgensi",
                        "penandatangan",
                        "jabatan_penandatangan",
                        "cara_penandatanganan",
                        "isi",
                        "acara",
                        "tanggal_acara",
                        "waktu_acara",
                        "tempat_acara",
                        "jumlah_lampiran",
                        "unit_koordinasi",
                        "tembusan",
                        "versi_konsep",
                    ),
                    within=Within(1),
                ),
                When(
                    "bila-atasan-konseptor-bukan-kepala-bidang",
                    ~(applicant("jenjang_atasan").one_of(*ABOVE_FIELD) | applicant("atasan_membidangi").eq(True)),
                    then=Seq((initial("paraf-ketua-tim", "ketua-tim-kerja", "Paraf 1: substansi", to="konsep"),)),
                ),
                When(
                    "bila-konseptor-bukan-kepala-bidang",
                    ~(applicant("jenjang").one_of(*ABOVE_FIELD) | applicant("membidangi").eq(True)),
                    then=Seq((initial("paraf-kepala-bidang", "kepala-bidang", "Paraf 2: substansi dan kebijakan bidang", to="konsep"),)),
                ),
                When(
                    "bila-konseptor-bukan-sekretaris",
                    ~(applicant("sekretaris").eq(True) | applicant("kepala_unit").eq(True)),
                    then=Seq((initial("paraf-sekretaris", "sekretaris-opd", "Paraf 3: format, penomoran dan tata naskah", to="konsep"),)),
                ),
                When("bila-unit-koordinasi", count(field("unit_koordinasi")) > 0, then=Seq((KOORDINASI,))),
                When(
                    "bila-penandatangan-kepala-opd",
                    field("penandatangan").eq("kepala-opd"),
                    then=Seq((signature("tanda-tangan-kepala-opd", "kepala-opd", "naskah-keluar", to="konsep"),)),
                    otherwise=KE_SETDA,
                ),
                Issue("terbitkan-kartu-kendali-paraf", ("kartu-kendali-paraf",)),
                Notify("beritahu-konseptor", ("konseptor",), about="Surat telah ditandatangani dan bernomor; naskah tidak dapat diubah lagi"),
                When(
                    "bila-kepada-jalur-internal",
                    any_(column("kepada", "jalur").eq("internal")) | any_(column("tembusan", "jalur").eq("internal")),
                    then=Seq((Open("buka-surat-masuk-disposisi", "surat-masuk-disposisi"),)),
                ),
                Task(
                    "kirim-surat",
                    by=("pengadministrasi-persuratan",),
                    ask="dispatch",
                    outcomes=(go("kirim"), again("kirim-ulang")),
                    title="Kirim surat dan tembusan, catat bukti penyampaian tiap penerima",
                    fills=("bukti_kirim",),
                    within=Within(1),
                    on_late=(remind(1), escalate("kepala-tata-usaha", 2)),
                ),
                Task(
                    "berkaskan",
                    by=("arsiparis",),
                    ask="archive",
                    outcomes=(end("berkaskan", "selesai", needs=("nomor_berkas",)),),
                    title="Berkaskan surat, lampiran dan kartu kendali menurut kode klasifikasi",
                    fills=("nomor_berkas",),
                    within=Within(1),
                ),
            ),
        ),
        attachments=(Attachment("lampiran_naskah", "Lampiran naskah", required=field("jumlah_lampiran") > 0, types=("pdf", "docx", "xlsx")),),
        facts=(
            Fact("versi_konsep", "integer", meaning="Nomor versi konsep; setiap perubahan isi membatalkan paraf sesudahnya"),
            Fact(
                "catatan_koordinasi",
                "table",
                meaning="Unit, sikap dan catatan dari paraf koordinasi",
                columns=(Field("unit", "Unit", "text"), Field("sikap", "Sikap", "text"), Field("catatan", "Catatan", "text")),
            ),
            Fact(
                "bukti_kirim",
                "table",
                meaning="Per penerima: jalur, waktu kirim, hasil, nama penerima",
                columns=(
                    Field("jabatan", "Jabatan", "text"),
                    Field("jalur", "Jalur", "text"),
                    Field("waktu_kirim", "Waktu kirim", "text"),
                    Field("hasil", "Hasil", "text"),
                    Field("penerima", "Penerima", "text"),
                ),
            ),
            Fact("nomor_berkas", "text", meaning="Berkas tempat surat disimpan"),
        ),
        documents=(
            Document(
                "naskah-keluar",
                "Surat keluar",
                "surat-dinas",
                signer=("kepala-opd", "asisten-sekda", "sekda", "wali-kota"),
                register="surat_keluar",
                number="{klasifikasi}/{urut}/{unit}/{bulan_romawi}/{tahun}",
                copies_to=("tembusan",),
            ),
            Document(
                "kartu-kendali-paraf",
                "Kartu kendali paraf",
                "kartu-kendali",
                signer=("segel",),
                register="none",
                number="mengikuti nomor naskah-keluar",
                copies_to=("konseptor", "arsiparis"),
            ),
        ),
    ),
)
