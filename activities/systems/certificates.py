"""The signing backend as a system a process can ask: what stands in a person's certificate, whether it signs, and to take it back.

Nothing here sees a passphrase. Every operation may be sent again without another effect, so no key needs to be remembered.
"""

from __future__ import annotations

from dataclasses import dataclass

from activities.signers.port import Enrolment, Signer
from activities.systems.port import Doubt, Reply, Request

NAME = "sertifikat"
UNREADY = {
    "not_enrolled": "Sertifikat belum ada pada penyelenggara. Pegawai menyelesaikan aktivasi, lalu ulangi.",
    "unknown": "Nama jabatan pada permohonan berbeda dengan jabatan pemilik. Perbaiki, lalu uji lagi.",
    "revoked": "Sertifikat dicabut atau kedaluwarsa. Mohonkan yang baru.",
}


def differ(request: Request) -> bool:
    """Whether the post named for the certificate is another than its owner's; nothing known of his is no difference."""
    asked, known = (str(request.body.get(name) or "").strip().casefold() for name in ("jabatan", "jabatan_resmi"))
    return bool(known) and asked != known


@dataclass(frozen=True)
class Certificates:
    """``periksa`` (who, nama, unit, jabatan, jabatan_resmi): after activation ready to sign and bound to its owner's post, with serial number and last day;
    refused when not. ``masa-berlaku`` (who): the last day alone. ``cabut`` (who): taken back; nothing there to take back is done too."""

    signer: Signer
    name: str = NAME

    @property
    def is_twin(self) -> bool:
        return self.signer.name == "contoh"

    async def send(self, request: Request) -> Reply:
        who = str(request.body.get("who") or "")
        if not who:
            return Reply("refused", {}, "Pemilik sertifikat tidak dikenal.")
        try:
            if request.operation == "cabut":
                await self.signer.revoke(who)
                return Reply("done")
            found = await self._found(request, who)
        except OSError as error:
            raise Doubt(self.name, "tidak-tersambung", f"penyelenggara sertifikat tidak menjawab ({type(error).__name__})") from None
        told = {name: value for name, value in (("berlaku_sampai", found.valid_until), ("seri_baru", found.serial)) if value}
        if request.operation == "masa-berlaku" or found.ready:
            return Reply("done", told)
        return Reply("refused", told, UNREADY.get(found.reason, "Sertifikat belum dapat dipakai."))

    async def _found(self, request: Request, who: str) -> Enrolment:
        if request.operation == "masa-berlaku":
            return await self.signer.status(who)
        if differ(request):
            return Enrolment(False, "unknown")
        return await self.signer.activated(who, str(request.body.get("nama") or who), str(request.body.get("unit") or "Pemerintah"))

    async def became(self, key: str) -> Reply | None:  # noqa: ARG002 - of the port: nothing is remembered here
        return None
