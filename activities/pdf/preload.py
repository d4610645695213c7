"""Read by the server that children of the render pool are forked off: one word printed, so that every part of the printing library has been read."""

from __future__ import annotations

from weasyprint import HTML

from activities.pdf import render  # noqa: F401  # its own imports

HTML(string="<p>Alur").write_pdf(pdf_variant="pdf/a-3a")
