"""How a stored value reads on a page, in a letter, in a diff, and how it is typed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from engine.events import Json
from engine.fields import IDENTITY, Field, FieldType
from forms import dates, identity, numbers, rich

_CAPITALS = frozenset(
    """apbd apbn apip asn bast bmd bpbd bpk bpkb btt cltn dkp dpa dprd gu hps ikd itgk jkk jkm kk kkp ktp laksa lhp ls nib nik nip nop npwp npwpd opd pbb pbg pd pdn pdp pjk pkpm
    pjs pkb pkk pns pph ppk ppkd ppn pppk psp rka rkud rt rw sd sk skp skpd sla smp sop sp spd spj spk spm spp sppd sp2d stnk tkdn
    tu tte up upt""".split()  # noqa: SIM905 - a word list reads better than ninety quotes
)

Labels = Mapping[str, str]
"""Code of a person, position, unit or letter → what people read; the page looks them up."""

_SHORT = {"plh": "Plh.", "plt": "Plt."}
"""Short forms that are not written in capitals."""


@lru_cache(maxsize=4096)
def word(choice: str) -> str:
    """A choice as people read it: ``amat-segera`` → ``Amat segera``, ``apbd`` → ``APBD``, ``plh`` → ``Plh.``."""
    parts = [part.upper() if part in _CAPITALS else _SHORT.get(part, part) for part in choice.replace("_", "-").split("-")]
    text = " ".join(parts)
    return text[:1].upper() + text[1:]


def rupiah(value: Json) -> str:
    """``15250000`` → ``Rp 15.250.000``; ``"15250000.50"`` → ``Rp 15.250.000,50``. The space does not break."""
    amount = Decimal(str(value))
    whole = numbers.grouped(int(amount))
    sen = f"{amount:.2f}".partition(".")[2]
    return f"Rp\u00a0{whole}" + ("" if sen == "00" else f",{sen}")


def _moment(value: str) -> str:
    at = datetime.fromisoformat(value)
    return f"{dates.long(value)} pukul {at:%H.%M}"


def _span(value: Mapping[str, str]) -> str:
    start, end = dates.long(value["from"]), dates.long(value["to"])
    return start if start == end else f"{start} sampai {end}"


def _month(value: str) -> str:
    return f"{dates.MONTHS[int(value[5:7]) - 1]} {value[:4]}"


def _phone(value: str) -> str:
    local = "0" + value.removeprefix("+62")
    return f"{local[:4]}-{local[4:8]}-{local[8:]}".rstrip("-")


def _place(value: Mapping[str, str]) -> str:
    return f"{value['lat'].replace('.', ',')}; {value['lon'].replace('.', ',')}"


def _area(value: Json) -> str:
    if isinstance(value, str):
        return f"{numbers.grouped(value)} m²"
    return f"{'Bidang' if value['type'] == 'Polygon' else 'Garis'} dengan {len(value['coordinates'])} titik"


_SHOWN: Final[dict[FieldType, Callable[[Json], str]]] = {
    "integer": numbers.grouped,
    "decimal": numbers.grouped,
    "rupiah": rupiah,
    "percent": lambda value: f"{numbers.grouped(value)}\u00a0%",
    "date": dates.long,
    "time": lambda value: value.replace(":", "."),
    "datetime": _moment,
    "daterange": _span,
    "month": _month,
    "year": str,
    "choice": word,
    "boolean": lambda value: "Ya" if value else "Tidak",
    "nip": identity.nip_grouped,
    **dict.fromkeys(IDENTITY, identity.masked),
    "phone": _phone,
    "location": _place,
    "area": _area,
    "file": lambda value: str(value["name"]),
}
_NAMED: Final[frozenset[FieldType]] = frozenset({"employee", "position", "unit", "letter_ref", "archive_code"})
_LISTS: Final[dict[FieldType, FieldType]] = {
    "employees": "employee", "positions": "position", "units": "unit", "files": "file", "multichoice": "choice",
}  # fmt: skip


def show(asked: Field, value: Json, labels: Labels | None = None) -> str:
    """Indonesian text of one value; empty text for an empty one. An identity is masked: pages and logs never carry it whole."""
    return _show(asked, asked.type, value, labels or {})


def _show(asked: Field, kind: FieldType, value: Json, labels: Labels) -> str:
    if value is None or value in ("", []):
        return ""
    if kind in _LISTS:
        return ", ".join(_show(asked, _LISTS[kind], one, labels) for one in value)
    if kind == "table":
        return f"{len(value)} baris"
    if kind in _NAMED:
        return labels.get(value, str(value))
    if kind == "longtext" and asked.rich:
        return rich.words(value)
    if kind == "file" and asked.evidence:
        return f"{value['name']} ({evidence(value)})"
    return _SHOWN.get(kind, str)(value)


_PRINTED: Final[dict[FieldType, Callable[[Json], str]]] = {"npwp": identity.npwp_grouped, "bank_account": str, "id_number": str}


def printed(asked: Field, value: Json, labels: Labels | None = None) -> str:
    """As ``show``, for a letter: a taxpayer and an account that it names stand whole, a person's NIK and KK only where the letter itself takes them."""
    return _PRINTED[asked.type](value) if asked.type in _PRINTED and value else show(asked, value, labels)


