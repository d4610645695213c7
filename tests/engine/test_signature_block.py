"""Signature blocks against the letter rules: who stands on which line, and who shows degrees, rank and NIP (Permendagri 1/2023 art. 44)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.errors import ActingForbidden, WrongCapacity
from engine.signature_block import STRATEGIC, Manner, Signatory, block

HEAD = Signatory("KEPALA DINAS CONTOH", "lain", "definitif", "Nama Contoh", "Drs.", "M.Si.", "197001011995031999", "Pembina Utama Muda", "IV/c")
SEKDA = replace(HEAD, title="SEKRETARIS DAERAH", level="sekda")
MAYOR = replace(HEAD, title="WALI KOTA CONTOH", level="kepala-daerah", nip="", rank="", grade="")
WHOLE = ("Drs. Nama Contoh, M.Si.", "Pembina Utama Muda (IV/c)", "NIP 197001011995031999")
BARE = ("Nama Contoh", "", "")
CITY, SETDA = "WALI KOTA CONTOH", "SEKRETARIS DAERAH"


@pytest.mark.parametrize(
    ("manner", "behalf", "lines"),
    [
        ("sendiri", (), ("KEPALA DINAS CONTOH,",)),
        ("atas-nama", (CITY,), ("a.n. WALI KOTA CONTOH", "KEPALA DINAS CONTOH,")),
        ("untuk-beliau", (CITY, SETDA), ("a.n. WALI KOTA CONTOH", "SEKRETARIS DAERAH,", "u.b.", "KEPALA DINAS CONTOH,")),
    ],
)
def test_whose_office_stands_on_which_line(manner: Manner, behalf: tuple[str, ...], lines: tuple[str, ...]) -> None:
    """OpenSID/OpenSID#2154, #2081, #1470: a.n. and u.b. blocks wrong against the letter rules."""
    assert block(HEAD, "surat-dinas", manner, behalf).lines == lines


@pytest.mark.parametrize(("capacity", "first"), [("plt", "Plt. "), ("plh", "Plh. "), ("pj", "Pj. "), ("pjs", "Pjs. ")])
def test_an_acting_official_says_so_before_his_office_under_a_n_too(capacity: Any, first: str) -> None:
    acting = replace(HEAD, capacity=capacity)
    assert block(acting, "surat-dinas").lines == (f"{first}KEPALA DINAS CONTOH,",)
    assert block(acting, "surat-dinas", "atas-nama", (CITY,)).lines[-1] == f"{first}KEPALA DINAS CONTOH,"


@pytest.mark.parametrize(
    ("who", "kind", "told"),
    [
        (HEAD, "surat-dinas", WHOLE),
        (HEAD, "surat-keterangan", WHOLE),
        (replace(HEAD, capacity="plt"), "surat-dinas", WHOLE),
        (HEAD, "surat-keputusan", ("NAMA CONTOH", "", "")),
        (HEAD, "sertifikat", BARE),
        (MAYOR, "surat-dinas", ("Drs. Nama Contoh, M.Si.", "", "")),
        (replace(MAYOR, capacity="pj"), "surat-dinas", BARE),
        (replace(MAYOR, capacity="plh"), "surat-dinas", BARE),
        (SEKDA, "surat-dinas", ("Drs. Nama Contoh, M.Si.", "", "")),
        (replace(SEKDA, capacity="pj"), "surat-dinas", BARE),
        (replace(SEKDA, capacity="plh"), "surat-dinas", BARE),
        (replace(SEKDA, capacity="plt"), "surat-dinas", WHOLE),
    ],
)
def test_degrees_rank_and_nip_by_office_capacity_and_kind(who: Signatory, kind: str, told: tuple[str, str, str]) -> None:
    """OpenSID/OpenSID#11228: rank and grade missing in the block."""
    made = block(who, kind)
    assert (made.name, made.rank, made.nip) == told


def test_a_city_that_prints_the_sekdas_nip_says_so_in_its_profile() -> None:
    made = block(SEKDA, "surat-dinas", sekda_nip=True, nip_label="NIP. ")
    assert (made.rank, made.nip) == ("Pembina Utama Muda (IV/c)", "NIP. 197001011995031999")
    assert block(replace(SEKDA, capacity="plh"), "surat-dinas", sekda_nip=True).nip == ""


def test_an_employee_without_a_rank_shows_his_grade() -> None:
    assert block(replace(HEAD, rank="", grade="IX"), "surat-dinas").rank == "Golongan IX"


@pytest.mark.parametrize(("manner", "behalf"), [("sendiri", (CITY,)), ("atas-nama", ()), ("atas-nama", (CITY, SETDA)), ("untuk-beliau", (CITY,))])
def test_a_manner_that_does_not_fit_the_mandate_prints_nothing(manner: Manner, behalf: tuple[str, ...]) -> None:
    with pytest.raises(WrongCapacity):
        block(HEAD, "surat-dinas", manner, behalf)


@pytest.mark.parametrize("kind", sorted(STRATEGIC))
@pytest.mark.parametrize("capacity", ["plt", "plh"])
def test_no_plt_or_plh_on_what_the_law_closes_to_them(kind: str, capacity: Any) -> None:
    with pytest.raises(ActingForbidden):
        block(replace(HEAD, capacity=capacity), kind)
    assert block(replace(HEAD, capacity="pj"), kind).lines
