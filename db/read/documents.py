"""Documents and attachments of a case; what anybody may learn of a document by its verify code or its file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.read.access import SECRET
from engine.errors import NotFound
from engine.events import Json

_OF_CASE = text("SELECT d.* FROM document d WHERE d.case_id = :case ORDER BY d.made_at, d.code")
_PUBLIC = """
    SELECT d.* FROM (
      SELECT d.title, d.number, d.status, d.signers, d.signed_at, d.signed_sha, d.verdict, d.verify_code, d.verify_token_hash, d.kind, d.base_sha, d.secrecy,
        c.subject, u.name AS unit_name FROM document d JOIN "case" c ON c.id = d.case_id LEFT JOIN unit u ON u.code = c.unit
      UNION ALL
      SELECT o.title, '', CASE WHEN o.signed_sha IS NULL THEN 'konsep' ELSE 'disegel' END, CAST('[]' AS jsonb), o.signed_at, o.signed_sha, o.verdict,
        o.verify_code, o.verify_token_hash, o.kind, o.base_sha, 'biasa', o.title, u.name
      FROM office_document o JOIN position p ON p.code = o.position JOIN unit i ON i.code = p.unit JOIN unit u ON u.code = i.organisation
    ) d WHERE d.status IN ('ditandatangani', 'disegel', 'dicabut') AND {by}
"""
"""Documents of cases and papers of the office alike: whoever holds one cannot tell which it is."""
_BY_CODE = text(_PUBLIC.format(by="d.verify_code = :value"))
_BY_TOKEN = text(_PUBLIC.format(by="d.verify_token_hash <> '' AND d.verify_token_hash = :value"))
_BY_REVISION = text(_PUBLIC.format(by="(d.signed_sha = ANY(:shas) OR d.base_sha = ANY(:shas)) ORDER BY d.signed_at DESC LIMIT 1"))
_BY_FILE = text(_PUBLIC.format(by="d.signed_sha = :value"))
_VERSIONS = text("SELECT version, round, sha, letter_sha, made_at FROM document_version WHERE document = :id ORDER BY version")
_ATTACHMENTS = text("""
    SELECT a.id, a.field, a.name, a.sha, a.added_at, f.size, f.mime FROM attachment a JOIN stored_file f ON f.sha = a.sha
    WHERE a.case_id = :case ORDER BY a.seq, a.id
""")


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    case_id: str
    code: str
    kind: str
    title: str
    version: int
    status: str
    secrecy: str
    number: str
    verify_code: str
    base_sha: str
    signed_sha: str
    signers: tuple[Json, ...]
    verdict: Json
    made_at: datetime
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """What the public check shows. ``subject`` and ``file`` are empty for a secret document."""

    title: str
    number: str
    status: str
    unit: str
    subject: str
    signers: tuple[Json, ...]
    signed_at: datetime
    signed_sha: str
    verdict: Json
    file: str
    code: str = ""
    kind: str = ""
    base_sha: str = ""
    """Of the page as drawn, before seal and signature: the first revision of the signed file."""


@dataclass(frozen=True, slots=True)
class Version:
    version: int
    round: int
    sha: str
    letter_sha: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    id: str
    field: str
    name: str
    sha: str
    size: int
    mime: str
    added_at: datetime


async def documents(connection: AsyncConnection, case_id: str) -> list[Document]:
    """In the order they were made. One statement."""
    return [_document(row) for row in await connection.execute(_OF_CASE, {"case": case_id})]


async def versions(connection: AsyncConnection, document_id: str) -> list[Version]:
    rows = await connection.execute(_VERSIONS, {"id": document_id})
    return [Version(r.version, r.round, r.sha, r.letter_sha, r.made_at) for r in rows]


async def attachments(connection: AsyncConnection, case_id: str) -> list[Attachment]:
    rows = await connection.execute(_ATTACHMENTS, {"case": case_id})
    return [Attachment(r.id, r.field, r.name, r.sha, r.size, r.mime, r.added_at) for r in rows]


async def public_document(connection: AsyncConnection, code: str) -> PublicDocument:
    """By the code printed beside the QR. Only what is signed or sealed exists for the public (NotFound otherwise)."""
    return _public((await connection.execute(_BY_CODE, {"value": code.strip().upper()})).one_or_none())


async def public_document_by_token(connection: AsyncConnection, token: str) -> PublicDocument:
    """By the token inside the QR, of which only the SHA-256 is kept. NotFound as above."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    return _public((await connection.execute(_BY_TOKEN, {"value": digest})).first())


async def public_document_of_revision(connection: AsyncConnection, shas: Sequence[str]) -> PublicDocument | None:
    """The newest document whose signed or drawn file has one of these hashes: whence a changed file began. None when none."""
    row = (await connection.execute(_BY_REVISION, {"shas": list(shas)})).one_or_none()
    return _public(row) if row is not None else None


async def public_document_of_file(connection: AsyncConnection, sha: str) -> PublicDocument:
    """By the SHA-256 of an uploaded file: is it exactly one of ours? NotFound when not."""
    return _public((await connection.execute(_BY_FILE, {"value": sha})).first())


def _document(r: Row[Any]) -> Document:
    return Document(
        r.id, r.case_id, r.code, r.kind, r.title, r.version, r.status, r.secrecy, r.number, r.verify_code, r.base_sha or "", r.signed_sha or "",
        tuple(r.signers), r.verdict, r.made_at, r.signed_at,
    )  # fmt: skip


def _public(r: Row[Any] | None) -> PublicDocument:
    if r is None:
        raise NotFound("Kode ini tidak dikenal. Periksa kembali penulisannya.")
    secret = r.secrecy in SECRET
    return PublicDocument(
        r.title, r.number, r.status, r.unit_name or "", "" if secret else r.subject, tuple(r.signers), r.signed_at, r.signed_sha, r.verdict,
        "" if secret else r.signed_sha, r.verify_code, r.kind, r.base_sha or "",
    )  # fmt: skip
