"""Mails are gathered twice a day: who waits for whom is not kept waiting, and no line says what a letter is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.digests import TIMES, gathered, next_gathering
from activities.relay import WORDS, Relay
from db.connect import transaction
from db.desk import preferences
from db.write.later import Line
from engine.calendar import Calendar
from tests.activities.verbs.deeds import NOW, opened
from tests.db.play import city
from tests.db.processes import LETTER
from web.own_page import MAILS

CALENDAR = Calendar(frozenset({date(2026, 12, 24), date(2026, 12, 25)}), "Asia/Jakarta")


def wib(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (wib(1, 6), wib(1, 7, 30)),
        (wib(1, 7, 30), wib(1, 13)),
        (wib(1, 9), wib(1, 13)),
        (wib(1, 13), wib(2, 7, 30)),
        (wib(4, 16), wib(7, 7, 30)),  # Friday afternoon: Monday morning
        (wib(23, 14), wib(28, 7, 30)),  # cuti bersama, Natal and a weekend between
    ],
)
def test_gathering_times_are_the_city_s_office_days(now: datetime, expected: datetime) -> None:
    assert next_gathering(now, CALENDAR) == expected


@pytest.mark.parametrize(("wish", "expected"), [("pagi", wib(2, 7, 30)), ("siang", wib(1, 13)), ("ringkas", wib(1, 13))])
def test_who_wants_them_once_a_day_gets_them_then(wish: str, expected: datetime) -> None:
    assert next_gathering(wib(1, 9), CALENDAR, wish) == expected


def test_every_wish_of_the_page_is_known_where_mails_go_out() -> None:
    assert set(MAILS) == {*TIMES, "segera", "tidak"}


def test_one_mail_tells_all_and_names_no_subject() -> None:
    lines = [
        Line(1, "p", "Nama Contoh", "a@b.example", "tugas-baru", "", "Surat keluar", 7),
        Line(2, "p", "Nama Contoh", "a@b.example", "kabar", "Surat terbit.", "Cuti", 9),
    ]
    subject, body = gathered(lines, WORDS, "https://alur.example")
    assert subject == "2 kabar dari Alur"
    assert "Ada tugas baru untuk Anda" in body
    assert "https://alur.example/perkara/7" in body
    assert "- Surat terbit\n" in body


class Mailbox:
    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.broken = False

    def send(self, message: EmailMessage) -> None:
        if self.broken:
            raise OSError("server surel mati")
        self.sent.append(message)


async def news(app: AsyncEngine, case: str, person: str, *kinds: str) -> None:
    await opened(app, case)
    async with transaction(app) as connection:
        await connection.execute(text("UPDATE outbox SET sent_at = now() WHERE sent_at IS NULL"))
        for number, kind in enumerate(kinds):
            await connection.execute(
                text("INSERT INTO outbox (event, recipient, channel, kind, case_id, queued_at) VALUES (:e, :r, 'surel', :k, :c, now())"),
                {"e": f"{case}/{number}", "r": f"orang:{person}", "k": kind, "c": case},
            )


async def person_of(app: AsyncEngine, seat: str) -> str:
    await city(app, NOW, LETTER)
    async with app.connect() as connection:
        found: str = (await connection.execute(text("SELECT person FROM incumbency WHERE position = :s"), {"s": seat})).scalar_one()
    return found


async def test_news_is_gathered_but_what_others_wait_for_goes_at_once(app: AsyncEngine) -> None:
    box, person = Mailbox(), await person_of(app, "kabid-aplikasi")
    await news(app, "01M8ARINGKAS00000000000001", person, "tugas-baru", "kabar", "ditanya")
    relay = Relay(app, box, "https://alur.example", "alur@kota.example")
    await relay.round()
    assert [str(one["Subject"]).partition(" (")[0] for one in box.sent] == [WORDS["ditanya"]]
    async with app.connect() as connection:
        rows = (
            await connection.execute(text("SELECT kind, due_at > now() AS waits FROM mail_later WHERE person = :p ORDER BY id"), {"p": person})
        ).all()
    assert [tuple(row) for row in rows] == [("tugas-baru", True), ("kabar", True)]
    later = datetime.now(UTC) + timedelta(days=14)
    box.broken = True
    assert await relay.gather(later) == 0
    box.broken = False
    assert await relay.gather(later) == 2
    assert await relay.gather(later) == 0
    assert str(box.sent[-1]["Subject"]) == "2 kabar dari Alur"


@pytest.mark.parametrize(("wish", "mails", "later"), [("segera", 2, 0), ("tidak", 0, 0)])
async def test_who_wants_them_at_once_or_never_is_heard(app: AsyncEngine, wish: str, mails: int, later: int) -> None:
    box, person = Mailbox(), await person_of(app, "kabid-infrastruktur")
    async with transaction(app) as connection:
        await preferences.put_mail(connection, person, wish)
    await news(app, f"01M8ARINGKAS0000000000{wish.upper():0>4.4}", person, "tugas-baru", "kabar")
    await Relay(app, box, "https://alur.example", "alur@kota.example").round()
    async with app.connect() as connection:
        waiting = (await connection.execute(text("SELECT count(*) FROM mail_later WHERE person = :p"), {"p": person})).scalar_one()
    assert (len(box.sent), waiting) == (mails, later)


def test_what_comes_of_no_case_names_none_and_a_copy_leads_to_the_copies() -> None:
    lines = [
        Line(1, "p", "Nama Contoh", "a@b.example", "mandat", "Mandat dicatat: Plh. Camat, Ani", "", 0),
        Line(2, "p", "Nama Contoh", "a@b.example", "tembusan", "", "Cuti", 9),
    ]
    _subject, body = gathered(lines, WORDS, "https://alur.example")
    assert "- Mandat dicatat: Plh. Camat, Ani\n  https://alur.example/mandat\n" in body
    assert "- Ada tembusan naskah untuk Anda\n  Cuti, perkara nomor 9\n  https://alur.example/tembusan\n" in body
    assert "/perkara/" not in body


async def test_news_of_a_mandate_is_delivered_without_a_case(app: AsyncEngine) -> None:
    await city(app, NOW, LETTER)
    async with transaction(app) as connection:
        person = (await connection.execute(text("SELECT id, email FROM person WHERE active AND email <> '' ORDER BY id LIMIT 1"))).one()
        await preferences.put_mail(connection, person.id, "segera")
        queue = "INSERT INTO outbox (event, recipient, channel, kind, instance, text, queued_at) VALUES ('mandat/m/dicatat', :who, :by, 'mandat', 'm', 'Mandat dicatat: Plh. Camat', now())"
        for channel in ("aplikasi", "surel"):
            await connection.execute(text(queue), {"who": f"orang:{person.id}", "by": channel})
    box = Mailbox()
    await Relay(app, box, "https://alur.example", "alur@kota.example").round()
    (mail,) = [one for one in box.sent if one["To"] == person.email]
    assert mail["Subject"] == "Ada mandat yang menyangkut Anda"
    assert "Mandat dicatat: Plh. Camat.\n\nhttps://alur.example/mandat\n" in mail.get_content()
    async with app.connect() as connection:
        notice = (await connection.execute(text("SELECT case_id, instance FROM notice WHERE kind = 'mandat'"))).one()
    assert tuple(notice) == (None, "m")
