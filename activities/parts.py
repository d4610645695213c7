"""The activities with everything they stand on, built once per worker process."""

from __future__ import annotations

import base64
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.acts import Acts
from activities.by_calendar import ByTimetable
from activities.composing import Composer
from activities.handing_over import HandingOver
from activities.keys import KeyRing
from activities.opening import Opening
from activities.pdf.pool import RenderPool
from activities.previewing import Previewing
from activities.printing import Press
from activities.record import Records
from activities.relay import FolderMailer, Mailer, Relay, SmtpMailer
from activities.rescheduling import Rescheduler
from activities.signers.port import Signer
from activities.signers.sample import SampleSigner
from activities.signers.sample_ca import Authority, ensure
from activities.signing import Issuing, Signatures
from activities.sop.making import Procedures
from activities.stationery import Stationery
from activities.systems.certificates import NAME, Certificates
from activities.systems.of_city import of_city
from activities.verbs.table import verbs
from db.connect import connect
from workflows.catalogue import Catalogue

if TYPE_CHECKING:
    from settings import Settings

Activity = Callable[..., Awaitable[Any]]


def signer_of(given: Settings, city: str) -> tuple[Signer, Authority]:
    """The signing backend a setting names. A name without a backend stops the worker at start, never at the first signature."""
    if given.signer != "contoh":
        raise SystemExit(f"ALUR_SIGNER={given.signer}: penanda tangan ini belum tersedia; yang ada: contoh")
    authority = ensure(given.state_dir / "ca", city)
    lazily = given.sample_passphrase if given.sample_accounts else ""
    return SampleSigner(authority, lazily), authority


def mailer_of(given: Settings) -> Mailer:
    if given.mail == "smtp":
        password = given.smtp_password.get_secret_value() if given.smtp_password else ""
        return SmtpMailer(given.smtp_host, given.smtp_port, given.smtp_user, password)
    return FolderMailer(given.mail_dir)


@dataclass(frozen=True)
class Parts:
    database: AsyncEngine
    keys: KeyRing
    press: Press
    relay: Relay
    records: Records
    acts: Acts
    printing_acts: Acts
    signatures: Signatures
    previewing: Previewing
    handing_over: HandingOver
    procedures: Procedures
    rescheduler: Rescheduler
    by_timetable: ByTimetable

    @staticmethod
    @asynccontextmanager
    async def open(given: Settings, temporal: Client, processes: Catalogue) -> AsyncIterator[Parts]:
        database = connect(given.database_url.get_secret_value())
        stationery = Stationery(given.city_dir, given.base_url, sample=given.signer == "contoh")
        signer, authority = signer_of(given, str(stationery.city["nama"]))
        pool = RenderPool(given.render_processes)
        composer = Composer(stationery, given.zone)
        verify_key = hmac.digest(base64.b64decode(given.codec_key.get_secret_value()), b"alur-verifikasi", "sha256")
        press = Press(database, given.files_dir, composer, pool, signer, authority.root_pem, verify_key)
        opening = Opening(database, temporal, processes, composer.zone)
        issuing = Issuing(press)
        keys = KeyRing()
        systems = of_city(given.city_dir, given.system_tokens_dir, twins=given.signer == "contoh")
        systems.adapters[NAME] = Certificates(signer)
        known = verbs(given.zone, systems, temporal)
        try:
            yield Parts(
                database, keys, press, Relay(database, mailer_of(given), given.base_url, given.smtp_from or "alur@localhost", given.zone.key), Records(database, given.zone.key),
                Acts(database, known, opening=opening), Acts(database, known, issuing=issuing), Signatures(press, database, keys),
                Previewing(database, given.files_dir, composer, pool), HandingOver(press),
                Procedures(database, given.files_dir, composer, pool),
                Rescheduler(database, temporal), ByTimetable(database, temporal, processes, given.zone),
            )  # fmt: skip
        finally:
            pool.close()
            await database.dispose()

    def recording(self) -> list[Activity]:
        """Runs beside the workflows: the server hands it over with the answer of the workflow task, no second queue in between."""
        return [self.records.record, self.records.reckon]

    def io(self) -> list[Activity]:
        return [self.acts.act, self.by_timetable.open_due, self.records.record]  # the latter for what an older build had ordered here

    def render(self) -> list[Activity]:
        # ``sign`` here attests for parties without a certificate: no envelope binds it to one worker.
        return [self.printing_acts.act, self.signatures.sign, self.previewing.preview, self.previewing.pages, self.handing_over.hand_over,
                self.procedures.write]  # fmt: skip

    def signing(self) -> list[Activity]:
        return [self.signatures.sign]
