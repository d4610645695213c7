"""The sample CA as a Signer: keys of persons lie encrypted on disk and are opened only with the passphrase of that moment."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from activities.pdf.pades import ParsedKeySigner, sign
from activities.signers.port import CERTIFYING, Enrolment, Job, Outcome
from activities.signers.sample_ca import Authority, enrol, renew, revoke


class SampleSigner:
    """Embedded mode and tests only: a city signs with BSrE or its own HSM."""

    name = "contoh"
    batch = 25

    def __init__(self, authority: Authority, lazily: str = "") -> None:
        """``lazily``: passphrase with which officials of the sample city get their certificate at their first signature."""
        self.authority, self.lazily = authority, lazily

    async def status(self, who: str) -> Enrolment:
        path = self.authority.person(who)
        if not path.exists():
            return Enrolment(False, "not_enrolled")
        found = self._certificate(path)
        until, good = found.not_valid_after_utc, not self.authority.revoked(who).exists() and found.not_valid_after_utc > datetime.now(UTC)
        return Enrolment(good, "" if good else "revoked", until.date().isoformat(), f"{found.serial_number:X}")

    async def activated(self, who: str, name: str, organisation: str) -> Enrolment:
        """With ``lazily`` a certificate is given out here, a new one where the old one was taken back."""
        if self.lazily:
            if self.authority.revoked(who).exists():
                await asyncio.to_thread(renew, self.authority, who, name, organisation, self.lazily)
            else:
                await asyncio.to_thread(enrol, self.authority, who, name, organisation, self.lazily)
        return await self.status(who)

    async def revoke(self, who: str) -> None:
        await asyncio.to_thread(revoke, self.authority, who)

    async def sign(self, who: str, secret: str, jobs: list[Job]) -> list[Outcome]:
        if self.lazily and jobs and not self.authority.revoked(who).exists():
            await asyncio.to_thread(enrol, self.authority, who, jobs[0].signer_name or who, jobs[0].organisation or "Kota Contoh", self.lazily)
        enrolment = await self.status(who)
        if not enrolment.ready:
            return [Outcome(job.document_id, reason=enrolment.reason) for job in jobs]
        path = self.authority.person(who)
        try:
            # We made this key: OpenSSL's check of it takes 0.16 s, a hundred times what the passphrase does.
            key = serialization.load_pem_private_key(path.read_bytes(), secret.encode(), unsafe_skip_rsa_key_validation=True)
        except ValueError:
            return [Outcome(job.document_id, reason="bad_secret") for job in jobs]
        assert isinstance(key, rsa.RSAPrivateKey)
        signer = ParsedKeySigner(key, self._certificate(path), [self._root])
        return [await self._one(signer, job, certify=False) for job in jobs]

    async def seal(self, jobs: list[Job]) -> list[Outcome]:
        return [await self._one(self._attester if job.field != CERTIFYING else self._sealer, job, certify=job.field == CERTIFYING) for job in jobs]

    async def _one(self, signer: ParsedKeySigner, job: Job, certify: bool) -> Outcome:
        pdf = await sign(job.base, signer, job.field, reason=job.reason, location=job.location, stamp=job.stamp or None, certify=certify)
        return Outcome(job.document_id, pdf)

    @cached_property
    def _root(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.authority.root_pem.read_bytes())

    @cached_property
    def _sealer(self) -> ParsedKeySigner:
        return self._institution("seal")

    @cached_property
    def _attester(self) -> ParsedKeySigner:
        return self._institution("attest")

    def _institution(self, name: str) -> ParsedKeySigner:
        key = serialization.load_pem_private_key((self.authority.folder / f"{name}.key.pem").read_bytes(), None, unsafe_skip_rsa_key_validation=True)
        assert isinstance(key, rsa.RSAPrivateKey)
        return ParsedKeySigner(key, x509.load_pem_x509_certificate((self.authority.folder / f"{name}.pem").read_bytes()), [self._root])

    def _certificate(self, key_path: Path) -> x509.Certificate:
        return x509.load_pem_x509_certificate(key_path.with_name(key_path.name.replace(".key", "")).read_bytes())
