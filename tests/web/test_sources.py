"""The sources of the pages: colours, sizes, vendored files, catalogues, and what no template may hold."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from web import assets, catalogue
from web.pages import TEMPLATES

SHEET = (assets.ROOT / "alur.css").read_text()
SCRIPT = (assets.ROOT / "alur.js").read_text()
FORBIDDEN = {
    "inline handler": re.compile(r"\bon[a-z]+\s*=", re.IGNORECASE),
    "inline style": re.compile(r"\bstyle\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"hx-on"),
    "js: value": re.compile(r"[\"']js:|javascript:", re.IGNORECASE),
    "trigger filter": re.compile(r"hx-trigger=\"[^\"]*\["),
    "safe filter": re.compile(r"\|\s*safe\b"),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "hx-select": re.compile(r"hx-select"),
    "plain hx attribute": re.compile(r"(?<!data-)(?<![\w-])hx-(?!partial|target=|swap=)[a-z]+="),
    "foreign address": re.compile(r"(src|href|action)=\"(https?:)?//"),
    "style element": re.compile(r"<style"),
    "autoescape off": re.compile(r"autoescape\s+false"),
}
ALL = sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_no_template_holds_what_the_policy_refuses(path: Path) -> None:
    text = path.read_text()
    for name, pattern in FORBIDDEN.items():
        assert not pattern.search(text), f"{path.name}: {name}"


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        ('<a onclick="x()">', "inline handler"), ('<p style="a">', "inline style"), ("<script>x</script>", "inline script"), ("{{ x|safe }}", "safe filter"),
        ('<p hx-get="/x">', "plain hx attribute"), ('<img src="https://x.id/a.png">', "foreign address"), ('data-hx-trigger="click[ctrlKey]"', "trigger filter"),
    ],
)  # fmt: skip
def test_the_guard_bites(bad: str, name: str) -> None:
    assert FORBIDDEN[name].search(bad)


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("svg", "script", "kbd", "code"):
            self.quiet += 1
        self.found.extend(value for name, value in attrs if name in ("aria-label", "placeholder", "title", "alt") and value)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("svg", "script", "kbd", "code"):
            self.quiet -= 1

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.found.append(data)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    """Plain text outside ``_()`` stays Indonesian on an English page; names and formats alone may."""
    reader = Words()
    reader.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(), flags=re.DOTALL))
    bare = {word for text in reader.found for word in re.findall(r"[A-Za-z]{3,}", re.sub(r'[\w-]+="[^"]*"', "", text))}
    assert bare <= {"Alur", "NIP", "English", "Bahasa", "Indonesia", "pdf", "jpg", "png", "docx", "xlsx"}, bare


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", block))


def _themes() -> dict[str, dict[str, str]]:
    light = re.search(r":root \{(.*?)\}", SHEET, re.DOTALL)
    auto = re.search(r':root:not\(\[data-theme="terang"\]\) \{(.*?)\}', SHEET, re.DOTALL)
    dark = re.search(r':root\[data-theme="gelap"\] \{(.*?)\}', SHEET, re.DOTALL)
    assert light is not None
    assert auto is not None
    assert dark is not None
    assert _tokens(auto[1]) == _tokens(dark[1])
    return {"terang": _tokens(light[1]), "gelap": _tokens(light[1]) | _tokens(dark[1])}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(part * 2 for part in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["terang", "gelap"])
def test_every_pair_of_colours_is_readable_in_both_themes(theme: str) -> None:
    tokens = _themes()[theme]
    written = [name for name in tokens if name.startswith("di-")]
    texts = [name for name in tokens if name == "teks" or name.startswith("teks-")]
    assert len(written) == 9
    assert len(texts) == 4
    pairs = [(name, name.removeprefix("di-")) for name in written] + list(product(texts, ("latar", "permukaan")))
    faint = {pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in pairs if contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5}
    assert faint == {}
    for edge in ("garis-isian", "fokus"):
        for surface in ("latar", "permukaan"):
            assert contrast(tokens[edge], tokens[surface]) >= 3, (edge, surface)


def test_a_rule_that_paints_a_surface_says_what_is_written_on_it() -> None:
    neutral = {"latar": "teks", "permukaan": "teks"}
    rules = re.findall(r"\{([^{}]*background: var\(--([\w-]+)\)[^{}]*)\}", SHEET)
    assert len(rules) > 15
    for rule, surface in rules:
        on = neutral.get(surface, f"di-{surface}")
        assert f"color: var(--{on})" in rule, rule
    outside = re.sub(r"@layer (token|cetak) \{.*?\n\}", "", SHEET, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,6}\b", outside) == []


def test_the_budget_of_bytes_holds() -> None:
    def packed(text: str | bytes) -> int:
        return len(gzip.compress(text.encode() if isinstance(text, str) else text, 9))

    assert packed(SHEET) <= 8 * 1024
    assert packed(SCRIPT) <= 4 * 1024
    first_visit = packed(SHEET) + packed(SCRIPT) + sum(packed(path.read_bytes()) for path in (assets.ROOT / "vendor").glob("*.js"))
    assert first_visit <= 45 * 1024


def test_vendored_files_are_the_ones_we_chose(tmp_path: Path) -> None:
    assert assets.unlike_vendor_list() == []
    (tmp_path / "vendor").mkdir()
    for path in (assets.ROOT / "vendor").iterdir():
        (tmp_path / "vendor" / path.name).write_bytes(path.read_bytes() + (b" " if path.name == "htmx.min.js" else b""))
    assert assets.unlike_vendor_list(tmp_path) == ["htmx.min.js"]


def test_the_script_needs_no_eval_and_writes_no_markup() -> None:
    for word in ("eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", ".style"):
        assert word not in SCRIPT


def test_the_english_catalogue_is_whole() -> None:
    assert catalogue.missing("en") == []


def test_translations_keep_the_placeholders_of_their_source() -> None:
    pattern = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    entries = [entry for entry in catalogue.load("en") if entry.id]
    assert len(entries) > 100
    for entry in entries:
        source = entry.id if isinstance(entry.id, str) else entry.id[0]
        for text in entry.string if isinstance(entry.string, tuple) else (entry.string,):
            assert sorted(pattern.findall(str(text))) == sorted(pattern.findall(source)), source


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_template_parses_and_its_imports_exist(path: Path) -> None:
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(path.read_text())
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.FromImport)):
        template = node.template  # type: ignore[attr-defined]
        assert isinstance(template, nodes.Const)
        assert (TEMPLATES / template.value).exists()


def test_no_id_of_the_layout_can_be_a_fields_id() -> None:
    """Field names are snake_case, cells ``table-0-column``: an id of the layout holds a dash and no number, so no form can take it."""
    layout = "".join((TEMPLATES / name).read_text() for name in ("_tata.html", "_pintasan.html", "_draf.html", "_sprit.html"))
    found = re.findall(r'\bid="([^"{]+)"', layout)
    assert len(found) > 15
    assert [one for one in found if not re.fullmatch(r"[a-z]+-[a-z-]+", one)] == []
