"""Search: by number, subject and person; only what one may read; a secret subject never leads to its case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.office import Office, office, words

DRAFTER, HEAD, STRANGER, AUDITOR = "konseptor-diskominfo", "kepala-diskominfo", "konseptor-dinkes", "auditor-1"


@pytest.fixture(scope="module")
def city(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        made.opened("terang", subject="Rencana kerja sama statistik")
        made.opened("gelap", "rahasia", subject="Mutasi statistik")
        made.incoming("masuk", readers=(HEAD,), perihal="Undangan <b>peresmian</b>")
        yield made


def results(answer: Any) -> set[int]:
    return {int(no) for no in re.findall(r'href="/perkara/(\d+)"', answer.text)}


def test_words_of_the_subject_find_it_for_readers_only(city: Office) -> None:
    light, dark = city.number("terang"), city.number("gelap")
    assert results(city.get("/cari?cari=statistik", DRAFTER)) == {light}
    assert results(city.get("/cari?cari=statistik", HEAD)) == {light}
    assert results(city.get("/cari?cari=statistik", AUDITOR)) == {light}
    assert results(city.get("/cari?cari=statistik", STRANGER)) == set()
    assert "Mutasi" not in city.get(f"/cari?cari={dark}", HEAD).text
    assert results(city.get(f"/cari?cari={dark}", HEAD)) == set()
    assert results(city.get(f"/cari?cari={dark}", DRAFTER)) == {dark}


def test_words_of_the_form_find_it_but_never_a_secret_one(city: Office) -> None:
    city.incoming("jembatan", readers=(HEAD,), pengirim="Paguyuban Jembatan Lama")
    city.incoming("tertutup", "rahasia", readers=(HEAD,), pengirim="Paguyuban Jembatan Baru")
    assert results(city.get("/cari?cari=paguyuban+jembatan", HEAD)) == {city.number("jembatan")}
    assert results(city.get("/cari?cari=paguyuban", STRANGER)) == set()


def test_a_case_or_letter_number_finds_it(city: Office) -> None:
    no = city.number("masuk")
    assert results(city.get(f"/cari?cari={no}", HEAD)) == {no}
    assert results(city.get("/cari?cari=1/2026", HEAD)) == {no}
    assert results(city.get("/cari?cari=1/2026", STRANGER)) == set()


def test_a_name_or_nip_finds_what_the_person_took_part_in(city: Office) -> None:
    row = city.owner.execute("SELECT name, nip FROM person WHERE id = %s", (city.person(DRAFTER),)).fetchone()
    assert row is not None
    name, nip = str(row[0]), str(row[1])
    light, dark = city.number("terang"), city.number("gelap")
    assert results(city.get(f"/cari?cari={name}", HEAD)) >= {light}
    assert dark not in results(city.get(f"/cari?cari={name}", HEAD))
    assert results(city.get(f"/cari?cari={nip}", DRAFTER)) == {light, dark}
    assert results(city.get(f"/cari?cari={name}", STRANGER)) == set()
    assert results(city.get(f"/cari?cari={name[:2]}", HEAD)) == set()


def test_nothing_asked_shows_the_newest(city: Office) -> None:
    answer = city.get("/cari", DRAFTER)
    assert "Perkara terbaru" in words(answer)
    assert results(answer) == {city.number("terang"), city.number("gelap")}
    assert "Belum ada perkara yang dapat Anda baca" in words(city.get("/cari", STRANGER))


def test_nothing_found_says_what_was_asked_and_how_to_widen(city: Office) -> None:
    said = words(city.get("/cari?cari=%3Cscript%3Exyzzy", HEAD))
    assert "Tidak ada perkara yang cocok dengan “<script>xyzzy”." in said
    assert "Pakai kata yang lebih sedikit" in said
    assert "<script>xyzzy" not in city.get("/cari?cari=%3Cscript%3Exyzzy", HEAD).text


def test_subjects_are_text_never_markup(city: Office) -> None:
    answer = city.get("/cari?cari=undangan", HEAD)
    assert "&lt;b&gt;peresmian" in answer.text
    assert "<b>peresmian" not in answer.text


def test_state_and_process_narrow(city: Office) -> None:
    assert results(city.get("/cari?keadaan=open", DRAFTER)) == {city.number("terang"), city.number("gelap")}
    assert results(city.get("/cari?keadaan=ended", DRAFTER)) == set()
    known = {city.number(case) for case in ("masuk", "jembatan", "tertutup")}
    assert results(city.get("/cari?proses=surat-masuk-disposisi", HEAD)) == known
    assert city.get("/cari?keadaan=entah", DRAFTER).status_code == 200


def test_a_fragment_says_how_many(city: Office) -> None:
    answer = city.get("/cari?cari=statistik", HEAD, **{"hx-request": "true", "hx-request-type": "partial"})
    assert "<html" not in answer.text
    assert '<hx-partial hx-target="#baris-status"' in answer.text
    assert "1 perkara tampil" in answer.text
    assert "hx-partial" not in city.get("/cari?cari=statistik", HEAD).text


def test_long_results_go_on_by_address(city: Office) -> None:
    for number in range(40):
        city.incoming(f"banyak-{number}", readers=("sekda",), perihal="Edaran hemat listrik")
    address, seen = "/cari?cari=edaran", set[int]()
    for _ in range(5):
        page = city.get(address, "sekda")
        fresh = results(page)
        assert not fresh & seen
        seen |= fresh
        following = re.search(r'href="(/cari\?[^"]*sebelum=\d+)"', page.text)
        if following is None:
            break
        address = following[1].replace("&amp;", "&")
    assert len(seen) == 40


def test_stray_addresses_are_no_crash(city: Office) -> None:
    for query in ("sebelum=-1", "sebelum=x", "cari=%00x", "cari=%25%27%22", "cari=" + "y" * 5000, "proses=%00", "sebelum=99999999999999999999999"):
        assert city.get(f"/cari?{query}", HEAD).status_code in (200, 422)
    assert city.get("/cari").status_code == 303
