"""Pages, forms, processes and letters speak Indonesian: no word of the English catalogue and no loan that has an Indonesian word stands in them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from activities import relay, signing
from forms.showing import word
from web import catalogue
from workflows.catalogue import catalogue as processes

ROOT = Path(__file__).parents[2]
WORD = re.compile(r"[a-z]{3,}")
NOT_WORDS = re.compile(r"%\(\w+\)[sd]|\{[\w!.:]*\}|https?:\S+|<[^>]+>|[\w.-]+@[\w.-]+|\w+_\w+")

LOANS = frozenset(
    [
        "login",
        "logout",
        "log-in",
        "password",
        "username",
        "user",
        "users",
        "email",
        "e-mail",
        "upload",
        "download",
        "file",
        "files",
        "folder",
        "link",
        "links",
        "online",
        "offline",
        "update",
        "updated",
        "submit",
        "submitted",
        "browser",
        "website",
        "dashboard",
        "server",
        "error",
        "errors",
        "loading",
        "click",
        "save",
        "saved",
        "delete",
        "deleted",
        "cancel",
        "approve",
        "approved",
        "reject",
        "rejected",
        "review",
        "reviewed",
        "draft",
        "drafts",
        "deadline",
        "feedback",
        "form",
        "forms",
        "print",
        "search",
        "filter",
        "workflow",
        "task",
        "tasks",
        "case",
        "cases",
        "back",
        "next",
        "previous",
        "home",
        "settings",
        "setting",
        "account",
        "logged",
        "sign",
        "signed",
        "signature",
        "please",
        "required",
        "optional",
        "invalid",
        "valid",
        "missing",
        "unknown",
        "failed",
        "success",
        "warning",
        "info",
        "loading",
        "pending",
        "done",
        "open",
        "closed",
        "close",
        "new",
        "old",
        "view",
        "edit",
        "add",
        "remove",
        "send",
        "sent",
        "receive",
        "received",
        "attach",
        "attachment",
        "attachments",
        "document",
        "documents",
        "letter",
        "letters",
        "number",
        "date",
        "time",
        "subject",
        "from",
        "until",
        "overdue",
        "due",
        "inbox",
        "inboxes",
        "reminder",
        "notification",
        "notifications",
        "the",
        "and",
        "for",
        "with",
        "not",
        "this",
        "that",
        "your",
        "you",
        "are",
        "was",
        "were",
        "have",
        "has",
        "can",
        "cannot",
        "could",
        "should",
        "must",
        "may",
        "will",
        "would",
        "all",
        "any",
        "each",
        "more",
        "less",
        "than",
        "then",
        "when",
        "where",
        "which",
        "who",
        "what",
        "why",
        "how",
        "yes",
        "into",
        "onto",
        "of",
        "off",
        "out",
        "over",
        "under",
        "again",
    ]
)
"""Words that Indonesian has its own for (KBBI; the vocabulary's glossary): ``surel``, ``kata sandi``, ``unggah``, ``tenggat``, ``konsep``."""
ALLOWED = {
    "agenda": "Indonesian since the Dutch; the letter book", "data": "KBBI", "unit": "KBBI", "per": "KBBI", "menu": "KBBI", "laptop": "KBBI", "web": "KBBI", "nama": "in an example",
    "contoh": "the name of the sample city", "indonesia": "the country", "april": "the month", "september": "the month", "november": "the month", "rupiah": "the currency", "nip": "the civil servant's number",
    "plt": "acting official", "plh": "acting official", "pjs": "acting official", "pdf": "kind of file", "jpg": "kind of file", "png": "kind of file", "docx": "kind of file", "xlsx": "kind of file",
    "csv": "kind of file", "sha": "name of a fingerprint", "iso": "name of a standard", "iec": "name of a standard", "wcag": "name of a standard", "tte": "tanda tangan elektronik",
    "administrator": "a rung of UU 20/2023", "xyz": "an example's number plate", "auditor": "KBBI; the name of the post", "room": "in the name of a control room, Live Room", "utc": "name of a time scale",
}  # fmt: skip
"""Also in the English catalogue, yet right in Indonesian: with the reason."""
SHOWN = frozenset({"id", "summary", "source", "label", "hint", "message", "title", "meaning", "about", "note"})
"""Fields of a process that people read."""


def plain(text: str) -> set[str]:
    return set(WORD.findall(NOT_WORDS.sub(" ", text).lower()))


def english() -> set[str]:
    """Every word of the English catalogue, and the loans."""
    said = [entry.string for entry in catalogue.load("en") if entry.id and entry.string]
    texts = [text for one in said for text in (one if isinstance(one, (tuple, list)) else (one,))]
    return {found for text in texts for found in plain(str(text))} | LOANS


def of_pages() -> Iterator[tuple[str, str]]:
    for text, where in catalogue.said():
        for one in text if isinstance(text, tuple) else (text,):
            yield where, one
    for kind, told in (*relay.WORDS.items(), *signing.MESSAGES.items()):
        yield f"pemberitahuan {kind}", told


def of_value(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Texts of a process value that people read, choices and outcomes as they are shown."""
    if dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            found = getattr(value, part.name)
            place = f"{where} {type(value).__name__}.{part.name}"
            if isinstance(found, str) and part.name in SHOWN and place.rsplit(maxsplit=1)[-1] != "Fact.source":
                yield place, found
            elif part.name == "name" and type(value).__name__ == "Outcome":
                yield place, word(found)
            elif part.name == "choices":
                yield from ((place, word(one)) for one in found)
            elif not isinstance(found, str):
                yield from of_value(found, where)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from of_value(one, where)


def of_processes() -> Iterator[tuple[str, str]]:
    for code, listed in processes(ROOT / "kota_contoh").processes.items():
        yield from of_value(listed.process, code)


def of_letters() -> Iterator[tuple[str, str]]:
    for path in [*(ROOT / "letters").glob("*.html"), *(ROOT / "workflows").rglob("*.html")]:
        bare = re.sub(r"<style.*?</style>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(), flags=re.DOTALL)
        yield path.relative_to(ROOT).as_posix(), bare


FOREIGN = english() - set(ALLOWED)


@pytest.mark.parametrize(("source", "least"), [(of_pages, 400), (of_processes, 100), (of_letters, 15)], ids=["halaman", "proses", "naskah"])
def test_no_foreign_word_stands_where_indonesian_is_read(source: Any, least: int) -> None:
    texts = list(source())
    assert len(texts) >= least
    assert {where: sorted(found) for where, text in texts if (found := plain(text) & FOREIGN)} == {}


def test_every_exception_is_still_needed() -> None:
    met = {found for source in (of_pages, of_processes, of_letters) for _, text in source() for found in plain(text)}
    assert sorted(set(ALLOWED) - met) == []


@pytest.mark.parametrize(
    "bad", ["Klik link ini", "Isi Email Anda", "Upload berkas", "Deadline hari ini", "The case is closed", "Download PDF", "Draft surat"]
)
def test_the_guard_bites(bad: str) -> None:
    assert plain(bad) & FOREIGN


def test_addresses_and_placeholders_are_no_words() -> None:
    assert plain("%(from)s {label} https://x.go.id/email nama@file.id <br> kode_file") <= {"nama", "file"} - {"file", "nama"}
