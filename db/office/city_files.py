"""A city's folder as checked rows: every fault is found before anything is written, each naming file, line, column and mend."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from db.office import city_cells as cell
from engine.errors import CityInvalid
from engine.events import Json

Row = dict[str, Json]

SHEETS: Mapping[str, Mapping[str, cell.Cell]] = {
    "units.csv": {
        "code": cell.code, "name": cell.words, "kind": cell.code, "parent": cell.code_or_none, "letter_code": cell.maybe, "letterhead": cell.maybe,
        "address": cell.maybe, "postcode": cell.maybe, "phone": cell.maybe, "email": cell.maybe, "site": cell.maybe, "area": cell.maybe,
    },
    "posts.csv": {
        "code": cell.code, "unit": cell.code, "title": cell.words, "title_caps": cell.words, "echelon": cell.maybe, "superior": cell.code_or_none,
        "is_head": cell.yes, "is_secretary": cell.yes,
    },
    "people.csv": {
        "id": cell.ulid, "name": cell.words, "front_degrees": cell.maybe, "back_degrees": cell.maybe, "nip": cell.nip_or_none,
        "kind": cell.one_of("PNS", "PPPK", "pejabat_negara", "non_asn"), "rank": cell.maybe, "grade": cell.maybe, "email": cell.maybe,
    },
    "holders.csv": {"position": cell.code, "person": cell.words, "starts": cell.instant, "ends": cell.instant_or_none, "decree": cell.words},
    "acting.csv": {
        "kind": cell.one_of("plt", "plh", "pj", "pjs"), "position": cell.code, "person": cell.words, "starts": cell.instant, "ends": cell.instant,
        "order_number": cell.words, "forbids": cell.several,
    },
    "mandates.csv": {
        "form": cell.one_of("an", "ub"), "from_position": cell.code, "to_position": cell.code, "document_kinds": cell.documents, "starts": cell.instant,
        "ends": cell.instant_or_none, "decree": cell.words,
    },
    "functions.csv": {"function": cell.function, "unit": cell.code, "position": cell.code},
    "matters.csv": {
        "matter": cell.function, "selector_kind": cell.one_of("position", "unit", "area", "any"), "selector": cell.maybe, "position": cell.code,
        "starts": cell.instant, "ends": cell.instant_or_none, "decree": cell.words,
    },
    "committees.csv": {
        "committee": cell.function, "part": cell.one_of("ketua", "sekretaris", "anggota"), "position": cell.code, "starts": cell.instant,
        "ends": cell.instant_or_none, "decree": cell.words,
    },
    "holidays.csv": {"day": cell.day, "name": cell.words, "kind": cell.one_of("libur", "cuti_bersama", "lokal"), "source": cell.words},
    "hours.csv": {
        "starts": cell.day, "ends": cell.day_or_none, "weekday": cell.weekday, "opens": cell.clock, "closes": cell.clock, "name": cell.words,
        "source": cell.words,
    },
    "parameters.csv": {
        "name": cell.words, "starts": cell.day, "ends": cell.day_or_none, "value": cell.words, "unit": cell.words, "decree": cell.words,
    },
    "classification.csv": {"code": cell.classification, "name": cell.words},
    "places.csv": {"code": cell.place, "kind": cell.code, "name": cell.words, "parent": cell.place_or_none},
    "ledger.csv": {
        "book": cell.code, "subject": cell.words, "period": cell.words, "amount": cell.amount, "closes": cell.day_or_none, "source": cell.words,
    },
    "registry.csv": {
        "kind": cell.code, "key": cell.words, "attributes": cell.attributes, "valid_from": cell.day, "valid_to": cell.day_or_none, "source": cell.words,
    },
    "bookings.csv": {
        "kind": cell.code, "resource": cell.words, "starts": cell.instant, "ends": cell.instant, "purpose": cell.words, "source": cell.words,
    },
}  # fmt: skip

OPTIONAL = frozenset({"places.csv", "ledger.csv", "registry.csv", "bookings.csv"})
"""A city may begin without them."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "units.csv": ("code",), "posts.csv": ("code",), "people.csv": ("id",), "functions.csv": ("function", "unit", "position"),
    "committees.csv": ("committee", "position", "starts"), "holidays.csv": ("day",), "hours.csv": ("starts", "weekday"),
    "parameters.csv": ("name", "starts"), "classification.csv": ("code",),
    "places.csv": ("code",),
}  # fmt: skip
"""What may stand only once in its file."""

LINKS: tuple[tuple[str, str, str], ...] = (
    ("units.csv", "parent", "units.csv"), ("posts.csv", "unit", "units.csv"), ("posts.csv", "superior", "posts.csv"),
    ("holders.csv", "position", "posts.csv"), ("holders.csv", "person", "people.csv"), ("acting.csv", "position", "posts.csv"),
    ("acting.csv", "person", "people.csv"), ("mandates.csv", "from_position", "posts.csv"), ("mandates.csv", "to_position", "posts.csv"),
    ("functions.csv", "unit", "units.csv"), ("functions.csv", "position", "posts.csv"), ("matters.csv", "position", "posts.csv"),
    ("committees.csv", "position", "posts.csv"), ("places.csv", "parent", "places.csv"),
)  # fmt: skip
"""(file, column, file it must name)."""


