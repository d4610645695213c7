"""The throw-away process that opens a PDF: ``python -m activities.pdf.raster MOST`` with the file on its input, images on its output.

Imports nothing of the program: it is begun for every preview, and a spawned copy of the worker took two seconds to begin. Answer: one line of JSON,
``{"pages": n, "sizes": […]}`` or ``{"refused": why}``, then the WebP images one after the other.
"""

from __future__ import annotations

import io
import json
import resource
import sys

SCALE = 1.6
"""About 115 dpi: readable on a phone held at arm's length, 60–120 KB a page."""
MEMORY = 1024 * 1024 * 1024
SECONDS = 60


def limit() -> None:
    """Memory and processor time, no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def draw_pages(pdf: bytes, most: int) -> tuple[int, list[bytes]]:
    """Number of pages and WebP images of the first ``most``. Raises ValueError for what is no readable PDF."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as broken:
        raise ValueError(str(broken)) from None
    images = []
    for number in range(min(len(document), most)):
        out = io.BytesIO()
        document[number].render(scale=SCALE).to_pil().save(out, "WEBP", quality=80, method=4)
        images.append(out.getvalue())
    return len(document), images


def main(most: int) -> int:
    limit()
    head: dict[str, object]
    try:
        pages, images = draw_pages(sys.stdin.buffer.read(), most)
        head = {"pages": pages, "sizes": [len(image) for image in images]}
    except ValueError as broken:
        images, head = [], {"refused": str(broken)}
    sys.stdout.buffer.write(b"".join((json.dumps(head).encode(), b"\n", *images)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1])))
