"""Documents of a case: a version for each rendering, one signed file, the verdict of its check."""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from ulid import ULID

from engine.errors import NotFound, StaleVersion
from engine.events import Json

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, 1, I, L, O, U: the code is typed from paper. Ten letters hold 49 bits, and the page that takes them is throttled."""

_START = text("""
    INSERT INTO document (id, case_id, code, kind, title, secrecy, verify_code, verify_token_hash, made_at)
    SELECT :id, :case, :code, :kind, :title, c.secrecy, :verify, :token, :at FROM "case" c WHERE c.id = :case
    ON CONFLICT (case_id, code) DO NOTHING
""")
_ONE = text(
    "SELECT id, version, status, verify_code, number, base_sha, signed_sha, signers FROM document WHERE case_id = :case AND code = :code FOR UPDATE"
)
_VERSION = text("""
    INSERT INTO document_version (document, version, round, sha, letter_sha, made_at) VALUES (:document, :version, :round, :sha, :letter, :at)
""")
_LAST = text("SELECT sha, letter_sha FROM document_version WHERE document = :document AND version = :version")
_KNOWN = text("""
    INSERT INTO document_replaced (document, signed_sha, number, signed_at, replaced_at)
    SELECT id, signed_sha, number, signed_at, :at FROM document WHERE id = :id ON CONFLICT DO NOTHING
""")
"""The signed file that gives way, still found by its fingerprint."""


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    version: int
    status: str
    verify_code: str
    number: str
    base_sha: str
    signed_sha: str
    signers: tuple[Json, ...] = ()


class Moved(Exception):
    """Another party signed meanwhile: sign the file that holds that signature."""


def new_verify_code() -> str:
    """A code for ``/v/{code}``: random, so that nobody counts through the city's letters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


async def ensure(connection: AsyncConnection, case_id: str, code: str, kind: str, title: str, at: datetime, token_hash: str = "") -> Document:
    """The document of this code in the case, made on first use; its verify code never changes. Locks its row. NotFound without the case."""
    values = {
        "id": str(ULID()),
        "case": case_id,
        "code": code,
        "kind": kind,
        "title": title,
        "verify": new_verify_code(),
        "token": token_hash,
        "at": at,
    }
    await connection.execute(_START, values)
    row = (await connection.execute(_ONE, {"case": case_id, "code": code})).one_or_none()
    if row is None:
        raise NotFound
    return Document(row.id, row.version, row.status, row.verify_code, row.number, row.base_sha or "", row.signed_sha or "", tuple(row.signers))


async def add_version(
    connection: AsyncConnection, document: Document, sha: str, round_of_step: int, at: datetime, letter_sha: str = "", number: str = ""
) -> int:
    """A new version of an unsigned document; the same bytes as the last version add none. Gives its number.

    Refuses a document already signed (StaleVersion): what is signed is not redrawn."""
    if document.status in ("ditandatangani", "disegel", "dicabut"):
        raise StaleVersion("Naskah ini sudah ditandatangani dan tidak dapat diganti.")
    last = (await connection.execute(_LAST, {"document": document.id, "version": document.version})).one_or_none()
    if last is not None and (last.sha, last.letter_sha) == (sha, letter_sha):
        return document.version
    version = document.version + 1
    values = {"document": document.id, "version": version, "round": round_of_step, "sha": sha, "letter": letter_sha, "at": at}
    await connection.execute(_VERSION, values)
    status = "dicadangkan" if number else "konsep"
    moved = text("UPDATE document SET version = :version, base_sha = :sha, number = :number, status = :status WHERE id = :document")
    await connection.execute(moved, {"version": version, "sha": sha, "number": number, "status": status, "document": document.id})
    return version


async def mark_signed(
    connection: AsyncConnection, document_id: str, signed_sha: str, signers: Sequence[Json], verdict: Json, at: datetime, sealed: bool = False
) -> None:
    """The signed file and what the check before said of it, in one step: nothing is called signed without its verdict. Idempotent."""
    statement = text("""
        UPDATE document SET status = :status, signed_sha = :sha, signers = CAST(:signers AS jsonb), verdict = CAST(:verdict AS jsonb), signed_at = :at
        WHERE id = :id AND (signed_sha IS NULL OR signed_sha = :sha)
    """)
    values = {
        "status": "disegel" if sealed else "ditandatangani", "sha": signed_sha, "signers": json.dumps(list(signers)),
        "verdict": json.dumps(verdict), "at": at, "id": document_id,
    }  # fmt: skip
    if (await connection.execute(statement, values)).rowcount != 1:
        raise StaleVersion("Naskah ini sudah ditandatangani dengan berkas lain.")


async def add_signature(
    connection: AsyncConnection, document: Document, signed_sha: str, signers: Sequence[Json], verdict: Json, at: datetime
) -> None:
    """A further party's signature in the file of the one before, which stays known. Idempotent. Raises Moved when ``document`` is not what stands there."""
    if document.signed_sha:
        await connection.execute(_KNOWN, {"id": document.id, "at": at})
    statement = text("""
        UPDATE document SET status = 'ditandatangani', signed_sha = :sha, signers = CAST(:signers AS jsonb), verdict = CAST(:verdict AS jsonb), signed_at = :at
        WHERE id = :id AND (coalesce(signed_sha, '') = :before OR signed_sha = :sha)
    """)
    values = {
        "sha": signed_sha, "signers": json.dumps(list(signers)), "verdict": json.dumps(verdict), "at": at, "id": document.id, "before": document.signed_sha,
    }  # fmt: skip
    if (await connection.execute(statement, values)).rowcount != 1:
        raise Moved


async def replace(connection: AsyncConnection, document: Document, at: datetime, *, signed: bool = False) -> Document:
    """A sealed sheet gives way to a newer one of the same number; the old file stays known. Refuses a signed one (StaleVersion), unless ``signed``:
    the case went back across that signature, and the letter is signed anew in a later round."""
    if document.status != "disegel" and not (signed and document.status == "ditandatangani"):
        raise StaleVersion("Naskah ini sudah ditandatangani dan tidak dapat diganti.")
    await connection.execute(_KNOWN, {"id": document.id, "at": at})
    statement = text("UPDATE document SET status = 'konsep', signed_sha = NULL, signers = '[]', verdict = NULL, signed_at = NULL WHERE id = :id")
    await connection.execute(statement, {"id": document.id})
    return dataclasses.replace(document, status="konsep", signed_sha="", signers=())


async def last_letter(connection: AsyncConnection, document: Document) -> str:
    """SHA-256 of the letter's values of the newest version; "" when there is none."""
    row = (await connection.execute(_LAST, {"document": document.id, "version": document.version})).one_or_none()
    return row.letter_sha if row is not None else ""
