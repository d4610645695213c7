"""What a machine act is to the worker: work inside one transaction, given the case's own clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from workflows.contracts import ActInput, ActResult

Verb = Callable[[AsyncConnection, ActInput, datetime], Awaitable[ActResult]]
"""Runs in the transaction that also keeps its effect row, so it happens once; a ``Refusal`` it raises becomes the operator's task."""
