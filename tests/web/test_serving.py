"""Whose address counts: the connection's, or what a trusted proxy says."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request
from pydantic import SecretStr
from starlette.testclient import TestClient

from settings import Settings
from web.serving import configured

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
