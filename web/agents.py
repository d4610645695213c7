"""Where a request comes from: its address, and a browser's own long name in the words people use for it."""

from __future__ import annotations

from typing import Final

from fastapi import Request

BROWSERS: Final = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
)  # fmt: skip
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def address_of(request: Request) -> str:
    """The address a request came from, by which tries are counted; empty text where the server does not know it."""
    return request.client.host if request.client else ""


def device(agent: str) -> str:
    """``Chrome, Android``; the first 60 letters of what cannot be told, empty text for an empty one."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part) or agent[:60]
