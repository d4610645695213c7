"""The key ring of one worker: an X25519 key that lives in memory only, new at each start, and the queue on which its envelopes arrive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from nacl.public import PrivateKey
from sqlalchemy.ext.asyncio import AsyncEngine
from ulid import ULID

from activities.steady import steadily
from db.connect import transaction
from db.desk import envelopes


@dataclass(frozen=True)
class KeyRing:
    """``queue`` is polled by this worker alone: only it can open what was sealed for it."""

    name: str = field(default_factory=lambda: str(ULID()))
    key: PrivateKey = field(default_factory=PrivateKey.generate, repr=False)

    @property
    def queue(self) -> str:
        return f"sign-{self.name}"

    async def announce(self, database: AsyncEngine) -> None:
        async with transaction(database) as connection:
            await envelopes.announce(connection, self.name, self.queue, bytes(self.key.public_key), datetime.now(UTC))

    async def keep_announcing(self, database: AsyncEngine, every: float = 15.0) -> None:
        """Says every few seconds that the worker lives; pages seal only for a worker seen within the last minute."""
        await steadily("pengumuman kunci penanda tangan", lambda: self.announce(database), every)
