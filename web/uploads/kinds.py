"""What a file is: by its first bytes *and* its name. Both must say the same."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from engine.errors import UploadRefused
from forms.text import tidy

MOST_BYTES = 20 * 1024 * 1024
ACCEPTED = ("pdf", "jpg", "png", "docx", "xlsx")
EXTENSIONS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "docx": "docx", "xlsx": "xlsx"}
_ZIP = b"PK\x03\x04"


def safe_name(name: str) -> str:
    """A file name to keep beside the bytes: no folders, no control or direction characters, at most 120 letters; never used as a path."""
    base = tidy(name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    base = re.sub(r'[<>:"|?*\x00-\x1f]', "_", base) or "berkas"
    if len(base) <= 120:
        return base
    tail = PurePath(base).suffix[:20]
    return base[: 120 - len(tail)] + tail


def named_kind(name: str) -> str:
    """What a stored file is, by the name it was taken in under (``kind_of`` saw that both say the same); "" for a name that says nothing."""
    return EXTENSIONS.get(PurePath(name).suffix.lower().lstrip("."), "")


def kind_of(name: str, content: bytes) -> str:
    """pdf, jpg, png, docx or xlsx. Refuses with ``UploadRefused``: empty, too large, an unknown kind, or bytes that contradict the name."""
    shown = safe_name(name)
    if not content:
        raise UploadRefused(f"Berkas {shown} kosong. Pilih berkas lain.")
    if len(content) > MOST_BYTES:
        raise UploadRefused(f"Berkas {shown} lebih dari 20 MB. Perkecil atau bagi menjadi beberapa berkas.")
    claimed = named_kind(shown)
    if not claimed:
        raise UploadRefused(f"Jenis berkas {shown} tidak diterima. Jenis yang diterima: {', '.join(ACCEPTED)}.")
    found = _magic(content)
    if found != claimed:
        raise UploadRefused(f"Isi berkas {shown} bukan {claimed.upper()}. Simpan ulang sebagai {claimed.upper()} lalu unggah lagi.")
    if claimed in ("pdf", "jpg", "png") and _hides_archive(content):
        raise UploadRefused(f"Berkas {shown} memuat berkas lain di dalamnya. Cetak ulang sebagai {claimed.upper()} lalu unggah lagi.")
    return claimed


def _magic(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(_ZIP):
        return _office(content)
    return ""


def _office(content: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):  # zipfile says NotImplementedError of a packing it does not know
        return ""
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    return "xlsx" if "[Content_Types].xml" in names and "xl/workbook.xml" in names else ""


def _hides_archive(content: bytes) -> bool:
    """One file that is two: a picture or PDF that also opens as a ZIP."""
    return zipfile.is_zipfile(io.BytesIO(content))
