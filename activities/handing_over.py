"""``serah-terima``: the list of what a post hands over, drawn, sealed, verified and kept. Once for its key, however often it is tried.

The paper belongs to no case, so it has no number: its verification code names it, and ``/v/{code}`` knows it like any letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio import activity
from temporalio.exceptions import ApplicationError
from ulid import ULID

from activities.pdf.html import clock_time, long_date, weekday_date
from activities.pdf.render import RenderRefused
from activities.pdf.verify import verify
from activities.printing import SEAL, NotVerified, Press
from activities.signers.port import Job
from activities.stationery import Letterhead, Page
from db import files
from db.connect import transaction
from db.office import papers
from db.office.papers import Asked, Paper
from db.read import dossier, handover
from db.read.dossier import Office
from db.read.handover import Matter, Party
from db.write.documents import new_verify_code
from engine.errors import Refusal
from engine.events import Json
from engine.trail import moment
from forms.showing import word
from workflows.failures import failure
from workflows.handover import HANDOVER, HandoverInput, HandoverPaper

KINDS = {"tugas": "Tugas yang terbuka", "disposisi": "Disposisi yang belum dibaca", "konsep": "Naskah dalam konsep"}
OWNER = "kantor"
"""Stands where a letter's token has its case."""


@dataclass(frozen=True)
class HandingOver:
    press: Press

    @activity.defn(name=HANDOVER)
    async def hand_over(self, given: HandoverInput) -> HandoverPaper:
        """Refuses by a named refusal an unknown post (NotFound); NotVerified and a lost render process are tried again."""
        try:
            return await self._make(given)
        except Refusal as refused:
            raise failure(refused) from None
        except RenderRefused as refused:
            raise ApplicationError(f"templat serah_terima: {refused}", type="templat-ditolak", non_retryable=True) from None

    async def _make(self, given: HandoverInput) -> HandoverPaper:
        press, now = self.press, moment(given.now)
        token = press.token(OWNER, given.key)
        async with transaction(press.database) as connection:
            office = await dossier.office(connection, given.position)
            content = await self._content(connection, given, now)
            asked = Asked(
                str(ULID()), given.key, "serah-terima", f"Serah terima tugas {office.title}", given.position, given.mandate, content, given.person
            )
            paper = await papers.begin(connection, asked, new_verify_code(), hashlib.sha256(token.encode()).hexdigest(), now)
        if not paper.signed_sha:
            drawn = await press.pool.render(press.composer.stationery.order(self.page(paper, office, token)))
            pdf = await self._sealed(paper, drawn.pdf)
            paper = await self._kept(paper, drawn.pdf, pdf)
        return HandoverPaper(paper.id, paper.signed_sha, paper.verify_code)

    async def _content(self, connection: AsyncConnection, given: HandoverInput, now: datetime) -> Json:
        if given.at:
            turn = await handover.turn(connection, given.position, moment(given.at))
        else:
            turn = await handover.coming(connection, given.position, now)
        stand = min(moment(given.stand), now)
        found = await handover.matters(connection, given.position, stand, now)
        return {
            "at": turn.at.isoformat(), "stand": stand.isoformat(), "known": turn.known, "giver": _party(turn.giver), "taker": _party(turn.taker),
            "matters": [self._matter(one) for one in found], "cut": any(len([x for x in found if x.kind == kind]) >= handover.MOST for kind in KINDS),
        }  # fmt: skip

    def _matter(self, one: Matter) -> Json:
        zone = self.press.composer.zone
        named = one.subject or ("(isi tidak disebut)" if one.secrecy != "biasa" else one.case_title)
        return {
            "kind": one.kind, "no": one.no, "number": one.number, "about": named, "step": one.title if "-" in one.title or " " in one.title else word(one.title),
            "secrecy": word(one.secrecy), "since": clock_time(one.since.astimezone(zone)), "due": clock_time(one.due.astimezone(zone)) if one.due else "",
        }  # fmt: skip

    def page(self, paper: Paper, office: Office, token: str) -> Page:
        """The page of a paper, from what was fixed when it was asked for."""
        zone, told = self.press.composer.zone, paper.content
        at, stand, made = (moment(text).astimezone(zone) for text in (told["at"], told["stand"], paper.made_at.isoformat()))
        surat: dict[str, Any] = {
            "judul": paper.title, "nomor": "", "hari": weekday_date(made.date()), "tanggal": long_date(made.date()), "peralihan": clock_time(at), "keadaan": clock_time(stand),
            "jabatan": office.title, "unit": office.organisation_name, "pemberi": told["giver"], "penerima": told["taker"], "terpotong": told["cut"], "pasti": told["known"],
            "bagian": [{"judul": KINDS[kind], "baris": [one for one in told["matters"] if one["kind"] == kind]} for kind in KINDS],
        }  # fmt: skip
        facts = {
            "naskah": "serah-terima",
            "jabatan": office.position,
            "peralihan": told["at"],
            "keadaan": told["stand"],
            "perkara": _numbers(told["matters"]),
        }
        created = made.isoformat(timespec="seconds")
        return Page(
            "letters/serah_terima.html", surat, self._letterhead(office), (), created=created, facts=facts, token=token, short_code=paper.verify_code, seal=True
        )  # fmt: skip

    def _letterhead(self, office: Office) -> Letterhead:
        address = f"{office.address}, {self.press.composer.stationery.city['nama']} {office.postcode}".strip().rstrip(",")
        name = office.letterhead or office.organisation_name.upper()
        return Letterhead("perangkat-daerah", office.organisation_name, (name,), address, office.phone, office.email, office.site)

    async def _sealed(self, paper: Paper, base: bytes) -> bytes:
        city = self.press.composer.stationery.city["nama"]
        one = (await self.press.signer.seal([Job(paper.id, base, SEAL, "Segel elektronik", city, b"")]))[0]
        if one.reason:
            raise NotVerified(f"layanan segel: {one.reason} {one.detail}")
        return one.pdf

    async def _kept(self, paper: Paper, base: bytes, pdf: bytes) -> Paper:
        """Verified first: nothing is called sealed that our own check does not accept."""
        verdict = await verify(pdf, self.press.root_pem, frozenset({SEAL}))
        if not verdict.valid:
            raise NotVerified(verdict.reason)
        base_sha, sha = files.keep(self.press.files, base), files.keep(self.press.files, pdf)
        async with transaction(self.press.database) as connection:
            for content, digest in ((base, base_sha), (pdf, sha)):
                await files.register(connection, digest, len(content), "application/pdf")
            await papers.sealed(connection, paper.id, base_sha, sha, verdict.to_json(), paper.made_at)
        return Paper(paper.id, paper.title, paper.position, paper.content, paper.verify_code, paper.made_at, sha)


def _party(one: Party | None) -> Json:
    return {"person": one.person, "name": one.name, "nip": one.nip, "rank": one.rank, "title": one.title} if one else None


def _numbers(matters: Sequence[Json]) -> list[int]:
    return sorted({int(one["no"]) for one in matters})
