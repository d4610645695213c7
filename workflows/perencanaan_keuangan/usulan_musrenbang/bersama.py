"""Yang sama di ketiga tingkat: musyawarah yang memutus tiap usulan, berita acaranya, dan kabar kepada unit."""

from __future__ import annotations

from engine.expr import Name, all_, any_, column, field
from engine.fields import Rule
from engine.nodes import Each, Notify, Outcome, Rung, Seq, Sign, Task, Within, again, back, escalate, go, remind

from .form import DI_BAWAH, MUSYAWARAH

KODE = "usulan-musrenbang"
LURAH, CAMAT, BAPPEDA, KEPALA = ("lurah",), ("camat",), ("bappeda",), ("kepala-bappeda",)
TERUS, TAHUN = "diteruskan", field("tahun_rencana")


def usul(nama: str) -> Name:
    """Nilai pada baris usulan: isian, atau yang ditemukan langkah dan mesin untuk baris itu."""
    return column("usulan", nama)


DITERUSKAN = usul("status").eq(TERUS)
ADA_YANG_DITERUSKAN = any_(DITERUSKAN)
DIPUTUS = Rule(
    all_(usul("status").one_of(TERUS, *DI_BAWAH)),
    "Ada usulan yang belum diputus. Pilih diteruskan, digabung, ditunda, atau ditolak untuk setiap usulan.",
)


def musyawarah(
    name: str, by: tuple[str, ...], judul: str, *rules: Rule, kata: str = "tetapkan", naik: str = "", isi: tuple[str, ...] = MUSYAWARAH
) -> Task:
    """Setiap usulan diputus; daftar hadir menyertai hasilnya. ``naik``: kepada siapa keterlambatannya naik."""
    hasil: tuple[Outcome, ...] = (go(kata, needs=("daftar_hadir",), rules=(DIPUTUS, *rules)), again("tunda-musyawarah"))
    tangga: tuple[Rung, ...] = (remind(1), escalate(naik, 2)) if naik else ()
    return Task(name, by, "consolidate", hasil, judul, isi, Within(10), tangga)


def berita_acara(tingkat: str, by: tuple[str, ...], kembali: str, kata: str = "musyawarah-ulang", hari: int = 1) -> Sign:
    return Sign(
        f"tanda-tangan-ba-{tingkat}", by, (f"ba-musrenbang-{tingkat}",), (go("tandatangani", performs=True), back(kata, kembali)), within=Within(hari)
    )


def kabari(name: str, units: str, tentang: str) -> Each:
    """Memberi tahu kepala tiap unit dalam daftar."""
    return Each(f"tiap-{name}", units, Seq((Notify(f"beritahu-{name}", ("kepala-unit-penerima",), about=tentang),)))
