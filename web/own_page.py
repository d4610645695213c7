"""``/saya``: the devices a person is signed in on, and his own settings. ``/kapasitas`` and ``/bahasa`` switch from any page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from db.desk import credentials, preferences, sign_ins
from engine.errors import FieldsInvalid, NotFound, WrongCapacity
from web import answers, language
from web.access import Public, SignedIn
from web.context import context_of
from web.language import _
from web.pages import go, local_path, pages_of
from web.passwords import LONGEST, SHORTEST
from web.policy import Viewer

router = APIRouter()
MAILS = ("ringkas", "pagi", "siang", "segera", "tidak")
THEMES = ("", "terang", "gelap")


@router.get("/saya")
async def show(request: Request, viewer: SignedIn) -> Response:
    return await _page(request, viewer)


async def _page(request: Request, viewer: Viewer, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    context = context_of(request)
    async with context.pages.connect() as connection:
        devices = await sign_ins.devices(connection, viewer.person.id, context.clock())
        mail = await preferences.mail(connection, viewer.person.id)
    said = request.query_params.get("tersimpan", "")
    return pages_of(request).page(request, "saya.html", status=status, devices=devices, mail=mail, saved=said, errors=errors or {}, shortest=SHORTEST)


@router.post("/saya")
async def save(request: Request, viewer: SignedIn) -> Response:
    """Theme, language, single-letter keys and when mails come. Words outside the lists count as not chosen."""
    context = context_of(request)
    sent = await answers.read(request)
    theme = sent.one("tema") if sent.one("tema") in THEMES else ""
    chosen = sent.one("bahasa") if sent.one("bahasa") in language.LANGUAGES else "id"
    async with context.desk.begin() as connection:
        await preferences.put(connection, viewer.person.id, theme, chosen, sent.one("pintasan") == "ya")
        await preferences.put_mail(connection, viewer.person.id, sent.one("waktu-surel") if sent.one("waktu-surel") in MAILS else "ringkas")
    return go(request, "/saya?tersimpan=pilihan")


@router.post("/saya/sandi")
async def change_password(request: Request, viewer: SignedIn) -> Response:
    """The old password proves who asks; every other device is signed out."""
    context = context_of(request)
    sent = await answers.read(request)
    old, new, again = sent.one("sandi-lama"), sent.one("sandi-baru"), sent.one("sandi-ulang")
    async with context.desk.connect() as connection:
        stored = await credentials.hash_of(connection, viewer.person.id)
    errors = {}
    if not await context.passwords.matches(stored, old):
        errors["sandi-lama"] = _("Kata sandi lama salah.")
    if not SHORTEST <= len(new) <= LONGEST:
        errors["sandi-baru"] = _("Kata sandi baru paling sedikit 12 dan paling banyak 128 huruf.")
    elif viewer.person.nip and viewer.person.nip in new:
        errors["sandi-baru"] = _("Kata sandi baru tidak boleh memuat NIP Anda.")
    elif new != again:
        errors["sandi-ulang"] = _("Ulangan kata sandi baru berbeda. Ketik lagi.")
    if errors:
        return await _page(request, viewer, FieldsInvalid.status, errors)
    hashed = await context.passwords.hash(new)
    async with context.desk.begin() as connection:
        await credentials.put(connection, viewer.person.id, hashed, context.clock())
        await sign_ins.revoke_all(connection, viewer.person.id, context.clock(), but=viewer.device)
    return go(request, "/saya?tersimpan=sandi")


@router.post("/saya/perangkat/{ref}/keluar")
async def sign_out_device(request: Request, ref: str, viewer: SignedIn) -> Response:
    """Refuses with ``NotFound`` a device that is not the viewer's own."""
    context = context_of(request)
    async with context.desk.begin() as connection:
        if not await sign_ins.revoke(connection, viewer.person.id, ref, context.clock()):
            raise NotFound
    return go(request, "/saya?tersimpan=perangkat" if ref != viewer.device else "/masuk?keluar=1")


@router.post("/kapasitas")
async def act_for(request: Request, viewer: SignedIn) -> Response:
    """Act for another position held now. Refuses with ``WrongCapacity`` what the person does not hold."""
    context = context_of(request)
    sent = await answers.read(request)
    position = sent.one("jabatan")
    if position not in {one.position for one in viewer.capacities}:
        raise WrongCapacity(_("Anda tidak memegang jabatan itu sekarang. Pilih jabatan lain."))
    async with context.desk.begin() as connection:
        await sign_ins.act_for(connection, viewer.device, position)
    return go(request, local_path(sent.one("lanjut")))


@router.post("/bahasa")
async def switch_language(request: Request, viewer: Public) -> Response:
    """The other language: in the person's settings when signed in, else in a cookie."""
    context = context_of(request)
    sent = await answers.read(request)
    chosen = sent.one("bahasa") if sent.one("bahasa") in language.LANGUAGES else "id"
    if viewer is not None:
        async with context.desk.begin() as connection:
            await preferences.put(connection, viewer.person.id, viewer.theme, chosen, viewer.shortcuts)
    response = go(request, local_path(sent.one("lanjut"), "/masuk"))
    response.set_cookie(language.COOKIE, chosen, max_age=365 * 86400, secure=context.secure, httponly=True, samesite="lax", path="/")
    return response
