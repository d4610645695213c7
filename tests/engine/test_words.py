"""The product's word lists and roles are those of the domain."""

import yaml

from engine.positions import parse
from engine.roles import ROLES
from engine.words import ASKS, DEADLINE_KINDS, DOCUMENT_KINDS, FAMILIES, FIELD_TYPES, NEGATIVE, RESULTS
from tests.engine.build import SOURCES

OF_PEOPLE = {"kk", "bank_account", "id_number"}
"""Field types the vocabulary lacks: its sources ask for these numbers as plain text, and they must be masked."""


def test_words_are_those_of_the_vocabulary() -> None:
    words = yaml.safe_load((SOURCES / "vocabulary.yaml").read_text())
    assert words["families"] == FAMILIES
    assert tuple(words["asks"]) == ASKS
    assert set(words["results"]) == set(RESULTS)
    assert set(words["field_types"]) | OF_PEOPLE == FIELD_TYPES
    assert tuple(words["deadline_kinds"]) == DEADLINE_KINDS
    assert set(words["document_kinds"]) == DOCUMENT_KINDS
    assert set(RESULTS) > NEGATIVE


def test_roles_are_those_of_the_domain() -> None:
    table = yaml.safe_load((SOURCES / "roles.yaml").read_text())
    ours = {
        "pegawai-tim",
        "pelaksana-prosedur",
        "penandatangan-terpilih",
        "lurah-objek",
        "petugas-lapangan-bapenda",
        "kepala-satpol-pp",
        "tim-bertugas",
        "kepala-bappeda",
        "penerima-bantuan",
        "petugas-lapangan-dinsos",
        "bendahara-dinsos",
    }
    assert ours <= set(ROLES)
    assert [(r.role, r.kind, r.title, r.resolves) for r in ROLES.values() if r.role not in ours] == [
        (r["role"], r["kind"], r["title"], parse(r["resolves"])) for r in table
    ]  # fmt: skip
