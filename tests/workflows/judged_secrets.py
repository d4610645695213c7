"""What a city keeps of its cases outside its own tables, and what it keeps of passphrases anywhere: nothing that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from google.protobuf.message import Message
from sqlalchemy import text
from temporalio.api.common.v1 import Payload

from tests.workflows.running import PASSPHRASE, City

TOLD = "EXISTS (SELECT 1 FROM trail t WHERE t.case_id = c.id)"
"""Cases of a workflow; others only stand beside a story."""
SHORTEST = 9
"""Letters of a word that is looked for: shorter ones are met by chance."""


class Secrets:
    """Asked of a city when its stories are told."""

    async def test_temporal_can_read_no_word_of_a_form_and_no_name(self, here: City) -> None:
        async with here.database.connect() as connection:
            rows = (await connection.execute(text(f'SELECT id, form FROM "case" c WHERE {TOLD}'))).all()
            actors = (await connection.execute(text("SELECT DISTINCT case_id, name FROM trail WHERE name <> ''"))).all()
        words: dict[str, set[str]] = {}
        for row in rows:
            words.setdefault(row.id, set()).update(_words(row.form))
        for row in actors:
            words.setdefault(row.case_id, set()).add(row.name)
        assert words or not here.told
        for case, told in words.items():
            history = await here.temporal.get_workflow_handle(f"case/{case}").fetch_history()
            readable = "\n".join(str(event) for event in history.events)  # payloads as Temporal has them: not opened
            assert [word for word in told if len(word) >= SHORTEST and word in readable] == [], case

    async def test_a_passphrase_is_kept_nowhere(self, here: City) -> None:
        """Neither in a table, nor in what Temporal keeps once it is opened."""
        async with here.database.connect() as connection:
            tables = (await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))).scalars().all()
            found = [
                name
                for name in tables
                if (await connection.execute(text(f'SELECT 1 FROM "{name}" x WHERE x::text LIKE :word LIMIT 1'), {"word": f"%{PASSPHRASE}%"})).first()
            ]
            cases = (await connection.execute(text(f'SELECT id FROM "case" c WHERE {TOLD}'))).scalars().all()
        assert found == []
        codec = here.temporal.data_converter.payload_codec
        assert codec is not None
        for case in cases:
            history = await here.temporal.get_workflow_handle(f"case/{case}").fetch_history()
            kept = await codec.decode([payload for event in history.events for payload in _payloads(event)])
            assert kept
            assert [one for one in kept if PASSPHRASE.encode() in one.data] == [], case


def _words(value: Any) -> Iterator[str]:
    """Texts people wrote, and numbers of people; codes and ids of ours are no secret."""
    if isinstance(value, str):
        if " " in value or value.isdecimal():
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


def _payloads(message: Message) -> Iterator[Payload]:
    if isinstance(message, Payload):
        yield message
        return
    for descriptor, value in message.ListFields():
        if descriptor.message_type is None:
            continue
        if descriptor.message_type.GetOptions().map_entry:
            yield from (one for part in value.values() if isinstance(part, Message) for one in _payloads(part))
        elif isinstance(value, Message):
            yield from _payloads(value)
        else:
            yield from (one for part in value for one in _payloads(part))
