"""From a case to a page: what the form, the facts, the trail and the organisation say, put in the words of letters/README.md."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.case_facts import LIMITS, decisions, opened, people, scope
from activities.cosigned import boxes, party
from activities.disclosed import disclosed
from activities.pdf.html import attachments_line, clock_time, long_date
from activities.pdf.render import canonical_json
from activities.stationery import Letterhead, Page, Stationery
from db.read import dossier as read
from db.read.dossier import Act, Dossier, Office, PersonRow
from db.read.positions import resolve
from db.read.processes import pinned_process
from engine.evaluate import evaluate
from engine.events import Actor
from engine.fields import Field
from engine.holders import address
from engine.index import split
from engine.process import Document, Process
from engine.row_form import Row, made_by, row_of, seen_from
from engine.signature_block import Block, Signatory, block
from engine.state import State
from forms import showing

SECRET = frozenset({"rahasia", "sangat-rahasia"})
MANNERS = {"atas-nama": "atas-nama", "untuk-beliau": "untuk-beliau"}
INITIALS = frozenset({"initial"})


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs this page, and when. Absent for a draft (the expected signer stands in the block) and for the seal."""

    actor: Actor
    at: datetime
    step: str = ""
    """Instance of the signing step."""
    round: int = 0
    party: str = ""
    """Party outside for whom ``actor`` (himself, or the desk) signs without a certificate."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A page with what numbering and filing need to know of it."""

    page: Page
    document: Document
    process: Process
    dossier: Dossier
    office: Office
    parts: dict[str, str]
    """Words of its number that the case gives: klasifikasi, nomor_agenda, kunci."""
    title: str
    """Of the document; of one made for a row, with what the row is called."""
    letter_sha: str
    """SHA-256 of everything the page says but number, date and verification code: signed = shown."""
    own: Block | None = None
    """Of who signs now; his stamp says it. None for a draft nobody signs yet and for the seal."""
    shared: bool = False
    """Several parties sign it: whoever comes later signs the file of whoever came first."""


