"""Taking an upload in: read, look at it in the throw-away process, store, note. Used by ``/unggah`` and by every form with files."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.datastructures import UploadFile

from db import files
from db.desk import uploads
from engine.errors import UploadRefused
from engine.events import Json
from engine.fields import Field
from forms import places
from forms.known import Upload
from forms.messages import BadValue
from forms.reading import element
from web.answers import MOST_SENT, Answers
from web.context import Context
from web.language import _
from web.uploads.kinds import MOST_BYTES, kind_of, safe_name

PATIENCE = 25.0
_looking = asyncio.Semaphore(2)
"""Two files at a time: each may use most of a gigabyte while it is looked at."""


async def take(context: Context, person: str, upload: UploadFile, accepted: Sequence[str] = (), evidence: bool = False, device: str = "") -> Upload:
    """The stored upload. Refuses with ``UploadRefused``, naming the file and the mend; nothing of a refused file is kept.

    A photograph always loses what the camera wrote into it. ``evidence``: place and time are kept beside it, as the camera wrote them; where it wrote none,
    the place the ``device`` tells while it sends (``lat; lon``) and the time of now.
    """
    name = safe_name(upload.filename or "")
    content = await upload.read(MOST_BYTES + 1)
    kind = kind_of(name, content)
    if accepted and kind not in accepted:
        raise UploadRefused(f"Berkas {name} tidak diterima di sini. Jenis yang diterima: {', '.join(accepted)}.")
    looked = await look(name, kind, content)
    sha = await asyncio.to_thread(files.keep, context.files, looked.content)
    now = context.clock()
    told = witnessed(looked.taken, device, now.astimezone(context.city.zone)) if evidence and kind in ("jpg", "png") else None
    async with context.desk.begin() as connection:
        return await uploads.put(connection, person, sha, name, kind, len(looked.content), looked.pages, now, told)


@dataclass(frozen=True, slots=True)
class Looked:
    """``content``: the bytes to store, of a picture those drawn anew. ``taken``: what the camera wrote (web.uploads.pictures)."""

    content: bytes
    pages: int
    taken: Mapping[str, Json] | None = None


async def look(name: str, kind: str, content: bytes) -> Looked:
    """In the throw-away process. Refuses with ``UploadRefused``."""
    redrawn = kind in ("jpg", "png")
    async with _looking:
        with tempfile.TemporaryDirectory(prefix="alur-unggah-") as folder:
            source, target = Path(folder, f"a.{kind}"), Path(folder, f"b.{kind}")
            await asyncio.to_thread(source.write_bytes, content)
            found = await _sift([kind, str(source), *([str(target)] if redrawn else [])])
            if "refused" in found:
                raise UploadRefused(f"Berkas {name} {found['refused']}")
            kept = await asyncio.to_thread(target.read_bytes) if redrawn else content
    return Looked(kept, int(found["pages"]), found.get("taken"))


async def cells_of(name: str, content: bytes) -> tuple[str, list[tuple[int, list[tuple[str, str]]]]]:
    """(name of the sheet, its lines) of a workbook (web.uploads.workbooks), read in the throw-away process. Refuses with ``UploadRefused``."""
    async with _looking:
        with tempfile.TemporaryDirectory(prefix="alur-unggah-") as folder:
            source, target = Path(folder, "a.xlsx"), Path(folder, "b.json")
            await asyncio.to_thread(source.write_bytes, content)
            found = await _sift(["lembar", str(source), str(target)])
            if "refused" in found:
                raise UploadRefused(f"Berkas {name} {found['refused']}")
            told = json.loads(await asyncio.to_thread(target.read_text))
    return told["title"], [(line, [(kind, text) for kind, text in cells]) for line, cells in told["lines"]]


def witnessed(camera: Mapping[str, Json] | None, device: str, now: datetime) -> dict[str, Json] | None:
    """Place and time of a photograph in the city's time, minutes (forms.known.Upload); None when neither camera nor device tells, or a place of no city."""
    try:
        if camera is not None:
            at = datetime.fromisoformat(camera["at"] + (camera["zone"] or ""))
            local = at.astimezone(now.tzinfo) if at.tzinfo else at
            return {"taken_at": f"{local:%Y-%m-%dT%H:%M}", "place": places.location(f"{camera['lat']:.6f}; {camera['lon']:.6f}"), "told_by": "foto"}
        return {"taken_at": f"{now:%Y-%m-%dT%H:%M}", "place": places.location(device), "told_by": "gawai"}
    except (BadValue, ValueError):
        return None


async def _sift(arguments: list[str]) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "web.uploads.sift", *arguments,
        cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, stdin=asyncio.subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "1"},
    )  # fmt: skip
    try:
        answer, _errors = await asyncio.wait_for(process.communicate(), PATIENCE)
        found = json.loads(answer)
    except (TimeoutError, ValueError):
        found = {"refused": "tidak dapat dibuka dengan aman. Simpan ulang lalu unggah lagi."}
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return dict(found)


@dataclass(slots=True)
class Taken:
    """A form after its files were taken in: ``answers`` hold every good file's id in its field's place, so files survive a refused form."""

    answers: dict[str, list[str]]
    errors: dict[str, str] = field(default_factory=dict)
    """Element id → why the file was refused."""
    uploads: dict[str, Upload] = field(default_factory=dict)
    """Every upload the answers name, by id."""


async def take_all(
    context: Context, person: str, fields: Sequence[Field], sent: Answers, answers: Mapping[str, Sequence[str]] | None = None
) -> Taken:
    """Take every file of a form. ``answers``: the texts when the page has already changed them (rows added), else those sent."""
    taken = Taken({name: list(texts) for name, texts in (sent.texts if answers is None else answers).items()})
    by_name = {asked.name: asked for asked in fields} | {f"{table.name}.{column.name}": column for table in fields for column in table.columns}

    def asked_by(name: str) -> Field | None:
        table, _, rest = name.partition(".")
        asked = by_name.get(name) or by_name.get(f"{table}.{rest.partition('.')[2]}")
        return asked if asked is not None and asked.type in ("file", "files") else None

    sent_files = [(name, asked, part) for name, parts in sent.files.items() if (asked := asked_by(name)) is not None for part in parts]
    for number, (name, asked, part) in enumerate(sent_files):
        if number >= MOST_SENT:
            taken.errors[element(name)] = _("Berkas %(nama)s belum diambil: paling banyak %(paling)d berkas sekali kirim. Kirim lagi sisanya.") % {
                "nama": safe_name(part.filename or ""),
                "paling": MOST_SENT,
            }
            continue
        try:
            stored = await take(context, person, part, asked.file_types, asked.evidence)
        except UploadRefused as refusal:
            taken.errors[element(name)] = refusal.message
        else:
            before = [text for text in taken.answers.get(name, []) if text.strip()]
            taken.answers[name] = [*before, stored.id] if asked.type == "files" else [stored.id]
    named = [text for name, texts in taken.answers.items() if asked_by(name) for text in texts]
    async with context.desk.connect() as connection:
        taken.uploads = await uploads.find(connection, person, named)
    return taken
