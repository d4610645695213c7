"""What expressions are worth."""

from datetime import date

import pytest

from engine.calendar import Calendar
from engine.canonical import expr_from_json, expr_to_json
from engine.evaluate import Scope, arithmetic, evaluate, truth
from engine.events import Json
from engine.expr import (
    Expr,
    Value,
    after,
    age,
    all_,
    any_,
    applicant,
    at,
    column,
    count,
    days,
    digits,
    distinct,
    empty,
    ends_with,
    field,
    first_day,
    joined,
    largest,
    last_day,
    leading,
    months,
    names,
    now,
    pick,
    rupiah,
    smallest,
    starts_with,
    today,
    total,
    used,
    working_days,
    year,
)
from engine.parse import condition

ROWS = [{"_id": "r1", "jenis": "fisik", "biaya": 10}, {"_id": "r2", "jenis": "lain", "biaya": "2.5"}, {"_id": "r3", "biaya": None}]
VALUES = {
    "nilai": 300, "persen": "12.5", "jenis": "konstruksi", "pilihan": ["disiplin", "tgr"], "usulan": ROWS, "ya": True, "tanggal": "2026-11-20",
    "lahir": "1990-11-24", "periode": {"from": "2026-11-23", "to": "2026-11-30"}, "unit": ["bpkd", "dishub"], "applicant": {"golongan": "IV/c"},
}  # fmt: skip


def worth(expr: Expr) -> Json:
    return evaluate(expr, Scope(VALUES, "2026-11-23", calendar=Calendar(frozenset({date(2026, 11, 25)})), now="2026-11-23T09:00"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nilai > 200", True), ("nilai <= 300", True), ("nilai = 300", True), ("nilai != 300", False),
        ("persen > 12", True), ("persen = 12.5", True), ("jenis in ('barang', 'konstruksi')", True), ("jenis not in ('barang')", True),
        ("'tgr' in pilihan", True), ("'kpk' in pilihan", False), ("'kpk' in kosong", False),
        ("kosong = 'a'", False), ("kosong != 'a'", False), ("not kosong = 'a'", True), ("kosong > 0", False), ("kosong <= 0", False),
        ("count(kosong) = 0", True), ("count(usulan) = 3", True), ("count(unit) = 2", True), ("count(usulan.jenis = 'fisik') = 1", True),
        ("sum(usulan.biaya) = 12.5", True), ("any(usulan.jenis = 'fisik')", True), ("any(usulan.jenis != 'fisik')", True),
        ("all(usulan.jenis = 'fisik')", False), ("all(kosong.x = 1)", True), ("any(kosong.x = 1)", False),
        ("any(usulan.jenis = 'fisik' and usulan.biaya > 5)", True), ("any(usulan.jenis = 'lain' and usulan.biaya > 5)", False),
        ("usulan.jenis = 'fisik'", True), ("days(periode) = 8", True), ("days(tanggal, '2026-11-23') = 3", True), ("today > tanggal", True),
        ("year(tanggal) = 2026", True), ("age(lahir) = 35", True), ("max(nilai, 5) = 300", True), ("min(usulan.biaya) = 2.5", True),
        ("kosong is empty", True), ("nilai is not empty", True), ("nilai between 100 and 300", True), ("ya = true", True), ("ya", True),
        ("applicant.golongan in ('IV/c', 'IV/d')", True), ("nilai * 2 + 1 = 601", True), ("nilai / 0 = 1", False),
        ("tanggal + 3 = '2026-11-23'", True), ("today - tanggal = 3", True), ("working_days(periode) = 5", True),
        ("nilai = true", False), ("jenis > 5", False),
    ],
)  # fmt: skip
def test_conditions(text: str, expected: bool) -> None:
    assert truth(condition(text), Scope(VALUES, "2026-11-23", calendar=Calendar(frozenset({date(2026, 11, 25)})))) is expected


def test_operators_build_what_the_text_says() -> None:
    built = (field("nilai") > rupiah(200_000_000)) & ~field("jenis").eq("tolak") | applicant("golongan").one_of("IV/a", "IV/b")
    assert built == condition("nilai > 200000000 and not jenis = 'tolak' or applicant.golongan in ('IV/a', 'IV/b')")
    assert any_(column("ruas", "pengelola").eq("kota")) == condition("any(ruas.pengelola = 'kota')")
    assert field("pilihan").has("tgr") == condition("'tgr' in pilihan")
    assert (field("a") + 1 <= field("b") - field("c") * 2 / 3) == condition("a + 1 <= b - c * 2 / 3")
    assert (field("a") < 1, field("a") >= 2) == (condition("a < 1"), condition("a >= 2"))


def test_equality_of_expressions_is_structural() -> None:
    assert field("a").eq("x") == field("a").eq("x")
    assert field("a").eq("x") != field("a").ne("x")
    assert hash(field("a")) == hash(field("a"))


