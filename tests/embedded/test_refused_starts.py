"""A start that cannot be: one plain line with the mend, and nothing begun."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

from embedded import prepare
from embedded.postgres import CannotStart
from embedded.stack import ROOT, Stack


def only_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.strip().splitlines()
    return line


def test_a_port_in_use_names_itself_and_the_way_round(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStart) as refused:
            Stack(tmp_path / "alur", ROOT / "kota_contoh", port, show=False).up()
    assert str(refused.value) == f"Port {port} sudah dipakai program lain. Hentikan program itu, atau pilih port lain: make run PORT={port + 1}"
    assert not (tmp_path / "alur").exists(), "nothing was started"


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "argv", ["prepare.py", "run"])
    with pytest.raises(SystemExit) as stopped:
        prepare.main()
    assert stopped.value.code == 1
    assert only_line(capsys).startswith("alur: Python 3.11 atau lebih baru diperlukan, ini ")


def test_a_missing_library_is_named_to_whoever_may_not_install_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(prepare, "present", lambda where: where != "libpango-1.0.so.0")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit):
        prepare.libraries("run")
    assert only_line(capsys) == (
        "alur: pustaka sistem belum ada: libpango-1.0-0. Pasang sebagai root: apt-get install -y --no-install-recommends libpango-1.0-0"
    )


def test_without_uv_and_pip_both_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(prepare, "STATE", tmp_path)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SystemExit):
        prepare.uv()
    assert only_line(capsys) == "alur: uv dan pip tidak ada. Pasang salah satu: apt-get install python3-pip"
