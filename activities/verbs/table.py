"""The verbs a worker knows, by their word in ``engine.words.ACTS``."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from temporalio.client import Client

from activities.systems.known import Systems
from activities.verbs.answering import Answering
from activities.verbs.asking import Asking
from activities.verbs.delivering import deliver
from activities.verbs.gathering import gather, hand_over, trace
from activities.verbs.introducing import introduce
from activities.verbs.mandating import mandate
from activities.verbs.notifying import notify
from activities.verbs.numbering import number
from activities.verbs.of_books import book_verbs
from activities.verbs.verb import Apart, Verb


def verbs(zone: ZoneInfo, systems: Systems | None = None, temporal: Client | None = None) -> dict[str, Verb]:
    """``zone``: the city's, for the year of a number and the day of an entry. ``systems``: those that can be asked; None = twins only. ``temporal``:
    where other cases are reached."""
    return {
        **book_verbs(zone.key),
        "number": partial(number, zone=zone.key),
        "notify": notify,
        "mandate": partial(mandate, zone=zone),
        "deliver": deliver,
        "introduce": partial(introduce, zone=zone.key),
        "gather": gather,
        "hand_over": hand_over,
        "trace": trace,
        "answer": Apart(Answering(temporal)),
        "ask_system": Apart(Asking(systems or Systems())),
    }
