"""Documents that several parties sign: a berita acara by the officer and the applicant, a contract by the vendor and the city."""

from __future__ import annotations

from engine.nodes import Sign
from engine.process import Process


def parties(process: Process, code: str) -> tuple[tuple[str, ...], ...]:
    """The boxes of document ``code`` in the order of the flow, each with the steps that may sign it: one, or those on two ways of a ``When``.

    () unless the document names several signers and more than one of them signs in one and the same case."""
    if len(process.document[code].signer) < 2:
        return ()
    boxes: list[list[str]] = []
    for name, node in process.tree.nodes.items():
        if isinstance(node, Sign) and code in node.documents:
            shared = next((box for box in boxes if all(process.tree.apart(name, other) for other in box)), None)
            if shared is None:
                boxes.append([name])
            else:
                shared.append(name)
    return tuple(tuple(box) for box in boxes) if len(boxes) > 1 else ()
