"""Encryption and keyed digests, by Google's Tink. The keys live outside the database.

What a keyset file holds is told in :mod:`storage.keysets`.
"""

from collections.abc import Callable
from pathlib import Path

import tink

from casework.errors import Unreadable
from storage.keys_at_hand import KeysAtHand
from storage.keyset_file import write_new_file
from storage.keysets import make_keyset


def new_keyset() -> str:
    """A fresh keyset as JSON text. Whoever has it can open everything, so keep it safe."""
    return make_keyset().to_text()


def write_new_keyset(path: Path, kms_key: str = "") -> None:
    """Write a fresh keyset for its owner only. Never overwrites: raises FileExistsError.

    ``kms_key`` is the address of the key of a key service that is to wrap it.
    """
    write_new_file(path, make_keyset(kms_key).to_text())


class TinkSealer:
    """Seals and digests with the keys of one keyset, also once the keyset has got another key."""

    def __init__(self, keyset: str | Callable[[], str]) -> None:
        """A keyset's text, or what gives it as it is now.

        Raises :class:`Unreadable` if it is none, or what :mod:`storage.key_services` raises.
        """
        self._keys = KeysAtHand(keyset if callable(keyset) else lambda: keyset)

    @property
    def primary(self) -> int:
        """The id of the key that seals now."""
        return self._keys.look(wait=True).keyset.primary

    def seal(self, plain: bytes, bound_to: str) -> bytes:
        """Encrypt. It opens again only with the same ``bound_to``."""
        sealed: bytes = self._keys.look().aead.encrypt(plain, bound_to.encode())
        return sealed

    def unseal(self, sealed: bytes, bound_to: str) -> bytes:
        """Decrypt. Raises :class:`Unreadable` for a wrong key or place."""
        keys = self._keys.look()
        try:
            plain: bytes = keys.aead.decrypt(sealed, bound_to.encode())
        except tink.TinkError:
            fresh = self._keys.look(wait=True)
            if fresh is keys:
                raise Unreadable("a sealed value does not open with this keyset") from None
        else:
            return plain
        return self.unseal(sealed, bound_to)

    def digest(self, text: str) -> str:
        """A keyed digest of 32 hexadecimal digits."""
        return self._keys.last.digest(text)
