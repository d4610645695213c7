"""The sample city behind its pages: cases played through the engine and ``record``, files on disk, people signed in by their seat."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from db import files
from db.connect import connect, transaction
from db.desk import sign_ins
from db.write import numbers
from tests.databases import as_app
from tests.db import play
from tests.db.play import Played
from tests.db.processes import LETTER
from tests.web.cast import SAME, Clock, NobodyAnswers
from web.app import create_app
from web.context import City, Context
from web.directory import Tables
from web.routes import ROUTERS

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DRAWN = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
SIGNATURE = b"2 0 obj\n<< /Type /Sig >>\nendobj\n%%EOF\n"
GOOD = {
    "valid": True,
    "reason": "",
    "signatures": [{"signer": "Ratna Kusumaningrum", "field": "TandaTangan1", "intact": True, "trusted": True, "allowed": True}],
}
T = TypeVar("T")
Owner = psycopg.Connection[tuple[object, ...]]


@dataclass
class Office:
    """One city for a module of tests. ``owner`` may do everything to the tables; the pages have the application's role."""

    client: TestClient
    app: FastAPI
    context: Context
    owner: Owner
    url: str
    clock: Clock
    tokens: dict[str, str] = field(default_factory=dict)

    def run(self, act: Callable[[AsyncEngine], Awaitable[T]]) -> T:
        """Something on an engine of its own, outside the pages."""

        async def on_own_engine() -> T:
            engine = connect(self.url)
            try:
                return await act(engine)
            finally:
                await engine.dispose()

        return asyncio.run(on_own_engine())

    def person(self, seat: str) -> str:
        row = self.owner.execute("SELECT person FROM held_at(%s) WHERE seat = %s", (self.clock.now, seat)).fetchone()
        assert row is not None, seat
        return str(row[0])

    def cookie(self, seat: str) -> dict[str, str]:
        """The header of a browser in which the holder of this seat is signed in."""
        if seat not in self.tokens:
            person = self.person(seat)

            async def start(engine: AsyncEngine) -> str:
                async with transaction(engine) as connection:
                    return await sign_ins.start(connection, person, "127.0.0.1", "uji", self.clock.now)

            self.tokens[seat] = self.run(start)
        return {"cookie": f"__Host-alur={self.tokens[seat]}"}

    def get(self, path: str, seat: str = "", **headers: str) -> Any:
        return self.client.get(path, headers=(self.cookie(seat) if seat else {}) | headers, follow_redirects=False)

    def post(self, path: str, seat: str = "", **more: Any) -> Any:
        return self.client.post(path, headers=(self.cookie(seat) if seat else {}) | SAME, follow_redirects=False, **more)

    def opened(self, case: str, secrecy: str = "biasa", subject: str = "") -> Played:
        """A letter drafted in Diskominfo and waiting for its first initial."""

        async def draft(engine: AsyncEngine) -> Played:
            played = Played(engine, LETTER, case, self.clock.now)
            await played.open(await play.actor(engine, "konseptor-diskominfo", self.clock.now), "diskominfo")
            await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal=subject or f"Rencana {case}", sifat=secrecy)
            return played

        return self.run(draft)

    def number(self, case: str) -> int:
        row = self.owner.execute('SELECT no FROM "case" WHERE id = %s', (case,)).fetchone()
        assert row is not None
        return int(str(row[0]))

    def task(self, case: str) -> int:
        row = self.owner.execute("SELECT id FROM task WHERE case_id = %s AND status = 'offered' ORDER BY id DESC LIMIT 1", (case,)).fetchone()
        assert row is not None
        return int(str(row[0]))

    def incoming(self, case: str, secrecy: str = "biasa", readers: tuple[str, ...] = (), register: str = "agenda_masuk", **form: Any) -> str:
        """A row of the incoming register with its case, straight into the tables."""
        filled = {
            "pengirim": f"Instansi {case}",
            "nomor_surat": f"12/{case}",
            "tanggal_surat": "2026-11-20",
            "urgensi": "segera",
            "kode_klasifikasi": "000.5.3.1",
        }
        self.owner.execute(
            'INSERT INTO "case" (id, process, sha, title, subject, secrecy, unit, opened_at, form) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)',
            (case, "surat-masuk-disposisi", "s", "Surat masuk", form.pop("perihal", f"Hal {case}"), secrecy, "diskominfo", self.clock.now, json.dumps(filled | form)),
        )  # fmt: skip
        for reader in readers:
            self.owner.execute("INSERT INTO case_reader (case_id, position) VALUES (%s, %s)", (case, reader))

        async def reserve(engine: AsyncEngine) -> str:
            async with transaction(engine) as connection:
                await numbers.reserve(connection, case, "diskominfo", register, self.clock.now, "{urut}/{tahun}", {}, case, zone="Asia/Jakarta")
                return (await numbers.issue(connection, case, self.clock.now)).text

        return self.run(reserve)

    def signed(self, case: str, code: str, secrecy: str = "biasa", status: str = "ditandatangani", content: bytes = b"", **more: Any) -> bytes:
        """A document of this verify code with its stored file; gives the file's bytes."""
        drawn = DRAWN.replace(b"/Catalog", f"/Catalog /Surat ({case})".encode())
        whole = content or drawn + SIGNATURE
        shas = [files.keep(self.context.files, one) for one in (drawn, whole)]
        for sha in shas:
            self.owner.execute("INSERT INTO stored_file (sha, size, mime) VALUES (%s, 1, 'application/pdf') ON CONFLICT DO NOTHING", (sha,))
        self.owner.execute(
            'INSERT INTO "case" (id, process, sha, title, subject, secrecy, unit, opened_at) VALUES (%s, \'p\', \'s\', %s, %s, %s, %s, %s)',
            (case, "Surat keluar", more.get("subject", f"Hal {case}"), secrecy, "diskominfo", self.clock.now),
        )  # fmt: skip
        signers = [
            {
                "name": "Ratna Kusumaningrum",
                "title": "Kepala Dinas",
                "prefix": more.get("prefix", ""),
                "capacity": more.get("capacity", "definitif"),
                "at": MONDAY.isoformat(),
            }
        ]
        done = status in ("ditandatangani", "disegel", "dicabut")
        self.owner.execute(
            "INSERT INTO document (id, case_id, code, kind, title, status, secrecy, number, verify_code, verify_token_hash, base_sha, signed_sha, signers, verdict, made_at, signed_at) "
            "VALUES (%s, %s, 'surat', 'surat-dinas', 'Surat dinas', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (f"d-{case}", case, status, secrecy, more.get("number", f"500.12/{case}/DISKOMINFO/XI/2026"), code, hashlib.sha256(more.get("token", "").encode()).hexdigest() if more.get("token") else "",
             shas[0], shas[1] if done else None, json.dumps([] if status == "disegel" else signers), json.dumps(more.get("verdict", GOOD)) if done else None, MONDAY, MONDAY if done else None),
        )  # fmt: skip
        return whole


