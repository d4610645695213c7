"""Numbers as Indonesians write them: a dot groups thousands, a comma starts the fraction. Nothing is guessed."""

from __future__ import annotations

import re
from decimal import Decimal

from forms.messages import BadValue

GROUPED = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+)")
"""Digits alone or grouped by three: 1200, 1.200, 15.250.000; never 15.5, 1.2.3 or 007."""
SIGNED = re.compile(rf"(?P<sign>[-−]?)(?P<whole>{GROUPED.pattern})(?:,(?P<fraction>\d+|-))?")
MOST_DIGITS = 15


def _read(text: str, code: str) -> tuple[int, str, str]:
    found = SIGNED.fullmatch(text.replace("\u00a0", " ").strip())
    if found is None:
        raise BadValue(code)
    whole = found["whole"].replace(".", "")
    if len(whole) > MOST_DIGITS:
        raise BadValue("angka-besar")
    return (-1 if found["sign"] else 1), whole, (found["fraction"] or "").strip("-")


def integer(text: str) -> int:
    """``1.200`` → 1200. Refuses fractions (``bulat``) and more than 15 digits (``angka-besar``)."""
    sign, whole, fraction = _read(text, "bulat")
    if fraction.strip("0"):
        raise BadValue("bulat")
    return sign * int(whole)


def decimal(text: str) -> str:
    """``1.250,50`` → ``"1250.5"``: a decimal as canonical text (no exponent, no trailing zeros, ``-0`` is ``0``)."""
    sign, whole, fraction = _read(text, "angka")
    if "-" in text[1:] or len(fraction) > MOST_DIGITS:
        raise BadValue("angka")
    return plain(sign * Decimal(f"{whole}.{fraction or '0'}"))


def rupiah(text: str) -> int | str:
    """``Rp 15.250.000,-`` → 15250000; with sen ``"15250000.50"`` (text: there are no floats). Refuses a minus and a misplaced dot."""
    bare = re.sub(r"^(?:Rp\.?|IDR)\s*", "", text.strip(), flags=re.IGNORECASE)
    sign, whole, fraction = _read(bare, "rupiah")
    if sign < 0 or len(fraction) > 2:
        raise BadValue("rupiah")
    sen = fraction.ljust(2, "0") if fraction else "00"
    return int(whole) if sen == "00" else f"{whole}.{sen}"


def percent(text: str) -> str:
    """``12,5 %`` → ``"12.5"``. Refuses what lies outside 0–1,000 and more than four decimals."""
    try:
        value = decimal(text.strip().removesuffix("%").removesuffix("persen").strip())
    except BadValue as bad:
        raise BadValue("persen") from bad
    if not 0 <= Decimal(value) <= 1000 or len(value.partition(".")[2]) > 4:
        raise BadValue("persen")
    return value


def plain(value: Decimal) -> str:
    """Canonical text of a decimal: ``1250.5``, ``0``, ``-3``."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def grouped(value: int | str) -> str:
    """``1250.5`` → ``1.250,5``: the way back, for showing."""
    text = plain(Decimal(str(value)))
    whole, _, fraction = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + f"{int(digits):,}".replace(",", ".") + (f",{fraction}" if fraction else "")
