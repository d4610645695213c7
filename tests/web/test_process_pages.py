"""What a process is, in plain words, for whoever wants to know before he starts; the button only for who may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.build import codes, drafts
from tests.web.office import Office, office
from tests.web.played import shown
from web import process_words
from web.process_pages import families, matches
from workflows.catalogue import catalogue

CITY = Path(__file__).parents[2] / "kota_contoh"
DRAFTER, CLERK = "konseptor-diskominfo", "persuratan-diskominfo"


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        made.app.state.context = replace(made.context, processes=catalogue(CITY))
        yield made


def test_the_list_stands_by_family_and_can_be_searched(kantor: Office) -> None:
    text = shown(kantor.get("/proses", DRAFTER))
    family, of_people, permits = (text.index(name) for name in ("Persuratan dan tata usaha", "Kepegawaian", "Perizinan dan rekomendasi"))
    assert family < text.index("Penerimaan surat masuk dan disposisi") < of_people < permits
    assert "Surat keluar dengan paraf berjenjang dan tanda tangan elektronik" in text
    found = shown(kantor.get("/proses?cari=KELUAR+paraf", DRAFTER))
    assert "1 proses cocok dengan “KELUAR paraf”" in found
    assert "Penerimaan surat masuk" not in found
    nothing = kantor.get("/proses?cari=%3Cb%3E", DRAFTER)
    assert "Tidak ada proses yang cocok" in shown(nothing)
    assert "<b>" not in nothing.text.partition("<main")[2]
    part = kantor.get("/proses?cari=keluar", DRAFTER, **{"hx-request": "true", "hx-request-type": "partial"})
    assert part.text.lstrip().startswith('<div id="daftar">')


def test_a_process_is_told_in_plain_words(kantor: Office) -> None:
    text = shown(kantor.get("/proses/surat-masuk-disposisi", DRAFTER))
    for said in (
        "Yang boleh memulai Pengadministrasi persuratan", "Janji selesai 5 hari kerja", "Permendagri 1/2023",
        "aktif 2 tahun, inaktif 3 tahun, lalu dimusnahkan", "Nomor surat (wajib)", "Pindaian sampul tertutup (wajib bila keadaannya menuntut; PDF, JPG)",
        "Lembar disposisi (segel elektronik)", "1. Pindai, catat asal surat, sifat dan derajat kecepatan", "paling lama 1 hari kerja",
        "Kembalikan: kembali ke Registrasi",
    ):  # fmt: skip
        assert said in text, said
    assert kantor.get("/proses/tidak-ada", DRAFTER).status_code == 404


def test_it_tells_how_long_it_really_takes_once_enough_cases_ended(kantor: Office) -> None:
    def ended(name: str, days: float, result: str = "selesai") -> None:
        kantor.incoming(name)
        kantor.owner.execute(
            "UPDATE \"case\" SET status = 'ended', result = %s, opened_at = %s, ended_at = %s WHERE id = %s",
            (result, kantor.clock.now - timedelta(days=days + 1), kantor.clock.now - timedelta(days=1), name),
        )

    for number, days in enumerate((0.25, 2, 3, 4)):
        ended(f"lama-{number}", days)
    ended("batal-1", 300, "batal")
    assert "Belum cukup perkara" in shown(kantor.get("/proses/surat-masuk-disposisi", DRAFTER))
    ended("lama-4", 30)
    assert "Dari 5 perkara yang terakhir selesai, separuhnya selesai dalam 3 hari, sembilan dari sepuluh dalam 20 hari." in shown(
        kantor.get("/proses/surat-masuk-disposisi", DRAFTER)
    )
    assert "Belum cukup perkara" in shown(kantor.get("/proses/surat-keluar-tte", DRAFTER))


def test_only_who_may_start_it_gets_the_button(kantor: Office) -> None:
    for seat, code, offered in (
        (CLERK, "surat-masuk-disposisi", True), (DRAFTER, "surat-masuk-disposisi", False), (DRAFTER, "surat-keluar-tte", True),
    ):  # fmt: skip
        answer = kantor.get(f"/proses/{code}", seat)
        assert (f'action="/proses/{code}/mulai"' in answer.text) is offered
        assert ("Jabatan Anda tidak memulai proses ini." in shown(answer)) is not offered


@pytest.mark.parametrize("code", codes())
def test_no_process_shows_a_code_where_words_belong(code: str) -> None:
    process = drafts()[code].process
    told = [
        process_words.starters(process), process_words.promise(process.sla), process_words.kept(process.archive, ""),
        *(step.who for step in process_words.steps(process)), *(text for step in process_words.steps(process) for text in step.outcomes),
        *(process_words.signers(process, one) for one in process.documents),
    ]  # fmt: skip
    for text in told:
        assert text
        assert "_" not in text
        assert not any(role in text.split() for role in process.role if "-" in role)
    assert families()[process.family]
    assert matches(process, process.title.id.upper())
    assert not matches(process, "katayangtidakpernahada")
