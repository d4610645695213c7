"""The throw-away process: ``python -m web.uploads.sift KIND SOURCE [TARGET]`` with hard limits, one line of JSON as answer.

A hostile file can at most end this process; the parent then refuses the upload.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

MEMORY = 900 * 1024 * 1024
SECONDS = 15
LARGEST_FILE = 64 * 1024 * 1024


def limit() -> None:
    """Memory, processor time, size of what is written, no core file, no child."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def sift(kind: str, source: Path, target: Path | None) -> dict[str, object]:
    """``{"pages": n, "taken": …}`` (web.uploads.pictures) or ``{"refused": why}``."""
    from web.uploads import office, pictures, portable, workbooks

    pages, taken = 0, None
    try:
        if kind == "pdf":
            pages = portable.look(source)
        elif kind in ("jpg", "png"):
            assert target is not None
            taken = pictures.redraw(source, kind, target)
        elif kind == "lembar":
            assert target is not None
            pages = workbooks.read(source, target)
        else:
            office.look(source)
    except portable.NotAccepted as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refused": "menjadi terlalu besar bila dibuka. Simpan ulang lalu unggah lagi."}
    return {"pages": pages, "taken": taken}


def main(arguments: list[str]) -> int:
    kind, source, *rest = arguments
    limit()
    sys.stdout.write(json.dumps(sift(kind, Path(source), Path(rest[0]) if rest else None)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
