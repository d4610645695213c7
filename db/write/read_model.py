"""Applies worked-out changes: one constant statement per kind of change, however many rows it has; none where nothing changes."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.write.changes import Changes, Row

_CLOSE = text("""
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(:rows) AS g (instance text, round int, status text, outcome text, person text, position text, capacity text,
        closed_at timestamptz, closed_seq int)
    ), closed AS (
      UPDATE task t SET status = g.status, outcome = g.outcome, person = g.person, position = g.position, capacity = g.capacity,
        closed_at = g.closed_at, closed_seq = g.closed_seq
      FROM given g
      WHERE t.case_id = :case AND t.instance = g.instance AND t.round = g.round AND t.status IN ('offered', 'claimed') RETURNING t.id
    ) DELETE FROM task_position p USING closed c WHERE p.task_id = c.id
""")

_OPEN = text("""
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(:rows) AS g (instance text, step text, round int, kind text, ask text, title text, "row" text, roles text[],
        positions text[], needs text[], excludes text[], barred_persons text[], barred_positions text[], status text, due timestamptz,
        opened_at timestamptz, opened_seq int, closed_at timestamptz, closed_seq int, outcome text, person text, position text, capacity text)
    ), made AS (
      INSERT INTO task (case_id, instance, step, round, kind, ask, title, roles, positions, needs, excludes, barred_persons, barred_positions,
        status, due, opened_at, opened_seq, closed_at, closed_seq, outcome, person, position, capacity)
      SELECT :case, g.instance, g.step, g.round, g.kind, g.ask, g.title || n.called, g.roles, g.positions, g.needs, g.excludes, g.barred_persons,
        g.barred_positions, g.status, g.due, g.opened_at, g.opened_seq, g.closed_at, g.closed_seq, g.outcome, g.person, g.position, g.capacity
      FROM given g, LATERAL (SELECT CASE WHEN g."row" = '' THEN ''
        ELSE ': ' || coalesce((SELECT o.name FROM person o WHERE o.id = g."row" OR o.nip = g."row"), (SELECT u.name FROM unit u WHERE u.code = g."row"),
          (SELECT p.title FROM position p WHERE p.code = g."row"), g."row") END AS called) n
      ORDER BY g.opened_seq, g.instance
      RETURNING id, positions, status, due
    ) INSERT INTO task_position (position, task_id, due)
      SELECT DISTINCT p, m.id, coalesce(m.due, 'infinity') FROM made m, unnest(m.positions) p WHERE m.status = 'offered'
""")

_TELL = text("""
    WITH readers AS (
      INSERT INTO case_reader (case_id, position) SELECT :case, unnest(CAST(:positions AS text[])) ON CONFLICT DO NOTHING
    ) INSERT INTO outbox (event, recipient, channel, kind, case_id, instance, text, queued_at)
      SELECT :case || '/' || r.seq, r.recipient, r.channel, r.kind, :case, r.instance, r.text, r.queued_at
      FROM jsonb_to_recordset(:rows) AS r (seq int, recipient text, channel text, kind text, instance text, text text, queued_at timestamptz)
      ON CONFLICT (event, recipient, channel) DO NOTHING
""")

_ADD = text("""
    WITH moved AS (
      UPDATE task SET positions = ARRAY(SELECT DISTINCT unnest(positions || CAST(:positions AS text[])))
      WHERE case_id = :case AND instance = :instance AND round = :round AND status = 'offered' RETURNING id, due
    ) INSERT INTO task_position (position, task_id, due)
      SELECT p, m.id, coalesce(m.due, 'infinity') FROM moved m, unnest(CAST(:positions AS text[])) p ON CONFLICT DO NOTHING
""")

_TAKE_OFF = text("""
    DELETE FROM task_position p USING task t
    WHERE t.id = p.task_id AND t.case_id = :case AND t.instance = :instance AND t.round = :round
""")

_PUT_ON = text("""
    WITH moved AS (
      UPDATE task SET positions = CASE WHEN :seats THEN CAST(:positions AS text[]) ELSE positions END, status = 'offered', person = NULL,
        position = NULL, capacity = NULL, outcome = NULL, closed_seq = NULL, barred_persons = barred_persons || CAST(:barred AS text[])
      WHERE case_id = :case AND instance = :instance AND round = :round AND status IN ('offered', 'claimed') RETURNING id, due, positions
    ) INSERT INTO task_position (position, task_id, due)
      SELECT p, m.id, coalesce(m.due, 'infinity')
      FROM moved m, unnest(CASE WHEN :own THEN m.positions ELSE CAST(:positions AS text[]) END) p ON CONFLICT DO NOTHING
""")

_FINISH = text("""
    UPDATE task SET status = 'done', closed_at = :at, closed_seq = :seq
    WHERE case_id = :case AND instance = :instance AND round = :round AND status = 'claimed'
