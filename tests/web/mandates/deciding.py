"""The running cases behind these pages: every decision goes through the engine and ``record``, as the shell does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.decide import Act, decide
from engine.trail import actor_from_json
from tests.web.office import Office
from tests.web.played import PlayedCases
from workflows.contracts import Decision, Receipt

DESK, SECRETARY, HEAD, TEAM, DRAFTER = "analis-sdm", "sekretaris-diskominfo", "kepala-diskominfo", "ketua-tim-diskominfo", "konseptor-diskominfo"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)


@dataclass
class Deciding(PlayedCases):
    async def decide(self, case_id: str, decision: Decision) -> Receipt:
        one = self.played[case_id]
        given = Act(
            decision.request_id, decision.task, decision.round, decision.outcome, actor_from_json(decision.actor), decision.reason, decision.values, decision.filled
        )  # fmt: skip
        one.now = self.office.clock.now
        return await self._take(one, decide(one.process, one.state, given, one.now))


def stand_in(office: Office, seat: str, by: str, days: float = 5, kind: str = "plh", name: str = "") -> str:
    """Somebody acts for the seat from now; straight into the table, for the rules are tried elsewhere. Gives the id."""
    found = name or f"{kind}-{seat}-{by}"
    office.owner.execute(
        "INSERT INTO acting (id, kind, position, person, starts, ends, order_number, forbids) VALUES (%s, %s, %s, %s, %s, %s, '800/77/SETDA/2026', %s)",
        (found, kind, seat, office.person(by), office.clock.now, office.clock.now + timedelta(days=days), ["surat-keputusan", "dpa"]),
    )
    return found


def sent(**changes: Any) -> dict[str, Any]:
    """The entry form of a Plh. for the head of Diskominfo."""
    given = {
        "jabatan": HEAD, "jenis": "plh", "penerima": "", "sebab": "cuti", "mulai": "23-11-2026", "sampai": "27-11-2026", "nomor": "800.1.11.1/20/SETDA/2026",
        "alasan": "Cuti tahunan kepala dinas", "aksi": "periksa",
    }  # fmt: skip
    return given | changes
