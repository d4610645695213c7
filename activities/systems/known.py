"""The systems a worker can ask, by name, each with its circuit. What has no adapter has its twin, marked as one, or is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from activities.systems.circuit import Circuit
from activities.systems.outcomes import Patience
from activities.systems.port import System
from activities.systems.twin import InProcess, Twin
from engine.errors import NotFound


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
            self.adapters[name] = InProcess(Twin(name))
        return self.adapters[name], self.circuits.setdefault(name, Circuit(name))
