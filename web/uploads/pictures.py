"""Pictures are drawn anew: no place, no camera, no hidden tail. Runs in the throw-away process only."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from web.uploads.portable import NotAccepted

MOST_PIXELS = 60_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def redraw(path: Path, kind: str, target: Path | None) -> None:
    """Check the picture and, with ``target``, write it anew there (upright, without EXIF). Raises :class:`NotAccepted`."""
    try:
        with Image.open(path, formats=["JPEG" if kind == "jpg" else "PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAccepted("lebih dari 60 juta titik gambar. Perkecil gambarnya lalu unggah lagi.")
            if getattr(picture, "n_frames", 1) > 1:
                raise NotAccepted("berisi gambar bergerak. Simpan ulang sebagai gambar biasa lalu unggah lagi.")
            picture.load()
            if target is None:
                return
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
    except Image.DecompressionBombError as error:
        raise NotAccepted("lebih dari 60 juta titik gambar. Perkecil gambarnya lalu unggah lagi.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAccepted("rusak dan tidak dapat dibuka. Simpan ulang gambarnya lalu unggah lagi.") from error
