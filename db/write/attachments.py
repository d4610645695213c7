"""Files that a filled form brings become files of the case, in the transaction that records the decision."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.errors import FieldsInvalid
from engine.events import Event, Json
from engine.process import Process
from engine.trail import instant

_KEEP = text("""
    WITH given AS (SELECT * FROM jsonb_to_recordset(:rows) AS g (id text, field text, name text, sha text)), kept AS (
      INSERT INTO attachment (id, case_id, field, name, sha, seq, added_at)
      SELECT g.id, :case, g.field, g.name, g.sha, :seq, :at FROM given g JOIN stored_file f ON f.sha = g.sha ON CONFLICT (id) DO NOTHING
    ) SELECT g.field, g.name FROM given g LEFT JOIN stored_file f ON f.sha = g.sha WHERE f.sha IS NULL
""")


def _files(process: Process, form: Mapping[str, Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    names = [one.name for one in process.attachments] + [one.name for one in process.declarations if one.type in ("file", "files")]
    for name in names:
        yield from ((name, one) for one in _listed(form.get(name)) if one.get("sha256"))
    for table in process.declarations:
        for column in table.columns:
            if column.type in ("file", "files"):
                rows = _listed(form.get(table.name))
                yield from ((f"{table.name}.{column.name}", one) for row in rows for one in _listed(row.get(column.name)) if one.get("sha256"))


def _listed(value: Json) -> list[dict[str, Json]]:
    """Rows or files; a field of one file holds it alone."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


async def keep(connection: AsyncConnection, case_id: str, process: Process, form: Mapping[str, Json], event: Event) -> None:
    """Each file once per case and field, whatever the round. Refuses (FieldsInvalid) a file whose bytes were never stored."""
    rows = [
        {"id": f"{case_id}/{name}/{one.get('id') or one['sha256']}", "field": name, "name": str(one.get("name") or name), "sha": one["sha256"]}
        for name, one in _files(process, form)
    ]
    if not rows:
        return
    lost = (await connection.execute(_KEEP, {"rows": json.dumps(rows), "case": case_id, "seq": event.seq, "at": instant(event.at)})).all()
    if lost:
        raise FieldsInvalid(
            {row.field: f"Berkas {row.name} tidak ada pada penyimpanan. Unggah lagi." for row in lost},
            "Ada lampiran yang tidak tersimpan. Unggah lagi.",
        )
