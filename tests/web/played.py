"""Cases played behind the pages of the office: a letter on its way, disposed, with files; and a port that acts through the engine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from db import files
from db.office.processes import keep_processes
from db.write.documents import add_version, ensure, mark_signed
from engine.events import Event
from engine.process import Attachment, Process
from engine.trail import actor_from_json
from engine.withdraw import nudge, reassign, withdraw
from tests.db import play
from tests.db.play import Played
from tests.db.processes import LETTER
from tests.web.cast import NobodyAnswers
from tests.web.office import GOOD, Office
from workflows.contracts import Reassignment, Receipt, Reminder, Withdrawal

WITH_FILES: Process = replace(LETTER, code="surat-uji-lampiran", attachments=(Attachment("lampiran", "Lampiran surat"),))
SCAN = b"%PDF-1.7\n% pindaian\n%%EOF\n"


def shown(response: Any) -> str:
    """The text of a page as it is read: no tags, one blank between words."""
    main = response.text.partition("<main")[2].partition("</main>")[0]
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL))
    return " ".join(unescape(text).split())


def drafted(office: Office, case: str, secrecy: str = "biasa", subject: str = "", attach: bytes = b"", name: str = "pindaian.pdf") -> Played:
    """A letter sent by its drafter, with a file when ``attach`` is given."""

    async def play_it(engine: AsyncEngine) -> Played:
        async with engine.begin() as connection:
            await keep_processes(connection, [WITH_FILES])
        played = Played(engine, WITH_FILES, case, office.clock.now)
        drafter = await play.actor(engine, "konseptor-diskominfo", office.clock.now)
        await played.open(drafter, "diskominfo")
        form: dict[str, Any] = {"perihal": subject or f"Rencana {case}", "sifat": secrecy}
        sent = form | ({"lampiran": [{"id": f"u-{case}", "name": name, "sha256": stored(office, attach)}]} if attach else {})
        filled = await played.send(drafter, sent)
        await played.decide("konseptor-diskominfo", "konsep", "kirim", filled=filled, **form)
        return played

    return office.run(play_it)


def stored(office: Office, content: bytes, mime: str = "application/pdf") -> str:
    sha = files.keep(office.context.files, content)
    office.owner.execute("INSERT INTO stored_file (sha, size, mime) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", (sha, len(content), mime))
    return sha


def goes_on(office: Office, played: Played, *acts: tuple[Any, ...]) -> Played:
    """Decisions ``(position, task, outcome, reason, values)``, or ``(step,)`` for a machine act that succeeds."""

    async def act(engine: AsyncEngine) -> Played:
        played.engine = engine
        for one in acts:
            if len(one) == 1:
                await played.finish(one[0])
            else:
                position, task, outcome, *more = one
                await played.decide(position, task, outcome, more[0] if more else "", **(more[1] if len(more) > 1 else {}))
        return played

    return office.run(act)


def disposed(office: Office, case: str, secrecy: str = "biasa") -> Played:
    """Initialled, signed, disposed to two and a copy; one has reported."""
    receivers = [
        {"position": "kabid-aplikasi", "role": "utama", "instructions": ["tanggapi"], "due": "2026-11-30"},
        {"position": "kabid-infrastruktur", "role": "pendukung", "instructions": ["pelajari"], "due": "2026-11-24"},
        {"position": "kabid-informasi", "role": "tembusan", "instructions": ["pelajari"]},
    ]
    return goes_on(
        office, drafted(office, case, secrecy), ("ketua-tim-diskominfo", "paraf", "paraf"), ("kepala-diskominfo", "tanda-tangan", "tandatangani"),
        ("tanda-tangan",), ("lembar-terbit",), ("kepala-diskominfo", "disposisi", "disposisikan", "", {"branches": receivers}),
        ("kabid-aplikasi", "disposisi#1", "lapor", "Data sudah dihimpun."),
    )  # fmt: skip


def letter(office: Office, case: str, content: bytes = SCAN, number: str = "500.12/7/DISKOMINFO/XI/2026", signed: bool = True) -> str:
    """A document of the case, signed unless it is to stay a draft; gives the SHA-256 of its file."""
    sha = stored(office, content)

    async def make(engine: AsyncEngine) -> None:
        async with engine.begin() as connection:
            document = await ensure(connection, case, "surat", "surat-dinas", "Surat dinas", office.clock.now)
            await add_version(connection, document, sha, 1, office.clock.now, number=number)
            if signed:
                signers = [{"name": "Ratna Kusumaningrum", "title": "Kepala Dinas", "at": office.clock.now.isoformat()}]
                await mark_signed(connection, document.id, sha, signers, GOOD, office.clock.now)

    office.run(make)
    return sha


@dataclass
class PlayedCases(NobodyAnswers):
    """The cases' port, as far as these stories use it: taking back, handing over and reminding through the engine and ``record``."""

    office: Office
    played: dict[str, Played] = field(default_factory=dict)

    async def withdraw(self, case_id: str, withdrawal: Withdrawal) -> Receipt:
        one = self.played[case_id]
        who = actor_from_json(withdrawal.actor)
        return await self._take(one, withdraw(one.process, one.state, who, withdrawal.reason, withdrawal.request_id, self.office.clock.now))

    async def reassign(self, case_id: str, reassignment: Reassignment) -> Receipt:
        one, asked = self.played[case_id], reassignment
        who = actor_from_json(asked.actor)
        return await self._take(
            one, reassign(one.state, who, asked.task, asked.round, tuple(asked.positions), asked.reason, asked.request_id, self.office.clock.now)
        )

    async def remind(self, case_id: str, reminder: Reminder) -> Receipt:
        one = self.played[case_id]
        who = actor_from_json(reminder.actor)
        return await self._take(one, nudge(one.state, who, reminder.task, reminder.round, reminder.request_id, self.office.clock.now))

    async def _take(self, one: Played, events: list[Event]) -> Receipt:
        one.engine = self.office.context.desk
        await one.commit(events)
        return Receipt(one.state.seq, one.state.over)
