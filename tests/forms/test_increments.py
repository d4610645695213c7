"""The rules of a row of the periodic increment, as its two forms ask it: what the agency prepares, what the analyst judges."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from engine.events import Json
from forms.known import Context, Upload
from forms.reading import Parsed, parse
from web.acting import fields_of
from workflows.catalogue import catalogue

PROCESS = catalogue()["kenaikan-gaji-berkala"].process
NIP = "198911092013012989"
ROW: dict[str, Json] = {
    "_id": NIP, "nip": NIP, "golongan": "II/c", "jenjang": "pelaksana", "surat_lama": "Kepala Dinas, 2 Desember 2024, Nomor 12", "tmt_lama": "2025-03-01",
    "tmt_baru": "2027-03-01", "masa_kerja_lama": "9", "masa_kerja_tahun": "11", "masa_kerja_bulan": "0", "predikat_kinerja": "baik", "hukuman_aktif": "ya",
}  # fmt: skip
FILES = {name: Upload(name, f"{name}.pdf", "ab" * 32, "pdf", 10) for name in ("sk_pangkat", "sk_kgb", "skp")}


def sent(step: str, **changed: str) -> Parsed:
    """What the step's form reads of the row sent from a browser, with these columns changed."""
    fields = fields_of(PROCESS, cast(Any, PROCESS.find(step)), cast(Any, SimpleNamespace(kind="task", instance=f"{step}@{NIP}")))
    asked = next(one for one in fields if one.name == "daftar_kgb")
    row = {"_id": NIP} | {one.name: str((ROW | changed).get(one.name, "")) for one in asked.columns if one.computed is None}
    raw = {f"daftar_kgb.0.{name}": [text] for name, text in row.items()}
    raw |= {one.name: [one.name] for one in fields if one.type == "files"}
    known: dict[str, Json] = {"bulan": "2027-03", "unit": "dishub", "daftar_kgb": [ROW]}
    return parse(fields, raw, Context(datetime(2026, 12, 1, 2, tzinfo=UTC), uploads=FILES, values=known))


def test_a_right_row_passes_and_the_agency_is_not_asked_why_it_is_postponed() -> None:
    read = sent("siapkan-berkas")
    assert read.errors == {}
    (row,) = read.values["daftar_kgb"]
    assert (row["_id"], row["masa_kerja_tahun"], row["hukuman_aktif"]) == (NIP, 11, True)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"golongan": "V/a"}, "I/a sampai IV/e"), ({"golongan": "II/e"}, "I/a sampai IV/e"), ({"golongan": "IX"}, "I/a sampai IV/e"),
        ({"surat_lama": "SK"}, "pejabat, tanggal, dan nomor"), ({"tmt_lama": "2025-04-01"}, "dua tahun sesudah"),
        ({"tmt_baru": "2027-04-01"}, "bulan TMT KGB"), ({"masa_kerja_tahun": "9"}, "lebih lama"), ({"masa_kerja_tahun": "34"}, "0 sampai 33"),
        ({"masa_kerja_bulan": "12"}, "0 sampai 11"),
    ],
)  # fmt: skip
def test_each_fault_of_the_agency_is_named_with_its_mend(changed: dict[str, str], says: str) -> None:
    told = sent("siapkan-berkas", **changed).errors
    assert len(told) == 1
    assert says in next(iter(told.values())), told


def test_a_postponement_needs_its_reason_and_at_most_a_year() -> None:
    asked = sent("periksa-syarat").errors
    assert sorted(name.rpartition("-")[2].rpartition(".")[2] for name in asked) == ["alasan_tunda", "lama_tunda"]
    reason = "Sedang menjalani hukuman disiplin."
    assert "satu tahun" in next(iter(sent("periksa-syarat", alasan_tunda=reason, lama_tunda="13").errors.values()))
    assert sent("periksa-syarat", alasan_tunda=reason, lama_tunda="12").errors == {}
    assert sent("periksa-syarat", hukuman_aktif="tidak").errors == {}, "not asked of who is entitled"
    assert "alasan_tunda" in next(iter(sent("periksa-syarat", hukuman_aktif="tidak", predikat_kinerja="kurang", lama_tunda="6").errors))
