"""Performing one machine act as a worker does, on a case of the small letter process in the sample city."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.testing import ActivityEnvironment

from activities.acts import Acts
from activities.verbs.table import verbs
from activities.verbs.verb import Verb
from db.connect import connect, transaction
from engine.events import Json
from tests.db.play import Played, actor, city
from tests.db.processes import LETTER
from workflows.contracts import ActInput, ActResult

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 9, tzinfo=WIB)


@asynccontextmanager
async def engine_of(url: str) -> AsyncIterator[AsyncEngine]:
    engine = connect(url)
    yield engine
    await engine.dispose()


@dataclass
class Deeds:
    """A worker's acts for one case."""

    app: AsyncEngine
    case: str
    known: Mapping[str, Verb] = field(default_factory=lambda: verbs(WIB))

    async def do(
        self, act: str, step: str = "langkah", number: int = 1, gives: tuple[str, ...] = (), at: datetime = NOW, doubt: str = "retry", **args: Json
    ) -> ActResult:
        key = f"{self.case}/{step}/{number}"
        data: dict[str, Json] = {"name": step, "args": args, "gives": list(gives), "doubt": doubt, "note": ""}
        given = ActInput(self.case, step, number, key, act, data, at=at.isoformat())
        result: ActResult = await ActivityEnvironment().run(Acts(self.app, dict(self.known)).act, given)
        return result


async def opened(app: AsyncEngine, case: str, now: datetime = NOW, **values: Json) -> Played:
    """A case of LETTER begun by a drafter of diskominfo."""
    await city(app, now, LETTER)
    played = Played(app, LETTER, case, now)
    await played.open(await actor(app, "konseptor-diskominfo", now), "diskominfo", values)
    return played


async def rows(app: AsyncEngine, query: str, **values: object) -> list[tuple[Any, ...]]:
    async with app.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query), values)]


async def signed(app: AsyncEngine, case: str, code: str, number: str, status: str = "ditandatangani") -> None:
    """A letter of the case, signed without the press."""
    sha = "ab" * 32
    async with transaction(app) as connection:
        await connection.execute(
            text("INSERT INTO stored_file (sha, size, mime) VALUES (:sha, 1, 'application/pdf') ON CONFLICT DO NOTHING"), {"sha": sha}
        )
        statement = text("""
            INSERT INTO document (id, case_id, code, kind, title, status, number, verify_code, signed_sha, verdict, made_at)
            VALUES (:id, :case, :code, 'surat-perintah', 'Surat perintah', :status, :number, :id, :sha, '{}', :at)""")
        given = {"id": f"{case}-{code}", "case": case, "code": code, "status": status, "number": number, "sha": sha, "at": NOW}
        await connection.execute(statement, given)
