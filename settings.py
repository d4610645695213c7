"""Every setting by its environment name (prefix ``ALUR_``). No secret has a default; ``*_FILE`` reads one from a file."""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """Read once at start. A missing required value stops the program with the name of the variable."""

    model_config = SettingsConfigDict(env_prefix="ALUR_", extra="ignore")

    database_url: SecretStr
    """SQLAlchemy URL of the application role (postgresql+psycopg://alur_app:…)."""
    owner_url: SecretStr | None = None
    """URL of a role that may migrate; only ``manage.py migrate`` and ``run`` need it."""
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_tls_cert: Path | None = None
    temporal_tls_key: Path | None = None
    codec_key: SecretStr
    """32 bytes, base64: AES-GCM key of the payload codec. Losing it makes open cases unreadable in Temporal, never the trail."""
    codec_old_keys: SecretStr | None = None
    """Comma-separated keys that are still readable after a rotation."""
    city_dir: Path = ROOT / "kota_contoh"
    """The city's folder: city.toml, units, posts, letters, own processes."""
    state_dir: Path = ROOT / ".alur"
    """Files (content-addressed), sample certificates, mail folder."""
    base_url: str = "http://127.0.0.1:8000"
    """Public address; QR codes and mails point here."""
    listen: str = "127.0.0.1:8000"
    trusted_proxies: str = ""
    """Comma-separated addresses or networks of the reverse proxy before the pages. Only from there is X-Forwarded-For believed: the limits on
    wrong passwords and public checks count by the visitor's address, and without this a city behind a proxy would count as one visitor."""
    session_hours: int = 10
    signer: str = "contoh"
    """``contoh`` = the sample CA made at first start (watermarked), else the name of a backend of activities.signers."""
    mail: str = "folder"
    """``folder`` = written to state_dir/mail and shown in the pages; ``smtp``."""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_from: str = ""
    system_tokens_dir: Path | None = None
    """Folder of token files, each named after the system of ``city.toml`` (part ``sistem``) it opens."""
    render_processes: int = 1
    sample_accounts: bool = False
    """Only true in embedded mode with kota_contoh: sample passwords exist. Refused when base_url is not loopback."""

    sample_passphrase: str = ""
    """Embedded mode: passphrase of the sample certificates, made at an official's first signature."""

    @model_validator(mode="before")
    @classmethod
    def secrets_from_files(cls, values: dict[str, object]) -> dict[str, object]:
        for name, value in os.environ.items():
            if name.startswith("ALUR_") and name.endswith("_FILE") and (key := name[5:-5].lower()) in cls.model_fields:
                values[key] = Path(value).read_text().strip()
        return values

    @model_validator(mode="after")
    def no_sample_in_production(self) -> Settings:
        if self.sample_accounts and not self.base_url.startswith(("http://127.0.0.1", "http://localhost")):
            raise ValueError("ALUR_SAMPLE_ACCOUNTS hanya untuk alamat 127.0.0.1: akun contoh tidak boleh ada pada pemasangan sungguhan")
        return self

    @property
    def codec_keys(self) -> str:
        """All codec keys, the current one first."""
        old = f",{self.codec_old_keys.get_secret_value()}" if self.codec_old_keys else ""
        return self.codec_key.get_secret_value() + old

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone (``zone`` of its ``city.toml``): what day it is, when a working day ends, the year of a number."""
        return ZoneInfo(str(tomllib.loads((self.city_dir / "city.toml").read_text()).get("zone", "Asia/Jakarta")))

    @property
    def files_dir(self) -> Path:
        return self.state_dir / "files"

    @property
    def mail_dir(self) -> Path:
        return self.state_dir / "mail"


@lru_cache
def settings() -> Settings:
    return Settings()
