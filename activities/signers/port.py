"""The signing port. A backend takes finished base files and gives back signed ones, or a reason; it never sees the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Reason = Literal["bad_secret", "not_enrolled", "revoked", "remote_down", "bad_reply", "unknown"]
"""bad_secret, not_enrolled, revoked: the person must act. remote_down, bad_reply, unknown: retry the *original* base file."""

CERTIFYING = "Segel"
"""The field of the institution's seal, without a place on the page."""
FOR_THE_PERSON: frozenset[str] = frozenset({"bad_secret", "not_enrolled", "revoked"})


@dataclass(frozen=True, slots=True)
class Job:
    """One signature wanted. ``field`` exists in ``base`` already; its rectangle is the field's own."""

    document_id: str
    base: bytes
    field: str
    reason: str
    location: str
    stamp: bytes
    """One-page PDF drawn into the field, PDF/A without transparency; empty = invisible."""
    signer_name: str = ""
    organisation: str = ""
    """For backends that make certificates themselves (the sample CA)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    document_id: str
    pdf: bytes = b""
    reason: Reason | Literal[""] = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """State of a person's certificate before anything is signed."""

    ready: bool
    reason: Reason | Literal[""] = ""
    valid_until: str = ""
    """ISO date, empty when not enrolled."""
    serial: str = ""


class Signer(Protocol):
    """A backend. ``who`` is the signing identity (for the sample CA the person id)."""

    name: str
    batch: int
    """Most documents in one call."""

    async def status(self, who: str) -> Enrolment: ...

    async def activated(self, who: str, name: str, organisation: str) -> Enrolment:
        """State after the person has activated a new or renewed certificate; the sample CA gives it out here. No passphrase passes."""
        ...

    async def revoke(self, who: str) -> None:
        """Takes the person's certificate back: from now on it signs nothing. Doing so twice does no more."""
        ...

    async def sign(self, who: str, secret: str, jobs: list[Job]) -> list[Outcome]:
        """One outcome per job in the same order. A wrong secret stops the batch at the first answer: all outcomes say bad_secret."""
        ...

    async def seal(self, jobs: list[Job]) -> list[Outcome]:
        """The institution's seal. In the field ``Segel`` it is the first signature of a file and certifies it (DocMDP P=2); in a box of the page it
        attests what a party without a certificate declared, by a second certificate of the institution: Poppler (22.12) calls the certificate of a
        file's first signature corrupted where it signs once more."""
        ...
