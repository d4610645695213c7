"""A city connects its systems in its own folder; what is written wrongly is named, and nothing goes out unencrypted."""

from __future__ import annotations

from pathlib import Path

import pytest

from activities.systems.http import HttpSystem
from activities.systems.of_city import of_city
from engine.errors import CityInvalid, NotFound


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "city.toml").write_text(f'name = "Kota Contoh"\n{text}')
    return tmp_path


def test_a_system_has_its_address_limit_and_token(tmp_path: Path) -> None:
    (tmp_path / "token").mkdir()
    (tmp_path / "token" / "bkn").write_text("rahasia-sekali\n")
    city = folder(tmp_path, '[sistem.bkn]\nalamat = "https://bkn.contoh.go.id/alur"\nbatas = 20\n[sistem.bank]\nalamat = "http://127.0.0.1:9000"\n')
    systems = of_city(city, tmp_path / "token", twins=False)
    bkn, bank = systems.of("bkn")[0], systems.of("bank")[0]
    assert isinstance(bkn, HttpSystem)
    assert isinstance(bank, HttpSystem)
    assert (bkn.base, bkn.timeout, bkn.token.get_secret_value(), bkn.is_twin) == ("https://bkn.contoh.go.id/alur", 20, "rahasia-sekali", False)
    assert (bank.timeout, bank.token.get_secret_value()) == (10, "")
    assert "rahasia-sekali" not in repr(bkn)


def test_in_earnest_an_unknown_system_is_refused_and_in_the_sample_it_is_a_twin(tmp_path: Path) -> None:
    city = folder(tmp_path, "")
    with pytest.raises(NotFound, match="belum disambungkan"):
        of_city(city, None, twins=False).of("simda")
    assert of_city(city, None, twins=True).of("simda")[0].is_twin


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ('alamat = "http://bkn.contoh.go.id"', "https"),
        ('alamat = "bkn.contoh.go.id"', "https"),
        ('alamat = "https://nama:sandi@bkn.contoh.go.id"', "Token"),
        ('alamat = "https://bkn.contoh.go.id/?token=1"', "Token"),
        ('alamat = "https://bkn.contoh.go.id"\nbatas = 0', "batas"),
        ('alamat = "https://bkn.contoh.go.id"\nbatas = "lama"', "batas"),
        ('alamat = "https://bkn.contoh.go.id"\ntoken = "x"', "token"),
        ("batas = 3", "alamat"),
    ],
)
def test_a_fault_names_the_system_and_the_mend(tmp_path: Path, part: str, named: str) -> None:
    with pytest.raises(CityInvalid) as refused:
        of_city(folder(tmp_path, f"[sistem.bkn]\n{part}\n"), None, twins=True)
    assert any("sistem.bkn" in fault and named in fault for fault in refused.value.faults)
