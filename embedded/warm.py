"""A child of the starter that imports while the servers come up: half a start is imports.

``python -m embedded.warm worker|web``: loads the program, reads its environment as one line of JSON from standard input, runs it.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

PARTS = {"worker": ("worker", "activities.parts"), "web": ("manage", "web.serving")}
"""Program by name: the module whose ``main`` runs it, and what it would import only then."""


def main() -> int:
    name, *arguments = sys.argv[1:]
    program, more = PARTS[name]
    run = importlib.import_module(program)
    importlib.import_module(more)
    line = sys.stdin.readline()
    if not line:
        return 0
    os.environ.update(json.loads(line))
    sys.argv = [program, *(["web"] if name == "web" else arguments)]
    return int(run.main() or 0)


if __name__ == "__main__":
    raise SystemExit(main())
