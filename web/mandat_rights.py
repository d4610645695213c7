"""Who may do what to mandates: one pure function over the posts a person acts for. The rules of a mandate itself are the engine's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read import mandate_desk
from db.read.mandate_desk import Standing
from engine.errors import NotAllowed, OwnRequest
from web.language import _
from web.policy import Viewer
from web.ports import Capacity

DESK = "analis-sdm"
"""Function of the personnel desk (engine.roles: analis-sdm of the personnel agency), which the process penunjukan-plh-plt also names as recorder."""
Act = Literal["catat", "perpanjang", "akhiri", "batalkan", "putuskan", "usulkan", "atas-nama"]
DESK_ACTS: frozenset[Act] = frozenset({"catat", "perpanjang", "akhiri", "batalkan", "putuskan", "atas-nama"})


@dataclass(frozen=True, slots=True)
class Rights:
    """``desk``: in which the viewer records mandates, None when he does not; ``prepares``: organisation → post of its secretary he acts for."""

    desk: Capacity | None
    prepares: tuple[tuple[str, Capacity], ...] = ()

    @property
    def organisations(self) -> list[str]:
        return [organisation for organisation, _capacity in self.prepares]


def rights(viewer: Viewer, posts: Sequence[Standing]) -> Rights:
    """The post in use comes first, where it gives the right; else the first that does."""
    about = {one.position: one for one in posts}
    ordered = sorted(viewer.capacities, key=lambda one: viewer.acting is None or one.position != viewer.acting.position)
    known = [(one, about[one.position]) for one in ordered if one.position in about]
    desk = next((capacity for capacity, post in known if post.desk), None)
    return Rights(desk, tuple((post.organisation, capacity) for capacity, post in known if post.secretary))


def capacity_for(act: Act, held: Rights, viewer: Viewer, organisations: Collection[str] = (), person: str = "") -> Capacity:
    """In which post the viewer does this. ``organisations``: of the post the mandate is for; ``person``: who is to act for it.

    NotAllowed when he may not; OwnRequest when the personnel desk would write down a mandate of its own official."""
    if act in DESK_ACTS:
        if held.desk is None:
            raise NotAllowed(_("Mandat dicatat oleh meja kepegawaian. Sekretaris perangkat daerah dapat menyiapkan usulnya."))
        if act in ("catat", "perpanjang") and person == viewer.person.id:
            raise OwnRequest(_("Anda tidak dapat mencatat penunjukan Anda sendiri. Mintakan kepada rekan di meja kepegawaian."))
        return held.desk
    found = next((capacity for organisation, capacity in held.prepares if organisation in organisations), None) or held.desk
    if found is None:
        raise NotAllowed(_("Usul disiapkan oleh sekretaris perangkat daerah yang bersangkutan, atau langsung oleh meja kepegawaian."))
    return found


async def rights_of(connection: AsyncConnection, viewer: Viewer) -> Rights:
    return rights(viewer, await mandate_desk.standing(connection, [one.position for one in viewer.capacities], DESK))
