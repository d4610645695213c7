"""A letter is sent on; whoever opens its attachment reads no NIK."""

from __future__ import annotations

from activities.disclosed import disclosed
from engine.fields import Field
from tests.engine.build import process, task

NIK = "3671014501990001"


def test_a_nik_is_masked_wherever_it_stands() -> None:
    value = process(
        task("isi", by="pegawai", ask="fill"),
        form=(Field("nik", "NIK", "nik"), Field("warga", "Warga", "table", columns=(Field("nik", "NIK", "nik"), Field("nama", "Nama", "text")))),
    )
    rows = [{"_id": "r1", "nik": NIK, "nama": "Ani"}]
    found = disclosed(value, {"nik": NIK, "warga": rows, "isi": "teks", "@r1": {"nik": NIK}, "lain": "3"})
    assert found == {
        "nik": "3671**********01", "warga": [{"_id": "r1", "nik": "3671**********01", "nama": "Ani"}], "@r1": {"nik": "3671**********01"}, "lain": "3",
    }  # fmt: skip
