"""A form that comes back says beside each answer what is to be mended, until it is sent on again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from engine.fields import Field
from engine.nodes import back, go
from tests.engine.build import case, process, task
from web import remarks
from web.drawing import draw, marked

FORM = (Field("judul", "Judul", "text", required=True), Field("metode", "Metode", "longtext"), Field("lain", "Lain", "text"))
VALUE = process(
    task("isi", go("kirim"), by="pegawai", ask="fill", fills=("judul", "metode")),
    task("periksa", go("lengkap"), back("kembalikan", "isi")),
    form=FORM,
)  # fmt: skip


def asked(name: str, instance: str = "", **form: Any) -> Any:
    return SimpleNamespace(
        process=VALUE, node=VALUE.find(name), task=SimpleNamespace(instance=instance or name, kind="task"), case=SimpleNamespace(form=form)
    )


def lines(played: Any) -> list[Any]:
    return [SimpleNamespace(event=event) for event in played.trail]


def test_only_filled_answers_of_the_step_it_goes_back_to_can_be_remarked_on() -> None:
    assert remarks.remarkable(asked("periksa", judul="A", lain="B")) == [("judul", "Judul")]
    assert remarks.remarkable(asked("isi", judul="A")) == []


def test_remarks_are_taken_apart_from_the_answers() -> None:
    assert remarks.given({"catatan.judul": [" Terlalu umum. "], "catatan.metode": [""], "judul": ["A"]}) == {"judul": "Terlalu umum."}


def test_they_stand_until_the_form_is_sent_on() -> None:
    played = case(VALUE)
    played.do("isi", "kirim")
    played.do("periksa", "kembalikan", marks={"judul": "Terlalu umum.", "bukan-isian": "x"})
    assert remarks.standing(asked("isi"), lines(played)) == {"judul": "Terlalu umum."}
    drawn = marked(draw(FORM, {}), remarks.standing(asked("isi"), lines(played)))
    assert [one.mark for one in drawn] == ["Terlalu umum.", "", ""]
    assert drawn[0].described == "c-judul"
    played.do("isi", "kirim")
    assert remarks.standing(asked("isi"), lines(played)) == {}


def test_an_outcome_that_goes_on_keeps_none() -> None:
    played = case(VALUE)
    played.do("isi", "kirim", marks={"judul": "x"})
    assert "marks" not in played.trail[-2].data
