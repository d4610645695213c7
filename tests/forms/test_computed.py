"""Fields that are worked out: shown, checked by their rules, never taken from a browser."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.calendar import Calendar
from engine.errors import FieldsInvalid
from engine.expr import applicant, field, working_days
from engine.fields import Field, Rule
from forms.known import Context
from forms.reading import judged, parse
from web.drawing import draw
from web.sections import WHOLE, arrange

FORM = (
    Field("nip", "NIP", "nip", required=True, computed=applicant("nip"), section="Pemohon"),
    Field("periode", "Tanggal", "daterange", required=True, section="Waktu"),
    Field(
        "hari", "Jumlah hari kerja", "integer", required=True, computed=working_days(field("periode")), section="Waktu",
        rules=(Rule(field("hari") <= 3, "Paling banyak 3 hari."),),
    ),
    Field("catatan", "Catatan", "text", required=field("hari") > 2, section="Alasan"),
)  # fmt: skip
CONTEXT = Context(
    datetime(2026, 12, 1, 2, tzinfo=UTC), applicant={"nip": "199002282015031999"}, calendar=Calendar(frozenset({date(2026, 12, 25)})),
)  # fmt: skip


def test_working_days_leave_out_weekend_and_holiday() -> None:
    found = parse(FORM, {"periode": ["23-12-2026", "28-12-2026"], "catatan": ["pulang"]}, CONTEXT)
    assert found.errors == {}
    assert (found.values["hari"], found.values["nip"]) == (3, "199002282015031999")


def test_a_rule_of_a_computed_field_speaks_and_a_condition_may_read_it() -> None:
    found = parse(FORM, {"periode": ["21-12-2026", "28-12-2026"]}, CONTEXT)
    assert found.errors["hari"] == "Paling banyak 3 hari."
    assert "catatan" in found.errors
    assert "catatan" not in parse(FORM, {"periode": ["23-12-2026", "23-12-2026"]}, CONTEXT).errors


def test_what_it_is_made_of_says_what_is_missing() -> None:
    assert list(parse(FORM, {}, CONTEXT).errors) == ["periode"]


def test_a_browser_cannot_type_it() -> None:
    with pytest.raises(FieldsInvalid):
        parse(FORM, {"hari": ["1"], "periode": ["21-12-2026", "28-12-2026"]}, CONTEXT)


def test_it_is_drawn_as_a_result() -> None:
    typed = {"periode": ["23-12-2026", "24-12-2026"]}
    drawn = {one.name: one for one in draw(FORM, typed, computed=judged(FORM, typed, CONTEXT).values)}
    assert (drawn["hari"].widget, drawn["hari"].text) == ("output", "2")
    assert drawn["nip"].text == "19900228 201503 1 999"


def test_a_form_of_several_topics_is_asked_a_topic_a_page_and_loses_nothing() -> None:
    typed = {"periode": ["23-12-2026", "24-12-2026"], "outcome": ["kirim"], "bukan_isian": ["x"]}
    parsed = judged(FORM, typed, CONTEXT)
    first = arrange(FORM, typed, parsed, "")
    assert [(one.name, one.standing) for one in first.sections] == [("Pemohon", "selesai"), ("Waktu", "selesai"), ("Alasan", "selesai")]
    assert [one.name for one in first.fields] == ["nip"]
    assert first.hidden == (("periode", "23-12-2026"), ("periode", "24-12-2026"), ("outcome", "kirim"))
    second = arrange(FORM, typed, parsed, "2")
    assert second.hidden == (("outcome", "kirim"),)
    assert not second.deciding
    last = arrange(FORM, typed, parsed, "4")
    assert (last.deciding, last.fields) == (True, ())
    assert arrange(FORM, typed, parsed, WHOLE).fields == FORM
    assert arrange(FORM, typed, parsed, "99").current == 4
    assert arrange(FORM, typed, parsed, "9" * 50).current == 1


def test_half_a_topic_is_said_so() -> None:
    typed = {"periode": ["23-12-2026", "31-02-2027"]}
    found = arrange(FORM, typed, judged(FORM, typed, CONTEXT), "1")
    assert {one.name: one.standing for one in found.sections}["Waktu"] == "sebagian"


def test_one_topic_is_one_page() -> None:
    plain = (Field("a", "A", "text", required=True), Field("b", "B", "text"))
    found = arrange(plain, {}, None, "2")
    assert (found.sections, found.current, found.fields) == ((), 0, plain)
