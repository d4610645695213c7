"""Four people hold every post of a process between them: at each act of each story each of the four is tried, and nobody clears two steps that exclude
each other, whatever hat he wears. No process has a line here; the oracle reads who did what out of the trail alone.
"""

from __future__ import annotations

import pytest

from engine.decide import Act, decide
from engine.errors import OwnRequest, Refusal
from engine.events import Actor
from engine.nodes import Dispose, Sign, Task
from engine.outsiders import is_outsider
from engine.positions import Applicant, FieldOf, Outside
from engine.rehearsal import CALENDAR
from engine.scenario import START, Do, Player, Scenario, dated
from engine.words import CLEARING, DRAFTING
from workflows.catalogue import Listed, catalogue

PEOPLE = ("p-satu", "p-dua", "p-tiga", "p-empat")
FOUND = catalogue()


class FewPeople(Player):
    """``tried``: (step, person, whether he was let) of every attempt on a step that excludes anybody."""

    shift = 0
    attempts: list[tuple[str, str, bool]]

    def begin(self) -> None:
        self.attempts = []
        super().begin()

    def done(self, act: Do) -> None:
        name = act.task.partition("#")[0]
        step, node = self.state.steps.get(name), self.process.tree.nodes.get(name.partition("@")[0])
        known = "#" not in act.task and step is not None and step.status == "open" and isinstance(node, (Task, Sign, Dispose))
        if not known or act.refused or act.who:
            super().done(act)
            return
        assert step is not None
        position = self.seat(act.by) if act.by else step.positions[0]
        if is_outsider(position):
            super().done(act)
            return
        allowed = [who for who in PEOPLE if self.may(act, who, position)]
        for who in PEOPLE:
            assert (who not in allowed) == self.excluded(name, who), f"{self.process.code} {self.story.name}: {who} pada {act.task}"
        at = (len(self.trail) + self.shift) % len(PEOPLE)
        who = next(
            (one for one in (*PEOPLE[at:], *PEOPLE[:at]) if one in allowed), f"p-baru-{len(self.trail)}"
        )  # where none of the four may, the story needs somebody else
        self.do(act.task, act.outcome, by=position, person=who, values=self.given(act), reason=act.reason)

    def given(self, act: Do) -> dict[str, object]:
        return dict(dated(act.values, self.now, self.state.zone))

    def may(self, act: Do, who: str, position: str) -> bool:
        step = self.state.steps[act.task]
        wanted = Act("coba", act.task, step.round, act.outcome, Actor(who, position), act.reason, self.given(act))
        try:
            decide(self.process, self.state, wanted, self.now)
        except OwnRequest:
            self.attempts.append((act.task, who, False))
            return False
        except Refusal as no:
            raise AssertionError(f"{self.process.code} {self.story.name}: {act.task} menolak dengan {no.code}") from no
        self.attempts.append((act.task, who, True))
        return True

    def excluded(self, name: str, who: str) -> bool:
        """By the rules of the process and what the trail says was done, by whom, in any round."""
        node = self.process.tree.nodes[name.partition("@")[0]]
        assert isinstance(node, (Task, Sign, Dispose))
        did = {event.step.partition("@")[0].partition("#")[0] for event in self.trail if event.kind == "decided" and event.actor.person == who}
        roles = {role for step in did if isinstance(other := self.process.tree.nodes.get(step), (Task, Sign, Dispose)) for role in other.by}
        if any(word in did or word in roles for word in node.excludes):
            return True
        own = any(isinstance(self.process.role[r].resolves, (Applicant, FieldOf, Outside)) for r in node.by if r in self.process.role)
        if own or (isinstance(node, Task) and node.ask not in CLEARING):
            return False
        made = (other for step in did if isinstance(other := self.process.tree.nodes.get(step), Task) and other.ask in DRAFTING)
        return any(not set(other.by) & set(node.by) for other in made)


def told(listed: Listed, story: Scenario, shift: int) -> FewPeople:
    case = FewPeople(listed.process, story, START, CALENDAR)
    case.shift = shift
    case.begin()
    for part in story.acts:
        case.part(part)
    return case


@pytest.mark.parametrize("code", FOUND.codes)
def test_nobody_clears_what_excludes_him_by_another_hat(code: str) -> None:
    listed, seen = FOUND[code], set[tuple[str, str, bool]]()
    for shift, story in enumerate(listed.scenarios):
        seen |= set(told(listed, story, shift % len(PEOPLE)).attempts)
    guarded = {name for name, node in listed.process.tree.nodes.items() if isinstance(node, (Task, Sign, Dispose)) and node.excludes}
    assert not guarded or any(not let for _step, _who, let in seen), "tidak ada yang pernah ditolak: uji ini tidak menguji apa pun"
