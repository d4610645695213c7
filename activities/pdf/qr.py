"""The QR of the verification page: capitals for the compact mode, level M, a fixed mask so that the same letter has the same bytes."""

from __future__ import annotations

import segno


def address(base_url: str, token: str) -> str:
    """The public check of a letter. Capitals on paper; the route reads them regardless of case."""
    return f"{base_url}/V/{token}".upper() if base_url.startswith("https") else f"{base_url}/v/{token}"


def svg_uri(text: str) -> str:
    """``data:`` URI of the code as SVG."""
    return str(segno.make(text, error="m", mask=2, micro=False).svg_data_uri(border=2, scale=4))
