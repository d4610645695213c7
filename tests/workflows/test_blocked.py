"""A blocked person signs nothing from that moment, not even by the envelope he gave before; a renewed certificate signs again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from db.write.trail import event_of
from embedded.temporal import Temporal
from tests.workflows.running import City, city
from workflows.informasi_arsip_tik.penerbitan_sertifikat_tte.scenarios import ajukan
from workflows.ketatausahaan.surat_keluar_tte.scenarios import KONSEP

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="module")]
HEAD, DRAFTER, SIGN, CODE = "kepala-dinkes", "konseptor-dinkes", "tanda-tangan-kepala-opd", "penerbitan-sertifikat-tte"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    async with city(database, temporal_server.address, tmp_path_factory.mktemp("kota")) as made:
        yield made


async def waits_for_the_head(here: City) -> str:
    case = await here.open("surat-keluar-tte", DRAFTER)
    await here.do(case, "konsep", "kirim", values=KONSEP)
    for step in ("paraf-ketua-tim", "paraf-kepala-bidang", "paraf-sekretaris"):
        await here.do(case, step, "paraf")
    await here.wait_open(case, SIGN)
    return case


async def refused(here: City, case: str, number: int) -> str:
    """The cause for which the signature was refused, once it stands in the trail."""
    await here.wait_open(case, SIGN)
    async with here.database.connect() as connection:
        rows = await connection.execute(text("SELECT body FROM trail WHERE case_id = :c AND kind = 'sign-refused' ORDER BY seq"), {"c": case})
        causes = [event_of(row.body).data["cause"] for row in rows]
    assert len(causes) == number
    return str(causes[-1])


async def nip(here: City, position: str) -> str:
    person = (await here.actor(position)).person
    return str(await value(here, "SELECT nip FROM person WHERE id = :p", p=person))


async def value(here: City, statement: str, **given: Any) -> Any:
    async with here.database.connect() as connection:
        return (await connection.execute(text(statement), given)).scalar_one()


async def report(here: City, owner: str) -> str:
    """The owner says himself that his passphrase is known; gives the case, at which moment he is blocked."""
    case = await here.open(CODE, owner)
    asked = ajukan("pencabutan", await nip(here, owner), alasan_cabut="bocor")
    await here.do(case, "ajukan", "kirim", values=asked.values)
    await here.wait_open(case, "cabut")
    return case


async def signed(here: City, case: str) -> int:
    return int(await value(here, "SELECT count(*) FROM document WHERE case_id = :c AND signed_sha IS NOT NULL", c=case))


async def is_signed(here: City, case: str) -> None:
    for _ in range(400):
        if await signed(here, case):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(await here.kinds(case))


async def renew(here: City) -> None:
    """He asks for a new certificate; it signs once the machine has bound it to his post."""
    case = await here.open(CODE, HEAD)
    title = await value(here, "SELECT title FROM position WHERE code = :p", p=HEAD)
    await here.do(case, "ajukan", "kirim", values={**ajukan("perpanjangan", await nip(here, HEAD)).values, "jabatan": title})
    await here.sign(case, "rekomendasi-atasan-kepala", outcome="setuju")
    await here.do(case, "verifikasi-identitas", "terverifikasi", values={"cara_verifikasi": "tatap-muka"})
    await here.sign(case, "tanda-tangan-kolektif", outcome="tandatangan")
    await here.do(case, "aktivasi", "selesai")
    await here.do(case, "persetujuan-bsre", "disetujui")
    await here.wait_open(case, "menjelang-berakhir")


async def test_a_blocked_person_signs_nothing_and_a_renewed_certificate_signs_again(here: City) -> None:
    first, second, third = [await waits_for_the_head(here) for _ in range(3)]
    head = await here.actor(HEAD)
    await here.sign(first, SIGN)
    await is_signed(here, first)
    given_before = await here.envelope(second, head)

    block = await report(here, HEAD)
    await here.do(second, SIGN, "tandatangani", actor=head, envelope=given_before)
    assert await refused(here, second, 1) == "revoked"
    await here.sign(third, SIGN)
    assert await refused(here, third, 1) == "revoked"
    assert await signed(here, second) == await signed(here, third) == 0
    assert await value(here, "SELECT count(*) FROM tte_envelope WHERE person = :p AND used_at IS NULL", p=head.person) == 0

    await here.do(block, "cabut", "dicabut")
    await here.sign(block, "tanda-tangan-ba-pencabutan", outcome="tandatangan")
    await here.do(block, "arsipkan-pencabutan", "selesai")
    assert await here.ended(block) == "dicabut"
    await here.sign(third, SIGN)
    assert await refused(here, third, 2) == "revoked", "the block outlives the case that made it"
    await renew(here)
    await here.sign(third, SIGN)
    await is_signed(here, third)
