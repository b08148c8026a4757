"""A cloud's key service (KMS), which opens a wrapped keyset: the way there is Tink's own.

The keyset is sealed with a key that never leaves the service, so the file alone opens nothing. The
service is asked when the keyset is read or changed, and never for a single value. Tink's clients
are optional: ``pip install 'tink[gcpkms]'`` or ``'tink[awskms]'``.
Source: https://developers.google.com/tink/key-management-overview
"""

from collections.abc import Callable
from typing import Any

import tink
from tink import aead

from casework.errors import CreditsDeskError

try:
    from tink.integration.gcpkms import GcpKmsClient
except ImportError:
    GcpKmsClient = None
try:
    from tink.integration.awskms import AwsKmsClient
except ImportError:
    AwsKmsClient = None

#: By the beginning of a key's address: Tink's client, where it is installed, and what installs it.
_CLIENTS: dict[str, tuple[Any, str]] = {
    "gcp-kms": (GcpKmsClient, "tink[gcpkms]"),
    "aws-kms": (AwsKmsClient, "tink[awskms]"),
}


class NoKeyService(CreditsDeskError):
    """There is no client for the service that a key's address names."""


class KeyServiceAway(CreditsDeskError):
    """The key service could not be asked, or refused. ``can_retry``, since it may answer later."""

    can_retry = True


class KeyServiceAead(aead.Aead):  # type: ignore[misc]
    """One key of a key service. Whatever its client raises is a :class:`CreditsDeskError`."""

    def __init__(self, address: str) -> None:
        """``address`` as in ``gcp-kms://projects/…``. Raises :class:`NoKeyService`."""
        self._address = address

    def encrypt(self, plaintext: bytes, associated_data: bytes) -> bytes:
        """Have the service seal it. Raises :class:`KeyServiceAway`."""
        return self._ask("wrap", lambda key: key.encrypt(plaintext, associated_data))

    def decrypt(self, ciphertext: bytes, associated_data: bytes) -> bytes:
        """Have the service open it. Raises :class:`KeyServiceAway`."""
        return self._ask("open", lambda key: key.decrypt(ciphertext, associated_data))

    def _ask(self, verb: str, act: Callable[[aead.Aead], bytes]) -> bytes:
        try:
            return act(_find_client(self._address))
        except CreditsDeskError:
            raise
        except Exception as error:  # noqa: BLE001 - each cloud has errors of its own
            raise self._away(verb, error) from None

    def _away(self, verb: str, error: Exception) -> KeyServiceAway:
        # Tink puts the cloud's own error into its own. Names of errors only: texts may quote.
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        return KeyServiceAway(
            f"the key service ({_scheme(self._address)}) could not be reached to {verb} the "
            f"keyset, or refused ({type(cause).__name__}). Nothing was changed: see to it that it "
            "is there and that this machine may use the key, and try again"
        )


def _find_client(address: str) -> aead.Aead:
    """By whoever is registered with Tink for it, or by Tink's client for that cloud."""
    try:
        return tink.kms_client_from_uri(address).get_aead(address)
    except tink.TinkError:
        return _make_client(address).get_aead(address)


def _make_client(address: str) -> tink.KmsClient:
    scheme = _scheme(address)
    if scheme not in _CLIENTS:
        raise NoKeyService(
            "no key service is known by the beginning of that key's address: it must begin with "
            + " or ".join(f"{known}://" for known in _CLIENTS)
        )
    client, extra = _CLIENTS[scheme]
    if client is None:
        raise NoKeyService(
            f"the keyset belongs to a key service ({scheme}) whose client is not installed here: "
            f"pip install '{extra}'"
        )
    # No key and no credentials of its own: it finds those of this machine, as its cloud has it.
    return client(None, None)


def _scheme(address: str) -> str:
    return address.partition("://")[0][:20]
