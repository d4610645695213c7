"""A renderer that can reach nothing: ``res:`` from a table filled at start, ``data:image/``, and no other address.

WeasyPrint's own fetcher would embed ``file:`` paths through ``<link rel=attachment>``.
"""

from __future__ import annotations

from weasyprint.urls import URLFetcher, URLFetcherResponse


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """``table``: name → (MIME type, bytes). Anything else aborts the rendering (FatalURLFetchingError is a BaseException)."""

    def __init__(self, table: dict[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols={"res", "data"}, allow_redirects=False, fail_on_errors=True)
        self.table = table

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("res:"):
            mime, body = self.table[url[4:]]
            return URLFetcherResponse(url, body, {"Content-Type": mime})
        if url.startswith("data:image/"):
            return super().fetch(url, headers)
        raise ValueError(f"alamat ditolak: {url[:80]}")
