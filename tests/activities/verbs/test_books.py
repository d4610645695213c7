"""Each verb over the city's books, as a worker runs it: what it answers, and what it does when the answer is no or the data is not there."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from db.connect import transaction
from db.office.changes import note_change
from engine.events import SYSTEM, Json
from tests.activities.verbs.deeds import NOW, Deeds, opened, rows
from tests.db.play import actor
from workflows.contracts import ActInput

RINA, YUSUF, HEAD = "199005122015122935", "konseptor-diskominfo", "kepala-diskominfo"
WEEK: Json = {"from": "2026-12-21", "to": "2026-12-27"}
"""Five working days less Christmas and its cuti bersama."""


async def deeds(app: AsyncEngine, case: str) -> Deeds:
    await opened(app, case)
    return Deeds(app, case)


async def test_what_is_missing_follows_the_policy_of_the_node(app: AsyncEngine) -> None:
    one = await deeds(app, "ragu")
    asked: dict[str, Json] = {"what": "saldo", "book": "entah", "person": RINA}
    with pytest.raises(ApplicationError, match="Buka akunnya") as refused:
        await one.do("look_up", gives=("saldo",), **asked)
    assert (refused.value.type, refused.value.non_retryable) == ("data-buku-tidak-ada", True)
    empty = await one.do("look_up", "kosong", gives=("saldo",), doubt="empty", **asked)
    assert empty.gives == {}
    assert "Buka akunnya" in empty.detail["ragu"]
    blocked = await one.do("look_up", "blokir", gives=("cukup",), doubt="block", **asked)
    assert blocked.gives == {"cukup": False}
    other = await one.do("look_up", "terhalang", gives=("ada_halangan",), doubt="block", yes=False, no=True, **asked)
    assert other.gives == {"ada_halangan": True}
    with pytest.raises(ApplicationError):
        await one.do("hold", "tanpa-fakta", doubt="block", book="entah", person=RINA, amount=1)
    with pytest.raises(ApplicationError, match="argumen book: wajib diisi") as wrong:
        await one.do("look_up", "salah", what="saldo", person=RINA)
    assert wrong.value.type == "argumen-kurang"
    with pytest.raises(ApplicationError, match="pilih salah satu dari saldo"):
        await one.do("look_up", "salah", what="ramalan")


async def test_look_up_a_balance(app: AsyncEngine) -> None:
    one = await deeds(app, "saldo")
    asked: dict[str, Json] = {"what": "saldo", "book": "cuti-tahunan"}
    assert (await one.do("look_up", "a", gives=("saldo",), person=RINA, **asked)).gives == {"saldo": 12}
    assert (await one.do("look_up", "b", gives=("saldo",), person="197712142004121950", **asked)).gives == {"saldo": 16}
    assert (await one.do("look_up", "c", gives=("cukup", "saldo"), person=YUSUF, least=13, **asked)).gives == {"cukup": False, "saldo": 12}
    with pytest.raises(ApplicationError, match="tidak ditemukan pada data kepegawaian"):
        await one.do("look_up", "d", gives=("saldo",), person="190001012000011001", **asked)


async def test_look_up_a_registry(app: AsyncEngine) -> None:
    one = await deeds(app, "registri")
    asked: dict[str, Json] = {"what": "registri", "kind": "laporan-penelitian"}
    late: dict[str, Json] = {"attribute": "batas", "before": "2026-11-23"}
    owed = await one.do("look_up", "a", gives=("tertunggak", "rincian"), key=["1", "3671015203980002"], **late, **asked)
    assert owed.gives == {"tertunggak": True, "rincian": "3671015203980002."}
    soon = await one.do("look_up", "b", gives=("tertunggak",), key="3671015203980002", attribute="batas", after="2026-11-23", **asked)
    assert soon.gives == {"tertunggak": False}
    assert (await one.do("look_up", "c", gives=("tertunggak",), key="", **asked)).gives == {"tertunggak": False}
    taken = await one.do("look_up", "d", gives=("nomor",), key="3671015203980002", take="nomor", **asked)
    assert taken.gives == {"nomor": "400.14.5.4/31/KESBANGPOL/2025"}
    owing: dict[str, Json] = {"what": "registri", "kind": "pembayaran-pbb", "total": "jumlah"}
    assert (await one.do("look_up", "h", gives=("jumlah", "rincian"), key="tidak-ada", **owing)).gives == {"jumlah": 0, "rincian": ""}
    for n, paid in enumerate((1_500_000, "250000"), 1):
        await (await deeds(app, f"registri-{n}")).do("post", "catat", registry="pembayaran-pbb", key="jumlah-uji", jumlah=paid)
    summed = await one.do("look_up", "i", gives=("jumlah",), key="jumlah-uji", **owing)
    assert summed.gives == {"jumlah": 1_750_000}
    old = await one.do("look_up", "e", gives=("ada",), what="registri", kind="surat-penelitian", key="3671014501990001", state="lewat")
    assert old.gives == {"ada": True}
    assert (await one.do("look_up", "f", gives=("ada",), doubt="empty", what="registri", kind="entah", key="1")).gives == {}
    with pytest.raises(ApplicationError, match="argumen state"):
        await one.do("look_up", "g", gives=("ada",), state="kapan", key="1", **asked)


async def test_look_up_a_person_and_a_unit(app: AsyncEngine) -> None:
    one = await deeds(app, "pegawai")
    found = await one.do("look_up", "a", gives=("a", "b", "c", "d"), what="pegawai", person=RINA, take="jenis, golongan, masa_kerja, unit_kerja")
    assert (found.gives["a"], found.gives["c"]) == ("PNS", 10)
    head = await one.do("look_up", "b", gives=("jenjang", "kepala", "unit"), what="pegawai", person=HEAD, take="jenjang,kepala_unit,unit")
    assert head.gives == {"jenjang": "jpt-pratama", "kepala": True, "unit": "diskominfo"}
    unit = await one.do("look_up", "c", gives=("nama", "kepala"), what="unit", unit="diskominfo", take="nama,kepala")
    assert unit.gives == {"nama": "Dinas Komunikasi dan Informatika", "kepala": "kepala-diskominfo"}
    seat = await one.do(
        "look_up", "p", gives=("tingkat", "pemegang", "pelaksana", "bulan"), what="jabatan", position="kepala-dispora",
        take="tingkat,pemegang,pelaksana,bulan_plt",
    )  # fmt: skip
    assert (seat.gives["tingkat"], seat.gives["bulan"]) == (3, 3)
    assert "pemegang" not in seat.gives, "nobody holds it: the fact stays empty"
    assert seat.gives["pelaksana"]
    with pytest.raises(ApplicationError, match="Jabatan entah tidak ada"):
        await one.do("look_up", "q", gives=("tingkat",), what="jabatan", position="entah", take="tingkat")
    blocked = await one.do("look_up", "r", gives=("boleh",), doubt="block", what="jabatan", position="entah", take="tingkat")
    assert blocked.gives == {"boleh": False}
    with pytest.raises(ApplicationError, match="zodiak tidak dikenal"):
        await one.do("look_up", "d", gives=("a",), what="pegawai", person=RINA, take="zodiak")
    with pytest.raises(ApplicationError, match="Unit entah tidak ada"):
        await one.do("look_up", "e", gives=("a",), what="unit", unit="entah", take="nama")


async def test_book_look_and_unbook(app: AsyncEngine) -> None:
    one, two = await deeds(app, "pesan-a"), await deeds(app, "pesan-b")
    asked: dict[str, Json] = {"who": [RINA, HEAD], "period": WEEK, "purpose": "dinas-luar"}
    assert (await one.do("book", "pesan", gives=("bebas",), **asked)).gives == {"bebas": True}
    assert (await one.do("book", "pesan", gives=("bebas",), **asked)).gives == {"bebas": True}, "sent again"
    clash: dict[str, Json] = {"who": HEAD, "period": {"from": "2026-12-27", "to": "2026-12-28"}, "purpose": "cuti"}
    taken = await two.do("book", "pesan", gives=("status", "rincian"), yes="bebas", no="bentrok", **clash)
    assert taken.gives["status"] == "bentrok"
    assert "dinas luar 21 Desember 2026 s.d. 27 Desember 2026 (perkara" in taken.gives["rincian"]
    with pytest.raises(ApplicationError, match="Pilih waktu lain") as refused:
        await two.do("book", "pesan", 2, **clash)
    assert refused.value.type == "jadwal-bertumpuk"
    busy = await two.do("look_up", "lihat", gives=("bebas",), what="kegiatan", who=HEAD, period="2026-12-24")
    assert busy.gives == {"bebas": False}
    own = await one.do("look_up", "lihat", gives=("bebas",), what="kegiatan", who=HEAD, period="2026-12-24")
    assert own.gives == {"bebas": True}, "a case is not in its own way"
    assert (await one.do("unbook", "lepas", gives=("ada",), of="pesan", since="2026-12-27")).gives == {"ada": True}
    assert (await two.do("book", "pesan", 3, gives=("bebas",), **clash)).gives == {"bebas": True}
    assert (await two.do("unbook", "lepas", gives=("ada",), of="entah")).gives == {"ada": False}
    room = await one.do(
        "book", "ruang", gives=("bebas",), kind="ruang", who="aula", starts="2026-12-01T08:00", ends="2026-12-01T10:00", purpose="rapat"
    )
    assert room.gives == {"bebas": True}
    with pytest.raises(ApplicationError, match="tidak menyebut siapa"):
        await one.do("book", "kosong", who="", period=WEEK, purpose="cuti")
    with pytest.raises(ApplicationError, match="bukan rentang tanggal"):
        await one.do("book", "terbalik", who=RINA, period={"from": "2026-12-05", "to": "2026-12-01"}, purpose="cuti")


async def test_an_acting_post_is_something_a_person_does(app: AsyncEngine) -> None:
    one = await deeds(app, "plh")
    acting = (await rows(app, "SELECT person FROM acting WHERE kind = 'plh' LIMIT 1"))[0][0]
    asked: dict[str, Json] = {"what": "kegiatan", "who": acting, "period": WEEK}
    free = await one.do("look_up", "a", gives=("bebas",), **asked)
    assert free.gives == {"bebas": True}
    taken = await one.do("look_up", "b", gives=("bebas", "rincian"), acting=True, purposes="plh, plt", **asked)
    assert taken.gives["bebas"] is False
    assert "Plh. Camat Karawaci 2 November 2026 s.d. 30 Januari 2027" in taken.gives["rincian"]


async def test_compute_counts_working_days_and_hands_its_arguments_over(app: AsyncEngine) -> None:
    one = await deeds(app, "hitung")
    assert (await one.do("compute", "a", gives=("hari",), working_days=WEEK)).gives == {"hari": 3}
    both = await one.do("compute", "b", gives=("lolos", "hari"), working_days=[WEEK, "2026-12-28"], lolos=False)
    assert both.gives == {"lolos": False, "hari": 4}
    due = await one.do("compute", "c", gives=("batas",), working_days_from="2026-12-23", working_days_after=1)
    assert due.gives == {"batas": "2026-12-28"}
    unused = await one.do("compute", "c2", gives=("sisa",), working_days="2026-12-28", until={"from": "2026-12-21", "to": "2026-12-31"})
    assert unused.gives == {"sisa": 4}
    report = await one.do("compute", "c3", gives=("batas",), working_days_from={"from": "2026-12-01", "to": "2026-12-23"}, working_days_after=1)
    assert report.gives == due.gives
    assert (await one.do("compute", "d", gives=("x", "y"), satu="1.5", dua=2)).gives == {"x": "1.5", "y": 2}
    with pytest.raises(ApplicationError, match="hari tidak dapat dihitung"):
        await one.do("compute", "e", gives=("hari",), working_days=None)
    assert (await one.do("compute", "f", gives=("lolos",), doubt="block", lolos=None)).gives == {"lolos": False}
    with pytest.raises(ApplicationError, match="2 fakta memerlukan"):
        await one.do("compute", "g", gives=("x", "y"), satu=1)


async def test_supply_gives_the_value_of_the_day_with_its_decree(app: AsyncEngine) -> None:
    await deeds(app, "parameter")

    async def ask(step: str, **fact: Json) -> Json:
        given = {"name": "batas", "source": "parameter", "key": "batas_sekda", "type": "rupiah", "initial": None, **fact}
        order = ActInput("parameter", step, 1, f"parameter/{step}/1", "supply", {"facts": [given]}, at=NOW.isoformat())
        acts = Deeds(app, "parameter")
        from temporalio.testing import ActivityEnvironment

        from activities.acts import Acts

        return await ActivityEnvironment().run(Acts(app, dict(acts.known)).act, order)

    found = await ask("a")
    assert found.gives == {"batas": 200000000}
    assert found.detail["parameter"]["batas"]["sejak"] == "2026-01-01"
    assert "ketetapan kota" in found.detail["parameter"]["batas"]["dasar"]
    assert (await ask("b", key="luar_provinsi_wajib_sekda", type="boolean")).gives == {"batas": True}
    assert (await ask("c", key="entah", initial=7)).gives == {"batas": 7}
    assert (await ask("d", source="looked-up", key="batas_sekda", initial=7)).gives == {"batas": 7}
    with pytest.raises(ApplicationError, match="Parameter entah belum ditetapkan untuk 2026-11-23"):
        await ask("e", key="entah")
    with pytest.raises(ApplicationError, match="bukan bilangan"):
        await ask("f", key="luar_provinsi_wajib_sekda")


async def test_locate_by_code_by_point_and_by_distance(app: AsyncEngine) -> None:
    one = await deeds(app, "tempat")
    found = await one.do("locate", "a", gives=("kode", "nama"), place="36.71.01.1001", kind="kecamatan")
    assert found.gives == {"kode": "36.71.01", "nama": "Tangerang"}
    with pytest.raises(ApplicationError, match=r"Kode wilayah 99\.1"):
        await one.do("locate", "b", gives=("kode",), place="99.1")
    point: Json = {"lat": "-6.178306", "lon": "106.631889"}
    assert (await one.do("locate", "c", gives=("kode",), doubt="empty", point=point, kind="kecamatan")).gives == {}, "no map yet"
    assert (await one.do("locate", "k", gives=("kode", "nama"), point=point, kind="kelurahan")).gives == {"kode": "36.71.07.1007", "nama": "Pabuaran"}
    near = await one.do("locate", "d", gives=("jarak",), point=point, to={"lat": "-6.178306", "lon": "106.632889"})
    assert near.gives["jarak"] == pytest.approx(111, abs=1)
    square = '{"type": "Polygon", "coordinates": [[[106.63, -6.18], [106.64, -6.18], [106.64, -6.17], [106.63, -6.17], [106.63, -6.18]]]}'
    road = '{"type": "LineString", "coordinates": [[106.60, -6.1800], [106.70, -6.1800]]}'
    put = "INSERT INTO place (code, kind, name, geometry) VALUES ('z', 'zona', 'Zona R1', CAST(:s AS jsonb)), ('j', 'jalan', 'Jalan A', CAST(:r AS jsonb))"
    async with transaction(app) as connection:
        from sqlalchemy import text

        await connection.execute(text(put), {"s": square, "r": road})
        await note_change(connection, SYSTEM, "uji", "place", "z", "Uji", None, None, NOW)
    assert (await one.do("locate", "e", gives=("kode", "nama"), point=point, kind="zona")).gives == {"kode": "z", "nama": "Zona R1"}
    outside: Json = {"lat": "-6.19", "lon": "106.631889"}
    with pytest.raises(ApplicationError, match="tidak berada dalam satu pun zona"):
        await one.do("locate", "f", gives=("kode",), point=outside, kind="zona")
    beside = await one.do("locate", "g", gives=("kode", "nama", "jarak"), point=point, kind="jalan", within=200)
    assert (beside.gives["nama"], beside.gives["jarak"]) == ("Jalan A", 189)
    with pytest.raises(ApplicationError, match="dalam jarak 50 meter"):
        await one.do("locate", "h", gives=("kode",), point=point, kind="jalan", within=50)
    with pytest.raises(ApplicationError, match="kosong atau tidak terbaca"):
        await one.do("locate", "i", gives=("kode",), point="di sana", kind="zona")


async def test_post_and_release_of_a_registry_line(app: AsyncEngine) -> None:
    one, two = await deeds(app, "baris-a"), await deeds(app, "baris-b")
    line: dict[str, Json] = {"registry": "perpanjangan-penelitian", "key": "surat-lama-1"}
    look: dict[str, Json] = {"what": "registri", "kind": "perpanjangan-penelitian", "key": "surat-lama-1"}
    assert (await two.do("look_up", "a", gives=("sudah",), **look)).gives == {"sudah": False}
    await one.do("post", "catat", **line, nomor="12/2026")
    assert (await two.do("look_up", "b", gives=("sudah",), **look)).gives == {"sudah": True}
    assert (await one.do("look_up", "b", gives=("sudah",), **look)).gives == {"sudah": False}, "its own line is not another one"
    with pytest.raises(ApplicationError, match="masih ada yang berlaku untuk surat-lama-1"):
        await two.do("post", "catat", **line)
    assert (await two.do("post", "catat", 2, gives=("tercatat",), **line)).gives == {"tercatat": False}
    assert (await one.do("release", "tutup", gives=("ada",), **line)).gives == {"ada": True}
    assert (await one.do("release", "tutup", 2, gives=("ada",), **line)).gives == {"ada": False}
    with pytest.raises(ApplicationError, match="Kunci registri"):
        await two.do("post", "kosong", registry="perpanjangan-penelitian", key="")


async def test_hold_post_and_release_by_their_arguments(app: AsyncEngine) -> None:
    one = await deeds(app, "gerak")
    person = (await actor(app, HEAD, NOW)).person
    book: dict[str, Json] = {"book": "cuti-tahunan", "person": HEAD}
    held = await one.do("hold", "tahan", gives=("cukup",), amount=4, **book)
    assert held.gives == {"cukup": True}
    assert held.detail["buku"] == [{"akun": f"cuti-tahunan/{person}/2026", "tahanan": "4", "langkah": "tahan/1"}]
    with pytest.raises(ApplicationError, match="tersedia 8 hari") as refused:
        await one.do("hold", "tahan-lagi", amount=9, **book)
    assert refused.value.type == "saldo-kurang"
    with pytest.raises(ApplicationError, match="bukan jumlah lebih dari nol"):
        await one.do("hold", "nol", amount=0, **book)
    with pytest.raises(ApplicationError, match="kosong"):
        await one.do("hold", "kosong", amount=None, **book)
    assert (await one.do("post", "lebih", gives=("tercatat",), of="tahan", amount=5)).gives == {"tercatat": False}
    posted = await one.do("post", "bukukan", of="tahan", amount=3)
    assert [move.get("saldo") for move in posted.detail["buku"] if "saldo" in move] == ["-3"]
    await one.do("release", "kembali", of="bukukan", posted=True, amount=1)
    await one.do("release", "balik", of="bukukan", posted=True)
    with pytest.raises(ApplicationError, match="Hanya 0 yang dibukukan"):
        await one.do("release", "lagi", of="bukukan", posted=True, amount=1)
    assert await rows(app, "SELECT balance, held FROM ledger_account WHERE subject = :p AND period = '2026'", p=person) == [(12, 0)]
    await one.do("post", "masuk", book="cuti-tahunan", subject="gudang", period="2026", amount="2.5", add=True)
    with pytest.raises(ApplicationError, match="argumen period"):
        await one.do("post", "masuk", 2, book="cuti-tahunan", subject="gudang", amount=2, add=True)
