"""What fits into a cell of fixed height: line breaks reckoned by the widths of Arimo, so that no row grows and no arrow is torn apart."""

from __future__ import annotations

from collections.abc import Sequence

MM_PER_POINT = 0.3528
_NARROW, _WIDE = frozenset("ijlftr.,;:'()[]|! /-"), frozenset("mwMW%@")
MORE = "…"


def width(text: str, points: float) -> float:
    """Millimetres of a line set in Arimo, a little generous."""
    ems = sum(0.31 if c in _NARROW else 0.86 if c in _WIDE else 0.70 if c.isupper() else 0.56 for c in text)
    return ems * points * MM_PER_POINT


def lines(text: str, wide: float, points: float) -> int:
    """How many lines the text takes."""
    count, used = 1, 0.0
    for word in text.split():
        needed = width(word, points)
        gap = width(" ", points) if used else 0.0
        if used and used + gap + needed > wide:
            count, used, gap = count + 1, 0.0, 0.0
        count += int((used + needed) // wide) if needed > wide else 0
        used += gap + (needed % wide if needed > wide else needed)
    return count


def fit(parts: Sequence[str], wide: float, points: float, most: int, more: str = MORE) -> tuple[tuple[str, ...], bool]:
    """The parts, each on lines of its own, cut at a word where ``most`` lines are full. True when nothing was cut; else ``more`` ends them."""
    shown: list[str] = []
    left = most
    for part in parts:
        needed = lines(part, wide, points)
        if needed <= left:
            shown.append(part)
            left -= needed
            continue
        words = part.split()
        while words and lines(f"{' '.join(words)} {more}", wide, points) > left:
            words.pop()
        if words:
            return (*shown, f"{' '.join(words)} {more}"), False
        return _closed(shown, wide, points, most, more), False
    return tuple(shown), True


def _closed(shown: list[str], wide: float, points: float, most: int, more: str) -> tuple[str, ...]:
    """``more`` behind the last part that stands, which gives up words where it must."""
    if not shown:
        return (more,)
    before, words = shown[:-1], shown[-1].split()
    room = most - sum(lines(one, wide, points) for one in before)
    while words and lines(f"{' '.join(words)} {more}", wide, points) > room:
        words.pop()
    return (*before, f"{' '.join(words)} {more}".strip())
