"""Delivers the outbox: notices in the application, mails into a folder or over SMTP. One recipient's failure never stops the rest."""

from __future__ import annotations

import asyncio
import logging
import smtplib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import groupby
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.digests import AT_ONCE, COPY, MANDATE, TIMES, gathered, next_gathering, origin, place
from activities.steady import steadily
from db.connect import transaction
from db.desk import answer_links, letter_links
from db.read.calendar import calendar
from db.write import later, outbox
from db.write.later import Line
from db.write.outbox import Reached, Waiting
from engine.outsiders import is_outsider

log = logging.getLogger("alur.relay")
WORDS = {
    "tugas-baru": "Ada tugas baru untuk Anda", "disposisi-baru": "Ada disposisi untuk Anda", "eskalasi": "Tugas yang terlambat naik kepada Anda",
    "dialihkan": "Tugas dialihkan kepada Anda", "diingatkan": "Anda diingatkan atas sebuah tugas", "ditanya": "Penerima disposisi meminta penjelasan",
    "dijawab": "Penjelasan atas disposisi Anda sudah ada", "disposisi-ditolak": "Disposisi ditolak penerimanya", "disposisi-ditarik": "Disposisi ditarik kembali",
    "terlambat": "Tugas Anda melewati tenggat", "tanda-tangan-gagal": "Tanda tangan belum berhasil", "berakhir": "Perkara Anda selesai", COPY: "Ada tembusan naskah untuk Anda",
    MANDATE: "Ada mandat yang menyangkut Anda", "kabar": "Pemberitahuan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses for one mail to somebody without an account; "" = nothing there for him."""

    answer: str = ""
    letters: str = ""


class Mailer(Protocol):
    """Sends one message; raises OSError or smtplib.SMTPException when it could not."""

    def send(self, message: EmailMessage) -> None: ...


@dataclass(frozen=True)
class FolderMailer:
    """Writes each mail as a file: embedded mode and tests."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = "".join(char if char.isalnum() else "-" for char in str(message["Message-ID"]).strip("<>"))
        half = self.folder / f".{name}.half"
        half.write_bytes(bytes(message))
        half.replace(self.folder / f"{name}.eml")


@dataclass(frozen=True)
class SmtpMailer:
    host: str
    port: int
    user: str = ""
    password: str = ""

    def send(self, message: EmailMessage) -> None:
        with smtplib.SMTP(self.host, self.port, timeout=20) as server:
            if self.user:
                server.starttls()
                server.login(self.user, self.password)
            server.send_message(message)


@dataclass(frozen=True)
class Relay:
    """``base_url``: where the link in a mail leads. No mail says what a letter is about: only the kind, the case number and the link."""

    database: AsyncEngine
    mailer: Mailer
    base_url: str
    sender: str
    zone: str = "Asia/Jakarta"
    """The city's: gathered mails go out by its clock."""

    async def run(self, every: float = 1.0) -> None:
        await steadily("penyampaian pemberitahuan", self.round, every)

    async def round(self) -> int:
        """Takes what waits and delivers it; how many rows it looked at."""
        now = datetime.now(UTC)
        async with transaction(self.database) as connection:
            waiting = await outbox.take(connection)
            reached: dict[int, list[Reached]] = {}
            for one in await outbox.people(connection, waiting, now):
                reached.setdefault(one.id, []).append(one)
            sent = [row.id for row in waiting if await self._deliver(connection, row, reached.get(row.id, []), now)]
            await outbox.delivered(connection, sent, now)
        return len(waiting) + await self.gather(now)

    async def _deliver(self, connection: AsyncConnection, row: Waiting, people: list[Reached], now: datetime) -> bool:
        if row.channel == "aplikasi":
            for person in people:
                await outbox.put_notice(connection, row, person.person, now)
            return True
        try:
            for person in await self._at_once(connection, row, people, now):
                if person.email:
                    links = await self._links(connection, row, person, now)
                    await asyncio.to_thread(self.mailer.send, self._mail(row, person, links))
        except (OSError, smtplib.SMTPException) as error:
            await outbox.failed(connection, row.id, str(error))
            return False
        return True

    async def _at_once(self, connection: AsyncConnection, row: Waiting, people: list[Reached], now: datetime) -> list[Reached]:
        """Those who get this mail now; for the others it is put aside, or left out where they want none."""
        known = {one.person for one in people if one.person and not is_outsider(one.person)}
        if not known or row.kind in AT_ONCE:
            return people
        wish = await later.wishes(connection, sorted(known))
        days = await calendar(connection, self.zone)
        for person in known:
            if (when := wish.get(person, "ringkas")) in TIMES:
                await later.put_aside(connection, row, person, next_gathering(now, days, when))
        return [one for one in people if one.person not in known or wish.get(one.person) == "segera"]

    async def gather(self, now: datetime) -> int:
        """One mail to each person whose gathering is due; a mail that fails stays due."""
        async with transaction(self.database) as connection:
            lines = await later.due(connection, now)
            sent: list[int] = []
            for _, some in groupby(lines, key=lambda one: one.person):
                own = list(some)
                try:
                    if own[0].email:
                        await asyncio.to_thread(self.mailer.send, self._digest(own, now))
                except (OSError, smtplib.SMTPException):
                    log.exception("gathered mail of %s lines was not sent", len(own))
                    continue
                sent += [one.id for one in own]
            await later.told(connection, sent, now)
        return len(sent)

    def _digest(self, lines: list[Line], now: datetime) -> EmailMessage:
        message = EmailMessage()
        message["Subject"], body = gathered(lines, WORDS, self.base_url)
        message["From"], message["To"], message["Date"] = self.sender, lines[0].email, format_datetime(now)
        message["Message-ID"] = f"<ringkas-{lines[-1].id}.{lines[0].person}@alur>"
        message.set_content(body)
        return message

    async def _links(self, connection: AsyncConnection, row: Waiting, person: Reached, now: datetime) -> Links:
        """Where somebody without an account answers what waits for him, and where he reads the letters he was given. Made with the mail: a mail that
        fails takes its links along."""
        if person.person and not is_outsider(person.person):
            return Links()
        number = await answer_links.waiting(connection, row.case_id, row.instance, person.person) if person.person else None
        if number is not None:
            token = await answer_links.make(connection, person.person, row.case_id, row.instance, number, "sistem", now)
            return Links(answer=f"{self.base_url}/jawab/{token}")
        token = await letter_links.make(connection, row.case_id, person.person or row.recipient, "sistem", now)
        return Links(letters=f"{self.base_url}/naskah/{token}" if token else "")

    def _mail(self, row: Waiting, person: Reached, links: Links) -> EmailMessage:
        message = EmailMessage()
        words = _words(row, person)
        message["Subject"] = f"{words} (perkara {row.case_no})" if row.case_no else words
        message["From"], message["To"], message["Date"] = self.sender, person.email, format_datetime(row.queued_at)
        message["Message-ID"] = f"<{row.id}.{person.person or 'luar'}@alur>"
        if not person.person:
            message.set_content(self._outside(row, links))
            return message
        if is_outsider(person.person):
            message.set_content(self._party(row, person, links))
            return message
        told = row.text if row.text and row.text != "kosong" else words
        parts = [
            f"Yth. {person.name},",
            f"{told.rstrip('.')}.",
            "\n".join(filter(None, (origin(row.title, row.case_no), f"{self.base_url}{place(row.kind, row.case_no)}"))),
        ]
        message.set_content("\n\n".join([*parts, "Pesan ini tidak memuat isi surat; buka tautannya setelah masuk.\n"]))
        return message

    def _party(self, row: Waiting, person: Reached, links: Links) -> str:
        """To a party of the case: what is asked of him and the link that opens it, or what became of it. Never what the case is about."""
        head = f"Yth. {person.name},\n\n"
        about = f"{row.title}, perkara nomor {row.case_no}"
        if links.answer:
            until = f"Tautan ini berlaku {answer_links.LIVES.days} hari dan hanya membuka permohonan Anda; jangan diteruskan kepada orang lain."
            return f"{head}{about} menunggu jawaban Anda.\n\n{links.answer}\n\n{until}\nPesan ini dikirim oleh sistem; jangan dibalas.\n"
        words = row.text if row.text and row.text != "kosong" else _words(row, person)
        return f"{head}{words.rstrip('.')}.\n\n{about}\n\n{_readable(links)}Pesan ini dikirim oleh sistem; jangan dibalas.\n"

    def _outside(self, row: Waiting, links: Links) -> str:
        """To somebody who cannot sign in: what the act said, and the public page of the letter (``instance`` is its verify code)."""
        where = f"Keaslian surat dapat diperiksa di {self.base_url}/v/{row.instance}" if row.instance else "Suratnya disampaikan tersendiri."
        return f"Yth. Bapak/Ibu,\n\n{row.text}.\n\n{_readable(links)}{where}\n\nPesan ini dikirim oleh sistem; jangan dibalas.\n"


def _words(row: Waiting, person: Reached) -> str:
    """To whoever is no official, a copy is his letter."""
    return "Ada naskah untuk Anda" if row.kind == COPY and is_outsider(person.person) else WORDS.get(row.kind, "Pemberitahuan")


def _readable(links: Links) -> str:
    if not links.letters:
        return ""
    until = f"Tautan ini berlaku {letter_links.LIVES.days} hari dan hanya membuka naskah untuk Anda; jangan diteruskan kepada orang lain."
    return f"Baca dan unduh naskahnya di:\n{links.letters}\n\n{until}\n\n"
