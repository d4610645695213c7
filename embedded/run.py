"""``make run``: everything in the foreground, where to go, who may sign in; Ctrl-C stops what was started."""

from __future__ import annotations

import fcntl
from pathlib import Path

from embedded.cast import accounts
from embedded.postgres import CannotStart
from embedded.stack import SAMPLE_PASSPHRASE, SAMPLE_PASSWORD, Stack

CAST = (
    ("konseptor-diskominfo", "menyusun surat keluar"),
    ("ketua-tim-diskominfo", "paraf 1"),
    ("kabid-aplikasi", "paraf 2, penerima disposisi"),
    ("sekretaris-diskominfo", "paraf 3"),
    ("kepala-diskominfo", "disposisi dan tanda tangan"),
    ("kabid-infrastruktur", "penerima disposisi"),
    ("kabid-informasi", "penerima disposisi"),
    ("persuratan-diskominfo", "mencatat surat masuk, mengirim surat keluar"),
    ("kasubbag-umpeg-diskominfo", "kepala tata usaha"),
    ("arsiparis-diskominfo", "memberkaskan"),
    ("analis-sdm", "meja kepegawaian: cuti, mandat, buku saldo"),
    ("kepala-bkpsdm", "menandatangani cuti dan surat perintah"),
    ("surat-penelitian", "loket surat keterangan penelitian"),
    ("kepala-kesbangpol", "menandatangani surat keterangan penelitian"),
    ("operator-alur", "buku kota, hari libur, memperbaiki langkah mesin yang gagal"),
)
"""Positions of the stories; the names come from the sample city's own files."""


def _lines(stack: Stack) -> list[str]:
    found = accounts(stack)
    return [f"    {found[code][0]}  {found[code][1]} – {found[code][2]} ({part})" for code, part in CAST if code in found]


def run_until_stopped(state: Path, city: Path, port: int) -> int:
    """Exit code. A second start beside a running one is refused in one line."""
    state.mkdir(parents=True, exist_ok=True)
    lock = (state / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotStart("`make run` sudah berjalan pada folder ini; hentikan dulu yang itu (Ctrl-C).") from None
    stack = Stack(state, city, port)
    try:
        stack.up()
        print(
            f"\n  Buka {stack.base_url}\n  Kata sandi semua akun contoh: {SAMPLE_PASSWORD}\n  Frasa sandi tanda tangan contoh: {SAMPLE_PASSPHRASE}\n  Akun:"
        )
        print("\n".join(_lines(stack)))
        print("\n  Ctrl-C menghentikan semuanya; data tersimpan di .alur\n", flush=True)
        stack.watch()
    except KeyboardInterrupt:
        print("\n  menghentikan …", flush=True)
        return 0
    finally:
        stack.down()
    return 0
