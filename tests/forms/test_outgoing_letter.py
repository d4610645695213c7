"""The rules of an outgoing letter's draft: whom it may be addressed to for signature, whose initials it may ask for, who gets a copy."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.events import Json
from forms.known import Context, Found
from forms.reading import parse
from workflows.catalogue import catalogue

LETTER = catalogue()["surat-keluar-tte"].process
BOOKS = {
    "position": {
        code: Found(code, title, known)
        for code, title, known in (
            ("kepala-diskominfo", "Kepala Dinas", {"unit": "diskominfo", "jabatan": "kepala-opd", "kepala_unit": True}),
            ("kepala-dishub", "Kepala Dinas Perhubungan", {"unit": "dishub", "jabatan": "kepala-opd", "kepala_unit": True}),
            ("asisten-3", "Asisten Administrasi Umum", {"unit": "setda", "jabatan": "asisten", "kepala_unit": False}),
            ("sekda", "Sekretaris Daerah", {"unit": "setda", "jabatan": "sekda", "kepala_unit": True}),
        )
    },
    "unit": {code: Found(code, code) for code in ("diskominfo", "dishub")},
}


def faults(**sent: str) -> dict[str, str]:
    raw = {name.replace("__", "."): [value] for name, value in sent.items()}
    applicant: dict[str, Json] = {"unit": "diskominfo"}
    return dict(parse(LETTER.form, raw, Context(datetime(2026, 11, 23, 2, tzinfo=UTC), books=BOOKS, applicant=applicant)).errors)  # type: ignore[arg-type]


def test_the_head_who_signs_is_one_s_own() -> None:
    own = faults(penandatangan="kepala-opd", jabatan_penandatangan="kepala-diskominfo")
    assert "jabatan_penandatangan" not in own
    assert "Anda sendiri" in faults(penandatangan="kepala-opd", jabatan_penandatangan="kepala-dishub")["jabatan_penandatangan"]
    assert "Anda sendiri" in faults(penandatangan="kepala-opd", jabatan_penandatangan="asisten-3")["jabatan_penandatangan"]


def test_each_level_takes_a_post_of_that_level() -> None:
    assert "Asisten" in faults(penandatangan="asisten-sekda", jabatan_penandatangan="sekda")["jabatan_penandatangan"]
    assert "jabatan_penandatangan" not in faults(penandatangan="asisten-sekda", jabatan_penandatangan="asisten-3")
    assert "Sekretaris Daerah" in faults(penandatangan="sekda", jabatan_penandatangan="asisten-3")["jabatan_penandatangan"]
    assert "Wakil Wali Kota" in faults(penandatangan="wali-kota", jabatan_penandatangan="sekda")["jabatan_penandatangan"]


def test_one_s_own_unit_is_not_asked_for_coordination() -> None:
    assert "Hapus dari daftar" in faults(unit_koordinasi="diskominfo")["unit_koordinasi"]
    assert "unit_koordinasi" not in faults(unit_koordinasi="dishub")


def test_a_copy_does_not_repeat_the_addressee() -> None:
    to = {
        "jenis_naskah": "surat-biasa",
        "kepada__0___id": "a",
        "kepada__0__jabatan": "Rektor Universitas Contoh",
        "kepada__0__tempat": "Kota Contoh",
        "kepada__0__jalur": "pos",
    }
    copy = {"tembusan__0___id": "b", "tembusan__0__jalur": "pos"}
    assert "mengulang penerima" in faults(**to, **copy, tembusan__0__jabatan="Rektor Universitas Contoh")["tembusan"]
    assert "tembusan" not in faults(**to, **copy, tembusan__0__jabatan="Dekan Fakultas Contoh")
