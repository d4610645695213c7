"""Identities behind the pages of every process that asks for one: masked everywhere, opened whole on request, and who opened them is on record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.office.processes import keep_processes
from engine.fields import IDENTITY
from engine.scenario import Do, dated
from forms.identities import held
from tests.db import play
from tests.db.play import Played
from tests.web.office import Office, office
from tests.web.played import SCAN, shown, stored
from workflows.catalogue import Listed, catalogue

FOUND = catalogue()
AUDITOR, OUTSIDER = "auditor-1", "konseptor-satpol-pp"


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def answers(office: Office, listed: Listed) -> dict[str, Any]:
    """All that the stories of a process ever say to questions of its form, files left out."""
    said: dict[str, Any] = {}
    for act in (act for story in listed.scenarios for act in story.acts if isinstance(act, Do) and not act.refused):
        for name, value in act.values.items():
            if name in listed.process.fields and listed.process.fields[name].type not in ("file", "files") and value not in (None, "", []):
                said.setdefault(name, dated(value, office.clock.now, "Asia/Jakarta"))
    return said


def opened(office: Office, listed: Listed, tail: str = "", more: Mapping[str, Any] = {}) -> tuple[int, list[str], dict[str, Any]]:
    """A case that holds all of it, and ``more``: its number, its identities as digits and letters, its form. Its id ends on ``tail``."""

    async def play_it(engine: AsyncEngine) -> None:
        async with engine.begin() as connection:
            await keep_processes(connection, [listed.process])
        played = Played(engine, listed.process, f"id-{listed.code}{tail}", office.clock.now)
        await played.open(await play.actor(engine, listed.scenarios[0].starter, office.clock.now), "diskominfo", form)

    form = answers(office, listed) | dict(more)
    office.run(play_it)
    return office.number(f"id-{listed.code}{tail}"), [bare(number) for _label, number in held(listed.process, form)], form


def bare(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text)


ASKING = sorted(
    code for code, listed in FOUND.processes.items()
    if any(one.type in IDENTITY or any(column.type in IDENTITY for column in one.columns) for one in listed.process.form)
)  # fmt: skip


@pytest.mark.parametrize("code", ASKING)
def test_identities_are_masked_until_they_are_opened_and_the_opening_is_told(kantor: Office, code: str) -> None:
    listed = FOUND[code]
    number, numbers, form = opened(kantor, listed)
    assert numbers, f"no story of {code} answers its question for an identity"
    seat = listed.scenarios[0].starter
    task = kantor.owner.execute("SELECT id FROM task WHERE case_id = %s AND status = 'offered'", (f"id-{code}",)).fetchone()
    assert task is not None
    pages = [
        f"/perkara/{number}",
        f"/perkara/{number}/riwayat",
        f"/cari?cari={form.get('nama_keluarga', listed.process.title.id.split()[0])}",
        "/perkara",
        "/tugas",
    ]
    for path in pages:
        text = bare(shown(kantor.get(path, seat)))
        assert [one for one in numbers if one in text] == [], path
    assert "Buka nomor identitas" in shown(kantor.get(f"/perkara/{number}", seat))
    whole = kantor.post(f"/perkara/{number}/identitas", seat)
    assert whole.status_code == 200
    assert whole.headers["cache-control"] == "no-store"
    assert [one for one in numbers if one not in bare(shown(whole))] == []
    read = kantor.owner.execute("SELECT person, what FROM reading WHERE case_id = %s", (f"id-{code}",)).fetchall()
    assert read == [(kantor.person(seat), "identitas")]
    trail = shown(kantor.get(f"/perkara/{number}/riwayat", seat))
    assert "Yang membuka nomor identitas" in trail
    assert "membuka nomor identitas · 23 November 2026" in trail


def test_a_file_of_such_a_case_is_opened_on_record(kantor: Office) -> None:
    """A scan shows what the page masks."""
    listed, sha = FOUND["bansos-tidak-terencana"], stored(kantor, SCAN + b"identitas")
    number, _numbers, _form = opened(kantor, listed, "-berkas", {"foto_lapangan": [{"id": "u-1", "name": "KTP.pdf", "sha256": sha}]})
    seat = listed.scenarios[0].starter
    assert kantor.get(f"/perkara/{number}/berkas/{sha}", seat).status_code == 200
    read = kantor.owner.execute("SELECT person, what FROM reading WHERE case_id = %s", ("id-bansos-tidak-terencana-berkas",)).fetchall()
    assert read == [(kantor.person(seat), "berkas")]
    assert "mengunduh lampiran · 23 November 2026" in shown(kantor.get(f"/perkara/{number}/riwayat", seat))


def test_whoever_only_oversees_a_case_reads_no_identity(kantor: Office) -> None:
    number = kantor.number("id-pembayaran-ls")
    page = kantor.get(f"/perkara/{number}", AUDITOR)
    assert page.status_code == 200
    assert "Buka nomor identitas" not in shown(page)
    refused = kantor.post(f"/perkara/{number}/identitas", AUDITOR)
    assert (refused.status_code, "hanya dibuka bagi yang menangani" in shown(refused)) == (403, True)
    assert kantor.post(f"/perkara/{number}/identitas", OUTSIDER).status_code == 404
    assert kantor.post(f"/perkara/{number}/identitas").status_code == 401
    assert kantor.owner.execute("SELECT DISTINCT person FROM reading WHERE case_id = 'id-pembayaran-ls'").fetchall() == [
        (kantor.person(FOUND["pembayaran-ls"].scenarios[0].starter),)
    ]


def test_a_case_without_an_identity_has_nothing_to_open(kantor: Office) -> None:
    kantor.opened("tanpa-identitas")
    no = kantor.number("tanpa-identitas")
    assert "nomor identitas" not in shown(kantor.get(f"/perkara/{no}", "konseptor-diskominfo"))
    assert kantor.post(f"/perkara/{no}/identitas", "konseptor-diskominfo").status_code == 404


def test_two_windows_show_what_differs_by_its_label_and_masked(kantor: Office) -> None:
    seat, task = "lurah-paninggilan", kantor.task("id-bansos-tidak-terencana")
    version = re.search(r'id="versi-draf" name="_versi" value="(\d+)"', kantor.get(f"/tugas/{task}", seat).text)
    assert version
    said = {"_versi": version[1], "aksi": "simpan", "bagian": "2"}
    first = kantor.post(f"/tugas/{task}", seat, data=said | {"_jendela": "w1", "nik": "3671014501990001", "nama_keluarga": "Ani"})
    assert first.status_code == 303
    second = kantor.post(f"/tugas/{task}", seat, data=said | {"_jendela": "w2", "nik": "3671014501990002", "nama_keluarga": "Ani Contoh"})
    assert second.status_code == 409
    text = shown(second)
    assert "NIK kepala keluarga 3671**********02 3671**********01" in text
    assert "Kepala keluarga Ani Contoh Ani" in text
    assert "3671014501990001" not in second.text
