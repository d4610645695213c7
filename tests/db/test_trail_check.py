"""One changed byte is found and named, by the read and by the command; an untouched city verifies whole, case by case."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.read.trail_check import verify, verify_all
from tests.db.play import Played, actor, city
from tests.db.processes import LETTER

Owner = psycopg.Connection[tuple[object, ...]]
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


async def played(app: AsyncEngine, case: str) -> Played:
    await city(app, MONDAY, LETTER)
    made = Played(app, LETTER, case, MONDAY)
    await made.open(await actor(app, "konseptor-diskominfo", MONDAY), "diskominfo")
    await made.decide("konseptor-diskominfo", "konsep", "kirim", perihal=f"Rencana {case}", sifat="biasa")
    return made


def tamper(owner: Owner, statement: str, *values: object) -> None:
    """As somebody would who owns the machine: superuser, triggers off."""
    owner.execute("ALTER TABLE trail DISABLE TRIGGER ALL")
    assert owner.execute(statement, values).rowcount == 1
    owner.execute("ALTER TABLE trail ENABLE TRIGGER ALL")


def command(url: str, *case: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "manage.py", "trail", "verify", *case], check=False, cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={**os.environ, "ALUR_DATABASE_URL": url, "ALUR_CODEC_KEY": "A" * 43 + "="},
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout


async def test_every_case_of_an_untouched_city_is_whole(app: AsyncEngine, app_url: str) -> None:
    made = [await played(app, f"u-{number}") for number in range(3)]
    async with app.connect() as connection:
        report = await verify_all(connection)
    assert (report.whole, report.cases, report.events, report.lines) == (True, 3, sum(len(one.events) for one in made), [])
    assert command(app_url) == (0, f"3 perkara, {report.events} peristiwa diperiksa: semua rantai utuh.\n")


@pytest.mark.parametrize(
    ("column", "change", "named"),
    [
        ("body", "body = replace(body, '\"kirim\"', '\"kirin\"')", "body"),
        ("hash", "hash = translate(hash, '0123456789abcdef', '123456789abcdef0')", "hash"),
        ("name", "name = name || '.'", "name"),
        ("at", "at = at + interval '1 second'", "at"),
        ("title", "title = 'Wali Kota'", "title"),
    ],
)
async def test_one_change_is_found_and_named(app: AsyncEngine, app_url: str, owner: Owner, column: str, change: str, named: str) -> None:
    case = f"r-{column}"
    await played(app, case)
    tamper(owner, f"UPDATE trail SET {change} WHERE case_id = %s AND seq = 3", case)
    async with app.connect() as connection:
        verdict = await verify(connection, case)
    assert (verdict.sound, verdict.seq, verdict.column) == (False, 3, named)
    code, said = command(app_url, case)
    assert code == 1
    assert f"({case}): baris 3, kolom {named}: " in said
    assert "1 perkara rusak" in said.splitlines()[-1]


async def test_a_missing_line_is_named_in_the_middle_and_at_the_end(app: AsyncEngine, owner: Owner) -> None:
    await played(app, "h-tengah")
    last = len((await played(app, "h-akhir")).events)
    tamper(owner, "DELETE FROM trail WHERE case_id = %s AND seq = 2", "h-tengah")
    tamper(owner, "DELETE FROM trail WHERE case_id = %s AND seq = %s", "h-akhir", last)
    async with app.connect() as connection:
        middle, end = await verify(connection, "h-tengah"), await verify(connection, "h-akhir")
        report = await verify_all(connection)
    assert (middle.sound, middle.seq, middle.column) == (False, 2, "seq")
    assert (end.sound, end.seq) == (False, last - 1)
    assert sum("h-" in line for line in report.lines) == 2
    assert not report.whole


async def test_a_case_is_asked_for_by_number_or_id(app: AsyncEngine, app_url: str, owner: Owner) -> None:
    await played(app, "n-satu")
    row = owner.execute("SELECT no FROM \"case\" WHERE id = 'n-satu'").fetchone()
    assert row is not None
    assert command(app_url, str(row[0])) == command(app_url, "n-satu")
    assert command(app_url, "n-satu")[0] == 0
    assert command(app_url, "tidak-ada") == (1, "Perkara tidak-ada tidak ada.\n")
