"""The printed page: the same letter gives the same bytes, nothing outside can be reached, the signature block is never alone."""

from __future__ import annotations

import http.server
import multiprocessing
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from activities.pdf.html import clock_time, weekday_date
from activities.pdf.render import Order, RenderRefused, render
from tests.activities.paper import AT, CLOSING, ROOT, beyond, faults_of, letter, stationery, text_of

HEAD_LINE = "KEPALA DINAS KOMUNIKASI DAN"


def _sha(order: Order) -> str:
    return render(order).sha


def test_same_letter_same_bytes_in_other_processes() -> None:
    order = stationery().order(letter())
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = set(pool.map(_sha, [order, order, order]))
    assert found == {render(order).sha}


def test_letter_carries_its_data_and_one_attachment_only() -> None:
    import pikepdf

    with pikepdf.open(__import__("io").BytesIO(render(stationery().order(letter())).pdf)) as pdf:
        assert list(pdf.attachments) == ["data-surat.json"]
        assert len(pdf.Root.AF) == 1
        assert b"500.12/87" in pdf.attachments["data-surat.json"].get_file().read_bytes()


class _Canary(http.server.BaseHTTPRequestHandler):
    hits: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        return


@pytest.fixture(scope="module")
def canary() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


VECTORS = [
    '<img src="{http}/a">', '<img src="file:///etc/hostname">', '<link rel="attachment" href="file:///etc/hostname">', '<link rel="attachment" href="{http}/b">',
    '<link rel="stylesheet" href="{http}/c">', "<style>@import url({http}/d);</style>", "<style>@import url(file:///etc/hostname);</style>",
    "<style>@font-face{{font-family:x;src:url({http}/e)}} p{{font-family:x}}</style><p>x</p>", "<style>body{{background:url({http}/f)}}</style>",
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{http}/g" width="9" height="9"/></svg>', '<img src="ftp://127.0.0.1/x">',
    '<base href="{http}/"><img src="h">', '<object data="{http}/i"></object>', '<img src="http://169.254.169.254/latest">', '<embed src="file:///etc/passwd">',
    '<img src="res:tidak-ada.png">', '<img src="/etc/hostname">', "<style>p::before{{content:url({http}/j)}}</style><p>x</p>",
]  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS)
def test_a_page_reaches_nothing(vector: str, canary: str) -> None:
    _Canary.hits.clear()
    html = f'<!doctype html><html lang="id"><head><title>x</title></head><body><p>isi</p>{vector.format(http=canary)}</body></html>'
    order = Order(html, "x", "x", AT, "{}", (str(ROOT / "letters"),))
    secret = Path("/etc/hostname").read_bytes().strip() if Path("/etc/hostname").exists() else b"\0never"
    try:
        body = render(order).pdf
    except RenderRefused:
        body = b""
    assert _Canary.hits == []
    if body:
        import pikepdf

        with pikepdf.open(__import__("io").BytesIO(body)) as pdf:
            assert [name for name in pdf.attachments if name != "data-surat.json"] == []
            assert all(secret not in bytes(stream.read_bytes()) for stream in pdf.objects if isinstance(stream, pikepdf.Stream) and secret)


@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }}", "{% for x in () %}", "<script>alert(1)</script>", '<link rel=attachment href="file:///etc/hostname">', "\u202egnirts", "&amp;<b>"],
)
def test_what_people_type_is_printed_as_typed(text: str, tmp_path: Path) -> None:
    pages = text_of(render(stationery().order(letter(hal=text))).pdf, tmp_path)
    shown = text.replace("\u202e", "")
    assert shown.split()[0] in pages[0].replace("\u202e", "") or text.startswith("\u202e")
    assert "49" not in pages[0].split("Hal")[1].split("\n")[0]


def test_a_sentence_that_ends_on_a_typed_full_stop_gets_no_second() -> None:
    html = stationery().order(letter(isi=Markup("<p>Nama: {}.</p><p>dan seterusnya{}</p>").format("Contoh, Ph.D.", "..."))).html
    assert "<p>Nama: Contoh, Ph.D.</p><p>dan seterusnya...</p>" in html


@pytest.mark.slow
def test_the_longest_word_a_form_takes_is_broken_and_not_cut_off(tmp_path: Path) -> None:
    """In the heading, in the text and in a narrow column alike; an ordinary word stays whole."""
    word = "perkumpulan" * 18
    table = Markup("<table><tr><th class='sempit'>No.</th><th>Pelaksana</th></tr><tr><td>{}</td><td>Penyelenggaraan {}</td></tr></table>").format(
        "1", word
    )
    pdf = render(stationery().order(letter(hal=word, kepada=[{"jabatan": word, "tempat": word}], isi=Markup("<p>{}</p>").format(word) + table))).pdf
    assert beyond(pdf, tmp_path) == []
    whole = "".join(text_of(pdf, tmp_path)).replace("\n", "").replace(" ", "")
    assert "Penyelenggaraan" in whole
    assert whole.count("perkumpulan") >= 4 * 15


