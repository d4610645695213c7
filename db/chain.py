"""One link of a hash chain: the canonical text that is stored, and its digest. Shared by the trail of a case and the office trail."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from engine.events import Json
from forms import canonical

GENESIS = ""
"""What the first link of a chain names as the hash before it."""


def link(content: Mapping[str, Json], prev_hash: str) -> tuple[str, str]:
    """``(body, hash)``: canonical JSON text of the content with the previous hash in it, and the SHA-256 of exactly that text.

    Refuses floats (ValueError or TypeError): what is hashed must read the same for ever."""
    body = canonical.text({**content, "prev": prev_hash})
    return body, digest(body)


def digest(body: str) -> str:
    """SHA-256, hex, of the stored text."""
    return hashlib.sha256(body.encode()).hexdigest()
