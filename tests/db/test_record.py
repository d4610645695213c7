"""``record``: the trail, the inbox and the case move together or not at all, once, and only for who may act."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import transaction
from db.read.trail_check import verify
from db.write import numbers
from db.write.record import RecordGap, record
from db.write.trail import TrailForked
from engine.errors import MandateEnded, NotAllowed, OwnRequest, RecipientInvalid, Refusal, TaskClosed, WrongCapacity
from engine.events import Actor, Event, Json
from engine.trail import event_to_json
from forms import canonical
from tests.db.play import Played, actor, city
from tests.db.processes import LETTER

Owner = psycopg.Connection[tuple[object, ...]]
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


async def opened(app: AsyncEngine, case: str) -> Played:
    await city(app, MONDAY, LETTER)
    played = Played(app, LETTER, case, MONDAY)
    await played.open(await actor(app, "konseptor-diskominfo", MONDAY), "diskominfo")
    return played


async def rows(app: AsyncEngine, query: str, **values: object) -> list[tuple[object, ...]]:
    async with app.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query), values)]


async def inbox(app: AsyncEngine, case: str) -> set[tuple[object, ...]]:
    query = "SELECT t.instance, t.round, p.position FROM task t JOIN task_position p ON p.task_id = t.id WHERE t.case_id = :case"
    return set(await rows(app, query, case=case))


async def test_a_letter_goes_from_draft_to_file_and_every_view_of_it_agrees(app: AsyncEngine) -> None:
    played = await opened(app, "c-jalan")
    assert await inbox(app, "c-jalan") == {("konsep", 1, "konseptor-diskominfo")}
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Permohonan data", sifat="biasa")
    assert await inbox(app, "c-jalan") == {("paraf", 1, "ketua-tim-diskominfo")}
    await played.decide("ketua-tim-diskominfo", "paraf", "kembalikan", "Perbaiki tanggal")
    assert await inbox(app, "c-jalan") == {("konsep", 2, "konseptor-diskominfo")}
    await played.decide("konseptor-diskominfo", "konsep", "kirim")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    await played.decide("kepala-diskominfo", "tanda-tangan", "tandatangani")
    assert await inbox(app, "c-jalan") == set()
    assert await rows(app, "SELECT status FROM task WHERE case_id = 'c-jalan' AND step = 'tanda-tangan'") == [("claimed",)]
    await played.finish("tanda-tangan")
    assert await rows(app, "SELECT status FROM task WHERE case_id = 'c-jalan' AND step = 'tanda-tangan'") == [("done",)]
    await played.finish("lembar-terbit")
    await played.decide("kepala-diskominfo", "disposisi", "disposisikan", penerima=_receivers())
    assert await inbox(app, "c-jalan") == {
        ("disposisi#1", 1, "kabid-aplikasi"), ("disposisi#2", 1, "kabid-infrastruktur"), ("disposisi#3", 1, "kabid-informasi"),
    }  # fmt: skip
    await played.decide("kabid-infrastruktur", "disposisi#2", "baca")
    await played.decide("kabid-infrastruktur", "disposisi#2", "lapor", "Data disiapkan")
    await played.decide("kabid-aplikasi", "disposisi#1", "lapor", "Selesai")
    await played.decide("persuratan-diskominfo", "jawaban", "dijawab")
    await played.decide("arsiparis-diskominfo", "berkaskan", "berkaskan")
    assert await inbox(app, "c-jalan") == set()
    assert await rows(app, "SELECT status, result, subject FROM \"case\" WHERE id = 'c-jalan'") == [("ended", "selesai", "Permohonan data")]
    assert played.folded() == played.state
    assert await rows(app, "SELECT count(*) FROM trail WHERE case_id = 'c-jalan'") == [(len(played.events),)]


def _receivers() -> Json:
    return [
        {"_id": "r1", "pejabat": "kabid-aplikasi", "peran": "utama", "instruksi": ["tanggapi"], "batas_waktu": "2026-11-25"},
        {"_id": "r2", "pejabat": "kabid-infrastruktur", "peran": "pendukung", "instruksi": ["tanggapi"], "batas_waktu": "2026-11-24"},
        {"_id": "r3", "pejabat": "kabid-informasi", "peran": "tembusan", "instruksi": ["pelajari"], "batas_waktu": "2026-11-25"},
    ]  # fmt: skip


async def test_a_disposition_is_asked_answered_passed_on_and_withdrawn(app: AsyncEngine) -> None:
    played = await opened(app, "c-disposisi")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    await played.decide("kepala-diskominfo", "tanda-tangan", "tandatangani")
    await played.finish("tanda-tangan")
    await played.finish("lembar-terbit")
    await played.decide("kepala-diskominfo", "disposisi", "disposisikan", penerima=_receivers())
    await played.decide("kabid-aplikasi", "disposisi#1", "minta-penjelasan", "Data yang mana?")
    assert ("disposisi#1", 1, "kepala-diskominfo") in await inbox(app, "c-disposisi")
    await played.decide("kepala-diskominfo", "disposisi#1", "jawab", "Data aplikasi")
    assert ("disposisi#1", 1, "kabid-aplikasi") in await inbox(app, "c-disposisi")
    further = [{"position": "ketua-tim-diskominfo", "role": "utama", "instructions": ["tanggapi"], "due": "2026-11-25"}]
    await played.decide("kabid-aplikasi", "disposisi#1", "teruskan", branches=further)
    assert ("disposisi#4", 1, "ketua-tim-diskominfo") in await inbox(app, "c-disposisi")
    await played.decide("kabid-infrastruktur", "disposisi#2", "tolak", "Bukan tugas kami")
    assert ("disposisi#2", 1, "kepala-diskominfo") in await inbox(app, "c-disposisi")
    await played.decide("kepala-diskominfo", "disposisi#2", "ambil-alih", "Saya kerjakan sendiri")
    await played.decide("kepala-diskominfo", "disposisi#3", "tarik", "Keliru")
    shown = await rows(
        app, "SELECT branch, parent, status, given_by, due IS NOT NULL FROM disposition_branch WHERE case_id = 'c-disposisi' ORDER BY branch"
    )
    assert shown == [
        (1, 0, "passed", "kepala-diskominfo", True), (2, 0, "reported", "kepala-diskominfo", True), (3, 0, "withdrawn", "kepala-diskominfo", True),
        (4, 1, "sent", "kabid-aplikasi", True),
    ]  # fmt: skip
    assert await inbox(app, "c-disposisi") == {("disposisi#1", 1, "kabid-aplikasi"), ("disposisi#4", 1, "ketua-tim-diskominfo")}
    with pytest.raises(RecipientInvalid, match="tidak-ada"):
        await played.decide(
            "ketua-tim-diskominfo", "disposisi#4", "teruskan", branches=[{"position": "tidak-ada", "role": "utama", "due": "2026-11-25"}]
        )


async def test_a_signature_that_failed_puts_the_task_back_to_the_signer(app: AsyncEngine) -> None:
    played = await opened(app, "c-tte")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    await played.decide("kepala-diskominfo", "tanda-tangan", "tandatangani")
    step = played.state.steps["tanda-tangan"]
    refused = Event(played.state.seq + 1, MONDAY, "sign-refused", "tanda-tangan", step.round, data={"cause": "bad_secret", "message": ""})
    await played.commit([refused])
    assert await inbox(app, "c-tte") == {("tanda-tangan", 1, "kepala-diskominfo")}
    assert await rows(app, "SELECT status, person FROM task WHERE case_id = 'c-tte' AND step = 'tanda-tangan'") == [("offered", None)]
    await played.decide("kepala-diskominfo", "tanda-tangan", "tandatangani")
    await played.finish("tanda-tangan")
    assert await rows(app, "SELECT status FROM task WHERE case_id = 'c-tte' AND step = 'tanda-tangan'") == [("done",)]


async def test_lateness_reminds_then_escalates_to_who_may_act_too(app: AsyncEngine) -> None:
    played = await opened(app, "c-telat")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    due = await rows(app, "SELECT due FROM task WHERE case_id = 'c-telat' AND step = 'paraf'")
    assert due == [(datetime(2026, 11, 24, 9, 0, tzinfo=UTC),)]
    await played.late(days=10)
    assert await inbox(app, "c-telat") == {("paraf", 1, "ketua-tim-diskominfo"), ("paraf", 1, "kepala-diskominfo")}
    told = await rows(app, "SELECT DISTINCT kind FROM outbox WHERE case_id = 'c-telat'")
    assert {kind for (kind,) in told} == {"tugas-baru", "terlambat", "eskalasi"}
    await played.decide("kepala-diskominfo", "paraf", "paraf")
    assert played.folded() == played.state


async def test_a_pause_leaves_the_task_where_it_is(app: AsyncEngine) -> None:
    played = await opened(app, "c-jeda")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    await played.decide("ketua-tim-diskominfo", "paraf", "tanya", "Mohon data")
    assert await inbox(app, "c-jeda") == {("paraf", 1, "ketua-tim-diskominfo")}
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    assert await inbox(app, "c-jeda") == {("tanda-tangan", 1, "kepala-diskominfo")}


async def test_recording_the_same_batch_again_changes_nothing_and_answers_the_same(app: AsyncEngine) -> None:
    played = await opened(app, "c-ulang")
    who = await actor(app, "konseptor-diskominfo", MONDAY)
    from engine.advance import follow

    _, batch = follow(LETTER, played.state, played.act(who, "konsep", "kirim", perihal="Surat", sifat="biasa"), MONDAY)
    sent = [event_to_json(event) for event in batch]
    first = await record(app, "c-ulang", sent)
    counts = "SELECT (SELECT count(*) FROM trail), (SELECT count(*) FROM task), (SELECT count(*) FROM outbox), (SELECT last_seq FROM \"case\" WHERE id = 'c-ulang')"
    before = await rows(app, counts)
    again = await record(app, "c-ulang", sent)
    assert again == first
    assert again.events[0]["data"]["positions"] == ["ketua-tim-diskominfo"]
    assert await rows(app, counts) == before


async def test_two_at_once_write_one_batch(app: AsyncEngine) -> None:
    played = await opened(app, "c-serempak")
    who = await actor(app, "konseptor-diskominfo", MONDAY)
    from engine.advance import follow

    _, batch = follow(LETTER, played.state, played.act(who, "konsep", "kirim", perihal="Surat", sifat="biasa"), MONDAY)
    sent = [event_to_json(event) for event in batch]
    answers = await asyncio.gather(*(record(app, "c-serempak", sent) for _ in range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert await rows(app, "SELECT count(*) FROM trail WHERE case_id = 'c-serempak' AND kind = 'decided'") == [(1,)]


async def test_a_gap_is_tried_again_and_a_fork_is_not(app: AsyncEngine) -> None:
    played = await opened(app, "c-celah")
    ahead = event_to_json(Event(9, MONDAY, "noted", data={"text": "jauh di depan"}))
    with pytest.raises(RecordGap):
        await record(app, "c-celah", [ahead])
    with pytest.raises(RecordGap):
        await record(app, "c-belum-ada", [ahead])
    other = event_to_json(Event(1, MONDAY, "noted", data={"text": "lain"}))
    with pytest.raises(TrailForked):
        await record(app, "c-celah", [other])
    assert await rows(app, "SELECT count(*) FROM trail WHERE case_id = 'c-celah'") == [(len(played.events),)]


async def test_one_person_may_not_close_what_excludes_him_even_by_raw_sql(app: AsyncEngine, owner: Owner) -> None:
    played = await opened(app, "c-rangkap")
    drafter = await actor(app, "konseptor-diskominfo", MONDAY)
    async with transaction(app) as connection:
        await connection.execute(
            text(
                "INSERT INTO acting (id, kind, position, person, starts, ends, order_number) VALUES ('a-rangkap', 'plh', 'ketua-tim-diskominfo', :p, :s, :e, 'SP 1')"
            ),
            {"p": drafter.person, "s": MONDAY - timedelta(hours=1), "e": MONDAY + timedelta(hours=4)},
        )
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    as_head = await actor(app, "ketua-tim-diskominfo", MONDAY)
    assert as_head.person == drafter.person
    with pytest.raises(OwnRequest):
        played.act(as_head, "paraf", "paraf")
    data = {"outcome": "paraf", "effect": "next", "target": ""}
    forced = Event(played.state.seq + 1, MONDAY, "decided", "paraf", 1, as_head, "paksa", data)
    with pytest.raises(OwnRequest):
        await played.commit([forced])
    assert await inbox(app, "c-rangkap") == {("paraf", 1, "ketua-tim-diskominfo")}
    assert await rows(app, "SELECT last_seq FROM \"case\" WHERE id = 'c-rangkap'") == [(played.state.seq,)]
    with pytest.raises(psycopg.errors.CheckViolation, match="separation of duties"):
        owner.execute(
            "UPDATE task SET status = 'done', outcome = 'paraf', person = %s, closed_at = now() WHERE case_id = 'c-rangkap' AND step = 'paraf'",
            (drafter.person,),
        )
    async with transaction(app) as connection:
        await connection.execute(text("UPDATE acting SET ends = :e WHERE id = 'a-rangkap'"), {"e": MONDAY})


async def test_a_plh_may_act_until_the_minute_his_mandate_ends(app: AsyncEngine) -> None:
    played = await opened(app, "c-plh")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    head = await actor(app, "kepala-diskominfo", MONDAY)
    deputy = (await actor(app, "kabid-infrastruktur", MONDAY)).person
    ends = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    async with transaction(app) as connection:
        await connection.execute(
            text(
                "INSERT INTO acting (id, kind, position, person, starts, ends, order_number) VALUES ('plh-1', 'plh', 'kepala-diskominfo', :p, :s, :e, 'SP 2')"
            ),
            {"p": deputy, "s": MONDAY, "e": ends},
        )
    played.now = ends - timedelta(minutes=5)
    with pytest.raises(WrongCapacity):
        await played.commit(played.act(head, "tanda-tangan", "tandatangani"))
    plh = await actor(app, "kepala-diskominfo", played.now)
    assert (plh.person, plh.capacity, plh.mandate) == (deputy, "plh", "plh-1")
    played.now = ends
    with pytest.raises(MandateEnded):
        await played.commit(played.act(plh, "tanda-tangan", "tandatangani"))
    played.now = ends - timedelta(seconds=1)
    await played.commit(played.act(plh, "tanda-tangan", "tandatangani"))
    assert await rows(app, "SELECT capacity, mandate FROM trail WHERE case_id = 'c-plh' AND kind = 'decided' AND step = 'tanda-tangan'") == [
        ("plh", "plh-1")
    ]


async def test_the_form_sent_with_a_decision_is_merged_or_nothing_is(app: AsyncEngine) -> None:
    played = await opened(app, "c-isian")
    whole: dict[str, Json] = {"perihal": "Undangan", "sifat": "rahasia", "isi": "<p>Isi penuh</p>"}
    sha = canonical.sha256(whole)
    with pytest.raises(Refusal, match="tidak ditemukan"):
        await played.decide("konseptor-diskominfo", "konsep", "kirim", filled={"id": "tidak-ada", "sha": sha}, sifat="rahasia")
    async with transaction(app) as connection:
        await connection.execute(
            text("INSERT INTO submission (id, person, values, sha) VALUES ('s1', 'p', CAST(:v AS jsonb), :sha)"),
            {"v": canonical.text(whole), "sha": sha},
        )
    await played.decide("konseptor-diskominfo", "konsep", "kirim", filled={"id": "s1", "sha": sha}, sifat="rahasia")
    case = await rows(app, "SELECT form->>'isi', secrecy, subject, form_seq, words @@ 'undangan' FROM \"case\" WHERE id = 'c-isian'")
    decided = next(event.seq for event in played.events if event.kind == "decided")
    assert case == [("<p>Isi penuh</p>", "rahasia", "Undangan", decided, False)]


async def test_a_closed_task_stays_closed(app: AsyncEngine) -> None:
    played = await opened(app, "c-tutup")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    who = await actor(app, "konseptor-diskominfo", MONDAY)
    data = {"outcome": "kirim", "effect": "next", "target": ""}
    late = Event(played.state.seq + 1, MONDAY, "decided", "konsep", 1, who, "terlambat", data)
    recorded = await record(app, "c-tutup", [event_to_json(late)])
    assert recorded.refused is not None
    assert recorded.refused.code == TaskClosed.code


async def test_an_empty_seat_falls_to_the_superior_and_the_trail_says_so(app: AsyncEngine, owner: Owner) -> None:
    await city(app, MONDAY, LETTER)
    owner.execute("UPDATE incumbency SET ends = '2026-11-01T00:00:00Z' WHERE position = 'ketua-tim-dinkes'")
    played = Played(app, LETTER, "c-kosong", MONDAY)
    await played.open(await actor(app, "konseptor-dinkes", MONDAY), "dinkes")
    await played.decide("konseptor-dinkes", "konsep", "kirim", perihal="Surat", sifat="biasa")
    assert await inbox(app, "c-kosong") == {("paraf", 1, "ketua-tim-dinkes"), ("paraf", 1, "kabid-dinkes-pelayanan")}
    assert await rows(app, "SELECT body::jsonb->'data'->>'vacant' FROM trail WHERE case_id = 'c-kosong' AND step = 'paraf'") == [("true",)]


def test_nobody_changes_the_trail(owner: Owner, app_url: str) -> None:
    for statement in ("UPDATE trail SET name = 'lain'", "DELETE FROM trail", "TRUNCATE trail"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
            owner.execute(statement)
        with psycopg.connect(app_url.replace("postgresql+psycopg", "postgresql")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


async def test_an_outsider_acts_only_in_his_own_case(app: AsyncEngine) -> None:
    played = await opened(app, "c-luar")
    stranger = Actor("luar:warga-1", capacity="pihak-luar", name="Warga")
    data = {"outcome": "kirim", "effect": "next", "target": ""}
    recorded = await record(app, "c-luar", [event_to_json(Event(played.state.seq + 1, MONDAY, "decided", "konsep", 1, stranger, "x", data))])
    assert recorded.refused is not None
    assert recorded.refused.code == "tidak-berhak"


async def test_one_changed_byte_in_the_trail_is_found_and_named(app: AsyncEngine, owner: Owner) -> None:
    played = await opened(app, "c-sidik")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    async with app.connect() as connection:
        sound = await verify(connection, "c-sidik")
    assert (sound.sound, sound.events, sound.unchecked) == (True, len(played.events), "")
    for tamper, column in (
        ("name = 'Orang Lain'", "name"), ("at = at + interval '1 second'", "at"), ("outcome", "body"), ("hash = repeat('0', 64)", "hash"),
    ):  # fmt: skip
        change = tamper if "=" in tamper else 'body = replace(body, \'"outcome":"kirim"\', \'"outcome":"kirin"\')'
        owner.execute("SET session_replication_role = replica")
        owner.execute(f"UPDATE trail SET {change} WHERE case_id = 'c-sidik' AND kind = 'decided' AND step = 'konsep'")
        owner.execute("SET session_replication_role = origin")
        async with app.connect() as connection:
            found = await verify(connection, "c-sidik")
        seq = next(event.seq for event in played.events if event.kind == "decided")
        assert (found.sound, found.seq, found.column) == (False, seq, column), tamper
        await _restore(app, owner, played)


async def _restore(app: AsyncEngine, owner: Owner, played: Played) -> None:
    from db.chain import GENESIS
    from db.write.trail import rows as made

    for row in made(played.case, played.events, GENESIS)[0]:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "UPDATE trail SET name = %s, at = %s, body = %s, hash = %s WHERE case_id = %s AND seq = %s",
            (row["name"], row["at"], row["body"], row["hash"], played.case, row["seq"]),
        )
        owner.execute("SET session_replication_role = origin")
    async with app.connect() as connection:
        assert (await verify(connection, played.case)).sound


async def test_a_cut_tail_and_a_false_inbox_are_found(app: AsyncEngine, owner: Owner) -> None:
    played = await opened(app, "c-potong")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    owner.execute("UPDATE task SET status = 'gone', closed_at = now() WHERE case_id = 'c-potong' AND step = 'paraf'")
    async with app.connect() as connection:
        assert (await verify(connection, "c-potong")).column == "task"
    owner.execute("SET session_replication_role = replica")
    owner.execute("DELETE FROM trail WHERE case_id = 'c-potong' AND seq = %s", (played.state.seq,))
    owner.execute("SET session_replication_role = origin")
    async with app.connect() as connection:
        found = await verify(connection, "c-potong")
    assert (found.sound, found.column) == (False, "hash")


async def test_a_task_is_handed_to_another_seat_that_exists(app: AsyncEngine) -> None:
    from engine.withdraw import nudge, reassign

    played = await opened(app, "c-alih")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal="Surat", sifat="biasa")
    head = await actor(app, "kabid-aplikasi", MONDAY)
    with pytest.raises(RecipientInvalid, match="jabatan-hantu"):
        await played.commit(reassign(played.state, head, "paraf", 1, ("jabatan-hantu",), "Beban", "r-alih-1", MONDAY))
    below = await actor(app, "konseptor-diskominfo", MONDAY)
    with pytest.raises(NotAllowed, match="atasan pemegang"):
        await played.commit(reassign(played.state, below, "paraf", 1, ("pejabat-pdp",), "Beban", "r-alih-0", MONDAY))
    await played.commit(reassign(played.state, head, "paraf", 1, ("pejabat-pdp",), "Beban", "r-alih-2", MONDAY))
    assert await inbox(app, "c-alih") == {("paraf", 1, "pejabat-pdp")}
    await played.commit(nudge(played.state, head, "paraf", 1, "r-alih-3", MONDAY))
    stranger = await actor(app, "konseptor-dinkes", MONDAY)
    with pytest.raises(NotAllowed):
        await played.commit(nudge(played.state, stranger, "paraf", 1, "r-alih-4", MONDAY + timedelta(days=1)))
    await played.decide("pejabat-pdp", "paraf", "paraf")
    assert await inbox(app, "c-alih") == {("tanda-tangan", 1, "kepala-diskominfo")}
    assert played.folded() == played.state


async def test_a_note_of_a_refusal_stands_in_the_trail_and_changes_nothing_else(app: AsyncEngine) -> None:
    played = await opened(app, "c-catat")
    before = await inbox(app, "c-catat")
    who = await actor(app, "konseptor-dinkes", MONDAY)
    await played.commit([Event(played.state.seq + 1, MONDAY, "refused", "konsep", 1, who, "", {"code": "pemisahan-tugas", "outcome": "kirim"})])
    assert await inbox(app, "c-catat") == before
    assert await rows(app, "SELECT kind FROM trail WHERE case_id = 'c-catat' ORDER BY seq DESC LIMIT 1") == [("refused",)]
    assert await rows(app, "SELECT count(*) FROM case_reader WHERE case_id = 'c-catat' AND position = 'konseptor-dinkes'") == [(0,)]


async def test_a_case_that_ends_leaves_no_number_reserved(app: AsyncEngine) -> None:
    """The signature failed, the letter was sent back and never signed: its number stays in the register, void and with the reason; an issued one stays issued."""
    played = await opened(app, "c-nomor")
    async with transaction(app) as connection:
        for key in ("c-nomor/surat", "c-nomor/lembar"):
            await numbers.reserve(connection, key, "DISKOMINFO", "surat_keluar", MONDAY, "{urut}", case_id="c-nomor", zone="Asia/Jakarta")
        await numbers.issue(connection, "c-nomor/lembar", MONDAY)
    await played.decide("konseptor-diskominfo", "konsep", "batal", "Tidak jadi.")
    found = await rows(app, "SELECT key, state, reason FROM number WHERE case_id = 'c-nomor' ORDER BY key")
    assert found == [("c-nomor/lembar", "TERBIT", None), ("c-nomor/surat", "BATAL", numbers.UNUSED)]
