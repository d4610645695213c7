"""Tingkat kelurahan: RW mengusulkan, lurah memeriksa, musyawarah memutus, lalu menunggu status akhir dari kota dan menyampaikannya kepada setiap RW."""

from __future__ import annotations

from engine.expr import Name, Value, all_, column, count, fact, field, joined
from engine.fields import Rule
from engine.nodes import Each, Issue, Notify, Seq, Task, Wait, When, Within, back, deemed, end, escalate, go, remind
from engine.shapes import call

from .bersama import CAMAT, DITERUSKAN, KODE, LURAH, TAHUN, TERUS, berita_acara, musyawarah, usul
from .form import ISI

RW = ("ketua-rw",)
DI_KELURAHAN_INI = usul("kode_kelurahan").eq(fact("kode_wilayah"))


def rw(nama: str) -> Name:
    return column("daftar_rw", nama)


USULAN_RW = Each(
    "tiap-rw",
    "daftar_rw",
    Seq((
        call(
            "kenalkan-ketua", "introduce", ("pihak_ketua_rw",), "Ketua RW menerima tautan pada surelnya; tanpa surel, kelurahan yang mengisikan",
            name=rw("ketua"), phone=rw("telepon"), email=rw("alamat"),
        ),
        Task(
            "isi-usulan", (*RW, *LURAH), "fill", (go("kirim", needs=("usulan",)), go("tidak-mengusulkan")), "Isi usulan RW dengan titik peta dan foto", ISI,
            within=Within(5), on_late=(remind(1), deemed("tidak-mengusulkan")),
        ),
        When(
            "bila-rw-mengusulkan",
            fact("sikap_rw").eq("kirim"),
            then=Seq((
                Each(
                    "tiap-titik",
                    "usulan",
                    Seq((
                        call(
                            "cari-kelurahan", "locate", ("kode_kelurahan", "kelurahan"), "Titik ke kelurahan; kosong berarti di luar kota atau tidak terbaca", "empty",
                            point=usul("lokasi"), kind="kelurahan",
                        ),
                    )),
                ),
                Task(
                    "cek-usulan-rw", LURAH, "check",
                    (
                        go("terima", rules=(
                            Rule(all_(DI_KELURAHAN_INI), "Ada titik di luar kelurahan ini atau di luar kota. Kembalikan agar titiknya diperbaiki."),
                        )),
                        back("kembalikan", "isi-usulan", "Kembalikan: sebutkan yang kurang"),
                    ),
                    "Periksa kelengkapan usulan RW (titik, foto, pernyataan lahan)", within=Within(2), on_late=(remind(1), escalate("camat", 2)),
                ),
            )),
        ),
    )),
)  # fmt: skip

PENOMORAN = Each(
    "tiap-usulan-dinomori",
    "usulan",
    Seq((
        call("beri-nomor-urut", "number", ("nomor_urut",), "Nomor urut usulan kelurahan ini", register="usulan_musrenbang"),
        call(
            "beri-nomor-usulan", "compute", ("nomor_usulan",), "Kode kelurahan, tahun rencana, nomor urut; sama di semua tingkat",
            nomor=joined(fact("kode_wilayah"), "/", TAHUN, "/", fact("nomor_urut")),
        ),
    )),
)  # fmt: skip

PENYERAHAN = (
    call(
        "kirim-ke-kecamatan", "hand_over", ("jumlah_diserahkan", "usulan_tertinggal"), "Usulan yang diteruskan ke berkas kecamatan tahun yang sama",
        table="usulan", process=KODE, row_status=TERUS, case_tingkat="kecamatan", case_wilayah=fact("kecamatan"), case_tahun_rencana=TAHUN,
    ),
    When(
        "bila-kecamatan-sudah-tutup",
        count(fact("usulan_tertinggal")) > 0,
        then=Seq((
            Each(
                "tiap-usulan-tertinggal",
                "usulan",
                Seq((
                    When(
                        "bila-tidak-sempat-diteruskan",
                        DITERUSKAN,
                        then=Seq((
                            call(
                                "tandai-ditunda", "compute", ("status_akhir", "alasan_akhir"), "Ditunda karena berkas kecamatan sudah tutup atau belum dibuka",
                                status_akhir="ditunda",
                                alasan_akhir=Value("Berkas Musrenbang kecamatan sudah ditutup sebelum usulan ini diserahkan; ajukan lagi tahun depan."),
                            ),
                        )),
                    ),
                )),
            ),
            Notify("beritahu-camat-tertinggal", CAMAT, about="Usulan Musrenbang kelurahan tidak dapat diserahkan karena berkas kecamatan sudah tutup atau belum dibuka"),
        )),
    ),
    When(
        "bila-ada-yang-diserahkan",
        fact("jumlah_diserahkan") > 0,
        then=Seq((
            Wait(
                "tunggu-status-akhir", "Status akhir semua usulan kelurahan ini dari berkas tingkat kota; tiba sendiri begitu RKPD ditetapkan",
                (go("status-akhir"), go("tidak-ada-jawaban", silent=True)), recorded_by=LURAH, at_most=Within(180, "calendar"), silent="tidak-ada-jawaban",
            ),
            When(
                "bila-kota-tidak-menjawab",
                fact("hasil_kota").eq("tidak-ada-jawaban"),
                then=Seq((
                    Task(
                        "minta-kejelasan", LURAH, "decide", (back("tunggu-lagi", "tunggu-status-akhir"), end("tutup-tanpa-status", "gugur")),
                        "Status akhir belum diterima: minta kejelasan ke Bappeda", within=Within(5),
                    ),
                )),
            ),
        )),
    ),
)  # fmt: skip

PENYAMPAIAN = (
    call(
        "ambil-status-akhir", "trace", ("usulan", "jumlah_ditelusuri"), "Status dan alasan tiap usulan di tingkat terakhir yang memutusnya",
        table="usulan", id="nomor_usulan", take_status="status_akhir|status", take_alasan="alasan_akhir|alasan", take_gabung_ke="gabung_ke",
    ),
    Issue("terbitkan-status-kelurahan", ("daftar-status-usulan",)),
    call(
        "kirim-daftar-status", "deliver", (), "Salinan daftar ke surel setiap ketua RW; yang tanpa surel disampaikan kelurahan", "empty",
        recipients=field("daftar_rw"), letter="daftar-status-usulan", channel="surel",
    ),
    Each(
        "tiap-rw-diberi-tahu",
        "daftar_rw",
        Seq((Notify("beritahu-ketua-rw", RW, about="Status akhir usulan RW sudah ditetapkan dan dapat dibaca beserta alasannya pada daftar status usulan"),)),
    ),
)  # fmt: skip

DI_KELURAHAN = (
    USULAN_RW,
    PENOMORAN,
    musyawarah(
        "musrenbang-kelurahan", LURAH, "Musrenbang kelurahan: urutkan, gabung atau tolak setiap usulan, alasan wajib untuk yang tidak diteruskan",
        Rule(all_(~DITERUSKAN | DI_KELURAHAN_INI), "Usulan dengan titik di luar kelurahan ini tidak dapat diteruskan. Tolak dengan alasan itu."), naik="camat",
    ),
    berita_acara("kelurahan", LURAH, "musrenbang-kelurahan"),
    *PENYERAHAN,
    *PENYAMPAIAN,
)  # fmt: skip
