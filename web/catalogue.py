"""Catalogues of other languages: ``python -m web.catalogue`` collects what is said, reports what is missing, compiles what is there."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from engine.errors import by_code
from forms.messages import CATALOGUE
from web.acting import BRANCH_WORDS
from web.drawing import HINTS, RICH
from web.language import LANGUAGES, LOCALE

ROOT = Path(__file__).parent
SENTENCE = re.compile(r"[A-Z][^\n]* [^\n]*\.")
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}


def said() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Every sentence people can meet: templates, pages, refusals, forms, the office's own books; with the file it stands in."""
    for found in extract_from_dir(str(ROOT), METHODS, OPTIONS, keywords={"_": None, "gettext": None, "ngettext": (1, 2)}):
        yield found[2], found[0]
    for code, refusal in by_code().items():
        yield refusal.default, f"engine/errors.py:{code}"
    yield from _of_the_office()
    for code, text in CATALOGUE.items():
        if code != "syarat":
            yield text, f"forms/messages.py:{code}"
    for kind, hint in (*HINTS.items(), ("rich", RICH)):
        yield hint, f"web/drawing.py:{kind}"
    for name, texts in BRANCH_WORDS.items():
        for text in texts:
            yield text, f"web/acting.py:{name}"


def _of_the_office() -> Iterator[tuple[str, str]]:
    """Sentences of ``db/office``, which pages show as they are raised. What only the reading of a city's folder says (``city_…``, ``load_…``) is no page's."""
    for path in sorted((ROOT.parent / "db" / "office").glob("*.py")):
        if path.name.startswith(("city_", "load_")):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        prose = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}  # docstrings
        prose |= {id(part) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for part in one.values}
        for one in ast.walk(tree):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in prose and SENTENCE.fullmatch(one.value):
                yield one.value, f"db/office/{path.name}"


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "messages.po"


def load(language: str) -> Catalog:
    path = po_file(language)
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)


def missing(language: str) -> list[str]:
    """Sentences without a translation."""
    catalogue = load(language)
    lacking = []
    for text, _where in said():
        entry = catalogue.get(text[0] if isinstance(text, tuple) else text)
        if entry is None or not entry.string or (isinstance(entry.string, tuple) and not all(entry.string)):
            lacking.append(text if isinstance(text, str) else text[0])
    return sorted(set(lacking))


def update(language: str) -> None:
    """Bring the catalogue up to what is said now; translations already there stay, what is said no more goes."""
    old = load(language)
    new = Catalog(locale=language, project="Alur", charset="utf-8", fuzzy=False)
    for text, where in sorted(said(), key=lambda found: (str(found[1]), str(found[0]))):
        before = old.get(text[0] if isinstance(text, tuple) else text)
        new.add(text, before.string if before else None, locations=[(where, 0)])
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=140, no_location=True, sort_output=True, omit_header=False)


def compile_all() -> None:
    """Write the binary catalogues that are missing or older than their source; called at start, cheap when nothing changed."""
    for language in LANGUAGES:
        source = po_file(language)
        target = source.with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, load(language))


def main(arguments: list[str]) -> int:
    for language in LANGUAGES:
        if language == "id":
            continue
        if "--update" in arguments:
            update(language)
        lacking = missing(language)
        for text in lacking:
            sys.stdout.write(f"{language}: {text}\n")
        if lacking:
            return 1
    compile_all()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
