"""The sample officials at their pages: each signs in once, finds the task of a case in the inbox, and decides."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from embedded.stack import SAMPLE_PASSPHRASE, SAMPLE_PASSWORD
from embedded.visitor import Page, Visitor

ROW = re.compile(r'<li class="surat" data-baris>(.*?)(?=<li class="surat"|</ol>)', re.DOTALL)
PATIENCE = 90.0
Texts = Mapping[str, Sequence[str] | str]


class NotAsExpected(Exception):
    """A page answered otherwise than the story expects; the message says who, where and what the page said."""


@dataclass
class Officials:
    """``accounts``: position → (NIP or mail address, name, title). ``say``: prints one step."""

    base_url: str
    accounts: Mapping[str, tuple[str, str, str]]
    say: Callable[[str], None]
    _in: dict[str, Visitor] = field(default_factory=dict)

    def at(self, position: str) -> Visitor:
        """The signed-in holder of the position."""
        if position not in self._in:
            who, name, _title = self.accounts[position]
            self._in[position] = Visitor(self.base_url, name)
            self._in[position].sign_in(who, SAMPLE_PASSWORD)
        return self._in[position]

    def close(self) -> None:
        for one in self._in.values():
            one.close()

    def start(self, position: str, code: str) -> Page:
        """Opens a case from "Mulai proses baru"; gives the page of its first task."""
        visitor = self.at(position)
        address = f"/proses/{code}/mulai"
        return self._good(visitor, visitor.post(address, {}, visitor.get("/mulai").form(address)))

    def task(self, position: str, case_no: int, words: str = "") -> str:
        """Address of the open task of the case in this inbox, waited for. ``words``: part of its row. Refuses by NotAsExpected."""
        visitor, until, page = self.at(position), time.monotonic() + PATIENCE, None
        while time.monotonic() < until:
            page = visitor.get("/tugas")
            for row in ROW.findall(page.html):
                found = re.search(r'href="(/tugas/\d+)"', row)
                if found and re.search(rf"Perkara {case_no}\b", row) and words in row:
                    return found[1]
            time.sleep(0.3)
        raise NotAsExpected(f"{visitor.name}: tugas perkara {case_no} {words!r} tidak muncul. Halaman: {page.text[:600] if page else ''}")

    def decide(
        self, position: str, case_no: int, outcome: str, texts: Texts | None = None, reason: str = "", files: Mapping[str, Sequence[Path]] | None = None,
        words: str = "", address: str = "",
    ) -> Page:  # fmt: skip
        """Fills and sends one task, over the check page where there is one (which asks for the passphrase then); gives the page after."""
        visitor = self.at(position)
        page = visitor.get(address or self.task(position, case_no, words))
        title = page.title
        given = {**(texts or {}), "outcome": outcome, "reason": reason}
        button = "Lanjutkan" if any("Lanjutkan" in text for form in page.forms for _, _, text in form.buttons) else "Kirim"
        agreed: Texts = {name: given.pop(name) for name in ("setuju", "frasa") if name in given and f'name="{name}"' not in page.html}
        page = self._good(visitor, visitor.press(page, button, given, files))
        if page.title.startswith("Periksa"):
            page = self._good(visitor, visitor.press(page, "Kirim", agreed))
        if "selesai=" not in page.path:
            raise NotAsExpected(f"{visitor.name}: {title!r} tidak tercatat: {page.text[:600]}")
        self.say(f"{visitor.name} ({self.accounts[position][2]}): {outcome} – {title}")
        return page

    def sign(self, position: str, case_no: int, words: str = "", passphrase: str = SAMPLE_PASSPHRASE, task: int = 0) -> None:
        """Over the signing table: tick, review, passphrase; waits for the verified result. ``task``: where it is known already which."""
        visitor = self.at(position)
        task = task or int(self.task(position, case_no, words).rpartition("/")[2])
        page = self._good(visitor, visitor.get(f"/tanda-tangan/tinjau?t={task}"))
        read = {f"baca-{task}": "ya"} if f'name="baca-{task}"' in page.html else {}
        page = self._good(visitor, visitor.press(page, "Tanda tangani", {"setuju": "ya", "frasa": passphrase, **read}))
        until = time.monotonic() + PATIENCE
        while "Sedang ditandatangani" in page.text and time.monotonic() < until:
            time.sleep(0.3)
            page = visitor.get(page.path)
        if "Ditandatangani dan diperiksa" not in page.text:
            raise NotAsExpected(f"{visitor.name}: tanda tangan tidak jadi: {page.text[-600:]}")
        number = re.search(r"nomor <strong>(.*?)</strong>", page.html)
        self.say(f"{visitor.name} ({self.accounts[position][2]}): tanda tangan elektronik, nomor {number[1] if number else '?'}")

    @staticmethod
    def _good(visitor: Visitor, page: Page) -> Page:
        if page.status >= 400:
            raise NotAsExpected(f"{visitor.name}: {page.path} menjawab {page.status}: {page.faults or page.text[:500]}")
        return page


def case_number(page: Page) -> int:
    """The case a task page belongs to."""
    found = re.search(r'href="/perkara/(\d+)"', page.html)
    if found is None:
        raise NotAsExpected(f"{page.path}: nomor perkara tidak tertulis")
    return int(found[1])
