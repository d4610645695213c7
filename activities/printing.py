"""A document from number to verified file: number, render, seal, sign, verify, store. Each stage survives a kill and is done once.

The number is taken last, just before the page is drawn, and stays with its document whatever happens to the signature.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities import cosigned
from activities.composing import Composer, Letter, Signing
from activities.pdf.html import clock_time
from activities.pdf.pool import RenderPool
from activities.pdf.render import Rendered
from activities.pdf.verify import verify
from activities.signers.port import CERTIFYING, Job, Outcome, Signer
from db import files
from db.connect import transaction
from db.write import documents, effects, numbers
from engine.events import Actor, Json
from engine.signature_block import PREFIX

SEAL = CERTIFYING
FINAL = "TandaTangan1"


class NotVerified(Exception):
    """A signature came back that our own check does not accept: never called signed; tried again, then an operator's task."""


class SignatureRefused(Exception):
    """The signer must act again. ``reason``: bad_secret, not_enrolled, revoked."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its number, drawn and sealed; ``pdf`` awaits the personal signature or is final."""

    letter: Letter
    document: documents.Document
    number: str
    number_key: str
    code: str
    """As the step names it: inside ``Each`` ``code@row``."""
    pdf: bytes
    base_sha: str
    at: datetime
    field: str = FINAL
    signed: tuple[Json, ...] = ()
    """Signatures of the other parties that ``pdf`` holds already."""


