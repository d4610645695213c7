"""Files in the rows of a table of hundreds: sent, named, refused, replaced, taken out, kept when the rows go round by a spreadsheet, and sent with them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.long_form import CHECKER, DRAFTER
from tests.web.office import Office, office
from tests.web.played import shown
from tests.web.test_long_tables import agree, hidden, load, loaded, version_of
from tests.web.test_uploads import pdf, photo
from web.uploads import taking

ROW = 3
PHOTO, PROOF = f"rincian.{ROW}.foto", f"rincian.{ROW}.bukti"


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


def cells(page: Any) -> dict[str, list[str]]:
    """The row with its files, as the page would send it again."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(rf'name="(rincian\.{ROW}\.(?:_id|foto|bukti))" value="([^"]*)"', page.text):
        found.setdefault(name, []).append(value)
    return found


def send(kantor: Office, address: str, page: Any, files: list[tuple[str, tuple[str, bytes]]], **pressed: str) -> Any:
    named = [(name, (*file, "application/octet-stream")) for name, file in files]
    return kantor.post(address, DRAFTER, data={**cells(page), "_versi": version_of(page), "aksi": "simpan", **pressed}, files=named)


def filled(kantor: Office, case: str) -> tuple[str, Any]:
    """A table of sixty rows; one has a photograph and two papers."""
    address = loaded(kantor, case, 60)
    page = kantor.get(address, DRAFTER)
    papers = [(PHOTO, ("laptop.png", photo("PNG"))), (PROOF, ("nota satu.pdf", pdf())), (PROOF, ("nota dua.pdf", pdf(2)))]
    assert send(kantor, address, page, papers).status_code == 303
    return address, kantor.get(address, DRAFTER)


def test_files_of_a_row_are_named_and_given_back(kantor: Office) -> None:
    _, page = filled(kantor, "berkas-nama")
    assert re.search(r'href="/unggah/[0-9A-Z]{26}"[^>]*>.*?laptop\.png</a>', page.text, re.DOTALL)
    told = shown(page)
    assert "laptop.png Hapus laptop.png" in told
    assert "nota satu.pdf Hapus nota satu.pdf" in told
    assert "nota dua.pdf Hapus nota dua.pdf" in told
    assert f'name="{PHOTO}" aria-label="Foto, baris {ROW + 1}" accept=".jpg,.png"' in page.text
    assert f'name="{PROOF}" aria-label="Bukti, baris {ROW + 1}" multiple' in page.text
    upload = cells(page)[PHOTO][0]
    assert kantor.get(f"/unggah/{upload}", DRAFTER).content.startswith(b"\x89PNG")
    assert kantor.get(f"/unggah/{upload}", CHECKER).status_code == 404


def test_a_refused_file_is_told_at_its_cell_and_nothing_else_is_lost(kantor: Office) -> None:
    address, page = filled(kantor, "berkas-tolak")
    before = cells(page)
    answer = send(kantor, address, page, [(PHOTO, ("surat.pdf", pdf()))], **{f"rincian.{ROW}.nama": "Nama baru"})
    assert answer.status_code == 422
    assert re.search(rf'id="e-rincian-{ROW}-foto">.*?surat\.pdf tidak diterima di sini\. Jenis yang diterima: jpg, png\.', answer.text, re.DOTALL)
    assert cells(answer) == before
    assert 'value="Nama baru"' in answer.text
    assert "Nama baru" not in shown(kantor.get(address, DRAFTER)), "nothing is saved while something is refused"


def test_a_photograph_is_replaced_and_a_paper_taken_out(kantor: Office) -> None:
    address, page = filled(kantor, "berkas-ganti")
    before = cells(page)
    assert send(kantor, address, page, [(PHOTO, ("baru.png", photo("PNG", (40, 30))))]).status_code == 303
    page = kantor.get(address, DRAFTER)
    assert "baru.png" in shown(page)
    assert "laptop.png" not in shown(page)
    assert send(kantor, address, page, [], _hapus=f"{PROOF}.0").status_code == 303
    after = cells(kantor.get(address, DRAFTER))
    assert after[PROOF] == before[PROOF][1:]
    assert len(after[PHOTO]) == 1


def test_a_file_that_is_not_there_takes_nothing_out(kantor: Office) -> None:
    address, page = filled(kantor, "berkas-tiada")
    before = cells(page)
    for gone in (f"{PROOF}.9", "rincian.9999.bukti.0", f"rincian.{ROW}.nama.0", f"rincian.{ROW}.bukti.0.0", "lain.3.bukti.0"):
        assert send(kantor, address, page, [], _hapus=gone).status_code == 303, gone
        page = kantor.get(address, DRAFTER)
        assert cells(page) == before, gone
        assert "60 baris" in shown(page), gone


def test_rows_that_go_round_by_a_spreadsheet_keep_their_files_and_are_sent_with_them(kantor: Office) -> None:
    address, page = filled(kantor, "berkas-keliling")
    before = cells(page)
    out = kantor.get(f"{address}/unduh?jenis=csv", DRAFTER).content
    lines = list(csv.reader(io.StringIO(out.decode("utf-8-sig")), delimiter=";"))
    assert not {"Foto", "Bukti"} & set(lines[0])
    lines[ROW + 1][lines[0].index("Nama barang")] = "Laptop dinas"
    back = io.StringIO()
    csv.writer(back, delimiter=";").writerows(lines)
    preview = load(kantor, address, cara="tambah", file=("rincian.csv", back.getvalue().encode()))
    assert preview.status_code == 200, shown(preview)[:1000]
    assert agree(kantor, address, preview).status_code == 303
    page = kantor.get(address, DRAFTER)
    assert 'value="Laptop dinas"' in page.text
    assert cells(page) == before
    task = kantor.task("berkas-keliling")
    check = kantor.post(f"/tugas/{task}", DRAFTER, data={**hidden(kantor.get(f"/tugas/{task}", DRAFTER)), "perihal": ["Usul"], "outcome": ["kirim"], "bagian": ["semua"], "aksi": "periksa"})  # fmt: skip
    assert kantor.post(f"/tugas/{task}", DRAFTER, data={**hidden(check), "aksi": "kirim"}).status_code == 303
    found = kantor.owner.execute('SELECT form, no FROM "case" WHERE id = %s', ("berkas-keliling",)).fetchone()
    assert found is not None
    form: Any = found[0]
    kept = form["rincian"][ROW]
    assert (kept["nama"], kept["foto"]["name"], [one["name"] for one in kept["bukti"]]) == (
        "Laptop dinas",
        "laptop.png",
        ["nota satu.pdf", "nota dua.pdf"],
    )
    assert all("foto" not in row for number, row in enumerate(form["rincian"]) if number != ROW)
    whole = kantor.get(f"/perkara/{found[1]}/tabel/rincian", CHECKER)
    assert "laptop.png" in shown(whole)


def test_what_is_sent_beyond_the_most_is_told_and_the_rest_is_kept(kantor: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST_SENT", 2)
    address = loaded(kantor, "berkas-banyak", 60)
    page = kantor.get(address, DRAFTER)
    empty = [(f"rincian.{row}.foto", ("", b"")) for row in range(50)]
    answer = send(kantor, address, page, [*empty, *((PROOF, (f"nota {number}.pdf", pdf(number))) for number in (1, 2, 3))])
    assert answer.status_code == 422
    assert "Berkas nota 3.pdf belum diambil: paling banyak 2 berkas sekali kirim. Kirim lagi sisanya." in shown(answer)
    assert len(cells(answer)[PROOF]) == 2
    assert send(kantor, address, answer, [(PROOF, ("nota 3.pdf", pdf(3)))]).status_code == 303
    assert len(cells(kantor.get(address, DRAFTER))[PROOF]) == 3
