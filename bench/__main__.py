"""``make bench``: every measure once, one table at the end. ``python -m bench WORD …`` measures only what is named."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import decisions, engine, histories, inbox, letters, load, long_tables, recorded, recount, starting
from bench.database import database
from bench.peers import measuring as peers
from bench.table import Line, show
from embedded.postgres import free_port
from embedded.stack import ROOT, Stack

CITY = ROOT / "kota_contoh"


def of_database() -> list[Line]:
    with database() as given:
        return asyncio.run(recorded.measure(given)) + asyncio.run(inbox.measure(given))


def of_long_tables() -> list[Line]:
    with database() as given:
        return long_tables.measure(given)


def of_stack() -> list[Line]:
    """The whole product on a folder of its own: histories first (they warm everything up), then decisions, then two more starts."""
    state, port = Path(tempfile.mkdtemp(prefix="alur-bench-")), free_port()
    stack = Stack(state, CITY, port, show=False)
    try:
        stack.up()
        lines = asyncio.run(histories.measure(stack)) + asyncio.run(decisions.measure(stack))
        stack.down()
        return lines + starting.measure(state, CITY, port)
    finally:
        stack.down()
        shutil.rmtree(state, ignore_errors=True)


MEASURES: dict[str, Callable[[], list[Line]]] = {
    "engine": engine.measure,
    "database": of_database,
    "tables": of_long_tables,
    "letters": letters.measure,
    "stack": of_stack,
    "peers": peers.measure,
    "load": load.measure,
    "recount": recount.measure,
}


def main(names: list[str]) -> int:
    if unknown := set(names) - set(MEASURES):
        print(f"bench: {', '.join(sorted(unknown))}? There are {', '.join(MEASURES)}.", file=sys.stderr)
        return 2
    logging.disable(logging.WARNING)
    lines: list[Line] = []
    for name in names or MEASURES:
        print(f"  … {name}", flush=True)
        lines += MEASURES[name]()
    load = os.getloadavg()[0]
    print(f"\n{show(lines)}\n\n{os.cpu_count()} cores, load {load:.1f}, CPython {sys.version.split()[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
