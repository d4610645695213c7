"""What the told stories sign, taken out of the archive and judged: pyHanko, pdfsig, qpdf, and veraPDF where Java is; and read as text."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import text

from activities.pdf.verify import verify
from db import files
from db.write.trail import event_of
from embedded.demo import pdfsig
from tests.activities.paper import beyond, faults_of, text_of
from tests.workflows.chapters import papers
from tests.workflows.running import City

OF_EACH = 2
"""Documents of a kind that the slow validators read: the first and the last."""
_PAGES: dict[str, list[str]] = {}
"""Hash of a file → its text: many ask for it."""
SEKDA_ON_BEHALF = frozenset({"formulir-cuti", "surat-izin-cuti"})
"""What the city's register of mandates lets the Sekda sign a.n. Wali Kota in these stories; all else he signs in his own name."""
LEFT_OVER = ("None", "{{", "}}", "[]", "Undefined", "(diisi saat", "(tanggal saat", "&amp;", "&lt;", ", ,", " ;")
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
"""More of them are a line to be filled in by hand."""


async def signed(here: City) -> list[tuple[Any, bytes]]:
    async with here.database.connect() as connection:
        rows = (
            await connection.execute(
                text(
                    "SELECT case_id, code, number, verify_code, signed_sha, signers FROM document d WHERE signed_sha IS NOT NULL AND EXISTS (SELECT 1 FROM trail t WHERE t.case_id = d.case_id) ORDER BY id"
                )
            )
        ).all()
    return [(row, files.read(here.parts.press.files, row.signed_sha)) for row in rows]


async def read(here: City, folder: Path) -> list[tuple[Any, list[str]]]:
    """Each with the text of its pages."""
    return [(row, pages(row.signed_sha, pdf, folder)) for row, pdf in await signed(here)]


def pages(sha: str, pdf: bytes, folder: Path) -> list[str]:
    if sha not in _PAGES:
        _PAGES[sha] = text_of(pdf, folder)
    return _PAGES[sha]


async def ran(*command: str) -> tuple[int, str]:
    """Exit code and what it said."""
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    said, _ = await child.communicate()
    return child.returncode or 0, said.decode()


def root_of(here: City) -> Path:
    return next(here.parts.press.files.parent.rglob("root.pem"))


def of_each_kind(found: list[tuple[Any, bytes]], most: int | None) -> list[tuple[Any, bytes]]:
    """The first and the last of each kind, where there are more than ``most``; None = all."""
    kinds: dict[str, list[tuple[Any, bytes]]] = {}
    for row, pdf in found:
        kinds.setdefault(row.code.partition("@")[0], []).append((row, pdf))
    return [one for of in kinds.values() for one in (of if most is None or len(of) <= most else [of[0], of[-1]])]


async def refused(here: City, row: Any, pdf: bytes, folder: Path) -> list[str]:
    """What pyHanko, qpdf and pdfsig have against a document; [] when all accept it."""
    found, path = [], folder / f"{row.signed_sha}.pdf"
    path.write_bytes(pdf)
    verdict = await verify(pdf, root_of(here), frozenset({"Segel", *(one["field"] for one in row.signers)}))
    if not verdict.valid:
        found.append(f"{row.code} {row.number}: {verdict.reason}")
    code, said = await ran("qpdf", "--check", str(path))
    if code != 0:
        found.append(f"{row.code}: {said}")
    said, good = await asyncio.to_thread(pdfsig, path, root_of(here))
    return found if good else [*found, f"{row.code}: {said}"]


LISTS = ("laporan", "kartu-kendali")


def misread(row: Any, told: list[str], most: int) -> list[str]:
    """What a reader would stumble over: no number, something unfilled, more pages than ``most`` without a list that needs them."""
    whole = "\n".join(told)
    found = [word for word in LEFT_OVER if word in whole] + TWO_STOPS.findall(whole) + ([] if row.number in whole else ["tanpa nomor"])
    listing = any(word in whole for word in ("DAFTAR PENERIMA", "LAMPIRAN")) or row.code.startswith(LISTS)  # one line a person, an object, an act
    found += [f"{len(told)} halaman"] if len(told) > (max(6, 2 * most) if listing else most) else []
    return [f"{row.code}: {found}\n{whole}"] if found else []