@dataclass(frozen=True)
class Composer:
    """Stateless but for the stationery; ``zone`` is the city's."""

    stationery: Stationery
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))

    async def letter(
        self, connection: AsyncConnection, case_id: str, code: str, now: datetime, signing: Signing | None = None, expected: str = ""
    ) -> Letter:
        """The page of document ``code`` (inside ``Each`` ``code@row``) without number and code: the caller adds them by ``numbered``. ``expected``: position
        that will sign. Signed by several it stands on the letterhead of its ``house``, else of the owner of the process, whoever signs first."""
        case = await read.dossier(connection, case_id)
        process = await pinned_process(connection, case.process_sha)
        document, step = process.document[split(code)[0]], (signing.step if signing else "") or made_by(process, code)
        together = boxes(process, document.code)
        row = row_of(process, case.form, step)
        case = dataclasses.replace(case, form=seen_from(process, case.form, step))
        by = "" if together or (signing and signing.party) else signing.actor.position if signing else expected
        acts = await read.acts(connection, case_id, ("case-opened", "decided", *LIMITS))
        office = (
            await read.office(connection, by)
            if by
            else await self._home(connection, case, process, acts, now, (document.house or process.owner) if together else "")
        )
        surat = await self._surat(case, process, document, office)
        context = await self._context(connection, case, process, acts, now, row)
        own = await self._own(connection, case, process, document, signing) if signing and not by else None
        blocks = together or ((own,) if own else await self._blocks(connection, case, process, document, office, signing, now) if by else ())
        kop = self._letterhead(office, bool(by))
        text: dict[str, Any] = {**surat, "isi": str(surat["isi"])}
        shown = canonical_json(
            {
                "surat": text,
                "kop": kop.nama,
                "blok": [one.lines for one in blocks],
                "isian": case.form,
                **({"baris": row.values} if row.values else {}),
            }
        )
        folder = process.code.replace("-", "_")
        title = f"{document.title}: {context['nama'].get(row.name, row.name)}" if row.name else document.title
        page = Page(
            f"{folder}/{document.code.replace('-', '_')}.html", surat, kop, blocks, created=now.astimezone(self.zone).isoformat(timespec="seconds"),
            facts=self._facts(case, process, document, row), seal=True, context=context,
        )  # fmt: skip
        return Letter(
            page, document, process, case, office, _parts(case, process, document, acts), title, hashlib.sha256(shown.encode()).hexdigest(),
            own or (blocks[0] if blocks and not together else None), bool(together),
        )  # fmt: skip

    def numbered(self, letter: Letter, number: str, token: str, short_code: str, now: datetime) -> Page:
        """The final page: number, date and verification code are on it before it is signed."""
        day = long_date(now.astimezone(self.zone).date())
        surat: dict[str, Any] = {**letter.page.surat, "nomor": number, "tanggal": day, "pada": now.astimezone(self.zone).date(), "konsep": False}
        word, home = PLACED.get(letter.document.kind), self.stationery.city["tempat"]
        place = "" if word is None else f"{word} di {home}\npada tanggal {day}" if word else f"{home}, {day}"
        facts = {**letter.page.facts, "nomor": number, "tanggal": now.astimezone(self.zone).date().isoformat(), "sidik_isi": letter.letter_sha}
        return Page(
            letter.page.template, surat, letter.page.kop, letter.page.blocks, place, now.astimezone(self.zone).isoformat(timespec="seconds"),
            facts, token, short_code, letter.page.seal, letter.page.context,
        )  # fmt: skip

    async def _surat(self, case: Dossier, process: Process, document: Document, office: Office) -> dict[str, Any]:
        form = case.form
        profile = self.stationery.profile
        recipients = form.get("kepada") or []
        return {
            "judul": document.title, "nomor": "", "tanggal": "", "pada": None, "konsep": True, "sifat": profile["sifat"].get(form.get("sifat", "biasa"), "Biasa"),
            "urgensi": profile["urgensi"].get(form.get("urgensi", "biasa"), "Biasa"), "lampiran": attachments_line(int(form.get("jumlah_lampiran") or 0)),
            "lampiran_dan_surat": attachments_line(1 + int(form.get("jumlah_lampiran") or 0)), "hal": form.get("hal") or form.get("perihal") or case.title,
            "kepada": [{"jabatan": row.get("jabatan", ""), "tempat": row.get("tempat", "")} for row in recipients if isinstance(row, dict)] or [{"jabatan": "", "tempat": ""}],
            "tembusan": [row["jabatan"] for row in form.get("tembusan") or [] if isinstance(row, dict)], "isi": _body(process, form), "dari": office.title, "tentang": "",
        }  # fmt: skip

    async def _context(
        self, connection: AsyncConnection, case: Dossier, process: Process, acts: list[Act], now: datetime, row: Row
    ) -> dict[str, Any]:
        names = await read.labels(connection, _codes(process, case.form))
        own = {"baris": row.values, "tampil_baris": _shown([*row.columns, *_fields(process)], row.values, names)} if row.values else {}
        return {
            "isian": dict(case.form), "tampil": _shown(_fields(process), case.form, names), "rahasia": case.secrecy in SECRET,
            "nama": names, "disposisi": await self._dispositions(connection, case), "paraf": self._initials(process, acts),
            "putusan": decisions(acts, self.zone), **await people(connection, case, process, acts, now, row), **own,
        }  # fmt: skip

    async def _home(self, connection: AsyncConnection, case: Dossier, process: Process, acts: list[Act], now: datetime, house: str) -> Office:
        """Of a page without one official whose it is: the agency of the case; of what several parties sign, that of ``house``."""
        if house in process.role:
            began = opened(acts)
            state = State(unit=case.unit, starter=dict(began.get("starter") or {}), applicant=dict(began.get("applicant") or {}))
            found = (await resolve(connection, [address(process, state, (house,))], now))[0]
            if not found.vacant:
                return await read.office(connection, found.positions[0])
        return await read.head_office(connection, case.unit)

    async def _own(self, connection: AsyncConnection, case: Dossier, process: Process, document: Document, signing: Signing) -> Block:
        """Of who signs a document of several parties."""
        if signing.party:
            names = await read.labels(connection, {signing.party})
            return Block((party(process, signing.step),), names.get(signing.party, ""), "", "")
        office = await read.office(connection, signing.actor.position)
        return (await self._blocks(connection, case, process, document, office, signing, signing.at))[0]

    async def _blocks(
        self, connection: AsyncConnection, case: Dossier, process: Process, document: Document, office: Office, signing: Signing | None, now: datetime
    ) -> tuple[Block, ...]:
        """A document signed by mandate is looked up by its own name: a mandate for permits does not reach the leave of the same kind."""
        manner = MANNERS.get(str(case.form.get("cara_penandatanganan", "")), "sendiri")
        asked = f"{process.code}/{document.code}" if document.by_mandate else document.kind
        behalf = await read.mandators(connection, office.position, asked, now) if manner != "sendiri" or document.by_mandate else []
        if document.by_mandate:
            manner = ("sendiri", "atas-nama", "untuk-beliau")[min(len(behalf), 2)]
        person = await read.person_row(connection, signing.actor.person) if signing else PersonRow("", "(nama penandatangan)", "", "", "", "", "", "")
        capacity = signing.actor.capacity if signing else "definitif"
        who = Signatory(office.title_caps, office.level, capacity, person.name, person.front, person.back, person.nip, person.rank, person.grade)  # type: ignore[arg-type]
        needed = {"sendiri": 0, "atas-nama": 1, "untuk-beliau": 2}[manner]
        profile = self.stationery.profile
        return (block(who, document.kind, manner, tuple(behalf[:needed]), profile["nip"], profile["sekda_nip"]),)  # type: ignore[arg-type]

    def _letterhead(self, office: Office, signed: bool) -> Letterhead:
        """Garuda only for what the mayor or deputy signs; everything else on the signing official's agency, a.n. included."""
        if signed and office.level in ("kepala-daerah", "wakil"):
            return Letterhead("kepala-daerah", office.letterhead or office.title_caps)
        address = f"{office.address}, {self.stationery.city['nama']} {office.postcode}".strip().rstrip(",")
        name = office.letterhead or office.organisation_name.upper()
        return Letterhead("perangkat-daerah", office.organisation_name, (name,), address, office.phone, office.email, office.site)

    def _facts(self, case: Dossier, process: Process, document: Document, row: Row) -> dict[str, Any]:
        """Attached to the PDF. Of a secret letter only what its agenda may show."""
        base: dict[str, Any] = {"perkara": case.case_id, "proses": process.code, "naskah": document.code, "jenis": document.kind}
        if row.values:
            base["baris"] = row.values["_id"]
        return base if case.secrecy in SECRET else {**base, "isian": disclosed(process, case.form)}

    async def _dispositions(self, connection: AsyncConnection, case: Dossier) -> list[dict[str, Any]]:
        rows = await read.branches(connection, case.case_id)
        by_parent = defaultdict(list)
        for row in rows:
            by_parent[row.parent].append(row)
        titles = {row.branch: row.title for row in rows}
        names = await read.labels(connection, {row.given_by for row in rows if row.given_by})
        sheets = []
        for parent, group in by_parent.items():
            receivers = [
                {"jabatan": row.title, "peran": row.role, "instruksi": "; ".join(showing.word(word) for word in row.instructions),
                 "batas": clock_time(row.due.astimezone(self.zone)) if row.due else "-",
                 "tindak_lanjut": row.report or ("Dibaca" if row.read_at else "Belum dibaca")} for row in group
            ]  # fmt: skip
            sheets.append({
                "pemberi": titles.get(parent) or names.get(group[0].given_by, group[0].given_by), "waktu": clock_time(group[0].given_at.astimezone(self.zone)), "penerima": receivers,
                "catatan": "; ".join(dict.fromkeys(row.note for row in group if row.note)), "kepada": ", ".join(row.title for row in group),
            })  # fmt: skip
        return sheets

    def _initials(self, process: Process, acts: list[Act]) -> list[dict[str, str]]:
        steps = {node.name: node for node in process.steps() if getattr(node, "ask", "") in INITIALS or type(node).__name__ == "Sign"}  # type: ignore[attr-defined]
        rows = []
        for act in acts:
            node = steps.get(act.step.partition("@")[0])
            if node is not None and act.kind == "decided":
                rows.append({
                    "langkah": getattr(node, "title", "") or showing.word(act.step.partition("@")[0]), "nama": act.name, "jabatan": act.title,
                    "tindakan": showing.word(str(act.body.get("outcome", ""))), "waktu": clock_time(act.at.astimezone(self.zone)),
                    "sidik": str(act.body.get("shown", ""))[:12] or "-", "catatan": str(act.body.get("reason", "")),
                })  # fmt: skip
        return rows


