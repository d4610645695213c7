"""Sealing a passphrase for one letter: after consent, before the decision leaves; three wrong ones close the drawer for a while."""

from __future__ import annotations

from db.desk import envelopes, tries
from engine.errors import FieldsInvalid, SignerBlocked
from web.acting import Asked, ready
from web.context import Context
from web.deciding import Sent
from web.language import _
from web.policy import Viewer


async def seal_one(context: Context, one: Asked, sent: Sent, viewer: Viewer) -> str:
    """``id@queue`` of the envelope. Refuses: no consent or no passphrase (FieldsInvalid, both at once), too many wrong ones (SignerBlocked)."""
    ready(one)
    faults = {}
    if not sent.read:
        faults["setuju"] = _("Centang pernyataan bahwa Anda sudah membaca naskah ini.")
    if not sent.passphrase:
        faults["frasa"] = _("Isi frasa sandi tanda tangan Anda.")
    if faults:
        raise FieldsInvalid(faults)
    return await seal(context, viewer.person.id, one.case.id, sent.passphrase)


async def seal(context: Context, person: str, case_id: str, passphrase: str) -> str:
    now = context.clock()
    async with context.desk.begin() as connection:
        until = await tries.locked_until(connection, tries.passphrase_keys(person), now)
        if until is not None:
            clock = f"{until.astimezone(context.city.zone):%H.%M}"
            raise SignerBlocked(_("Tiga kali frasa sandi salah. Tanda tangan dapat dicoba lagi pukul %(jam)s.") % {"jam": clock})
        sealed = await envelopes.seal(connection, person, passphrase, [case_id], now)
    return f"{sealed.id}@{sealed.queue}"
