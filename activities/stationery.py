"""A letter's page from its parts: the city's stationery and profile, the letterhead, the blocks. No database, no network."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment

from activities.pdf import qr
from activities.pdf.finisher import SignatureField
from activities.pdf.html import environment
from activities.pdf.long_rows import rows, shortened
from activities.pdf.render import Order, canonical_json
from engine.errors import TooLarge
from engine.signature_block import Block
from forms import tables
from forms.numbers import grouped

ROOT = Path(__file__).resolve().parent.parent
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
"""A sentence of a letter that ends with what somebody typed, and he typed the full stop too."""
MOST_ROWS = tables.MOST_ROWS + 200
"""Rows of tables on one document: as many as a table of a form may have, and heads and sums. Two minutes of drawing, of ten that the pool gives them."""
PREVIEWED_ROWS = 200
"""Of each table, where somebody waits before a page that shows forty pages at most."""
LONG = "{judul} memuat {banyak} baris tabel; paling banyak {paling} yang dapat dicetak. Sebutkan jumlahnya di naskah dan lampirkan daftarnya sebagai berkas."


@dataclass(frozen=True, slots=True)
class Letterhead:
    """``jenis``: kepala-daerah (Garuda, the mayor in own name), perangkat-daerah (city arms), tanpa."""

    jenis: str
    nama: str
    baris: tuple[str, ...] = ()
    alamat: str = ""
    telepon: str = ""
    surel: str = ""
    laman: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One letter to print."""

    template: str
    """``letters/surat_dinas.html`` or ``<slug>/<document>.html``."""
    surat: dict[str, Any]
    kop: Letterhead
    blocks: tuple[Block, ...] = ()
    place_and_date: str = ""
    """Printed above the office line where the layout wants it."""
    created: str = ""
    """ISO instant, the letter's date."""
    facts: dict[str, Any] = field(default_factory=dict)
    """Attached as data-surat.json."""
    token: str = ""
    short_code: str = ""
    seal: bool = False
    context: dict[str, Any] = field(default_factory=dict)
    """What process templates use beside: isian, tampil, rahasia, disposisi, paraf (letters/README.md)."""


@dataclass(frozen=True)
class Stationery:
    """``city_dir`` holds city.toml and letters/; ``base_url`` is where a QR leads; ``sample`` marks every page CONTOH."""

    city_dir: Path
    base_url: str
    sample: bool
    letters: Path = ROOT / "letters"
    processes: tuple[Path, ...] = (ROOT / "workflows",)

    @cached_property
    def jinja(self) -> Environment:
        own = self.city_dir / "workflows"
        return environment(self.letters, self.city_dir, [*([own] if own.exists() else []), *self.processes])

    @cached_property
    def profile(self) -> dict[str, Any]:
        """The letter profile, the city's own keys over ours."""
        base = json.loads((self.letters / "profil.json").read_text())
        own = self.city_dir / "letters" / "profil.json"
        return {**base, **(json.loads(own.read_text()) if own.exists() else {})}

    @cached_property
    def city(self) -> dict[str, Any]:
        """``nama`` (Kota Contoh), ``tempat`` (printed place), file names of arms and state emblem."""
        found = tomllib.loads((self.city_dir / "city.toml").read_text())
        name = found["name"]
        arms = found.get("arms", "arms.svg")
        return {"nama": name, "tempat": found.get("place", name.removeprefix("Kota ")), "lambang": arms, "garuda": found.get("emblem", "garuda.svg")}

    @property
    def resources(self) -> tuple[str, ...]:
        return (str(self.letters), str(self.city_dir / "letters"), *([str(self.city_dir)] if (self.city_dir / self.city["lambang"]).exists() else []))

    def order(self, page: Page, *, preview: bool = False) -> Order:
        """The render order. Jinja's UndefinedError tells a template that names what the page does not have. Refuses with TooLarge a page whose tables
        would keep the renderer for more than it is given. A ``preview`` shows the first rows of a long table and says so."""
        fields = tuple(
            SignatureField(
                f"TandaTangan{number}", f"ttd-{number}", f"Tanda tangan elektronik {block.lines[-1].rstrip(',')}", final=len(page.blocks) == 1
            )
            for number, block in enumerate(page.blocks, 1)
        )
        verification = None
        if page.token:
            address = qr.address(self.base_url, page.token)
            verification = {"alamat": address, "pendek": page.short_code, "qr": qr.svg_uri(address)}
        html = self.jinja.get_template(page.template).render(
            surat={"konsep": False, "tembusan": [], "tentang": "", **page.surat}, kop=page.kop, kota=self.city, profil=self.profile,
            ttd=[self._block(number, block, page) for number, block in enumerate(page.blocks, 1)], verifikasi=verification, contoh=self.sample,
            **page.context,
        )  # fmt: skip
        if (count := rows(html)) > MOST_ROWS:
            raise TooLarge(LONG.format(judul=page.surat["judul"], banyak=grouped(count), paling=grouped(MOST_ROWS)))
        html = TWO_STOPS.sub(".", shortened(html, PREVIEWED_ROWS) if preview else html)
        return Order(
            html, page.surat["judul"], page.kop.nama, page.created, canonical_json(page.facts), self.resources, fields, page.seal, rows=rows(html)
        )

    def _block(self, number: int, block: Block, page: Page) -> dict[str, Any]:
        return {"kotak": f"ttd-{number}", "baris": block.lines, "nama": block.name, "pangkat": block.rank, "nip": block.nip,
                "tempat_tanggal": page.place_and_date if number == 1 else ""}  # fmt: skip

    def stamp(self, office: str, name: str, when: str, created: str, how: str = "") -> Order:
        """The visible appearance of a signature: drawn at signing, never before, so the page claims nothing untrue. ``how``: what the seal attests
        for a party without a certificate."""
        html = self.jinja.get_template("letters/cap.html").render(kota=self.city, jabatan=office, nama=name, waktu=when, contoh=self.sample, cara=how)
        return Order(html, "Tanda tangan elektronik", name, created, "{}", self.resources, stylesheet="cap.css")
