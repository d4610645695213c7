"""What pages see: the right tasks for the capacity held this minute, secrets only for those addressed, and the same cost at ten thousand tasks."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.connect import connect, transaction
from db.read import access, agenda, cases, dispositions, documents, holders, notices, organisation, tasks
from db.read.inbox import Filters, counts, inbox
from db.write import numbers, outbox
from engine.errors import NotFound
from tests.db.play import Played, actor, city
from tests.db.processes import LETTER

Owner = psycopg.Connection[tuple[object, ...]]
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


async def person_of(app: AsyncEngine, position: str) -> str:
    return (await actor(app, position, MONDAY)).person


async def opened(app: AsyncEngine, case: str, secrecy: str = "biasa") -> Played:
    await city(app, MONDAY, LETTER)
    played = Played(app, LETTER, case, MONDAY)
    await played.open(await actor(app, "konseptor-diskominfo", MONDAY), "diskominfo")
    await played.decide("konseptor-diskominfo", "konsep", "kirim", perihal=f"Rencana {case}", sifat=secrecy)
    return played


async def seen(app: AsyncEngine, person: str, at: datetime, filters: Filters | None = None) -> set[str]:
    async with app.connect() as connection:
        return {f"{entry.case_id}:{entry.instance}" for entry in (await inbox(connection, person, at, filters)).entries}


async def test_an_inbox_follows_the_seat_and_a_mandate_ends_on_the_minute(app: AsyncEngine) -> None:
    played = await opened(app, "b-plh")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    head, deputy = await person_of(app, "kepala-diskominfo"), await person_of(app, "kabid-infrastruktur")
    assert "b-plh:tanda-tangan" in await seen(app, head, MONDAY)
    at_four = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    async with transaction(app) as connection:
        await connection.execute(
            text(
                "INSERT INTO acting (id, kind, position, person, starts, ends, order_number, forbids) VALUES ('b1', 'plh', 'kepala-diskominfo', :p, :s, :e, 'SP', '{}')"
            ),
            {"p": deputy, "s": MONDAY, "e": at_four},
        )
    assert "b-plh:tanda-tangan" in await seen(app, deputy, at_four - timedelta(seconds=1))
    assert "b-plh:tanda-tangan" not in await seen(app, head, at_four - timedelta(seconds=1))
    assert "b-plh:tanda-tangan" not in await seen(app, deputy, at_four)
    assert "b-plh:tanda-tangan" in await seen(app, head, at_four)
    async with app.connect() as connection:
        known = await holders.known(connection, deputy, MONDAY)
    assert known is not None
    assert [(one.position, one.kind, one.title) for one in known.capacities] == [
        ("kabid-infrastruktur", "definitif", "Kepala Bidang Infrastruktur dan Persandian"),
        ("kepala-diskominfo", "plh", "Plh. Kepala Dinas Komunikasi dan Informatika"),
    ]
    async with app.connect() as connection:
        lines = (await inbox(connection, deputy, MONDAY)).entries
    assert {(one.capacity, one.mandate) for one in lines if one.position == "kepala-diskominfo"} == {("plh", "b1")}
    async with transaction(app) as connection:
        await connection.execute(text("UPDATE acting SET forbids = '{surat-dinas}' WHERE id = 'b1'"))
    assert "b-plh:tanda-tangan" not in await seen(app, deputy, MONDAY)
    async with transaction(app) as connection:
        await connection.execute(text("UPDATE acting SET starts = starts - interval '2 days', ends = starts - interval '1 day' WHERE id = 'b1'"))


async def test_two_posts_of_one_person_are_one_inbox(app: AsyncEngine, owner: Owner) -> None:
    await opened(app, "b-rangkap")
    both = await person_of(app, "bud")
    assert both == await person_of(app, "kepala-bpkd")
    owner.execute("INSERT INTO \"case\" (id, process, sha, title, opened_at) VALUES ('b-dua', 'p', 's', 'Dua', now())")
    for number, seat in enumerate(("bud", "kepala-bpkd", "kepala-bpkd")):
        made = owner.execute(
            "INSERT INTO task (case_id, instance, step, round, kind, opened_at, opened_seq, due) VALUES ('b-dua', %s, 'x', 1, 'task', now(), 1, %s) RETURNING id",
            (f"x{number}", MONDAY + timedelta(hours=3 - number)),
        ).fetchone()
        assert made is not None
        owner.execute("INSERT INTO task_position VALUES (%s, %s, %s)", (seat, made[0], MONDAY + timedelta(hours=3 - number)))
        if number == 2:
            owner.execute("INSERT INTO task_position VALUES ('bud', %s, %s)", (made[0], MONDAY + timedelta(hours=1)))
    async with app.connect() as connection:
        page = await inbox(connection, both, MONDAY)
        first = await inbox(connection, both, MONDAY, page=1)
        second = await inbox(connection, both, MONDAY, after=first.after, page=1)
        third = await inbox(connection, both, MONDAY, after=second.after, page=1)
        only = await inbox(connection, both, MONDAY, Filters(position="bud"))
        badge = await counts(connection, both, MONDAY + timedelta(hours=2, seconds=1))
    assert [entry.instance for entry in page.entries] == ["x2", "x1", "x0"]
    assert [p.entries[0].instance for p in (first, second, third)] == ["x2", "x1", "x0"]
    assert {entry.capacity for entry in page.entries} == {"definitif"}
    assert third.after == ""
    assert [entry.instance for entry in only.entries] == ["x2", "x0"]
    assert [(count.position, count.open, count.late) for count in badge] == [("bud", 2, 1), ("kepala-bpkd", 2, 2)]
    assert [entry.lateness(MONDAY + timedelta(hours=1, minutes=30)) for entry in page.entries] == ["lewat", "hari-ini", "hari-ini"]


async def test_a_secret_is_read_only_by_those_addressed(app: AsyncEngine) -> None:
    played = await opened(app, "b-rahasia", "rahasia")
    await opened(app, "b-biasa")
    people = {
        seat: await person_of(app, seat)
        for seat in (
            "konseptor-diskominfo",
            "ketua-tim-diskominfo",
            "kabid-aplikasi",
            "kepala-diskominfo",
            "sekda",
            "auditor-1",
            "konseptor-dinkes",
            "kepala-dinkes",
        )
    }
    async with app.connect() as connection:
        may = {
            (case, seat): await access.may_read(connection, case, who, MONDAY) for case in ("b-rahasia", "b-biasa") for seat, who in people.items()
        }
        missing = await access.may_read(connection, "tidak-ada", people["sekda"], MONDAY)
    assert {seat for (case, seat), yes in may.items() if case == "b-rahasia" and yes} == {"konseptor-diskominfo", "ketua-tim-diskominfo"}
    assert {seat for (case, seat), yes in may.items() if case == "b-biasa" and yes} == {
        "konseptor-diskominfo", "ketua-tim-diskominfo", "kabid-aplikasi", "kepala-diskominfo", "auditor-1",
    }  # fmt: skip
    assert missing is False
    async with app.connect() as connection:
        found = {
            (seat, words): [one.id for one in await cases.search(connection, who, MONDAY, cases.Query(words))]
            for seat, who in people.items() for words in ("rencana", "uji")
        }  # fmt: skip
    assert found["auditor-1", "rencana"] == ["b-biasa"] + [c for c in found["auditor-1", "rencana"] if c != "b-biasa"]
    assert all("b-rahasia" not in ids for (_, words), ids in found.items() if words == "rencana")
    assert "b-rahasia" in found["ketua-tim-diskominfo", "uji"]
    assert "b-rahasia" not in found["kepala-diskominfo", "uji"]
    assert found["konseptor-dinkes", "uji"] == []
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    async with app.connect() as connection:
        assert await access.may_read(connection, "b-rahasia", people["kepala-diskominfo"], MONDAY)


async def test_an_operator_mends_a_secret_case_without_reading_its_subject(app: AsyncEngine) -> None:
    from engine import acts

    played = await opened(app, "b-perbaikan", "rahasia")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    await played.decide("kepala-diskominfo", "tanda-tangan", "tandatangani")
    key = f"b-perbaikan/tanda-tangan/{played.state.steps['tanda-tangan'].round}"
    await played.commit(acts.failed(LETTER, played.state, "tanda-tangan", 1, key, "layanan-mati", "layanan mati", 8, MONDAY))
    operator = await person_of(app, "operator-alur")
    async with app.connect() as connection:
        mine = [entry for entry in (await inbox(connection, operator, MONDAY)).entries if entry.case_id == "b-perbaikan"]
        assert [(entry.kind, entry.subject, entry.secrecy) for entry in mine] == [("repair", "", "rahasia")]
        assert not await access.may_read(connection, "b-perbaikan", operator, MONDAY)


async def test_a_case_its_trail_people_and_disposition_are_read_back(app: AsyncEngine) -> None:
    played = await opened(app, "b-baca")
    await played.decide("ketua-tim-diskominfo", "paraf", "paraf")
    await played.decide("kepala-diskominfo", "tanda-tangan", "tandatangani")
    await played.finish("tanda-tangan")
    await played.finish("lembar-terbit")
    receivers = [{"position": "kabid-aplikasi", "role": "utama", "instructions": ["tanggapi"], "due": "2026-11-24"}]
    await played.decide("kepala-diskominfo", "disposisi", "disposisikan", branches=receivers)
    async with app.connect() as connection:
        case = await cases.case(connection, "b-baca")
        lines = await cases.trail(connection, "b-baca")
        people = await cases.people_in_case(connection, "b-baca")
        tree = await dispositions.dispositions(connection, "b-baca")
        one = await tasks.latest_task(connection, "b-baca", "disposisi#1")
        assert await cases.case_id_of(connection, case.no) == "b-baca"
        with pytest.raises(NotFound):
            await tasks.task(connection, 10**12)
    assert (case.subject, case.form["perihal"], case.version) == ("Rencana b-baca", "Rencana b-baca", played.state.version)
    assert [line.event for line in lines] == played.events
    assert [person.position for person in people] == ["konseptor-diskominfo", "ketua-tim-diskominfo", "kepala-diskominfo"]
    assert [(b.position, b.title, b.given_by) for b in tree] == [("kabid-aplikasi", "Kepala Bidang Aplikasi Informatika", "kepala-diskominfo")]
    assert one is not None
    assert tree[0].task == one.id
    assert one.positions == ("kabid-aplikasi",)
    assert tree[0].late(MONDAY + timedelta(days=2))


async def test_the_agenda_shows_of_a_secret_letter_number_and_sender_only(app: AsyncEngine, owner: Owner) -> None:
    await opened(app, "b-agenda")
    for case, secrecy in (("ag-1", "biasa"), ("ag-2", "rahasia")):
        form = {"pengirim": f"Instansi {case}", "nomor_surat": "12/A", "tanggal_surat": "2026-11-20", "urgensi": "segera"}
        owner.execute(
            'INSERT INTO "case" (id, process, sha, title, subject, secrecy, opened_at, form) VALUES (%s, %s, %s, %s, %s, %s, now(), %s)',
            (case, "surat-masuk-disposisi", "s", "Surat masuk", f"Hal {case}", secrecy, json.dumps(form)),
        )
        async with transaction(app) as connection:
            await numbers.reserve(connection, case, "DISKOMINFO", "agenda_masuk", MONDAY, "{nomor_agenda}/{tahun}", {}, case, zone="Asia/Jakarta")
    clerk = await person_of(app, "persuratan-dinkes")
    async with app.connect() as connection:
        shown = await agenda.agenda(connection, "DISKOMINFO", "agenda_masuk", 2026, clerk, MONDAY)
        searched = await agenda.agenda(connection, "DISKOMINFO", "agenda_masuk", 2026, clerk, MONDAY, agenda.Filters("Hal ag-2"))
        by_sender = await agenda.agenda(connection, "DISKOMINFO", "agenda_masuk", 2026, clerk, MONDAY, agenda.Filters("instansi AG-2"))
        older = await agenda.agenda(connection, "DISKOMINFO", "agenda_masuk", 2026, clerk, MONDAY, before=2)
        books = await agenda.registers(connection, ["DISKOMINFO"])
    assert [(row.number, row.sender, row.subject, row.case_id, row.urgency) for row in shown] == [
        ("2/2026", "Instansi ag-2", "", "", ""), ("1/2026", "Instansi ag-1", "Hal ag-1", "ag-1", "segera"),
    ]  # fmt: skip
    assert searched == []
    assert [row.number for row in by_sender] == ["2/2026"]
    assert [row.serial for row in older] == [1]
    assert ("agenda_masuk", 2026, 2) in {(book.register, book.year, book.last) for book in books}


async def test_the_public_check_knows_only_what_is_signed_and_hides_a_secret(app: AsyncEngine, owner: Owner) -> None:
    await opened(app, "b-umum")
    for number, secrecy, status in ((1, "biasa", "ditandatangani"), (2, "rahasia", "ditandatangani"), (3, "biasa", "konsep")):
        sha = str(number) * 64
        owner.execute(
            "INSERT INTO \"case\" (id, process, sha, title, subject, secrecy, opened_at) VALUES (%s, 'p', 's', 'T', 'Hal', %s, now())",
            (f"v{number}", secrecy),
        )
        owner.execute("INSERT INTO stored_file (sha, size, mime) VALUES (%s, 1, 'application/pdf')", (sha,))
        owner.execute(
            "INSERT INTO document (id, case_id, code, kind, title, status, secrecy, verify_code, signed_sha, verdict, made_at, signed_at) "
            "VALUES (%s, %s, 'surat', 'surat-dinas', 'Surat', %s, %s, %s, %s, '{}', now(), now())",
            (f"doc{number}", f"v{number}", status, secrecy, f"KODE{number}", sha if status != "konsep" else None),
        )
    async with app.connect() as connection:
        plain = await documents.public_document(connection, "kode1")
        secret = await documents.public_document(connection, "KODE2")
        by_file = await documents.public_document_of_file(connection, "1" * 64)
        with pytest.raises(NotFound):
            await documents.public_document(connection, "KODE3")
        with pytest.raises(NotFound):
            await documents.public_document_of_file(connection, "9" * 64)
    assert (plain.subject, plain.file) == ("Hal", "1" * 64)
    assert (secret.subject, secret.file) == ("", "")
    assert by_file == plain


async def test_pickers_and_lines_of_the_organisation(app: AsyncEngine) -> None:
    await city(app, MONDAY, LETTER)
    async with app.connect() as connection:
        below = [seat.code for seat in await organisation.subordinates(connection, "kepala-diskominfo", MONDAY)]
        assert await organisation.is_below(connection, "konseptor-diskominfo", "kepala-diskominfo")
        assert not await organisation.is_below(connection, "kepala-dinkes", "kepala-diskominfo")
        picked = await organisation.pick_positions(connection, "bidang aplikasi", MONDAY)
        by_name = await organisation.pick_positions(connection, "Rina Kartika", MONDAY)
        vacant = (await organisation.seats(connection, ["kabid-disnaker-hubungan"], MONDAY))[0]
        plt = (await organisation.seats(connection, ["kepala-dispora"], MONDAY))[0]
        who = await organisation.person(connection, by_name[0].person)
        assert who is not None
        assert await organisation.person_by_nip(connection, who.nip) == who
        assert await organisation.person_by_nip(connection, "199002282015031999") is None
        value = await organisation.parameter(connection, "batas_kuasa_bud", MONDAY)
        codes = await organisation.pick_classifications(connection, "cuti tahunan")
        mandates = await organisation.mandates_to(connection, "sekda", MONDAY)
    assert below[:4] == ["kabid-aplikasi", "kabid-informasi", "kabid-infrastruktur", "pejabat-pdp"] or set(below) >= {
        "kabid-aplikasi",
        "konseptor-diskominfo",
    }
    assert "kepala-diskominfo" not in below
    assert picked[0].code == "kabid-aplikasi"
    assert by_name[0].code == "konseptor-diskominfo"
    assert (vacant.person, vacant.holder) == ("", "")
    assert plt.title.startswith("Plt. Kepala Dinas Pemuda")
    assert value is not None
    assert value.value == "200000000"
    assert codes == [("800.1.11.4", "Cuti tahunan")]
    assert {(m.form, m.from_position) for m in mandates} == {("an", "wali-kota")}


async def test_the_outbox_reaches_whoever_sits_there_now_once(app: AsyncEngine) -> None:
    played = await opened(app, "b-kabar")
    await played.late(days=9)
    async with transaction(app) as connection:
        waiting = [one for one in await outbox.take(connection, 500) if one.case_id == "b-kabar"]
        reached = await outbox.people(connection, waiting, MONDAY)
        chief, head = await person_of(app, "ketua-tim-diskominfo"), await person_of(app, "kepala-diskominfo")
        by_kind = {(one.kind, who.person) for one in waiting for who in reached if who.id == one.id}
        assert {("tugas-baru", chief), ("terlambat", chief), ("eskalasi", head)} <= by_kind
        for one in waiting:
            for who in (who for who in reached if who.id == one.id and one.channel == "aplikasi"):
                await outbox.put_notice(connection, one, who.person, MONDAY)
                await outbox.put_notice(connection, one, who.person, MONDAY)
        await outbox.delivered(connection, [one.id for one in waiting], MONDAY)
        told = await notices.notices(connection, head)
    assert [(note.kind, note.title) for note in told if note.case_id == "b-kabar"] == [("eskalasi", "Surat uji"), ("terlambat", "Surat uji")]
    async with transaction(app) as connection:
        assert [one for one in await outbox.take(connection, 500) if one.case_id == "b-kabar"] == []


async def test_the_first_page_touches_as_many_rows_at_ten_thousand_tasks_as_at_a_hundred(app_url: str, app: AsyncEngine, owner: Owner) -> None:
    """By rows the plan reads, on the fiftieth run of one connection (the trap of generic plans), not by time."""
    await city(app, MONDAY, LETTER)
    owner.execute("INSERT INTO \"case\" (id, process, sha, title, opened_at) VALUES ('b-banyak', 'p', 's', 'Banyak', now()) ON CONFLICT DO NOTHING")
    for seat, many in (("camat-benda", 100), ("camat-pinang", 10_000)):
        owner.execute(
            "WITH made AS (INSERT INTO task (case_id, instance, step, round, kind, opened_at, opened_seq, due) "
            "SELECT 'b-banyak', %s || n, 'x', 1, 'task', now(), 1, now() + n * interval '1 minute' FROM generate_series(1, %s) n RETURNING id, due) "
            "INSERT INTO task_position (position, task_id, due) SELECT %s, id, due FROM made",
            (seat, many, seat),
        )
    owner.execute("ANALYZE task, task_position")
    pages = connect(app_url, pages=True)
    read: dict[str, int] = {}
    async with pages.connect() as connection:
        for seat in ("camat-benda", "camat-pinang"):
            who = await person_of(app, seat)
            for _ in range(50):
                page = await inbox(connection, who, MONDAY)
            assert len(page.entries) == 50
            read[seat] = await _buffers(connection, who)
        generic = await connection.execute(text("SELECT coalesce(sum(generic_plans), 0) FROM pg_prepared_statements"))
        assert generic.scalar_one() == 0
    await pages.dispose()
    assert read["camat-pinang"] <= 1.5 * read["camat-benda"], read


async def _buffers(connection: object, person: str) -> int:
    """Shared buffers the page query touches."""
    from sqlalchemy import event
    from sqlalchemy.ext.asyncio import AsyncConnection

    assert isinstance(connection, AsyncConnection)

    def explain(_c: object, _cur: object, statement: str, parameters: object, _ctx: object, _many: object) -> tuple[str, object]:
        return f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters

    from db.read import inbox as module

    sync = connection.sync_connection
    event.listen(sync, "before_cursor_execute", explain, retval=True)
    try:
        values = {"person": person, "now": MONDAY, "due": "-infinity", "id": 0, "limit": 51}
        plan = (await connection.execute(text(module._PAGE.format(filters="", seat="")), values)).scalar_one()
    finally:
        event.remove(sync, "before_cursor_execute", explain)
    top = plan[0]["Plan"]
    return int(top["Shared Hit Blocks"]) + int(top["Shared Read Blocks"])
