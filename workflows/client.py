"""One way to reach Temporal for web and workers: with the payload codec, and with mutual TLS where a city uses it."""

from __future__ import annotations

from pathlib import Path

from temporalio.client import Client, TLSConfig

from workflows.codec import data_converter


def _identity(cert: Path, key: Path) -> TLSConfig:
    return TLSConfig(client_cert=cert.read_bytes(), client_private_key=key.read_bytes())


async def connect(address: str, namespace: str, keys: str, cert: Path | None = None, key: Path | None = None) -> Client:
    """``keys``: comma-separated base64, current first. Raises RuntimeError when the server does not answer."""
    tls: TLSConfig | bool = _identity(cert, key) if cert and key else False
    return await Client.connect(address, namespace=namespace, data_converter=data_converter(keys), tls=tls)
