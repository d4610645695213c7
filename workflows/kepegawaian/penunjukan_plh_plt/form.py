"""Isian usul penunjukan Plh. atau Plt., dengan aturannya (UU 30/2014 pasal 14, SE Kepala BKN 1/SE/I/2021)."""

from __future__ import annotations

from engine.expr import attribute, field, first_day, last_day, months, pick, today
from engine.fields import Field, Rule
from engine.process import Attachment

PLH, PLT = field("jenis").eq("plh"), field("jenis").eq("plt")
PERIODE, LANJUTAN = field("periode"), field("periode_perpanjangan")

FORM = (
    Field(
        "jenis", "Jenis penunjukan", "choice", required=True, choices=("plh", "plt"),
        hint="Plh. bila pejabatnya berhalangan sementara; Plt. bila jabatannya kosong",
    ),
    Field("jabatan", "Jabatan yang dijalankan", "position", required=True),
    Field(
        "jenjang_jabatan", "Jenjang jabatan", "choice", required=True, choices=("jpt", "administrator", "pengawas"),
        computed=pick(
            attribute("jabatan", "jenjang"), "sekda", "jpt", "jpt-pratama", "jpt", "administrator", "administrator", "pengawas", "pengawas",
        ),
        hint="Dari data jabatan",
    ),
    Field("pejabat_definitif", "Pejabat definitif", "employee", required=PLH),
    Field(
        "penerima", "Pegawai yang ditunjuk", "employee", required=True,
        hint="Setingkat atau satu tingkat di bawah jabatan itu, di unit kerja yang sama, tidak sedang menjadi Plh. atau Plt. lain",
        rules=(Rule(~field("penerima").eq(field("pejabat_definitif")), "Pegawai yang ditunjuk bukan pejabat definitifnya. Pilih pegawai lain."),),
    ),
    Field(
        "sebab", "Sebab", "choice", required=True,
        choices=("cuti", "dinas-luar", "sakit", "diklat", "kosong-pensiun", "kosong-mutasi", "kosong-meninggal"),
        rules=(
            Rule(~PLH | field("sebab").one_of("cuti", "dinas-luar", "sakit", "diklat"), "Sebab itu berarti jabatannya kosong; yang diperlukan Plt."),
            Rule(
                ~PLT | field("sebab").one_of("kosong-pensiun", "kosong-mutasi", "kosong-meninggal"),
                "Sebab itu berarti pejabatnya berhalangan sementara; yang diperlukan Plh.",
            ),
        ),
    ),
    Field(
        "periode", "Masa penunjukan", "daterange", required=True, hint="Plt. paling lama 3 bulan tiap surat perintah",
        rules=(
            Rule(~PLT | (last_day(PERIODE) < months(first_day(PERIODE), 3)), "Plt. paling lama 3 bulan tiap surat perintah. Majukan tanggal selesainya."),
            Rule(last_day(PERIODE) >= today(), "Masa itu sudah lewat. Isi masa yang belum berakhir."),
        ),
    ),
    Field(
        "periode_perpanjangan", "Masa perpanjangan", "daterange",
        hint="Mulai sehari setelah masa pertama berakhir, paling lama 3 bulan; isi bila diperpanjang",
        rules=(
            Rule(first_day(LANJUTAN).eq(last_day(PERIODE) + 1), "Perpanjangan mulai sehari setelah masa pertama berakhir."),
            Rule(last_day(LANJUTAN) < months(first_day(LANJUTAN), 3), "Perpanjangan paling lama 3 bulan. Majukan tanggal selesainya."),
        ),
    ),
)  # fmt: skip
USUL = tuple(one.name for one in FORM if one.name != "periode_perpanjangan")

LAMPIRAN = (
    Attachment("surat_halangan", "Surat cuti, surat tugas, surat sakit, atau surat diklat pejabat definitif", required=PLH, types=("pdf", "jpg")),
    Attachment("bukti_kosong", "Keputusan pensiun, mutasi, atau surat kematian", required=PLT, types=("pdf", "jpg")),
)
