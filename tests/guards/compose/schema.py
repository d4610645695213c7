"""As much of JSON Schema 2020-12 as the compose specification uses. An unknown keyword is an error: nothing is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = Any
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
SILENT = frozenset({"$schema", "$id", "$defs", "title", "description", "default", "deprecated", "patternProperties", "format"})


def is_a(value: Json, kinds: str | list[str]) -> bool:
    """Whether the value is of one of the types; true and false are no numbers."""
    wanted = [kinds] if isinstance(kinds, str) else kinds
    return any(isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool)) for kind in wanted)


@dataclass(frozen=True)
class Schema:
    root: Json

    def faults(self, value: Json, rule: Json | None = None, at: str = "") -> Iterator[str]:
        """One line per fault, with the place in the document."""
        rule = self.root if rule is None else rule
        if rule is True or rule == {}:
            return
        for word, asked in rule.items():
            check = getattr(self, f"_{word.strip('$')}", None)
            if check is not None:
                yield from check(value, asked, at, rule)
            elif word not in SILENT:
                raise AssertionError(f"the schema uses {word!r}, which this checker does not know: teach it, or list it as silent")

    def _ref(self, value: Json, asked: str, at: str, _rule: Json) -> Iterator[str]:
        yield from self.faults(value, self._target(asked), at)

    def _target(self, reference: str) -> Json:
        found = self.root
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        return found

    def _type(self, value: Json, asked: str | list[str], at: str, _rule: Json) -> Iterator[str]:
        if not is_a(value, asked):
            yield f"{at}: bukan {asked}"

    def _enum(self, value: Json, asked: list[Json], at: str, _rule: Json) -> Iterator[str]:
        if value not in asked:
            yield f"{at}: {value!r} bukan salah satu dari {asked}"

    def _pattern(self, value: Json, asked: str, at: str, _rule: Json) -> Iterator[str]:
        if isinstance(value, str) and not re.search(asked, value):
            yield f"{at}: {value!r} tidak cocok dengan {asked}"

    def _minimum(self, value: Json, asked: float, at: str, _rule: Json) -> Iterator[str]:
        if is_a(value, "number") and value < asked:
            yield f"{at}: kurang dari {asked}"

    def _maximum(self, value: Json, asked: float, at: str, _rule: Json) -> Iterator[str]:
        if is_a(value, "number") and value > asked:
            yield f"{at}: lebih dari {asked}"

    def _required(self, value: Json, asked: list[str], at: str, _rule: Json) -> Iterator[str]:
        yield from (f"{at}: {name} tidak ada" for name in asked if isinstance(value, dict) and name not in value)

    def _uniqueItems(self, value: Json, asked: bool, at: str, _rule: Json) -> Iterator[str]:
        if asked and isinstance(value, list) and any(one in value[:place] for place, one in enumerate(value)):
            yield f"{at}: ada yang berulang"

    def _items(self, value: Json, asked: Json, at: str, _rule: Json) -> Iterator[str]:
        for place, one in enumerate(value if isinstance(value, list) else []):
            yield from self.faults(one, asked, f"{at}[{place}]")

    def _allOf(self, value: Json, asked: list[Json], at: str, _rule: Json) -> Iterator[str]:
        for one in asked:
            yield from self.faults(value, one, at)

    def _anyOf(self, value: Json, asked: list[Json], at: str, _rule: Json) -> Iterator[str]:
        tried = [list(self.faults(value, one, at)) for one in asked]
        if all(tried):
            yield from min(tried, key=len)

    def _oneOf(self, value: Json, asked: list[Json], at: str, _rule: Json) -> Iterator[str]:
        tried = [list(self.faults(value, one, at)) for one in asked]
        if sum(not found for found in tried) > 1:
            yield f"{at}: cocok dengan lebih dari satu bentuk"
        elif all(tried):
            yield from min(tried, key=len)

    def _properties(self, value: Json, asked: dict[str, Json], at: str, _rule: Json) -> Iterator[str]:
        for name, one in asked.items():
            if isinstance(value, dict) and name in value:
                yield from self.faults(value[name], one, f"{at}.{name}")

    def _additionalProperties(self, value: Json, asked: Json, at: str, rule: Json) -> Iterator[str]:
        yield from self._others(value, asked, at, rule)

    def _unevaluatedProperties(self, value: Json, asked: Json, at: str, rule: Json) -> Iterator[str]:
        yield from self._others(value, asked, at, rule)

    def _others(self, value: Json, asked: Json, at: str, rule: Json) -> Iterator[str]:
        """Names that neither the rule nor what it is made of knows."""
        names, patterns = self._known(rule)
        for name, one in value.items() if isinstance(value, dict) else ():
            fitting = [pattern for pattern in patterns if re.search(pattern, str(name))]
            if name in names or fitting:
                for pattern in fitting:
                    yield from self.faults(one, patterns[pattern], f"{at}.{name}")
            elif asked is False:
                yield f"{at}: {name} tidak dikenal"
            else:
                yield from self.faults(one, asked, f"{at}.{name}")

    def _known(self, rule: Json) -> tuple[set[str], dict[str, Json]]:
        names, patterns = set(rule.get("properties", {})), dict(rule.get("patternProperties", {}))
        for one in [*rule.get("allOf", []), *([{"$ref": rule["$ref"]}] if "$ref" in rule else [])]:
            more, other = self._known(self._target(one["$ref"]) if "$ref" in one else one)
            names, patterns = names | more, patterns | other
        return names, patterns
