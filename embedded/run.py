"""``make run``: everything in the foreground, where to go, who may sign in; Ctrl-C stops what was started."""

from __future__ import annotations

import fcntl
from pathlib import Path

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
    ("operator-alur", "memperbaiki langkah mesin yang gagal"),
)
"""Positions of the stories; the names come from the sample city's own files."""


def _lines(stack: Stack) -> list[str]:
    import psycopg

    assert stack.database is not None
    url = stack.database
    with psycopg.connect(host="127.0.0.1", port=url.port, user="postgres", password=url.password, dbname="alur") as connection:
        rows = connection.execute(
            "SELECT h.position, p.title, coalesce(o.nip, o.email), o.name FROM incumbency h JOIN position p ON p.code = h.position "
            "JOIN person o ON o.id = h.person WHERE h.position = ANY(%s) AND (h.ends IS NULL OR h.ends > now())",
            ([position for position, _ in CAST],),
        ).fetchall()
    found = {row[0]: row for row in rows}
    return [f"    {found[code][2]}  {found[code][3]} – {found[code][1]} ({part})" for code, part in CAST if code in found]


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
