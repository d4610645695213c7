"""One letter: HTML to a PDF/A-3a + PDF/UA-1 with its data attached and its signature fields. Runs in a child process of the pool.

The same input gives the same bytes (dates, identifiers and masks come from the input), so a retry changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from unicodedata import category

from activities.pdf.finisher import Placed, SignatureField, finish, place
from activities.pdf.xmp import packet

MIME = {".ttf": "font/ttf", ".svg": "image/svg+xml", ".css": "text/css", ".png": "image/png"}

LAST_ASCII = 0x7E
BOX = "\u25a1"


@dataclass(frozen=True, slots=True)
class Order:
    """What to render. ``resources``: folders whose files are reachable as ``res:<file name>``, the later folder wins."""

    html: str
    title: str
    author: str
    created: str
    """ISO instant with zone: the letter's date, never the clock."""
    attachment: str
    """JSON text of the letter's data, attached as data-surat.json."""
    resources: tuple[str, ...]
    fields: tuple[SignatureField, ...] = ()
    seal: bool = False
    stylesheet: str = "surat.css"
    rows: int = 0
    """Of all its tables: what drawing it costs."""


@dataclass(frozen=True, slots=True)
class Rendered:
    pdf: bytes
    sha: str
    pages: int
    placed: tuple[Placed, ...] = field(default=())


class RenderRefused(Exception):
    """The template asked for something closed (network, file) or is broken: retrying cannot help."""


@lru_cache(maxsize=4)
def _press(resources: tuple[str, ...], stylesheet: str) -> tuple[Any, Any, Any]:
    """One parsed style sheet and font configuration per process: rebuilding them costs a third of a letter."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from activities.pdf.fetcher import ClosedFetcher

    table: dict[str, tuple[str, bytes]] = {}
    for folder in resources:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in MIME:
                table[path.name] = (MIME[path.suffix], path.read_bytes())
    fetcher = ClosedFetcher(table)
    fonts = FontConfiguration()
    return fetcher, fonts, CSS(string=table[stylesheet][1].decode(), font_config=fonts, url_fetcher=fetcher)


@lru_cache(maxsize=4)
def _drawn(resources: tuple[str, ...]) -> frozenset[int]:
    """Characters that every face of these folders can draw."""
    from fontTools.ttLib import TTFont

    faces = {path.name: path for folder in resources for path in sorted(Path(folder).rglob("*.ttf"))}
    found = [frozenset(TTFont(path, lazy=True).getBestCmap()) for path in faces.values()]
    return frozenset.intersection(*found) if found else frozenset()


def printable(html: str, drawn: frozenset[int]) -> str:
    """The text with a box for every character the letter's own fonts cannot draw; one without a shape of its own (joiners, selectors) goes.

    Else a font of whatever machine prints would be taken, so that the same letter came out otherwise elsewhere, or an empty glyph that PDF/A forbids.
    The data attached to the letter keep what was typed."""
    strange = {sign for sign in set(html) if ord(sign) > LAST_ASCII and ord(sign) not in drawn}
    shapeless = {sign for sign in strange if category(sign) in ("Cf", "Mn", "Me")}
    return html.translate({ord(sign): None if sign in shapeless else BOX for sign in strange}) if strange else html


def render(order: Order) -> Rendered:
    """Raises RenderRefused when the template reaches for anything outside ``res:`` and ``data:image/``."""
    from weasyprint import HTML, Attachment, __version__
    from weasyprint.urls import FatalURLFetchingError

    fetcher, fonts, css = _press(order.resources, order.stylesheet)
    moment = datetime.fromisoformat(order.created).astimezone(UTC)
    attachment = Attachment(
        string=order.attachment, name="data-surat.json", description="Data surat", relationship="Data", created=moment, modified=moment
    )
    try:
        document = HTML(string=printable(order.html, _drawn(order.resources)), url_fetcher=fetcher).render(
            font_config=fonts, stylesheets=[css], cache={}
        )
        placed = place(document, order.fields)
        stamp = moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        meta = document.metadata
        meta.title, meta.authors, meta.created, meta.modified, meta.generator, meta.lang = order.title, [order.author], stamp, stamp, "Alur", "id"
        meta.generate_rdf_metadata = partial(_rdf, order, stamp, f"WeasyPrint {__version__}")
        pdf = document.write_pdf(
            finisher=lambda _document, file: finish(file, placed, order.fields, order.seal),
            pdf_variant="pdf/a-3a", pdf_identifier=hashlib.sha256(order.html.encode()).digest()[:16], attachments=[attachment],
        )  # fmt: skip
    except FatalURLFetchingError as refused:
        raise RenderRefused(str(refused)) from None
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), len(document.pages), placed)


def _rdf(order: Order, stamp: str, producer: str, *_: object) -> bytes:
    return packet(order.title, order.author, stamp, producer)


def canonical_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
