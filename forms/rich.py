"""Rich text of a letter's body: paragraphs, lists, tables, bold, italic; written as light marks or pasted as HTML, kept as clean HTML.

Tags out: p ul ol li table tr th td strong em br, never an attribute. Whatever else comes in loses its tag and keeps its words; scripts and
styles lose their words too. The same cleaner reads both ways in, so what is stored is always its own image under :func:`clean`.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from forms.text import tidy

_NAMES = {"b": "strong", "i": "em", "div": "p", "blockquote": "p"} | {f"h{level}": "p" for level in range(1, 7)}
_INLINE = {"strong", "em"}
_SILENT = {"script", "style", "template", "title", "textarea", "iframe", "noscript", "svg", "math", "object"}
_BLOCKS = {"p", "ul", "ol", "li", "table", "tr", "th", "td"}
_HOLDS_TEXT = {"p", "li", "th", "td"}
_MARKUP = re.compile(r"<(?:p|ul|ol|li|table|tr|td|th|b|strong|i|em|br|div|h[1-6])\b[^<>]*>", re.IGNORECASE)
DEEPEST_LIST = 3


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []
        self.silent = 0

    def _close_to(self, keep: set[str]) -> None:
        while self.open and self.open[-1] not in keep:
            self.out.append(f"</{self.open.pop()}>")

    def _start(self, tag: str) -> None:
        self.open.append(tag)
        self.out.append(f"<{tag}>")

    def _block(self) -> str:
        return next((tag for tag in reversed(self.open) if tag in _BLOCKS), "")

    def _need_text(self) -> None:
        """A place where words may stand: opened on demand so that no word is lost."""
        inside = self._block()
        if inside in _HOLDS_TEXT:
            return
        for tag in {"": ("p",), "ul": ("li",), "ol": ("li",), "table": ("tr", "td"), "tr": ("td",)}[inside]:
            self._start(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - attributes are dropped, always
        if tag in _SILENT:
            self.silent += 1
        if self.silent:
            return
        tag = _NAMES.get(tag, tag)
        if tag == "br":
            self._need_text()
            self.out.append("<br>")
        elif tag in _INLINE:
            self._need_text()
            if tag not in self.open:
                self._start(tag)
        elif tag in _BLOCKS:
            self._open_block(tag)

    def _open_block(self, tag: str) -> None:
        inside = set(self.open)
        if tag == "p":
            if not inside & {"li", "td", "th"}:
                self._close_to(set())
                self._start(tag)
        elif tag in ("ul", "ol"):
            lists = sum(1 for name in self.open if name in ("ul", "ol"))
            if not inside & {"td", "th"} and lists < DEEPEST_LIST:
                self._close_to({"li", "ul", "ol"} if lists else set())
                if self.open and self.open[-1] in ("ul", "ol"):
                    self._start("li")
                self._start(tag)
        elif tag == "li":
            if inside & {"ul", "ol"}:
                self._close_to({"ul", "ol"})
                self._start(tag)
        elif tag == "table":
            if not inside & {"table", "li"}:
                self._close_to(set())
                self._start(tag)
        elif "table" in inside:
            self._close_to({"table"} if tag == "tr" else {"table", "tr"})
            if tag in ("td", "th") and self.open[-1] == "table":
                self._start("tr")
            self._start(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        tag = _NAMES.get(tag, tag)
        if self.silent or tag not in self.open:
            return
        if tag in _INLINE:
            above = self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]
            if set(above) & _BLOCKS:
                return
        while self.open:
            closed = self.open.pop()
            self.out.append(f"</{closed}>")
            if closed == tag:
                break

    def handle_data(self, words: str) -> None:
        if self.silent or (not words.strip() and self._block() not in _HOLDS_TEXT):
            return
        self._need_text()
        self.out.append(escape(re.sub(r"\s+", " ", words), quote=False))

    def finish(self) -> str:
        self.close()
        self._close_to(set())
        html = "".join(self.out)
        empty = re.compile(r"<(p|ul|ol|li|strong|em|tr|table)>\s*</\1>")
        while (shorter := empty.sub("", html)) != html:
            html = shorter
        return html


def _from_html(html: str) -> str:
    cleaner = _Cleaner()
    cleaner.feed(html)
    return cleaner.finish()


def _inline(line: str) -> str:
    text = escape(line.strip(), quote=False)
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<![*\w])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![*\w])", r"<em>\1</em>", text)


_MARKS = (("ul", re.compile(r"[-•] +(.*)")), ("ol", re.compile(r"\d{1,3}[.)] +(.*)")), ("table", re.compile(r"\|(.*)\|\s*")))


def _from_marks(text: str) -> str:
    """Blank line = new paragraph; ``- `` and ``1. `` lists; ``| a | b |`` rows; ``**bold**``, ``*italic*``."""
    out: list[str] = []
    kind = ""
    for line in [*text.split("\n"), ""]:
        bare = line.strip()
        now, content = next(((name, found[1]) for name, mark in _MARKS if (found := mark.fullmatch(bare))), ("p" if bare else "", bare))
        if kind and now != kind:
            out.append(f"</{kind}>")
        if now and now != kind:
            out.append(f"<{now}>")
        elif now == "p":
            out.append("<br>")
        kind = now
        if now == "table":
            out.append("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in content.split("|")) + "</tr>")
        elif now:
            out.append(_inline(content) if now == "p" else f"<li>{_inline(content)}</li>")
    return "".join(out)


def clean(text: str) -> str:
    """Light marks or pasted HTML → clean HTML. ``clean(clean(x)) == clean(x)``; refuses nothing, keeps every word of prose."""
    whole = tidy(text, lines=True)
    return _settled(whole if _MARKUP.search(whole) else _from_marks(whole))


def _settled(html: str) -> str:
    before, after = html, _from_html(html)
    while after != before:
        before, after = after, _from_html(after)
    return after


def words(html: str) -> str:
    """The plain words of clean HTML, for length checks, search and lists."""
    text = re.sub(r"</?(?:p|li|tr|ul|ol|table|br)>", "\n", html)
    text = re.sub(r"</t[dh]><t[dh]>", " | ", text)
    text = re.sub(r"<[^>]+>", "", text)
    return re.sub(r"\n+", "\n", text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).strip()


def marks(html: str) -> str:
    """Clean HTML as a person edits it: light marks where they lead back to the same HTML, else the HTML itself."""
    text = html
    for tag, sign in (("ul", "- "), ("ol", "1. ")):
        text = re.sub(rf"<{tag}>(.*?)</{tag}>", lambda found, sign=sign: _listed(found[1], sign), text)  # type: ignore[misc]
    text = re.sub(r"<tr>(.*?)</tr>", lambda row: "| " + " | ".join(re.findall(r"<t[dh]>(.*?)</t[dh]>", row[1])) + " |\n", text)
    text = re.sub(r"</?table>", "\n", text)
    text = text.replace("<br>", "\n").replace("</p>", "\n\n").replace("<p>", "")
    text = re.sub(r"</?strong>", "**", re.sub(r"</?em>", "*", text))
    text = re.sub(r"\n{3,}", "\n\n", text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).strip()
    return text if clean(text) == html else html


def _listed(content: str, sign: str) -> str:
    return "\n" + "".join(f"{sign}{entry}\n" for entry in re.findall(r"<li>(.*?)</li>", content)) + "\n"
