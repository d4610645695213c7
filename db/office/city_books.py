"""The city's books as its folder declares them: ``city.toml`` (which books and registries there are, and their rules) and the shapes of its places."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.office.city_files import City, Row
from engine.errors import CityInvalid
from engine.events import Json

SHAPES = "places"
"""Folder of GeoJSON files: FeatureCollection, WGS 84; ``properties``: code, and for a place not in places.csv also kind, name, parent."""
KINDS = ("PNS", "PPPK", "pejabat_negara", "non_asn")


@dataclass
class Books:
    """Rows of ``ledger_book``, ``registry_kind``, and places with geometry."""

    ledgers: list[Row] = field(default_factory=list)
    kinds: list[Row] = field(default_factory=list)
    shapes: list[Row] = field(default_factory=list)

    @property
    def of_people(self) -> set[Json]:
        """Books whose subjects are persons."""
        return {row["code"] for row in self.ledgers if row["rule"].get("bagi")}


def read_books(city: City, folder: Path) -> Books:
    """Checked against the rows already read. Refuses with every fault found (CityInvalid)."""
    books = Books()
    told: dict[str, Any] = {}
    if (folder / "city.toml").is_file():
        try:
            told = tomllib.loads((folder / "city.toml").read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise CityInvalid(faults=(f"city.toml: tidak terbaca ({error}). Perbaiki penulisannya.",)) from error
    for code, part in (told.get("buku") or {}).items():
        _ledger(city, books, code, part)
    for kind, part in (told.get("registri") or {}).items():
        books.kinds.append({"kind": kind, "title": str(part.get("judul") or kind), "single": part.get("tunggal") is True})
    for path in sorted((folder / SHAPES).glob("*.geojson")):
        _shapes(city, books, path)
    _declared(city, books)
    if city.faults:
        raise CityInvalid(faults=tuple(city.faults))
    return books


def _ledger(city: City, books: Books, code: str, part: dict[str, Any]) -> None:
    """``hak``: what each subject gets a year; ``bagi``: kinds of person; ``periode``: years opened by loading; ``bawa``, ``paling_banyak``: ledger_year."""
    where = f"city.toml, bagian buku.{code}"
    if not part.get("judul") or not part.get("satuan"):
        city.faults.append(f"{where}: isi judul dan satuan.")
    for name in ("hak", "bawa", "paling_banyak"):
        if name in part and (not isinstance(part[name], int) or part[name] < 0):
            city.faults.append(f"{where}, {name}: tulis bilangan bulat, nol atau lebih.")
    unknown = [kind for kind in part.get("bagi", []) if kind not in KINDS]
    if unknown:
        city.faults.append(f"{where}, bagi: {', '.join(map(str, unknown))} tidak dikenal; pilih dari {', '.join(KINDS)}.")
    if any(not str(year).isdecimal() or len(str(year)) != 4 for year in part.get("periode", [])):
        city.faults.append(f"{where}, periode: tulis tahun empat angka.")
    rule = {name: value for name, value in part.items() if name not in ("judul", "satuan")}
    books.ledgers.append({"code": code, "title": str(part.get("judul", "")), "unit": str(part.get("satuan", "")), "rule": rule})


def _shapes(city: City, books: Books, path: Path) -> None:
    known = {row["code"]: row for row in city.rows["places.csv"]}
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        rows = [({**known.get(f["properties"]["code"], {}), **f["properties"]}, f["geometry"]) for f in features]
    except (ValueError, KeyError, TypeError) as error:
        city.faults.append(f"{SHAPES}/{path.name}: bukan kumpulan GeoJSON dengan kode pada tiap unsur ({error}).")
        return
    for row, geometry in rows:
        if not row.get("kind") or not row.get("name"):
            city.faults.append(f"{SHAPES}/{path.name}: tempat {row['code']} tidak ada di places.csv; isi kind dan name.")
        books.shapes.append(
            {"code": row["code"], "kind": row.get("kind"), "name": row.get("name"), "parent": row.get("parent"), "geometry": geometry}
        )  # fmt: skip


def _declared(city: City, books: Books) -> None:
    """Lines only of books the city declares; those of people only for known people."""
    codes, kinds = {row["code"] for row in books.ledgers}, {row["kind"] for row in books.kinds}
    people = {row["id"] for row in city.rows["people.csv"]}
    for line, row in city.each("ledger.csv"):
        if row["book"] not in codes:
            city.fault("ledger.csv", line, "book", f"“{row['book']}” tidak ada; tambahkan [buku.{row['book']}] pada city.toml")
        elif row["book"] in books.of_people and row["subject"] not in people:
            city.fault("ledger.csv", line, "subject", f"“{row['subject']}” bukan NIP atau id pada people.csv")
    for line, row in city.each("bookings.csv"):
        if row["ends"] <= row["starts"]:
            city.fault("bookings.csv", line, "ends", "akhir harus sesudah mulai")
    for line, row in city.each("registry.csv"):
        if row["kind"] not in kinds:
            city.fault("registry.csv", line, "kind", f"“{row['kind']}” tidak ada; tambahkan [registri.{row['kind']}] pada city.toml")
