"""Commands. ``python manage.py`` lists them.

run · demo                              one machine: start everything · play a story of each family through the pages
web · migrate                           a city: the pages · bring the database to this version
city load · city check                  a city's folder into the database · only look for faults
process list · check · draft FILE.yaml  the processes · their faults · the text of a process.py out of a source
process docs                            write workflows/README.md out of the processes
account give NIP                        a first password for a person, printed once
trail verify [CASE]                     recompute the hash chains; exit 1 and the place at the first broken line
letters gallery FOLDER                  every layout and signature block as PDF and picture
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from embedded.postgres import CannotStart
from engine.errors import Refusal

ROOT = Path(__file__).resolve().parent


def run(args: argparse.Namespace) -> int:
    from embedded.run import run_until_stopped

    return run_until_stopped(ROOT / ".alur", Path(args.city), args.port)


def demo(args: argparse.Namespace) -> int:
    from embedded.demo import play

    return play(ROOT / ".alur" / "demo", Path(args.city))


def web(_args: argparse.Namespace) -> int:
    from settings import settings
    from web.serving import serve

    asyncio.run(serve(settings()))
    return 0


def migrate(_args: argparse.Namespace) -> int:
    from db.migrate import current, head, upgrade
    from settings import settings

    owner = settings().owner_url
    if owner is None:
        raise CannotStart("ALUR_OWNER_URL belum diisi: alamat peran yang boleh membuat tabel.")
    upgrade(owner.get_secret_value())
    print(f"basis data pada versi {current(owner.get_secret_value())} (terbaru {head()})")
    return 0


def city(args: argparse.Namespace) -> int:
    from db.office.city_files import read_city

    if args.what == "check":
        from activities.systems.of_city import of_city

        read_city(Path(args.city))
        of_city(Path(args.city), None, twins=True)
        print("berkas kota: tidak ada kesalahan")
        return 0
    from db.connect import connect, transaction
    from db.office.load_city import load_city
    from settings import settings

    async def load() -> None:
        engine = connect(settings().database_url.get_secret_value(), pool=1)
        async with transaction(engine) as connection:
            loaded = await load_city(connection, Path(args.city), datetime.now(UTC))
        print("tidak berubah" if loaded.unchanged else "; ".join(f"{table} +{count}" for table, count in loaded.added.items()))
        await engine.dispose()

    asyncio.run(load())
    return 0


def process(args: argparse.Namespace) -> int:
    if args.what == "draft":
        return _draft(Path(args.file))
    from workflows.catalogue import HERE, catalogue

    if args.what == "docs":
        from workflows.overview import overview

        print((HERE / "README.md").write_text(overview(catalogue())), "huruf ditulis ke workflows/README.md")
        return 0
    found = catalogue(Path(args.city))
    for fault in found.faults:
        print(f"✗ {fault}", file=sys.stderr)
    if args.what == "list":
        for listed in found.processes.values():
            print(f"{listed.code}  {listed.process.title.id}  {listed.sha[:12]}")
    else:
        print(f"{len(found.processes)} proses baik, {len(found.faults)} kesalahan")
    return 1 if found.faults else 0


def _draft(file: Path) -> int:
    import yaml

    from engine.pythonic import to_python
    from engine.roles import ROLES
    from engine.source import from_source

    draft = from_source(yaml.safe_load(file.read_text()), ROLES)
    print(to_python(draft.process), end="")
    for point in draft.open_points:
        print(f"perlu diputuskan: {point}", file=sys.stderr)
    return 0


def trail(args: argparse.Namespace) -> int:
    from db.connect import connect
    from db.read.trail_check import verify_all
    from settings import settings

    async def check() -> int:
        engine = connect(settings().database_url.get_secret_value(), pool=1)
        async with engine.connect() as connection:
            verdict = await verify_all(connection, args.case)
        await engine.dispose()
        print(verdict.text())
        return 0 if verdict.whole else 1

    return asyncio.run(check())


def account(args: argparse.Namespace) -> int:
    from db.connect import connect
    from embedded.first_password import give
    from settings import settings

    async def run_it() -> tuple[str, str] | None:
        engine = connect(settings().database_url.get_secret_value(), pool=1)
        found = await give(engine, args.who)
        await engine.dispose()
        return found

    made = asyncio.run(run_it())
    if made is None:
        print(f"alur: tidak ada pegawai aktif dengan NIP atau surel {args.who}. Periksa people.csv, lalu: manage.py city load", file=sys.stderr)
        return 1
    print(f"{made[0]}: {made[1]}")
    return 0


def letters(args: argparse.Namespace) -> int:
    from activities.gallery import write_gallery

    print(write_gallery(Path(args.folder), Path(args.city)))
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="manage.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--city", default=str(ROOT / "kota_contoh"), help="folder kota (bawaan: kota_contoh)")
    commands = top.add_subparsers(required=True, metavar="perintah")
    one = commands.add_parser("run")
    one.add_argument("--port", type=int, default=8000)
    one.set_defaults(do=run)
    for name, do in (("demo", demo), ("web", web), ("migrate", migrate)):
        commands.add_parser(name).set_defaults(do=do)
    one = commands.add_parser("city")
    one.add_argument("what", choices=["load", "check"])
    one.set_defaults(do=city)
    one = commands.add_parser("process")
    one.add_argument("what", choices=["list", "check", "draft", "docs"])
    one.add_argument("file", nargs="?")
    one.set_defaults(do=process)
    one = commands.add_parser("trail")
    one.add_argument("what", choices=["verify"])
    one.add_argument("case", nargs="?")
    one.set_defaults(do=trail)
    one = commands.add_parser("account")
    one.add_argument("what", choices=["give"])
    one.add_argument("who", help="NIP atau surel")
    one.set_defaults(do=account)
    one = commands.add_parser("letters")
    one.add_argument("what", choices=["gallery"])
    one.add_argument("folder")
    one.set_defaults(do=letters)
    return top


def main() -> int:
    args = parser().parse_args()
    try:
        return int(args.do(args))
    except CannotStart as stopped:
        print(f"alur: {stopped}", file=sys.stderr)
        return 1
    except Refusal as refused:
        print(f"alur: {refused}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
