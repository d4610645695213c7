"""Every role of the product's table finds somebody in the sample city, whoever asks: a dinas, a badan, a bagian, a kecamatan, a kelurahan."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.connect import connect, transaction
from db.office.load_city import load_city
from db.read.positions import Resolved, resolve
from engine.canonical import position_to_json
from engine.events import Json
from engine.positions import Outside, Position, System, inner
from engine.roles import ROLES

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KOTA = Path(__file__).parents[2] / "kota_contoh"
APPLICANTS = {
    "dinas": ("konseptor-diskominfo", "diskominfo"), "badan": ("konseptor-bkpsdm", "bkpsdm"), "bagian": ("konseptor-umum", "bagian-umum"),
    "kecamatan": ("pelaksana-kecamatan-cipondoh", "kecamatan-cipondoh"), "kelurahan": ("pelaksana-kelurahan-cipondoh", "kelurahan-cipondoh"),
    "sekretariat dinas": ("persuratan-dinkes", "dinkes"), "inspektorat": ("auditor-1", "inspektorat"),
}  # fmt: skip
VALUES = {
    "unit": ["dinkes"], "unit_tujuan": ["diskominfo"], "opd_tujuan": ["dinas-pupr"], "penerima_disposisi": ["kabid-aplikasi"],
    "peserta": ["kepala-dinsos"], "pelaku": ["pelaksana-dinkes"],
}  # fmt: skip


def concrete(position: Position, seat: str, unit: str) -> Json:
    """The expression with the applicant and the fields filled in, as the engine sends it."""
    value = position_to_json(position)
    deeper = inner(position)
    if value["is"] == "applicant":
        return {"is": "person", "person": "", "position": seat, "unit": unit}
    if value["is"] == "field_of":
        return {"is": "values", "type": "text", "values": VALUES.get(value["name"], ["konseptor-dinkes"])}
    if deeper is not None:
        value["of"] = concrete(deeper, seat, unit)
    return value


@pytest.fixture(scope="module")
def resolved(database: str) -> dict[tuple[str, str], Resolved]:
    async def everything() -> dict[tuple[str, str], Resolved]:
        engine = connect(database)
        found: dict[tuple[str, str], Resolved] = {}
        async with transaction(engine) as connection:
            await load_city(connection, KOTA, NOW)
            for kind, (seat, unit) in APPLICANTS.items():
                addresses = [[{"role": role.role, "expr": concrete(role.resolves, seat, unit)}] for role in ROLES.values()]
                for word, result in zip(ROLES, await resolve(connection, addresses, NOW), strict=True):
                    found[kind, word] = result
        await engine.dispose()
        return found

    return asyncio.run(everything())


@pytest.mark.parametrize("kind", APPLICANTS)
def test_every_role_resolves_to_a_seat_somebody_holds(resolved: dict[tuple[str, str], Resolved], kind: str) -> None:
    missing = [
        word
        for word, role in ROLES.items()
        if not isinstance(role.resolves, (Outside, System)) and (resolved[kind, word].vacant or not resolved[kind, word].positions)
    ]
    assert missing == []


def test_the_answers_are_the_right_people(resolved: dict[tuple[str, str], Resolved]) -> None:
    expected = {
        ("dinas", "ketua-tim-kerja"): "ketua-tim-diskominfo", ("dinas", "kepala-bidang"): "kabid-aplikasi", ("dinas", "sekretaris-opd"): "sekretaris-diskominfo",
        ("dinas", "kepala-opd"): "kepala-diskominfo", ("dinas", "kepala-tata-usaha"): "kasubbag-umpeg-diskominfo", ("dinas", "asisten-sekda"): "asisten-3",
        ("dinas", "pengadministrasi-persuratan"): "persuratan-diskominfo", ("dinas", "atasan-pejabat"): "sekda", ("dinas", "camat"): "camat-tangerang",
        ("bagian", "pengadministrasi-persuratan"): "persuratan-setda", ("bagian", "kepala-tata-usaha"): "kasubbag-tu-umum", ("bagian", "kepala-opd"): "kabag-umum",
        ("bagian", "sekretaris-opd"): "kasubbag-tu-umum", ("bagian", "kepala-bidang"): "kasubbag-perlengkapan", ("kelurahan", "lurah"): "lurah-cipondoh",
        ("kelurahan", "camat"): "camat-cipondoh", ("kelurahan", "bendahara-gaji"): "bendahara-kecamatan-cipondoh", ("kecamatan", "camat"): "camat-cipondoh",
        ("kecamatan", "atasan-langsung"): "kasi-pelayanan-kecamatan-cipondoh", ("sekretariat dinas", "kepala-opd"): "kepala-dinkes",
        ("dinas", "opd-terkait"): "kepala-dinkes", ("dinas", "kepala-unit-penerima"): "kepala-diskominfo",
    }  # fmt: skip
    assert {key: resolved[key].positions for key in expected} == {key: (code,) for key, code in expected.items()}


def test_a_committee_is_all_its_members(resolved: dict[tuple[str, str], Resolved]) -> None:
    assert resolved["dinas", "tapd"].positions == ("kepala-bapenda", "kepala-bappeda", "kepala-bpkd", "sekda")
