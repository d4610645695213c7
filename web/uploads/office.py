"""Looking at a word-processor or spreadsheet file: what it unpacks to, and that it holds no program. Runs in the throw-away process only."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from web.uploads.portable import NotAccepted

MOST_PARTS = 3000
MOST_UNPACKED = 200 * 1024 * 1024
_ACTIVE = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|activeX/.*|.*\.(exe|dll|scr|bat|cmd|js|vbs|ps1|jar|msi|lnk|hta))$", re.IGNORECASE)
_EMBEDDED = re.compile(r"(^|/)embeddings/", re.IGNORECASE)
_EXTERNAL = re.compile(rb'Type="[^"]*/(attachedTemplate|oleObject|externalLinkPath|frame|subDocument)"[^>]*TargetMode="External"')


def look(path: Path, most: int = MOST_UNPACKED) -> None:
    """``most``: bytes it may unpack to. Raises :class:`NotAccepted`: too many parts, too large when unpacked, macros, embedded files, templates fetched from elsewhere."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or len({part.filename for part in parts}) != len(parts):
                raise NotAccepted("terlalu rumit untuk dibuka dengan aman. Simpan ulang lalu unggah lagi.")
            _names(parts)
            _unpack(archive, parts, most)
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        EOFError,
        OSError,
    ) as error:  # NotImplementedError: zipfile does not know the packing
        raise NotAccepted("rusak dan tidak dapat dibuka. Simpan ulang lalu unggah lagi.") from error


def _names(parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        if part.flag_bits & 1:
            raise NotAccepted("terkunci dengan kata sandi. Buka kuncinya, simpan ulang, lalu unggah lagi.")
        if part.filename.startswith("/") or ".." in part.filename.split("/"):
            raise NotAccepted("rusak dan tidak dapat dibuka. Simpan ulang lalu unggah lagi.")
        if _ACTIVE.search(part.filename):
            raise NotAccepted("memuat makro atau program, yang tidak diterima. Simpan tanpa makro lalu unggah lagi.")
        if _EMBEDDED.search(part.filename):
            raise NotAccepted("memuat berkas sisipan, yang tidak diterima. Unggah berkas itu sendiri-sendiri.")


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], most: int) -> None:
    """Counted while unpacking: the sizes written in an archive's own list can lie."""
    total = 0
    for part in parts:
        head = b""
        with archive.open(part) as stream:
            while piece := stream.read(1 << 16):
                total += len(piece)
                if total > most:
                    raise NotAccepted("menjadi terlalu besar bila dibuka. Simpan ulang lalu unggah lagi.")
                if part.filename.endswith(".rels") and len(head) < 1 << 20:
                    head += piece
        if _EXTERNAL.search(head):
            raise NotAccepted("mengambil bagian dari tempat lain. Simpan ulang tanpa tautan itu lalu unggah lagi.")
