"""An address of ``engine.holders`` as one SQL expression: position expressions nest, so their SQL nests; nothing is looked up one by one."""

# ruff: noqa: S608
from __future__ import annotations

from dataclasses import dataclass, field

from engine.events import Json

NOWHERE = "SELECT NULL::text AS code WHERE false"
UNIT_TYPES = ("unit", "units")


@dataclass
class Sql:
    """Collects bind values while the text grows. ``:now`` is bound by the caller."""

    values: dict[str, object] = field(default_factory=dict)

    def bind(self, value: object) -> str:
        name = f"a{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def listed(self, values: list[str]) -> str:
        return f"CAST({self.bind(values)} AS text[])"

    def positions(self, expr: Json) -> str:
        """SELECT of one column ``code``: the positions the expression means. ValueError on an unknown word."""
        match expr["is"]:
            case "person":
                return self._person(expr)
            case "values":
                return self._named(expr)
            case "positions":
                return f"SELECT p.code FROM position p WHERE p.code = ANY({self.listed(list(expr['positions']))})"
            case "post":
                return f"SELECT p.code FROM position p WHERE p.code = {self.bind(expr['code'])}"
            case "superior_of":
                return (
                    f"SELECT p.superior AS code FROM ({self.positions(expr['of'])}) x JOIN position p ON p.code = x.code WHERE p.superior IS NOT NULL"
                )
            case "head_of":
                return f"SELECT h AS code FROM ({self.units(expr['of'])}) x, LATERAL head_of(x.code) h"
            case "secretary_of":
                return f"SELECT h AS code FROM ({self.units(expr['of'])}) x, LATERAL secretary_of(x.code) h"
            case "desk":
                return f"SELECT d AS code FROM ({self.units(expr['of'])}) x, LATERAL desk_of({self.bind(expr['function'])}, x.code) d"
            case "authority":
                return self._authority(expr)
            case "committee":
                valid = "m.starts <= :now AND (m.ends IS NULL OR m.ends > :now)"
                return f"SELECT m.position AS code FROM committee_member m WHERE m.committee = {self.bind(expr['name'])} AND {valid}"
            case "first":
                return self._first([self.positions(one) for one in expr["of"]])
            case "unit" | "unit_of" | "unit_of_letter":
                return f"SELECT h AS code FROM ({self.units(expr)}) x, LATERAL head_of(x.code) h"
            case "outside" if expr.get("desk"):
                return self.positions(expr["desk"])
            case "outside":
                return self._person({"person": expr.get("starter", ""), "position": "", "unit": ""})
            case "system":
                return NOWHERE
        raise ValueError(f"unknown position expression {expr['is']!r}")

    def units(self, expr: Json) -> str:
        """SELECT of one column ``code``: the units the expression means; of a position, its organisation."""
        match expr["is"]:
            case "unit":
                return f"SELECT u.code FROM unit u WHERE u.code = {self.bind(expr['code'])}"
            case "first":
                return self._first([self.units(one) for one in expr["of"]])
            case "unit_of_letter":
                return f"SELECT c.unit AS code FROM \"case\" c WHERE c.id = {self.bind(str(expr['letter']))} AND c.unit <> ''"
            case "values":
                return self._named_units(expr)
            case "person" if not expr.get("position"):
                return f"SELECT u.code FROM unit u WHERE u.code = {self.bind(expr.get('unit', ''))}"
            case "unit_of":
                return self.units(expr["of"])
        return f"SELECT u.organisation AS code FROM ({self.positions(expr)}) x JOIN position p ON p.code = x.code JOIN unit u ON u.code = p.unit"

    def _person(self, expr: Json) -> str:
        if expr.get("position"):
            return f"SELECT p.code FROM position p WHERE p.code = {self.bind(expr['position'])}"
        person = self.bind(expr.get("person", ""))
        return f"SELECT i.position AS code FROM incumbency i WHERE i.person = {person} AND i.starts <= :now AND (i.ends IS NULL OR i.ends > :now)"

    def _named(self, expr: Json) -> str:
        """Values may be positions, people (id or NIP) or units; the type of the field says what it holds, the tables say what each is."""
        names = self.listed([str(v) for v in expr["values"]])
        if expr.get("type") in UNIT_TYPES:
            return f"SELECT h AS code FROM unit u, LATERAL head_of(u.code) h WHERE u.code = ANY({names})"
        return (
            f"SELECT p.code FROM position p WHERE p.code = ANY({names}) UNION "
            f"SELECT i.position FROM incumbency i JOIN person o ON o.id = i.person WHERE (o.id = ANY({names}) OR o.nip = ANY({names})) "
            "AND i.starts <= :now AND (i.ends IS NULL OR i.ends > :now)"
        )

    def _named_units(self, expr: Json) -> str:
        names = self.listed([str(v) for v in expr["values"]])
        own = f"SELECT u.code FROM unit u WHERE u.code = ANY({names})"
        if expr.get("type") in UNIT_TYPES:
            return own
        seats = self._named({"type": "text", "values": expr["values"]})
        return f"{own} UNION SELECT u.organisation FROM ({seats}) x JOIN position p ON p.code = x.code JOIN unit u ON u.code = p.unit"

    def _authority(self, expr: Json) -> str:
        """Competence over a position looks from its own unit (a bidang has its own kabid); over a unit from that unit."""
        of = expr["of"]
        is_unit = of["is"] in ("unit", "unit_of", "unit_of_letter") or (of["is"] == "first" and all(o["is"] != "person" for o in of["of"]))
        if is_unit:
            whose = f"SELECT '' AS seat, x.code AS unit FROM ({self.units(of)}) x"
        else:
            whose = f"SELECT p.code AS seat, p.unit FROM ({self.positions(of)}) x JOIN position p ON p.code = x.code"
        fallback = expr.get("unit")
        if fallback is not None and not is_unit:
            # A public applicant has no position: the unit of the case decides.
            whose = self._first([whose, f"SELECT '' AS seat, x.code AS unit FROM ({self.units(fallback)}) x"], columns="seat, unit")
        place = self.bind(_area(expr.get("location")))
        matter = self.bind(expr["matter"])
        return f"SELECT a AS code FROM ({whose}) w, LATERAL authority_of({matter}, w.seat, w.unit, {place}, :now) a"

    def _first(self, selects: list[str], columns: str = "code") -> str:
        """The rows of the first of these that has any."""
        if not selects:
            return NOWHERE
        ranked = " UNION ALL ".join(f"SELECT {n} AS rank, {columns} FROM ({select}) s{n}" for n, select in enumerate(selects))
        return f"SELECT {columns} FROM (SELECT *, min(rank) OVER () AS best FROM ({ranked}) r) q WHERE rank = best"


def _area(location: Json) -> str:
    """The administrative code of a place (``36.71.05.1001``) when the case names one by code."""
    if isinstance(location, dict):
        return str(location.get("area") or location.get("kelurahan") or "")
    return str(location) if location else ""
