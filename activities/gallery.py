"""Every layout and every form of signature block on one page, so that the city's secretariat can look before anything is issued."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from markupsafe import Markup

from activities.pdf.render import render
from activities.stationery import Letterhead, Page, Stationery
from engine.signature_block import Block, Manner, Signatory, block

AT = "2026-11-24T10:00:00+07:00"
LAYOUTS = (
    "surat_dinas", "undangan", "nota_dinas", "memorandum", "surat_pengantar", "pengumuman", "rekomendasi", "surat_keterangan", "surat_pernyataan",
    "tanda_terima", "catatan_agenda", "lembar_disposisi", "kartu_kendali", "surat_izin", "surat_perintah", "keputusan", "serah_terima",
    "berita_acara", "instruksi", "surat_edaran", "laporan",
)  # fmt: skip
SUBJECTED = frozenset({"pengumuman", "rekomendasi", "keputusan", "instruksi", "surat_edaran"})
TITLED = SUBJECTED | {"surat_keterangan", "surat_pernyataan", "surat_izin", "surat_perintah"}

HEAD = Signatory(
    "KEPALA DINAS KOMUNIKASI DAN INFORMATIKA", "lain", "definitif", "Nama Contoh", "Drs.", "M.Si.", "197001011995031999", "Pembina Utama Muda", "IV/c"
)
SEKDA = Signatory("SEKRETARIS DAERAH", "sekda", "definitif", "Nama Contoh", "Drs.", "M.Si.", "197001011995031999", "Pembina Utama Madya", "IV/d")
ASISTEN = Signatory(
    "ASISTEN PEMERINTAHAN DAN KESEJAHTERAAN RAKYAT",
    "lain",
    "definitif",
    "Nama Contoh",
    "",
    "S.H.",
    "197001011995031999",
    "Pembina Utama Muda",
    "IV/c",
)
MAYOR = Signatory("WALI KOTA CONTOH", "kepala-daerah", "definitif", "Nama Contoh", "", "S.H.")
WAKIL = Signatory("WAKIL WALI KOTA CONTOH", "wakil", "definitif", "Nama Contoh", "Dra.", "")
SEKRETARIS = replace(HEAD, title="SEKRETARIS DINAS KOMUNIKASI DAN INFORMATIKA", rank="Pembina Tingkat I", grade="IV/b")
CAMAT = replace(HEAD, title="CAMAT CONTOH UTARA", rank="Pembina Tingkat I", grade="IV/b")
LURAH = replace(HEAD, title="LURAH CONTOH JAYA", rank="Penata Tingkat I", grade="III/d")
PPPK = replace(HEAD, title="KEPALA UPT PUSAT DATA", front="", back="S.Kom.", rank="", grade="IX")
WALI_KOTA = ("WALI KOTA CONTOH",)
BLOCKS: tuple[tuple[str, Signatory, Manner, tuple[str, ...]], ...] = (
    ("sendiri", HEAD, "sendiri", ()),
    ("wali-kota", MAYOR, "sendiri", ()),
    ("wakil-atas-nama", WAKIL, "atas-nama", WALI_KOTA),
    ("atas-nama", SEKDA, "atas-nama", WALI_KOTA),
    ("plh-atas-nama", replace(SEKDA, capacity="plh"), "atas-nama", WALI_KOTA),
    ("kepala-atas-nama", HEAD, "atas-nama", WALI_KOTA),
    ("untuk-beliau", ASISTEN, "untuk-beliau", (*WALI_KOTA, "SEKRETARIS DAERAH")),
    ("plh-untuk-beliau", replace(ASISTEN, capacity="plh"), "untuk-beliau", (*WALI_KOTA, "SEKRETARIS DAERAH")),
    ("sekretaris-atas-nama", SEKRETARIS, "atas-nama", ("KEPALA DINAS KOMUNIKASI DAN INFORMATIKA",)),
    ("plt", replace(HEAD, capacity="plt"), "sendiri", ()),
    ("plh", replace(HEAD, capacity="plh"), "sendiri", ()),
    ("plt-sekda", replace(SEKDA, capacity="plt"), "sendiri", ()),
    ("plh-sekda", replace(SEKDA, capacity="plh"), "sendiri", ()),
    ("pj-sekda", replace(SEKDA, capacity="pj"), "sendiri", ()),
    ("pj-wali-kota", replace(MAYOR, capacity="pj"), "sendiri", ()),
    ("plh-wali-kota", replace(MAYOR, capacity="plh"), "sendiri", ()),
    ("camat", CAMAT, "sendiri", ()),
    ("lurah", LURAH, "sendiri", ()),
    ("lurah-atas-nama", LURAH, "atas-nama", ("CAMAT CONTOH UTARA",)),
    ("plt-lurah", replace(LURAH, capacity="plt"), "sendiri", ()),
    ("golongan-pppk", PPPK, "sendiri", ()),
)

_BODY = Markup(
    "<p>Sehubungan dengan surat Saudara hal Permohonan Data, dengan ini disampaikan hal-hal sebagai berikut.</p>"
    "<ol><li>Data tersedia dalam bentuk terbuka pada portal data kota.</li><li>Data yang memuat data pribadi tidak dapat diberikan.</li></ol>"
    "<p>Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.</p>"
)

_ORDERED: dict[str, Any] = {
    "penetap": "WALI KOTA CONTOH", "penutup": "Demikian surat izin ini diberikan untuk digunakan sebagaimana mestinya.",
    "menimbang": ["bahwa layanan data terbuka perlu diatur;", "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menunjuk pengelolanya;"],
    "mengingat": ["Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik;", "Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan."],
    "penerima": {"nama": "Nama Contoh, S.Kom.", "nip": "199002282015031999", "pangkat": "Penata (III/c)", "jabatan": "Ketua Tim Kerja Data", "unit": "Bidang Aplikasi Informatika", "perangkat_daerah": "Dinas Komunikasi dan Informatika"},
    "untuk": ["Mengelola layanan data terbuka terhitung mulai tanggal 1 Desember 2026.", "Melaporkan pelaksanaannya setiap triwulan."],
    "ketentuan": ["Menjaga kerahasiaan data pribadi.", "Izin dicabut bila ketentuan dilanggar."],
    "diktum": ["Menetapkan pengelola layanan data terbuka.", "Pengelola bertanggung jawab kepada Wali Kota.", "Keputusan Wali Kota ini mulai berlaku pada tanggal ditetapkan."],
}  # fmt: skip
"""What the layouts of orders, permits and decisions print."""

_SPREAD: dict[str, Any] = {
    "pembuka": ["Dalam rangka keterbukaan informasi, layanan data perlu disiapkan."], "sasaran": ["Seluruh kepala perangkat daerah", "Seluruh camat"],
    "bagian": [{"judul": "Latar Belakang", "teks": "Layanan data terbuka perlu diatur."}, {"judul": "Isi Edaran", "butir": ["Siapkan daftar data.", "Laporkan setiap triwulan."]}],
    "lampiran_hukum": [{"judul": "Pengelola layanan data", "kolom": ["Nama", "Kedudukan"], "baris": [["Nama Contoh", "Ketua"], ["Nama Lain Contoh", "Anggota"]]}],
    "judul_laporan": "LAPORAN PENERIMAAN SURAT EDARAN", "kolom": [["Unit", "40%"], ["Keadaan", ""]], "baris": [["Dinas Contoh", "Diterima"], ["Kecamatan Contoh", "Tidak menjawab"]],
}  # fmt: skip
"""What is sent to many, the report of it, and the annex of a decision print."""

_HANDED: dict[str, Any] = {
    "jabatan": "Kepala Dinas Komunikasi dan Informatika", "unit": "Dinas Komunikasi dan Informatika", "hari": "Selasa, 24 November 2026",
    "peralihan": "24 November 2026 00.00 WIB", "keadaan": "24 November 2026 00.00 WIB", "terpotong": False, "pasti": True,
    "pemberi": {"name": "Nama Contoh, S.Kom.", "nip": "197001011995031999", "rank": "Pembina Utama Muda (IV/c)", "title": "Kepala Dinas Komunikasi dan Informatika"},
    "penerima": {"name": "Nama Lain Contoh, M.Si.", "nip": "197202021997032999", "rank": "Pembina Tingkat I (IV/b)", "title": "Plh. Kepala Dinas Komunikasi dan Informatika"},
    "bagian": [
        {"judul": "Tugas yang terbuka", "baris": [{"kind": "tugas", "no": 41, "number": "", "about": "Jawaban permohonan data", "step": "Tanda tangan", "secrecy": "Biasa", "since": "", "due": "25 November 2026 16.00 WIB"},
                                                  {"kind": "tugas", "no": 43, "number": "", "about": "(isi tidak disebut)", "step": "Disposisi", "secrecy": "Rahasia", "since": "", "due": ""}]},
        {"judul": "Disposisi yang belum dibaca", "baris": []},
        {"judul": "Naskah dalam konsep", "baris": [{"kind": "konsep", "no": 44, "number": "500.12/88/DISKOMINFO/XI/2026", "about": "Undangan rapat koordinasi", "step": "Surat undangan", "secrecy": "Biasa", "since": "23 November 2026 10.15 WIB", "due": ""}]},
    ],
}  # fmt: skip
"""What the list of a handover prints."""

_PARTIES: dict[str, Any] = {
    "pada": date(2026, 11, 24), "pembuka": "kami yang bertanda tangan di bawah ini:",
    "pihak": [{"nama": "Nama Contoh, S.Kom.", "nip": "197001011995031999", "jabatan": "Petugas perlengkapan", "sebutan": "PIHAK PERTAMA"},
              {"nama": "Nama Pemohon", "alamat": "Jalan Contoh Nomor 3, Kota Contoh", "sebutan": "PIHAK KEDUA"}],
    "butir": ["PIHAK PERTAMA menyerahkan kepada PIHAK KEDUA satu unit kamera dalam keadaan baik.", "PIHAK KEDUA mengembalikannya paling lambat tanggal 1 Desember 2026."],
}  # fmt: skip
"""What a berita acara of two parties prints."""


def sample(layout: str, blocks: tuple[Block, ...], head: Letterhead, number: str = "500.12/87/DISKOMINFO/XI/2026") -> Page:
    """A filled page of one layout; made of generic posts only."""
    rows = [
        {"label": "Asal surat", "nilai": "Universitas Contoh"},
        {"label": "Nomor surat", "nilai": "123/UC/2026"},
        {"label": "Hal", "nilai": "Permohonan data"},
    ]
    surat: dict[str, Any] = {
        "judul": layout.replace("_", " ").capitalize(), "nomor": number, "tanggal": "24 November 2026", "sifat": "Biasa", "urgensi": "Biasa",
        "lampiran": "1 (satu) berkas", "hal": "Jawaban permohonan data", "kepada": [{"jabatan": "Rektor Universitas Contoh", "tempat": "Kota Contoh"}],
        "tembusan": ["Sekretaris Daerah", "Kepala Badan Perencanaan Pembangunan Daerah"], "isi": _BODY, "dari": "Kepala Dinas Komunikasi dan Informatika",
        "tentang": "Layanan data terbuka" if layout in SUBJECTED else "", **_ORDERED, **_SPREAD, **(_HANDED if layout == "serah_terima" else _PARTIES if layout == "berita_acara" else {}),
        "acara": [["Hari, tanggal", "Senin, 30 November 2026"], ["Waktu", "09.00 WIB s.d. selesai"], ["Tempat", "Ruang Rapat Utama, Balai Kota"], ["Acara", "Rapat koordinasi keterbukaan data"]],
        "baris_pengantar": [{"naskah": "Laporan layanan data", "banyaknya": "1 (satu) berkas", "keterangan": "Dengan hormat"}],
        "rincian": {"pengirim": "Universitas Contoh", "nomor_surat": "123/UC/2026", "tanggal_surat": "20 November 2026", "tanggal_terima": "23 November 2026"}
        if layout == "lembar_disposisi" else rows,
        "disposisi": [{"pemberi": "Kepala Dinas", "waktu": "23 November 2026 10.15 WIB", "catatan": "Siapkan jawaban.", "penerima": [
            {"jabatan": "Kepala Bidang Aplikasi Informatika", "peran": "utama", "instruksi": "Siapkan konsep jawaban", "batas": "27 November 2026 16.00 WIB", "tindak_lanjut": "Data disiapkan; konsep jawaban terlampir."},
            {"jabatan": "Kepala Bidang Infrastruktur dan Persandian", "peran": "pendukung", "instruksi": "Koordinasikan", "batas": "27 November 2026 16.00 WIB", "tindak_lanjut": "Belum dibaca"}]}],
        "paraf": [{"langkah": "Paraf 1: substansi", "nama": "Nama Contoh", "jabatan": "Ketua Tim Kerja", "tindakan": "Paraf", "waktu": "23 November 2026 11.02 WIB", "sidik": "1f2e3d4c5b6a", "catatan": ""}],
    }  # fmt: skip
    word = "Ditetapkan" if layout in ("keputusan", "surat_edaran") else "Dikeluarkan"
    place = f"{word} di Contoh\npada tanggal 24 November 2026" if layout in TITLED else ""
    return Page(f"letters/{layout}.html", surat, head, blocks, place, AT, {"contoh": layout}, "0123456789ABCDEFGHJK", "AB12-CD34-EF56", seal=True)


def pages(paper: Stationery) -> dict[str, Page]:
    """Name → page: each layout with the plain block, then each block on an official letter."""
    agency = Letterhead(
        "perangkat-daerah",
        "Dinas Komunikasi dan Informatika",
        ("DINAS KOMUNIKASI DAN INFORMATIKA",),
        "Jalan Contoh Nomor 12, Kota Contoh 00000",
        "(000) 5550012",
        "diskominfo@kota-contoh.example",
    )
    setda = replace(agency, nama="Sekretariat Daerah", baris=("SEKRETARIAT DAERAH",), surel="setda@kota-contoh.example")
    garuda = Letterhead("kepala-daerah", "WALI KOTA CONTOH")
    kecamatan = replace(agency, nama="Kecamatan Contoh Utara", baris=("KECAMATAN CONTOH UTARA",), surel="kecamatan@kota-contoh.example")
    kelurahan = replace(kecamatan, nama="Kelurahan Contoh Jaya", baris=("KECAMATAN CONTOH UTARA", "KELURAHAN CONTOH JAYA"))
    own = {ASISTEN.title: setda, SEKDA.title: setda, CAMAT.title: kecamatan, LURAH.title: kelurahan, MAYOR.title: garuda, WAKIL.title: garuda}
    unsigned = {"tanda_terima", "catatan_agenda", "lembar_disposisi", "kartu_kendali", "serah_terima", "laporan"}
    made = {layout: sample(layout, () if layout in unsigned else (block(HEAD, "surat-dinas"),), agency) for layout in LAYOUTS}
    made["keputusan"] = sample("keputusan", (block(MAYOR, "surat-keputusan"),), garuda, "100.3.3.3/17/2026")
    made["instruksi"] = sample("instruksi", (block(MAYOR, "instruksi"),), garuda, "4 TAHUN 2026")
    parties = (Block(("Petugas perlengkapan,",), "", "", ""), Block(("Pemohon,",), "", "", ""))
    made["berita_acara"] = sample("berita_acara", parties, agency, "1/BA/DISKOMINFO/2026")
    for name, who, manner, behalf in BLOCKS:
        blocks = (block(who, "surat-dinas", manner, behalf, paper.profile["nip"], paper.profile["sekda_nip"]),)
        made[f"blok-{name}"] = sample("surat_dinas", blocks, own.get(who.title, agency))
    return made


def write_gallery(folder: Path, city: Path) -> Path:
    """Writes ``<name>.pdf``, ``<name>.png`` and index.html below ``folder``; gives the path of the index."""
    folder.mkdir(parents=True, exist_ok=True)
    paper = Stationery(city, "http://127.0.0.1:8000", sample=True)
    figures = []
    for name, page in pages(paper).items():
        pdf = render(paper.order(page)).pdf
        (folder / f"{name}.pdf").write_bytes(pdf)
        pypdfium2.PdfDocument(pdf)[0].render(scale=1.2).to_pil().save(folder / f"{name}.png")
        figures.append(
            f'<figure><a href="{name}.pdf"><img src="{name}.png" alt="{html.escape(name)}"></a><figcaption>{html.escape(name)}</figcaption></figure>'
        )
    index = folder / "index.html"
    index.write_text(f'<!doctype html><html lang="id"><meta charset="utf-8"><title>Galeri naskah</title>'
                     f'<style>body{{display:flex;flex-wrap:wrap;gap:1rem}}img{{width:22rem;border:1px solid #999}}</style><h1>Galeri naskah</h1>{"".join(figures)}')  # fmt: skip
    return index
