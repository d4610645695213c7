"""Our verdict on a signed file. pyHanko alone is not enough: a cut to an earlier revision and a changed Info title both pass it.

Valid = the SHA-256 equals the archived file's, or every signature is intact, trusted, covers the file and the set of signers is the register's.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from activities.pdf.reader import Reader


@dataclass(frozen=True, slots=True)
class SignatureReport:
    field: str
    signer: str
    """Subject of the certificate."""
    at: str
    """Time claimed by the signer, ISO; empty when absent."""
    intact: bool
    trusted: bool
    allowed: bool
    """What was added after it is no more than signing."""
    summary: str


@dataclass(frozen=True, slots=True)
class Verdict:
    valid: bool
    signatures: tuple[SignatureReport, ...]
    reason: str
    """Indonesian, for people; empty when valid."""

    def to_json(self) -> dict[str, object]:
        return {**asdict(self), "signatures": [asdict(one) for one in self.signatures]}


def trust(root_pem: Path) -> ValidationContext:
    """Only the given root is trusted; nothing is fetched."""
    _, _, der = pem.unarmor(root_pem.read_bytes())
    return ValidationContext(trust_roots=[asn1_x509.Certificate.load(der)], allow_fetching=False, revocation_mode="soft-fail")


async def verify(pdf: bytes, root_pem: Path, fields: frozenset[str]) -> Verdict:
    """``fields``: names of the signatures the register expects; a missing or an extra one makes the file invalid."""
    try:
        embedded = Reader(pdf).embedded_signatures
        reports = []
        for one in embedded:
            status = await async_validate_pdf_signature(one, signer_validation_context=trust(root_pem))
            when = status.signer_reported_dt.isoformat() if status.signer_reported_dt else ""
            allowed = bool(status.docmdp_ok or status.modification_level is None)
            subject = status.signing_cert.subject.native.get("common_name", "")
            reports.append(
                # pyHanko's name of a field is a string that holds the whole reader: whoever copies the report would copy the file's objects.
                SignatureReport(
                    str(one.field_name), subject, when, bool(status.intact and status.valid), bool(status.trusted), allowed, status.summary()
                )
            )
    except (PdfError, SignatureValidationError, ValueError, KeyError) as broken:
        return Verdict(False, (), f"Berkas tidak dapat dibaca sebagai PDF bertanda tangan ({type(broken).__name__}).")
    return Verdict(*_judge(reports, fields))


def _judge(reports: list[SignatureReport], fields: frozenset[str]) -> tuple[bool, tuple[SignatureReport, ...], str]:
    found = frozenset(one.field for one in reports)
    reason = ""
    if missing := sorted(fields - found):
        reason = f"Tanda tangan tidak lengkap: {', '.join(missing)} tidak ada."
    elif extra := sorted(found - fields):
        reason = f"Ada tanda tangan yang tidak tercatat: {', '.join(extra)}."
    elif broken := [one.field for one in reports if not one.intact]:
        reason = f"Isi berubah setelah ditandatangani ({', '.join(broken)})."
    elif foreign := [one.field for one in reports if not one.trusted]:
        reason = f"Sertifikat penanda tangan tidak dipercaya ({', '.join(foreign)})."
    elif changed := [one.field for one in reports if not one.allowed]:
        reason = f"Ada perubahan yang tidak diizinkan setelah tanda tangan ({', '.join(changed)})."
    return not reason, tuple(reports), reason
