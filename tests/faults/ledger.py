"""Acknowledged acts, written outside the system under test: what was answered "done" must be in the trail, forever, once."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True)
class Ledger:
    path: Path

    def note(self, case_id: str, request_id: str, task: str) -> None:
        """Only after the answer; on disk before the story goes on."""
        with self.path.open("a") as out:
            out.write(json.dumps({"case": case_id, "request": request_id, "task": task}) + "\n")
            out.flush()
            os.fsync(out.fileno())

    def lines(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.path.read_text().splitlines()] if self.path.exists() else []


async def violations(connection: AsyncConnection, ledger: Ledger) -> list[str]:
    """Every broken promise by name; [] when all hold."""
    found: list[str] = []
    for line in ledger.lines():
        rows = (await connection.execute(text("SELECT count(*) FROM trail WHERE case_id = :case AND request_id = :request"), line)).scalar_one()
        if rows == 0:
            found.append(f"janji hilang: {line['task']} dijawab selesai, tetapi tidak ada di jejak")
    for name, statement in ORACLES.items():
        found += [f"{name}: {dict(row._mapping)}" for row in (await connection.execute(text(statement))).all()]
    return found


ORACLES: dict[str, Any] = {
    "dua keputusan satu tugas": """
        SELECT case_id, step, round FROM trail WHERE kind IN ('decided', 'sign-refused') GROUP BY 1, 2, 3
        HAVING count(*) FILTER (WHERE kind = 'decided' AND body::jsonb #>> '{data,effect}' <> 'pause') > 1 + count(*) FILTER (WHERE kind = 'sign-refused')""",
    "celah pada jejak": "SELECT case_id FROM trail GROUP BY case_id HAVING max(seq) <> count(*)",
    "jejak dan perkara berbeda": 'SELECT c.id FROM "case" c WHERE c.last_seq <> (SELECT max(seq) FROM trail t WHERE t.case_id = c.id)',
    "celah pada nomor": "SELECT n.unit, n.register FROM number n JOIN counter c USING (unit, register, year) GROUP BY n.unit, n.register, n.year, c.last HAVING count(*) <> c.last",
    "dua nomor satu naskah": "SELECT case_id, document FROM number WHERE document <> '' GROUP BY 1, 2 HAVING count(*) > 1",
    "naskah tanpa verifikasi": "SELECT id FROM document WHERE status IN ('ditandatangani', 'disegel') AND verdict->>'valid' <> 'true'",
    "perkara selesai dengan tugas terbuka": "SELECT t.case_id, t.instance FROM task t JOIN \"case\" c ON c.id = t.case_id WHERE c.status = 'ended' AND t.status IN ('offered', 'claimed')",
    "perkara terbuka tanpa tugas dan tanpa mesin": """
        SELECT c.id FROM "case" c WHERE c.status = 'open' AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = c.id AND t.status IN ('offered', 'claimed'))
        AND NOT EXISTS (SELECT 1 FROM trail a WHERE a.case_id = c.id AND a.kind = 'act-started' AND NOT EXISTS (
          SELECT 1 FROM trail d WHERE d.case_id = c.id AND d.kind IN ('act-done', 'act-failed') AND d.seq > a.seq AND d.step = a.step))""",
}
"""Independent of the code they judge: plain SQL over what is stored."""
