"""The activities that print: ``issue`` under the electronic seal, ``sign`` with the envelope of an official."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.clock import time_of
from activities.composing import Signing
from activities.giving import share
from activities.keys import KeyRing
from activities.pdf.render import RenderRefused
from activities.printing import Prepared, Press, SignatureRefused, signer_row
from db.connect import transaction
from db.desk import envelopes, tries
from db.read import dossier as read
from db.read.books.blocks import blocked
from db.write.documents import Moved
from engine.errors import ActingForbidden, BadSecret, EnvelopeGone, SignerNotEnrolled, TooLarge, WrongCapacity
from engine.events import Json
from engine.trail import actor_from_json
from workflows.contracts import SIGN, ActInput, ActResult

MESSAGES = {
    "bad_secret": BadSecret.default,
    "not_enrolled": SignerNotEnrolled.default,
    "revoked": "Sertifikat tanda tangan elektronik Anda dicabut atau kedaluwarsa. Hubungi verifikator TTE.",
    "envelope_gone": EnvelopeGone.default,
    "changed": "Isi naskah berubah setelah Anda menyetujuinya. Baca perubahannya, lalu tandatangani lagi.",
}


async def beating(seconds: float = 5.0) -> None:
    """Tells Temporal that the activity lives, until cancelled."""
    while True:
        activity.heartbeat()
        await asyncio.sleep(seconds)


@dataclass(frozen=True)
class Issuing:
    press: Press

    async def issue(self, given: ActInput) -> ActResult:
        """All documents of the step, each once."""
        done = []
        for code in given.data["documents"]:
            key = f"{given.key}/{code}"
            result = await self.press.claim(key, given.case_id, "issue")
            if result is None:
                standing = await self.press.standing(given.case_id, code, time_of(given)) if given.round > 1 else None
                if standing is not None:
                    done.append(await self.press.settle(key, standing))
                    continue
                try:
                    prepared = await self.press.prepare(given.case_id, code, given.round, time_of(given))
                except TooLarge as refused:
                    raise ApplicationError(refused.message, type=refused.code, non_retryable=True) from None
                except RenderRefused as refused:
                    raise ApplicationError(f"templat {code}: {refused}", type="templat-ditolak", non_retryable=True) from None
                result = await self.press.finish(prepared, prepared.pdf, [], key)
            done.append(result)
        return ActResult(documents=done, detail=await share(self.press.database, given))


@dataclass(frozen=True)
class Signatures:
    """With an envelope it runs only on the queue of the worker that holds its key; for a party without a certificate on any. One person signs one letter at a time here:
    a wrong passphrase must stop the rest of his batch before the provider counts a second try."""

    press: Press
    database: AsyncEngine
    keys: KeyRing
    locks: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    @activity.defn(name=SIGN)
    async def sign(self, given: ActInput) -> ActResult:
        actor = actor_from_json(given.actor)
        beat = asyncio.create_task(beating())
        try:
            async with self.locks[actor.person]:
                return await self._sign_all(given)
        except SignatureRefused as refused:
            async with transaction(self.database) as connection:
                if refused.reason in ("bad_secret", "revoked"):
                    await envelopes.void_all(connection, actor.person, datetime.now(UTC))
                if refused.reason == "bad_secret":
                    await tries.failed(connection, tries.passphrase_keys(actor.person), datetime.now(UTC))
            return ActResult(refused=refused.reason, message=MESSAGES[refused.reason])
        except EnvelopeGone:
            return ActResult(refused="envelope_gone", message=MESSAGES["envelope_gone"])
        except (ActingForbidden, WrongCapacity, TooLarge) as refused:
            return ActResult(refused="not_allowed", message=refused.message)
        finally:
            beat.cancel()

    async def _sign_all(self, given: ActInput) -> ActResult:
        actor = actor_from_json(given.actor)
        done = []
        signing = Signing(actor, time_of(given), given.step, given.round, str(given.data.get("party") or ""))
        for code in given.data["documents"]:
            key = f"{given.key}/{code}"
            result = await self.press.claim(key, given.case_id, "sign")
            if result is None:
                result = await self._sign(given, signing, code, key)
            done.append(result)
        return ActResult(documents=done, detail=await share(self.database, given))

    async def _sign(self, given: ActInput, signing: Signing, code: str, key: str) -> Json:
        prepared = await self._page(given, signing, code)
        await self._may_sign(signing)
        secret = "" if signing.party else await self._secret(given, signing)
        while True:
            signed = await self.press.attest(prepared, signing) if signing.party else await self.press.sign(prepared, signing.actor, secret)
            await self._may_sign(signing)
            try:
                return await self.press.finish(prepared, signed, [signer_row(signing, prepared)], key)
            except Moved:  # another party was quicker: the file that holds his signature is signed, if it says what was confirmed here
                prepared = await self._page(given, signing, code)

    async def _page(self, given: ActInput, signing: Signing, code: str) -> Prepared:
        """What is to be signed. Refuses (changed) what does not say what was shown to whoever signs."""
        prepared = await self.press.prepare(given.case_id, code, given.round, signing.at, signing)
        if not await self._as_shown(given, prepared.letter.letter_sha):
            raise SignatureRefused("changed")
        return prepared

    async def _may_sign(self, signing: Signing) -> None:
        """Refuses whoever is blocked by now: before his envelope is opened, and once more before what was signed meanwhile is called signed."""
        if signing.party:
            return
        async with transaction(self.database) as connection:
            if await blocked(connection, signing.actor.person):
                raise SignatureRefused("revoked")

    async def _secret(self, given: ActInput, signing: Signing) -> str:
        async with transaction(self.database) as connection:
            return await envelopes.take(connection, given.envelope, signing.actor.person, given.case_id, self.keys.key, datetime.now(UTC))

    async def _as_shown(self, given: ActInput, letter_sha: str) -> bool:
        """Signed = shown: what the official confirmed is what is drawn now, but for number, date and code."""
        async with transaction(self.database) as connection:
            decided = [act for act in await read.acts(connection, given.case_id, ("decided",)) if act.step == given.step and act.round == given.round]
        shown = str(decided[-1].body.get("shown") or "") if decided else ""
        return shown in ("", letter_sha)
