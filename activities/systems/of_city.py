"""The systems a city has connected: a part ``[sistem.<name>]`` of its ``city.toml`` for each, its token in a file of the same name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from activities.systems.http import HttpSystem
from activities.systems.known import Systems
from engine.errors import CityInvalid

LONGEST = 60
"""Seconds an exchange may take: an act has a worker's place meanwhile."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def of_city(city: Path, tokens: Path | None, *, twins: bool) -> Systems:
    """``tokens``: folder of token files, None or no file = none is sent. ``twins``: whether a name without a part here gets a twin.

    In a part: ``alamat`` (https, plain http to this machine alone), ``batas`` (seconds of one exchange, 10 unless told). Refuses CityInvalid, naming
    each fault."""
    told: dict[str, Any] = tomllib.loads((city / "city.toml").read_text(encoding="utf-8")).get("sistem") or {}
    faults = [fault for name, part in told.items() for fault in _faults(name, part)]
    if faults:
        raise CityInvalid(faults=tuple(faults))
    return Systems({name: HttpSystem(name, part["alamat"], _token(tokens, name), float(part.get("batas", 10))) for name, part in told.items()}, twins)


def _faults(name: str, part: Any) -> list[str]:
    where = f"city.toml, bagian sistem.{name}"
    if not isinstance(part, dict) or not isinstance(part.get("alamat"), str):
        return [f'{where}: tulis alamat = "https://…".']
    found = []
    address = urlsplit(part["alamat"])
    if not address.hostname or not (address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK)):
        found.append(f"{where}, alamat: mulai dengan https://. Tanpa enkripsi hanya ke mesin ini sendiri.")
    if address.username or address.query or address.fragment:
        found.append(f"{where}, alamat: tulis tanpa nama, sandi, atau tanda tanya. Token ditaruh di berkas tersendiri.")
    limit = part.get("batas", 10)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 0 < limit <= LONGEST:
        found.append(f"{where}, batas: tulis detik, lebih dari 0 sampai {LONGEST}.")
    if unknown := set(part) - {"alamat", "batas"}:
        found.append(f"{where}: {', '.join(sorted(unknown))} tidak dikenal; yang ada alamat dan batas.")
    return found


def _token(folder: Path | None, name: str) -> SecretStr:
    path = folder / name if folder else None
    return SecretStr(path.read_text(encoding="utf-8").strip() if path and path.is_file() else "")
