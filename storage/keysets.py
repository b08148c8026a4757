"""What a keyset file says: two Tink keysets as JSON, and the ways in which they are changed.

``sealing`` is authenticated encryption with associated data (AES-256-GCM) and may hold several
keys: all of them open, the primary one seals. They stand in the order in which they were added.
``digests`` is a pseudo-random function (HMAC-SHA-256) with one key that is never changed, because
digests of now must be comparable with those of before.
Where there is a ``kms_key``, both are Tink's encrypted keysets, which a key service opens.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import tink
from tink import aead, json_proto_keyset_format, prf, secret_key_access

from casework.errors import Unreadable
from storage.key_services import KeyServiceAead

aead.register()
prf.register()

#: How Tink begins what it seals: a version, and the key's id in four bytes.
#: Source: https://developers.google.com/tink/wire-format
PREFIX_BYTES = 5
_VERSION = b"\x01"

#: What was not sealed by Tink needs this key, which nobody has.
UNKNOWN_KEY = 0


@dataclass(frozen=True)
class Keyset:
    """Both keysets, opened. ``kms_key`` is the address of the key that wraps the file, or empty."""

    sealing: tink.KeysetHandle
    digests: tink.KeysetHandle
    kms_key: str = ""

    def __repr__(self) -> str:
        return f"Keyset(primary={self.primary})"

    @property
    def primary(self) -> int:
        """The id of the key that seals."""
        return int(self.sealing.keyset_info().primary_key_id)

    @property
    def key_ids(self) -> tuple[int, ...]:
        """The ids of the keys that open, oldest first."""
        return tuple(key.key_id for key in self.sealing.keyset_info().key_info)

    @property
    def newer_than_primary(self) -> tuple[int, ...]:
        """Those that were added and do not seal yet."""
        return self.key_ids[self.key_ids.index(self.primary) + 1 :]

    def with_new_key(self) -> "Keyset":
        """One that also holds a fresh key, the last one. The primary stays what it was."""
        fresh = _new_sealing_part()
        while fresh["primaryKeyId"] in self.key_ids:
            fresh = _new_sealing_part()
        part = _as_data(self.sealing)
        return self._with_sealing({**part, "key": part["key"] + fresh["key"]})

    def with_primary(self, key_id: int) -> "Keyset":
        """One in which this key seals."""
        return self._with_sealing({**_as_data(self.sealing), "primaryKeyId": key_id})

    def without(self, key_id: int) -> "Keyset":
        """One that does not hold this key, which must not be the primary."""
        part = _as_data(self.sealing)
        left = [key for key in part["key"] if key["keyId"] != key_id]
        return self._with_sealing({**part, "key": left})

    def wrapped_by(self, kms_key: str) -> "Keyset":
        """The same keys, the file wrapped by this key of a key service; by none if it is empty."""
        return replace(self, kms_key=kms_key)

    def to_text(self) -> str:
        """The file's text. Raises :class:`CreditsDeskError` where a key service is away."""
        parts: dict[str, Any] = {"kms_key": self.kms_key} if self.kms_key else {}
        for name, handle in (("sealing", self.sealing), ("digests", self.digests)):
            parts[name] = _wrap(name, handle, self.kms_key) if self.kms_key else _as_data(handle)
        return json.dumps(parts, indent=2) + "\n"

    def _with_sealing(self, part: Mapping[str, Any]) -> "Keyset":
        return replace(self, sealing=_from_data(part))


def make_keyset(kms_key: str = "") -> Keyset:
    """Fresh keys. Whoever has them can open everything, so keep them safe."""
    digests = tink.new_keyset_handle(prf.prf_key_templates.HMAC_SHA256)
    return Keyset(_from_data(_new_sealing_part()), digests, kms_key)


def read_keyset(text: str) -> Keyset:
    """Read a file's text.

    Raises :class:`Unreadable` if it is no keyset, or what :mod:`storage.key_services` raises.
    """
    try:
        parts = json.loads(text)
        kms_key = str(parts.get("kms_key", ""))
        sealing, digests = (_read(name, parts[name], kms_key) for name in ("sealing", "digests"))
        sealing.primitive(aead.Aead)
        digests.primitive(prf.PrfSet)
    except (ValueError, KeyError, TypeError, AttributeError, tink.TinkError):
        raise Unreadable("the keyset is not one that `desk keys new` wrote") from None
    return Keyset(sealing, digests, kms_key)


def prefix_of(key_id: int) -> bytes:
    """How what this key seals begins."""
    return _VERSION + key_id.to_bytes(4, "big")


def key_id_of(sealed: bytes) -> int:
    """The id of the key that sealed this, or :data:`UNKNOWN_KEY`."""
    if len(sealed) < PREFIX_BYTES or sealed[:1] != _VERSION:
        return UNKNOWN_KEY
    return int.from_bytes(sealed[1:PREFIX_BYTES], "big")


def _new_sealing_part() -> dict[str, Any]:
    return _as_data(tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM))


def _as_data(handle: tink.KeysetHandle) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    )
    return data


def _from_data(part: object) -> tink.KeysetHandle:
    return json_proto_keyset_format.parse(json.dumps(part), secret_key_access.TOKEN)


def _read(name: str, part: object, kms_key: str) -> tink.KeysetHandle:
    if not kms_key:
        return _from_data(part)
    return json_proto_keyset_format.parse_encrypted(
        json.dumps(part), KeyServiceAead(kms_key), _wrapped_as(name)
    )


def _wrap(name: str, handle: tink.KeysetHandle, kms_key: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        json_proto_keyset_format.serialize_encrypted(
            handle, KeyServiceAead(kms_key), _wrapped_as(name)
        )
    )
    return data


def _wrapped_as(name: str) -> bytes:
    """So that the two parts of a file cannot be swapped."""
    return f"credits-desk keyset: {name}".encode()
