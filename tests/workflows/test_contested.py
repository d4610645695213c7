"""Two people at once, a stand-in who may not, a text that changed under the pen, the same letter twice: one wins, the other reads why."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
import pytest_asyncio
from sqlalchemy import text
from ulid import ULID

from db import files
from db.connect import transaction
from db.desk import uploads
from db.office.holding import appoint_acting, end_acting
from embedded.temporal import Temporal
from engine.errors import (
    ActingForbidden,
    AlreadyRecorded,
    BadSecret,
    FieldsInvalid,
    NotAllowed,
    Refusal,
    RemindedToday,
    StaleVersion,
    TaskClosed,
    WrongCapacity,
)
from engine.scenario import dated
from engine.trail import actor_to_json
from tests.workflows.running import City, city
from tests.workflows.telling import OFFICE
from workflows.contracts import Reassignment, Receipt, Reminder, Withdrawal
from workflows.ketatausahaan.surat_keluar_tte.scenarios import KONSEP
from workflows.ketatausahaan.surat_masuk_disposisi.scenarios import SURAT, kepada

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="module")]
REGISTRAR, HEAD, DRAFTER = "persuratan-diskominfo", "kepala-diskominfo", "konseptor-diskominfo"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(database: str, temporal_server: Temporal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    async with city(database, temporal_server.address, tmp_path_factory.mktemp("kota")) as made:
        yield made


async def both(*acts: Awaitable[Receipt]) -> tuple[list[Receipt], list[Refusal]]:
    """All at once: who got through, and what the others were told."""
    done = await asyncio.gather(*acts, return_exceptions=True)
    assert all(isinstance(one, (Receipt, Refusal)) for one in done), done
    return [one for one in done if isinstance(one, Receipt)], [one for one in done if isinstance(one, Refusal)]


def letter(number: str) -> dict[str, Any]:
    return {**dated(SURAT, datetime.now(UTC), "Asia/Jakarta"), "nomor_surat": number}


def receivers(*rows: tuple[str, str]) -> dict[str, Any]:
    return dict(dated(kepada(*rows), datetime.now(UTC), "Asia/Jakarta"))


async def disposable(here: City, number: str) -> str:
    """A registered letter that waits for the head."""
    case = await here.open("surat-masuk-disposisi", REGISTRAR)
    await here.do(case, "registrasi", "catat", values=letter(number))
    await here.do(case, "telaah-awal", "teruskan")
    await here.wait_open(case, "disposisi-pimpinan")
    return case


async def signable(here: City, values: dict[str, Any] = KONSEP) -> str:
    """A letter with its three initials that waits for the signature."""
    case = await here.open("surat-keluar-tte", DRAFTER)
    await here.do(case, "konsep", "kirim", values=values)
    for step in ("paraf-ketua-tim", "paraf-kepala-bidang", "paraf-sekretaris"):
        await here.do(case, step, "paraf")
    await here.wait_open(case, "tanda-tangan-kepala-opd")
    return case


async def value(here: City, query: str, **given: Any) -> Any:
    async with here.database.connect() as connection:
        return (await connection.execute(text(query), given)).scalar_one()


async def test_two_officials_decide_one_task_at_once(here: City) -> None:
    case = await here.open("surat-keluar-tte", DRAFTER)
    await here.do(case, "konsep", "kirim", values=KONSEP)
    task = await here.wait_open(case, "paraf-ketua-tim")
    head, seats = await here.actor(HEAD), ["kabid-informasi", "kabid-infrastruktur"]
    await here.cases.reassign(case, Reassignment(str(ULID()), actor_to_json(head), "paraf-ketua-tim", task.round, seats, "Ketua tim cuti."))
    one, other = [await here.actor(seat) for seat in seats]
    came, refused = await both(
        here.act(case, "paraf-ketua-tim", 1, "paraf", one), here.act(case, "paraf-ketua-tim", 1, "kembalikan", other, reason="Belum lengkap.")
    )
    assert len(came) == 1
    assert isinstance(refused[0], TaskClosed)
    assert "riwayat perkara" in refused[0].message
    assert await value(here, "SELECT count(*) FROM trail WHERE case_id = :c AND kind = 'decided' AND step = 'paraf-ketua-tim'", c=case) == 1


async def test_a_reminder_goes_once_a_day_and_a_task_only_from_above(here: City) -> None:
    """On the real server: the same request again is the same reminder, another is refused; a subordinate hands nothing over."""
    case = await here.open("surat-keluar-tte", DRAFTER)
    await here.do(case, "konsep", "kirim", values=KONSEP)
    task = await here.wait_open(case, "paraf-ketua-tim")
    drafter, request = actor_to_json(await here.actor(DRAFTER)), str(ULID())
    first = await here.cases.remind(case, Reminder(request, drafter, "paraf-ketua-tim", task.round))
    again = await here.cases.remind(case, Reminder(request, drafter, "paraf-ketua-tim", task.round))
    assert again.seq == first.seq
    with pytest.raises(RemindedToday):
        await here.cases.remind(case, Reminder(str(ULID()), drafter, "paraf-ketua-tim", task.round))
    with pytest.raises(NotAllowed, match="Mintalah"):
        await here.cases.reassign(case, Reassignment(str(ULID()), drafter, "paraf-ketua-tim", task.round, ["walidata"], "Lebih cepat."))
    assert await value(here, "SELECT count(*) FROM trail WHERE case_id = :c AND kind IN ('nudged', 'reassigned')", c=case) == 1
    await here.do(case, "paraf-ketua-tim", "paraf")


async def test_a_double_click_is_one_act(here: City) -> None:
    case, actor, request = await here.open("surat-keluar-tte", DRAFTER), await here.actor(DRAFTER), str(ULID())
    acts = (here.act(case, "konsep", 1, "kirim", actor, KONSEP, request_id=request) for _ in range(3))
    came, refused = await both(*acts)
    assert not refused
    assert len({one.seq for one in came}) == 1
    assert await value(here, "SELECT count(*) FROM trail WHERE case_id = :c AND kind = 'decided'", c=case) == 1


async def test_the_head_disposes_while_the_registrar_recalls(here: City) -> None:
    """Whoever is second read an older case: the registrar must not take back what the head just disposed, nor the head what is gone."""
    for number in ("bentrok/1", "bentrok/2", "bentrok/3"):
        case = await disposable(here, number)
        seen = await value(here, 'SELECT form_seq FROM "case" WHERE id = :c', c=case)
        head, registrar = await here.actor(HEAD), await here.actor(REGISTRAR)
        acts = [
            here.act(case, "disposisi-pimpinan", 1, "disposisikan", head, receivers(("kabid-aplikasi", "utama"))),
            here.cases.withdraw(case, Withdrawal(str(ULID()), actor_to_json(registrar), "Salah kantor.", seen)),
        ]
        came, refused = await both(*(acts if number.endswith("1") else reversed(acts)))
        assert len(came) == 1
        assert refused[0].code in ("versi-usang", "perkara-sudah-berakhir", "tugas-sudah-selesai")
        if isinstance(refused[0], StaleVersion):
            assert "berubah sejak Anda membukanya" in refused[0].message


async def test_a_stand_in_signs_and_the_letter_says_so(here: City) -> None:
    case, now = await signable(here), datetime.now(UTC)
    holder, deputy = await here.actor(HEAD), await here.actor("kabid-infrastruktur")
    async with transaction(here.database) as connection:
        given = ("plh", HEAD, deputy.person, now, now + timedelta(days=2), "800.1.11.1/7/SETDA/2026", "Dinas luar.", now)
        appointed = await appoint_acting(connection, OFFICE, *given)
    try:
        with pytest.raises(WrongCapacity):
            await here.act(case, "tanda-tangan-kepala-opd", 1, "tandatangani", holder, envelope=await here.envelope(case, holder))
        await here.sign(case, "tanda-tangan-kepala-opd")
        await here.wait_open(case, "kirim-surat")
    finally:
        async with transaction(here.database) as connection:
            ended = datetime.now(UTC)
            await end_acting(connection, OFFICE, appointed, ended, "Kembali.", ended)
    async with here.database.connect() as connection:
        statement = text("SELECT d.signed_sha, d.signers, t.capacity, t.title, t.mandate FROM document d JOIN trail t ON t.case_id = d.case_id "
                         "WHERE d.case_id = :c AND d.code = 'naskah-keluar' AND t.kind = 'decided' AND t.step = 'tanda-tangan-kepala-opd'")  # fmt: skip
        row = (await connection.execute(statement, {"c": case})).one()
    assert (row.capacity, row.mandate) == ("plh", appointed)
    assert row.signers[0]["name"] == deputy.name
    page = pypdfium2.PdfDocument(files.read(here.parts.press.files, row.signed_sha))[0].get_textpage().get_text_range()
    assert "Plh. KEPALA DINAS KOMUNIKASI" in " ".join(page.split())
    assert deputy.name.split(",", maxsplit=1)[0] in page
    assert holder.name.split(",", maxsplit=1)[0] not in page


async def test_a_stand_in_is_refused_what_his_order_forbids(here: City) -> None:
    case, now = await signable(here), datetime.now(UTC)
    deputy = await here.actor("kabid-infrastruktur")
    async with transaction(here.database) as connection:
        given = ("plh", HEAD, deputy.person, now, now + timedelta(days=2), "800.1.11.1/8/SETDA/2026", "Dinas luar.", now)
        appointed = await appoint_acting(connection, OFFICE, *given, forbids=("surat-dinas",))
    acting = await here.actor(HEAD)
    try:
        with pytest.raises(ActingForbidden) as refused:
            await here.act(case, "tanda-tangan-kepala-opd", 1, "tandatangani", acting, envelope=await here.envelope(case, acting))
    finally:
        async with transaction(here.database) as connection:
            ended = datetime.now(UTC)
            await end_acting(connection, OFFICE, appointed, ended, "Kembali.", ended)
    assert "definitif" in refused.value.message
    note = await value(here, "SELECT body::jsonb -> 'data' ->> 'code' FROM trail WHERE case_id = :c AND kind = 'refused'", c=case)
    assert note == "plt-plh-tidak-berwenang"
    assert await value(here, "SELECT count(*) FROM number WHERE case_id = :c", c=case) == 0
    await here.sign(case, "tanda-tangan-kepala-opd")
    await here.wait_open(case, "kirim-surat")


async def test_a_changed_text_voids_every_initial_after_it(here: City) -> None:
    case = await here.open("surat-keluar-tte", DRAFTER)
    await here.do(case, "konsep", "kirim", values=KONSEP)
    for step in ("paraf-ketua-tim", "paraf-kepala-bidang"):
        await here.do(case, step, "paraf")
    secretary = await here.actor("sekretaris-diskominfo")
    await here.act(case, "paraf-sekretaris", 1, "kembalikan", secretary, reason="Perbaiki alinea kedua.")
    await here.do(case, "konsep", "kirim", values={**KONSEP, "isi": "<p>Isi yang diperbaiki.</p>"})
    with pytest.raises(TaskClosed):  # a page that was open since before
        await here.act(case, "paraf-sekretaris", 1, "paraf", secretary)
    assert await here.open_tasks(case) == ["paraf-ketua-tim"]
    for step in ("paraf-ketua-tim", "paraf-kepala-bidang", "paraf-sekretaris"):
        await here.do(case, step, "paraf")
    await here.wait_open(case, "tanda-tangan-kepala-opd")
    rounds = await value(here, "SELECT max(round) FROM task WHERE case_id = :c AND step = 'paraf-ketua-tim'", c=case)
    assert rounds == 2


async def test_what_is_signed_is_what_was_shown(here: City) -> None:
    case, head = await signable(here), await here.actor(HEAD)
    other = hashlib.sha256(b"naskah lain").hexdigest()
    await here.act(case, "tanda-tangan-kepala-opd", 1, "tandatangani", head, envelope=await here.envelope(case, head), shown=other)
    await here.wait_open(case, "tanda-tangan-kepala-opd")
    cause = await value(here, "SELECT body::jsonb -> 'data' ->> 'cause' FROM trail WHERE case_id = :c AND kind = 'sign-refused'", c=case)
    assert cause == "changed"
    assert await value(here, "SELECT count(*) FROM document WHERE case_id = :c AND signed_sha IS NOT NULL", c=case) == 0


async def test_the_same_letter_is_recorded_once(here: City) -> None:
    """The second is told the agenda number of the first, whatever its spacing and case; nothing of it moves; marked double, it ends."""
    first = await here.open("surat-masuk-disposisi", REGISTRAR)
    await here.do(first, "registrasi", "catat", values=letter("900/UC/2026"))
    await here.wait_open(first, "telaah-awal")
    agenda = await value(here, "SELECT form ->> 'nomor_agenda' FROM \"case\" WHERE id = :c", c=first)
    second = await here.open("surat-masuk-disposisi", REGISTRAR)
    with pytest.raises(AlreadyRecorded) as refused:
        await here.do(second, "registrasi", "catat", values={**letter("900/uc/2026"), "pengirim": "  Universitas   contoh "})
    assert f"nomor agenda {agenda}" in refused.value.message
    assert await here.open_tasks(second) == ["registrasi"]
    await here.do(second, "registrasi", "tandai-ganda", values={**letter("900/UC/2026"), "surat_terdahulu": first})
    assert await here.ended(second) == "batal"


async def test_the_same_letter_at_two_desks_at_once_is_recorded_once(here: City) -> None:
    cases = [await here.open("surat-masuk-disposisi", REGISTRAR) for _ in range(3)]
    actor = await here.actor(REGISTRAR)
    came, refused = await both(*(here.act(case, "registrasi", 1, "catat", actor, letter("901/UC/2026")) for case in cases))
    assert len(came) == 1
    assert [type(one) for one in refused] == [AlreadyRecorded, AlreadyRecorded]


async def test_a_withdrawn_letter_may_be_recorded_again(here: City) -> None:
    first = await here.open("surat-masuk-disposisi", REGISTRAR)
    await here.do(first, "registrasi", "catat", values=letter("902/UC/2026"))
    await here.wait_open(first, "telaah-awal")
    await here.cases.withdraw(first, Withdrawal(str(ULID()), actor_to_json(await here.actor(REGISTRAR)), "Salah pindai."))
    again = await here.open("surat-masuk-disposisi", REGISTRAR)
    await here.do(again, "registrasi", "catat", values=letter("902/UC/2026"))
    await here.wait_open(again, "telaah-awal")


async def test_scans_become_files_of_the_case_and_lost_ones_are_named(here: City) -> None:
    case, actor = await here.open("surat-masuk-disposisi", REGISTRAR), await here.actor(REGISTRAR)
    sha = files.keep(here.parts.press.files, b"%PDF-1.7 pindaian")
    lost = {"id": "x", "name": "hilang.pdf", "sha256": "0" * 64, "kind": "pdf", "size": 3}
    with pytest.raises(FieldsInvalid) as refused:
        await here.act(case, "registrasi", 1, "catat", actor, {**letter("903/UC/2026"), "pindaian_surat": [lost]})
    assert "hilang.pdf" in refused.value.errors["pindaian_surat"]
    async with transaction(here.database) as connection:
        kept = await uploads.put(connection, actor.person, sha, "surat.pdf", "pdf", 17, 1, datetime.now(UTC))
    scan = {"id": kept.id, "name": kept.name, "sha256": kept.sha256, "kind": kept.kind, "size": kept.size}
    await here.act(case, "registrasi", 1, "catat", actor, {**letter("903/UC/2026"), "pindaian_surat": [scan]})
    async with here.database.connect() as connection:
        rows = (await connection.execute(text("SELECT field, name, sha FROM attachment WHERE case_id = :c"), {"c": case})).all()
    assert [tuple(row) for row in rows] == [("pindaian_surat", "surat.pdf", sha)]


async def test_a_mistyped_passphrase_signs_nothing_and_keeps_the_number_for_the_letter(here: City) -> None:
    case = await signable(here)
    await here.sign(case, "tanda-tangan-kepala-opd", passphrase="salah")
    await here.wait_open(case, "tanda-tangan-kepala-opd")
    message = await value(here, "SELECT body::jsonb -> 'data' ->> 'message' FROM trail WHERE case_id = :c AND kind = 'sign-refused'", c=case)
    assert message == BadSecret.default
    held = await value(here, "SELECT text FROM number WHERE case_id = :c AND state = 'DICADANGKAN'", c=case)
    await here.sign(case, "tanda-tangan-kepala-opd")
    await here.wait_open(case, "kirim-surat")
    assert await value(here, "SELECT text FROM number WHERE case_id = :c AND state = 'TERBIT'", c=case) == held


async def test_a_corrected_registration_keeps_its_number_and_replaces_the_receipt(here: City) -> None:
    case = await here.open("surat-masuk-disposisi", REGISTRAR)
    await here.do(case, "registrasi", "catat", values=letter("904/UC/2026"))
    await here.do(case, "telaah-awal", "kembalikan", reason="Asal surat keliru.")
    first = await value(here, "SELECT signed_sha FROM document WHERE case_id = :c AND code = 'tanda-terima-surat'", c=case)
    await here.do(case, "registrasi", "catat", values={**letter("904/UC/2026"), "pengirim": "Universitas Lain Contoh"})
    await here.wait_open(case, "telaah-awal")
    async with here.database.connect() as connection:
        statement = text("SELECT d.signed_sha, d.number, d.status, r.signed_sha AS before, r.number AS number_before FROM document d "
                         "JOIN document_replaced r ON r.document = d.id WHERE d.case_id = :c AND d.code = 'tanda-terima-surat'")  # fmt: skip
        row = (await connection.execute(statement, {"c": case})).one()
    assert row.before == first
    assert row.signed_sha != first
    assert (row.status, row.number) == ("disegel", row.number_before)
    assert await value(here, "SELECT count(*) FROM number WHERE case_id = :c", c=case) == 1
    # Sent back once more and changed in nothing: the receipt that stands is the one that stands.
    await here.do(case, "telaah-awal", "kembalikan", reason="Periksa sekali lagi.")
    await here.do(case, "registrasi", "catat", values={**letter("904/UC/2026"), "pengirim": "Universitas Lain Contoh"})
    await here.wait_open(case, "telaah-awal")
    again = await value(here, "SELECT signed_sha FROM document WHERE case_id = :c AND code = 'tanda-terima-surat'", c=case)
    assert again == row.signed_sha
