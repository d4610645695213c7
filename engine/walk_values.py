"""Plausible random values for a walk, chosen near what the conditions compare with, so that both sides are met."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from engine.events import Json
from engine.expr import Arith, Compare, Expr, Function, Has, In, Name, Value, walk
from engine.fields import Field
from engine.nodes import When
from engine.process import Fact, Process
from engine.relevance import Needs, relevant

UNITS = ("dinkes", "dinas-pupr", "dishub", "bappeda", "diskominfo", "bpkd")
_NUMBERS = frozenset({"integer", "rupiah", "decimal", "percent", "area", "year"})


class Values:
    """Draws values for the fields and facts of one process."""

    def __init__(self, process: Process, random: Random) -> None:
        self.process, self.random = process, random
        self.needs: Needs = relevant(process)
        self.literals: dict[str, list[Json]] = process.__dict__.get("_literals") or _literals(process)
        process.__dict__["_literals"] = self.literals
        self.beginnings: dict[str, list[str]] = process.__dict__.get("_beginnings") or _beginnings(process)
        process.__dict__["_beginnings"] = self.beginnings

    def draw(self, name: str, today: date) -> Json:
        """A value for a field or fact of the process; sometimes None where a condition should meet an empty value."""
        declared = self.process.declared(name)
        if declared is None or name not in self.needs:
            return None
        if isinstance(declared, Field) and declared.required is not True and self.random.random() < 0.12:
            return None
        return self.of(declared, name, today)

    def of(self, declared: Field | Fact, key: str, today: date) -> Json:
        random = self.random
        near = self.literals.get(key, [])
        match declared.type:
            case "choice":
                return random.choice(declared.choices or tuple(str(n) for n in near) or ("lain",))
            case "multichoice":
                return [c for c in declared.choices if random.random() < 0.5]
            case "boolean":
                return random.random() < 0.5
            case "table":
                return self.table(declared, key, today)
            case "unit":
                return random.choice((*UNITS, *dict.fromkeys(near)))
            case "units":
                # Those a condition asks for come together now and then, or it would never hold.
                return list(dict.fromkeys(near)) if near and random.random() < 0.5 else random.sample(UNITS, random.randint(0, 3))
            case "employee" | "nip":
                return f"p{random.randint(1, 40)}"
            case "employees":
                return [f"p{n}" for n in random.sample(range(1, 40), random.randint(0, 3))]
            case "position":
                return f"jab-{random.randint(1, 20)}"
            case "positions":
                return [f"jab-{n}" for n in random.sample(range(1, 20), random.randint(0, 3))]
            case "time":
                return f"{random.randint(7, 17):02}:{random.choice((0, 30)):02}"
            case "month":
                return f"{today.year + random.randint(0, 1)}-{random.randint(1, 12):02}"
            case "date":
                return (today + timedelta(days=random.randint(-30, 30))).isoformat()
            case "datetime":
                return f"{(today + timedelta(days=random.randint(-30, 30))).isoformat()}T03:00:00Z"
            case "daterange":
                first = today + timedelta(days=random.randint(1, 20))
                return {"from": first.isoformat(), "to": (first + timedelta(days=random.choice((0, 3, 13, 20, 45)))).isoformat()}
            case kind if kind in _NUMBERS:
                return self.number(near)
        return random.choice([*(n for n in near if isinstance(n, str)), *self.beginnings.get(key, ()), "teks"])

    def number(self, near: list[Json]) -> int:
        """At, below or above a threshold; small numbers meet each other where fields are compared with fields."""
        bounds = [n for n in near if isinstance(n, int) and not isinstance(n, bool)]
        if bounds:
            bound = self.random.choice(bounds)
            return self.random.choice((bound, bound - 1, bound + 1, bound * 2, bound // 2))
        return self.random.choice((0, 1, 2, 3, 5, 8))

    def table(self, declared: Field | Fact, key: str, today: date) -> list[Json]:
        rows = self.random.choice((0, 1, 1, 2, 2, 3))
        columns = [c for c in declared.columns if c.name in (self.needs.get(declared.name) or ())]
        return [{"_id": f"r{n + 1}", **{c.name: self.of(c, f"{key}.{c.name}", today) for c in columns}} for n in range(rows)]

    def row(self, declared: Field | Fact, row: str, today: date) -> list[Json]:
        """The one row an ``Each`` step fills."""
        columns = [c for c in declared.columns if c.name in (self.needs.get(declared.name) or ())]
        return [{"_id": row, **{c.name: self.of(c, f"{declared.name}.{c.name}", today) for c in columns}}]

    def filled(self, declared: Field | Fact, rows: list[Json], column: str, today: date) -> list[Json]:
        """The rows that stand, with one column of each filled in; one that nobody reads stays as it is."""
        asked = next((c for c in declared.columns if c.name == column and c.name in (self.needs.get(declared.name) or ())), None)
        return [{**row, asked.name: self.of(asked, f"{declared.name}.{column}", today)} if asked else row for row in rows]

    def applicant(self) -> dict[str, Json]:
        """Attributes of the applicant that conditions ask for."""
        out: dict[str, Json] = {}
        for key, near in self.literals.items():
            if not key.startswith("applicant."):
                continue
            words = [n for n in near if isinstance(n, str)]
            if words:
                out[key[10:]] = self.random.choice([*words, "lain"])
            elif any(isinstance(n, bool) for n in near):
                out[key[10:]] = self.random.random() < 0.5
            else:
                out[key[10:]] = self.number(near)
        return out


def _literals(process: Process) -> dict[str, list[Json]]:
    """Name (or ``table.column``) → the values it is compared with."""
    found: dict[str, list[Json]] = {}
    pairs: list[tuple[Expr, Expr]] = []
    for node in process.tree.nodes.values():
        tests = [node.test] if isinstance(node, When) else [rule.test for outcome in getattr(node, "outcomes", ()) for rule in outcome.rules]
        for part in (part for test in tests for part in walk(test)):
            for name, value in _compared(part):
                found.setdefault(_key(name), []).append(value)
            if isinstance(part, Compare):
                pairs.append((part.left, part.right))
    for left, right in pairs:
        # What is compared with another field needs values of the same size.
        for one in (n for n in walk(left) if isinstance(n, Name)):
            for other in (n for n in walk(right) if isinstance(n, Name)):
                both = [*found.get(_key(one), []), *found.get(_key(other), [])] or [0, 4]
                found[_key(one)] = found[_key(other)] = both
    return found


def _beginnings(process: Process) -> dict[str, list[str]]:
    """Name → how it begins where a computed fact asks so."""
    found: dict[str, list[str]] = {}
    for one in process.facts:
        for part in walk(one.value) if one.value is not None else ():
            match part:
                case Function("starts_with", (Name() as name, Value(str() as beginning))):
                    found.setdefault(_key(name), []).append(beginning)
                case _:
                    pass
    return found


def _key(name: Name) -> str:
    return f"{name.name}.{name.column}" if name.column else name.name


def _compared(part: Expr) -> list[tuple[Name, Json]]:
    match part:
        case Compare(_, Name() as name, Value(value)) | Compare(_, Value(value), Name() as name) | Has(Name() as name, str() | int() as value):
            return [(name, value)]
        case Compare(_, Function("sum" | "min" | "max" | "count", (Name() as name,)), Value(value)) if name.column:
            return [(name, value)]
        case Compare(_, Arith(_, Name() as name, _), Value(value)):
            return [(name, value)]
        case In(Name() as name, words):
            return [(name, w) for w in words]
    return []
