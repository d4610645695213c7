"""Drafts: saved as typed, never checked, never lost, never overwritten by an older window; and envelopes that open once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from nacl.public import PrivateKey
from sqlalchemy import func, select, text

from db.desk import drafts, envelopes, sign_ins, submissions
from db.tables.desk import tte_envelope
from engine.errors import EnvelopeGone, Unavailable
from forms import canonical
from tests.web.cast import BUDI, SAME, SARI, Clock, new_draft, sign_in
from web.context import Context

TYPED = {"perihal": ["Belum <selesai>"], "tanggal_surat": ["31-02-20"], "barang.0.jumlah": ["banyak"], "_asing": ["tetap ada"]}


def run(client: TestClient, call: Any, *arguments: Any) -> Any:
    assert client.portal is not None
    return client.portal.call(call, *arguments)


def test_a_draft_keeps_exactly_what_was_typed(client: TestClient, context: Context, clock: Clock) -> None:
    sign_in(client)
    draft = run(client, new_draft, context, BUDI, "proses:surat-keluar-tte", {})
    clock.later(minutes=1)
    flat = [(name, value) for name, values in TYPED.items() for value in values]
    saved = client.post(f"/isian/{draft.id}/draf", data=dict([*flat, ("_versi", "1"), ("_jendela", "w1")]), headers=SAME | {"hx-request": "true"})
    assert saved.status_code == 200
    assert 'hx-target="#baris-status" hx-swap="innerHTML">Draf tersimpan 14.06<' in saved.text
    assert 'name="_versi" value="2"' in saved.text

    async def stored() -> Any:
        async with context.desk.connect() as connection:
            return await drafts.find(connection, BUDI.id, draft.id)

    kept = run(client, stored)
    assert kept.answers == TYPED
    assert kept.version == 2


def test_an_older_window_does_not_overwrite_a_newer_one(client: TestClient, context: Context) -> None:
    sign_in(client)
    draft = run(client, new_draft, context, BUDI, "proses:x", {"perihal": ["awal"]})
    url = f"/isian/{draft.id}/draf"
    assert client.post(url, data={"perihal": "satu", "_versi": "1", "_jendela": "w1"}, headers=SAME, follow_redirects=False).status_code == 303
    conflict = client.post(url, data={"perihal": "dua", "_versi": "1", "_jendela": "w2"}, headers=SAME)
    assert conflict.status_code == 409
    assert "Tidak ada yang ditimpa" in conflict.text
    assert "<td>dua</td><td>satu</td>" in conflict.text
    version = re.search(r'name="_versi" value="(\d+)"', conflict.text)
    assert version
    mine = client.post(url, data={"perihal": "dua", "_versi": version[1], "_jendela": "w2"}, headers=SAME, follow_redirects=False)
    assert mine.status_code == 303
    late = client.post(url, data={"perihal": "dua lagi", "_versi": "2", "_jendela": "w2"}, headers=SAME, follow_redirects=False)
    assert late.status_code == 303, "one window's own autosaves may overtake each other"


def test_nobody_saves_into_anothers_draft(client: TestClient, context: Context) -> None:
    draft = run(client, new_draft, context, BUDI, "proses:x", {})
    sign_in(client, SARI)
    assert client.post(f"/isian/{draft.id}/draf", data={"a": "b", "_versi": "1"}, headers=SAME).status_code == 404
    assert client.post("/isian/tidak-ada/draf", data={"a": "b"}, headers=SAME).status_code == 404


def test_a_draft_is_sent_once_and_stands_again_when_refused(client: TestClient, context: Context, clock: Clock) -> None:
    async def story() -> list[bool]:
        async with context.desk.begin() as connection:
            draft = await drafts.start(connection, BUDI.id, "tugas:C1/verifikasi/1", {}, clock())
            again = await drafts.start(connection, BUDI.id, "tugas:C1/verifikasi/1", {"a": ["b"]}, clock())
            two = [await drafts.start(connection, BUDI.id, "proses:cuti-asn", {}, clock()) for _ in range(2)]
            sent = [await drafts.sent(connection, BUDI.id, draft.id, 1, clock()) for _ in range(2)]
            await drafts.reopen(connection, BUDI.id, draft.id)
            sent.append(await drafts.sent(connection, BUDI.id, draft.id, 1, clock()))
            found = await drafts.open_ones(connection, BUDI.id)
            return [again.id == draft.id, two[0].id != two[1].id, *sent, len(found) == 2]

    assert run(client, story) == [True, True, True, False, True, True]


def test_what_is_posted_on_a_task_is_the_newest_of_its_one_draft(client: TestClient, context: Context, clock: Clock) -> None:
    async def story() -> list[Any]:
        async with context.desk.begin() as connection:
            asked = (connection, BUDI.id, "tugas:C2/verifikasi/1")
            first = await drafts.keep(*asked, "jendela-1", {"a": ["b"]}, clock())
            for _ in range(8):  # psycopg prepares a statement at its sixth run
                second = await drafts.keep(*asked, "jendela-2", {"a": ["c\x00"]}, clock())
            assert isinstance(second, drafts.Draft)
            await drafts.sent(connection, BUDI.id, second.id, second.version, clock())
            return [first, second, await drafts.keep(*asked, "jendela-2", {"a": ["baru"]}, clock())]

    first, second, after = run(client, story)
    assert (first.id, first.version) == (second.id, second.version - 8), "one draft per task and person"
    assert second.answers == {"a": ["c"]}
    assert (second.id != after.id, after.version) == (True, 1), "a sent draft is closed"


def test_a_submission_is_pinned_by_its_canonical_text(client: TestClient, context: Context, clock: Clock) -> None:
    values = {"perihal": "Undangan", "nilai": "15250000.50", "barang": [{"_id": "r1", "jumlah": 2}]}

    async def story() -> Any:
        async with context.desk.begin() as connection:
            filled = await submissions.put(connection, BUDI.id, values, clock())
            kept = await connection.execute(text("SELECT values, sha FROM submission WHERE id = :id"), {"id": filled["id"]})
            return filled, kept.one()

    filled, row = run(client, story)
    assert row.sha == filled["sha"] == canonical.sha256(row.values)


async def _sealed(context: Context, clock: Clock, secret: str, key: PrivateKey, documents: list[str]) -> envelopes.Sealed:
    async with context.desk.begin() as connection:
        await envelopes.announce(connection, "w1", "sign-w1", bytes(key.public_key), clock())
        return await envelopes.seal(connection, BUDI.id, secret, documents, clock())


def test_an_envelope_opens_once_for_its_signer_and_its_letters(client: TestClient, context: Context, clock: Clock) -> None:
    key, secret = PrivateKey.generate(), "frasa-kenari-4711"

    async def take(envelope: str, person: str = BUDI.id, document: str = "D1", with_key: PrivateKey = key) -> str:
        try:
            async with context.desk.begin() as connection:
                return await envelopes.take(connection, envelope, person, document, with_key, clock())
        except EnvelopeGone:
            return "gone"

    async def story() -> Any:
        first = await _sealed(context, clock, secret, key, ["D1", "D2"])
        async with context.desk.connect() as connection:
            rows = (await connection.execute(select(tte_envelope.c.ciphertext))).scalars().all()
        answers = [
            await take(first.id, person=SARI.id), await take(first.id, document="D3"), await take(first.id, with_key=PrivateKey.generate()),
            await take(first.id), await take(first.id), await take("tidak-ada"),
        ]  # fmt: skip
        late = await _sealed(context, clock, secret, key, ["D1"])
        clock.later(minutes=10)
        answers.append(await take(late.id))
        async with context.desk.begin() as connection:
            await envelopes.sweep(connection, clock())
            left = await connection.scalar(select(func.count()).where(tte_envelope.c.ciphertext.is_not(None)))
        return first, rows, answers, left

    first, rows, answers, left = run(client, story)
    assert first.queue == "sign-w1"
    assert all(secret.encode() not in row for row in rows if row)
    assert answers == ["gone", "gone", "gone", secret, "gone", "gone", "gone"]
    assert left == 0


def test_without_a_living_worker_nothing_is_sealed(client: TestClient, context: Context, clock: Clock) -> None:
    async def story() -> None:
        clock.later(days=2)
        async with context.desk.begin() as connection:
            await envelopes.seal(connection, BUDI.id, "x", ["D1"], clock())

    with pytest.raises(Unavailable, match="Tidak ada surat yang ditandatangani"):
        run(client, story)


def test_no_envelope_outlives_ten_minutes_even_in_sql(client: TestClient, context: Context, clock: Clock) -> None:
    async def story() -> None:
        row = {
            "id": "E",
            "person": "p",
            "worker": "w",
            "ciphertext": b"x",
            "documents": [],
            "created_at": clock(),
            "expires_at": clock() + timedelta(minutes=11),
        }
        async with context.desk.begin() as connection:
            await connection.execute(tte_envelope.insert().values(row))

    with pytest.raises(Exception, match="short_lived"):
        run(client, story)


def test_the_table_of_sign_ins_signs_nobody_in(client: TestClient, context: Context) -> None:
    sign_in(client)
    token = client.cookies["__Host-alur"]

    async def everything() -> str:
        async with context.desk.connect() as connection:
            return str((await connection.execute(text("SELECT * FROM sign_in"))).all())

    dump = run(client, everything)
    assert token not in dump
    assert sign_ins.digest(token) in dump
