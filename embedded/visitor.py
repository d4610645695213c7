"""A person at the pages without a browser: signs in, reads a page, fills a form, presses a button. What the demo, the tests and the bench drive."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx2 as httpx

VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "use", "path", "rect", "circle", "polyline", "line"})


@dataclass
class Form:
    """``texts`` as a browser would send them untouched; ``buttons``: (name, value) → words on it."""

    action: str
    method: str
    texts: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Forms, links and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._select: str = ""
        self._area: str = ""
        self._button: tuple[str, str] | None = None
        self._heard: list[str] = []
        self._link: str = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag == "form":
            self._form = Form(a.get("action", ""), a.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "a":
            self._link, self._heard = a.get("href", ""), []
        elif self._form is not None:
            self._control(tag, a)

    def _control(self, tag: str, a: Mapping[str, str]) -> None:
        assert self._form is not None
        name, kind = a.get("name", ""), a.get("type", "text")
        if tag == "input" and name and kind not in ("file", "submit"):
            ticked = kind not in ("radio", "checkbox") or "checked" in a
            self._form.texts.setdefault(name, [])
            if ticked:
                self._form.texts[name].append(a.get("value", ""))
        elif tag == "select":
            self._select = name
            self._form.texts.setdefault(name, [""])
        elif tag == "option" and self._select and "selected" in a:
            self._form.texts[self._select] = [a.get("value", "")]
        elif tag == "textarea":
            self._area, self._heard = name, []
        elif tag == "button":
            self._button, self._heard = (name, a.get("value", "")), []

    def handle_endtag(self, tag: str) -> None:
        text = "".join(self._heard)
        if tag in ("script", "style"):
            self._hidden -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._form is not None:
            self._form.texts[self._area] = [text.removeprefix("\n")]
        elif tag == "button" and self._form is not None and self._button is not None:
            self._form.buttons.append((*self._button, " ".join(text.split())))
            self._button = None
        elif tag == "a" and self._link:
            self.links.append((self._link, " ".join(text.split())))
            self._link = ""

    def handle_data(self, data: str) -> None:
        self._heard.append(data)
        if not self._hidden:
            self.words.append(data)


@dataclass
class Page:
    """One answer: ``path`` after redirects, ``status``, and what can be done on it."""

    path: str
    status: int
    html: str
    forms: list[Form]
    links: list[tuple[str, str]]
    text: str

    @property
    def title(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.html, re.DOTALL)
        return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""

    def form(self, action: str = "", button: str = "") -> Form:
        """The form that posts to ``action`` or carries ``button``. KeyError with what is there."""
        for one in self.forms:
            if (action and one.action.partition("?")[0] == action) or (button and any(button in words for _, _, words in one.buttons)):
                return one
        raise KeyError(f"{self.path}: tidak ada formulir {action or button}; yang ada {[one.action for one in self.forms]}: {self.text[:400]}")

    def link(self, words: str) -> str:
        """Where the first link with these words leads. KeyError with the links there are."""
        for address, text in self.links:
            if words in text:
                return address
        raise KeyError(f"{self.path}: tidak ada tautan {words!r}; yang ada {[text for _, text in self.links]}")

    @property
    def faults(self) -> list[str]:
        """What the summary of a refused form says."""
        box = re.search(r'class="salah-ringkas".*?</div>', self.html, re.DOTALL)
        found = (
            re.findall(r"<li><a[^>]*>(.*?)</a>", box[0], re.DOTALL) if box else re.findall(r'class="kesalahan"[^>]*>(.*?)</p>', self.html, re.DOTALL)
        )
        return [unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]


def read(response: httpx.Response) -> Page:
    reader = _Reader()
    kind = response.headers.get("content-type", "")
    html = response.text if kind.startswith("text/html") else ""
    reader.feed(html)
    target = response.url.path + (f"?{response.url.query.decode()}" if response.url.query else "")
    return Page(target, response.status_code, html, reader.forms, reader.links, " ".join("".join(reader.words).split()))


@cache
def _trusted() -> ssl.SSLContext:
    """Authorities of the machine: read once, as a city has dozens of visitors."""
    return httpx.create_ssl_context()


class Visitor:
    """One browser session without scripts. Not for several threads."""

    def __init__(self, base_url: str, name: str = "") -> None:
        self.name = name
        own = {"Sec-Fetch-Site": "same-origin", "Origin": base_url}
        self.http = httpx.Client(base_url=base_url, follow_redirects=True, timeout=60, headers=own, verify=_trusted())

    def close(self) -> None:
        self.http.close()

    def sign_in(self, who: str, password: str) -> Page:
        """``who``: NIP, or the mail address of a person without one. AssertionError with the page's words when refused."""
        page = self.post("/masuk", {"nip": [who], "sandi": [password]}, form=self.get("/masuk").form("/masuk"))
        assert page.path.startswith("/tugas"), f"{who}: {page.faults or page.text[:300]}"
        return page

    def get(self, path: str) -> Page:
        return read(self.http.get(path))

    def download(self, path: str) -> bytes:
        """AssertionError unless the answer is 200."""
        answer = self.http.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.content

    def post(
        self, path: str, texts: Mapping[str, Sequence[str]], form: Form | None = None, files: Mapping[str, Sequence[Path]] | None = None
    ) -> Page:
        """Sends ``form`` as it stands with ``texts`` over it."""
        sent: dict[str, Any] = {**(form.texts if form else {}), **{name: list(values) for name, values in texts.items()}}
        parts = [(name, (path_.name, path_.read_bytes(), "application/octet-stream")) for name, paths in (files or {}).items() for path_ in paths]
        return read(self.http.post(path, data=sent, files=parts or None))

    def press(
        self, page: Page, button: str, texts: Mapping[str, Sequence[str] | str] | None = None, files: Mapping[str, Sequence[Path]] | None = None
    ) -> Page:
        """Fills the form that carries the button with these words and presses it."""
        form = page.form(button=button)
        name, value, _ = next(one for one in form.buttons if button in one[2])
        given = {key: [value_] if isinstance(value_, str) else list(value_) for key, value_ in (texts or {}).items()}
        if name:
            given[name] = [value]
        if form.method.lower() == "get":
            merged = {**form.texts, **given}
            return read(self.http.get(form.action, params=[(key, one) for key, values in merged.items() for one in values]))
        return self.post(form.action, given, form, files)
