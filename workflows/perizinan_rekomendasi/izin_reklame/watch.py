"""Sesudah izin terbit: pengawasan sampai masa tayang berakhir, diteruskan izin lain, atau dihentikan; lalu pembongkaran dan jaminannya."""

from __future__ import annotations

from engine.expr import after, fact, field, last_day, months, today
from engine.fields import Rule
from engine.nodes import Call, Effect, Notify, Outcome, Seq, Sign, Task, Wait, When, Within, again, back, end, go, skip
from engine.shapes import call

from .form import JAMINAN
from .steps import IZIN, KEPALA, LOKET, PEMOHON

DITERUSKAN = fact("izin_diteruskan").eq(True)
DIPERPANJANG = end("diperpanjang", "diterbitkan", "Diperpanjang: sebutkan nomor izin penggantinya", reason=True)
DIBONGKAR_SENDIRI = fact("status_bongkar").eq("sudah-dibongkar")


def cek_penerus(name: str) -> Call:
    return call(
        name, "look_up", ("izin_diteruskan",), "Izin perpanjangan atau perubahan atas izin ini", what="registri", kind="penerus-izin-reklame", key=IZIN, state="semua",
    )  # fmt: skip


def jaminan(name: str, *rules: Rule) -> Outcome:
    return Outcome(name, Effect("end", "diterbitkan"), rules=rules)


PENGAWASAN = (
    Wait(
        "sebulan-sebelum-berakhir", "Satu bulan sebelum hari terakhir masa tayang; yang kurang dari sebulan langsung dianggap tiba",
        (go("tiba", silent=True), DIPERPANJANG, skip("dihentikan-pemohon", "tutup-izin")), until=months(last_day(field("masa")), -1), reached="tiba", recorded_by=LOKET,
    ),
    cek_penerus("cek-penerus"),
    When(
        "bila-belum-diteruskan",
        ~DITERUSKAN,
        then=Seq((
            Notify("ingatkan-berakhir", (*PEMOHON, *LOKET), about="Masa tayang reklame berakhir paling lama satu bulan lagi: perpanjang, atau bongkar sendiri"),
            Wait(
                "akhir-masa-tayang", "Hari terakhir masa tayang, atau izin perpanjangan atas titik yang sama",
                (
                    go("berakhir", silent=True),
                    DIPERPANJANG,
                    skip("dihentikan-pemohon", "tutup-izin"),
                ),
                until=field("masa"), reached="berakhir", recorded_by=LOKET,
            ),
            cek_penerus("cek-penerus-akhir"),
        )),
    ),
    When(
        "bila-diteruskan",
        DITERUSKAN,
        then=Seq((
            Wait(
                "tutup-karena-diteruskan", "Izin ini diteruskan izin lain; pengawasannya berakhir seketika",
                (end("diperpanjang", "diterbitkan"),), until=after(today(), -1), reached="diperpanjang", recorded_by=LOKET,
            ),
        )),
    ),
    call("tutup-izin", "release", (), "Yang dihentikan pemohon tidak berlaku lagi mulai besok", registry="izin-reklame", key=IZIN, day=after(today(), 1)),
)  # fmt: skip

PEMBONGKARAN = (
    Task(
        "periksa-pembongkaran", ("tim-teknis",), "inspect", (skip("sudah-dibongkar", "selesaikan-jaminan"), go("belum-dibongkar")),
        "Periksa apakah reklame sudah dibongkar", ("foto_bongkar",), within=Within(5),
    ),
    Sign(
        "minta-pembongkaran", KEPALA, ("permintaan-pembongkaran",), (go("tandatangani", performs=True), back("kembalikan", "periksa-pembongkaran")),
        within=Within(2),
    ),
    Notify("beritahu-pembongkaran", ("kepala-satpol-pp", "pemohon", "bapenda"), about="Reklame lewat masa tayang diminta dibongkar Satpol PP", letters=("permintaan-pembongkaran",)),
    Wait(
        "pembongkaran", "Laporan Satpol PP bahwa reklame dibongkar", (go("dibongkar"), again("tidak-ada-jawaban")),
        recorded_by=("kepala-satpol-pp", *LOKET), at_most=Within(14), silent="tidak-ada-jawaban",
    ),
    Task(
        "selesaikan-jaminan", LOKET, "record",
        (
            jaminan(
                "dikembalikan",
                Rule(JAMINAN, "Reklame jenis ini tanpa jaminan bongkar. Pilih tanpa jaminan."),
                Rule(DIBONGKAR_SENDIRI, "Reklame dibongkar Satpol PP. Pilih dicairkan."),
            ),
            jaminan(
                "dicairkan",
                Rule(JAMINAN, "Reklame jenis ini tanpa jaminan bongkar. Pilih tanpa jaminan."),
                Rule(~DIBONGKAR_SENDIRI, "Reklame dibongkar pemiliknya sendiri. Pilih dikembalikan."),
            ),
            jaminan("tanpa-jaminan", Rule(~JAMINAN, "Reklame ini mempunyai jaminan bongkar. Pilih dikembalikan atau dicairkan.")),
        ),
        "Selesaikan jaminan bongkar: kembalikan, cairkan, atau nyatakan tidak ada", within=Within(5),
    ),
)  # fmt: skip