""")

_COPY_READ = text("""
    WITH closed AS (
      UPDATE task SET status = 'done', outcome = 'baca', person = :person, position = :position, capacity = :capacity, closed_at = :at,
        closed_seq = :seq
      WHERE case_id = :case AND instance = :instance AND round = :round AND ask = 'read' AND status = 'offered' RETURNING id
    ) DELETE FROM task_position p USING closed c WHERE p.task_id = c.id
""")

_DUE = text("""
    WITH moved AS (
      UPDATE task SET due = :due WHERE case_id = :case AND instance = :instance AND round = :round AND status IN ('offered', 'claimed') RETURNING id
    ) UPDATE task_position p SET due = coalesce(CAST(:due AS timestamptz), 'infinity') FROM moved m WHERE p.task_id = m.id
""")

_PROMISED = text('UPDATE "case" SET due_at = :due WHERE id = :case')

_BRANCHES = text("""
    INSERT INTO disposition_branch (case_id, instance, round, branch, parent, position, role, instructions, note, due, given_at, given_by)
    SELECT :case, r.instance, r.round, r.branch, r.parent, r.position, r.role, r.instructions, r.note, r.due, r.given_at, r.given_by
    FROM jsonb_to_recordset(:rows) AS r (instance text, round int, branch int, parent int, position text, role text, instructions jsonb, note text,
      due timestamptz, given_at timestamptz, given_by text)
""")

_BRANCH_STEPS = text("""
    UPDATE disposition_branch b SET
      status = CASE
        WHEN r.status = 'read' AND b.status <> 'sent' THEN b.status
        WHEN r.status = 'answered' THEN CASE WHEN EXISTS (
          SELECT 1 FROM disposition_branch c WHERE c.case_id = b.case_id AND c.instance = b.instance AND c.round = b.round AND c.parent = b.branch
        ) THEN 'passed' ELSE 'read' END
        ELSE r.status END,
      read_at = coalesce(b.read_at, r.read_at), read_by = coalesce(b.read_by, r.read_by), closed_at = coalesce(r.closed_at, b.closed_at),
      report = coalesce(r.report, b.report), attachments = coalesce(r.attachments, b.attachments), question = coalesce(r.question, b.question),
      answer = coalesce(r.answer, b.answer)
    FROM jsonb_to_recordset(:rows) AS r (instance text, round int, branch int, status text, read_at timestamptz, read_by text,
      closed_at timestamptz, report text, attachments jsonb, question text, answer text)
    WHERE b.case_id = :case AND b.instance = r.instance AND b.round = r.round AND b.branch = r.branch
""")


async def apply(connection: AsyncConnection, case_id: str, changes: Changes) -> None:
    """Closings before openings: a new round of a step may open in the batch that closed the old one."""
    await _rows(connection, _CLOSE, case_id, list(changes.closed.values()))
    await _rows(connection, _OPEN, case_id, list(changes.opened.values()))
    for (instance, number), move in changes.moved.items():
        await _move(connection, {"case": case_id, "instance": instance, "round": number}, move)
    if changes.promised:
        await connection.execute(_PROMISED, {"case": case_id, "due": changes.promised})
    await _rows(connection, _BRANCHES, case_id, changes.branches)
    for step in changes.branch_steps:  # one by one: two events on one branch in a batch must follow each other
        await _rows(connection, _BRANCH_STEPS, case_id, [step])
    if changes.readers or changes.outbox:
        await connection.execute(_TELL, {"case": case_id, "positions": list(changes.readers), "rows": json.dumps(changes.outbox)})


async def _rows(connection: AsyncConnection, statement: Any, case_id: str, rows: list[Row]) -> None:
    if rows:
        await connection.execute(statement, {"case": case_id, "rows": json.dumps(rows)})


async def _move(connection: AsyncConnection, slot: Row, move: Row) -> None:
    if "add" in move:
        await connection.execute(_ADD, {**slot, "positions": move["add"]})
    elif "to" in move:
        await connection.execute(_TAKE_OFF, slot)
        await connection.execute(
            _PUT_ON, {**slot, "positions": move["to"], "seats": bool(move.get("seats")), "own": False, "barred": move.get("barred") or []}
        )
    elif "reopen" in move:
        await connection.execute(_PUT_ON, {**slot, "positions": [], "seats": False, "own": True, "barred": []})
    elif "due" in move:
        await connection.execute(_DUE, {**slot, "due": move["due"]})
    elif "finish" in move:
        await connection.execute(_FINISH, {**slot, "at": move["at"], "seq": move["seq"]})
    elif "copy_read" in move:
        named = {name: move[name] for name in ("at", "seq", "person", "position", "capacity")}
        await connection.execute(_COPY_READ, {**slot, **named})
