"""NIP, NIK and the other numbers, by the vectors of the rules of official letters (§8.1, §11.2, §11.3). All numbers are synthetic."""

import re
from datetime import date
from typing import Any

import pytest

from forms import identity
from forms.messages import BadValue

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("199002282015031999", "PNS"), ("199002282015032999", "PNS"), ("19900228 201503 1 999", "PNS"), ("199602292020121999", "PNS"),
        ("200012312024211001", "PPPK"), ("198508172023292998", "PPPK"), ("19900228.201503.1.999", "PNS"),
    ],
)  # fmt: skip
def test_valid_nips(typed: Any, kind: Any) -> None:
    bare = identity.nip(typed)
    assert re.fullmatch(r"[0-9]{18}", bare)
    assert identity.nip_kind(bare) == kind


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("199002302015031999", "nip-lahir"), ("199502292020121999", "nip-lahir"), ("199002282015131999", "nip-tmt"), ("199002282015001999", "nip-tmt"),
        ("199002282015201999", "nip-tmt"), ("199002282015301999", "nip-tmt"), ("199002282015033999", "nip-kelamin"), ("199002282015031000", "nip-urut"),
        ("199002282000031999", "nip-usia"), ("19900228201503199", "nip-angka"), ("1990022820150319990", "nip-angka"), ("19900228201503199A", "nip-angka"),
        ("١٩٩٠٠٢٢٨٢٠١٥٠٣١٩٩٩", "nip-angka"),
    ],
)  # fmt: skip
def test_invalid_nips_say_which_part(typed: Any, code: Any) -> None:
    with pytest.raises(BadValue) as refusal:
        identity.nip(typed)
    assert refusal.value.code == code


def test_nip_prints_grouped() -> None:
    assert identity.nip_grouped("199002282015031999") == "19900228 201503 1 999"


@pytest.mark.parametrize(
    ("typed", "born", "sex"),
    [
        ("9999995708900001", date(1990, 8, 17), "P"), ("9999991708900001", date(1990, 8, 17), "L"), ("9999994102900001", date(1990, 2, 1), "P"),
        ("9999990101260001", date(2026, 1, 1), "L"), ("9999992512260001", date(1926, 12, 25), "L"), ("9999992902000001", date(2000, 2, 29), "L"),
    ],
)  # fmt: skip
def test_valid_niks(typed: Any, born: Any, sex: Any) -> None:
    assert identity.nik_birth(identity.nik(typed, TODAY), TODAY) == (born, sex)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9999992902010001", "nik-lahir"), ("9999993202900001", "nik-lahir"), ("9999997202900001", "nik-lahir"), ("9999997102900001", "nik-lahir"),
        ("9999990013900001", "nik-lahir"), ("9999991708900000", "nik-urut"), ("999999170890000", "nik-angka"), ("99999917089000O1", "nik-angka"),
    ],
)  # fmt: skip
def test_invalid_niks(typed: Any, code: Any) -> None:
    with pytest.raises(BadValue) as refusal:
        identity.nik(typed, TODAY)
    assert refusal.value.code == code


def test_a_nik_is_masked() -> None:
    assert identity.masked("9999995708900001") == "9999**********01"


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("199002282015031999", "1990************99"), ("99.999.999.9-999.000", "99.99*.***.*-***.*00"), ("200000001711", "********1711"), ("10000123", "******23"),
        ("P.2.0001234.01.02", "*.*.*******.01.02"), ("2021010203", "*******203"), ("A1", "**"), ("12345", "****5"),
        ("9999995708900001, 9999995708900002", "9999**********01, 9999**********02"), ("Bank Contoh 10000123", "Bank Contoh ******23"), ("", ""),
    ],
)  # fmt: skip
def test_every_identity_is_masked_and_still_told_apart(number: str, seen: str) -> None:
    assert identity.masked(number) == seen


def test_in_a_register_a_nik_is_masked_and_a_nip_is_not() -> None:
    assert identity.masked_within("nik:9999995708900001:banjir") == "nik:9999**********01:banjir"
    assert identity.masked_within("NIP 199002282015031999, Rp 15250000, 10000123") == "NIP 199002282015031999, Rp 15250000, 10000123"
    assert identity.masked_within("200000001711", "rekening") == "********1711"


def test_a_family_card_and_an_account_are_read_bare() -> None:
    assert identity.kk("3671 0105 0620 0011") == "3671010506200011"
    assert identity.bank_account(" 1000-0123.01 ") == "1000012301"


@pytest.mark.parametrize(
    ("read", "typed", "code"),
    [
        (identity.kk, "367101050620001", "kk-angka"), (identity.kk, "0000010506200011", "kk-urut"), (identity.kk, "3671010506200000", "kk-urut"),
        (identity.bank_account, "1234567", "nomor-rekening"), (identity.bank_account, "1" * 21, "nomor-rekening"), (identity.bank_account, "12345678a", "nomor-rekening"),
    ],
)  # fmt: skip
def test_a_wrong_family_card_or_account_is_named(read: Any, typed: str, code: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read(typed)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("read", "typed", "value"),
    [
        (identity.npwp, "99.999.999.9-999.000", "999999999999000"), (identity.npwp, "9999 9999 9999 9999", "9999999999999999"),
        (identity.phone, "0812-3456-7890", "+6281234567890"), (identity.phone, "+62 812 3456 7890", "+6281234567890"), (identity.phone, "(021) 5550123", "+62215550123"),
        (identity.email, " Nama.Orang@Contoh.GO.id ", "Nama.Orang@contoh.go.id"), (identity.url, "https://contoh.go.id/a?b=1#c", "https://contoh.go.id/a?b=1#c"),
        (identity.archive_code, "800.1.11.13", "800.1.11.13"), (identity.archive_code, "000", "000"), (identity.budget_code, "5.1.02.01.01.0024", "5.1.02.01.01.0024"),
        (identity.budget_code, "x.xx.01.2.01", "X.XX.01.2.01"), (identity.nib, "1234 5678 90123", "1234567890123"), (identity.plate, "b1234xyz", "B 1234 XYZ"),
        (identity.plate, "RI 1", "RI 1"),
    ],
)  # fmt: skip
def test_other_numbers_are_kept_in_one_form(read: Any, typed: Any, value: Any) -> None:
    assert read(typed) == value
    assert read(value) == value


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (identity.npwp, "12345"), (identity.npwp, "000000000000000"), (identity.phone, "123"), (identity.phone, "+1 202 555 0100"), (identity.email, "a@b"),
        (identity.email, "a b@c.id"), (identity.email, "@c.id"), (identity.email, "a@c..id"), (identity.url, "javascript:alert(1)"), (identity.url, "http://"),
        (identity.url, 'https://a.id/"onclick'), (identity.archive_code, "00.1"), (identity.archive_code, "800.1.123"), (identity.archive_code, "800."),
        (identity.budget_code, "5"), (identity.nib, "123"), (identity.plate, "1234 XYZ"), (identity.plate, "B 0123 X"),
    ],
)  # fmt: skip
def test_other_numbers_refuse(read: Any, typed: Any) -> None:
    with pytest.raises(BadValue):
        read(typed)
