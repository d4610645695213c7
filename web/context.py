"""Everything the pages stand on, made once by the entry point and handed to :func:`web.app.create_app`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncEngine

from web.handovers import Handovers
from web.passwords import Passwords
from web.ports import Cases, Directory
from web.previews import Previews
from web.sops import Sops
from workflows.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class City:
    """What the layout says about whose pages these are."""

    name: str
    """``Kota Contoh``."""
    government: str
    """``Pemerintah Kota Contoh``."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    zone_name: str = "WIB"
    help_line: str = ""
    """Where help is found beside ``/bantuan``: a telephone number or a desk."""
    sample: bool = False
    """True for the sample city: every page says that nothing here is official."""


@dataclass(frozen=True, slots=True)
class Context:
    """Engines, ports, clock, store and city. ``clock`` gives aware UTC; nothing else may ask for the time."""

    pages: AsyncEngine
    """Reads (``db.connect.connect(pages=True)``)."""
    desk: AsyncEngine
    """The web's own writes."""
    cases: Cases
    directory: Directory
    files: Path
    city: City
    clock: Callable[[], datetime]
    secure: bool = True
    """Pages come over TLS: ``__Host-`` cookies. False only for plain HTTP on localhost."""
    passwords: Passwords = field(default_factory=Passwords)
    processes: Catalogue = field(default_factory=lambda: Catalogue({}, ()))
    """What can be started, and how each step asks."""
    previews: Previews | None = None
    """Drafts and page images; None in tests without a worker."""
    handovers: Handovers | None = None
    """Sealed lists of what a post hands over; None as above."""
    sops: Sops | None = None
    """Processes as standard operating procedures on paper; None as above."""
    link_key: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    """For links bound to a person; the same in every web process of a city."""
    base_url: str = ""
    mail: Path | None = None
    """Folder of the mails of embedded mode, shown in the pages; None where mails really leave."""


def context_of(request: Request) -> Context:
    """The context of the app that answers this request."""
    found = request.app.state.context
    assert isinstance(found, Context)
    return found
