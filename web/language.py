"""Indonesian is the source; other languages are catalogues. The language of a request is set once, from the viewer or a cookie."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

from forms.messages import CATALOGUE, Message

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
COOKIE = "bahasa"
current: ContextVar[str] = ContextVar("language", default="id")


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(str(LOCALE), [language]) if language != "id" else NullTranslations()


def use(language: str) -> None:
    """Set the language of this request; an unknown one is Indonesian."""
    current.set(language if language in LANGUAGES else "id")


def _(text: str) -> str:
    """The text in the language of this request."""
    return str(_catalogue(current.get()).gettext(text))


def ngettext(one: str, many: str, count: int) -> str:
    """Indonesian has one form; English two."""
    return str(_catalogue(current.get()).ngettext(one, many, count))


def said(message: str) -> str:
    """A form's or a refusal's sentence in the language of this request. A process's own sentences stay Indonesian."""
    if isinstance(message, Message) and message.code != "syarat":
        return _(CATALOGUE[message.code]).format(**message.parts)
    return _(message) if message else ""
