"""A form with more than one topic is asked a topic a page; all its answers travel along, so no page can lose another's."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.expr import Expr
from engine.expr import names as names_in
from engine.fields import Field
from forms.reading import Parsed

WHOLE = "semua"
PAGE = "bagian"
"""Query and form name of the page in use: a number from 1, one more than there are topics for the decision, or ``WHOLE``."""

Standing = Literal["belum", "sebagian", "selesai"]


@dataclass(frozen=True, slots=True)
class Section:
    number: int
    name: str
    fields: tuple[Field, ...]
    standing: Standing = "belum"


@dataclass(frozen=True, slots=True)
class Arranged:
    """``current`` 0: everything on one page. ``hidden``: answers of the other pages, sent along as they were typed."""

    sections: tuple[Section, ...] = ()
    current: int = 0
    fields: tuple[Field, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()

    @property
    def deciding(self) -> bool:
        """The decision belongs on this page."""
        return not self.current or self.current > len(self.sections)


def arrange(
    fields: Sequence[Field], answers: Mapping[str, Sequence[str]], parsed: Parsed | None, wanted: str, long: Container[str] = ()
) -> Arranged:  # fmt: skip
    """The page asked for. One topic, or none, is one page. ``parsed``: the answers judged, for the standing of each topic. ``long``: tables whose rows
    are kept apart from the answers."""
    topics: dict[str, list[Field]] = {}
    for asked in fields:
        name = asked.section or (next(reversed(topics)) if topics else "")
        topics.setdefault(name, []).append(asked)
    if len(topics) < 2:
        return Arranged(fields=tuple(fields))
    sections = tuple(Section(n, name, tuple(of), _standing(of, answers, parsed, long)) for n, (name, of) in enumerate(topics.items(), 1))
    if wanted == WHOLE:
        return Arranged(sections, 0, tuple(fields))
    current = min(max(int(wanted), 1), len(sections) + 1) if wanted.isdecimal() and len(wanted) < 4 else 1
    topic = sections[current - 1].fields if current <= len(sections) else ()
    here = {asked.name for asked in topic}
    shown = tuple(asked for asked in topic if parsed is None or _wanted(asked, here, parsed))
    names = {asked.name for asked in shown}
    every = {asked.name for asked in fields if asked.computed is None} | ({"outcome", "reason"} if current <= len(sections) else set())
    hidden = [(name, text) for name, texts in answers.items() if (root := name.partition(".")[0]) in every and root not in names for text in texts]
    return Arranged(sections, current, shown, tuple(hidden))


def _standing(fields: Sequence[Field], answers: Mapping[str, Sequence[str]], parsed: Parsed | None, long: Container[str]) -> Standing:
    """``belum``: nothing typed; ``selesai``: nothing wrong and nothing missing by what is asked now."""
    names = {asked.name for asked in fields}
    wrong = parsed is not None and any(at.partition("-")[0] in names for at in parsed.errors)
    typed = any(name in long for name in names) or any(
        text.strip() for name, texts in answers.items() if name.partition(".")[0] in names and not name.endswith("._id") for text in texts
    )
    if not wrong and parsed is not None:
        return "selesai" if typed or not any(_must(asked, parsed) for asked in fields) else "belum"
    return "sebagian" if typed else "belum"


def _wanted(asked: Field, here: set[str], parsed: Parsed) -> bool:
    """Not a question that other pages have already settled as not asked; one that hangs on this page is left to the browser."""
    condition = asked.required
    return not isinstance(condition, Expr) or asked.name in parsed.shown or not names_in(condition).isdisjoint(here)


def _must(asked: Field, parsed: Parsed) -> bool:
    return asked.name in parsed.shown and asked.required is not False and asked.computed is None
