"""What pages read stays flat: no OFFSET, no count over a whole table, no statement that writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

READS = sorted((Path(__file__).parents[2] / "db" / "read").glob("*.py"))
UNBOUNDED = re.compile(r"count\(\*\)(?!\s*FROM\s*\(SELECT)", re.IGNORECASE)
"""A count is only taken of a sub-select, which carries its own LIMIT."""


def faults(source: str) -> list[str]:
    """What a reading module must not hold."""
    found = [word for word in ("OFFSET", "INSERT INTO", "DELETE FROM", "commit(") if word in source]
    found += [match[0] for match in re.finditer(r"\bUPDATE\s+\w+\s+SET\b", source)]
    return found + [match[0] for match in UNBOUNDED.finditer(source)]


@pytest.mark.parametrize("path", READS, ids=lambda path: path.name)
def test_a_read_is_flat_and_only_reads(path: Path) -> None:
    assert faults(path.read_text()) == []


def test_the_guard_sees_what_it_should() -> None:
    assert faults("SELECT 1 OFFSET 50") == ["OFFSET"]
    assert faults("SELECT count(*) FROM task") == ["count(*)"]
    assert faults("SELECT count(*) FROM (SELECT 1 FROM t LIMIT 5) x") == []
    assert faults("UPDATE task SET status = 'x'") == ["UPDATE task SET"]
