"""No identity stands whole where people read it: every number of a person, a family, a taxpayer or an account in any form is of a type that is masked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from activities.disclosed import disclosed
from engine.fields import IDENTITY, Field, FieldType
from engine.process import Fact, Process
from forms.identities import held
from forms.showing import show
from tests.engine.build import process, task
from workflows.catalogue import catalogue

NAMED = re.compile(r"\b(nik|kk|npwp|npwpd|ktp|paspor|sim|kartu keluarga|nomor induk|nomor rekening|rekening)\b", re.IGNORECASE)
NUMBERS: dict[FieldType, str] = {
    "nik": "3671014501990001", "kk": "3671010506200011", "npwp": "092542943407000", "bank_account": "200000001711", "id_number": "2021010203",
}  # fmt: skip
FOUND = catalogue()


def asked(value: Process) -> Iterator[Field | Fact]:
    """Every question and every fact, columns of tables too."""
    for one in value.declarations:
        yield one
        yield from one.columns


def words(one: Field | Fact) -> str:
    said = one.label if isinstance(one, Field) else one.meaning
    return f"{one.name.replace('_', ' ')} {said}"


def unmasked(value: Process) -> list[str]:
    """Short texts that are called like an identity and would be shown whole. What a machine act tells in a sentence holds no number of its own."""
    return [
        one.name for one in asked(value)
        if one.type == "text" and NAMED.search(words(one)) and not (isinstance(one, Fact) and one.source in ("act", "computed"))
    ]  # fmt: skip


@pytest.mark.parametrize("code", sorted(FOUND.codes))
def test_every_identity_of_a_process_is_of_a_masked_type(code: str) -> None:
    assert unmasked(FOUND[code].process) == []


def test_there_is_a_number_of_each_type_to_try() -> None:
    assert NUMBERS.keys() == IDENTITY
    assert {one.type for listed in FOUND.processes.values() for one in asked(listed.process)} >= IDENTITY


@pytest.mark.parametrize("kind", sorted(IDENTITY))
def test_it_is_masked_on_pages_and_in_what_travels_and_read_only_where_it_is_asked(kind: FieldType) -> None:
    number = NUMBERS[kind]
    value = process(
        task("isi", by="pegawai", ask="fill"),
        form=(Field("satu", "Nomor", kind), Field("banyak", "Orang", "table", columns=(Field("nama", "Nama", "text"), Field("satu", "Nomor", kind)))),
    )
    form = {"satu": number, "banyak": [{"_id": "r1", "nama": "Ani", "satu": number}], "@r1": {"satu": number}}
    assert number not in show(value.form[0], number)
    assert number not in re.sub(r"\D", "", show(value.form[0], number))
    assert number not in str(disclosed(value, form))
    assert [(label, re.sub(r"\D", "", whole)) for label, whole in held(value, form)] == [("Nomor", number), ("Nomor", number), ("Ani: Nomor", number)]


def test_the_guard_bites() -> None:
    bad = process(
        task("isi", by="pegawai", ask="fill"),
        form=(Field("no", "Nomor KK", "text"), Field("rekening", "Rekening", "text"), Field("nama", "Nama", "text")),
    )
    assert unmasked(bad) == ["no", "rekening"]
