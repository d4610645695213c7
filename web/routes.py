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
    inbox,
    mails,
    notices,
    pictures,
    process_pages,
    searching,
    signing,
    stepping_aside,
    task_page,
    trail_page,
    verification,
)

ROUTERS: tuple[APIRouter, ...] = (
    inbox.router, task_page.router, signing.router, pictures.router,
    agenda.router, verification.router, searching.router, notices.router, mails.router,
    answering.router, counter.router, stepping_aside.router, case_page.router, case_acts.router, trail_page.router, files.router, process_pages.router,
)  # fmt: skip
