"""Every page family, in one list."""

from __future__ import annotations

from fastapi import APIRouter

from web import (
    agenda,
    answering,
    case_acts,
    case_page,
    counter,
    files,
    handed,
    identities,
    inbox,
    kelola,
    kelola_buku,
    kelola_hari_libur,
    kelola_jadwal,
    kelola_lembar,
    kelola_pemesanan,
    kelola_registri,
    kelola_tempat,
    letter_links,
    mails,
    mandat,
    mandat_acts,
    mandat_behalf,
    mandat_entry,
    mandat_usul,
    maps,
    notices,
    pictures,
    process_pages,
    received,
    searching,
    serah_terima,
    signing,
    sop_pages,
    stepping_aside,
    table_loading,
    table_out,
    table_page,
    task_page,
    trail_page,
    verification,
)

ROUTERS: tuple[APIRouter, ...] = (
    inbox.router, task_page.router, table_page.router, table_loading.router, table_out.router, signing.router, pictures.router, maps.router,
    agenda.router, verification.router, searching.router, notices.router, mails.router,
    received.router, handed.router, letter_links.router,
    answering.router, counter.router, stepping_aside.router, case_page.router, case_acts.router, trail_page.router, files.router, identities.router, process_pages.router, sop_pages.router,
    kelola.router, kelola_buku.router, kelola_registri.router, kelola_pemesanan.router, kelola_tempat.router, kelola_lembar.router,
    kelola_hari_libur.router,
    kelola_jadwal.router,
    mandat_entry.router, mandat_usul.router, mandat_behalf.router, serah_terima.router, mandat.router, mandat_acts.router,
)  # fmt: skip
