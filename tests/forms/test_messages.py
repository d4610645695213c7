"""No sentence of a form is English, and every one names the field and the mend; every field type has its reader."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

import forms
from engine.expr import field
from engine.fields import Field, FieldType
from forms import conditions, messages
from forms.known import BOOKS, Context
from forms.reading import parse
from forms.scalars import READERS

ENGLISH = re.compile(
    r"\b(the|must|should|invalid|value|field|error|required|please|not|is|be|of|and|or|with|input|valid|string|number|date|file)\b", re.IGNORECASE
)


@pytest.mark.parametrize("code", sorted(messages.CATALOGUE))
def test_a_message_is_indonesian_and_names_its_field(code: Any) -> None:
    text = messages.CATALOGUE[code]
    assert not ENGLISH.search(re.sub(r"\{\w+\}|https\S+", "", text)), text
    assert code in ("syarat", "tak-dikenal") or "{label}" in text


def test_every_message_raised_is_in_the_catalogue_and_every_message_is_raised() -> None:
    raised = set()
    for path in Path(forms.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in messages.CATALOGUE and path.name != "messages.py":
                raised.add(node.value)
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("BadValue", "say")
                and isinstance(node.args[0], ast.Constant)
            ):
                assert node.args[0].value in messages.CATALOGUE, (path.name, node.args[0].value)
    assert raised == set(messages.CATALOGUE)


NONSENSE = {"table": None}


@pytest.mark.parametrize("kind", get_args(FieldType))
def test_every_type_speaks_indonesian_about_nonsense_and_about_nothing(kind: Any) -> None:
    asked = Field("isian", "Isian contoh", kind, required=True, choices=("a",), columns=(Field("k", "K", "text"),) if kind == "table" else ())
    context = Context(now=datetime(2026, 11, 23, tzinfo=UTC), books={book: {} for book in BOOKS.values()})
    empty = parse((asked,), {}, context).errors
    assert list(empty) == ["isian"]
    assert "Isian contoh" in empty["isian"]
    if kind in ("text", "longtext", "letter_ref", "table"):
        return
    wrong = parse((asked,), {"isian": ["?!"]}, context).errors["isian"]
    assert "Isian contoh" in wrong
    assert isinstance(wrong, messages.Message)
    assert not ENGLISH.search(wrong)
    assert wrong != empty["isian"]


def test_readers_cover_every_type_but_the_table() -> None:
    assert set(READERS) | {"table"} == set(get_args(FieldType))


def test_the_browser_decides_only_plain_conditions() -> None:
    assert conditions.simple(field("sifat").eq("rahasia")) == ("sifat", ("rahasia",))
    assert conditions.simple(field("berbiaya").eq(True)) == ("berbiaya", ("ya",))
    assert conditions.simple(field("jenis").one_of("a", "b")) == ("jenis", ("a", "b"))
    assert conditions.simple(field("jenis").eq("a") | field("jenis").eq("b")) == ("jenis", ("a", "b"))
    assert conditions.simple(field("jenis").eq("a") | field("lain").eq("b")) is None
    assert conditions.simple(field("nilai") > 5) is None


def test_points_and_areas() -> None:
    from forms import places

    for typed in ("-6,178306; 106,631889", "-6.178306, 106.631889", "-6.178306,106.631889", "-6.178306 106.631889"):
        assert places.location(typed) == {"lat": "-6.178306", "lon": "106.631889"}
    with pytest.raises(messages.BadValue, match="titik-luar"):
        places.location("51,5; 0,12")
    assert places.area("1.250,5 m²") == "1250.5"
    line = places.area("-6,1; 106,6\n-6,2; 106,7")
    assert line == {"type": "LineString", "coordinates": [["106.6", "-6.1"], ["106.7", "-6.2"]]}
    closed = places.area("-6,1; 106,6\n-6,2; 106,7\n-6,2; 106,8\n-6,1; 106,6")
    assert isinstance(closed, dict)
    assert closed["type"] == "Polygon"
    with pytest.raises(messages.BadValue, match="luas"):
        places.area("luas sekali")
