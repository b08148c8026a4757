"""Encryption and keyed digests, by Google's Tink. The keys live outside the database.

A keyset file is JSON with two Tink keysets: ``sealing`` (authenticated encryption with associated
data, AES-256-GCM) and ``digests`` (a pseudo-random function, HMAC-SHA-256). Digests have a key of
their own because they must stay the same when the sealing key is changed.
"""

import json
import os
from pathlib import Path

import tink
from tink import aead, json_proto_keyset_format, prf, secret_key_access

from casework.errors import Unreadable

aead.register()
prf.register()

_DIGEST_BYTES = 16


def new_keyset() -> str:
    """A fresh keyset as JSON text. Whoever has it can open everything, so keep it safe."""
    sealing = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
    digests = tink.new_keyset_handle(prf.prf_key_templates.HMAC_SHA256)
    parts = {"sealing": sealing, "digests": digests}
    return json.dumps({name: json.loads(_to_json(part)) for name, part in parts.items()}, indent=2)


def write_new_keyset(path: Path) -> None:
    """Write a fresh keyset for its owner only. Never overwrites: raises FileExistsError."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(new_keyset() + "\n")


class TinkSealer:
    """Seals and digests with the keys of one keyset.

    Tink's primitives may be used by several threads at once.
    """

    def __init__(self, keyset: str) -> None:
        """Read a keyset. Raises :class:`Unreadable` if it is none."""
        try:
            parts = json.loads(keyset)
            self._aead = _from_json(parts["sealing"]).primitive(aead.Aead)
            self._prf = _from_json(parts["digests"]).primitive(prf.PrfSet).primary()
        except (ValueError, KeyError, TypeError, tink.TinkError):
            raise Unreadable("the keyset is not one that `desk keys new` wrote") from None

    def seal(self, plain: bytes, bound_to: str) -> bytes:
        """Encrypt. It opens again only with the same ``bound_to``."""
        sealed: bytes = self._aead.encrypt(plain, bound_to.encode())
        return sealed

    def unseal(self, sealed: bytes, bound_to: str) -> bytes:
        """Decrypt. Raises :class:`Unreadable` for a wrong key or place."""
        try:
            plain: bytes = self._aead.decrypt(sealed, bound_to.encode())
        except tink.TinkError:
            raise Unreadable("a sealed value does not open with this keyset") from None
        return plain

    def digest(self, text: str) -> str:
        """A keyed digest of 32 hexadecimal digits."""
        value: bytes = self._prf.compute(text.encode(), _DIGEST_BYTES)
        return value.hex()


def _to_json(handle: tink.KeysetHandle) -> str:
    text: str = json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    return text


def _from_json(part: object) -> tink.KeysetHandle:
    return json_proto_keyset_format.parse(json.dumps(part), secret_key_access.TOKEN)
