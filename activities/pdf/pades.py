"""PAdES by pyHanko with the key kept parsed: loading an RSA key costs a full consistency check, six times the signature itself."""

from __future__ import annotations

import io
from typing import Any

from asn1crypto import algos
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from activities.pdf.reader import Reader

RESERVED = 12288
"""Bytes kept free for a B-B signature: pyHanko would sign once more only to measure."""


def _certificate(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


class ParsedKeySigner(signers.Signer):
    """Holds the parsed RSA key. Build it with its constructor: pyHanko's loaders return the base class."""

    def __init__(self, key: rsa.RSAPrivateKey, certificate: x509.Certificate, chain: list[x509.Certificate]) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([_certificate(one) for one in chain])
        mechanism = algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})
        super().__init__(signing_cert=_certificate(certificate), cert_registry=store, signature_mechanism=mechanism, embed_roots=False)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002  # pyHanko's signature
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class _Page(PdfContent):
    """The first page of a PDF held in memory, as pyHanko's ImportedPdfPage but without a file and with a fixed resource name."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        super().__init__()

    def render(self) -> bytes:
        form = self._ensure_writer.import_page_as_xobject(Reader(self.body), page_ix=0)
        self.resources.xobject["/Cap"] = form
        x1, y1, x2, y2 = form.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(x1 - x2), height=abs(y1 - y2))
        return b"/Cap Do"


def _stamp(page: bytes) -> StaticStampStyle:
    # pyHanko centres with a margin; the mini page was drawn for exactly this rectangle.
    layout = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0))
    return StaticStampStyle(background=_Page(page), border_width=0, background_opacity=1.0, background_layout=layout)


class AlreadyLocked(Exception):
    """The file carries a final lock or the field is signed: pyHanko would sign all the same and give an invalid file."""


def refuse_locked(pdf: bytes, field: str) -> None:
    """Raises AlreadyLocked when a signature with a P=1 lock stands in the file, or ``field`` holds a signature already."""
    for signature in Reader(pdf).embedded_signatures:
        if signature.field_name == field:
            raise AlreadyLocked(f"kolom {field} sudah bertanda tangan")
        lock: Any = signature.sig_field.get("/Lock")
        if lock is not None and lock.get("/P") == 1:
            raise AlreadyLocked(f"berkas sudah dikunci oleh {signature.field_name}")


async def sign(pdf: bytes, signer: ParsedKeySigner, field: str, *, reason: str, location: str, stamp: bytes | None, certify: bool) -> bytes:
    """One B-B signature into an existing field. ``stamp`` None = invisible. Raises AlreadyLocked."""
    refuse_locked(pdf, field)
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason=reason or None, location=location or None,
        certify=certify, docmdp_permissions=fields.MDPPerm.FILL_FORMS if certify else fields.MDPPerm.NO_CHANGES,
    )  # fmt: skip
    pdf_signer = signers.PdfSigner(meta, signer=signer, stamp_style=_stamp(stamp) if stamp else None)
    writer = IncrementalPdfFileWriter.from_reader(Reader(pdf))
    out = io.BytesIO()
    await pdf_signer.async_sign_pdf(writer, existing_fields_only=True, bytes_reserved=RESERVED, output=out)
    return out.getvalue()
