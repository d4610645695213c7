"""Payload codec: AES-GCM over everything that Temporal keeps, from the first day, so that keys can rotate later.

Not covered by any codec: ids, search attributes, memo keys. They hold no names and no numbers of persons.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec

ENCODING = b"binary/alur-aes-gcm"


class UnreadablePayload(ValueError):
    """No configured key opens it: a lost key, or a payload that is not ours."""


class Codec(PayloadCodec):
    """``keys``: 32 bytes each, the first encrypts, all decrypt (by key id)."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        found = list(keys)
        if not found or any(len(key) != 32 for key in found):
            raise ValueError("ALUR_CODEC_KEY harus 32 byte (base64)")
        self._current = self.key_id(found[0])
        self._keys = {self.key_id(key): AESGCM(key) for key in found}

    @staticmethod
    def key_id(key: bytes) -> bytes:
        return hashlib.sha256(b"alur-codec" + key).hexdigest()[:16].encode()

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._lock(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._unlock(payload) for payload in payloads]

    def _lock(self, payload: Payload) -> Payload:
        nonce = os.urandom(12)
        body = nonce + self._keys[self._current].encrypt(nonce, payload.SerializeToString(), self._current)
        return Payload(metadata={"encoding": ENCODING, "key": self._current}, data=body)

    def _unlock(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        key = payload.metadata.get("key", b"")
        if key not in self._keys:
            raise UnreadablePayload(f"kunci codec {key.decode()} tidak dikenal")
        try:
            return Payload.FromString(self._keys[key].decrypt(payload.data[:12], payload.data[12:], key))
        except InvalidTag:
            raise UnreadablePayload("muatan rusak atau kuncinya lain") from None


def data_converter(keys: str) -> DataConverter:
    """``keys``: comma-separated base64 keys, current first. Failure messages are encrypted as well."""
    codec = Codec(base64.b64decode(key) for key in keys.split(",") if key)
    return DataConverter(
        payload_converter_class=pydantic_data_converter.payload_converter_class,
        payload_codec=codec,
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