@contextmanager
def office(database: str, folder: Path, mail: Path | None = None) -> Iterator[Office]:
    """The city in a migrated database, its pages with every router of the product, no engine behind them."""
    parts = make_url(database)
    url = as_app(database)
    clock = Clock(MONDAY)

    async def load() -> None:
        engine = connect(url)
        await play.city(engine, MONDAY, LETTER)
        async with engine.connect() as connection:
            assert (await connection.execute(text("SELECT count(*) FROM unit"))).scalar_one() > 50
        await engine.dispose()

    asyncio.run(load())
    pages = connect(url, pages=True)
    context = Context(
        pages=pages, desk=connect(url), cases=NobodyAnswers(), directory=Tables(pages), files=folder, city=City("Kota Contoh", "Pemerintah Kota Contoh", sample=True),
        clock=clock, mail=mail,
    )  # fmt: skip
    app = create_app(context, ROUTERS)
    with (
        psycopg.connect(
            host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database, autocommit=True
        ) as owner,
        TestClient(app, base_url="https://kota.test") as client,
    ):
        yield Office(client, app, context, owner, url, clock)
        assert client.portal is not None
        client.portal.call(context.pages.dispose)
        client.portal.call(context.desk.dispose)


def words(response: Any) -> str:
    """The text of a page as a person reads it."""
    from tests.web.test_guard import words as read

    return read(response)
