#!/usr/bin/env python3
"""Set-up of a fresh machine. Run by the system's Python before anything of ours exists: standard library only.

`prepare.py run` readies what the product needs; `demo` adds a second validator of signatures; `test` adds browser, validators and test packages.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".alur"
VENV = ROOT / ".venv"
LIBRARIES = {
    "run": {"libpango-1.0-0": "libpango-1.0.so.0", "libpangoft2-1.0-0": "libpangoft2-1.0.so.0", "libharfbuzz-subset0": "libharfbuzz-subset.so.0"},
    "demo": {"poppler-utils": "bin:pdfsig", "libnss3-tools": "bin:certutil"},
    "test": {"chromium-headless-shell": "bin:chromium-headless-shell", "qpdf": "bin:qpdf", "poppler-utils": "bin:pdfsig", "libnss3-tools": "bin:certutil", "zbar-tools": "bin:zbarimg",
             "fonts-noto-core": "file:/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"},
}  # fmt: skip


def stop(text: str) -> None:
    print(f"alur: {text}", file=sys.stderr)
    raise SystemExit(1)


def step(text: str, command: list[str], hint: str) -> None:
    """Runs one long command with a line before and a duration after; on failure its last lines and the mend."""
    print(f"  … {text}", end="", flush=True)
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"\r  {'✓' if done.returncode == 0 else '✗'} {text} ({time.monotonic() - begun:.0f} s)")
    if done.returncode:
        print("\n".join((done.stdout + done.stderr).strip().splitlines()[-12:]), file=sys.stderr)
        stop(hint)


def present(where: str) -> bool:
    import ctypes

    kind, _, name = where.rpartition(":")
    if kind == "bin":
        return shutil.which(name) is not None
    if kind == "file":
        return Path(name).exists()
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def libraries(kind: str) -> None:
    wanted = {**LIBRARIES["run"], **(LIBRARIES[kind])}
    missing = [package for package, where in wanted.items() if not present(where)]
    if not missing:
        return
    install = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        stop(f"pustaka sistem belum ada: {', '.join(missing)}. Pasang sebagai root: {install}")
    step("memperbarui daftar paket Debian", ["apt-get", "update"], "apt-get update gagal: periksa jaringan, lalu ulangi.")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    step(f"memasang {', '.join(missing)}", install.split(), f"pemasangan gagal; jalankan sendiri: {install}")


def uv() -> str:
    found = shutil.which("uv") or (str(STATE / "tools/bin/uv") if (STATE / "tools/bin/uv").exists() else None)
    if found:
        return found
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            stop("uv dan pip tidak ada. Pasang salah satu: apt-get install python3-pip")
        step("memperbarui daftar paket Debian", ["apt-get", "update"], "apt-get update gagal: periksa jaringan, lalu ulangi.")
        step(
            "memasang python3-pip",
            ["apt-get", "install", "-y", "--no-install-recommends", "python3-pip"],
            "pasang sendiri: apt-get install python3-pip",
        )
    target = str(STATE / "tools")
    step(
        "memasang uv",
        [sys.executable, "-m", "pip", "install", "-q", "--target", target, "uv"],
        "pip tidak dapat memasang uv: periksa jaringan, lalu ulangi.",
    )
    return str(STATE / "tools/bin/uv")


def packages(kind: str) -> None:
    lock = ROOT / ("requirements-dev.txt" if kind == "test" else "requirements.txt")
    stamp = VENV / f"alur-{lock.stem}"  # inside: goes with the environment it describes
    key = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == key and (VENV / "bin/python").exists():
        return
    tool = uv()
    if not (VENV / "bin/python").exists():
        step("membuat lingkungan Python (.venv)", [tool, "venv", "-q", "--python", sys.executable, str(VENV)], "hapus folder .venv lalu ulangi.")
    step(
        f"memasang paket terkunci ({lock.name})",
        [tool, "pip", "install", "-q", "--compile-bytecode", "--require-hashes", "--python", str(VENV / "bin/python"), "-r", str(lock)],
        "pemasangan paket gagal: periksa jaringan, lalu ulangi `make setup`.",
    )
    stamp.write_text(key)


def browser_checks() -> None:
    """axe-core for the accessibility tests, from the npm registry, pinned by package-lock.json."""
    if (ROOT / "node_modules/axe-core/axe.min.js").exists():
        return
    if not shutil.which("npm"):
        print("  – npm tidak ada: uji aksesibilitas (axe) dilewati dan disebut demikian")
        return
    step("memasang axe-core", ["npm", "ci", "--ignore-scripts", "--silent"], "npm ci gagal: periksa jaringan, lalu ulangi.")


def pdf_validator() -> None:
    """veraPDF where Java and Maven are; its jar lands in the local Maven repository."""
    if not (shutil.which("java") and shutil.which("mvn")):
        print("  – Java/Maven tidak ada: veraPDF dilewati dan disebut demikian")
        return
    kept = Path.home() / ".m2/repository"  # said to Maven too: Java takes the home of the account, Python that of the environment
    if list((kept / "org/verapdf/apps/greenfield-apps/1.28.1").glob("*.jar")):
        return
    artifact = "-Dartifact=org.verapdf.apps:greenfield-apps:1.28.1"
    step(
        "mengambil veraPDF",
        ["mvn", "-q", "dependency:get", artifact, "-Dtransitive=false", f"-Dmaven.repo.local={kept}"],
        "Maven tidak dapat mengambil veraPDF: periksa jaringan, lalu ulangi.",
    )


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info < (3, 11):
        stop(f"Python 3.11 atau lebih baru diperlukan, ini {sys.version.split()[0]}. Pada Debian 12: apt-get install python3")
    if sys.platform != "linux":
        stop("mode satu mesin hanya diuji pada Linux (Debian 12). Untuk sistem lain pakai docker-compose.yml.")
    STATE.mkdir(exist_ok=True)
    libraries(kind)
    packages(kind)
    if kind == "test":
        browser_checks()
        pdf_validator()


if __name__ == "__main__":
    main()
