"""``gather`` and ``hand_over``: each row goes to one case once, late cases are named, and no row slips past a gathering that is under way."""

from __future__ import annotations

import asyncio
import json

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from activities.verbs.gathering import gather, hand_over, trace
from db.connect import transaction
from db.write.passing import rows_of
from engine.events import Json
from tests.activities.verbs.deeds import Deeds, opened, rows, signed

VERBS = {"gather": gather, "hand_over": hand_over, "trace": trace}


async def forum(app: AsyncEngine, case: str, area: str, *proposals: str, ended: str = "selesai", secrecy: str = "biasa", **more: Json) -> Deeds:
    """A case with a table of proposals (id:status) for an area, ended or still open."""
    await opened(app, case)
    table = [{"_id": one.split(":")[0], "judul": f"Usul {one}", "status": one.split(":")[1]} for one in proposals]
    statement = text("""UPDATE "case" SET form = CAST(:form AS jsonb), secrecy = :secrecy, result = nullif(:ended, ''),
        status = CASE WHEN :ended = '' THEN 'open' ELSE 'ended' END WHERE id = :case""")
    async with transaction(app) as connection:
        form = json.dumps({"usulan": table, "wilayah": area, **more})
        await connection.execute(statement, {"form": form, "case": case, "ended": ended, "secrecy": secrecy})
    return Deeds(app, case, VERBS)


def ids(table: Json) -> list[str]:
    return [str(row["_id"]).partition("-")[2] for row in table]


async def collect(deeds: Deeds, area: str, number: int = 1, **more: Json) -> tuple[list[str], Json]:
    result = await deeds.do(
        "gather", "himpun", number, ("usulan", "terlambat"), process="surat-uji", table="usulan", case_wilayah=area, row_status="diteruskan", **more
    )
    return ids(result.gives["usulan"]), result


async def test_rows_of_ready_cases_come_in_and_late_ones_are_named(app: AsyncEngine) -> None:
    await forum(app, "g-a1", "a", "u1:diteruskan", "u2:ditolak")
    await forum(app, "g-a2", "a", "u1:diteruskan")
    await forum(app, "g-a3", "a", "u1:diteruskan", ended="")
    await forum(app, "g-lain", "lain", "u1:diteruskan")
    deeds = await forum(app, "g-kec", "kota", ended="")
    found, result = await collect(deeds, "a")
    assert found == ["u1", "u1"]
    assert len({row["_id"] for row in result.gives["usulan"]}) == 2
    assert [row["asal_perkara"] for row in result.gives["usulan"]] == ["g-a1", "g-a2"]
    assert result.gives["terlambat"] == 1
    assert [one["unit"] for one in result.detail["terlambat"]] == ["diskominfo"]
    assert (await collect(deeds, "a"))[1] == result


async def test_a_row_is_taken_by_one_case_only(app: AsyncEngine) -> None:
    await forum(app, "g-b1", "b", "u1:diteruskan", "u2:diteruskan")
    both = [await forum(app, name, "kota", ended="") for name in ("g-b-satu", "g-b-dua")]
    found = await asyncio.gather(*(collect(one, "b") for one in both))
    assert sorted(one for rows_, _ in found for one in rows_) == ["u1", "u2"]
    assert (await rows(app, "SELECT count(*) FROM passed_row WHERE from_case = 'g-b1'")) == [(2,)]


async def test_a_new_round_keeps_what_was_taken_and_adds_what_came(app: AsyncEngine) -> None:
    await forum(app, "g-c1", "c", "u1:diteruskan")
    deeds = await forum(app, "g-c-kec", "kota", ended="")
    assert (await collect(deeds, "c"))[0] == ["u1"]
    await forum(app, "g-c2", "c", "u7:diteruskan")
    assert (await collect(deeds, "c", 2))[0] == ["u1", "u7"]


async def test_only_cases_whose_record_is_signed(app: AsyncEngine) -> None:
    await forum(app, "g-d1", "d", "u1:diteruskan")
    await forum(app, "g-d2", "d", "u2:diteruskan")
    await signed(app, "g-d2", "berita-acara", "1/BA/2026")
    found, result = await collect(await forum(app, "g-d-kec", "kota", ended=""), "d", signed="berita-acara")
    assert (found, result.gives["terlambat"]) == (["u2"], 1)


