"""Static files under addresses that carry their content's hash: cached for ever, never stale."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

from engine.errors import NotFound

ROOT = Path(__file__).parent / "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes
    kind: str
    address: str


def load(root: Path = ROOT) -> dict[str, Asset]:
    """Name → asset, read once at start."""
    found = {}
    for path in sorted(root.rglob("*")):
        if path.suffix in KINDS and path.is_file():
            name = path.relative_to(root).as_posix()
            content = path.read_bytes()
            found[name] = Asset(content, KINDS[path.suffix], f"/aset/{hashlib.sha256(content).hexdigest()[:12]}/{name}")
    return found


def respond(assets: dict[str, Asset], digest: str, name: str) -> Response:
    """The asset when both name and hash fit; refuses with ``NotFound`` otherwise, so that an old page never gets a new script."""
    asset = assets.get(name)
    if asset is None or asset.address != f"/aset/{digest}/{name}":
        raise NotFound
    return Response(asset.content, media_type=asset.kind, headers={"Cache-Control": "public, max-age=31536000, immutable"})


def unlike_vendor_list(root: Path = ROOT) -> list[str]:
    """Vendored files whose bytes are not those of ``vendor.json``, and those it does not name."""
    listed = {part["file"]: part["sha256"] for part in json.loads((root / "vendor" / "vendor.json").read_text())["files"]}
    present = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (root / "vendor").iterdir() if path.name != "vendor.json"}
    return sorted(name for name in listed.keys() | present.keys() if listed.get(name) != present.get(name))
