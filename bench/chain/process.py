"""A chain of thirty approvals over ten heads of agency: what the load is made of. Lies outside ``workflows/``: no city runs it."""

from __future__ import annotations

from engine.fields import Field
from engine.nodes import Seq, Task, Within, back, go, remind
from engine.pin import pinned
from engine.process import Archive, Process, Sla, Starts, Title

HEADS = (
    "kepala-diskominfo", "kepala-dinkes", "kepala-dinsos", "kepala-dishub", "kepala-bapenda",
    "kepala-bkpsdm", "kepala-bpkd", "kepala-dinas-pupr", "kepala-dpmptsp", "kepala-kesbangpol",
)  # fmt: skip
LONG = 30


def _step(number: int) -> Task:
    ways = (go("setuju"), back("kembalikan", "ajukan"))
    return Task(f"setuju-{number}", (HEADS[number % len(HEADS)],), "approve", ways, f"Setujui {number}", within=Within(1), on_late=(remind(1),))


PROCESS = pinned(
    Process(
        "rantai-setuju",
        Title("Rantai persetujuan", "Approval chain"),
        "ketatausahaan",
        "kepala-diskominfo",
        "Tiga puluh persetujuan berturut-turut.",
        Starts("konseptor"),
        Sla(None, "working"),
        Archive("000.5.3.1", 1, 1, "musnah"),
        (),
        (Field("hal", "Hal", "text", required=True),),
        Seq((Task("ajukan", ("konseptor",), "fill", (go("ajukan"),), "Ajukan", ("hal",), Within(3)), *(_step(number) for number in range(LONG)))),
    )
)
