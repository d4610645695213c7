"""The systems a worker can ask, by name, each with its circuit. What has no adapter has its twin, marked as one, or is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from activities.systems import bank, population
from activities.systems.circuit import Circuit
from activities.systems.outcomes import Patience
from activities.systems.port import System
from activities.systems.twin import Answer, InProcess, Twin
from engine.errors import NotFound

SCRIPTED: Mapping[str, Callable[[], Mapping[str, Answer]]] = {bank.NAME: lambda: bank.Bank().answers(), population.NAME: population.answers}
"""What the twin of a system answers, where more is expected of it than that it was done."""


@dataclass
class Systems:
    """``twins``: an unknown name gets a twin of its own, for as long as the worker lives. A city in earnest sets it to no."""

    adapters: dict[str, System] = field(default_factory=dict)
    twins: bool = True
    patience: Patience = field(default_factory=Patience)
    circuits: dict[str, Circuit] = field(default_factory=dict)

    def of(self, name: str) -> tuple[System, Circuit]:
        """Raises NotFound for a name without adapter where no twins are wanted."""
        if name not in self.adapters:
            if not self.twins:
                raise NotFound(f"Sistem {name} belum disambungkan di kota ini. Pasang penyambungnya, atau kerjakan langkah ini dengan tangan.")
            self.adapters[name] = InProcess(Twin(name, SCRIPTED.get(name, dict)()))
        return self.adapters[name], self.circuits.setdefault(name, Circuit(name))
