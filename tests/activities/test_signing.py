"""Seal and signature: valid by four validators, refused when wrong, and every kind of tampering is named."""

from __future__ import annotations

import asyncio
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from activities.pdf.pades import AlreadyLocked
from activities.pdf.render import Rendered, render
from activities.pdf.verify import verify
from activities.signers.port import Job
from activities.signers.sample import SampleSigner
from activities.signers.sample_ca import enrol, ensure
from tests.activities.paper import AT, faults_of, letter, stationery

FIELDS = frozenset({"Segel", "TandaTangan1"})


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> SampleSigner:
    authority = ensure(tmp_path_factory.mktemp("ca"), "Kota Contoh")
    enrol(authority, "kepala", "Budi Contoh", "Dinas Komunikasi dan Informatika", "frasa sandi contoh")
    return SampleSigner(authority)


def _job(base: bytes, field: str, stamp: bytes = b"") -> Job:
    return Job("d1", base, field, "Menandatangani", "Kota Contoh", stamp)


@pytest.fixture(scope="module")
def base() -> Rendered:
    return render(stationery().order(letter()))


@pytest.fixture(scope="module")
def signed(signer: SampleSigner, base: Rendered) -> bytes:
    cap = render(stationery().stamp("KEPALA DINAS KOMUNIKASI DAN INFORMATIKA", "Drs. Budi Contoh, M.Si.", "24 November 2026 10.00 WIB", AT))
    sealed = asyncio.run(signer.seal([_job(base.pdf, "Segel")]))[0].pdf
    return asyncio.run(signer.sign("kepala", "frasa sandi contoh", [_job(sealed, "TandaTangan1", cap.pdf)]))[0].pdf


async def test_sealed_and_signed_letter_is_valid(signed: bytes, base: Rendered, signer: SampleSigner) -> None:
    verdict = await verify(signed, signer.authority.root_pem, FIELDS)
    assert verdict.valid, verdict.reason
    assert signed.startswith(base.pdf)
    assert "CONTOH" in verdict.signatures[-1].signer
    assert {type(one.field) for one in verdict.signatures} == {str}, "what hangs on the reader of the file would be copied with it"


def test_independent_validators_agree(signed: bytes, signer: SampleSigner, tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(signed)
    assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0
    store = tmp_path / "nss"
    store.mkdir()
    subprocess.run(["certutil", "-N", "-d", f"sql:{store}", "--empty-password"], check=True)
    subprocess.run(["certutil", "-A", "-d", f"sql:{store}", "-n", "root", "-t", "CT,CT,CT", "-i", str(signer.authority.root_pem)], check=True)
    report = subprocess.run(["pdfsig", "-nssdir", str(store), "-no-ocsp", str(path)], capture_output=True, text=True, check=True).stdout
    assert report.count("Signature is Valid") == 2
    assert report.count("Certificate is Trusted") == 2
    assert "Total document signed" in report


@pytest.mark.slow
def test_letter_is_pdf_a_3a_and_pdf_ua_1_after_its_last_signature(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(signed)
    assert faults_of(path) == ""


async def test_a_wrong_passphrase_signs_nothing(signer: SampleSigner, base: Rendered) -> None:
    outcomes = await signer.sign("kepala", "salah", [_job(base.pdf, "TandaTangan1"), _job(base.pdf, "TandaTangan1")])
    assert [(one.reason, one.pdf) for one in outcomes] == [("bad_secret", b""), ("bad_secret", b"")]


async def test_somebody_without_a_certificate_is_told_so(signer: SampleSigner, base: Rendered) -> None:
    assert (await signer.sign("orang-lain", "x", [_job(base.pdf, "TandaTangan1")]))[0].reason == "not_enrolled"
    assert not (await signer.status("orang-lain")).ready


async def test_a_locked_letter_is_not_signed_again(signer: SampleSigner, signed: bytes) -> None:
    with pytest.raises(AlreadyLocked):
        await signer.sign("kepala", "frasa sandi contoh", [_job(signed, "TandaTangan1")])


def _changed_content(pdf: bytes) -> bytes:
    """The attack that pdfsig calls valid: page content replaced in an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page, _ = writer.find_page_for_modification(0)
    page.get_object()["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page.get_object())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _annotated(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page, _ = writer.find_page_for_modification(0)
    note = generic.DictionaryObject({
        generic.pdf_name("/Type"): generic.pdf_name("/Annot"), generic.pdf_name("/Subtype"): generic.pdf_name("/Square"),
        generic.pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (50, 600, 500, 700)]),
    })  # fmt: skip
    page.get_object().setdefault("/Annots", generic.ArrayObject()).append(writer.add_object(note))
    writer.update_container(page.get_object())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _flipped(pdf: bytes) -> bytes:
    return pdf[:2000] + bytes([pdf[2000] ^ 1]) + pdf[2001:]


def _cut_to_the_seal(pdf: bytes) -> bytes:
    """Valid seal, final signature gone: pyHanko alone passes it."""
    ends = [index for index in range(len(pdf)) if pdf.startswith(b"%%EOF", index)]
    return pdf[: ends[-2] + 6]


@pytest.mark.parametrize(
    "attack", [_changed_content, _annotated, _flipped, _cut_to_the_seal, lambda _: b"%PDF-1.7 sampah", lambda pdf: pdf[: len(pdf) // 2]]
)
async def test_tampering_is_found_and_named(attack: Callable[[bytes], bytes], signed: bytes, signer: SampleSigner) -> None:
    verdict = await verify(attack(signed), signer.authority.root_pem, FIELDS)
    assert not verdict.valid
    assert verdict.reason
