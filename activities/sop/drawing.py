"""The column of actors drawn row by row: one picture per row, whose lines meet those of the rows above and below at its edges.

Shapes as in PermenPANRB 35/2012: capsule, box, diamond, arrow, and the pentagon that leads to the next page. What does not lead to the row right
below ends in a small circle with the number of its row; that row carries the same circle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from engine.sop import Row, Sop

WIDE, TALL = 98.0, 19.4
"""Of a row's picture, in millimetres."""
ROUND, STEP, SPACED, LOW, HIGH = 1.9, 4.3, 5.8, 17.2, 2.4
"""Radius of a circle, distance from one to the next (with a word above it), height of the elbow, height of what comes in."""
ROWS = 8
"""Of a page."""


def pages(rows: Sequence[Row]) -> list[Sequence[Row]]:
    return [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]


def letter(number: int) -> str:
    """``A`` to ``Z``, then ``AA``: of the pentagon below row ``number``."""
    page = number // ROWS - 1
    return chr(65 + page) if page < 26 else letter((page // 26) * ROWS) + chr(65 + page % 26)


@dataclass(frozen=True, slots=True)
class Drawing:
    sop: Sop

    @property
    def column(self) -> float:
        return WIDE / len(self.sop.actors)

    def x(self, row: Row) -> float:
        return (self.sop.actors.index(row.actor) + 0.5) * self.column

    def size(self, row: Row) -> tuple[float, float]:
        """Width and height of its shape."""
        if row.symbol == "diamond":
            return min(self.column * 0.86, 13.0), 8.0
        return min(self.column * 0.72, 11.0), 6.0 if row.symbol == "box" else 5.0

    def near(self, row: Row) -> Row | None:
        """The row right below, where this one leads there."""
        return self.sop.rows[row.number] if row.number + 1 in row.targets else None

    def far(self, row: Row) -> list[tuple[int, str]]:
        """Rows reached by a circle, with the word that stands on the line."""
        words = {"yes": "Ya", "no": "Tidak"}
        named = {one.to: words.get(one.way, "") for one in reversed(row.goes)}
        return sorted(((to, named[to]) for to in named if to != row.number + 1), reverse=True)

    def circled(self) -> frozenset[int]:
        """Rows that are reached by a circle from somewhere."""
        return frozenset(to for row in self.sop.rows for to, _word in self.far(row))

    def draw(self, row: Row, told: str) -> Markup:
        """``told``: the picture in words, for who does not see it."""
        lines = Markup("").join(_line(f"M{n * self.column:.2f} 0V{TALL}", 0.12) for n in range(1, len(self.sop.actors)))
        parts = [lines, *self.coming(row), *self.going(row), self.shape(row)]
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{w}mm" height="{h}mm" viewBox="0 0 {w} {h}"><title>{told}</title>{body}</svg>'
        ).format(w=WIDE, h=TALL, told=told, body=Markup("").join(parts))

    def coming(self, row: Row) -> list[Markup]:
        x, top = self.x(row), (TALL - self.size(row)[1]) / 2
        above = self.sop.rows[row.number - 2] if row.number > 1 else None
        followed = above is not None and self.near(above) is not None
        circled = row.number in self.circled()
        turned = followed and row.number % ROWS == 1
        parts: list[Markup] = []
        if followed or circled:
            parts += [_line(f"M{x:.2f} {HIGH if turned or not followed else 0}V{top - 1:.2f}"), _tip(x, top, 0, 1)]
        if circled:
            side = -1 if x > 3.4 * ROUND else 1
            at = x + side * 2.3 * ROUND
            parts += [_line(f"M{at:.2f} {HIGH}H{x:.2f}"), _circle(at, HIGH, str(row.number))]
        if turned:
            parts.append(_pentagon(x, 0.4, letter(row.number - 1)))
        return parts

    def going(self, row: Row) -> list[Markup]:
        x, (wide, tall) = self.x(row), self.size(row)
        below, bottom = self.near(row), (TALL + tall) / 2
        parts: list[Markup] = []
        if below is not None and row.number % ROWS == 0:
            parts += [_line(f"M{x:.2f} {bottom:.2f}V{TALL - 4.2}"), _pentagon(x, TALL - 4.2, letter(row.number))]
        elif below is not None:
            to = self.x(below)
            path = f"M{x:.2f} {bottom:.2f}V{TALL}" if to == x else f"M{x:.2f} {bottom:.2f}V{LOW}H{to:.2f}V{TALL}"
            parts.append(_line(path))
        if below is not None and row.kind == "branch":
            parts.append(_text(x + 0.5, bottom + 1.1, _near_word(row), "start"))
        far, side = self.far(row), 1 if x <= WIDE / 2 else -1
        start, step = x + side * wide / 2, SPACED if any(word for _to, word in far) else STEP
        first = start + side * (3.0 + ROUND)
        if far:
            parts += [_line(f"M{start:.2f} {TALL / 2}H{first - side * (ROUND + 1):.2f}"), _tip(first - side * ROUND, TALL / 2, side, 0)]
        for place, (to, word) in enumerate(far):
            at = first + side * place * step
            parts += [_circle(at, TALL / 2, str(to)), *([_text(at, TALL / 2 - ROUND - 0.5, word, "middle")] if word else [])]
        return parts

    def shape(self, row: Row) -> Markup:
        x, y, (wide, tall) = self.x(row), TALL / 2, self.size(row)
        if row.symbol == "diamond":
            path = f"M{x:.2f} {y - tall / 2}L{x + wide / 2:.2f} {y}L{x:.2f} {y + tall / 2}L{x - wide / 2:.2f} {y}z"
            return Markup('<path d="{}" fill="#fff" stroke="#000" stroke-width=".35"/>').format(path)
        return Markup('<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" rx="{:.2f}" fill="#fff" stroke="#000" stroke-width=".35"/>').format(
            x - wide / 2, y - tall / 2, wide, tall, tall / 2 if row.symbol == "capsule" else 0
        )


def _near_word(row: Row) -> str:
    ways = [one.way for one in row.goes if one.to == row.number + 1]
    return "" if len(ways) != 1 else "Ya" if ways[0] == "yes" else "Tidak"


def _line(path: str, thick: float = 0.3) -> Markup:
    return Markup('<path d="{}" fill="none" stroke="#000" stroke-width="{}"/>').format(path, thick)


def _tip(x: float, y: float, right: int, down: int) -> Markup:
    """An arrow head that ends at the point."""
    a, b = (x - 1.5 * right - 0.75 * down, y - 1.5 * down - 0.75 * right), (x - 1.5 * right + 0.75 * down, y - 1.5 * down + 0.75 * right)
    return Markup('<path d="M{:.2f} {:.2f}L{:.2f} {:.2f}L{:.2f} {:.2f}z" fill="#000"/>').format(x, y, *a, *b)


def _circle(x: float, y: float, text: str) -> Markup:
    ring = Markup('<circle cx="{:.2f}" cy="{:.2f}" r="{}" fill="#fff" stroke="#000" stroke-width=".25"/>').format(x, y, ROUND)
    return ring + _text(x, y + 0.75, text, "middle")


def _pentagon(x: float, top: float, text: str) -> Markup:
    """Off-page: a house upside down, its point leads on."""
    path = f"M{x - 2:.2f} {top:.2f}H{x + 2:.2f}V{top + 2.4:.2f}L{x:.2f} {top + 3.8:.2f}L{x - 2:.2f} {top + 2.4:.2f}z"
    return Markup('<path d="{}" fill="#fff" stroke="#000" stroke-width=".25"/>').format(path) + _text(x, top + 2.3, text, "middle")


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text x="{:.2f}" y="{:.2f}" font-family="Arimo" font-size="2.1" text-anchor="{}">{}</text>').format(x, y, anchor, text)
