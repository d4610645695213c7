"""Processes of a city that are wrong, each in one way: each is refused when the program starts, by name, with its step and the mend; all others run."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflows.catalogue import catalogue

SOUND = """
from engine.expr import field
from engine.fields import Field
from engine.nodes import Call, Effect, Outcome, Seq, Sign, Task, When, end, go
from engine.pin import pinned
from engine.process import Archive, Document, Process, Sla, Starts, Title

PROCESS = pinned(Process(
    code="uji-salah", title=Title("Uji salah", "Wrong"), family="ketatausahaan", owner="kepala-bagian-umum", summary="Satu hal keliru.",
    starts=Starts("konseptor"), sla=Sla(5, "working"), archive=Archive("000", 1, 1, "musnah"), legal_basis=("UU 30/2014",),
    form=(Field("hal", "Hal", "text", required=True),),
    flow=Seq((
        Task("ajukan", ("konseptor",), "fill", (go("kirim"),), fills=("hal",)),
        Task("putuskan", ("kepala-opd",), "decide", (end("setujui", "selesai"), end("tolak", "ditolak"))),
    )),
))
"""
WRONG = {
    "a role nobody has": ('("kepala-opd",)', '("kepala-desa",)', ("putuskan", "peran kepala-desa tidak dikenal")),
    "a step nobody reaches": ('(go("kirim"),), fills', '(end("kirim", "selesai"),), fills', ("langkah putuskan tidak dapat dicapai",)),
    "an outcome without effect": ('end("tolak", "ditolak")', 'Outcome("tolak", Effect("pause"))', ("putuskan", "menghentikan waktu tanpa sebab")),
    "a letter without template": (
        '(end("setujui", "selesai"), end("tolak", "ditolak"))),\n    )),\n',
        """(go("setujui"), end("tolak", "ditolak"))),
        Sign("tanda-tangani", ("kepala-opd",), ("surat",), (end("tandatangani", "selesai", performs=True),)),
    )),
    documents=(Document("surat", "Surat", "surat-dinas", ("kepala-opd",)),),
""",
        ("naskah surat tidak punya templat; buat uji_salah/surat.html",),
    ),
    "an act nobody knows": (
        '        Task("putuskan"', '        Call("hitung", "sulap"),\n        Task("putuskan"', ("hitung", "sulap bukan tindakan mesin"),
    ),
    "a field nobody fills": (
        'Field("hal", "Hal", "text", required=True),', 'Field("hal", "Hal", "text"), Field("lampau", "Lampau", "text"),', ("isian lampau tidak pernah ditanyakan",),
    ),
    "no Python at all": ("PROCESS = pinned(Process(", "PROCESS = pinned(Process(,", ("process.py tidak dapat dibaca", "perbaiki berkas itu")),
}  # fmt: skip


def city_with(folder: Path, text: str) -> Path:
    own = folder / "workflows" / "ketatausahaan" / "uji_salah"
    own.mkdir(parents=True)
    (own / "process.py").write_text(text)
    return folder


def test_the_process_they_are_made_of_is_sound(tmp_path: Path) -> None:
    found = catalogue(city_with(tmp_path, SOUND))
    assert found.faults == ()
    assert "uji-salah" in found.processes


@pytest.mark.parametrize("wrong", WRONG)
def test_it_is_refused_by_name_and_the_others_run(tmp_path: Path, wrong: str) -> None:
    before, after, said = WRONG[wrong]
    assert before in SOUND
    found = catalogue(city_with(tmp_path, SOUND.replace(before, after)))
    told = "\n".join(found.faults)
    assert found.faults
    assert all(one.startswith(("uji-salah", "ketatausahaan/uji_salah")) for one in found.faults), told
    for words in said:
        assert words in told
    assert "; " in told, "the mend stands behind the fault"
    assert found.codes == catalogue().codes
