"""One way to reach Temporal for web and workers: with the payload codec, and with mutual TLS where a city uses it."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from temporalio.client import Client, TLSConfig

from workflows.codec import data_converter

PATIENCE = 30.0
"""Seconds a starting process waits for Temporal: after a power cut everything comes up at once."""


def _identity(cert: Path, key: Path) -> TLSConfig:
    return TLSConfig(client_cert=cert.read_bytes(), client_private_key=key.read_bytes())


async def connect(address: str, namespace: str, keys: str, cert: Path | None = None, key: Path | None = None, patience: float = 0.0) -> Client:
    """``keys``: comma-separated base64, current first. A server that does not answer is asked again for ``patience`` seconds, then RuntimeError."""
    tls: TLSConfig | bool = _identity(cert, key) if cert and key else False
    until = time.monotonic() + patience
    while True:
        try:
            return await Client.connect(address, namespace=namespace, data_converter=data_converter(keys), tls=tls)
        except RuntimeError:
            if time.monotonic() >= until:
                raise
            await asyncio.sleep(0.5)
