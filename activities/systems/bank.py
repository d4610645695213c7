"""The local twin of a bank that keeps a treasury's account: it pays each line of an order once, whatever is sent again, by whom and under which key.

Its contract is what a real bank's adapter must keep (docs/adding-a-process.md, `ask_system`):

- ``bayar``: pays ``surat`` (number of the order), line by line: the rows ``baris`` (nama, rekening, neto) numbered from 1, or one line ``nomor`` (1)
  to ``penerima`` on ``rekening``, ``jumlah`` whole rupiah. Answers ``hasil_bank`` (dibayar, sebagian, gagal; for one line also ``hasil_baris``),
  and the lines it refused in ``baris_gagal`` (baris, penerima, rekening, jumlah, sebab). A line once paid is never paid again: another account
  under a later ``ralat`` is told that it was paid; another amount or, with the same ``ralat``, another account is refused.
- ``tutup``: the line will never be paid; refused when it was.
- ``periksa-nama``: whether the accounts are in the names given.

What an account does in the twin follows from its last two digits: 00 is closed, 99 is in another's name, 98 takes money but the bank does not say so
in its answer; every other one takes money.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from activities.systems.port import Reply, Request
from activities.systems.twin import Answer
from engine import evaluate
from engine.events import Json

NAME = "bank-kas-daerah"
CLOSED, ANOTHER, LATER = "00", "99", "98"


@dataclass(frozen=True, slots=True)
class Line:
    """One payment an order asks for. ``amount``: whole rupiah."""

    number: int
    name: str
    account: str
    amount: int

    def refused(self, why: str) -> dict[str, Json]:
        return {
            "_id": f"b{self.number}", "baris": self.number, "penerima": self.name, "rekening": self.account, "jumlah": self.amount, "sebab": why,
        }  # fmt: skip


@dataclass
class Bank:
    """``paid``: order/line → account, amount and the ``ralat`` it was paid under, for ever. ``closed``: lines that will never be paid."""

    paid: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def answers(self) -> Mapping[str, Answer]:
        """For ``Twin``: what it says to each operation."""
        return {"bayar": self.pay, "tutup": self.close, "periksa-nama": self.names}

    @property
    def spent(self) -> int:
        """All that ever left the treasury's account."""
        return sum(amount for _account, amount, _again in self.paid.values())

    def pay(self, asked: Request) -> Reply:
        order, again = str(asked.body.get("surat") or ""), _whole(asked.body.get("ralat")) or 0
        asks = lines(asked.body)
        if not order or not asks:
            return Reply("refused", {"hasil_bank": "gagal"}, "Perintah bayar tanpa nomor surat, penerima, atau jumlah rupiah bulat.")
        failed = [one.refused(why) for one in asks if (why := self._line(f"{order}/{one.number}", one, again))]
        if any(one.account.endswith(LATER) for one in asks):
            return Reply("done")
        result = "dibayar" if not failed else "sebagian" if asked.body.get("baris") else "gagal"
        body: dict[str, Json] = {"hasil_bank": result, "hasil_baris": result}
        return Reply("done", {**body, "baris_gagal": failed} if result == "sebagian" else body)

    def _line(self, key: str, one: Line, again: int) -> str:
        """Pays the line unless it was; why it is not paid, "" when it is."""
        if key in self.paid:
            account, amount, before = self.paid[key]
            same = amount == one.amount and (account == one.account or again > before)
            return "" if same else "nomor surat dan baris ini sudah dibayar untuk perintah lain"
        if key in self.closed:
            return "baris sudah ditutup dan disetor kembali"
        if one.account.endswith(CLOSED):
            return "rekening tutup"
        if one.account.endswith(ANOTHER):
            return "nama pemilik rekening berbeda"
        self.paid[key] = (one.account, one.amount, again)
        return ""

    def close(self, asked: Request) -> Reply:
        key = f"{asked.body.get('surat')}/{asked.body.get('nomor')}"
        if key in self.paid:
            return Reply("refused", {}, "Baris ini sudah dibayar.")
        self.closed.add(key)
        return Reply("done")

    def names(self, asked: Request) -> Reply:
        rows = asked.body.get("baris") or [{"nama": asked.body.get("penerima"), "rekening": asked.body.get("rekening")}]
        other = [str(row.get("nama")) for row in rows if str(row.get("rekening") or "").endswith(ANOTHER)]
        return Reply("refused", {}, f"Nama pemilik rekening berbeda: {', '.join(other)}.") if other else Reply("done")


def lines(body: Mapping[str, Json]) -> list[Line]:
    """The lines an order asks for; [] when one of them has no whole amount of rupiah above nought or no account: nothing of such an order is paid."""
    single = {"nama": body.get("penerima"), "rekening": body.get("rekening"), "neto": body.get("jumlah")}
    first = _whole(body.get("nomor")) or 1
    rows = body.get("baris")
    found = []
    for number, row in enumerate(rows if isinstance(rows, list) and rows else [single], 1 if rows else first):
        amount, account = _whole(row.get("neto")), str(row.get("rekening") or "")
        if amount is None or amount <= 0 or not account:
            return []
        found.append(Line(number, str(row.get("nama") or ""), account, amount))
    return found


def _whole(value: Json) -> int | None:
    """A whole number, never rounded: an amount with a fraction is no amount of rupiah."""
    found: Decimal | None = evaluate.number(value)
    return int(found) if found is not None and found == found.to_integral_value() else None
