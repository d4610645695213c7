"""Every page family, in one list."""

from __future__ import annotations

from fastapi import APIRouter

from web import agenda, inbox, mails, notices, pictures, searching, signing, task_page, verification

ROUTERS: tuple[APIRouter, ...] = (
    inbox.router, task_page.router, signing.router, pictures.router,
    agenda.router, verification.router, searching.router, notices.router, mails.router,
)  # fmt: skip
