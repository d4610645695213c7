"""A posted form as raw answers: names to texts, files apart. Nothing is judged here; pages hand it to ``forms``."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from engine.errors import Malformed

MOST_FIELDS = 10_000
MOST_FILES = 1_000
"""Controls for files: an empty one is sent too, and a page of a table has fifty rows of them."""
MOST_SENT = 20
"""Files that are really sent with one form."""
LONGEST_PART = 256 * 1024
AGAIN = "_sandi"
"""The password typed once more (web.fresh). It reaches no form, no draft and no page: only ``secret`` gives it."""


@dataclass(slots=True)
class Answers:
    """``texts`` in the order they were sent; ``files`` only those with a name (an empty file control sends none)."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[UploadFile]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The first text of a name, empty when it was not sent."""
        return (self.texts.get(name) or [""])[0]

    def without(self, *names: str) -> dict[str, list[str]]:
        """The texts without the page's own names: what belongs to the form."""
        return {name: texts for name, texts in self.texts.items() if name not in names}


async def read(request: Request, longest: int = LONGEST_PART) -> Answers:
    """The form of a request, within the caps; ``longest``: bytes of one text. Refuses (Malformed) a NUL in a name, a text or a file's name: no table can keep it."""
    answers = Answers()
    for name, value in (await _form(request, longest)).multi_items():
        typed = (value.filename or "") if isinstance(value, UploadFile) else value
        if "\0" in name or "\0" in typed:
            raise Malformed
        if name == AGAIN:
            continue
        if isinstance(value, UploadFile):
            if value.filename:
                answers.files.setdefault(name, []).append(value)
        else:
            answers.texts.setdefault(name, []).append(value)
    return answers


async def secret(request: Request) -> str | None:
    """The password sent along with a form; None where none was asked."""
    found = (await _form(request)).get(AGAIN)
    return found if isinstance(found, str) else None


async def _form(request: Request, longest: int = LONGEST_PART) -> FormData:
    return await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=longest)