def test_what_no_font_of_the_letter_can_draw_is_a_box_and_no_font_of_the_machine(tmp_path: Path) -> None:
    """Citizens write with signs of their telephones. Names of other Latin alphabets are drawn; what is typed stays in the data."""
    typed = "Şükrü Đặng 漢字 👩‍🔧 ✓ 5 ≤ 6 → السيد"
    pdf = render(stationery().order(letter(hal=typed))).pdf
    read = " ".join(text_of(pdf, tmp_path)[0].split())
    assert "Şükrü Đặng □□ □□ □ 5 ≤ 6 → □□□□□" in read
    path = tmp_path / "surat.pdf"
    path.write_bytes(pdf)
    embedded = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert {line.split()[0].partition("+")[2].partition("-")[0] for line in embedded} == {"Arimo"}
    assert faults_of(path) == ""


def test_a_row_of_a_table_stays_on_one_page_unless_it_is_higher_than_one(tmp_path: Path) -> None:
    filler = " ".join(["uraian"] * 60)
    body = Markup("").join(Markup("<tr><td>mulai-{}</td><td>{} selesai-{}</td></tr>").format(n, filler, n) for n in range(30))
    high = Markup("<tr><td>tinggi</td><td>{}</td></tr>").format(" ".join(f"kata{n}" for n in range(2_000)))
    table = Markup("<table class='kotak'><thead><tr><th>Nomor</th><th>Uraian</th></tr></thead><tbody>{}{}</tbody></table>").format(body, high)
    pages = text_of(render(stationery().order(letter(isi=table))).pdf, tmp_path)
    for number in range(30):
        found = [(f"mulai-{number} " in page, f"selesai-{number} " in page) for page in (" ".join(page.split()) + " " for page in pages)]
        assert [one for one in found if True in one] == [(True, True)], number
    whole = " ".join(" ".join(pages).split())
    assert [n for n in range(2_000) if f"kata{n} " not in whole] == []


def test_signature_block_never_stands_alone_on_a_page(tmp_path: Path) -> None:
    paper = stationery()
    for paragraphs in range(1, 31):
        pages = text_of(render(paper.order(letter(paragraphs=paragraphs))).pdf, tmp_path)
        page = next(page for page in pages if HEAD_LINE in page.replace("DINAS KOMUNIKASI DAN INFORMATIKA\n", "", 1))
        assert CLOSING[:20] in page, f"{paragraphs} paragraf: blok tanda tangan terpisah dari penutup"


@pytest.mark.parametrize(
    "body", ["<p>Kami mengundang Saudara.</p><p>Penutup.</p>", "<ol><li>Satu</li></ol><p>Penutup.</p>"], ids=["paragraf", "daftar"]
)
def test_an_invitation_says_when_and_where_before_it_closes(body: str, tmp_path: Path) -> None:
    rows = [["Hari, tanggal", weekday_date("2026-11-30")], ["Waktu", "09.00 WIB s.d. selesai"], ["Tempat", "Ruang <Utama>"], ["Acara", "Rapat"]]
    page = letter("letters/undangan.html", isi=Markup(body), acara=rows)
    (read,) = text_of(render(stationery().order(page)).pdf, tmp_path)
    assert "Senin, 30 November 2026" in read
    assert "Ruang <Utama>" in read
    assert read.index("Waktu") < read.index("Penutup")


@pytest.mark.parametrize(("zone", "read"), [("Asia/Jakarta", "07.30 WIB"), ("Asia/Makassar", "08.30 WITA"), ("Asia/Jayapura", "09.30 WIT")])
def test_the_clock_on_a_letter_is_that_of_its_city(zone: str, read: str) -> None:
    assert clock_time(datetime(2026, 11, 25, 0, 30, tzinfo=UTC).astimezone(ZoneInfo(zone))) == f"25 November 2026 {read}"


def test_the_press_refuses_a_template_without_its_signature_box() -> None:
    order = stationery().order(letter())
    with pytest.raises(KeyError, match="ttd-1"):
        render(Order(order.html.replace('id="ttd-1"', ""), "x", "x", AT, "{}", order.resources, order.fields))
