"""The twin on a real socket: a small HTTP server that can be slow, wrong, down, late, double or noisy on the wire itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from activities.systems.port import Reply, Request
from activities.systems.twin import Fault, Twin

LONGEST = 1_000_000


@dataclass
class Server:
    """``timeout``: what its callers grant it; ``late`` answers after that, ``slow`` well before."""

    twin: Twin
    timeout: float = 10.0
    port: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request on one connection."""
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError, ValueError):
                await self._answer(reader, writer)
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, headers = await _head(reader)
        length = min(int(headers.get("content-length", "0")), LONGEST)
        key, raw = headers.get("idempotency-key", ""), await reader.readexactly(length)
        if method == "POST":
            asked = json.loads(raw)
            fault, reply = self.twin.take(Request(key, asked["operation"], asked["body"]))
        else:
            fault, found = self.twin.ask(key)
            if found is None and not fault:
                writer.write(_http(404, {"key": key, "state": "unknown"}))
                await writer.drain()
                return
            reply = found or Reply("refused")
        await self._write(writer, fault, key, reply)

    async def _write(self, writer: asyncio.StreamWriter, fault: Fault, key: str, reply: Reply) -> None:
        if fault in ("down", "lost"):
            return
        if fault in ("slow", "late"):
            await asyncio.sleep(self.timeout / 4 if fault == "slow" else self.timeout * 1.5)
        said = {"key": f"{key}-lain" if fault == "other-key" else key, "state": reply.state, "body": reply.body, "message": reply.message}
        whole = _http(422 if reply.state == "refused" else 200, said)
        match fault:
            case "error":
                whole = _http(500, {"galat": "uji"})
            case "garbage":
                whole = _raw(200, b"<html>bukan JSON</html>")
            case "noise":
                whole = b"\x00\xff\x13bukan HTTP\r\n\r\n"
            case "twice":
                whole += whole
        writer.write(whole)
        await writer.drain()


async def _head(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
    first = (await reader.readline()).decode("latin-1").split(" ")[0]
    headers: dict[str, str] = {}
    while line := (await reader.readline()).decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return first, headers


def _http(status: int, body: object) -> bytes:
    return _raw(status, json.dumps(body).encode())


def _raw(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} Uji\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


@asynccontextmanager
async def serve(twin: Twin, grants: float = 10.0) -> AsyncIterator[Server]:
    """The twin on a free port of this machine, until the block ends. ``grants``: seconds its callers wait for an answer."""
    server = Server(twin, grants)
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0, limit=LONGEST)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
