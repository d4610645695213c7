"""The acts of three processes of the domain, said with the verbs: leave of civil servants, research letters, acting officials."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from engine.events import Json
from tests.activities.verbs.deeds import Deeds, opened

RINA, HEAD = "199005122015122935", "kepala-diskominfo"
SPAN: Json = {"from": "2026-12-07", "to": "2026-12-11"}


async def saldo(one: Deeds, step: str, day: str = "2026-11-23") -> Json:
    given = await one.do("look_up", step, gives=("s",), what="saldo", book="cuti-tahunan", person=RINA, day=day)
    return given.gives["s"]


async def test_leave_of_civil_servants(app: AsyncEngine) -> None:
    """periksa-hak, simpan-hak and kembalikan-sisa of cuti-asn."""
    await opened(app, "asn-1")
    one = Deeds(app, "asn-1")
    book: dict[str, Json] = {"book": "cuti-tahunan", "person": RINA, "day": SPAN}
    # periksa-hak
    hari = (await one.do("compute", "hitung-hari", gives=("jumlah_hari_kerja",), working_days=SPAN)).gives["jumlah_hari_kerja"]
    kind = await one.do("look_up", "baca-pegawai", gives=("jenis", "masa"), what="pegawai", person=RINA, take="jenis, masa_kerja")
    left = await one.do("look_up", "baca-saldo", gives=("saldo_cukup", "saldo_tahunan"), what="saldo", least=hari, **book)
    busy = await one.do("look_up", "periksa-bentrok", gives=("bebas", "rincian"), what="kegiatan", who=RINA, period=SPAN)
    stand_in = await one.do("look_up", "periksa-pengganti", gives=("pengganti_bebas",), what="kegiatan", who=HEAD, period=SPAN, acting=True)
    verdict = left.gives["saldo_cukup"] and busy.gives["bebas"] and stand_in.gives["pengganti_bebas"] and kind.gives["jenis"] == "PNS"
    assert (await one.do("compute", "periksa-hak", gives=("hak_terpenuhi",), hak_terpenuhi=verdict)).gives == {"hak_terpenuhi": True}
    assert (await one.do("hold", "tahan-hak", gives=("hak_tertahan",), amount=hari, **book)).gives == {"hak_tertahan": True}
    assert (await one.do("book", "pesan-waktu", gives=("waktu_bebas",), who=RINA, period=SPAN, purpose="cuti")).gives == {"waktu_bebas": True}
    assert (hari, left.gives["saldo_tahunan"], await saldo(one, "s1")) == (5, 12, 7)
    # catat-cuti, then kembalikan-sisa: called back on the 10th
    await one.do("post", "bukukan-hak", of="tahan-hak")
    await one.do("book", "tetapkan-waktu", who=RINA, period=SPAN, purpose="cuti", lasting=True, of="pesan-waktu")
    sisa = (await one.do("compute", "hitung-sisa", gives=("sisa",), working_days="2026-12-10", until=SPAN)).gives["sisa"]
    await one.do("release", "kembalikan-sisa", of="bukukan-hak", posted=True, amount=sisa)
    await one.do("unbook", "kembalikan-waktu", of="tetapkan-waktu", since="2026-12-10")
    assert (sisa, await saldo(one, "s2")) == (2, 9)
    # simpan-hak, of another request
    await opened(app, "asn-2")
    two = Deeds(app, "asn-2")
    await two.do("hold", "tahan-hak", gives=("hak_tertahan",), amount=6, **book)
    await two.do("post", "simpan-hak", of="tahan-hak", carry="ditangguhkan")
    assert await saldo(two, "s3") == 9, "still hers this year"
    assert await saldo(two, "s4", "2027-12-31") == 12 + 6, "and the deferred six until the end of the next, beside that year's own twelve"


async def test_research_letters(app: AsyncEngine) -> None:
    """cek-laporan-lama and cek-perpanjangan of surat-keterangan-penelitian, and what makes them true later."""
    await opened(app, "riset-1")
    one = Deeds(app, "riset-1")
    who: Json = ["3671011111110001", "3671011111110002"]
    old: dict[str, Json] = {"what": "registri", "kind": "laporan-penelitian", "attribute": "batas", "before": "2026-11-23", "key": who}
    assert (await one.do("look_up", "cek-laporan-lama", gives=("laporan_tertunggak",), doubt="empty", **old)).gives == {"laporan_tertunggak": False}
    due = await one.do(
        "compute", "hitung-batas", gives=("batas",), working_days_from={"from": "2026-01-05", "to": "2026-03-31"}, working_days_after=20
    )
    await one.do("post", "catat-laporan", registry="laporan-penelitian", key=who, batas=due.gives["batas"], with_case=True)
    await one.do("post", "catat-perpanjangan", registry="perpanjangan-penelitian", key="surat-lama")
    await opened(app, "riset-2")
    two = Deeds(app, "riset-2")
    owed = await two.do("look_up", "cek-laporan-lama", gives=("laporan_tertunggak", "rincian"), doubt="empty", **old)
    assert owed.gives["laporan_tertunggak"] is True
    again = await two.do(
        "look_up", "cek-perpanjangan", gives=("sudah_diperpanjang",), what="registri", kind="perpanjangan-penelitian", key="surat-lama"
    )  # fmt: skip
    assert again.gives == {"sudah_diperpanjang": True}


@pytest.mark.parametrize(("who", "allowed"), [("kabid-aplikasi", True), ("konseptor-diskominfo", False), ("kabid-tidak-ada", False)])
async def test_acting_officials(app: AsyncEngine, who: str, allowed: bool) -> None:
    """hitung-syarat of penunjukan-plh-plt: rank, unit, no second post, months; unreadable data counts as not fulfilled."""
    await opened(app, f"plh-{who}")
    one = Deeds(app, f"plh-{who}")
    seat = await one.do(
        "look_up", "baca-jabatan", gives=("tingkat_jabatan", "unit_jabatan", "bulan"), doubt="empty", what="jabatan", position=HEAD,
        take="tingkat, unit, bulan_plt",
    )  # fmt: skip
    person = await one.do(
        "look_up", "baca-penerima", gives=("tingkat_penerima", "unit_penerima"), doubt="empty", what="pegawai", person=who, take="tingkat, unit"
    )  # fmt: skip
    free = await one.do(
        "look_up", "periksa-rangkap", gives=("tidak_rangkap",), doubt="block", what="kegiatan", who=who, period=SPAN, acting=True, purposes="plh, plt"
    )  # fmt: skip
    step = seat.gives["tingkat_jabatan"] - person.gives.get("tingkat_penerima", -9)
    verdict = step in (0, 1) and seat.gives["unit_jabatan"] == person.gives.get("unit_penerima") and free.gives["tidak_rangkap"] is True
    answer = await one.do(
        "compute", "hitung-syarat", gives=("syarat_terpenuhi",), doubt="block", syarat_terpenuhi=verdict and seat.gives["bulan"] < 6
    )
    assert answer.gives == {"syarat_terpenuhi": allowed}
