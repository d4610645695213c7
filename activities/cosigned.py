"""Documents that several parties sign: one page with a box for each, one file that gains a signature at a time.

Whoever signs first has the page numbered and drawn; the next signs that very file. The page names the parties; who signed for each, in which capacity
and when, stands in the stamp of his signature. A party without a certificate (an applicant, a vendor) is attested by the city's seal in his own box:
what he declared by his answer link, or at the desk, under UU 11/2008 art. 11 as a signature without certificate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from db.read import dossier as read
from engine.cosigning import parties
from engine.events import Json
from engine.index import split
from engine.nodes import Sign
from engine.process import Process
from engine.signature_block import Block
from forms import showing


def box(process: Process, code: str, step: str) -> str:
    """The signature field of a step: the one box of a document signed alone, else that of its party."""
    name = split(step)[0]
    return f"TandaTangan{next((n for n, steps in enumerate(parties(process, code), 1) if name in steps), 1)}"


def boxes(process: Process, code: str) -> tuple[Block, ...]:
    """What the page says over each box: the party, in the words of the process. () for one signer."""
    return tuple(Block((" / ".join(dict.fromkeys(party(process, step) for step in steps)) + ",",), "", "", "") for steps in parties(process, code))


def party(process: Process, step: str) -> str:
    """As people read the first role of a signing step: ``Petugas perlengkapan``."""
    node = process.find(split(step)[0])
    role = node.by[0] if isinstance(node, Sign) and node.by else ""
    return process.role[role].title if role in process.role else showing.word(role)


async def standing(connection: AsyncConnection, case_id: str, signers: Sequence[Json]) -> bool:
    """Whether those who signed already still stand by it: the case did not go back across any of their signatures."""
    if not signers:
        return False
    taken_back: set[Any] = set()
    for act in await read.acts(connection, case_id, ("decided",)):
        taken_back |= set(act.body.get("cleared") or ())
    return not any(f"{one.get('step')}/{one.get('round')}" in taken_back for one in signers)
