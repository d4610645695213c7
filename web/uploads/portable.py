"""Looking at a PDF: pages, encryption, active content, and how large it becomes when opened. Runs in the throw-away process only."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf

MOST_PAGES = 300
MOST_UNPACKED = 300 * 1024 * 1024
MOST_OBJECTS = 200_000
_CHUNK = 1 << 16

KEYS = {
    "/JavaScript": "skrip", "/JS": "skrip", "/XFA": "formulir XFA", "/OpenAction": "tindakan saat dibuka", "/AA": "tindakan otomatis",
    "/EmbeddedFiles": "berkas sisipan", "/EF": "berkas sisipan", "/RichMedia": "media sisipan",
}  # fmt: skip
WORDS = {
    "/JavaScript": "skrip", "/Launch": "perintah menjalankan program", "/RichMedia": "media sisipan", "/SubmitForm": "pengiriman formulir",
    "/GoToR": "tautan ke berkas lain", "/GoToE": "tautan ke berkas lain", "/ImportData": "pengambilan data", "/FileAttachment": "berkas sisipan",
    "/EmbeddedFile": "berkas sisipan", "/Movie": "media sisipan", "/Screen": "media sisipan", "/3D": "media sisipan",
}  # fmt: skip


class NotAccepted(Exception):
    """Why a file is refused, in Indonesian, without the file's name."""


def look(path: Path) -> int:
    """Number of pages. Raises :class:`NotAccepted`."""
    try:
        document = pikepdf.open(path)
    except pikepdf.PasswordError as error:
        raise NotAccepted("terkunci dengan kata sandi. Buka kuncinya, simpan ulang, lalu unggah lagi.") from error
    except pikepdf.PdfError as error:
        raise NotAccepted("rusak atau bukan PDF yang lengkap. Simpan ulang sebagai PDF lalu unggah lagi.") from error
    with document:
        if document.is_encrypted:
            raise NotAccepted("terkunci dengan kata sandi. Buka kuncinya, simpan ulang, lalu unggah lagi.")
        pages = len(document.pages)
        if pages == 0:
            raise NotAccepted("tidak punya halaman. Simpan ulang sebagai PDF lalu unggah lagi.")
        if pages > MOST_PAGES:
            raise NotAccepted(f"punya {pages} halaman; paling banyak {MOST_PAGES}. Bagi menjadi beberapa berkas.")
        _refuse_active(document)
        return pages


def _refuse_active(document: pikepdf.Pdf) -> None:
    unpacked = 0
    objects = list(document.objects)
    if len(objects) > MOST_OBJECTS:
        raise NotAccepted("terlalu rumit untuk dibuka dengan aman. Cetak ulang sebagai PDF lalu unggah lagi.")
    for one in [*objects, document.trailer]:
        for key, value in _entries(one):
            found = KEYS.get(key) or (WORDS.get(str(value)) if isinstance(value, pikepdf.Name) and key in ("/S", "/Subtype", "/Type") else None)
            if found:
                raise NotAccepted(f"memuat {found}, yang tidak diterima. Cetak ulang sebagai PDF biasa lalu unggah lagi.")
        if isinstance(one, pikepdf.Stream):
            unpacked += unpacked_size(one, MOST_UNPACKED - unpacked)


def _entries(one: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    """Every key and value of a direct object tree; references are not followed, they are visited as objects of their own."""
    todo = [one]
    while todo:
        now = todo.pop()
        if isinstance(now, (pikepdf.Dictionary, pikepdf.Stream)):
            for key, value in now.items():
                yield str(key), value
                if not value.is_indirect if isinstance(value, pikepdf.Object) else False:
                    todo.append(value)
        elif isinstance(now, pikepdf.Array):
            todo.extend(value for value in now if isinstance(value, pikepdf.Object) and not value.is_indirect)


def unpacked_size(stream: pikepdf.Stream, most: int) -> int:
    """Bytes of a stream after its lossless filters, counted piece by piece and never held whole. Raises when it passes ``most``."""
    filters = stream.get("/Filter")
    names = [str(name) for name in (filters if isinstance(filters, pikepdf.Array) else [filters] if filters is not None else [])]
    pieces: Iterator[bytes] = iter((bytes(stream.read_raw_bytes()),))
    for name in names:
        if name in ("/FlateDecode", "/Fl"):
            pieces = _inflated(pieces)
        elif name in ("/RunLengthDecode", "/RL", "/LZWDecode", "/LZW"):
            pieces = (piece * 64 for piece in pieces)  # no decoder at hand: counted at a generous ratio
        elif name not in ("/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85", "/Crypt"):
            break  # a picture's own coding: its size is bounded by the picture's
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise NotAccepted("menjadi terlalu besar bila dibuka. Cetak ulang sebagai PDF lalu unggah lagi.")
    return size


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj()
    try:
        for piece in pieces:
            rest = piece
            while rest:
                yield engine.decompress(rest, _CHUNK)
                rest = engine.unconsumed_tail
                if engine.eof:
                    return
    except zlib.error:
        return  # a damaged stream shows nothing more