def _parts(case: Dossier, process: Process, document: Document, acts: list[Act]) -> dict[str, str]:
    own = evaluate(document.classification, scope(case, acts)) if document.classification is not None else None
    key = evaluate(document.key, scope(case, acts)) if document.key is not None else None
    return {
        **({"kunci": str(key)} if key else {}),
        "klasifikasi": str(own or case.form.get("kode_klasifikasi") or process.archive.code), "nomor_agenda": str(case.form.get("nomor_agenda") or ""),
    }  # fmt: skip


PLACED = {
    **dict.fromkeys(
        ("pengumuman", "surat-keterangan", "surat-pernyataan", "surat-rekomendasi", "surat-izin", "surat-tugas", "surat-perintah"), "Dikeluarkan"
    ),
    "surat-keputusan": "Ditetapkan", "keputusan-wali-kota": "Ditetapkan", "surat-edaran": "Ditetapkan", "instruksi": "Dikeluarkan",
    **dict.fromkeys(("spp", "spm", "sp2d", "skpd", "skrd"), ""),
}  # fmt: skip
"""Document kinds whose block begins with place and date, and with which word; "": the place and the date alone, on one line."""


def _body(process: Process, form: dict[str, Any]) -> Markup:
    """The letter's text. Rich fields hold HTML that forms.rich has rebuilt from its allow-list; everything else is escaped here."""
    text = str(form.get("isi") or "")
    declared = process.fields.get("isi")
    if declared is not None and declared.rich:
        return Markup(text)  # noqa: S704  # rebuilt by forms.rich, no attribute and no foreign element survives
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in text.split("\n\n") if part.strip())


