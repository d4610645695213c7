"""Finds process folders, the city's overlay first, and checks each value. A bad process is named and left out; the others run."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path

from engine.canonical import sha256, to_text
from engine.check import check
from engine.process import Process
from engine.roles import ROLES
from engine.scenario import Scenario

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Listed:
    """A process ready to run."""

    process: Process
    text: str
    """Canonical JSON, what a case is pinned to."""
    sha: str
    folder: Path
    scenarios: tuple[Scenario, ...]

    @property
    def code(self) -> str:
        return self.process.code


@dataclass(frozen=True, slots=True)
class Catalogue:
    """``faults``: one line per thing that keeps a process out, naming process, step and mend."""

    processes: dict[str, Listed]
    faults: tuple[str, ...]

    def __getitem__(self, code: str) -> Listed:
        return self.processes[code]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.processes)


def _folders(root: Path) -> dict[str, Path]:
    return {f"{folder.parent.name}/{folder.name}": folder for folder in sorted(root.glob("*/*/")) if (folder / "process.py").exists()}


def _module(folder: Path, name: str, root: Path) -> object:
    """Ours by their import name (the contracts see them); a city's as a package of its own whose name cannot collide.

    A process may lie in several files that import each other relatively (``from .form import FORM``): a copy of the folder stays whole."""
    if root == HERE:
        return importlib.import_module(f"workflows.{folder.parent.name}.{folder.name}.{name}")
    package = f"city_{folder.parent.name}_{folder.name}"
    for known in [known for known in sys.modules if known.partition(".")[0] == package]:
        del sys.modules[known]
    spec = ModuleSpec(package, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    sys.modules[package] = importlib.util.module_from_spec(spec)
    return importlib.import_module(f"{package}.{name}")


def _load(folder: Path, root: Path) -> tuple[Listed | None, tuple[str, ...]]:
    where = f"{folder.parent.name}/{folder.name}"
    try:
        process = getattr(_module(folder, "process", root), "PROCESS", None)
        scenarios = tuple(getattr(_module(folder, "scenarios", root), "SCENARIOS", ())) if (folder / "scenarios.py").exists() else ()
    except Exception as broken:  # noqa: BLE001  # whatever is wrong in one folder, the others must run
        return None, (f"{where}: process.py tidak dapat dibaca ({type(broken).__name__}: {broken}); perbaiki berkas itu",)
    if not isinstance(process, Process):
        return None, (f"{where}: process.py tidak memuat PROCESS; tulis PROCESS = Process(…)",)
    faults = [*check(process, ROLES), *_missing_letters(process, folder)]
    if process.code.replace("-", "_") != folder.name or process.family.replace("-", "_") != folder.parent.name:
        faults.append(f"{process.code}: folder {where} tidak cocok dengan kode dan rumpunnya; ganti nama folder")
    if faults:
        return None, tuple(faults)
    text = to_text(process)
    return Listed(process, text, sha256(text), folder, scenarios), ()


def _missing_letters(process: Process, folder: Path) -> list[str]:
    return [
        f"{process.code}: naskah {document.code} tidak punya templat; buat {folder.name}/{document.code.replace('-', '_')}.html"
        for document in process.documents
        if not (folder / f"{document.code.replace('-', '_')}.html").exists()
    ]


def catalogue(city: Path | None = None) -> Catalogue:
    """All processes: a folder in ``<city>/workflows/<family>/<slug>`` replaces ours whole."""
    found: dict[str, tuple[Path, Path]] = {name: (folder, HERE) for name, folder in _folders(HERE).items()}
    if city is not None:
        found.update({name: (folder, city / "workflows") for name, folder in _folders(city / "workflows").items()})
    processes: dict[str, Listed] = {}
    faults: list[str] = []
    for folder, root in found.values():
        listed, wrong = _load(folder, root)
        faults += wrong
        if listed is not None:
            processes[listed.code] = listed
    return Catalogue(processes, tuple(faults))
