"""The team of an audit: one of each lead, nobody of the audited agency, and nobody in it twice."""

from __future__ import annotations

from datetime import UTC, datetime

from forms.known import Context, Found
from forms.reading import parse
from workflows.catalogue import catalogue

PROCESS = catalogue()["audit-apip"].process
TEAM = next(one for one in PROCESS.form if one.name == "tim")
ROLES = ("pengendali-mutu", "pengendali-teknis", "ketua", "anggota")


def told(*people: str) -> dict[str, str]:
    """Faults of a team of these people, each in the role of his place; a fifth is one more member."""
    raw: dict[str, list[str]] = {}
    for n, person in enumerate(people):
        raw |= {f"tim.{n}._id": [f"r{n}"], f"tim.{n}.pegawai": [person], f"tim.{n}.peran": [(*ROLES, "anggota")[n]]}
    found = {person: Found(person, person, {"unit": "inspektorat"}) for person in people}
    known = Context(datetime(2026, 11, 27, 2, tzinfo=UTC), books={"employee": found}, values={"obyek": "dinkes"})
    return {at: str(said) for at, said in parse([TEAM], raw, known).errors.items()}


def test_each_of_the_team_has_one_role() -> None:
    assert told("mutu", "teknis", "ketua", "anggota") == {}
    assert told("mutu", "teknis", "ketua", "anggota", "ketua") == {
        "tim": "Seorang pegawai disebut dua kali dalam tim. Satu orang memegang satu peran."
    }
