"""The rules of one proposed acting mandate, each a fault with its mend, and the one capacity in which an act is done. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.errors import ActingForbidden, MandateEnded, WrongCapacity
from engine.events import CapacityKind
from engine.mandates import ABSENT, LABEL, LADDER, SUBSTITUTES, VACANT, Circumstances, Fault, Limits, Mandate, latest_end, plus_months


def faults(asked: Mandate, known: Circumstances, bounds: Limits) -> tuple[Fault, ...]:
    """Every rule the proposal breaks, in order; () when it may stand. On doubt (a post not known) it may not."""
    return tuple(fault for rule in _RULES for fault in rule(asked, known, bounds))


def _order(asked: Mandate, _known: Circumstances, _bounds: Limits) -> Iterator[Fault]:
    if not asked.order_number.strip():
        yield Fault("surat-perintah", "order_number", "Isi nomor surat perintah yang sudah ditandatangani.")
    if asked.ends <= asked.starts:
        yield Fault("masa", "ends", f"Akhir masa {LABEL[asked.kind]} harus sesudah awalnya.")


def _post(asked: Mandate, known: Circumstances, _bounds: Limits) -> Iterator[Fault]:
    if known.post is None:
        yield Fault("jabatan", "position", f"Jabatan {asked.position} tidak ada atau sudah dihapus. Pilih dari daftar jabatan.")


def _cause(asked: Mandate, _known: Circumstances, _bounds: Limits) -> Iterator[Fault]:
    if asked.cause in ABSENT and asked.kind == "plt":
        yield Fault("sebab", "cause", "Pejabatnya hanya berhalangan sementara; yang diperlukan Plh., bukan Plt.")
    elif asked.cause in VACANT and asked.kind == "plh":
        yield Fault("sebab", "cause", "Jabatannya kosong; yang diperlukan Plt., bukan Plh.")
    elif asked.cause and asked.cause not in ABSENT + VACANT:
        yield Fault("sebab", "cause", f"Sebab \u201c{asked.cause}\u201d tidak dikenal. Pilih salah satu: {', '.join(ABSENT + VACANT)}.")


def _holder(asked: Mandate, known: Circumstances, _bounds: Limits) -> Iterator[Fault]:
    if asked.kind not in SUBSTITUTES:
        return
    if known.holder and known.holder == asked.person:
        yield Fault("definitif", "person", "Pegawai yang ditunjuk adalah pejabat definitif jabatan ini. Tunjuk pegawai lain.")
    if asked.kind == "plt" and known.holder:
        yield Fault("lowong", "kind", "Jabatan ini masih ada pejabat definitifnya; yang diperlukan Plh., bukan Plt.")
    if asked.kind == "plh" and not known.holder:
        yield Fault("berhalangan", "kind", "Jabatan ini kosong; yang diperlukan Plt., bukan Plh.")
    away = known.absence
    if asked.kind == "plh" and away is not None and (asked.starts < away[0] or asked.ends > away[1]):
        yield Fault("berhalangan", "ends", "Masa Plh. tidak boleh melebihi masa pejabat definitif berhalangan. Sesuaikan tanggalnya.")


def _rank(asked: Mandate, known: Circumstances, bounds: Limits) -> Iterator[Fault]:
    if asked.kind not in SUBSTITUTES or known.post is None:
        return
    wanted = LADDER.index(known.post.level)
    if not any(0 <= LADDER.index(own.level) - wanted <= bounds.steps_below for own in known.own):
        yield Fault(
            "jenjang", "person", f"Jenjang pegawai yang ditunjuk harus setingkat atau paling jauh {bounds.steps_below} tingkat di bawah jabatan ini."
        )
    if bounds.same_unit and not any(own.units[0] in known.post.units[:2] or known.post.units[0] in own.units[:2] for own in known.own if own.units):
        yield Fault("unit-kerja", "person", "Pegawai yang ditunjuk harus dari unit kerja yang sama dengan jabatan ini.")


def _taken(asked: Mandate, known: Circumstances, _bounds: Limits) -> Iterator[Fault]:
    for other in known.others:
        if not asked.meets(other):
            continue
        until = f"sampai {other.ends:%d-%m-%Y %H.%M}"
        if other.position == asked.position:
            yield Fault("bertumpuk", "starts", f"Jabatan ini sudah dijalankan {LABEL[other.kind]} lain {until}. Akhiri yang lama lebih dahulu.")
        elif other.person == asked.person and {other.kind, asked.kind} <= set(SUBSTITUTES):
            yield Fault("rangkap", "person", f"Pegawai ini sudah menjadi {LABEL[other.kind]} pada jabatan lain {until}. Tunjuk pegawai lain.")


def _length(asked: Mandate, known: Circumstances, bounds: Limits) -> Iterator[Fault]:
    if asked.kind != "plt":
        return
    if asked.ends > plus_months(asked.starts, bounds.order_months):
        yield Fault("masa-per-surat", "ends", f"Masa Plt. paling lama {bounds.order_months} bulan tiap surat perintah. Perpendek masanya.")
    if asked.ends > latest_end(asked.starts, known.served, bounds.total_months):
        yield Fault(
            "masa-seluruhnya",
            "ends",
            f"Masa Plt. seluruhnya paling lama {bounds.total_months} bulan pada jabatan ini. Isi jabatannya, atau tunjuk pegawai lain.",
        )


def _prolonged(asked: Mandate, known: Circumstances, bounds: Limits) -> Iterator[Fault]:
    by_id = {one.id: one for one in known.others}
    times, at = 0, asked.extends
    while at in by_id and times <= len(by_id):
        times, at = times + 1, by_id[at].extends
    if asked.kind == "plt" and times > bounds.extensions:
        yield Fault("perpanjangan", "extends", f"Plt. hanya dapat diperpanjang {bounds.extensions} kali. Isi jabatannya, atau tunjuk pegawai lain.")


_RULES: tuple[Callable[[Mandate, Circumstances, Limits], Iterator[Fault]], ...] = (
    _order, _post, _cause, _holder, _rank, _taken, _length, _prolonged,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody may act for a post from an instant to an instant (None: open), as the holder or under a mandate."""

    position: str
    person: str
    starts: datetime
    ends: datetime | None
    kind: CapacityKind = "definitif"
    mandate: str = ""
    forbids: frozenset[str] = frozenset()

    def covers(self, at: datetime) -> bool:
        return self.starts <= at and (self.ends is None or at < self.ends)


def held(mandate: Mandate) -> Held:
    return Held(mandate.position, mandate.person, mandate.starts, mandate.ends, mandate.kind, mandate.id, mandate.forbids)


def capacity(book: Iterable[Held], person: str, position: str, at: datetime, needs: Iterable[str] = ()) -> Held:
    """The one capacity in which this person acts for this post at that instant. While somebody acts, the definitive holder does not.

    Raises MandateEnded (he acted and his time is over), ActingForbidden (his mandate is closed to something of ``needs``), WrongCapacity."""
    here = [one for one in book if one.position == position]
    now = [one for one in here if one.covers(at)]
    valid = [one for one in now if one.mandate] or now
    mine = [one for one in valid if one.person == person]
    if len(mine) != 1:
        if any(one.mandate and one.person == person and one.ends is not None and one.ends <= at for one in here):
            raise MandateEnded
        raise WrongCapacity("Anda tidak memegang jabatan ini sekarang. Pilih jabatan lain, atau minta tugas ini dialihkan.")
    if mine[0].forbids & frozenset(needs):
        raise ActingForbidden
    return mine[0]
