"""Files a person on a random walk has at hand: one real file of each kind a form takes."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image

from db import files
from db.connect import transaction
from db.desk.uploads import MIME
from forms.known import Upload
from tests.workflows.running import City

EVIDENCE = {"taken_at": "2026-11-23T09:10:00+07:00", "place": {"lat": "-6.178306", "lon": "106.631889"}, "told_by": "gawai"}


@cache
def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, kind)
    return out.getvalue()


async def uploads(here: City, case: str) -> dict[str, Upload]:
    """By id, one of its own for each case; the bytes lie in the store."""
    contents = {
        "pdf": b"%PDF-1.7 berkas jalan acak",
        "jpg": _picture("JPEG"),
        "png": _picture("PNG"),
        "docx": b"PK berkas docx",
        "xlsx": b"PK berkas xlsx",
    }
    found: dict[str, Upload] = {}
    async with transaction(here.database) as connection:
        for kind, content in contents.items():
            sha = files.keep(here.files, content)
            await files.register(connection, sha, len(content), MIME[kind])
            for number in (1, 2):
                taken = EVIDENCE if kind == "jpg" else None
                one = Upload(f"{case}-{kind}-{number}", f"Berkas {number} & lampirannya.{kind}", sha, kind, len(content), taken)
                found[one.id] = one
    return found
