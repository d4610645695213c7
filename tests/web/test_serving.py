"""Whose address counts: the connection's, or what a trusted proxy says. Which city's time counts: its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI, Request
from pydantic import SecretStr
from starlette.testclient import TestClient
from temporalio.client import Client

from activities.parts import Parts
from settings import Settings
from web.serving import city_of, configured
from workflows.catalogue import catalogue

KOTA_CONTOH = Path(__file__).resolve().parents[2] / "kota_contoh"

PROXY, VISITOR = "10.1.2.3", "203.0.113.9"


@pytest.mark.parametrize(
    ("trusted", "peer", "seen"),
    [
        ("", PROXY, PROXY),
        (PROXY, PROXY, VISITOR),
        ("10.1.0.0/16", PROXY, VISITOR),
        (PROXY, "198.51.100.7", "198.51.100.7"),
    ],
    ids=["no-proxy", "proxy", "network-of-proxies", "a-visitor-who-claims"],
)
def test_only_a_trusted_proxy_is_believed(trusted: str, peer: str, seen: str) -> None:
    app = FastAPI()

    @app.get("/siapa")
    def who(request: Request) -> str:
        return request.client.host if request.client else ""

    given = Settings(database_url=SecretStr("postgresql://x"), codec_key=SecretStr("x"), trusted_proxies=trusted)
    config = configured(given, app)
    config.load()
    client = TestClient(config.loaded_app, client=(peer, 4711))
    assert client.get("/siapa", headers={"X-Forwarded-For": VISITOR}).json() == seen


async def test_worker_and_pages_keep_the_time_of_their_city(tmp_path: Path) -> None:
    """A city in the east: its day, its working hours and the year of its numbers are not Jakarta's."""
    shutil.copytree(KOTA_CONTOH, tmp_path / "kota")
    told = (tmp_path / "kota" / "city.toml").read_text()
    (tmp_path / "kota" / "city.toml").write_text(told.replace('zone = "Asia/Jakarta"', 'zone = "Asia/Jayapura"'))
    given = Settings(
        database_url=SecretStr("postgresql+psycopg://x:y@127.0.0.1:1/z"), codec_key=SecretStr("eA=="), city_dir=tmp_path / "kota", state_dir=tmp_path
    )
    assert city_of(given).zone.key == "Asia/Jayapura"
    async with Parts.open(given, cast(Client, None), catalogue(KOTA_CONTOH)) as parts:
        assert parts.records.zone == "Asia/Jayapura"
        assert parts.printing_acts.issuing is not None
        assert parts.printing_acts.issuing.press.composer.zone.key == "Asia/Jayapura"
        assert parts.acts.opening is not None
        assert parts.acts.opening.zone.key == "Asia/Jayapura"
