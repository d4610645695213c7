"""The rules of one acting mandate, each with the case that keeps it and the case that breaks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.errors import ActingForbidden, FieldsInvalid, MandateEnded, PeriodOverlaps, WrongCapacity
from engine.mandate_rules import Held, capacity, faults, held
from engine.mandates import CLOSED, Circumstances, Limits, Mandate, Post, forbids, latest_end, limits, may_hand_on, plus_months, refuse

WIB = ZoneInfo("Asia/Jakarta")


def day(month: int, date: int, year: int = 2026) -> datetime:
    return datetime(year, month, date, tzinfo=WIB)


HEAD = Post("kepala-dinkes", "Kepala Dinas Kesehatan", "jpt-pratama", ("dinkes",))
SECRETARY = Post("sekretaris-dinkes", "Sekretaris Dinas Kesehatan", "administrator", ("dinkes",))
PLH = Mandate("m1", "plh", HEAD.code, "ani", day(11, 2), day(11, 7), "800/1/2026", "cuti")
PLT = replace(PLH, id="m2", kind="plt", ends=day(2, 2, 2027), cause="kosong-pensiun")
AWAY = Circumstances(HEAD, (SECRETARY,), holder="budi")
EMPTY = Circumstances(HEAD, (SECRETARY,))


def broken(asked: Mandate, known: Circumstances, bounds: Limits | None = None) -> list[str]:
    return [one.rule for one in faults(asked, known, bounds or Limits())]


def test_what_the_circular_allows_stands() -> None:
    assert broken(PLH, AWAY) == []
    assert broken(PLT, EMPTY) == []
    assert broken(replace(PLH, kind="pj", cause=""), replace(AWAY, own=())) == []


@pytest.mark.parametrize(
    ("asked", "known", "rule"),
    [
        (replace(PLH, order_number=" "), AWAY, "surat-perintah"),
        (replace(PLH, ends=PLH.starts), AWAY, "masa"),
        (replace(PLH, cause="kosong-pensiun"), AWAY, "sebab"),
        (replace(PLT, cause="sakit"), EMPTY, "sebab"),
        (replace(PLH, cause="liburan"), AWAY, "sebab"),
        (replace(PLT, cause=""), AWAY, "lowong"),
        (replace(PLH, cause=""), EMPTY, "berhalangan"),
        (PLH, replace(AWAY, absence=(day(11, 2), day(11, 6))), "berhalangan"),
        (PLH, replace(AWAY, own=(replace(SECRETARY, units=("dinsos",)),)), "unit-kerja"),
        (PLH, replace(AWAY, own=(replace(SECRETARY, level="pengawas"),)), "jenjang"),
        (PLH, replace(AWAY, own=(replace(SECRETARY, level="sekda"),)), "jenjang"),
        (replace(PLT, ends=day(2, 3, 2027)), EMPTY, "masa-per-surat"),
        (PLT, replace(EMPTY, served=((day(5, 1), day(11, 2)),)), "masa-seluruhnya"),
        (PLH, replace(AWAY, post=None), "jabatan"),
    ],
)
def test_each_rule_refuses_by_name(asked: Mandate, known: Circumstances, rule: str) -> None:
    assert broken(asked, known) == [rule]
    with pytest.raises(FieldsInvalid) as refused:
        refuse(faults(asked, known, Limits()))
    assert refused.value.message


def test_the_definitive_holder_does_not_stand_in_for_himself() -> None:
    """He is found on his own post: equal in rank, of the same unit, and still no."""
    assert broken(replace(PLH, person="budi"), replace(AWAY, own=(HEAD,))) == ["definitif"]


def test_a_second_delegation_never_overwrites_the_first() -> None:
    """What happened elsewhere: a second delegation silently replaced the first. Here it is refused and the first goes on."""
    first = replace(PLH, id="m0", person="citra", starts=day(11, 5), ends=day(11, 9))
    assert broken(PLH, replace(AWAY, others=(first,))) == ["bertumpuk"]
    with pytest.raises(PeriodOverlaps, match=r"sampai 09-11-2026"):
        refuse(faults(PLH, replace(AWAY, others=(first,)), Limits()))
    assert broken(PLH, replace(AWAY, others=(replace(first, starts=PLH.ends),))) == []


def test_nobody_acts_for_two_posts_but_may_keep_his_own() -> None:
    """What happened elsewhere: only the head could hold a main post and a Plt post. Here anybody may; a second Plt or Plh is refused."""
    second = replace(PLH, id="m0", position="kabid-dinkes")
    assert broken(PLH, replace(AWAY, others=(second,))) == ["rangkap"]
    assert broken(replace(PLH, kind="pj", cause=""), replace(AWAY, others=(second,))) == []


def test_a_plt_is_prolonged_once_and_six_months_are_six_calendar_months() -> None:
    first = replace(PLT, id="a", starts=day(8, 31), ends=day(11, 30))
    second = replace(PLT, id="", starts=day(11, 30), ends=day(2, 28, 2027), extends="a")
    known = replace(EMPTY, others=(first,), served=((first.starts, first.ends),))
    assert broken(second, known) == []
    assert broken(replace(second, ends=day(3, 1, 2027)), known) == ["masa-per-surat", "masa-seluruhnya"]
    third = replace(second, starts=day(2, 1, 2027), ends=day(2, 2, 2027), extends="b")
    chain = (first, replace(second, id="b", ends=day(2, 1, 2027)))
    assert broken(third, replace(known, others=chain)) == ["perpanjangan"]
    assert broken(third, replace(known, others=chain), Limits(extensions=2)) == []


def test_months_are_those_of_the_calendar() -> None:
    assert plus_months(day(8, 31), 6) == day(2, 28, 2027)
    assert plus_months(day(11, 30), 3) == day(2, 28, 2027)
    assert latest_end(day(2, 2, 2027), [(day(11, 2), day(2, 2, 2027))], 6) == day(5, 2, 2027)


def test_the_bounds_are_the_city_s() -> None:
    assert limits({}) == Limits(3, 6, 1, 1, same_unit=True)
    assert limits({"plt_bulan_per_surat": "4", "plt_plh_unit_sama": "Tidak"}) == Limits(4, 6, 1, 1, same_unit=False)
    assert broken(replace(PLH), replace(AWAY, own=(replace(SECRETARY, units=("dinsos",)),)), Limits(same_unit=False)) == []
    for wrong in ("tiga", "-1", "3.5"):
        with pytest.raises(FieldsInvalid, match="plt_bulan_seluruhnya"):
            limits({"plt_bulan_seluruhnya": wrong})


def test_the_law_closes_more_than_an_order_can_open() -> None:
    assert {"surat-keputusan", "dpa", "anggaran-kas", "peraturan-wali-kota"} <= forbids("plt")
    assert forbids("plh", ["surat-izin"]) - forbids("plh") == {"surat-izin"}
    assert forbids("pj") == frozenset()
    assert len(forbids("plt")) == sum(len(kinds) for kinds in CLOSED.values())


def test_a_mandate_is_not_handed_on() -> None:
    for kind in ("plt", "plh"):
        with pytest.raises(ActingForbidden, match="melimpahkan"):
            may_hand_on(kind)
    may_hand_on("definitif")


# the one capacity of an act

BUDI = Held(HEAD.code, "budi", day(1, 1), None)
OWN = Held(SECRETARY.code, "ani", day(1, 1), None)
BOOK = (BUDI, OWN, held(replace(PLH, forbids=forbids("plh"))))


def test_the_stand_in_acts_in_his_chosen_capacity_and_keeps_his_own() -> None:
    """What happened elsewhere: a signer could not sign his own letters while he stood in for another."""
    assert capacity(BOOK, "ani", HEAD.code, day(11, 3)).mandate == "m1"
    assert capacity(BOOK, "ani", SECRETARY.code, day(11, 3), ["surat-keputusan"]).mandate == ""


def test_the_holder_is_back_at_the_instant_the_mandate_ends() -> None:
    with pytest.raises(WrongCapacity):
        capacity(BOOK, "budi", HEAD.code, day(11, 3))
    assert capacity(BOOK, "budi", HEAD.code, PLH.ends) == BUDI
    with pytest.raises(MandateEnded):
        capacity(BOOK, "ani", HEAD.code, PLH.ends)
    with pytest.raises(WrongCapacity):
        capacity(BOOK, "ani", HEAD.code, day(11, 1))


def test_what_the_mandate_is_closed_to_is_refused_loudly() -> None:
    """What happened elsewhere: the signature of a substitute was silently not recorded."""
    with pytest.raises(ActingForbidden):
        capacity(BOOK, "ani", HEAD.code, day(11, 3), ["surat-keputusan"])