async def test_rows_of_a_secret_case_stay_out_of_an_open_one(app: AsyncEngine) -> None:
    await forum(app, "g-e1", "e", "u1:diteruskan", secrecy="rahasia")
    assert (await collect(await forum(app, "g-e-kec", "kota", ended=""), "e"))[0] == []
    assert (await collect(await forum(app, "g-e-rhs", "kota", ended="", secrecy="rahasia"), "e"))[0] == ["u1"]


async def test_rows_handed_over_are_gathered_once(app: AsyncEngine) -> None:
    target = await forum(app, "h-kec", "kecamatan-f", ended="")
    giver = await forum(app, "h-kel", "f", "u1:diteruskan", "u2:ditolak", ended="")
    args: dict[str, Json] = {"table": "usulan", "process": "surat-uji", "case_wilayah": "kecamatan-f", "row_status": "diteruskan"}
    went = await giver.do("hand_over", "kirim", gives=("diserahkan", "ditunda"), **args)
    assert went.gives == {"diserahkan": 1, "ditunda": []}
    assert (await giver.do("hand_over", "kirim", 2, ("diserahkan", "ditunda"), **args)).gives["diserahkan"] == 0
    assert (await collect(target, "tidak-ada"))[0] == ["u1"]
    assert (await collect(await forum(app, "h-lain", "kota", ended=""), "f", state="any"))[0] == []


async def test_what_comes_after_the_gathering_is_put_off_not_lost(app: AsyncEngine) -> None:
    target = await forum(app, "h-tutup", "kecamatan-g", ended="")
    await collect(target, "tidak-ada")
    giver = await forum(app, "h-telat", "g", "u1:diteruskan", ended="")
    args: dict[str, Json] = {"table": "usulan", "process": "surat-uji", "case_wilayah": "kecamatan-g"}
    late = await giver.do("hand_over", "kirim", gives=("diserahkan", "ditunda"), **args)
    assert (late.gives["diserahkan"], [row["_id"] for row in late.gives["ditunda"]]) == (0, ["u1"])
    assert await rows(app, "SELECT count(*) FROM passed_row WHERE from_case = 'h-telat'") == [(0,)]
    with pytest.raises(ApplicationError, match="sudah tutup") as met:
        await giver.do("hand_over", "tanpa-fakta", **args)
    assert met.value.non_retryable


async def test_a_gathering_and_a_handing_over_at_once_lose_no_row(app: AsyncEngine) -> None:
    """Whoever is first: the row is either gathered or put off, never handed to a case that will not look again."""
    for n in range(6):
        target = await forum(app, f"h-balap-{n}", f"kecamatan-{n}", ended="")
        giver = await forum(app, f"h-beri-{n}", f"balap-{n}", "u1:diteruskan", ended="")
        went: dict[str, Json] = {}

        async def hand(giver: Deeds = giver, n: int = n, went: dict[str, Json] = went) -> None:
            result = await giver.do("hand_over", gives=("diserahkan",), table="usulan", process="surat-uji", case_wilayah=f"kecamatan-{n}")
            went.update(result.gives)

        async def take(target: Deeds = target, went: dict[str, Json] = went) -> None:
            went["dihimpun"] = len((await collect(target, "tidak-ada"))[0])

        await asyncio.gather(*((hand(), take()) if n % 2 else (take(), hand())))
        assert went["dihimpun"] == went["diserahkan"]


async def test_two_targets_and_a_wrong_argument_are_refused(app: AsyncEngine) -> None:
    for name in ("h-dua-1", "h-dua-2"):
        await forum(app, name, "kecamatan-h", ended="")
    giver = await forum(app, "h-bingung", "h", "u1:diteruskan", ended="")
    with pytest.raises(ApplicationError, match="lebih dari satu"):
        await giver.do("hand_over", gives=("n",), table="usulan", process="surat-uji", case_wilayah="kecamatan-h")
    with pytest.raises(ApplicationError, match="isi argumen process") as met:
        await giver.do("gather", table="usulan")
    assert met.value.non_retryable
    to = await giver.do("hand_over", "ke", gives=("n",), table="usulan", to="h-dua-1")
    assert to.gives == {"n": 1}


