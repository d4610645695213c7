"""pyHanko's reader, with the heads of object streams read once and long hexadecimal strings in one piece.

Our letters keep most of their objects in one stream. pyHanko reads that stream's list of numbers and offsets from its beginning again for every
object, which made three quarters of a verification's CPU time. A signature lies in a hexadecimal string, mostly of zeros, which it reads letter by letter:
an eighth of what was left of signing and verifying.
"""

from __future__ import annotations

import io
import re
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader

PAIRS = re.compile(rb"<((?:[0-9A-Fa-f]{2}){128,})>")
letter_by_letter = generic.read_hex_string_from_stream


def _hex_string(stream: Any) -> Any:
    """A long string of nothing but pairs of digits. Any other is left to pyHanko's own way, which says what is wrong with it."""
    if isinstance(stream, io.BytesIO):
        start = stream.tell()
        found = PAIRS.match(stream.getvalue(), start)  # the bytes themselves: BytesIO copies none until it is written to
        if found is not None:
            stream.seek(found.end())
            return generic.pdf_string(bytes.fromhex(found[1].decode()))
    return letter_by_letter(stream)


generic.read_hex_string_from_stream = _hex_string


class Reader(PdfFileReader):
    """As PdfFileReader. Whatever looks odd (an index that does not fit, a broken head) is left to pyHanko's own way, which says what is wrong."""

    def __init__(self, pdf: bytes, strict: bool = True) -> None:
        self._heads: dict[int, tuple[bytes, list[tuple[int, int]]]] = {}
        super().__init__(io.BytesIO(pdf), strict=strict)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        try:
            body, head = self._head(stmnum)
            number, offset = head[idx] if idx >= 0 else (-1, 0)
        except (ValueError, IndexError, KeyError, misc.PdfError):
            number, offset, body = -1, 0, b""
        if number != idnum:
            return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[no-untyped-call]
        stream = io.BytesIO(body)
        stream.seek(offset)
        found = generic.read_object(stream, generic.Reference(idnum, 0, self))
        if isinstance(found, (generic.StreamObject, generic.IndirectObject)):
            return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[no-untyped-call]
        return found

    def _head(self, stmnum: int) -> tuple[bytes, list[tuple[int, int]]]:
        if stmnum not in self._heads:
            stream = generic.Reference(stmnum, 0, self).get_object()
            if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
                raise ValueError(stmnum)
            body, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
            words = [int(word) for word in body[:first].split()]
            pairs = list(zip(words[::2], (first + offset for offset in words[1::2]), strict=True))
            self._heads[stmnum] = (body, pairs[: int(stream["/N"])])
        return self._heads[stmnum]
