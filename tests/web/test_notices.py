"""Notices and mails: one's own only, leading where something can be done, saying nothing of what a letter is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from activities.relay import FolderMailer
from tests.web.office import MONDAY, Office, office, words

INITIALLER, HEAD, OTHER = "ketua-tim-diskominfo", "kepala-diskominfo", "konseptor-dinkes"


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("surel")


@pytest.fixture(scope="module")
def city(database: str, tmp_path_factory: pytest.TempPathFactory, mail: Path) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas"), mail) as made:
        made.opened("rahasia", "rahasia", subject="Mutasi pejabat")
        yield made


def notice(city: Office, seat: str, kind: str, instance: str, minutes: int = 0) -> int:
    row = city.owner.execute(
        "INSERT INTO notice (person, event, kind, case_id, instance, at) VALUES (%s, %s, %s, 'rahasia', %s, %s) RETURNING id",
        (city.person(seat), f"rahasia/{kind}/{minutes}", kind, instance, MONDAY + timedelta(minutes=minutes)),
    ).fetchone()
    assert row is not None
    return int(str(row[0]))


@pytest.fixture(autouse=True)
def no_notices(city: Office) -> None:
    city.owner.execute("DELETE FROM notice")


def unread(city: Office, seat: str) -> int:
    row = city.owner.execute("SELECT count(*) FROM notice WHERE person = %s AND read_at IS NULL", (city.person(seat),)).fetchone()
    assert row is not None
    return int(str(row[0]))


def test_every_page_leads_to_the_notices_and_says_how_many_are_unread(city: Office) -> None:
    assert '<a href="/pemberitahuan"' in city.get("/bantuan", HEAD).text
    assert "hitung" not in city.get("/bantuan", HEAD).text
    notice(city, INITIALLER, "diingatkan", "paraf")
    notice(city, INITIALLER, "dijawab", "disposisi#1", 1)
    page = city.get("/bantuan", INITIALLER).text
    assert "2 belum dibaca." in page
    assert "hitung" not in city.get("/bantuan", OTHER).text
    city.post("/pemberitahuan/baca", INITIALLER, data={"sampai": str(2**40)})
    assert "hitung" not in city.get("/bantuan", INITIALLER).text
    nobody = city.get("/bantuan", "").text
    assert "/pemberitahuan" not in nobody
    assert '<a href="/v">Periksa keaslian naskah</a>' in nobody


def test_a_notice_leads_to_the_task_that_is_open_else_to_the_case(city: Office) -> None:
    notice(city, INITIALLER, "diingatkan", "paraf")
    notice(city, INITIALLER, "dijawab", "disposisi#1", 1)
    page = city.get("/pemberitahuan", INITIALLER).text
    links = re.findall(r'<a href="(/(?:tugas|perkara)/\d+)"', page)
    assert links == [f"/perkara/{city.number('rahasia')}", f"/tugas/{city.task('rahasia')}"]
    assert "Mutasi" not in page
    assert "Anda diingatkan atas sebuah tugas" in page


def test_a_notice_of_the_process_says_what_the_process_says(city: Office) -> None:
    number = notice(city, INITIALLER, "kabar", "kabar")
    city.owner.execute("UPDATE notice SET text = 'Surat telah <b>bernomor</b>' WHERE id = %s", (number,))
    page = city.get("/pemberitahuan", INITIALLER)
    assert "Surat telah &lt;b&gt;bernomor&lt;/b&gt;" in page.text
    city.owner.execute("UPDATE notice SET text = '' WHERE id = %s", (number,))
    assert "Pemberitahuan" in words(city.get("/pemberitahuan", INITIALLER))


def test_nobody_sees_or_marks_anothers(city: Office) -> None:
    mine = notice(city, INITIALLER, "diingatkan", "paraf")
    assert "Belum ada pemberitahuan" in words(city.get("/pemberitahuan", OTHER))
    assert city.post(f"/pemberitahuan/{mine}/baca", OTHER).status_code == 404
    city.post("/pemberitahuan/baca", OTHER, data={"sampai": str(mine)})
    assert unread(city, INITIALLER) == 1
    assert city.post(f"/pemberitahuan/{mine}/baca").status_code == 401


def test_one_is_marked_and_the_first_time_stays(city: Office) -> None:
    mine = notice(city, INITIALLER, "diingatkan", "paraf")
    answer = city.post(f"/pemberitahuan/{mine}/baca", INITIALLER)
    assert answer.headers["location"] == "/pemberitahuan?dibaca=1"
    assert unread(city, INITIALLER) == 0
    city.clock.later(hours=1)
    city.post(f"/pemberitahuan/{mine}/baca", INITIALLER)
    row = city.owner.execute("SELECT read_at FROM notice WHERE id = %s", (mine,)).fetchone()
    assert row == (MONDAY,)
    city.clock.later(hours=-1)
    said = words(city.get("/pemberitahuan?dibaca=1", INITIALLER))
    assert "Ditandai sudah dibaca." in said
    assert "Semua sudah dibaca." in said


def test_marking_all_spares_what_came_in_after_the_page(city: Office) -> None:
    notice(city, INITIALLER, "diingatkan", "paraf")
    shown = notice(city, INITIALLER, "terlambat", "paraf", 1)
    assert f'name="sampai" value="{shown}"' in city.get("/pemberitahuan", INITIALLER).text
    notice(city, INITIALLER, "eskalasi", "paraf", 2)
    city.post("/pemberitahuan/baca", INITIALLER, data={"sampai": str(shown)})
    assert unread(city, INITIALLER) == 1
    for nonsense in ("", "x", "-1", "9" * 40, "²"):
        assert city.post("/pemberitahuan/baca", INITIALLER, data={"sampai": nonsense}).status_code == 303
    assert unread(city, INITIALLER) == 1


def test_many_notices_go_on_by_address(city: Office) -> None:
    for number in range(120):
        notice(city, INITIALLER, "diingatkan", "paraf", number)
    first = city.get("/pemberitahuan", INITIALLER).text
    assert "100 atau lebih belum dibaca." in first
    seen, address = set[str](), "/pemberitahuan"
    for _ in range(5):
        page = city.get(address, INITIALLER).text
        seen |= set(re.findall(r'action="/pemberitahuan/(\d+)/baca"', page))
        following = re.search(r'href="(/pemberitahuan\?sebelum=\d+)"', page)
        if following is None:
            break
        address = following[1]
    assert len(seen) == 120


def posted(mail: Path, row: int, person: str, address: str, subject: str, body: str) -> str:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"], message["Date"] = subject, "alur@kota.test", address, format_datetime(MONDAY)
    message["Message-ID"] = f"<{row}.{person}@alur>"
    message.set_content(body)
    FolderMailer(mail).send(message)
    return f"{row}-{person}-alur"


def test_mails_are_read_by_their_addressee_only_and_as_text(city: Office, mail: Path) -> None:
    row = city.owner.execute("SELECT id, email FROM person WHERE id = %s", (city.person(INITIALLER),)).fetchone()
    assert row is not None
    person, address = str(row[0]), str(row[1])
    own = posted(mail, 7, person, address, "Ada tugas <baru>", "Yth. Anda,\n\n<script>alert(1)</script>\nhttps://kota.test/perkara/1")
    older = posted(mail, 3, person, address, "Lebih lama", "isi")
    stray = posted(mail, 9, person, "orang.lain@kota.test", "Bukan untuknya", "isi")
    foreign = posted(mail, 8, city.person(OTHER), "orang.lain@kota.test", "Rahasia orang", "isi")
    listed = city.get("/surel", INITIALLER).text
    assert re.findall(r'href="/surel/([^"]+)"', listed) == [own, older]
    assert "Bukan untuknya" not in listed
    shown = city.get(f"/surel/{own}", INITIALLER)
    assert "&lt;script&gt;alert(1)" in shown.text
    assert "<script>alert" not in shown.text
    assert "Ada tugas &lt;baru&gt;" in shown.text
    for name in (stray, foreign, "7-x-alur", "../surat", "..%2f..%2fetc%2fpasswd", "7"):
        assert city.get(f"/surel/{name}", INITIALLER).status_code == 404
    assert own not in city.get("/surel", OTHER).text
    assert "Belum ada surel untuk Anda." in words(city.get("/surel", HEAD))


def test_a_broken_mail_hides_only_itself(city: Office, mail: Path) -> None:
    row = city.owner.execute("SELECT id, email FROM person WHERE id = %s", (city.person(HEAD),)).fetchone()
    assert row is not None
    good = posted(mail, 5, str(row[0]), str(row[1]), "Baik", "isi")
    for number, content in ((11, b"\xff\xfe\x00"), (12, b""), (13, b"To: " + str(row[1]).encode() + b"\nDate: entah\n\nx"), (14, b"x" * 300_000)):
        (mail / f"{number}-{row[0]}-alur.eml").write_bytes(content)
    listed = city.get("/surel", HEAD)
    assert listed.status_code == 200
    assert good in listed.text
    assert city.get(f"/surel/12-{row[0]}-alur", HEAD).status_code == 404


def test_where_mails_really_leave_there_is_no_such_page(city: Office) -> None:
    from dataclasses import replace

    city.app.state.context = replace(city.context, mail=None)
    assert city.get("/surel", HEAD).status_code == 404
    assert "/surel" not in city.get("/pemberitahuan", HEAD).text
    city.app.state.context = city.context
