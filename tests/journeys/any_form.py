"""Fills the first form of any process as its own story says, a section a page and without scripts: rows by their button, a place by its map, files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from embedded.demo_filling import Filling, Texts
from embedded.office_hours import NotAsExpected
from embedded.visitor import Form, Page, Visitor
from engine.events import Json
from engine.fields import Field
from forms.on_map import MAPPED
from web.sections import PAGE, arrange

BUTTON = {True: "Simpan dan lanjut", False: "Simpan draf"}


@dataclass(frozen=True, slots=True)
class Clerk:
    """One official at one task. ``fields``: what its form asks; ``values``: what the story says to it."""

    visitor: Visitor
    task: int
    fields: Sequence[Field]
    values: Mapping[str, Json]
    filling: Filling

    @property
    def address(self) -> str:
        return f"/tugas/{self.task}"

    def form(self, page: Page) -> Form:
        return page.form(action=self.address)

    def fill(self) -> str:
        """Everything typed and kept as draft; gives the address where the decision is chosen. NotAsExpected with what a page said."""
        sections = arrange(self.fields, {}, None, "1").sections
        if not sections:
            self.one_page(self.visitor.get(self.address), self.fields, more=False)
            return self.address
        for number, section in enumerate(sections, 1):
            page = self.good(self.visitor.get(f"{self.address}?{PAGE}={number}"))
            on = self.one_page(page, section.fields, more=True)
            if not on.path.endswith(f"{PAGE}={number + 1}"):
                raise NotAsExpected(f"{page.path}: {section.name} tidak tersimpan: {on.faults or on.text[:400]}")
        return f"{self.address}?{PAGE}={len(sections) + 1}"

    def one_page(self, page: Page, fields: Sequence[Field], more: bool) -> Page:
        for asked in fields:
            if asked.type == "table" and not asked.fixed:
                page = self.rows(page, asked)
            elif asked.type in MAPPED and asked.name in self.values:
                page = self.mapped(page, asked)
        texts, files = self.filling.of(fields, self.values, self.form(page))
        shown = {name: paths for name, paths in files.items() if f'name="{name}"' in page.html}
        return self.good(self.visitor.press(page, BUTTON[more], texts, shown))

    def rows(self, page: Page, table: Field) -> Page:
        """The button for one more row, until there are as many as the story has."""
        for _ in range(len(self.values.get(table.name) or ()) - len(_numbers(table.name, self.form(page).texts))):
            page = self.good(self.visitor.press(page, f"Tambah {table.label}"))
        return page

    def mapped(self, page: Page, place: Field) -> Page:
        """The map opened, its middle marked, closed again: the answer stands in the control (the story's own is typed over it)."""
        opened = self.good(self.visitor.post(self.address, {"_peta_buka": [place.name]}, self.form(page)))
        marked = self.good(self.visitor.press(opened, "Tandai tengah peta"))
        if not re.fullmatch(r"-?\d+,\d+; \d+,\d+", self.form(marked).texts[place.name][0].strip()):
            raise NotAsExpected(f"{page.path}: peta tidak mengisi {place.label}: {self.form(marked).texts[place.name]}")
        return self.good(self.visitor.press(marked, "Tutup peta"))

    def good(self, page: Page) -> Page:
        if page.status >= 400:
            raise NotAsExpected(f"{self.visitor.name}: {page.path} menjawab {page.status}: {page.faults or page.text[:500]}")
        return page


def _numbers(table: str, texts: Texts) -> set[str]:
    return {name.split(".")[1] for name in texts if name.startswith(f"{table}.") and name.endswith("._id")}


def papers_in(folder: Path) -> dict[str, Path]:
    """A file of each kind that a form may ask for."""
    from embedded.demo import scan
    from embedded.demo_filling import papers

    return papers(scan(folder))
