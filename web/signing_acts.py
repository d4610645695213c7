"""Sealing a passphrase for one letter: after consent, before the decision leaves; three wrong ones close the drawer for a while."""

from __future__ import annotations

from db.desk import envelopes, tries
from engine.errors import FieldsInvalid, SignerBlocked
from web.acting import Asked, ready
from web.context import Context
from web.deciding import Sent
from web.language import _
from web.policy import Viewer

ASKED = frozenset({"setuju", "frasa"})
"""What a signature asks beside the form."""


async def seal_one(context: Context, one: Asked, sent: Sent, viewer: Viewer) -> str:
    """``id@queue`` of the envelope; "" for a party without a certificate, who only declares. Refuses: no consent or no passphrase (FieldsInvalid, both at once), too many wrong ones (SignerBlocked)."""
    ready(one)
    faults = undeclared(sent) if one.attested else {} if sent.read else {"setuju": _("Centang pernyataan bahwa Anda sudah membaca naskah ini.")}
    if not one.attested and not sent.passphrase:
        faults["frasa"] = _("Isi frasa sandi tanda tangan Anda.")
    if faults:
        raise FieldsInvalid(faults)
    if one.attested:
        return ""
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


def undeclared(sent: Sent) -> dict[str, str]:
    """What is missing from the declaration of a party without a certificate: what was not shown to him is not signed for him."""
    if not sent.shown:
        return {"setuju": _("Naskah belum dapat ditampilkan. Muat ulang halaman ini sebentar lagi; yang belum dibaca tidak ditandatangani.")}
    return {} if sent.read else {"setuju": _("Centang pernyataan bahwa Anda sudah membaca naskah ini.")}
