"""Every route of the whole product says who may open it; what is open to everybody is listed here, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.cast import Clock, Staff, context_for
from web.access import policies
from web.app import create_app
from web.fresh import FILES
from web.policy import Policy
from web.routes import ROUTERS
from web.serving import router as readiness

PUBLIC = {
    "GET /masuk": "signing in", "POST /masuk": "signing in", "POST /bahasa": "language before signing in", "GET /bantuan": "help before signing in",
    "GET /pintasan": "help", "GET /aksesibilitas": "the accessibility statement", "GET /aset/{digest}/{name:path}": "style, script, icons",
    "GET /siap": "the load balancer; says nothing about anybody",
    "GET /peta.svg": "the city's map, as on a wall; of nobody's case",
    "GET /v": "whoever holds a letter", "GET /v/{code}": "whoever holds a letter", "GET /V/{code}": "the QR is in capitals", "POST /v": "whoever holds a file",
    "GET /jawab/{token}": "an outsider with a link", "GET /jawab": "an outsider with a link", "POST /jawab": "an outsider with a link",
    "GET /jawab/gambar/{sha}/{mark}": "an outsider with a link",
    "GET /naskah/{token}": "an outsider with a link", "GET /naskah": "an outsider with a link", "GET /naskah/unduh/{document}": "an outsider with a link",
    "POST /v/{code}": "whoever holds a file", "POST /V/{code}": "whoever holds a file",
}  # fmt: skip


FRESH = [
    "GET /agenda/csv", "GET /isian/{draft_id}/tabel/{name}/unduh", "GET /kelola/lembar/{what}/unduh", "GET /mandat/baru", "GET /perkara/{no}/riwayat.csv",
    "GET /perkara/{no}/tabel/{name}/unduh", "POST /mandat/atas-nama",
    "POST /mandat/atas-nama/{mandate_id}/akhiri", "POST /mandat/baru", "POST /mandat/usul/{draft_id}/{answer}", "POST /mandat/{mandate_id}/akhiri",
    "POST /mandat/{mandate_id}/batalkan", "POST /mandat/{mandate_id}/perpanjang",
]  # fmt: skip
"""What gives authority or takes lists away asks for a password typed within five minutes; a signature asks for its passphrase each time."""


def of_the_product() -> dict[str, Policy | None]:
    """Policies of the product as it is served; no database is touched to read them."""
    context = context_for("postgresql+psycopg://x:y@127.0.0.1:1/z", Path("berkas"), Clock(), Staff())
    return policies(create_app(context, (readiness, *ROUTERS)))


@pytest.fixture(scope="module")
def found() -> dict[str, Policy | None]:
    return of_the_product()


def test_every_route_declares_a_policy(found: dict[str, Policy | None]) -> None:
    assert len(found) > 45
    assert [name for name, policy in found.items() if policy is None] == []


def test_what_is_public_is_listed(found: dict[str, Policy | None]) -> None:
    assert sorted(name for name, policy in found.items() if policy and policy.need == "public") == sorted(PUBLIC)


def test_what_asks_for_a_fresh_password_is_listed(found: dict[str, Policy | None]) -> None:
    assert sorted(name for name, policy in found.items() if policy and policy.need == "fresh_factor") == FRESH
    assert [name for name in FRESH if name.startswith("GET") and not name.endswith(FILES)] == ["GET /mandat/baru"]


def test_every_router_of_the_folder_is_served() -> None:
    """A page family that nobody lists would be dead code with a policy."""
    import importlib

    from fastapi import APIRouter

    folder = Path(__file__).parents[2] / "web"
    modules = [importlib.import_module(f"web.{path.stem}") for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
    declared = {id(one.router): one.__name__ for one in modules if isinstance(getattr(one, "router", None), APIRouter)}
    from web.app import BASE

    served = {id(router) for router in (*BASE, readiness, *ROUTERS)}
    assert sorted(name for router, name in declared.items() if router not in served) == []
