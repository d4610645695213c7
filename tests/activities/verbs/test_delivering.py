"""The act ``deliver``: a copy for each over its channel, an outcome for each, nothing twice, no subject of a secret letter in any message."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import partial

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from activities.relay import Relay
from activities.verbs.delivering import deliver
from db.connect import transaction
from db.read.access import may_read
from engine.events import Json
from tests.activities.verbs.deeds import NOW, Deeds, opened, rows, signed
from tests.db.play import actor
from workflows.contracts import ActInput

TABLE: list[dict[str, Json]] = [
    {"_id": "r1", "jabatan": "Kepala Dinas Kesehatan", "jalur": "internal"},
    {"_id": "r2", "jabatan": "dinsos", "jalur": "internal"},
    {"_id": "r3", "jabatan": "Rektor Universitas Contoh", "jalur": "surel", "alamat": "rektor@contoh.example"},
    {"_id": "r4", "jabatan": "Kepala Kantor Pos", "jalur": "pos", "alamat": "Jalan Contoh 2"},
    {"_id": "r5", "jabatan": "Gubernur", "jalur": "srikandi"},
    {"_id": "r6", "jabatan": "Kepala Dinas Antah Berantah", "jalur": "internal"},
    {"_id": "r7", "jabatan": "Wartawan", "jalur": "surel", "alamat": "bukan alamat\r\nBcc: x@y.example"},
    {"_id": "r8", "jabatan": "Merpati", "jalur": "merpati"},
]
OUTCOMES = ["terkirim", "terkirim", "diantrekan", "dikirim-sendiri", "dikirim-sendiri", "gagal", "gagal", "gagal"]


@dataclass
class Mailbox:
    """Keeps what is sent; ``down`` = how many times it fails first."""

    down: int = 0
    sent: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        if self.down:
            self.down -= 1
            raise OSError("server surel tidak menjawab")
        self.sent.append(message)


def mine(sent: list[EmailMessage], to: str) -> list[EmailMessage]:
    return [one for one in sent if one["To"] == to]


async def case(app: AsyncEngine, name: str, secrecy: str = "biasa") -> Deeds:
    await opened(app, name, perihal="Rencana Amat Penting", sifat=secrecy)
    async with transaction(app) as connection:
        values = {"case": name, "secrecy": secrecy}
        await connection.execute(text('UPDATE "case" SET secrecy = :secrecy WHERE id = :case'), values)
    await signed(app, name, "surat", "500.12/7/DISKOMINFO/XI/2026")
    return Deeds(app, name, {"deliver": partial(deliver)})


async def queued(app: AsyncEngine, name: str) -> list[tuple[str, str, str]]:
    return await rows(app, "SELECT recipient, channel, text FROM outbox WHERE case_id = :c AND kind = 'kabar' ORDER BY id", c=name)


async def test_each_recipient_has_an_outcome_and_a_failure_stops_nobody(app: AsyncEngine) -> None:
    deeds = await case(app, "k-semua")
    result = await deeds.do("deliver", gives=("bukti_kirim",), recipients=TABLE, letter="surat", about="Rencana Amat Penting")
    table = result.gives["bukti_kirim"]
    assert [row["hasil"] for row in table] == OUTCOMES
    assert all(row["keterangan"] for row in table if row["hasil"] in ("gagal", "dikirim-sendiri"))
    assert result.detail["gagal"] == ["Kepala Dinas Antah Berantah", "Wartawan", "Merpati"]
    assert [one[:2] for one in await queued(app, "k-semua")] == [
        ("jabatan:kepala-dinkes", "aplikasi"), ("jabatan:kepala-dinsos", "aplikasi"), ("alamat:rektor@contoh.example", "surel"),
    ]  # fmt: skip
    head = (await actor(app, "kepala-dinkes", NOW)).person
    async with app.connect() as connection:
        assert await may_read(connection, "k-semua", head, NOW)


async def test_one_who_is_named_by_his_address_alone_gets_it_there(app: AsyncEngine) -> None:
    deeds = await case(app, "k-alamat")
    sent = await deeds.do("deliver", gives=("bukti",), recipients="cv@contoh.example", channel="surel", letter="surat")
    assert [(row["penerima"], row["hasil"]) for row in sent.gives["bukti"]] == [("cv@contoh.example", "diantrekan")]
    assert [one[:2] for one in await queued(app, "k-alamat")] == [("alamat:cv@contoh.example", "surel")]


async def test_sent_again_nothing_goes_twice(app: AsyncEngine) -> None:
    deeds = await case(app, "k-ulang")
    first = await deeds.do("deliver", gives=("bukti",), recipients=TABLE, copies=TABLE[:2], letter="surat")
    assert len(first.gives["bukti"]) == len(TABLE)
    assert await deeds.do("deliver", gives=("bukti",), recipients=TABLE, letter="surat") == first
    data: dict[str, Json] = {"args": {"recipients": TABLE, "letter": "surat"}, "gives": ["bukti"]}
    async with transaction(app) as connection:  # as if the worker had died before its effect was kept, and the outbox had not
        again = await deliver(connection, ActInput("k-ulang", "langkah", 1, "k-ulang/langkah/1", "deliver", data), NOW)
    assert [row["hasil"] for row in again.gives["bukti"]] == OUTCOMES
    assert len(await queued(app, "k-ulang")) == 3


async def test_a_mail_that_fails_is_tried_again_by_the_relay(app: AsyncEngine) -> None:
    deeds = await case(app, "k-surel")
    dean = {**TABLE[2], "alamat": "dekan@contoh.example"}
    await deeds.do("deliver", recipients=[dean], letter="surat", about="Rencana Amat Penting")
    mailbox = Mailbox(down=1)
    relay = Relay(app, mailbox, "https://alur.example", "alur@kota.example")
    for _ in range(6):
        await relay.round()
    (mail,) = mine(mailbox.sent, "dekan@contoh.example")
    body = mail.get_content()
    assert "Rencana Amat Penting" in body
    assert "https://alur.example/v/" in body
    assert "/perkara/" not in body
    assert "Rencana Amat Penting" not in mail["Subject"]


async def test_no_message_of_a_secret_letter_says_what_it_is_about(app: AsyncEngine) -> None:
    deeds = await case(app, "k-rahasia", "rahasia")
    both = [*TABLE[:3], {"_id": "r9", "jabatan": "kepala-bpkd", "jalur": "surel"}]
    await deeds.do("deliver", recipients=both, letter="surat", about="Rencana Amat Penting")
    mailbox = Mailbox()
    for _ in range(4):
        await Relay(app, mailbox, "https://alur.example", "alur@kota.example").round()
    assert len(await queued(app, "k-rahasia")) == 4
    assert not [one for one in await queued(app, "k-rahasia") if "Penting" in one[2] or "500.12" in one[2]]
    assert mine(mailbox.sent, "rektor@contoh.example")
    assert not [one for one in mailbox.sent if "Amat Penting" in one.as_string()]
    notices = await rows(app, "SELECT DISTINCT text FROM notice WHERE case_id = 'k-rahasia'")
    assert notices == [("Salinan surat untuk Anda",)]


async def test_groups_are_taken_apart_and_each_unit_gets_one(app: AsyncEngine) -> None:
    deeds = await case(app, "k-edaran")
    target: list[Json] = [{"_id": "r1", "jenis_sasaran": "semua-kecamatan"}, {"_id": "r2", "jenis_sasaran": "unit", "unit": "dinkes"},
                          {"_id": "r3", "jenis_sasaran": "semua-perangkat-daerah"}]  # fmt: skip
    result = await deeds.do("deliver", gives=("daftar_penerima",), recipients=target, letter="surat", give="units")
    units = result.gives["daftar_penerima"]
    assert len(units) == len(set(units)) > 13
    assert units.count("dinkes") == 1
    assert len([unit for unit in units if unit.startswith("kecamatan-")]) == 13
    assert len(await queued(app, "k-edaran")) == len(units)
    counted = await deeds.do("deliver", "hitung", gives=("jumlah_terkirim",), recipients=["dinkes", "tidak-ada"], give="count")
    assert counted.gives == {"jumlah_terkirim": 1}


async def test_one_row_the_database_refuses_leaves_the_others(app: AsyncEngine, app_url: str, database: str) -> None:
    deeds = await case(app, "k-rusak")
    parts = make_url(database)
    owner = psycopg.connect(host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database, autocommit=True)
    owner.execute("CREATE FUNCTION rusak() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'rusak'; END $$")
    owner.execute("CREATE TRIGGER rusak BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.recipient = 'jabatan:kepala-dinsos') EXECUTE FUNCTION rusak()")
    try:
        result = await deeds.do("deliver", gives=("bukti",), recipients=TABLE[:3], letter="surat")
    finally:
        owner.execute("DROP FUNCTION rusak CASCADE")
        owner.close()
    assert [row["hasil"] for row in result.gives["bukti"]] == ["terkirim", "gagal", "diantrekan"]
    assert "Kirim sendiri" in result.gives["bukti"][1]["keterangan"]


async def test_a_wrong_argument_stops_at_once(app: AsyncEngine) -> None:
    deeds = await case(app, "k-salah")
    with pytest.raises(ApplicationError, match="pilih salah satu") as met:
        await deeds.do("deliver", recipients=TABLE, give="semua")
    assert met.value.non_retryable