@dataclass
class City:
    """The rows of every file, in file order, and what is wrong with them."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def each(self, file: str) -> Iterator[tuple[int, Row]]:
        return zip(self.lines[file], self.rows[file], strict=True)

    def fault(self, file: str, line: int, column: str, mend: str) -> None:
        self.faults.append(f"{file} baris {line}, kolom {column}: {mend}.")


def read_city(folder: Path) -> City:
    """All files of the folder, checked. Refuses with every fault found (CityInvalid); nothing is half read."""
    city = City()
    for file in SHEETS:
        _read_sheet(city, folder, file)
    if not city.faults:
        _people_by_either_name(city)
        for check in (_unique, _linked, _selectors, _one_holder, _no_rings):
            check(city)
    if city.faults:
        raise CityInvalid(faults=tuple(city.faults))
    return city


def _read_sheet(city: City, folder: Path, file: str) -> None:
    columns = SHEETS[file]
    city.rows[file], city.lines[file] = [], []
    path = folder / file
    if not path.is_file() and file in OPTIONAL:
        return
    if not path.is_file():
        city.faults.append(f"{file}: berkas tidak ada. Salin dari kota_contoh lalu isi.")
        return
    with path.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        if tuple(reader.fieldnames or ()) != tuple(columns):
            city.faults.append(f"{file} baris 1: judul kolom harus persis: {','.join(columns)}.")
            return
        for raw in reader:
            row: Row = {}
            if None in raw or None in raw.values():
                city.fault(file, reader.line_num, "semua", "jumlah kolom tidak sama dengan judul; periksa koma dan tanda petik")
                continue
            for column, read in columns.items():
                try:
                    row[column] = read(raw[column].strip())
                except ValueError as error:
                    city.fault(file, reader.line_num, column, f"“{raw[column]}” tidak dapat dipakai: {error}")
            city.rows[file].append(row)
            city.lines[file].append(reader.line_num)


def _people_by_either_name(city: City) -> None:
    """A person is named by NIP or by id; afterwards always by id."""
    ids = {row["nip"]: row["id"] for row in city.rows["people.csv"] if row["nip"]}
    for file, column in (("holders.csv", "person"), ("acting.csv", "person"), ("ledger.csv", "subject")):
        for row in city.rows[file]:
            row[column] = ids.get(row[column], row[column])


def _unique(city: City) -> None:
    for file, key in KEYS.items():
        seen: dict[tuple[Json, ...], int] = {}
        for line, row in city.each(file):
            first = seen.setdefault(tuple(row[column] for column in key), line)
            if first != line:
                city.fault(file, line, key[0], f"sama dengan baris {first}; hapus salah satu")
    nips: dict[Json, int] = {}
    for line, row in city.each("people.csv"):
        if (row["kind"] in ("PNS", "PPPK")) != (row["nip"] is not None):
            city.fault("people.csv", line, "nip", "PNS dan PPPK wajib ber-NIP, yang lain tidak")
        if row["nip"] and nips.setdefault(row["nip"], line) != line:
            city.fault("people.csv", line, "nip", f"NIP sama dengan baris {nips[row['nip']]}")


def _linked(city: City) -> None:
    known = {
        file: {row["id" if file == "people.csv" else "code"] for row in city.rows[file]}
        for file in ("units.csv", "posts.csv", "people.csv", "places.csv")
    }
    for file, column, target in LINKS:
        for line, row in city.each(file):
            if row[column] is not None and row[column] not in known[target]:
                city.fault(file, line, column, f"“{row[column]}” tidak ada di {target}; perbaiki tulisannya atau tambahkan di sana")


def _selectors(city: City) -> None:
    targets = {"unit": {r["code"] for r in city.rows["units.csv"]}, "position": {r["code"] for r in city.rows["posts.csv"]}}
    for line, row in city.each("matters.csv"):
        kind, selector = str(row["selector_kind"]), row["selector"]
        if (kind == "any") != (selector == ""):
            city.fault("matters.csv", line, "selector", "kosongkan untuk any, isi untuk yang lain")
        elif kind in targets and selector not in targets[kind]:
            city.fault("matters.csv", line, "selector", f"“{selector}” tidak dikenal")


def _one_holder(city: City) -> None:
    for file in ("holders.csv", "acting.csv"):
        periods: dict[Json, list[tuple[str, str, int]]] = {}
        for line, row in city.each(file):
            starts, ends = str(row["starts"]), str(row["ends"] or "9999")
            if ends <= starts:
                city.fault(file, line, "ends", "akhir harus sesudah awal")
            for other_starts, other_ends, other in periods.setdefault(row["position"], []):
                if starts < other_ends and other_starts < ends:
                    city.fault(file, line, "position", f"masanya bertumpuk dengan baris {other}")
            periods[row["position"]].append((starts, ends, line))


def _no_rings(city: City) -> None:
    for file, column in (("units.csv", "parent"), ("posts.csv", "superior"), ("places.csv", "parent")):
        above = {row["code"]: row[column] for row in city.rows[file]}
        for line, row in city.each(file):
            seen, at = set(), row["code"]
            while at is not None and at not in seen:
                seen.add(at)
                at = above.get(at)
            if at == row["code"]:
                city.fault(file, line, column, "garis ke atas berputar kembali ke baris ini sendiri")
