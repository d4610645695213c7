"""The stories of the catalogue in chapters of about the same length: each is told in a city of its own, so that they are told side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

import pytest

from engine.events import Event
from engine.nodes import Issue, Sign
from engine.process import Process
from engine.scenario import Later, Scenario
from tests.workflows.running import City
from workflows.catalogue import catalogue

Told = tuple[str, Scenario]
"""Process and story."""
Opening = Callable[[int], AbstractAsyncContextManager[City]]


class Cities:
    """The city of the chapter that is told now; that of the one before is left when another is asked for."""

    def __init__(self, opening: Opening) -> None:
        self.opening, self.stack, self.here = opening, AsyncExitStack(), dict[int, City]()

    async def of(self, chapter: int) -> City:
        if chapter not in self.here:
            await self.close()
            self.here[chapter] = await self.stack.enter_async_context(self.opening(chapter))
        return self.here[chapter]

    async def close(self) -> None:
        self.here.clear()
        await self.stack.aclose()


def chapters(number: int, wanted: Callable[[Scenario], bool]) -> list[list[Told]]:
    """All stories of a process lie in one chapter; the longest processes are dealt out first."""
    found: list[list[Told]] = [[] for _ in range(number)]
    parts = [[(listed.code, story) for story in listed.scenarios if wanted(story)] for listed in catalogue().processes.values()]
    for part in sorted(parts, key=length, reverse=True):
        min(found, key=length).extend(part)
    return [one for one in found if one]


def length(stories: list[Told]) -> int:
    return sum(len(story.acts) + 2 for _code, story in stories)


def papers(process: Process, trail: Iterable[Event]) -> set[str]:
    """Documents that steps of this trail signed or issued."""
    nodes = [process.tree.nodes.get(event.step.partition("@")[0]) for event in trail if event.kind == "act-done"]
    return {code for node in nodes if isinstance(node, (Sign, Issue)) for code in node.documents}


def days(story: Scenario) -> int:
    """How long it lets time pass."""
    return sum(part.days for part in story.acts if isinstance(part, Later))


def params(found: list[list[Told]]) -> list[Any]:
    """(chapter, process, story); the id begins with the chapter, by which tests/conftest.py keeps it in one process of the run."""
    return [
        pytest.param(number, code, story, id=f"bab{number}:{code}-{story.name}") for number, stories in enumerate(found) for code, story in stories
    ]


def whole(found: list[list[Told]]) -> list[Any]:
    """What is asked once of each chapter, after its stories; called by all its processes, so that the name of one picks it too."""
    return [
        pytest.param(number, id=f"bab{number}:" + "+".join(dict.fromkeys(code for code, _story in stories))) for number, stories in enumerate(found)
    ]


def walked(found: list[list[Told]]) -> list[Any]:
    """(chapter, process) for each process of the catalogue: in its own chapter, where stories of it lie in one, else in the shortest."""
    own = {code: number for number, stories in enumerate(found) for code, _story in stories}
    codes: list[list[str]] = [[code for code, at in own.items() if at == number] for number in range(len(found))]
    for code in sorted(set(catalogue().processes) - set(own)):
        min(codes, key=len).append(code)
    return [pytest.param(number, code, id=f"bab{number}:{code}") for number, of in enumerate(codes) for code in of]
