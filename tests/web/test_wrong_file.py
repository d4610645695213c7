"""The public check says of a good letter that it is good, and never lets that be read as said of the file that was sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.office import DRAWN, SIGNATURE, Office, office, words

OTHER = DRAWN.replace(b"/Catalog", b"/Catalog /Surat (lain)") + SIGNATURE


@pytest.fixture(scope="module")
def city(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        made.signed("biasa", "K7MR2XQ9TB")
        made.signed("lain", "WAEMAAAAA2", content=OTHER)
        yield made


def heading(city: Office, content: bytes) -> str:
    """What stands over the letter's own lines once a file was held against its code."""
    said = words(city.post("/v/K7MR2XQ9TB", files={"berkas": ("surat.pdf", content, "application/pdf")}))
    return said[said.index("Sah ") : said.index("Jenis naskah")]


def test_another_letter_of_ours_is_called_the_one_in_the_file(city: Office) -> None:
    assert "Naskah pada berkas Anda sah dan berlaku, tetapi bukan naskah dengan kode itu" in heading(city, OTHER)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nbukan surat"], ids=["kosong", "gambar"])
def test_a_file_that_was_not_looked_at_is_not_called_genuine(city: Office, content: bytes) -> None:
    assert "berkas Anda belum diperiksa" in heading(city, content)
