"""Our reader of PDF says what pyHanko's own says, of every object, and refuses what that refuses."""

from __future__ import annotations

import io

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef

from activities.pdf.reader import Reader, letter_by_letter
from activities.pdf.render import render
from tests.activities.paper import letter, stationery


@pytest.fixture(scope="module")
def page() -> bytes:
    return render(stationery().order(letter())).pdf


def body(reader: PdfFileReader, ref: generic.Reference) -> bytes:
    out = io.BytesIO()
    reader.get_object(ref).write_to_stream(out, None, ref)
    return out.getvalue()


def index(place: ObjStreamRef) -> int:
    return int(place.ix_in_stream)


def test_every_object_is_read_alike(page: bytes) -> None:
    ours, theirs = Reader(page), PdfFileReader(io.BytesIO(page))
    refs = theirs.xrefs.explicit_refs_in_revision(0)
    assert len(refs) > 50
    for ref in refs:
        assert body(ours, generic.Reference(ref.idnum, ref.generation, ours)) == body(theirs, ref), ref


def test_a_head_that_does_not_fit_is_refused_as_pyhanko_refuses_it(page: bytes) -> None:
    theirs = PdfFileReader(io.BytesIO(page))
    stream = next(iter(theirs.xrefs.object_streams_used_in(0)))
    last = max(
        (place for place in map(theirs.xrefs.__getitem__, theirs.xrefs.explicit_refs_in_revision(0)) if isinstance(place, ObjStreamRef)), key=index
    )
    for number, place in ((10**6, 0), (10**6, -1), (10**6, last.ix_in_stream + 1)):
        refused = []
        for reader in (Reader(page), theirs):
            with pytest.raises(PdfError) as said:
                reader._get_object_from_stream(number, stream, place)
            refused.append(str(said.value))
        assert refused[0] == refused[1], place


@pytest.mark.parametrize("letters", ["00" * 200, "aB" * 128, "AB" * 127, "ab " * 150, "abc", "a" * 301, ""])
def test_hexadecimal_strings_are_read_alike(letters: str) -> None:
    text = b"xx<" + letters.encode() + b"> endobj"
    ours, theirs = io.BytesIO(text), io.BytesIO(text)
    ours.seek(2)
    theirs.seek(2)
    assert generic.read_hex_string_from_stream(ours) == letter_by_letter(theirs)
    assert ours.tell() == theirs.tell()


@pytest.mark.parametrize("letters", ["00" * 200 + "g>", "00" * 200])
def test_a_broken_hexadecimal_string_is_refused_as_before(letters: str) -> None:
    with pytest.raises(PdfError):
        generic.read_hex_string_from_stream(io.BytesIO(b"<" + letters.encode()))
