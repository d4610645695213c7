"""Every refusal of the product under an address of its own, so that its page can be opened and looked at."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter

from engine import errors
from engine.errors import FieldsInvalid, ProcessInvalid, Refusal
from web.access import Public

router = APIRouter()


def every(cls: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for one in cls.__subclasses__():
        if one.__module__ == errors.__name__:
            yield one
        yield from every(one)


def made(cls: type[Refusal]) -> Refusal:
    """As the product raises it when it has nothing more to say."""
    return cls({"judul": "Isi Judul."}) if issubclass(cls, FieldsInvalid) else cls()


REFUSALS = {cls.code: cls for cls in every() if cls.code and cls is not ProcessInvalid}
"""A process that is not sound is refused when the product starts; no page can meet it."""


@router.get("/uji/tolak/{code}")
async def refuse(code: str, _viewer: Public) -> None:
    raise made(REFUSALS[code])
