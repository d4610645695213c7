"""Places by an official: a new one, a new name, a new shape; each with its entry in the office trail. A place is never deleted: codes stay in old cases."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.office.changes import note_change
from db.office.city_cells import place as code_of
from engine.errors import FieldsInvalid, ReasonMissing
from engine.events import Actor, Json

DEPTHS = {"Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}
"""How deep the positions of each kind of shape lie. Source: RFC 7946 §3.1."""
MOST_POINTS = 50_000
_ABOVE = text("""
    WITH RECURSIVE line AS (
      SELECT code, parent, 0 AS depth FROM place WHERE code = :parent
      UNION ALL SELECT p.code, p.parent, l.depth + 1 FROM line l JOIN place p ON p.code = l.parent WHERE l.depth < 20
    ) SELECT code FROM line
""")
_ONE = text("SELECT code, kind, name, parent, geometry FROM place WHERE code = :code FOR UPDATE")
_ADD = text("INSERT INTO place (code, kind, name, parent, geometry) VALUES (:code, :kind, :name, :parent, CAST(:geometry AS jsonb))")
_CHANGE = text("UPDATE place SET kind = :kind, name = :name, parent = :parent, geometry = CAST(:geometry AS jsonb) WHERE code = :code")


async def put(connection: AsyncConnection, actor: Actor, values: Mapping[str, Any], reason: str, at: datetime) -> None:
    """``code``, ``kind``, ``name``, ``parent`` (None: nothing above it) and, where it changes, ``geometry``: added when the code is new, else changed.

    Refuses: ReasonMissing; FieldsInvalid for a bad code, a missing name or kind, an unknown parent, a ring, a shape that is none."""
    if not reason.strip():
        raise ReasonMissing("Isi alasan perubahan. Setiap perubahan data kota tercatat beserta alasannya.")
    wrong: dict[str, str] = {}
    try:
        code_of(str(values["code"]))
    except ValueError as error:
        wrong["kode"] = f"Kode tidak dapat dipakai: {error}."
    wrong |= {shown: "Isi bagian ini." for shown, name in (("nama", "name"), ("jenis", "kind")) if not str(values[name]).strip()}
    if values["parent"] is not None:
        above = list((await connection.execute(_ABOVE, {"parent": values["parent"]})).scalars())
        if not above:
            wrong["induk"] = "Tempat induk itu tidak ada; periksa kodenya."
        elif values["code"] in above:
            wrong["induk"] = "Tempat tidak dapat berada di bawah dirinya sendiri."
    if wrong:
        raise FieldsInvalid(wrong)
    row = (await connection.execute(_ONE, {"code": values["code"]})).one_or_none()
    was = told(row._asdict()) if row is not None else None
    now = told({"geometry": row.geometry if row is not None else None, **values})
    if was == now:
        return
    await connection.execute(_ADD if row is None else _CHANGE, now)
    await note_change(connection, actor, "tambah" if row is None else "ubah", "place", str(values["code"]), reason.strip(), was, now, at)


def told(row: Mapping[str, Any]) -> dict[str, Json]:
    """A place as the office trail keeps it. The shape is its JSON text: the trail takes no fraction that could read differently one day."""
    geometry = row["geometry"]
    return {
        "code": row["code"], "kind": row["kind"], "name": row["name"], "parent": row["parent"],
        "geometry": json.dumps(geometry, sort_keys=True) if geometry is not None else None,
    }  # fmt: skip


def shape(typed: str) -> Json:
    """A GeoJSON geometry out of what was typed; a Feature gives its own. Refuses (FieldsInvalid, field ``geometri``) anything else."""
    try:
        read = json.loads(typed)
    except ValueError as error:
        raise _not("Bukan GeoJSON yang dapat dibaca.") from error
    if isinstance(read, dict) and read.get("type") == "Feature":
        read = read.get("geometry")
    if not isinstance(read, dict) or read.get("type") not in DEPTHS or set(read) - {"type", "coordinates", "bbox"}:
        raise _not(f"Tulis satu geometri GeoJSON: {', '.join(DEPTHS)}.")
    if _count(read.get("coordinates"), DEPTHS[read["type"]]) > MOST_POINTS:
        raise _not("Geometri lebih dari 50.000 titik. Sederhanakan lebih dahulu.")
    return {"type": read["type"], "coordinates": read["coordinates"]}


def _count(part: Json, depth: int) -> int:
    """How many positions; refuses what lies outside the world or is no position."""
    if not isinstance(part, list) or not part:
        raise _not("Koordinatnya tidak lengkap.")
    if depth:
        return sum(_count(one, depth - 1) for one in part)
    numbers = [one for one in part if isinstance(one, (int, float)) and not isinstance(one, bool)]
    if len(numbers) != len(part) or len(part) not in (2, 3) or not (-180 <= part[0] <= 180 and -90 <= part[1] <= 90):
        raise _not("Tiap titik adalah bujur lalu lintang dalam derajat.")
    return 1


def _not(message: str) -> FieldsInvalid:
    return FieldsInvalid({"geometri": message}, message)
