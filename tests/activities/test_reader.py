"""The reader of signed files: the same objects as pyHanko's own, however many stand in one stream, and as strict."""

from __future__ import annotations

import io

import pytest
from markupsafe import Markup
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef

from activities.pdf.render import render
from activities.pdf.verify import Reader
from tests.activities.paper import letter, stationery

ROWS = Markup("").join(Markup("<tr><td>{}</td><td>Penerima Contoh</td></tr>").format(n) for n in range(30))
TABLE = Markup("<table><thead><tr><th scope='col'>No.</th><th scope='col'>Nama</th></tr></thead><tbody>{}</tbody></table>").format(ROWS)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(stationery().order(letter(isi=TABLE))).pdf


def written(one: generic.PdfObject) -> bytes:
    out = io.BytesIO()
    one.write_to_stream(out)
    return out.getvalue()


def in_streams(reader: PdfFileReader) -> dict[int, ObjStreamRef]:
    """Object → where it stands, for those that stand in an object stream."""
    found = {n: reader.xrefs[generic.Reference(n, 0, reader)] for n in range(1, int(reader.trailer["/Size"]))}
    return {number: place for number, place in found.items() if isinstance(place, ObjStreamRef)}


def test_every_object_is_what_pyhanko_reads(pdf: bytes) -> None:
    ours, theirs = Reader(io.BytesIO(pdf)), PdfFileReader(io.BytesIO(pdf))
    places = in_streams(theirs)
    assert len(places) > 100
    for number in places:
        assert written(ours.get_object(generic.Reference(number, 0, ours))) == written(theirs.get_object(generic.Reference(number, 0, theirs)))


def test_an_object_that_stands_elsewhere_than_the_table_says_is_refused(pdf: bytes) -> None:
    ours = Reader(io.BytesIO(pdf))
    (number, place), other, *_ = in_streams(ours).items()
    for wrong in (place.ix_in_stream + 1, -1, 10**6):
        with pytest.raises(PdfStrictReadError):
            ours._get_object_from_stream(number, place.obj_stream_id, wrong)
    with pytest.raises(PdfStrictReadError):
        ours._get_object_from_stream(number, other[0], 0)


def test_the_head_of_a_stream_is_read_once(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, plain = Reader(io.BytesIO(pdf)), generic.StreamObject.read_data
    read: list[generic.StreamObject] = []

    def counted(self: generic.StreamObject, purpose: DecodePurpose) -> bytes:
        read.append(self)
        return plain(self, purpose)

    monkeypatch.setattr(generic.StreamObject, "read_data", counted)
    places = in_streams(ours)
    for number in places:
        ours.get_object(generic.Reference(number, 0, ours))
    assert len(read) <= len({place.obj_stream_id for place in places.values()})
