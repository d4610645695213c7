"""Another system of the city: a small bank over HTTP that says no to what is above its limit, and keeps each answer under its key."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Bank:
    address: str = ""
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)

    def pays(self, key: str, body: dict[str, Any]) -> dict[str, Any]:
        refused = int(body.get("jumlah") or 0) > 100
        said = {"state": "refused", "message": "Melebihi batas harian"} if refused else {"state": "done", "body": {"referensi": "B-1"}}
        return self.answered.setdefault(key, {"key": key, **said})


@contextmanager
def bank() -> Iterator[Bank]:
    made = Bank()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            self.say(made.pays(self.headers["idempotency-key"], asked["body"]))

        def do_GET(self) -> None:
            self.say(made.answered.get(self.headers["idempotency-key"]))

        def say(self, answer: dict[str, Any] | None) -> None:
            whole = json.dumps(answer or {}).encode()
            self.send_response(404 if answer is None else 422 if answer["state"] == "refused" else 200)
            self.send_header("content-length", str(len(whole)))
            self.end_headers()
            self.wfile.write(whole)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    made.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
