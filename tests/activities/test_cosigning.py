"""A berita acara of two parties: whoever is first has it drawn, the other signs that file; an applicant without a certificate is attested by the seal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.composing import Composer, Signing
from activities.pdf.pool import RenderPool
from activities.previewing import Previewing
from activities.printing import Prepared, Press, signer_row
from activities.signers.sample import SampleSigner
from activities.signers.sample_ca import enrol, ensure
from activities.stationery import Stationery
from db import files
from db.connect import connect
from db.write.documents import Moved
from engine.events import Actor, Json
from engine.nodes import Par, Seq, Sign, Task, back, end, go
from engine.process import Document
from tests.activities.paper import ROOT, faults_of, stationery, text_of
from tests.db.play import Played, actor, city
from tests.db.processes import LETTER
from workflows.contracts import PreviewInput

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OFFICER, CLERK = "ketua-tim-diskominfo", "konseptor-diskominfo"
PARTY = "luar:01K0000000000000000000PIHAK"

HANDED = replace(
    LETTER, code="serah-uji", documents=(Document("ba", "Berita Acara Serah Terima", "berita-acara", ("ketua-tim-kerja", "konseptor"), "berita_acara",
                                                 "{urut}/BA/{unit}/{tahun}"),),
    flow=Seq((
        Task("isi", ("konseptor",), "draft", (go("kirim"),), "Isi", ("perihal", "isi")),
        Par((
            Seq((Sign("ttd-petugas", ("ketua-tim-kerja",), ("ba",), (go("tandatangani", performs=True),)),)),
            Seq((Sign("ttd-pemohon", ("konseptor",), ("ba",), (go("tandatangani", performs=True), back("tolak", "isi"))),)),
        )),
        Task("simpan", ("arsiparis",), "archive", (end("simpan", "selesai"),)),
    )),
)  # fmt: skip
PAGE = """{% set _ = surat.update({"pembuka": "yang bertanda tangan di bawah ini:", "pihak": [{"nama": pemohon.nama, "sebutan": "PIHAK PERTAMA"}],
  "butir": [isian.get("perihal", "")]}) %}{% extends "letters/berita_acara.html" %}"""


@pytest_asyncio.fixture
async def app(database: str) -> AsyncIterator[AsyncEngine]:
    engine = connect(database)
    yield engine
    await engine.dispose()


@pytest.fixture
def press(app: AsyncEngine, tmp_path: Path) -> Press:
    own = tmp_path / "proses" / "uji" / "serah_uji"
    own.mkdir(parents=True)
    (own / "ba.html").write_text(PAGE)
    authority = ensure(tmp_path / "ca", "Kota Contoh")
    paper = Stationery(ROOT / "kota_contoh", "http://127.0.0.1:8000", sample=True, processes=(tmp_path / "proses",))
    assert paper.city == stationery().city
    return Press(app, tmp_path / "berkas", Composer(paper), RenderPool(1), SampleSigner(authority), authority.root_pem, b"k" * 32)


async def _open(app: AsyncEngine, name: str) -> Played:
    await city(app, MONDAY, HANDED)
    played = Played(app, HANDED, name, MONDAY)
    await played.open(await actor(app, CLERK, MONDAY), "diskominfo")
    await played.decide(CLERK, "isi", "kirim", perihal="Kamera milik kota")
    async with app.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO party (id, name, email, phone, made_by, made_at) VALUES (:id, 'Sari Penyewa', '', '', 'p', now()) ON CONFLICT DO NOTHING"
            ),
            {"id": PARTY},
        )
    return played


async def _signs(press: Press, case: str, signing: Signing) -> tuple[Prepared, bytes]:
    prepared = await press.prepare(case, "ba", signing.round, signing.at, signing)
    if signing.party:
        return prepared, await press.attest(prepared, signing)
    enrol(press.signer.authority, signing.actor.person, signing.actor.name, "Kota Contoh", "frasa contoh")  # type: ignore[attr-defined]
    return prepared, await press.sign(prepared, signing.actor, "frasa contoh")


async def _done(press: Press, case: str, signing: Signing, prepared: Prepared, pdf: bytes) -> Json:
    key = f"{case}/{signing.step}/{signing.round}/ba"
    assert await press.claim(key, case, "sign") is None
    return await press.finish(prepared, pdf, [signer_row(signing, prepared)], key)


async def _kept(app: AsyncEngine, case: str) -> Json:
    async with app.connect() as connection:
        row = (
            await connection.execute(text("SELECT status, number, signed_sha, signers, verdict FROM document WHERE case_id = :c"), {"c": case})
        ).one()
    return dict(row._mapping)


async def _party(app: AsyncEngine, desk: str = "") -> tuple[Actor, str]:
    who = await actor(app, desk, MONDAY) if desk else Actor(PARTY, PARTY, "pihak-luar", "", "Sari Penyewa", "Pemohon")
    return who, PARTY


async def test_the_second_party_signs_the_file_of_the_first(app: AsyncEngine, press: Press, tmp_path: Path) -> None:
    await _open(app, "c-dua")
    first = Signing(await actor(app, OFFICER, MONDAY), MONDAY, "ttd-petugas", 1)
    prepared, pdf = await _signs(press, "c-dua", first)
    one = await _done(press, "c-dua", first, prepared, pdf)
    guest, party = await _party(app)
    second = Signing(guest, MONDAY + timedelta(hours=3), "ttd-pemohon", 1, party)
    seen = await Previewing(app, press.files, press.composer, press.pool).preview(PreviewInput("c-dua", "ba", None, "", "ttd-pemohon", party))
    assert seen.sha == one["sha"], "he reads what the first one signed"
    prepared, pdf = await _signs(press, "c-dua", second)
    assert prepared.letter.letter_sha == seen.letter_sha == one["letter_sha"]
    two = await _done(press, "c-dua", second, prepared, pdf)
    assert pdf.startswith(files.read(press.files, one["sha"])), "nothing of the first signature is touched"
    assert one["number"] == two["number"]
    kept = await _kept(app, "c-dua")
    assert (kept["status"], kept["signed_sha"]) == ("ditandatangani", two["sha"])
    assert [(row["name"], row["field"]) for row in kept["signers"]] == [(first.actor.name, "TandaTangan1"), ("Sari Penyewa", "TandaTangan2")]
    assert {one["field"] for one in kept["verdict"]["signatures"]} == {"Segel", "TandaTangan1", "TandaTangan2"}
    page = " ".join(" ".join(text_of(pdf, tmp_path)).split())
    assert "Pada hari ini Senin, tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam (23-11-2026)" in page
    assert "Sari Penyewa" in page
    (tmp_path / "ba.pdf").write_bytes(pdf)
    assert "Dinyatakan lewat tautan jawaban" in page
    assert await asyncio.to_thread(faults_of, tmp_path / "ba.pdf") == ""


async def test_whoever_is_slower_signs_once_more_what_now_stands(app: AsyncEngine, press: Press) -> None:
    """Both pressed at once: the file that is stored second would lose the first one's signature."""
    await _open(app, "c-lomba")
    officer = Signing(await actor(app, OFFICER, MONDAY), MONDAY, "ttd-petugas", 1)
    clerk = Signing(await actor(app, CLERK, MONDAY), MONDAY, "ttd-pemohon", 1)
    fast, slow = await _signs(press, "c-lomba", clerk), await _signs(press, "c-lomba", officer)
    await _done(press, "c-lomba", clerk, *fast)
    with pytest.raises(Moved):
        await _done(press, "c-lomba", officer, *slow)
    prepared, pdf = await _signs(press, "c-lomba", officer)
    await press.finish(prepared, pdf, [signer_row(officer, prepared)], "c-lomba/ttd-petugas/1/ba")
    assert [row["field"] for row in (await _kept(app, "c-lomba"))["signers"]] == ["TandaTangan2", "TandaTangan1"]


