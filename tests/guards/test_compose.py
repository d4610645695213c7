"""docker-compose.yml against the published specification, and against what our own settings ask and know."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from settings import Settings
from tests.guards.compose.schema import Schema

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
FILE: Any = yaml.safe_load(TEXT)
SPECIFICATION = (Path(__file__).parent / "compose" / "compose-spec.json").read_bytes()
SCHEMA = Schema(json.loads(SPECIFICATION))
OURS = {name: one for name, one in FILE["services"].items() if str(one.get("image", "")).startswith("alur:")}
NOT_OURS = {"ALUR_CITY": "folder mounted as /kota", "ALUR_SECRETS": "folder of the secret files"}
"""Names read by compose itself, not by the programs."""


def test_the_specification_is_the_published_one() -> None:
    assert hashlib.sha256(SPECIFICATION).hexdigest() == "d549057ebc2925f39f62799eab0db7b9e2c18b35b6c00595199116da3ed10e64"


def test_the_file_agrees_with_the_specification() -> None:
    assert list(SCHEMA.faults(FILE)) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("services", "web", "imagee"), "alur"), (("services", "web", "ports"), "8000"), (("services", "web", "depends_on"), {"migrate": {"condition": "siap"}}),
        (("servicez",), {}), (("services", "web", "healthcheck"), {"test": ["CMD"], "retries": "banyak", "interval_": "1s"}), (("volumes",), []),
        (("services", "web", "networks"), ["inside", "inside"]), (("services", "Web dua!"), {"image": "x"}), (("secrets", "codec_key"), {"fil": "x"}),
    ],
)  # fmt: skip
def test_the_check_bites(place: tuple[str, ...], value: Any) -> None:
    changed = json.loads(json.dumps(FILE))
    at = changed
    for name in place[:-1]:
        at = at[name]
    at[place[-1]] = value
    assert list(SCHEMA.faults(changed)) != []


def asked(name: str) -> str:
    """The setting behind a variable: ``ALUR_CODEC_KEY_FILE`` fills ``codec_key``."""
    return name.removeprefix("ALUR_").removesuffix("_FILE").lower() if name.endswith("_FILE") else name.removeprefix("ALUR_").lower()


def test_every_variable_of_ours_is_a_setting() -> None:
    assert len(OURS) >= 6
    unknown = {name for one in OURS.values() for name in one["environment"] if name.startswith("ALUR_") and asked(name) not in Settings.model_fields}
    assert unknown == set()
    substituted = set(re.findall(r"\$\{(ALUR_\w+)", TEXT))
    assert {name for name in substituted if asked(name) not in Settings.model_fields} == set(NOT_OURS)


@pytest.mark.parametrize("service", sorted(OURS))
def test_every_required_setting_reaches_every_program(service: str) -> None:
    given = {asked(name) for name in OURS[service]["environment"]}
    required = {name for name, one in Settings.model_fields.items() if one.is_required()}
    assert required >= {"database_url", "codec_key"}
    assert required <= given
    if OURS[service]["command"][-1] == "migrate":
        assert "owner_url" in given


def test_no_secret_is_written_or_passed_in_the_open() -> None:
    for name, one in FILE["services"].items():
        for variable, value in (one.get("environment") or {}).items():
            secret = re.search(r"PASSWORD|PWD|SECRET|_KEY|DATABASE_URL|OWNER_URL", variable)
            assert not secret or (variable.endswith("_FILE") and str(value).startswith("/run/secrets/")), f"{name}: {variable}"
            if variable.endswith("_FILE") and str(value).startswith("/run/secrets/"):
                assert str(value).rsplit("/", maxsplit=1)[-1] in one["secrets"], f"{name}: {variable}"
    assert {secret for one in FILE["services"].values() for secret in one.get("secrets", [])} == set(FILE["secrets"])


def test_what_a_service_waits_for_and_joins_exists() -> None:
    for name, one in FILE["services"].items():
        assert set(one.get("depends_on") or {}) <= set(FILE["services"]), name
        assert set(one.get("networks") or []) <= set(FILE["networks"]), name
        for source in (str(volume).split(":")[0] for volume in one.get("volumes") or []):
            assert source in FILE["volumes"] or source.startswith("${"), (name, source)
        for port in one.get("ports") or []:
            assert str(port).startswith("127.0.0.1:"), f"{name} is reachable from outside"
        for waited, how in (one.get("depends_on") or {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in FILE["services"][waited]


def test_every_command_is_one_that_the_programs_know() -> None:
    import worker
    from manage import parser

    known = {action.dest: action for action in parser()._actions}
    commands = next(action.choices for action in known.values() if action.choices and "web" in action.choices)
    for name, one in OURS.items():
        program, what = one["command"][1:]
        assert program in ("manage.py", "worker.py"), name
        if program == "manage.py":
            assert what in commands
        else:
            assert f'"{what}"' in Path(worker.__file__).read_text(), what
    roles = {one["command"][2] for one in OURS.values() if one["command"][1] == "worker.py"}
    assert roles == {"case", "io", "render", "relay"}


def test_shards_are_the_number_that_can_never_be_changed() -> None:
    assert FILE["services"]["temporal"]["environment"]["NUM_HISTORY_SHARDS"] == "512"
