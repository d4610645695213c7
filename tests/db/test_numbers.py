"""Numbers: without a gap, without a double, the same key the same number, and nothing that takes one back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db import files
from db.connect import transaction
from db.write import documents, effects, numbers
from engine.errors import NotFound, NumberConflict, ReasonMissing, StaleVersion

PATTERN = "{klasifikasi}/{urut}/{unit}/{bulan_romawi}/{tahun}"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


async def one(app: AsyncEngine, key: str, register: str = "surat_keluar", at: datetime = NOW, zone: str = "Asia/Jakarta") -> numbers.Number:
    async with transaction(app) as connection:
        return await numbers.reserve(connection, key, "DISKOMINFO", register, at, PATTERN, {"klasifikasi": "500.12"}, zone=zone)


async def test_a_number_reads_as_the_pattern_says_and_belongs_to_its_key(app: AsyncEngine) -> None:
    first = await one(app, "k1", "nota_dinas")
    assert (first.text, first.state) == ("500.12/1/DISKOMINFO/XI/2026", "DICADANGKAN")
    assert await one(app, "k1", "nota_dinas") == first
    assert (await one(app, "k2", "nota_dinas")).serial == 2


def _may_break(number: int) -> None:
    if number % 10 == 9:
        raise ConnectionError


async def test_the_year_turns_at_midnight_of_the_city(app: AsyncEngine) -> None:
    last = await one(app, "tahun-1", "tahunan", datetime(2026, 12, 31, 16, 59, tzinfo=UTC))
    new = await one(app, "tahun-2", "tahunan", datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    assert (last.year, last.serial, new.year, new.serial) == (2026, 1, 2027, 1)
    assert new.text == "500.12/1/DISKOMINFO/I/2027"
    east = await one(app, "tahun-3", "tahunan-timur", datetime(2026, 12, 31, 15, 0, tzinfo=UTC), zone="Asia/Jayapura")
    assert east.year == 2027, "midnight comes two hours earlier in the east"


async def test_no_gap_and_no_double_under_many_writers_some_of_whom_fail(app: AsyncEngine) -> None:
    async def write(number: int) -> None:
        for _ in range(20):
            try:
                async with transaction(app) as connection:
                    await numbers.reserve(
                        connection, f"ramai-{number % 40}", "DISKOMINFO", "ramai", NOW, PATTERN, {"klasifikasi": "000"}, zone="Asia/Jakarta"
                    )
                    _may_break(number)
            except ConnectionError:
                return
            except NumberConflict:
                continue
            else:
                return

    await asyncio.gather(*(write(n) for n in range(60)))
    async with app.connect() as connection:
        serials = (await connection.execute(text("SELECT serial FROM number WHERE register = 'ramai' ORDER BY serial"))).scalars().all()
        last = (await connection.execute(text("SELECT last FROM counter WHERE register = 'ramai'"))).scalar_one()
    assert list(serials) == list(range(1, last + 1))
    assert 30 <= last <= 40


async def test_a_number_is_issued_or_voided_with_a_reason_and_stays_so(app: AsyncEngine, owner: psycopg.Connection[tuple[object, ...]]) -> None:
    await one(app, "terbit", "akhir")
    await one(app, "batal", "akhir")
    async with transaction(app) as connection:
        assert (await numbers.issue(connection, "terbit", NOW)).state == "TERBIT"
        assert (await numbers.issue(connection, "terbit", NOW)).state == "TERBIT"
        with pytest.raises(ReasonMissing):
            await numbers.void(connection, "batal", " ", NOW)
        assert (await numbers.void(connection, "batal", "Naskah tidak jadi", NOW)).reason == "Naskah tidak jadi"
        with pytest.raises(NumberConflict, match="sudah batal"):
            await numbers.issue(connection, "batal", NOW)
        with pytest.raises(NotFound):
            await numbers.issue(connection, "tidak-ada", NOW)
    assert (await one(app, "baru", "akhir")).serial == 3
    for statement in ("DELETE FROM number", "TRUNCATE number", "UPDATE number SET serial = 9 WHERE key = 'terbit'", "UPDATE counter SET last = 0"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(statement)


def test_a_pattern_with_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="acak"):
        numbers.compose("{urut}/{acak}", {"urut": "1"})
    with pytest.raises(ValueError, match="klasifikasi"):
        numbers.compose(PATTERN, {"urut": "1"})


async def test_an_effect_is_done_once_and_a_retry_gets_its_result(app: AsyncEngine) -> None:
    async with transaction(app) as connection:
        first = await effects.claim(connection, "c/terbitkan/1", "c", "issue")
    async with transaction(app) as connection:
        after_a_kill = await effects.claim(connection, "c/terbitkan/1", "c", "issue")
    assert (first.done, first.attempts, after_a_kill.done, after_a_kill.attempts) == (False, 1, False, 2)
    async with transaction(app) as connection:
        assert await effects.finish(connection, "c/terbitkan/1", {"sha": "a"}) == {"sha": "a"}
        assert await effects.finish(connection, "c/terbitkan/1", {"sha": "b"}) == {"sha": "a"}
        assert await effects.claim(connection, "c/terbitkan/1", "c", "issue") == effects.Claim(True, 2, {"sha": "a"})
        with pytest.raises(LookupError):
            await effects.finish(connection, "tak-pernah", {})


def test_a_file_lies_under_its_hash_whole_or_not_at_all(tmp_path: Path) -> None:
    sha = files.keep(tmp_path, b"naskah")
    assert files.keep(tmp_path, b"naskah") == sha
    assert files.read(tmp_path, sha) == b"naskah"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [sha]
    files.path_of(tmp_path, sha).write_bytes(b"diubah")
    with pytest.raises(NotFound, match="rusak"):
        files.read(tmp_path, sha)
    assert files.keep(tmp_path, b"naskah2") != sha
    for bad in ("../etc/passwd", "A" * 64, "", sha + "x"):
        with pytest.raises(ValueError, match="SHA-256"):
            files.path_of(tmp_path, bad)


async def test_a_document_has_versions_until_it_is_signed_with_its_verdict(app: AsyncEngine, owner: psycopg.Connection[tuple[object, ...]]) -> None:
    owner.execute("INSERT INTO \"case\" (id, process, sha, title, opened_at, secrecy) VALUES ('d-1', 'p', 's', 'Surat', now(), 'rahasia')")
    draft, final, signed = ("1" * 64, "2" * 64, "3" * 64)
    async with transaction(app) as connection:
        for sha in (draft, final, signed):
            await files.register(connection, sha, 10, "application/pdf")
        document = await documents.ensure(connection, "d-1", "surat", "surat-dinas", "Surat dinas", NOW)
        assert await documents.add_version(connection, document, draft, 1, NOW) == 1
        document = await documents.ensure(connection, "d-1", "surat", "surat-dinas", "Surat dinas", NOW)
        assert await documents.add_version(connection, document, draft, 1, NOW) == 1
        assert await documents.add_version(connection, document, final, 1, NOW, number="1/2026") == 2
        await documents.mark_signed(connection, document.id, signed, [{"person": "p"}], {"valid": True}, NOW)
        await documents.mark_signed(connection, document.id, signed, [{"person": "p"}], {"valid": True}, NOW)
        after = await documents.ensure(connection, "d-1", "surat", "surat-dinas", "Surat dinas", NOW)
        assert (after.status, after.number, after.signed_sha, after.verify_code) == ("ditandatangani", "1/2026", signed, document.verify_code)
        with pytest.raises(StaleVersion):
            await documents.add_version(connection, after, draft, 2, NOW)
        with pytest.raises(StaleVersion):
            await documents.mark_signed(connection, document.id, draft, [], {}, NOW)
    assert owner.execute("SELECT secrecy FROM document WHERE id = %s", (document.id,)).fetchone() == ("rahasia",)
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE document SET verdict = NULL WHERE id = %s", (document.id,))