class SignedDocuments:
    """Asked of a city when its stories are told."""

    of_each: int | None = OF_EACH
    pages = 2
    """Of a letter without a list, at most."""

    async def test_every_document_the_trails_call_signed_is_kept(self, here: City) -> None:
        async with here.database.connect() as connection:
            said = "SELECT t.case_id, c.process, t.body FROM trail t JOIN \"case\" c ON c.id = t.case_id WHERE t.kind = 'act-done' ORDER BY t.case_id, t.seq"
            lines = [(row.case_id, row.process, event_of(row.body)) for row in (await connection.execute(text(said))).all()]
        kept = {(row.case_id, row.code.partition("@")[0]) for row, _ in await signed(here)}
        told = {(case, code) for case, process, event in lines for code in papers(here.processes[process].process, [event])}
        assert told <= kept, sorted(told - kept)
        assert told or not here.told

    async def test_every_signed_document_passes_the_validators(self, here: City, tmp_path: Path) -> None:
        found = [one for row, pdf in of_each_kind(await signed(here), self.of_each) for one in await refused(here, row, pdf, tmp_path)]
        assert found == [], "\n".join(found)

    async def test_whoever_a_letter_names_has_a_copy_and_was_told_once(self, here: City) -> None:
        """The trail, the copies and the messages say the same; where a document names offices, they are reached."""
        async with here.database.connect() as connection:
            said = "SELECT t.case_id, c.process, t.body FROM trail t JOIN \"case\" c ON c.id = t.case_id WHERE t.kind = 'act-done' ORDER BY t.case_id, t.seq"
            lines = [(row.case_id, row.process, event_of(row.body)) for row in (await connection.execute(text(said))).all()]
            kept = "SELECT d.case_id, d.code, k.recipient FROM document_copy k JOIN document d ON d.id = k.document"
            given = {tuple(row) for row in (await connection.execute(text(kept))).all()}
            sent = (
                "SELECT case_id, instance, recipient, channel, count(DISTINCT event) AS times FROM outbox WHERE kind = 'tembusan' GROUP BY 1, 2, 3, 4"
            )
            mailed = (await connection.execute(text(sent))).all()
        told = [
            (case, code, recipient)
            for case, _process, event in lines
            for code, some in (event.data.get("detail") or {}).get("tembusan", {}).items()
            for recipient in some
        ]
        assert set(told) <= given
        assert {(row.case_id, row.instance, row.recipient.removeprefix("jabatan:")) for row in mailed} <= set(told)
        signings = Counter(told)
        assert [row for row in mailed if row.times > signings[(row.case_id, row.instance, row.recipient.removeprefix("jabatan:"))]] == []
        for case, process, event in lines:
            made = here.processes[process].process
            for code in papers(made, [event]):
                offices = [word for word in made.document[code].copies_to if word in made.role and made.role[word].kind == "office-holder"]
                assert not offices or any((case, name) == one[:2] for one in told for name in (code, one[1]) if name.partition("@")[0] == code), (
                    process,
                    code,
                )

    async def test_both_parties_sign_a_berita_acara_unless_one_declines(self, here: City, tmp_path: Path) -> None:
        for row, told in await read(here, tmp_path):
            whole = " ".join(" ".join(told).split())
            if "PIHAK KEDUA" in whole and row.code.startswith("ba-"):
                assert (len(row.signers) == 2) != ("PIHAK KEDUA tidak menandatangani berita acara ini" in whole), row.code

    async def test_each_person_a_decision_names_gets_an_extract_of_his_own(self, here: City, tmp_path: Path) -> None:
        """One document a row: the number of the decision, a code of its own, and no name but his."""
        made = await read(here, tmp_path)
        extracts = [(row, " ".join("".join(told).split())) for row, told in made if row.code.startswith("petikan-keputusan@")]
        decided = {row.case_id: row.number for row, _ in made if row.code in ("keputusan-wali-kota", "keputusan-sekda")}
        assert {row.number for row, _ in extracts} <= set(decided.values())
        assert all(row.number == decided[row.case_id] for row, _ in extracts)
        assert len({row.verify_code for row, _ in extracts}) == len(extracts)
        names = {row.verify_code: [name for name in ("Nama Contoh Satu", "Nama Contoh Dua") if name in whole] for row, whole in extracts}
        assert all(len(found) <= 1 for found in names.values()), names

    async def test_every_signed_document_says_its_number_and_nothing_unfilled(self, here: City, tmp_path: Path) -> None:
        found = [one for row, told in await read(here, tmp_path) for one in misread(row, told, self.pages)]
        found += [
            f"{row.code} melewati tepi: {word}" for row, pdf in of_each_kind(await signed(here), self.of_each) for word in beyond(pdf, tmp_path)
        ]
        assert found == [], "\n".join(found)

    async def test_the_sekda_signs_on_behalf_of_the_mayor_where_he_may_and_in_his_own_name_elsewhere(self, here: City, tmp_path: Path) -> None:
        """By the mandate for these two documents; the mandate for permits at large, of another agency, reaches no leave."""
        for row, told in await read(here, tmp_path):
            whole = "\n".join(told)
            if "SEKRETARIS DAERAH," in whole and row.code != "naskah-keluar":  # a letter of its own says how it is signed
                assert ("a.n. WALI KOTA CONTOH" in whole) == (row.code.partition("@")[0] in SEKDA_ON_BEHALF), row.code
            assert "KEPALA DINAS" not in whole or "a.n. WALI KOTA" not in whole, row.code

    async def test_every_signed_document_is_pdf_a_3a_and_pdf_ua_1(self, here: City, tmp_path: Path) -> None:
        paths = []
        for row, pdf in of_each_kind(await signed(here), self.of_each):
            paths.append(tmp_path / f"{row.signed_sha}.pdf")
            paths[-1].write_bytes(pdf)
        assert await asyncio.to_thread(faults_of, *paths) == ""