def _fields(process: Process) -> list[Field]:
    facts = [Field(fact.name, fact.meaning, fact.type, choices=fact.choices, columns=fact.columns) for fact in process.facts]
    return [*process.form, *facts]


def _codes(process: Process, form: dict[str, Any]) -> set[str]:
    """Codes of positions, units and people in the form, tables included."""
    looked_up = {"position", "positions", "unit", "units", "employee", "employees"}
    found: set[str] = set()

    def collect(fields: tuple[Field, ...] | list[Field], values: dict[str, Any]) -> None:
        for one in fields:
            value = values.get(one.name)
            if one.type in looked_up and value:
                found.update([value] if isinstance(value, str) else [str(part) for part in value])
            if one.type == "table":
                for row in value or []:
                    if isinstance(row, dict):
                        collect(one.columns, row)

    collect(_fields(process), form)
    for inside in (value for name, value in form.items() if name.startswith("@") and isinstance(value, dict)):
        collect(_fields(process), {name: [value] if isinstance(value, dict) else value for name, value in inside.items()})
    return found


def _shown(fields: list[Field], form: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    """Every field and fact as people read it; what is empty reads as the empty text."""
    return {
        one.name: "" if form.get(one.name) in (None, "", []) or one.type == "table" else showing.printed(one, form[one.name], names)
        for one in fields
    }  # fmt: skip
