"""Takes a city's folder into the database: what is missing is added, what stands is left as the pages made it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office import rescheduling
from db.office.changes import note_change
from db.office.city_books import SHAPES, read_books
from db.office.city_files import SHEETS, City, Row, read_city
from db.office.load_books import load_books
from db.tables.base import metadata
from db.tables.organisation import INTERNAL
from engine.events import SYSTEM, Json

TABLES = {
    "units.csv": "unit", "posts.csv": "position", "people.csv": "person", "holders.csv": "incumbency", "acting.csv": "acting",
    "mandates.csv": "mandate", "functions.csv": "function_post", "matters.csv": "matter_post", "committees.csv": "committee_member",
    "holidays.csv": "holiday", "hours.csv": "office_hours", "parameters.csv": "parameter", "classification.csv": "classification",
    "places.csv": "place",
}  # fmt: skip
"""In the order of their references."""

_RUNNING = text("SELECT EXISTS (SELECT 1 FROM \"case\" WHERE status = 'open')")


@dataclass(frozen=True, slots=True)
class Loaded:
    """``added``: rows by table; ``unchanged``: the folder is the one loaded last, nothing was done."""

    added: dict[str, int]
    unchanged: bool = False


async def load_city(connection: AsyncConnection, folder: Path, at: datetime) -> Loaded:
    """Reads, checks and adds, in the caller's transaction, with one line in the office trail. Doing it again changes nothing.

    Refuses a folder with faults (CityInvalid, each naming file, line, column and mend) before anything is written."""
    digest = folder_digest(folder)
    last = (await connection.execute(text("SELECT body FROM office_trail WHERE subject = 'kota' ORDER BY seq DESC LIMIT 1"))).scalar_one_or_none()
    if last is not None and json.loads(last)["after"]["sha256"] == digest:
        return Loaded({}, unchanged=True)
    city = read_city(folder)
    books = read_books(city, folder)
    added = {table: await _add(connection, table, _rows(city, file)) for file, table in TABLES.items()}
    added |= await load_books(connection, city, books, at)
    after: dict[str, Json] = {"sha256": digest, "rows": dict(added)}
    seq = await note_change(connection, SYSTEM, "muat", "kota", "", "Memuat berkas kota", None, after, at)
    if added["holiday"] and (await connection.execute(_RUNNING)).scalar_one():
        await rescheduling.order(connection, "Berkas kota: hari libur bertambah", seq, at)
    return Loaded(added)


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of the files that are read."""
    total = hashlib.sha256()
    for file in (*SHEETS, "city.toml", *(f"{SHAPES}/{path.name}" for path in sorted((folder / SHAPES).glob("*.geojson")))):
        path = folder / file
        total.update(file.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return total.hexdigest()


def _rows(city: City, file: str) -> list[Row]:
    rows = city.rows[file]
    if file == "units.csv":
        return _with_organisation(rows)
    if file in ("holders.csv", "acting.csv", "mandates.csv"):
        return [{**row, "id": _stable_id(file, row)} for row in rows]
    if file == "classification.csv":
        return [{**row, "parent": str(row["code"]).rpartition(".")[0] or None} for row in rows]
    return rows


def _with_organisation(rows: list[Row]) -> list[Row]:
    """The organisation of an inner unit (bidang, subbagian …) is the nearest unit above that is none."""
    by_code = {row["code"]: row for row in rows}
    found = []
    for row in rows:
        top = row
        while top["kind"] in INTERNAL and top["parent"] is not None:
            top = by_code[top["parent"]]
        found.append({**row, "organisation": top["code"], "is_setda": row["kind"] in ("sekretariat-daerah", "bagian")})
    return found


def _stable_id(file: str, row: Row) -> str:
    """The same line gives the same id, so that loading again adds nothing."""
    text_of_row = json.dumps(row, sort_keys=True, ensure_ascii=False)
    return f"{file[0]}{hashlib.sha256(text_of_row.encode()).hexdigest()[:25]}"


async def _add(connection: AsyncConnection, table: str, rows: list[Row]) -> int:
    """One statement per table, so that rows may name each other."""
    if table == "matter_post":
        rows = await _not_yet(connection, rows)
    if not rows:
        return 0
    columns = ", ".join(column.name for column in metadata.tables[table].columns if column.name in rows[0])
    source = f'jsonb_populate_recordset(NULL::public."{table}", :rows)'  # quoted: position is a word of SQL
    statement = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {source} ON CONFLICT DO NOTHING"  # noqa: S608 the names are ours
    done = await connection.execute(text(statement), {"rows": json.dumps(rows)})
    return done.rowcount


async def _not_yet(connection: AsyncConnection, rows: list[Row]) -> list[Row]:
    """Matters have no key of their own: several positions may share one selector."""
    known = await connection.execute(text("SELECT matter, selector_kind, selector, position, starts FROM matter_post"))
    have = {(r.matter, r.selector_kind, r.selector, r.position, r.starts) for r in known}
    return [
        row
        for row in rows
        if (row["matter"], row["selector_kind"], row["selector"], row["position"], datetime.fromisoformat(str(row["starts"]))) not in have
    ]
