"""``sop``: a process as a standard operating procedure in the national form, drawn and kept by content. A draft: no number, no seal, no signature."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.composing import Composer
from activities.pdf.pool import RenderPool
from activities.pdf.render import RenderRefused
from activities.sop.page import page
from activities.stationery import Letterhead
from db import files
from db.connect import transaction
from db.read import organisation
from engine.canonical import pinned
from engine.errors import NotFound
from workflows.sop import SOP, SopInput, SopPaper


@dataclass(frozen=True)
class Procedures:
    database: AsyncEngine
    files: Path
    composer: Composer
    pool: RenderPool

    @activity.defn(name=SOP)
    async def write(self, given: SopInput) -> SopPaper:
        """The same input gives the same bytes, so it is kept once. A text that has not the digest it is asked under is refused for good."""
        try:
            process = pinned(given.text, given.sha)
        except ValueError as wrong:
            raise ApplicationError(str(wrong), type="definisi-tidak-cocok", non_retryable=True) from None
        async with transaction(self.database) as connection:
            head = await self._head(connection, given.unit)
        order = self.composer.stationery.order(page(process, given, head, self.composer.zone))
        try:
            drawn = await self.pool.render(replace(order, stylesheet="sop.css"))
        except RenderRefused as refused:
            raise ApplicationError(f"templat sop: {refused}", type="templat-ditolak", non_retryable=True) from None
        async with transaction(self.database) as connection:
            sha = files.keep(self.files, drawn.pdf)
            await files.register(connection, sha, len(drawn.pdf), "application/pdf")
        return SopPaper(sha, drawn.pages)

    async def _head(self, connection: AsyncConnection, unit: str) -> Letterhead:
        """Of the agency whose procedure it is; of the city alone where that follows from each case or the unit is not known."""
        city = f"Pemerintah {self.composer.stationery.city['nama']}"
        if not unit:
            return Letterhead("perangkat-daerah", city)
        try:
            own = await organisation.unit(connection, unit)
        except NotFound:
            return Letterhead("perangkat-daerah", city)
        return Letterhead("perangkat-daerah", own.name, tuple(dict.fromkeys((own.letterhead or own.name.upper(), own.name.upper()))))
