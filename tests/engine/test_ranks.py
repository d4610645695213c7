"""What conditions may ask of an applicant is read off his seat, his superior's, and his NIP."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.events import Actor
from engine.opening import Party, case_opened
from engine.ranks import Seat, attributes, jabatan, jenjang, of_nip
from workflows.catalogue import catalogue

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("seat", "office", "rank"),
    [
        (Seat("wali-kota", "Wali Kota Contoh", "", "kota", is_head=True), "wali-kota", "pejabat-negara"),
        (Seat("sekda", "Sekretaris Daerah", "II.a", "sekretariat-daerah", is_head=True), "sekda", "sekda"),
        (Seat("asisten-1", "Asisten Pemerintahan", "II.b", "sekretariat-daerah"), "asisten", "jpt-pratama"),
        (Seat("kepala-diskominfo", "Kepala Dinas", "II.b", "dinas", is_head=True), "kepala-opd", "jpt-pratama"),
        (Seat("camat-x", "Camat", "III.a", "kecamatan", is_head=True), "camat", "administrator"),
        (Seat("sekretaris-diskominfo", "Sekretaris Dinas", "III.a", "dinas", is_secretary=True), "sekretaris-opd", "administrator"),
        (Seat("kabid-aplikasi", "Kepala Bidang", "III.b", "bidang", is_head=True), "kepala-bidang", "administrator"),
        (Seat("kasubbag", "Kepala Subbagian", "IV.a", "sekretariat"), "", "pengawas"),
        (Seat("asisten-apoteker", "Asisten Apoteker", "", "upt"), "", "pelaksana"),
    ],
)
def test_office_and_rank_of_a_seat(seat: Seat, office: str, rank: str) -> None:
    assert (jabatan(seat), jenjang(seat)) == (office, rank)


def test_sex_and_years_of_service_stand_in_the_nip() -> None:
    assert of_nip("197002221995031903", DAY) == {"jenis_kelamin": "laki-laki", "masa_kerja": 31}
    assert of_nip("197601232002122944", DAY) == {"jenis_kelamin": "perempuan", "masa_kerja": 23}, "a month short of 24 years"
    assert of_nip("199001012024211001", DAY) == {"jenis_kelamin": "laki-laki", "masa_kerja": 2}, "PPPK: no month"
    assert of_nip("", DAY) == {}
    assert of_nip("1970-02-22 199503", DAY) == {}


def test_only_the_head_of_an_organisation_heads_a_unit() -> None:
    field_head = attributes(Seat("kabid", "Kepala Bidang", "III.b", "bidang", is_head=True), None, "IV/a", "", DAY)
    assert field_head["kepala_unit"] is False
    assert "jenjang_atasan" not in field_head
    chief = Seat("kepala", "Kepala Dinas", "II.b", "dinas", is_head=True)
    assert attributes(chief, Seat("sekda", "Sekretaris Daerah", "II.a", "sekretariat-daerah", is_head=True), "IV/c", "", DAY) == {
        "jabatan": "kepala-opd", "jenjang": "jpt-pratama", "jenjang_atasan": "sekda", "golongan": "IV/c", "kepala_unit": True, "sekretaris": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "kept"),
    [("surat-keluar-tte", {"jenjang", "jenjang_atasan", "sekretaris", "kepala_unit"}), ("surat-masuk-disposisi", set())],
)
def test_only_what_a_process_asks_of_its_applicant_is_recorded(code: str, kept: set[str]) -> None:
    """The trail is for ever: sex and years of service of a drafter have no business in a letter."""
    known = attributes(
        Seat("tim", "Ketua Tim", "", "bidang"), Seat("kabid", "Kepala Bidang", "III.b", "bidang", is_head=True), "III/c", "197002221995031903", DAY
    )
    party = Party("p-ani", "tim", "diskominfo", known)
    event = case_opened(catalogue()[code].process, "0" * 64, "k1", Actor("p-ani", "tim"), party, MONDAY)
    assert set(event.data["applicant"]) - {"person", "position", "unit"} == kept
