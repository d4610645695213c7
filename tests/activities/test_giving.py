"""Copies of letters: to whoever a document names, once, the letter alone; a party outside by a link, and nothing secret by any link."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from activities.giving import share
from activities.relay import Relay
from activities.verbs.notifying import notify
from db.connect import transaction
from db.desk import letter_links, parties, received
from db.read.access import may_read
from engine.events import Json
from tests.activities.verbs.deeds import NOW, opened, rows, signed
from tests.activities.verbs.test_delivering import Mailbox
from tests.db.play import actor
from workflows.contracts import ActInput

LETTER = "surat"


def to(*positions: str) -> Json:
    return [{"role": "x", "expr": {"is": "positions", "positions": [one]}} for one in positions]


def outside(party: str) -> Json:
    """The party, and the desk that acts for it where somebody must."""
    return [{"role": "pemohon", "expr": {"is": "outside", "party": party, "desk": {"is": "positions", "positions": ["surat-penelitian"]}}}]


def act(case: str, address: Json, number: int = 1, days: int = 0) -> ActInput:
    at = (NOW + timedelta(days=days)).isoformat()
    return ActInput(case, "ttd", number, f"{case}/ttd/{number}", "sign", {"documents": [LETTER], "copies": {LETTER: address}}, at=at)


async def case(app: AsyncEngine, name: str, secrecy: str = "biasa") -> None:
    await opened(app, name, perihal="Rencana Amat Penting", sifat=secrecy)
    await signed(app, name, LETTER, f"500.12/{name}/DISKOMINFO/XI/2026")


async def told(app: AsyncEngine, name: str) -> list[tuple[str, str]]:
    return [
        (who, channel)
        for who, channel in await rows(app, "SELECT recipient, channel FROM outbox WHERE case_id = :c AND kind = 'tembusan' ORDER BY id", c=name)
    ]


async def dewi(app: AsyncEngine, mail: str) -> str:
    async with transaction(app) as connection:
        return await parties.write_down(connection, "Dewi Contoh", mail, "", (await actor(app, "konseptor-diskominfo", NOW)).person, NOW)


async def mails(app: AsyncEngine, to_whom: str) -> list[str]:
    box = Mailbox()
    for _ in range(4):
        await Relay(app, box, "https://alur.example", "alur@kota.example").round()
    return [one.get_content() for one in box.sent if one["To"] == to_whom]


async def test_an_office_named_by_a_letter_reads_it_and_no_more_of_its_case(app: AsyncEngine) -> None:
    await case(app, "t-satu")
    assert await share(app, act("t-satu", to("kepala-bkpsdm", "sekda"))) == {"tembusan": {LETTER: ["kepala-bkpsdm", "sekda"]}}
    assert await told(app, "t-satu") == [(f"jabatan:{one}", channel) for one in ("kepala-bkpsdm", "sekda") for channel in ("aplikasi", "surel")]
    head = (await actor(app, "kepala-bkpsdm", NOW)).person
    async with app.connect() as connection:
        assert not await may_read(connection, "t-satu", head, NOW)
        assert [(one.title, one.fresh, one.seats) for one in await received.mine(connection, head, NOW)] == [
            ("Surat perintah", True, ("Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",))
        ]


async def test_sent_again_nobody_is_told_twice_and_what_was_read_stays_read(app: AsyncEngine) -> None:
    await case(app, "t-ulang")
    given = act("t-ulang", to("kepala-bkpsdm"))
    await share(app, given)
    head = (await actor(app, "kepala-bkpsdm", NOW)).person
    async with transaction(app) as connection:
        await received.mark_read(connection, f"t-ulang-{LETTER}", head, NOW)
    await share(app, given)
    assert len(await told(app, "t-ulang")) == 2
    assert await rows(app, "SELECT count(*) FROM document_copy WHERE document = 't-ulang-surat' AND read_by = :p", p=head) == [(1,)]


async def test_a_letter_signed_anew_is_told_and_unread_again(app: AsyncEngine) -> None:
    await case(app, "t-baru")
    await share(app, act("t-baru", to("kepala-bkpsdm")))
    head = (await actor(app, "kepala-bkpsdm", NOW)).person
    async with transaction(app) as connection:
        await received.mark_read(connection, f"t-baru-{LETTER}", head, NOW)
    await share(app, act("t-baru", to("kepala-bkpsdm"), number=2, days=1))
    assert len(await told(app, "t-baru")) == 4
    assert await rows(app, "SELECT read_at IS NULL FROM document_copy WHERE document = 't-baru-surat'") == [(True,)]


async def test_whoever_works_on_the_case_is_not_told_of_what_stands_on_its_page(app: AsyncEngine) -> None:
    await case(app, "t-ikut")
    assert await share(app, act("t-ikut", to("konseptor-diskominfo"))) == {"tembusan": {LETTER: ["konseptor-diskominfo"]}}
    assert await told(app, "t-ikut") == []
    assert len(await rows(app, "SELECT 1 FROM document_copy WHERE document = 't-ikut-surat'")) == 1


async def test_an_empty_office_keeps_its_copy_and_nobody_stands_in_for_it(app: AsyncEngine) -> None:
    await case(app, "t-kosong")
    ((seat,),) = await rows(
        app, "SELECT p.code FROM position p WHERE NOT EXISTS (SELECT FROM held_at(:at) h WHERE h.seat = p.code) ORDER BY 1 LIMIT 1", at=NOW
    )
    assert await share(app, act("t-kosong", to(str(seat)))) == {"tembusan": {LETTER: [seat]}}


async def test_an_applicant_outside_gets_a_link_to_his_letter_and_the_desk_no_copy(app: AsyncEngine) -> None:
    await case(app, "t-luar")
    party = await dewi(app, "dewi-luar@kampus.example")
    await share(app, act("t-luar", outside(party)))
    assert await told(app, "t-luar") == [(party, "surel")]
    (body,) = await mails(app, "dewi-luar@kampus.example")
    assert "Ada naskah untuk Anda" in body
    assert "Amat Penting" not in body
    token = re.search(r"https://alur\.example/naskah/(\S+)", body)
    assert token is not None
    async with app.connect() as connection:
        link = await letter_links.find(connection, token[1], NOW)
        assert link is not None
        assert (link.alive, link.name, link.recipient) == (True, "Dewi Contoh", party)
        assert [one.code for one in await letter_links.letters(connection, link)] == [LETTER]
    assert await rows(app, "SELECT count(*) FROM letter_link WHERE token_sha = :t", t=token[1]) == [(0,)], "only its hash is kept"


async def test_letters_that_go_with_a_notice_are_read_by_whom_it_tells(app: AsyncEngine) -> None:
    await case(app, "t-kabar")
    party = await dewi(app, "dewi-kabar@kampus.example")
    data: dict[str, Json] = {"to": [*outside(party), *to("kepala-bkpsdm")], "about": "Surat keterangan terbit", "letters": [LETTER, "belum-ada"]}
    async with transaction(app) as connection:
        await notify(connection, ActInput("t-kabar", "beritahu", 1, "t-kabar/beritahu/1", "notify", data, at=NOW.isoformat()), NOW)
    assert {one for (one,) in await rows(app, "SELECT recipient FROM document_copy WHERE document = 't-kabar-surat'")} == {party, "kepala-bkpsdm"}
    (body,) = await mails(app, "dewi-kabar@kampus.example")
    assert "Surat keterangan terbit" in body
    assert "/naskah/" in body


async def test_no_link_opens_a_secret_letter(app: AsyncEngine) -> None:
    await case(app, "t-rahasia")
    async with transaction(app) as connection:
        await connection.exec_driver_sql("UPDATE \"case\" SET secrecy = 'rahasia' WHERE id = 't-rahasia'")
    party = await dewi(app, "dewi-rahasia@kampus.example")
    await share(app, act("t-rahasia", outside(party)))
    (body,) = await mails(app, "dewi-rahasia@kampus.example")
    assert "/naskah/" not in body
    async with transaction(app) as connection:
        assert await letter_links.make(connection, "t-rahasia", party, "sistem", NOW) == ""
