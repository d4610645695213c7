"""Plain text: what a person typed, without the characters that deceive or break a renderer. Caps: 20 kB, words of 200 letters."""

from __future__ import annotations

import re
import unicodedata

from forms.messages import BadValue

MOST_BYTES = 20_000
LONGEST_WORD = 200
_DECEIVING = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF, 0xFFFE, 0xFFFF])
"""C0, C1 and the marks that turn the direction of writing: a name must read as it is stored."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def tidy(text: str, lines: bool = False) -> str:
    """NFC, one kind of line end, no control or direction characters; one line unless ``lines``."""
    whole = unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text)).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    parts = [line.translate(_DECEIVING).rstrip() for line in whole.split("\n")]
    return "\n".join(parts).strip("\n") if lines else " ".join(" ".join(parts).split())


def capped(text: str, limit: int | None, label: str) -> str:
    """``text`` itself when it keeps the caps; refuses with ``panjang``, ``besar`` or ``kata``."""
    if limit is not None and len(text) > limit:
        raise BadValue("panjang", label=label, limit=limit, length=len(text))
    if len(text.encode()) > MOST_BYTES:
        raise BadValue("besar")
    if any(len(word) > LONGEST_WORD for word in text.split()):
        raise BadValue("kata")
    return text
