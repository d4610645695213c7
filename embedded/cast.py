"""Who the sample officials are: position → how to sign in, name and title, read from the started city."""

from __future__ import annotations

from embedded.stack import DATABASE, Stack

_ACCOUNTS = """
    SELECT DISTINCT ON (h.seat) h.seat, coalesce(o.nip, o.email), o.name, p.title FROM held_at(now()) h
    JOIN position p ON p.code = h.seat JOIN person o ON o.id = h.person ORDER BY h.seat, h.capacity <> 'definitif' DESC
"""


def accounts(stack: Stack) -> dict[str, tuple[str, str, str]]:
    """Position → (NIP or mail address, name, title) of who acts there now."""
    import psycopg

    assert stack.database is not None
    base = stack.database
    with psycopg.connect(host="127.0.0.1", port=base.port, user="postgres", password=base.password, dbname=DATABASE) as connection:
        return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(_ACCOUNTS).fetchall()}
