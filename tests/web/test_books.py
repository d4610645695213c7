"""What a page looks up for a form, and what it leaves to the form and the process."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from engine.fields import Field
from forms.reading import Parsed, parse
from tests.web.office import Office, office
from web.books import context_for

ACCOUNT = Field("kode_rekening", "Kode rekening", "budget_code", required=True)
DRAFT = Field("rancangan", "Rancangan", "files", required=True, file_types=("docx",))


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def read(kantor: Office, field: Field, text: str, known: dict[str, Any] | None = None) -> Parsed:
    async def ask(engine: AsyncEngine) -> Parsed:
        viewer = cast(Any, SimpleNamespace(person=SimpleNamespace(id=kantor.person("kepala-diskominfo"))))
        raw = {field.name: [text]}
        async with engine.connect() as connection:
            context = await context_for(connection, [field], raw, viewer, kantor.clock.now, known or {}, ZoneInfo("Asia/Jakarta"), {})
        return parse([field], raw, context)

    return kantor.run(ask)


def test_a_budget_code_is_judged_by_its_shape(kantor: Office) -> None:
    """No list of them is kept: whether there is money under it is asked of a book of the city."""
    assert read(kantor, ACCOUNT, "5.1.02.01.01.0024").accepted() == {"kode_rekening": "5.1.02.01.01.0024"}
    assert read(kantor, ACCOUNT, "lima").errors


def test_a_file_that_the_case_holds_keeps_its_kind(kantor: Office) -> None:
    """A draft that comes back as .docx is not taken for a PDF."""
    held = {"rancangan": [{"id": "u1", "name": "Rancangan.docx", "sha256": "ab" * 32}]}
    assert read(kantor, DRAFT, "u1", held).errors == {}
    assert read(kantor, DRAFT, "u1", {"rancangan": [{**held["rancangan"][0], "name": "Rancangan.pdf"}]}).errors