async def test_a_return_takes_both_signatures_back_and_keeps_the_number(app: AsyncEngine, press: Press) -> None:
    played = await _open(app, "c-ulang")
    first = Signing(await actor(app, OFFICER, MONDAY), MONDAY, "ttd-petugas", 1)
    one = await _done(press, "c-ulang", first, *await _signs(press, "c-ulang", first))
    await played.decide(CLERK, "ttd-pemohon", "tolak", "Kamera lain yang diserahkan.")
    await played.decide(CLERK, "isi", "kirim", perihal="Kamera nomor dua")
    again = Signing(first.actor, MONDAY + timedelta(days=1), "ttd-petugas", 2)
    prepared, pdf = await _signs(press, "c-ulang", again)
    assert not prepared.signed
    two = await _done(press, "c-ulang", again, prepared, pdf)
    assert two["number"] == one["number"]
    assert two["letter_sha"] != one["letter_sha"]
    kept = await _kept(app, "c-ulang")
    assert [(row["step"], row["round"]) for row in kept["signers"]] == [("ttd-petugas", 2)]
    async with app.connect() as connection:
        gone = (await connection.execute(text("SELECT signed_sha FROM document_replaced WHERE signed_sha = :sha"), {"sha": one["sha"]})).all()
    assert gone, "the file that made way is still known"


async def test_the_desk_enters_what_a_party_declares_before_it(app: AsyncEngine, press: Press, tmp_path: Path) -> None:
    await _open(app, "c-loket")
    desk, party = await _party(app, OFFICER)
    declared = Signing(desk, MONDAY, "ttd-pemohon", 1, party)
    prepared, pdf = await _signs(press, "c-loket", declared)
    await _done(press, "c-loket", declared, prepared, pdf)
    row = (await _kept(app, "c-loket"))["signers"][0]
    assert (row["person"], row["name"], row["desk"]) == (PARTY, "Sari Penyewa", desk.name)
    assert f"Dinyatakan di hadapan {desk.name}" in " ".join(" ".join(text_of(pdf, tmp_path)).split())
