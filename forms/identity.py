"""Numbers that name people, firms, vehicles and files. Sources: rules of official letters §11.2 (NIP), §11.3 (NIK), §8.1 (classification)."""

from __future__ import annotations

import re
from datetime import date

from forms.messages import BadValue

WORKING_AGE = range(18, 59)
KINDS_OF_MONTH = range(1, 13)
NAMED = frozenset({"nik", "kk", "npwp", "npwpd", "rekening", "identitas", "nomor_induk"})
"""Attributes of a register that hold an identity."""
LONG = 15
"""Digits of the shortest number whose first four say only where it was given out."""


def _digits(text: str, count: int, code: str, ignore: str = " .") -> str:
    bare = text.strip().translate({ord(mark): None for mark in ignore})
    if not re.fullmatch(rf"[0-9]{{{count}}}", bare):
        raise BadValue(code)
    return bare


def nip(text: str) -> str:
    """18 bare digits of a civil servant (PNS) or a contract employee (PPPK). There is no check digit: each part is checked."""
    bare = _digits(text, 18, "nip-angka")
    try:
        born = date(int(bare[:4]), int(bare[4:6]), int(bare[6:8]))
    except ValueError as error:
        raise BadValue("nip-lahir") from error
    middle = int(bare[12:14])
    if middle not in KINDS_OF_MONTH and middle not in range(21, 30):
        raise BadValue("nip-tmt")
    if int(bare[8:12]) - born.year not in WORKING_AGE:
        raise BadValue("nip-usia")
    if bare[14] not in "12":
        raise BadValue("nip-kelamin")
    if bare[15:] == "000":
        raise BadValue("nip-urut")
    return bare


def nip_kind(bare: str) -> str:
    """``PNS`` or ``PPPK`` of a NIP that :func:`nip` accepted."""
    return "PNS" if int(bare[12:14]) in KINDS_OF_MONTH else "PPPK"


def nip_grouped(bare: str) -> str:
    """``19900228 201503 1 999``, as printed."""
    return f"{bare[:8]} {bare[8:14]} {bare[14]} {bare[15:]}"


def nik(text: str, today: date) -> str:
    """16 bare digits. The prefix says where a person was first registered and is never refused."""
    bare = _digits(text, 16, "nik-angka")
    nik_birth(bare, today)
    if bare[12:] == "0000":
        raise BadValue("nik-urut")
    return bare


def nik_birth(bare: str, today: date) -> tuple[date, str]:
    """Birth date (the latest one not after ``today``) and ``P`` or ``L``; refuses a day that exists in no century."""
    day, month, year = int(bare[6:8]), int(bare[8:10]), int(bare[10:12])
    sex = "P" if day > 40 else "L"
    for century in (2000, 1900):
        try:
            born = date(century + year, month, day - 40 if sex == "P" else day)
        except ValueError:
            continue
        if born <= today:
            return born, sex
    raise BadValue("nik-lahir")


def kk(text: str) -> str:
    """16 bare digits of a family card. Its date is that of the registration; only its place (four digits at least) is never empty."""
    bare = _digits(text, 16, "kk-angka")
    if bare[:4] == "0000" or bare[12:] == "0000":
        raise BadValue("kk-urut")
    return bare


def bank_account(text: str) -> str:
    """8 to 20 bare digits; blanks, dots and dashes of the pass book are dropped."""
    bare = text.strip().translate({ord(mark): None for mark in " .-"})
    if not re.fullmatch(r"[0-9]{8,20}", bare):
        raise BadValue("nomor-rekening")
    return bare


def masked(number: str) -> str:
    """``3671**********01``, a shorter one ``******2301``: how an identity stands on pages and in logs. Marks between the digits stay, and so
    do words without a digit (a bank, an owner) and what separates several numbers."""
    return re.sub(r"[^\s,;:]*\d[^\s,;:]*", _masked, number)


def _masked(found: re.Match[str]) -> str:
    text = found[0]
    places = [at for at, mark in enumerate(text) if mark.isalnum()]
    first, last = (4, 2) if len(places) >= LONG else (0, min(4, len(places) // 3))
    hidden = places[first : len(places) - last]
    return "".join("*" if at in hidden else mark for at, mark in enumerate(text))


def npwp(text: str) -> str:
    """15 digits (old) or 16 digits (NIK or padded)."""
    bare = text.strip().translate({ord(mark): None for mark in " .-/"})
    if not re.fullmatch(r"[0-9]{15,16}", bare) or not bare.strip("0"):
        raise BadValue("npwp")
    return bare


def npwp_grouped(bare: str) -> str:
    """``09.254.294.3-407.000`` for 15 digits; groups of four for 16."""
    if len(bare) == 15:
        return f"{bare[:2]}.{bare[2:5]}.{bare[5:8]}.{bare[8]}-{bare[9:12]}.{bare[12:]}"
    return " ".join(bare[at : at + 4] for at in range(0, 16, 4))


def masked_within(text: str, name: str = "") -> str:
    """A text of a register: masked whole where ``name`` says that it is an identity, else only what in it is as long as a NIK, KK or NPWP (a NIP, two
    digits longer, is no secret)."""
    return masked(text) if name in NAMED else re.sub(r"(?<!\d)\d{15,16}(?!\d)", _masked, text)


def phone(text: str) -> str:
    """An Indonesian number in international form: ``0812-3456-7890`` → ``+6281234567890``."""
    bare = re.sub(r"[\s().-]", "", text)
    bare = re.sub(r"^(?:\+?62|0)0?", "+62", bare)
    if not re.fullmatch(r"\+62[1-9][0-9]{6,11}", bare):
        raise BadValue("telepon")
    return bare


def email(text: str) -> str:
    """One address; the domain in small letters. Refuses spaces, display names and a domain without a dot."""
    name, _, domain = text.strip().rpartition("@")
    domain = domain.lower()
    label = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    if len(text) > 254 or not re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", name):
        raise BadValue("surel")
    if len(name) > 64 or not re.fullmatch(rf"{label}(?:\.{label})+", domain):
        raise BadValue("surel")
    return f"{name}@{domain}"


def url(text: str) -> str:
    """http or https only: other schemes run code or read files when somebody follows them."""
    tidy = text.strip()
    if len(tidy) > 2000 or not re.fullmatch(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'\\]*)?", tidy):
        raise BadValue("tautan")
    return tidy


def archive_code(text: str) -> str:
    """A path of the national classification: ``000.1.2.3``."""
    if not re.fullmatch(r"\d{3}(?:\.\d{1,2}){0,5}", text.strip()):
        raise BadValue("klasifikasi")
    return text.strip()


def budget_code(text: str) -> str:
    """An account or activity code: numbers (or X) joined by dots, two to twelve levels."""
    tidy = text.strip().upper()
    if not re.fullmatch(r"(?:\d{1,4}|X{1,2})(?:\.(?:\d{1,4}|X{1,2})){1,11}", tidy):
        raise BadValue("rekening")
    return tidy


def nib(text: str) -> str:
    """Business number: 13 digits."""
    return _digits(text, 13, "nib", " .-")


def plate(text: str) -> str:
    """``b1234xyz`` → ``B 1234 XYZ``."""
    found = re.fullmatch(r"([A-Z]{1,2})\s*-?\s*([1-9]\d{0,3})\s*-?\s*([A-Z]{0,3})", text.strip().upper())
    if found is None:
        raise BadValue("pelat")
    return " ".join(part for part in found.groups() if part)
