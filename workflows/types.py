"""One registered Temporal workflow type per process, named by its code, all on the one shell.

The sandbox finds a workflow class by module and name and imports this module anew for each case, so classes are made on demand
(PEP 562) and the catalogue is not read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from temporalio import workflow

from workflows.case import CaseShell
from workflows.contracts import CaseInput, CaseResult

_PREFIX = "Proses_"
_made: dict[str, type[CaseShell]] = {}


def class_name(code: str) -> str:
    return _PREFIX + code.replace("-", "_")


def _methods(name: str) -> dict[str, Callable[..., Any]]:
    # Temporal wants init and run written on the class itself, recognised by their qualified names; an annotated self would count as input.
    def __init__(self, given: CaseInput) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001, N807
        self.begin(given)

    async def run(self, given: CaseInput) -> CaseResult:  # type: ignore[no-untyped-def]  # noqa: ANN001
        result: CaseResult = await self.drive(given)
        return result

    for function in (__init__, run):
        function.__qualname__ = f"{name}.{function.__name__}"
        function.__module__ = __name__
    return {"__init__": workflow.init(__init__), "run": workflow.run(run)}


def workflow_type(code: str) -> type[CaseShell]:
    """The workflow class of a process. The shell refuses an input whose process is not its own."""
    name = class_name(code)
    if name not in _made:
        made = type(name, (CaseShell,), {"__module__": __name__, "__qualname__": name, **_methods(name)})
        _made[name] = workflow.defn(made, name=code)  # type: ignore[call-overload]
    return _made[name]


def workflow_types(codes: Iterable[str]) -> list[type[CaseShell]]:
    return [workflow_type(code) for code in codes]


def __getattr__(name: str) -> type[CaseShell]:
    if name.startswith(_PREFIX):
        return workflow_type(name[len(_PREFIX) :].replace("_", "-"))
    raise AttributeError(name)
