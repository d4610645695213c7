"""What a person on a random walk types into a form: what stories type into the same field, what the page offers, or something odd that the form allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from engine.evaluate import local_date
from engine.events import Json
from engine.fields import Field
from engine.rows import ids, with_ids
from engine.scenario import Do, Scenario, dated
from forms.known import Upload
from forms.showing import raw, typed
from web.books import Options

ODD = (
    "Kegiatan Contoh",
    "Café “Ñandú” — ½ kilometer, 5 m² & <uji> 'kutip' \"ganda\" {isi} 100 % ≤ 3 °C",
    "x",
    "Perkumpulanpenyelenggarakegiatanpemberdayaanmasyarakatkelurahandankecamatansekotacontohyangbernamasangatpanjang" + "a" * 80,
    "Jalan Contoh Raya Nomor 12/A-B, RT 001/RW 002; lihat https://contoh.example/berkas?nomor=1&jenis=2",
    "O'Neil-Ã–Ł Đặng Şükrü, S.T., M.Kom., Ph.D.",
    "السيد 漢字 Ελληνικά кириллица 😀 ✓ → ①",
    " ".join(["Uraian yang panjang sekali untuk melihat apakah suratnya tetap terbaca dan tidak terpotong."] * 12),
)
"""Words the forms let through, and a letter must therefore bear."""
NUMBERS = (0, 1, 2, 3, 5, 8, 12, 40, 100, 1_250, 75_000, 1_500_000, 15_000_000, 250_000_000, 99_999_999_999)
CODES: Mapping[str, Sequence[str]] = {
    "nip": ("199002282015031999", "198512122010012999"), "nik": ("3671014501990001", "3671010101900002"), "npwp": ("09.254.294.3-407.000", "3671014501990001"),
    "phone": ("0812-3456-7890", "021 5550101"), "email": ("warga@contoh.example",), "url": ("https://contoh.example/a?b=1",), "nib": ("1234567890123",),
    "plate": ("B 1234 XYZ", "B 1 A"), "budget_code": ("5.1.02.01.01.0024",), "archive_code": ("000.1",), "letter_ref": ("005/12/DINKES/XI/2026",),
    "location": ("-6,178306; 106,631889", "-6,17; 106,64"), "area": ("12,5", "-6,178; 106,631\n-6,179; 106,632\n-6,178; 106,633\n-6,178; 106,631"),
}  # fmt: skip
FILES = frozenset({"file", "files"})
LISTS = frozenset({"employees", "positions", "units"})
CHOSEN = frozenset({"employee", "position", "unit"})
Raw = dict[str, list[str]]


@dataclass
class Typist:
    """``near``: field (``table.column``) → values conditions compare it with. ``told``: the same → values stories give it."""

    random: Random
    near: Mapping[str, Sequence[Json]]
    told: Mapping[str, Sequence[Json]]
    uploads: Mapping[str, Upload]
    options: Options = field(default_factory=dict)
    now: datetime = datetime.min
    zone: str = "Asia/Jakarta"
    values: Mapping[str, Json] = field(default_factory=dict)
    """The case's, for tables whose rows stand."""
    begun: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What stood in the form before anybody typed."""
    needs: frozenset[str] = frozenset()
    """What the outcome asks for."""

    @property
    def today(self) -> date:
        return date.fromisoformat(local_date(self.now, self.zone))

    def form(self, fields: Iterable[Field], begun: Mapping[str, Sequence[str]]) -> Raw:
        """Answers to all questions, of which those already ``begun`` mostly stay."""
        out: Raw = {}
        self.begun = begun
        for asked in fields:
            stands = {name: list(texts) for name, texts in begun.items() if name.partition(".")[0] == asked.name}
            if asked.computed is not None:
                continue
            if stands and not asked.fixed and self.random.random() < 0.7:
                out |= stands
            elif asked.type == "table":
                out |= self.table(asked, stands)
            elif asked.name in self.needs or self.random.random() < (0.95 if asked.required is not False else 0.7):
                out[asked.name] = self.one(asked, asked.name)
        return out

    def table(self, asked: Field, stands: Raw) -> Raw:
        if not asked.fixed and (whole := self.told.get(asked.name)) and self.random.random() < 0.6:
            return self.copied(asked, self.random.choice(whole))
        known = list(ids(self.values.get(asked.name)))
        if asked.fixed:
            rows = known
        else:
            least = 1 if asked.required is not False or asked.name in self.needs else 0
            rows = [known[n] if n < len(known) else f"r{self.random.getrandbits(32):08x}" for n in range(self.random.choice((least, 1, 1, 2, 3, 7)))]
        out: Raw = {}
        like = [row for whole in self.told.get(asked.name, ()) for row in whole]
        for number, row in enumerate(rows):
            out[f"{asked.name}.{number}._id"] = [row]
            copied = self.random.choice(like) if like and self.random.random() < 0.6 else {}
            for column in asked.columns:
                at = f"{asked.name}.{number}.{column.name}"
                if column.computed is not None:
                    continue
                if at in stands and self.random.random() < 0.8:
                    out[at] = stands[at]
                elif column.name in copied and column.type not in FILES:
                    out[at] = typed(column, dated(copied[column.name], self.now, self.zone))
                else:
                    out[at] = self.one(column, f"{asked.name}.{column.name}")
        return out

    def copied(self, asked: Field, rows: Json) -> Raw:
        """The rows as a story has them, with files of one's own."""
        out = raw((asked,), {asked.name: with_ids(dated(rows, self.now, self.zone))})
        for column in asked.columns:
            for name in [name for name in out if name.endswith(f".{column.name}")]:
                if column.computed is not None:
                    del out[name]
                elif column.type in FILES:
                    out[name] = self.one(column, column.name)
        return out

    def again(self, fields: Sequence[Field], answers: Raw, wrong: Iterable[str]) -> None:
        """Types anew what a message stands beside (element ids), in place."""
        by_name = {one.name: one for one in fields}
        for at in wrong:
            name, *rest = at.split("-")
            asked = by_name.get(name)
            if asked is None:
                continue
            if asked.computed is not None:  # what it is made of is wrong, wherever that is
                answers.clear()
                answers.update(self.form(fields, self.begun))
                return
            if asked.type == "table" and len(rest) == 2:
                column, stood = next(one for one in asked.columns if one.name == rest[1]), self.begun.get(f"{name}.{rest[0]}.{rest[1]}")
                kept = list(stood) if stood and self.random.random() < 0.6 else self.one(column, f"{name}.{rest[1]}")
                answers[f"{name}.{rest[0]}.{rest[1]}"] = kept
            elif asked.type == "table":
                for key in [key for key in answers if key.startswith(f"{name}.")]:
                    del answers[key]
                answers.update(self.table(asked, {}))
            else:
                answers[name] = list(self.begun[name]) if name in self.begun and self.random.random() < 0.5 else self.one(asked, name)

    def one(self, asked: Field, key: str) -> list[str]:
        """The texts of one control."""
        if asked.type in FILES:
            fits = [one.id for one in self.uploads.values() if one.kind in (asked.file_types or ("pdf", "jpg"))]
            return self.random.sample(fits, min(len(fits), 1 if asked.type == "file" else self.random.randint(1, 2)))
        told, offered, near = self.told.get(key, ()), self.options.get(key, ()), self.near.get(key, ())
        if asked.type in LISTS and near and self.random.random() < 0.4:
            return list(dict.fromkeys(map(str, near)))  # those a condition asks for, together
        if told and self.random.random() < (0.4 if offered or asked.choices else 0.6):
            return typed(asked, dated(self.random.choice(told), self.now, self.zone))
        if offered:
            words = [code for code, _label in offered]
            return self.random.sample(words, min(len(words), self.random.randint(1, 3) if asked.type in LISTS else 1))
        if told and asked.type in CHOSEN | LISTS:
            return typed(asked, dated(self.random.choice(told), self.now, self.zone))
        return self.drawn(asked, key)

    def drawn(self, asked: Field, key: str) -> list[str]:
        random, near = self.random, self.near.get(key, ())
        match asked.type:
            case "choice":
                return [random.choice(asked.choices)]
            case "multichoice":
                return [one for one in asked.choices if random.random() < 0.6]
            case "boolean":
                return [random.choice(("ya", "tidak"))]
            case "text" | "longtext":
                words = random.choice([*(one for one in near if isinstance(one, str)), *ODD])
                return [words[: asked.max_length] if asked.max_length else words]
            case "date":
                return [self.day().isoformat()]
            case "daterange":
                first = self.day()
                return [first.isoformat(), (first + timedelta(days=random.choice((0, 1, 4, 13, 45)))).isoformat()]
            case "datetime":
                return [self.day().isoformat(), f"{random.randint(7, 17):02}.{random.choice((0, 30)):02}"]
            case "time":
                return [f"{random.randint(7, 17):02}.{random.choice((0, 30)):02}"]
            case "month":
                return [f"{random.randint(1, 12):02}-{self.today.year + random.randint(0, 1)}"]
            case "year":
                return [str(self.today.year + random.randint(-2, 1))]
            case "integer" | "decimal" | "rupiah" | "percent":
                bounds = [one for one in near if isinstance(one, int) and not isinstance(one, bool)]
                bound = random.choice(bounds) if bounds and random.random() < 0.7 else random.choice(NUMBERS)
                return [str(max(0, random.choice((bound, bound, bound - 1, bound + 1, bound // 2))))]
        codes = CODES.get(asked.type, ())
        return [random.choice(codes)] if codes else []

    def day(self) -> date:
        span = self.random.choice((10, 30, 60, 400))
        return self.today + timedelta(days=self.random.choice((-1, 1, 1)) * self.random.randint(0, span))


def told_values(stories: Iterable[Scenario]) -> dict[str, list[Json]]:
    """Field (``table.column``) → what acts that are taken give it in the stories, files left out."""
    found: dict[str, list[Json]] = {}
    for story in stories:
        for act in story.acts:
            if isinstance(act, Do) and not act.refused:
                for name, value in act.values.items():
                    if isinstance(value, list) and value and isinstance(value[0], dict):
                        _note(found, name, value)
                        for row in value:
                            for column, part in row.items():
                                _note(found, f"{name}.{column}", part)
                    else:
                        _note(found, name, value)
    return found


def _note(found: dict[str, list[Json]], key: str, value: Json) -> None:
    if value not in (None, "", []) and value not in found.setdefault(key, []):
        found[key].append(value)