def test_functions_written_in_python() -> None:
    assert worth(count(field("unit"))) == 2
    assert worth(total(column("usulan", "biaya"))) == "12.5"
    assert worth(total(pick(column("usulan", "jenis"), "fisik", column("usulan", "biaya"), 0))) == 10
    assert worth(total(column("usulan", "biaya") * 2)) == 25
    assert worth(total(pick(column("kosong", "jenis"), "fisik", column("kosong", "biaya"), 0))) == 0
    assert worth(all_(column("usulan", "biaya") > 0)) is False
    assert worth(days(field("periode"))) == 8
    assert worth(working_days(field("periode"))) == 5
    assert worth(year(today())) == 2026
    assert worth(age(field("lahir"))) == 35
    assert (worth(smallest(field("nilai"), Value(7))), worth(largest(field("nilai"), Value(7)))) == (7, 300)
    assert worth(empty(field("nilai"))) is False


def test_working_days_need_a_calendar() -> None:
    with pytest.raises(ValueError, match="calendar"):
        evaluate(working_days(field("periode")), Scope(VALUES, "2026-11-23"))


def test_every_value_that_was_read_is_noted() -> None:
    scope = Scope(VALUES, "2026-11-23")
    assert not truth(condition("nilai > 900 and jenis = 'konstruksi' and any(usulan.jenis = 'fisik')"), scope)
    assert scope.facts == {"nilai": 300, "jenis": "konstruksi", "usulan.jenis": ["fisik", "lain", None]}


def test_names_and_json() -> None:
    expr = condition("any(usulan.jenis = 'fisik') and nilai > 3 and applicant.golongan = 'IV/a'")
    assert names(expr) == frozenset({"usulan", "nilai", "applicant"})
    assert [n.column for n in used(expr)] == ["jenis", "", "golongan"]
    assert expr_from_json(expr_to_json(expr)) == expr


def test_money_stays_whole_and_no_float_appears() -> None:
    assert arithmetic("+", 200_000_000, 1) == 200_000_001
    assert arithmetic("*", "0.1", 3) == "0.3"
    assert arithmetic("+", None, 3) is None


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (first_day(field("periode")), "2026-11-23"),
        (last_day(field("periode")), "2026-11-30"),
        (last_day(field("tanggal")), "2026-11-20"),
        (last_day(field("kosong")), None),
        (months(Value("2026-01-31"), 1), "2026-02-28"),
        (months(Value("2028-02-29"), 12), "2029-02-28"),
        (months(Value("2026-11-30"), 3), "2027-02-28"),
        (months(Value("2026-03-31"), -1), "2026-02-28"),
        (months(field("kosong"), 1), None),
        (last_day(field("periode")) < months(first_day(field("periode")), 1), True),
        (after(Value("2026-11-30"), 30), "2026-12-30"),
        (after(Value("2027-01-15"), -30), "2026-12-16"),
        (after(field("kosong"), 1), None),
        (joined(field("jenis"), ":", field("nilai")), "konstruksi:300"),
        (joined(field("jenis"), ":", field("kosong")), None),
        (distinct(column("usulan", "jenis")), 2),
        (distinct(field("kosong")), 0),
        (ends_with(Value("Pegawai@Kota.GO.id"), ".go.id"), True),
        (ends_with(field("kosong"), ".go.id"), False),
        (digits(Value("36.71.010-0003.0")), 12),
        (digits(field("kosong")), 0),
        (leading(Value(" 367101000100100030 "), 10), "3671010001"),
        (leading(field("kosong"), 10), None),
        (at(Value("2026-11-23"), "09:00") <= now(), True),
        (at(Value("2026-11-23"), "09:01") <= now(), False),
        (starts_with(Value("5.2.01.01"), "5.2."), True),
        (starts_with(Value("5.20.01"), "5.2."), False),
        (starts_with(field("kosong"), "5.2."), False),
        (pick(field("jenis"), "barang", 1, "konstruksi", 2, 0), 2),
        (pick(field("jenis"), "barang", 1, 0), 0),
        (pick(field("kosong"), "barang", 1), None),
        (pick(field("nilai") > 200, Value(True), field("lahir"), "kecil"), "1990-11-24"),
    ],
)
def test_days_of_ranges_months_and_choices(expr: Expr, expected: Json) -> None:
    assert worth(expr) == expected
    assert expr_from_json(expr_to_json(expr)) == expr


def test_a_list_may_be_asked_for_a_value_of_another_field() -> None:
    assert worth(field("unit").has(field("satu"))) is False
    assert evaluate(field("unit").has(field("satu")), Scope({**VALUES, "satu": "dishub"}, "2026-11-23")) is True
    assert names(field("unit").has(field("satu"))) == {"unit", "satu"}
