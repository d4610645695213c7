"""A letter drawn, sealed and signed: CPU seconds of ours against the stock tools doing the same letter twice signed."""

from __future__ import annotations

import asyncio
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from activities.pdf.fetcher import ClosedFetcher
from activities.pdf.render import MIME, Order, render
from activities.signers.port import Job
from activities.signers.sample import SampleSigner
from activities.signers.sample_ca import enrol, ensure
from bench.table import Line, Rounds
from tests.activities.paper import AT, letter, stationery

WHO, PASSPHRASE = "kepala", "frasa sandi bench"
ROUNDS, WARM, BATCH = 12, 2, 10


def _job(number: int, base: bytes, field: str, stamp: bytes = b"") -> Job:
    return Job(f"d{number}", base, field, "Menandatangani", "Kota Contoh", stamp)


def _stamp() -> Order:
    return stationery().stamp("KEPALA DINAS KOMUNIKASI DAN INFORMATIKA", "Drs. Budi Contoh, M.Si.", "24 November 2026 10.00 WIB", AT)


def ours(signer: SampleSigner, many: int = 1) -> list[bytes]:
    """PDF/A-3a with data and fields, the electronic seal, the drawn stamp, the official's signature; ``many`` letters under one passphrase."""
    sealed = []
    for number in range(many):
        base = render(stationery().order(letter()))
        sealed += asyncio.run(signer.seal([_job(number, base.pdf, "Segel")]))
    jobs = [_job(number, one.pdf, "TandaTangan1", render(_stamp()).pdf) for number, one in enumerate(sealed)]
    return [one.pdf for one in asyncio.run(signer.sign(WHO, PASSPHRASE, jobs))]


def stock(resources: dict[str, tuple[str, bytes]], keys: tuple[Any, Any]) -> bytes:
    """The same page by ``write_pdf`` with its style sheet read anew, then ``sign_pdf`` of a SimpleSigner twice, all by default settings."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration

    order, fetcher, fonts = stationery().order(letter()), ClosedFetcher(resources), FontConfiguration()
    css = CSS(string=resources[order.stylesheet][1].decode(), font_config=fonts, url_fetcher=fetcher)
    moment = datetime.fromisoformat(AT).astimezone(UTC)
    attached = Attachment(string=order.attachment, name="data-surat.json", relationship="Data", created=moment, modified=moment)
    pdf = HTML(string=order.html, url_fetcher=fetcher).write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-3a", attachments=[attached])
    for number, (key, box) in enumerate(zip(keys, (None, (300, 120, 480, 180)), strict=True)):
        meta = signers.PdfSignatureMetadata(field_name=f"F{number}", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
        place = fields.SigFieldSpec(f"F{number}", on_page=0, box=box)
        pdf = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, signer=key, new_field_spec=place).getvalue()
    return bytes(pdf)


def _resources() -> dict[str, tuple[str, bytes]]:
    found = [path for folder in stationery().resources for path in sorted(Path(folder).rglob("*")) if path.suffix in MIME]
    return {path.name: (MIME[path.suffix], path.read_bytes()) for path in found}


def _stock_keys(signer: SampleSigner) -> tuple[Any, Any]:
    from pyhanko.sign.signers import SimpleSigner

    load: Any = SimpleSigner.load

    folder, person = signer.authority.folder, signer.authority.person(WHO)
    chain = (str(signer.authority.root_pem),)
    seal = load(str(folder / "seal.key.pem"), str(folder / "seal.pem"), ca_chain_files=chain)
    own = load(str(person), str(person.with_name(f"{WHO}.pem")), ca_chain_files=chain, key_passphrase=PASSPHRASE.encode())
    assert seal is not None
    assert own is not None
    return seal, own


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def measure() -> list[Line]:
    folder = tempfile.TemporaryDirectory(prefix="alur-bench-")
    with folder as name:
        authority = ensure(Path(name), "Kota Contoh")
        enrol(authority, WHO, "Budi Contoh", "Dinas Komunikasi dan Informatika", PASSPHRASE)
        signer = SampleSigner(authority)
        resources, keys = _resources(), _stock_keys(signer)
        own: list[list[float]] = []
        floor: list[list[float]] = []
        batch: list[float] = []
        assert all(b"/ByteRange" in pdf for pdf in (*ours(signer), stock(resources, keys)))
        for _ in range(WARM):
            ours(signer), stock(resources, keys)
        for at in range(ROUNDS):
            pair = [(own, lambda: ours(signer)), (floor, lambda: stock(resources, keys))]
            for kept, work in pair if at % 2 else reversed(pair):
                kept.append([_cpu(work)])
            if at % 4 == 0:
                batch.append(_cpu(lambda: ours(signer, BATCH)) / BATCH)
    rounds = Rounds(own, floor)
    one, many, other = rounds.middle(own) * 1000, statistics.median(batch) * 1000, rounds.middle(floor) * 1000
    note = f"CPU, median of {ROUNDS} pairs; RSA-3072; floor spread {rounds.spread:.0%}"
    return [
        Line(
            "letter drawn, sealed, signed, one alone",
            rounds.ratio,
            0.45,
            f"{one:.0f} ms CPU; stock {other:.0f} ms",
            f"{note}; the key is opened for one letter",
        ),
        Line(f"letter of a batch of {BATCH}", many / other, 0.45, f"{many:.0f} ms CPU a letter", "CPU; one passphrase for the batch"),
    ]
