"""Our verdict on a signed file. pyHanko alone is not enough: a cut to an earlier revision and a changed Info title both pass it.

Valid = the SHA-256 equals the archived file's, or every signature is intact, trusted, covers the file and the set of signers is the register's.
"""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from pathlib import Path

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfError, PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext


class Reader(PdfFileReader):
    """pyHanko's reader, strict as it is, which reads the head of an object stream once instead of once for every object in it.

    A list of 120 people is a tagged PDF of 1,700 objects in one stream: judged in one second instead of twenty, in which the worker said nothing."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._heads: dict[int, tuple[list[int], io.BytesIO, int]] = {}
        super().__init__(stream)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> generic.PdfObject:
        """Object ``idnum``, which stands at ``idx`` in the stream. Refuses what the strict reader refuses: another place, a stream or reference inside."""
        numbers, data, first = self._head(stmnum)
        if not 0 <= idx < len(numbers) // 2 or numbers[2 * idx] != idnum:
            raise PdfStrictReadError("Object is in wrong index.")
        data.seek(first + numbers[2 * idx + 1])
        found = generic.read_object(data, generic.Reference(idnum, 0, self))
        if isinstance(found, (generic.StreamObject, generic.IndirectObject)):
            raise PdfStrictReadError("Encountered forbidden object type in object stream")
        return found

    def _head(self, stmnum: int) -> tuple[list[int], io.BytesIO, int]:
        if stmnum not in self._heads:
            stream = generic.Reference(stmnum, 0, self).get_object()
            if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
                raise PdfStrictReadError("Object stream expected")
            data, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
            numbers = [int(word) for word in data[:first].split()]
            if len(numbers) != 2 * int(stream["/N"]):
                raise PdfStrictReadError("Object stream header possibly corrupted")
            self._heads[stmnum] = (numbers, io.BytesIO(data), first)
        return self._heads[stmnum]


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
        embedded = Reader(io.BytesIO(pdf)).embedded_signatures
        reports = []
        for one in embedded:
            status = await async_validate_pdf_signature(one, signer_validation_context=trust(root_pem))
            when = status.signer_reported_dt.isoformat() if status.signer_reported_dt else ""
            allowed = bool(status.docmdp_ok or status.modification_level is None)
            subject = status.signing_cert.subject.native.get("common_name", "")
            reports.append(
                SignatureReport(one.field_name, subject, when, bool(status.intact and status.valid), bool(status.trusted), allowed, status.summary())
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
