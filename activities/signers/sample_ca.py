"""The sample city's own certificate authority, made at first start. Its subjects say CONTOH: nobody can take them for a person's certificate.

Leaves carry keyUsage digitalSignature + nonRepudiation, EKU emailProtection and a CRL distribution point, without which third-party
validators report an "unknown issue" (measured with pdfsig 22.12).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

MARK = "CONTOH - TIDAK SAH"
CRL_ADDRESS = "http://127.0.0.1/contoh.crl"
BITS = 2048
"""Of every key: these certificates bind nobody, and a longer one takes four times as long to make for each official who first signs."""
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")


@dataclass(frozen=True, slots=True)
class Authority:
    folder: Path

    @property
    def root_pem(self) -> Path:
        return self.folder / "root.pem"

    def person(self, who: str) -> Path:
        """Key and certificate of a person: ``<who>.key.pem`` (encrypted with the passphrase) and ``<who>.pem``."""
        return self.folder / "people" / f"{who}.key.pem"

    def revoked(self, who: str) -> Path:
        """There while the person's certificate is taken back: its serial number."""
        return self.folder / "people" / f"{who}.revoked"


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, MARK), x509.NameAttribute(NameOID.COMMON_NAME, common),
    ])  # fmt: skip


def _write(path: Path, body: bytes, secret: bool = False) -> None:
    """Whole or not at all: a half-written key would lock the person out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.touch(mode=0o600 if secret else 0o644)
    with half.open("wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)


def _plain(key: rsa.RSAPrivateKey, passphrase: str | None) -> bytes:
    lock = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def ensure(folder: Path, city: str) -> Authority:
    """Makes root, seal and the certificate that attests once; later calls find them. ``city`` names the organisation in the subjects."""
    authority = Authority(folder)
    if not authority.root_pem.exists():
        now = datetime.now(UTC) - timedelta(days=1)
        key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
        name = _name(f"CA {city} ({MARK})", f"Pemerintah {city}")
        root = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now).not_valid_after(now + timedelta(days=3650)).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.KeyUsage(False, False, False, False, False, True, True, False, False), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False).sign(key, hashes.SHA256())
        )  # fmt: skip
        _write(folder / "root.key.pem", _plain(key, None), secret=True)
        _write(authority.root_pem, root.public_bytes(serialization.Encoding.PEM))
    if not (folder / "seal.pem").exists():
        _issue(authority, f"Segel Elektronik {city}", f"Pemerintah {city}", folder / "seal.key.pem", None)
    if not (folder / "attest.pem").exists():
        _issue(authority, f"Pembuktian Elektronik {city}", f"Pemerintah {city}", folder / "attest.key.pem", None)
    return authority


def enrol(authority: Authority, who: str, name: str, organisation: str, passphrase: str) -> None:
    """Gives a person a certificate (two years) and a key locked with the passphrase; does nothing when there is one."""
    if not authority.person(who).exists():
        _issue(authority, f"{name} ({MARK})", organisation, authority.person(who), passphrase)


def revoke(authority: Authority, who: str) -> None:
    """Takes the person's certificate back; one who has none gets none by signing either."""
    _write(authority.revoked(who), b"")


def renew(authority: Authority, who: str, name: str, organisation: str, passphrase: str) -> None:
    """A new key and certificate in place of the old one, which stays beyond use."""
    _issue(authority, f"{name} ({MARK})", organisation, authority.person(who), passphrase)
    authority.revoked(who).unlink(missing_ok=True)


def _issue(authority: Authority, common: str, organisation: str, path: Path, passphrase: str | None) -> None:
    # Our own key: OpenSSL's check of it takes longer than making the new one.
    root_key = serialization.load_pem_private_key((authority.folder / "root.key.pem").read_bytes(), None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(root_key, rsa.RSAPrivateKey)
    root = x509.load_pem_x509_certificate(authority.root_pem.read_bytes())
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    now = datetime.now(UTC) - timedelta(hours=1)
    leaf = (
        x509.CertificateBuilder().subject_name(_name(common[:64], organisation[:64])).issuer_name(root.subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + timedelta(days=730))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.CRLDistributionPoints([x509.DistributionPoint([x509.UniformResourceIdentifier(CRL_ADDRESS)], None, None, None)]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )  # fmt: skip
    _write(path, _plain(key, passphrase), secret=True)
    _write(path.with_name(path.name.replace(".key", "")), leaf.public_bytes(serialization.Encoding.PEM))
