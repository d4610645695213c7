"""Every template compiles, is used, and never says that something is safe; every document of every process has its letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, nodes

from web import assets
from web.context import City
from web.pages import TEMPLATES, environment
from workflows.catalogue import catalogue

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in TEMPLATES.rglob("*.html"))
LETTERS = sorted((ROOT / "letters").glob("*.html")) + sorted((ROOT / "workflows").rglob("*.html")) + sorted((ROOT / "kota_contoh").rglob("*.html"))
SAFE = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(", re.IGNORECASE)
LOADS = (nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)


def named(env: Environment, source: str) -> set[str]:
    """Templates that a template extends, includes or imports from, also when it chooses among several."""
    loads = [node.template for node in env.parse(source).find_all(LOADS)]  # type: ignore[attr-defined]
    words = [one for load in loads for one in ([load] if isinstance(load, nodes.Const) else load.find_all(nodes.Const))]
    return {one.value for one in words if str(one.value).endswith(".html")}


@pytest.fixture(scope="module")
def env() -> Environment:
    return environment(assets.load(), City("Kota Contoh", "Pemerintah Kota Contoh"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_compiles_under_the_products_own_environment(env: Environment, name: str) -> None:
    env.get_template(name)


def test_no_page_template_is_left_over(env: Environment) -> None:
    used = {one for name in PAGES for one in named(env, (TEMPLATES / name).read_text())}
    code = "".join(path.read_text() for path in (ROOT / "web").rglob("*.py"))
    used |= set(re.findall(r'"([\w-]+\.html)"', code))
    assert sorted(set(PAGES) - used) == []
    assert sorted(used - set(PAGES)) == []


def test_a_block_that_is_sent_alone_names_what_it_needs(env: Environment) -> None:
    """Imports at the top of a template do not run when only a block of it is drawn: such a block imports its own macros."""
    lacking = []
    for name in PAGES:
        tree = env.parse((TEMPLATES / name).read_text())
        top = {
            pair if isinstance(pair, str) else pair[1] or pair[0] for node in tree.body if isinstance(node, nodes.FromImport) for pair in node.names
        }
        for block in tree.find_all(nodes.Block):
            if f'"{name}", "{block.name}"' not in CODE:
                continue
            own = {pair if isinstance(pair, str) else pair[1] or pair[0] for node in block.find_all(nodes.FromImport) for pair in node.names}
            lacking += [f"{name} {block.name} {one.name}" for one in block.find_all(nodes.Name) if one.name in top - own]
    assert lacking == []


CODE = " ".join("".join(path.read_text() for path in (ROOT / "web").rglob("*.py")).split())


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_letter_compiles_and_trusts_no_text(path: Path) -> None:
    source = path.read_text()
    assert not SAFE.search(source)
    drawn = Environment(loader=FileSystemLoader([ROOT, ROOT / "letters"]), autoescape=True, extensions=["jinja2.ext.do"])
    for name in named(drawn, source):
        assert (ROOT / name).is_file() or (ROOT / "letters" / name).is_file() or (path.parent.parent / name).is_file(), name


def test_no_letter_layout_is_left_over() -> None:
    used = {Path(one).name for path in LETTERS for one in named(Environment(autoescape=True, extensions=["jinja2.ext.do"]), path.read_text())}
    code = "".join(path.read_text() for path in (ROOT / "activities").rglob("*.py"))
    used |= set(re.findall(r"([\w-]+\.html)", code))
    assert sorted(path.name for path in (ROOT / "letters").glob("*.html") if path.name not in used) == []


def test_every_document_of_every_process_has_its_letter() -> None:
    found = catalogue(ROOT / "kota_contoh")
    assert found.faults == ()
    lacking = []
    for code, listed in found.processes.items():
        folder = ROOT / "workflows" / listed.process.family.replace("-", "_") / code.replace("-", "_")
        assert folder.is_dir(), folder
        lacking += [f"{code}/{one.code}" for one in listed.process.documents if not (folder / f"{one.code.replace('-', '_')}.html").is_file()]
        known = {f"{one.code.replace('-', '_')}.html" for one in listed.process.documents}
        lacking += [f"{code}: {path.name} belongs to no document" for path in folder.glob("[!_]*.html") if path.name not in known]
    assert lacking == []
    assert sum(len(listed.process.documents) for listed in found.processes.values()) > 5


def test_the_guards_bite(env: Environment) -> None:
    assert SAFE.search("{{ isi|safe }}")
    assert SAFE.search("{% autoescape false %}")
    assert named(env, '{% extends {"x": "a.html"}[b] %}{% include "b.html" %}{% from "c.html" import d %}') == {"a.html", "b.html", "c.html"}
