"""The words a choice fact of a source may have, and the steps whose outcome is that word.

Rule of the domain: a choice fact without choices takes the word of the outcome of the step in ``from`` (or of another step that its
meaning names, or that fills it); where those words are no outcomes of the step, a person chooses among the words in ``meaning``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.expr import Compare, In, Name, Value, walk
from engine.parse import condition

Part = Mapping[str, Any]

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_LIST = re.compile(rf"((?:{_WORD}, )*{_WORD},? atau {_WORD})")


def listed(value: object) -> list[str]:
    return [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]


def sources_of(fact: Part) -> list[str]:
    """The words behind ``from``: steps, acts, or ``sistem``."""
    return [w for w in re.split(r"[,\s\[\]']+", str(fact.get("from"))) if w]


class Words:
    """Reads the outcomes and the compared words once; asks are cheap."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.outcomes: dict[str, list[str]] = {}
        self.fills: dict[str, list[str]] = {}
        self.compared: dict[str, list[str]] = {}
        for part in parts:
            for kind in ("task", "sign", "dispose", "wait"):
                if kind in part:
                    ahead = [str(o) for o, e in part["outcomes"].items() if str(e).partition(":")[0] in ("next", "skip", "end")]
                    self.outcomes[str(part[kind])] = ahead
                    self.fills[str(part[kind])] = listed(part.get("fills"))
            if "when" in part:
                self._compare(str(part["when"]))

    def _compare(self, text: str) -> None:
        for part in walk(condition(text)):
            if isinstance(part, Compare) and isinstance(part.left, Name) and isinstance(part.right, Value) and isinstance(part.right.value, str):
                self.compared.setdefault(part.left.name, []).append(part.right.value)
            elif isinstance(part, In) and isinstance(part.value, Name):
                self.compared.setdefault(part.value.name, []).extend(str(w) for w in part.words)

    def steps(self, fact: Part) -> list[str]:
        """Steps that may give the fact: in ``from``, named in the meaning, or filling it."""
        named = [*sources_of(fact), *re.findall(rf"{_WORD}", str(fact.get("meaning", "")))]
        named += [step for step, fills in self.fills.items() if fact["name"] in fills]
        return list(dict.fromkeys(n for n in named if n in self.outcomes))

    def choices(self, fact: Part) -> tuple[str, ...]:
        """Declared, else the outcome words where they cover what conditions compare, else the words the meaning lists."""
        if fact.get("choices"):
            return tuple(str(c) for c in fact["choices"])
        compared = list(dict.fromkeys(self.compared.get(fact["name"], [])))
        meaning = str(fact.get("meaning", ""))
        tokens = set(re.findall(_WORD, meaning))
        words = [w for step in self.steps(fact) for w in self.outcomes[step] if w in tokens or w in compared]
        if not words or not set(compared) <= set(words):
            words = _words_of(meaning)
        if set(compared) - set(words):
            words = [*words, *compared]
        found = tuple(dict.fromkeys(words))
        return found if len(found) > 1 or compared else ()

    def takes(self, fact: Part) -> tuple[str, ...]:
        """Steps whose outcome word becomes the value."""
        words = set(self.choices(fact))
        return tuple(step for step in self.steps(fact) if words & set(self.outcomes[step]))

    def typed(self, fact: Part, step: str) -> bool:
        """A person fills the fact in on this step (it is not simply the word of the outcome)."""
        return fact["type"] != "choice" or bool(fact.get("choices")) or step not in self.takes(fact)


def _words_of(meaning: str) -> list[str]:
    """The choices a meaning lists: "lulus, minta-perpanjangan, atau berhenti; …", "tpt untuk …, selain itu tpa"."""
    found = _LIST.search(meaning)
    if found:
        words = re.findall(_WORD, found[1])
    else:
        text = re.sub(r"^.*?:\s*", "", re.split(r"[;.]", meaning)[0])
        words = [piece.split()[0] for piece in (p.strip() for p in text.split(",")) if piece and re.fullmatch(_WORD, piece.split()[0])]
    rest = re.findall(rf"selain itu ({_WORD})", meaning)
    return [w for w in [*words, *rest] if w not in ("selain", "atau")]
