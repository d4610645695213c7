"""For any sequence of mandates and acts, each act has exactly one capacity that is valid at its time, or a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.mandate_rules import Held, capacity, faults, held
from engine.mandates import Circumstances, Limits, Mandate, Post, forbids

START = datetime(2026, 1, 5, tzinfo=ZoneInfo("Asia/Jakarta"))
POSTS = {
    "kepala": Post("kepala", "Kepala Dinas", "jpt-pratama", ("dinas",)), "sekretaris": Post("sekretaris", "Sekretaris", "administrator", ("dinas",)),
    "kabid": Post("kabid", "Kepala Bidang", "administrator", ("dinas",)), "kosong": Post("kosong", "Kepala Bidang Data", "administrator", ("dinas",)),
}  # fmt: skip
SITS = {"kepala": "budi", "sekretaris": "ani", "kabid": "citra"}
PEOPLE = ("ani", "budi", "citra", "dodi")

days = st.integers(0, 400)
opens = st.tuples(
    st.just("buka"), st.sampled_from(("plt", "plh", "pj")), st.sampled_from(sorted(POSTS)), st.sampled_from(PEOPLE), days, st.integers(0, 120)
)
extends = st.tuples(st.just("perpanjang"), st.integers(0, 9), st.integers(1, 120))
ends = st.tuples(st.just("akhiri"), st.integers(0, 9), days)
steps = st.lists(st.one_of(opens, extends, ends), max_size=14)
acts = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(sorted(POSTS)), days, st.sampled_from(((), ("surat-keputusan",)))), max_size=12)


class Register:
    """What the database keeps: only what the rules let in."""

    def __init__(self) -> None:
        self.mandates: list[Mandate] = []

    def open(self, asked: Mandate) -> None:
        own = tuple(POSTS[post] for post, person in SITS.items() if person == asked.person)
        before = [
            m for m in self.mandates if m.kind == "plt" and (m.position, m.person) == (asked.position, asked.person) and m.starts < asked.starts
        ]
        served = tuple((m.starts, min(m.ends, asked.starts)) for m in before)
        known = Circumstances(POSTS[asked.position], own, SITS.get(asked.position, ""), None, tuple(self.mandates), served)
        if not faults(asked, known, Limits()):
            self.mandates.append(replace(asked, forbids=forbids(asked.kind)))

    def play(self, step: tuple[object, ...]) -> None:
        match step:
            case ("buka", str(kind), str(post), str(person), int(first), int(length)):
                starts = START + timedelta(days=first)
                self.open(Mandate(f"m{len(self.mandates)}", kind, post, person, starts, starts + timedelta(days=length), "1/2026"))  # type: ignore[arg-type]
            case ("perpanjang", int(which), int(length)) if which < len(self.mandates):
                old = self.mandates[which]
                longer = replace(old, id=f"m{len(self.mandates)}", starts=old.ends, ends=old.ends + timedelta(days=length), extends=old.id)
                self.open(longer)
            case ("akhiri", int(which), int(at)) if which < len(self.mandates):
                old, ends = self.mandates[which], START + timedelta(days=at)
                if old.starts < ends < old.ends:
                    self.mandates[which] = replace(old, ends=ends)


@settings(max_examples=400, deadline=None)
@given(steps, acts)
def test_each_act_has_one_capacity_or_a_refusal(steps: list[tuple[object, ...]], acts: list[tuple[str, str, int, tuple[str, ...]]]) -> None:
    register = Register()
    for step in steps:
        register.play(step)
    book = [Held(post, person, START, None) for post, person in SITS.items()] + [held(one) for one in register.mandates]
    for person, post, at_day, needs in acts:
        at = START + timedelta(days=at_day, hours=9)
        try:
            found = capacity(book, person, post, at, needs)
        except Refusal:
            continue
        assert found.covers(at)
        assert (found.person, found.position) == (person, post)
        assert not found.forbids & set(needs)
        rivals = [other for other in PEOPLE if other != person and _acts(book, other, post, at, needs)]
        assert rivals == []


def _acts(book: list[Held], person: str, post: str, at: datetime, needs: tuple[str, ...]) -> bool:
    try:
        return bool(capacity(book, person, post, at, needs))
    except Refusal:
        return False


@settings(max_examples=300, deadline=None)
@given(steps)
def test_no_two_mandates_that_stand_contradict_each_other(steps: list[tuple[object, ...]]) -> None:
    register = Register()
    for step in steps:
        register.play(step)
    for n, one in enumerate(register.mandates):
        for other in register.mandates[:n]:
            if one.meets(other):
                assert one.position != other.position
                assert one.person != other.person or "pj" in (one.kind, other.kind)
    for one in register.mandates:
        assert one.kind != "plt" or one.ends - one.starts <= timedelta(days=92)
