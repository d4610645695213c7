"""Who may read a case: who took part or is addressed; heads up the line and the trail's auditors unless it is secret; its starter."""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

SECRET = ("rahasia", "sangat-rahasia")

MINE = "SELECT h.seat FROM held_at(:now) h WHERE h.person = :person"
"""Seats the person acts for now."""
READS = f"(EXISTS (SELECT 1 FROM case_reader r WHERE r.case_id = c.id AND r.position IN ({MINE})) OR c.starter = :person)"
"""Condition on ``c``: addressed, took part, or started it. Secrecy does not widen or narrow this."""

_MAY = f"""
    SELECT c.id, {READS} OR (c.secrecy NOT IN ('rahasia', 'sangat-rahasia') AND (
      EXISTS (SELECT 1 FROM function_post f WHERE f.function = 'audit-jejak' AND f.position IN ({MINE}))
      OR EXISTS (
        SELECT 1 FROM position s JOIN (
          SELECT DISTINCT l.code FROM (
            SELECT c.unit AS unit UNION SELECT p.unit FROM case_reader r JOIN position p ON p.code = r.position WHERE r.case_id = c.id
          ) touched, LATERAL unit_line(touched.unit) l
        ) line ON line.code = s.unit WHERE s.is_head AND s.code IN ({MINE})
      ))) AS may
    FROM "case" c WHERE {{which}}
"""
_ONE = text(_MAY.format(which="c.id = :case"))
_CONCERNED = text(f'SELECT c.id FROM "case" c WHERE c.id = :case AND {READS}')
_SOME = text(f"SELECT id FROM ({_MAY.format(which='c.id = ANY(:cases)')}) judged WHERE may")


async def may_read(connection: AsyncConnection, case_id: str, person: str, now: datetime) -> bool:
    """False also for a case that does not exist: whoever may not read does not learn whether there is one. One statement."""
    row = (await connection.execute(_ONE, {"case": case_id, "person": person, "now": now})).one_or_none()
    return row is not None and bool(row.may)


async def concerned(connection: AsyncConnection, case_id: str, person: str, now: datetime) -> bool:
    """Addressed by the case, took part in it or started it: not whoever may read it by standing above or by auditing. One statement."""
    return (await connection.execute(_CONCERNED, {"case": case_id, "person": person, "now": now})).scalar_one_or_none() is not None


async def readable(connection: AsyncConnection, case_ids: Sequence[str], person: str, now: datetime) -> frozenset[str]:
    """Those of the cases that the person may read, for lists whose rows lead to a case. One statement."""
    rows = await connection.execute(_SOME, {"cases": list(case_ids), "person": person, "now": now})
    return frozenset(row.id for row in rows)
