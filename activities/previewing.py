"""What a person reads before deciding: a draft drawn without number, and page images of any stored PDF. Standalone activities.

Pages cannot draw or open a PDF themselves: both happen in throw-away processes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.composing import Composer, Letter, Signing
from activities.cosigned import standing
from activities.pdf.pages import pages
from activities.pdf.pool import RenderPool
from activities.pdf.render import RenderRefused
from db import files
from db.connect import transaction
from db.write import documents
from engine.errors import Refusal
from engine.trail import actor_from_json
from workflows.contracts import PAGES, PREVIEW, Pages, PagesInput, Preview, PreviewInput

MOST_PAGES = 40


@dataclass(frozen=True)
class Previewing:
    database: AsyncEngine
    files: Path
    composer: Composer
    pool: RenderPool

    @activity.defn(name=PREVIEW)
    async def preview(self, given: PreviewInput) -> Preview:
        """Draws the document as it would be signed by ``actor`` (or by ``expected``), as a draft; stores file and page images by content."""
        now = datetime.now(UTC)
        signing = Signing(actor_from_json(given.actor), now, given.step, party=given.party) if given.actor else None
        try:
            async with transaction(self.database) as connection:
                letter = await self.composer.letter(connection, given.case_id, given.code, now, signing, given.expected)
                held = await self._signed(connection, letter, given, now) if letter.shared else None
            if held is not None:
                pages = await self._pages(files.read(self.files, held.sha))
                return Preview(held.sha, held.letter_sha, pages.images, pages.total)
            drawn = await self.pool.render(self.composer.stationery.order(letter.page, preview=True))
        except Refusal as refused:
            raise ApplicationError(refused.message, type=refused.code, non_retryable=True) from None
        except RenderRefused as refused:
            raise ApplicationError(str(refused), type="templat-ditolak", non_retryable=True) from None
        pages = await self._pages(drawn.pdf)
        async with transaction(self.database) as connection:
            sha = files.keep(self.files, drawn.pdf)
            await files.register(connection, sha, len(drawn.pdf), "application/pdf")
            document = await documents.ensure(connection, given.case_id, given.code, letter.document.kind, letter.title, now)
            if not document.signed_sha:
                await documents.add_version(connection, document, sha, 0, now, letter.letter_sha, document.number)
        return Preview(sha, letter.letter_sha, pages.images, pages.total)

    async def _signed(self, connection: AsyncConnection, letter: Letter, given: PreviewInput, now: datetime) -> Preview | None:
        """What the other party signed is what the next one reads: his very file."""
        document = await documents.ensure(connection, given.case_id, given.code, letter.document.kind, letter.title, now)
        if not document.signed_sha or not await standing(connection, given.case_id, document.signers):
            return None
        return Preview(document.signed_sha, await documents.last_letter(connection, document), [], 0)

    @activity.defn(name=PAGES)
    async def pages(self, given: PagesInput) -> Pages:
        """Page images of a stored PDF, made once per content."""
        try:
            return await self._pages(files.read(self.files, given.sha))
        except (ValueError, Refusal) as broken:
            raise ApplicationError(str(broken), type="berkas-tidak-terbaca", non_retryable=True) from None

    async def _pages(self, pdf: bytes) -> Pages:
        total, images = await pages(pdf, MOST_PAGES)
        shas = [files.keep(self.files, image) for image in images]
        async with transaction(self.database) as connection:
            for sha, image in zip(shas, images, strict=True):
                await files.register(connection, sha, len(image), "image/webp")
        return Pages(shas, total)
