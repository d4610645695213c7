"""Every page family, in one list."""

from __future__ import annotations

from fastapi import APIRouter

from web import inbox, pictures, signing, task_page

ROUTERS: tuple[APIRouter, ...] = (inbox.router, task_page.router, signing.router, pictures.router)
