"""Page images of a PDF, drawn by a throw-away process with limits: what is hostile in a file ends there."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60


class PagesLost(Exception):
    """The process died or was too slow; trying again may help."""


async def pages(pdf: bytes, most: int) -> tuple[int, list[bytes]]:
    """Number of pages and WebP images of the first ``most``. Raises ValueError for what is no readable PDF, PagesLost."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "activities.pdf.raster", str(most), cwd=ROOT, env={"PATH": "/usr/bin:/bin", "MALLOC_ARENA_MAX": "1"},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        answer, _ = await asyncio.wait_for(process.communicate(pdf), PATIENCE)
    except TimeoutError:
        raise PagesLost("gambar halaman terlalu lama dibuat") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    line, _, rest = answer.partition(b"\n")
    if process.returncode or not line:
        raise PagesLost(f"proses gambar halaman berhenti ({process.returncode})")
    head = json.loads(line)
    if "refused" in head:
        raise ValueError(head["refused"])
    images, start = [], 0
    for size in head["sizes"]:
        images.append(rest[start : start + size])
        start += size
    return int(head["pages"]), images