async def test_a_number_of_its_own_stays_the_id_through_every_level(app: AsyncEngine) -> None:
    await forum(app, "n-kel", "kel-n", "u1:diteruskan", ended="")
    async with transaction(app) as connection:
        numbered = json.dumps(
            {"wilayah": "kel-n", "usulan": [{"_id": "u1", "nomor": "36.71/2027/1", "status": "diteruskan"}], "@u1": {"jenis": "fisik"}}
        )
        await connection.execute(text('UPDATE "case" SET form = CAST(:form AS jsonb) WHERE id = :case'), {"form": numbered, "case": "n-kel"})
    deeds = await forum(app, "n-kec", "kota", ended="")
    gives = ("usulan", "terlambat", "masuk", "belum")
    await forum(app, "n-belum", "kel-n", "u2:diteruskan", ended="")
    args: dict[str, Json] = {"process": "surat-uji", "table": "usulan", "state": "open", "id": "nomor", "signed": "ba", "case_wilayah": "kel-n"}
    await signed(app, "n-kel", "ba", "1/BA/2026")
    found = await deeds.do("gather", "himpun", 1, gives, **args)
    assert [(row["_id"], row["jenis"]) for row in found.gives["usulan"]] == [("36-71-2027-1", "fisik")]
    assert (found.gives["terlambat"], found.gives["masuk"], found.gives["belum"]) == (1, ["diskominfo"], ["diskominfo"])


async def test_what_became_of_a_row_is_read_where_it_stands_now(app: AsyncEngine) -> None:
    """Two levels up, one level up, handed over and not gathered yet, and never left."""
    low = await forum(app, "t-kel", "kel-t", "u1:diteruskan", "u2:diteruskan", "u3:ditolak", ended="")
    middle = await forum(app, "t-kec", "kec-t", ended="")
    top = await forum(app, "t-kota", "kota-t", ended="")
    await low.do("hand_over", gives=("n", "sisa"), table="usulan", to="t-kec", row_status="diteruskan")
    asked: dict[str, Json] = {"table": "usulan", "take_status": "status_akhir|status", "take_alasan": "alasan"}
    waiting = await low.do("trace", "lacak", 1, ("usulan", "pindah"), **asked)
    assert ([row["status"] for row in waiting.gives["usulan"]], waiting.gives["pindah"]) == (["diteruskan", "diteruskan", "ditolak"], 2)

    async def stands(case: str, rows_: list[Json], **more: Json) -> None:
        async with transaction(app) as connection:
            form = json.dumps({"usulan": rows_, **more})
            await connection.execute(text('UPDATE "case" SET form = CAST(:form AS jsonb) WHERE id = :case'), {"form": form, "case": case})

    came = (await middle.do("gather", "himpun", 1, ("usulan",), process="surat-uji", table="usulan", case_wilayah="tidak-ada")).gives["usulan"]
    await stands("t-kec", [came[0], {**came[1], "status": "ditunda", "alasan": "Pagu habis."}])
    await middle.do("hand_over", gives=("n", "sisa"), table="usulan", to="t-kota", row_status="diteruskan")
    went = (await top.do("gather", "himpun", 1, ("usulan",), process="surat-uji", table="usulan", case_wilayah="tidak-ada")).gives["usulan"]
    await stands("t-kota", went, **{f"@{went[0]['_id']}": {"status_akhir": "masuk-rkpd"}})
    told = (await low.do("trace", "lacak", 2, ("usulan", "pindah"), **asked)).gives["usulan"]
    assert [(row["_id"], row["status"], row.get("alasan")) for row in told] == [
        ("u1", "masuk-rkpd", None), ("u2", "ditunda", "Pagu habis."), ("u3", "ditolak", None),
    ]  # fmt: skip


def test_what_steps_gave_for_a_row_belongs_to_it() -> None:
    form = {
        "usulan": [{"_id": "a", "status": ""}, {"_id": "b", "status": ""}],
        "@a": {"usulan": [{"_id": "a", "status": "diteruskan"}], "hasil": "layak"},
    }
    assert rows_of(form, "usulan") == ({"_id": "a", "status": "diteruskan", "hasil": "layak"}, {"_id": "b", "status": ""})
    nested = {"usulan": [{"_id": "rw5-u1"}], "@rw5": {"ketua": "Satu"}, "@rw5@rw5-u1": {"kelurahan": "Sukarasa"}, "@rw5-u1": {"nomor": "1"}}
    assert rows_of(nested, "usulan") == ({"_id": "rw5-u1", "kelurahan": "Sukarasa", "nomor": "1"},)
