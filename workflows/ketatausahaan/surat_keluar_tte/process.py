"""Surat keluar dengan paraf berjenjang dan tanda tangan elektronik. Konsep naskah dinas diparaf berjenjang dari bawah, diparaf koordinasi bila menyentuh tugas perangkat daerah lain, ditandatangani elektronik oleh pejabat berwenang sekaligus bernomor, lalu dikirim dan diberkaskan."""

from __future__ import annotations

from engine.expr import any_, applicant, column, count, field, today
from engine.fields import Field, Rule
from engine.nodes import Each, Issue, Notify, Open, Seq, Sign, Task, When, Within, again, back, end, escalate, go, remind
from engine.pin import pinned
from engine.process import Archive, Attachment, Document, Fact, Process, Sla, Starts, Title
from engine.ranks import ABOVE_FIELD

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
        form=(
            Field(
                "jenis_naskah",
                "Jenis naskah",
                "choice",
                required=True,
                choices=(
                    "surat-biasa",
                    "nota-dinas",
                    "surat-pengantar",
                    "surat-keterangan",
                    "surat-pernyataan",
                    "undangan",
                    "pengumuman",
                    "rekomendasi",
                    "memorandum",
                ),
                hint="Menentukan tata letak surat. Memorandum hanya dari atasan kepada bawahan, tanpa tembusan.",
            ),
            Field("menjawab", "Menjawab surat", "letter_ref", hint="Surat masuk yang dijawab; terisi sendiri bila dibuka dari disposisi"),
            Field(
                "kepada",
                "Kepada",
                "table",
                required=field("jenis_naskah").ne("pengumuman"),
                columns=(
                    Field("jabatan", "Yth. (jabatan atau nama)", "text", required=True),
                    Field("tempat", "di", "text", required=True),
                    Field(
                        "jalur",
                        "Jalur kirim",
                        "choice",
                        required=True,
                        choices=("internal", "surel", "srikandi", "pos", "kurir"),
                        hint="Internal bila penerima di pemerintah kota ini",
                    ),
                    Field("alamat", "Alamat atau surel", "text", required=column("kepada", "jalur").one_of("surel", "pos", "kurir")),
                ),
                hint="Alamatkan kepada jabatan, bukan nama orang",
            ),
            Field("hal", "Hal", "text", required=True, max_length=300),
            Field(
                "kode_klasifikasi",
                "Kode klasifikasi",
                "archive_code",
                required=True,
                hint="Pakai kode terdalam yang cocok",
            ),
            Field("sifat", "Sifat (keamanan)", "choice", required=True, choices=("biasa", "terbatas", "rahasia")),
            Field("urgensi", "Derajat kecepatan", "choice", required=True, choices=("biasa", "penting", "segera", "amat-segera")),
            Field(
                "penandatangan",
                "Tingkat penandatangan",
                "choice",
                required=True,
                choices=("kepala-opd", "asisten-sekda", "sekda", "wali-kota"),
                hint="Tingkat wali kota mencakup Wali Kota dan Wakil Wali Kota",
            ),
            Field(
                "jabatan_penandatangan",
                "Jabatan penandatangan",
                "position",
                required=True,
                hint="Jabatan pada tingkat itu yang menerima tugas tanda tangan; Wakil Wali Kota hanya untuk bidang yang didelegasikan",
                rules=(
                    Rule(
                        field("penandatangan").ne("wali-kota") | field("jabatan_penandatangan").one_of("wali-kota", "wakil-wali-kota"),
                        "Pada tingkat wali kota pilih Wali Kota atau Wakil Wali Kota.",
                    ),
                    Rule(
                        field("penandatangan").ne("sekda") | field("jabatan_penandatangan").eq("sekda"),
                        "Pada tingkat sekda pilih Sekretaris Daerah.",
                    ),
                ),
            ),
            Field(
                "cara_penandatanganan",
                "Cara penandatanganan",
                "choice",
                required=True,
                choices=("sendiri", "atas-nama", "untuk-beliau", "plt", "plh"),
                hint="Atas nama satu tingkat di bawah pemberi mandat; untuk beliau di bawah baris atas nama",
                rules=(
                    Rule(
                        ~(
                            field("penandatangan").eq("asisten-sekda")
                            & field("cara_penandatanganan").eq("sendiri")
                            & field("jenis_naskah").ne("nota-dinas")
                        ),
                        "Asisten tidak menandatangani sendiri surat ke luar sekretariat. Pilih atas nama atau untuk beliau.",
                    ),
                    Rule(
                        ~(field("penandatangan").eq("wali-kota") & field("cara_penandatanganan").eq("untuk-beliau")),
                        "Wali Kota tidak menandatangani untuk beliau. Pilih sendiri, atau atas nama bagi Wakil Wali Kota.",
                    ),
                ),
            ),
            Field(
                "isi",
                "Isi surat",
                "longtext",
                required=True,
                hint="Paragraf dipisahkan baris kosong; daftar dengan 1. atau -; tabel, tebal dan miring boleh",
                rich=True,
            ),
            Field("acara", "Acara", "text", required=field("jenis_naskah").eq("undangan"), max_length=200),
            Field(
                "tanggal_acara",
                "Tanggal acara",
                "date",
                required=field("jenis_naskah").eq("undangan"),
                rules=(Rule(field("tanggal_acara") >= today(), "Tanggal acara sudah lewat. Isi hari ini atau sesudahnya."),),
                hint="Nama harinya dicetak sendiri pada surat",
            ),
            Field(
                "waktu_acara",
                "Waktu acara",
                "text",
                required=field("jenis_naskah").eq("undangan"),
                hint="Contoh: 09.00 WIB s.d. selesai",
                max_length=60,
            ),
            Field("tempat_acara", "Tempat acara", "text", required=field("jenis_naskah").eq("undangan"), max_length=200),
            Field(
                "jumlah_lampiran",
                "Lampiran",
                "integer",
                required=True,
                hint="Sama dengan jumlah berkas lampiran; 0 bila tidak ada",
                rules=(
                    Rule(field("jumlah_lampiran") >= 0, "Jumlah lampiran tidak boleh kurang dari 0."),
                    Rule(
                        field("jumlah_lampiran").eq(count(field("lampiran_naskah"))),
                        "Jumlah lampiran tidak sama dengan berkas lampiran yang diunggah. Unggah yang kurang atau perbaiki jumlahnya.",
                    ),
                ),
            ),
            Field(
                "unit_koordinasi",
                "Paraf koordinasi dari",
                "units",
                hint="Bila isi menyentuh tugas perangkat daerah lain; bukan unit Anda sendiri",
            ),
            Field(
                "tembusan",
                "Tembusan",
                "table",
                columns=(
                    Field("jabatan", "Jabatan atau instansi", "text", required=True),
                    Field("jalur", "Jalur kirim", "choice", required=True, choices=("internal", "surel", "srikandi", "pos", "kurir")),
                ),
                hint="Tidak mengulang penerima surat",
                rules=(
                    Rule(
                        ~(field("jenis_naskah").eq("memorandum") & (count(field("tembusan")) > 0)),
                        "Memorandum tidak memakai tembusan. Hapus barisnya atau ganti jenis naskah.",
                    ),
                ),
            ),
        ),
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
                    ~applicant("jenjang_atasan").one_of(*ABOVE_FIELD),
                    then=Seq(
                        (
                            Task(
                                "paraf-ketua-tim",
                                by=("ketua-tim-kerja",),
                                ask="initial",
                                outcomes=(go("paraf"), back("kembalikan", "konsep")),
                                title="Paraf 1: substansi",
                                within=Within(1),
                                on_late=(remind(1), escalate("atasan", 2)),
                            ),
                        ),
                    ),
                ),
                When(
                    "bila-konseptor-bukan-kepala-bidang",
                    ~applicant("jenjang").one_of(*ABOVE_FIELD),
                    then=Seq(
                        (
                            Task(
                                "paraf-kepala-bidang",
                                by=("kepala-bidang",),
                                ask="initial",
                                outcomes=(go("paraf"), back("kembalikan", "konsep")),
                                title="Paraf 2: substansi dan kebijakan bidang",
                                within=Within(1),
                                on_late=(remind(1), escalate("atasan", 2)),
                            ),
                        ),
                    ),
                ),
                When(
                    "bila-konseptor-bukan-sekretaris",
                    ~(applicant("sekretaris").eq(True) | applicant("kepala_unit").eq(True)),
                    then=Seq(
                        (
                            Task(
                                "paraf-sekretaris",
                                by=("sekretaris-opd",),
                                ask="initial",
                                outcomes=(go("paraf"), back("kembalikan", "konsep")),
                                title="Paraf 3: format, penomoran dan tata naskah",
                                within=Within(1),
                                on_late=(remind(1), escalate("atasan", 2)),
                            ),
                        ),
                    ),
                ),
                When(
                    "bila-unit-koordinasi",
                    count(field("unit_koordinasi")) > 0,
                    then=Seq(
                        (
                            Each(
                                "tiap-unit-koordinasi",
                                "unit_koordinasi",
                                do=Seq(
                                    (
                                        Task(
                                            "paraf-koordinasi",
                                            by=("unit-terkait",),
                                            ask="initial",
                                            outcomes=(go("paraf"), back("kembalikan", "konsep"), back("keberatan", "konsep")),
                                            title="Paraf koordinasi atas bagian yang menyentuh tugas unit Anda",
                                            fills=("catatan_koordinasi",),
                                            within=Within(1),
                                            on_late=(remind(1), escalate("atasan", 2)),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
                When(
                    "bila-penandatangan-kepala-opd",
                    field("penandatangan").eq("kepala-opd"),
                    then=Seq(
                        (
                            Sign(
                                "tanda-tangan-kepala-opd",
                                by=("kepala-opd",),
                                documents=("naskah-keluar",),
                                outcomes=(go("tandatangani", performs=True), back("kembalikan", "konsep"), end("tolak", "ditolak")),
                                within=Within(1),
                                on_late=(remind(1), escalate("atasan", 2)),
                            ),
                        ),
                    ),
                    otherwise=Seq(
                        (
                            Task(
                                "paraf-kepala-opd",
                                by=("kepala-opd",),
                                ask="initial",
                                outcomes=(go("paraf"), back("kembalikan", "konsep"), end("tolak", "ditolak")),
                                title="Paraf kepala perangkat daerah sebelum naik ke sekretariat daerah",
                                within=Within(1),
                                on_late=(remind(1), escalate("atasan", 2)),
                            ),
                            When(
                                "bila-penandatangan-asisten-sekda",
                                field("penandatangan").eq("asisten-sekda"),
                                then=Seq(
                                    (
                                        Sign(
                                            "tanda-tangan-asisten",
                                            by=("asisten-sekda",),
                                            documents=("naskah-keluar",),
                                            outcomes=(go("tandatangani", performs=True), back("kembalikan", "konsep"), end("tolak", "ditolak")),
                                            within=Within(1),
                                            on_late=(remind(1), escalate("sekda", 2)),
                                        ),
                                    ),
                                ),
                                otherwise=Seq(
                                    (
                                        Task(
                                            "paraf-asisten",
                                            by=("asisten-sekda",),
                                            ask="initial",
                                            outcomes=(go("paraf"), back("kembalikan", "konsep")),
                                            title="Paraf asisten",
                                            within=Within(1),
                                            on_late=(remind(1), escalate("sekda", 2)),
                                        ),
                                        When(
                                            "bila-penandatangan-sekda",
                                            field("penandatangan").eq("sekda"),
                                            then=Seq(
                                                (
                                                    Sign(
                                                        "tanda-tangan-sekda",
                                                        by=("sekda",),
                                                        documents=("naskah-keluar",),
                                                        outcomes=(
                                                            go("tandatangani", performs=True),
                                                            back("kembalikan", "konsep"),
                                                            end("tolak", "ditolak"),
                                                        ),
                                                        within=Within(1),
                                                        on_late=(remind(1), escalate("atasan", 2)),
                                                    ),
                                                ),
                                            ),
                                            otherwise=Seq(
                                                (
                                                    Task(
                                                        "paraf-sekda",
                                                        by=("sekda",),
                                                        ask="initial",
                                                        outcomes=(go("paraf"), back("kembalikan", "konsep"), end("tolak", "ditolak")),
                                                        title="Paraf sekretaris daerah",
                                                        within=Within(1),
                                                        on_late=(remind(1), escalate("atasan", 2)),
                                                    ),
                                                    Sign(
                                                        "tanda-tangan-wali-kota",
                                                        by=("penandatangan-terpilih",),
                                                        documents=("naskah-keluar",),
                                                        outcomes=(
                                                            go("tandatangani", performs=True),
                                                            back("kembalikan", "konsep"),
                                                            end("tolak", "ditolak"),
                                                        ),
                                                        within=Within(1),
                                                        on_late=(remind(1), escalate("sekda", 2)),
                                                    ),
                                                ),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
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
