"""Pictures are drawn anew: no place, no camera, no hidden tail. Runs in the throw-away process only."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from web.uploads.portable import NotAccepted

MOST_PIXELS = 60_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def redraw(path: Path, kind: str, target: Path) -> dict[str, Any] | None:
    """Check the picture and write it anew to ``target`` (upright, without EXIF). Gives what the camera wrote of place and time, None where it wrote no place.

    Raises :class:`NotAccepted`."""
    try:
        with Image.open(path, formats=["JPEG" if kind == "jpg" else "PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAccepted("lebih dari 60 juta titik gambar. Perkecil gambarnya lalu unggah lagi.")
            if getattr(picture, "n_frames", 1) > 1:
                raise NotAccepted("berisi gambar bergerak. Simpan ulang sebagai gambar biasa lalu unggah lagi.")
            picture.load()
            told = taken(picture.getexif())
            upright = ImageOps.exif_transpose(picture)
            profile = picture.info.get("icc_profile")
            if kind == "jpg":
                upright.convert("RGB" if upright.mode not in ("L", "RGB") else upright.mode).save(
                    target, "JPEG", quality=90, optimize=True, icc_profile=profile
                )
            else:
                clean = Image.new(upright.mode, upright.size)
                clean.paste(upright)
                if upright.mode == "P" and (palette := upright.getpalette()):
                    clean.putpalette(palette)
                clean.save(target, "PNG", icc_profile=profile)
            return told
    except Image.DecompressionBombError as error:
        raise NotAccepted("lebih dari 60 juta titik gambar. Perkecil gambarnya lalu unggah lagi.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAccepted("rusak dan tidak dapat dibuka. Simpan ulang gambarnya lalu unggah lagi.") from error


GPS, DETAILS, WHEN, ZONE = 0x8825, 0x8769, 0x9003, 0x9011
"""EXIF 2.32: the directory of the place; that of the picture; DateTimeOriginal and OffsetTimeOriginal in it."""


def taken(exif: Image.Exif) -> dict[str, Any] | None:
    """``{"at": "2026-11-26T14:05:09", "zone": "+07:00" or "", "lat": -6.1783, "lon": 106.6319}``; None unless both place and time are whole."""
    place, details = exif.get_ifd(GPS), exif.get_ifd(DETAILS)
    try:
        lat, lon = _degrees(place[2]) * (-1 if place[1] == "S" else 1), _degrees(place[4]) * (-1 if place[3] == "W" else 1)
        at = datetime.fromisoformat(str(details[WHEN]).strip("\0 ").replace(":", "-", 2))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    if not (abs(lat) <= 90 and abs(lon) <= 180):  # NaN as well
        return None
    return {"at": at.isoformat(), "zone": str(details.get(ZONE, "")).strip("\0 "), "lat": round(lat, 6), "lon": round(lon, 6)}


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(one) for one in parts)
    return degrees + minutes / 60 + seconds / 3600
