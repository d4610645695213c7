"""Another system over HTTP: ``POST <base>/permintaan`` and ``GET <base>/hasil``, the key in the header ``Idempotency-Key``, JSON both ways.

Nothing but the base address stands in a URL: URLs end in logs of proxies. The token goes in a header and is never written down here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx2
from pydantic import SecretStr

from activities.systems.port import Doubt, Reply, Request, read_reply

LONGEST_ANSWER = 1_000_000
"""Bytes. An answer is a few facts; more is not one."""


@dataclass(frozen=True)
class HttpSystem:
    """``timeout``: seconds for one exchange."""

    name: str
    base: str
    token: SecretStr = field(default=SecretStr(""), repr=False)
    timeout: float = 10.0
    is_twin: bool = False

    async def send(self, request: Request) -> Reply:
        return await self._exchange("POST", "permintaan", request.key, {"operation": request.operation, "body": request.body})

    async def became(self, key: str) -> Reply | None:
        try:
            return await self._exchange("GET", "hasil", key)
        except _NeverSeen:
            return None

    async def _exchange(self, method: str, path: str, key: str, content: object = None) -> Reply:
        """One request, one answer. Redirects are not followed: they would carry the token elsewhere."""
        headers = {"Idempotency-Key": key, "Accept": "application/json"}
        if self.token.get_secret_value():
            headers["Authorization"] = f"Bearer {self.token.get_secret_value()}"
        try:
            async with httpx2.AsyncClient(timeout=self.timeout, follow_redirects=False) as client:
                sent = client.request(method, f"{self.base.rstrip('/')}/{path}", headers=headers, json=content)
                answer = await sent
        except httpx2.TimeoutException:
            raise Doubt(self.name, "waktu-habis", f"tidak menjawab dalam {self.timeout:g} detik.") from None
        except httpx2.RemoteProtocolError:
            raise Doubt(self.name, "jawaban-tidak-terbaca", "jawabannya terputus atau bukan HTTP.") from None
        except httpx2.HTTPError:
            raise Doubt(self.name, "tidak-tersambung", "tidak dapat dihubungi.") from None
        return self._read(method, key, answer)

    def _read(self, method: str, key: str, answer: httpx2.Response) -> Reply:
        if answer.status_code == 404 and method == "GET":
            raise _NeverSeen
        if answer.status_code not in (200, 201, 409, 422):
            raise Doubt(self.name, "galat", f"menjawab dengan galat {answer.status_code}.")
        if len(answer.content) > LONGEST_ANSWER:
            raise Doubt(self.name, "jawaban-tidak-terbaca", "jawabannya terlalu besar.")
        try:
            found = answer.json()
        except ValueError:
            raise Doubt(self.name, "jawaban-tidak-terbaca", "jawabannya bukan JSON.") from None
        return read_reply(self.name, key, found)


class _NeverSeen(Exception):
    """404 to the question what became of a key."""