@dataclass(frozen=True)
class Press:
    """Everything printing needs. ``verify_key`` makes verification tokens that a retry can make again and nobody can guess."""

    database: AsyncEngine
    files: Path
    composer: Composer
    pool: RenderPool
    signer: Signer
    root_pem: Path
    verify_key: bytes

    def token(self, case_id: str, code: str) -> str:
        """100 bits in Crockford's base32, derived and never stored in clear."""
        digest = hmac.new(self.verify_key, f"{case_id}/{code}".encode(), hashlib.sha256).digest()
        text = base64.b32encode(digest).decode().translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
        return text[:20]

    async def prepare(self, case_id: str, code: str, step_round: int, now: datetime, signing: Signing | None = None) -> Prepared:
        """Numbers, draws and seals, dated ``now``; of a document that another party signed, the file with that signature. Refusals of the signature
        block (ActingForbidden, WrongCapacity), and of a page too long to be drawn (TooLarge), come before any number is taken."""
        token = self.token(case_id, code)
        async with transaction(self.database) as connection:
            letter = await self.composer.letter(connection, case_id, code, now, signing)
            self.composer.stationery.order(letter.page)  # what cannot be drawn takes no number
            document = await documents.ensure(
                connection, case_id, code, letter.document.kind, letter.title, now, hashlib.sha256(token.encode()).hexdigest()
            )
            key = f"{case_id}/{code}"
            if await self.signed_by_others(connection, letter, document):
                return await self._signed(connection, letter, document, key, code, now, signing)
            number = await self._number(connection, letter, code, key, now)
        page = self.composer.numbered(letter, number, token, document.verify_code, now)
        drawn = await self.pool.render(self.composer.stationery.order(page))
        base_sha = await self._keep(drawn)
        async with transaction(self.database) as connection:
            document = await documents.ensure(connection, case_id, code, letter.document.kind, letter.title, now)
            await files.register(connection, base_sha, len(drawn.pdf), "application/pdf")
            if signing is not None and document.signed_sha:
                document = await documents.replace(connection, document, now, signed=True)
            if not document.signed_sha:
                await documents.add_version(connection, document, base_sha, step_round, now, letter.letter_sha, number)
        sealed = self._good(
            await self.signer.seal([Job(document.id, drawn.pdf, SEAL, "Segel elektronik", self.composer.stationery.city["nama"], b"")])
        )
        return Prepared(letter, document, number, key, code, sealed, base_sha, now, _field(letter, signing))

    async def signed_by_others(self, connection: AsyncConnection, letter: Letter, document: documents.Document) -> bool:
        """Whether the next party signs what stands there, instead of a page drawn anew."""
        return bool(letter.shared and document.signed_sha) and await cosigned.standing(connection, letter.dossier.case_id, document.signers)

    async def _signed(
        self, connection: AsyncConnection, letter: Letter, document: documents.Document, key: str, code: str, now: datetime, signing: Signing | None
    ) -> Prepared:
        letter = dataclasses.replace(letter, letter_sha=await documents.last_letter(connection, document))
        pdf = files.read(self.files, document.signed_sha)
        return Prepared(letter, document, document.number, key, code, pdf, document.base_sha, now, _field(letter, signing), document.signers)

    async def standing(self, case_id: str, code: str, now: datetime) -> Json | None:
        """The sealed sheet of an earlier round, when it still says what the case says now; else it makes way for a new one and this is None."""
        async with transaction(self.database) as connection:
            letter = await self.composer.letter(connection, case_id, code, now, None)
            document = await documents.ensure(connection, case_id, code, letter.document.kind, letter.title, now)
            if document.status != "disegel":
                return None
            if await documents.last_letter(connection, document) != letter.letter_sha:
                await documents.replace(connection, document, now)
                return None
        return {
            "code": code, "document_id": document.id, "sha": document.signed_sha, "base_sha": document.base_sha, "number": document.number,
            "verify_code": document.verify_code, "letter_sha": letter.letter_sha,
        }  # fmt: skip

    async def _number(self, connection: AsyncConnection, letter: Letter, code: str, key: str, now: datetime) -> str:
        pattern, register = letter.document.number, letter.document.register
        if pattern == NUMBERLESS:
            return ""
        parts = {**letter.parts, "unit": letter.office.letter_code or letter.office.organisation}
        if "{urut}" in pattern and register not in ("", "none"):
            taken = await numbers.reserve(
                connection,
                key,
                letter.office.organisation,
                register,
                now,
                pattern,
                parts,
                letter.dossier.case_id,
                code,
                zone=self.composer.zone.key,
            )
            return taken.text
        if "{" in pattern:
            local = now.astimezone(self.composer.zone)
            return numbers.compose(
                pattern, {**parts, "tahun": str(local.year), "bulan": f"{local.month:02d}", "bulan_romawi": numbers.ROMAN[local.month - 1]}
            )
        return await numbers.of_case(connection, letter.dossier.case_id)

    async def _keep(self, drawn: Rendered) -> str:
        return files.keep(self.files, drawn.pdf)

    async def sign(self, prepared: Prepared, actor: Actor, secret: str) -> bytes:
        """The personal signature into the drawn box. Raises SignatureRefused when the person must act again."""
        return self._good(await self.signer.sign(actor.person, secret, [await self._job(prepared)]))

    async def attest(self, prepared: Prepared, signing: Signing) -> bytes:
        """The city's seal in the box of a party without a certificate; the stamp says how he declared it."""
        desk = "" if signing.actor.person == signing.party else f"Dinyatakan di hadapan {signing.actor.name}"
        return self._good(await self.signer.seal([await self._job(prepared, desk or "Dinyatakan lewat tautan jawaban")]))

    async def _job(self, prepared: Prepared, how: str = "") -> Job:
        block = prepared.letter.own
        assert block is not None
        office = " ".join(block.lines).rstrip(",")
        when = clock_time(prepared.at.astimezone(self.composer.zone))
        stamp = await self.pool.render(
            self.composer.stationery.stamp(block.lines[-1].rstrip(","), block.name, when, prepared.letter.page.created, how)
        )
        reason = f"Segel elektronik atas pernyataan {block.name}, {office}" if how else f"Menandatangani sebagai {block.lines[-1].rstrip(',')}"
        return Job(prepared.document.id, prepared.pdf, prepared.field, reason, self.composer.stationery.city["nama"], stamp.pdf,
                   block.name, prepared.letter.office.organisation_name)  # fmt: skip

    def _good(self, outcomes: list[Outcome]) -> bytes:
        one = outcomes[0]
        if one.reason in ("bad_secret", "not_enrolled", "revoked"):
            raise SignatureRefused(one.reason, one.detail)
        if one.reason:
            raise NotVerified(f"layanan tanda tangan: {one.reason} {one.detail}")
        return one.pdf

    async def finish(self, prepared: Prepared, pdf: bytes, signers: list[Json], effect_key: str) -> Json:
        """Verifies, stores, and only then calls it signed, in one transaction with the number and the effect. Raises documents.Moved when another
        party signed meanwhile."""
        every = [*prepared.signed, *signers]
        verdict = await verify(pdf, self.root_pem, frozenset({SEAL, *(str(one["field"]) for one in every)}))
        if not verdict.valid:
            raise NotVerified(verdict.reason)
        sha = files.keep(self.files, pdf)
        result: Json = {
            "code": prepared.code, "document_id": prepared.document.id, "sha": sha, "base_sha": prepared.base_sha,
            "number": prepared.number, "verify_code": prepared.document.verify_code, "letter_sha": prepared.letter.letter_sha,
        }  # fmt: skip
        async with transaction(self.database) as connection:
            await files.register(connection, sha, len(pdf), "application/pdf")
            if prepared.letter.shared and signers:
                await documents.add_signature(connection, prepared.document, sha, every, verdict.to_json(), prepared.at)
            else:
                await documents.mark_signed(connection, prepared.document.id, sha, every, verdict.to_json(), prepared.at, sealed=not every)
            if "{urut}" in prepared.letter.document.number and prepared.letter.document.register not in ("", "none"):
                await numbers.issue(connection, prepared.number_key, prepared.at)
            return await effects.finish(connection, effect_key, result)

    async def settle(self, key: str, result: Json) -> Json:
        """Stores a result that needed no printing."""
        async with transaction(self.database) as connection:
            return await effects.finish(connection, key, result)

    async def claim(self, key: str, case_id: str, act: str) -> Json | None:
        """The stored result when the effect is done already; else the effect is now ours to do."""
        async with transaction(self.database) as connection:
            claimed = await effects.claim(connection, key, case_id, act)
        return claimed.result if claimed.done else None


NUMBERLESS = "none"
"""Number of a document that has none, not even that of a letter it goes with."""


def _field(letter: Letter, signing: Signing | None) -> str:
    return cosigned.box(letter.process, letter.document.code, signing.step) if letter.shared and signing else FINAL


def signer_row(signing: Signing, prepared: Prepared) -> Json:
    """What the document remembers of its signer: readable without the directory. Of a party without a certificate also who entered it, if the desk did."""
    actor, own = signing.actor, prepared.letter.own
    where: Json = {"at": signing.at.isoformat(), "step": signing.step, "round": signing.round, "field": prepared.field}
    if signing.party:
        desk = "" if actor.person == signing.party else actor.name
        return {
            "person": signing.party, "name": own.name if own else "", "position": "", "title": own.lines[-1] if own else "", "capacity": "pihak-luar",
            "prefix": "", "desk": desk, **where,
        }  # fmt: skip
    return {
        "person": actor.person, "name": actor.name, "position": actor.position, "title": actor.title, "capacity": actor.capacity,
        "prefix": PREFIX.get(actor.capacity, "").strip(), **where,
    }  # fmt: skip