def whole(kind: FieldType, value: Json) -> str:
    """The identity itself, for whoever asked to read it and was written down for that."""
    return identity.npwp_grouped(value) if kind == "npwp" else str(value)


def evidence(file: Mapping[str, Json]) -> str:
    """Where and when a photograph was taken, and who says so; that nobody says it is said too."""
    if not file.get("place"):
        return "tanpa tempat dan waktu"
    who = "diambil" if file.get("told_by") == "foto" else "diunggah"
    return f"{who} {_moment(file['taken_at'])} di {_place(file['place'])}"


_TYPED: Final[dict[FieldType, Callable[[Json], str]]] = {
    "integer": str,
    "decimal": numbers.grouped,
    "rupiah": lambda value: rupiah(value).removeprefix("Rp\u00a0"),
    "percent": numbers.grouped,
    "date": dates.short,
    "time": lambda value: value.replace(":", "."),
    "month": lambda value: f"{value[5:7]}-{value[:4]}",
    "boolean": lambda value: "ya" if value else "tidak",
    "location": _place,
    "file": lambda value: str(value["id"]),
}


def typed(asked: Field, value: Json) -> list[str]:
    """The texts that lead back to ``value`` when read again."""
    if value is None:
        return []
    if asked.type == "daterange":
        return [dates.short(value["from"]), dates.short(value["to"])]
    if asked.type == "datetime":
        return [dates.short(value), datetime.fromisoformat(value).strftime("%H.%M")]
    if asked.type == "longtext" and asked.rich:
        return [rich.marks(value)]
    if asked.type == "area":
        if isinstance(value, str):
            return [numbers.grouped(value)]
        return ["\n".join(_place({"lat": lat, "lon": lon}) for lon, lat in value["coordinates"])]
    if asked.type == "files":
        return [str(one["id"]) for one in value]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [_TYPED.get(asked.type, str)(value)]


def raw(fields: Sequence[Field], values: Mapping[str, Json]) -> dict[str, list[str]]:
    """Stored values as the answers of a form: what an edit page starts from, and how an API body enters the same validation."""
    answers: dict[str, list[str]] = {}
    for asked in fields:
        value = values.get(asked.name)
        if value is None:
            continue
        if asked.type != "table":
            answers[asked.name] = typed(asked, value)
            continue
        for number, row in enumerate(value):
            answers[f"{asked.name}.{number}._id"] = [str(row.get("_id", ""))]
            for column in asked.columns:
                if column.name in row:
                    answers[f"{asked.name}.{number}.{column.name}"] = typed(column, row[column.name])
    return answers
