"""Passwords: argon2id with explicit parameters, at most four at a time, the same work for a person who does not exist."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST, LONGEST = 12, 128


def _hasher() -> PasswordHasher:
    """OWASP's minimum, 20–50 ms: the library's own default would take 140 ms and five times the memory."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(32))


@dataclass(slots=True)
class Passwords:
    """Hashing off the event loop, never more than four in parallel: sign-in must not become a way to exhaust the machine."""

    hasher: PasswordHasher = field(default_factory=_hasher)
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(4))
    nobody: str = field(default_factory=_nobody)
    """Hash of a random secret: what an unknown name is checked against."""

    async def hash(self, secret: str) -> str:
        async with self.gate:
            return await asyncio.to_thread(self.hasher.hash, secret)

    async def matches(self, stored: str | None, secret: str) -> bool:
        """One verification whatever is asked; False for a wrong secret, for no stored hash and for a broken one."""
        async with self.gate:
            good = await asyncio.to_thread(self._verify, stored or self.nobody, secret[:LONGEST])
        return good and stored is not None

    def _verify(self, stored: str, secret: str) -> bool:
        try:
            return self.hasher.verify(stored, secret)
        except (Argon2Error, InvalidHashError):
            return False

    def outdated(self, stored: str) -> bool:
        """The stored hash was made with other parameters."""
        return self.hasher.check_needs_rehash(stored)
