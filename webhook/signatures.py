"""Is this delivery HubSpot's? Everything that is not beyond doubt is not.

The official helper is not used: it accepts timestamps in the future, raises on a missing or
non-ASCII header, and does not decode the URI as version 3 asks.

Source: https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from casework.errors import NotGenuine

#: How far a delivery's time may lie from now, in either direction, in milliseconds.
WINDOW = 300_000

_SIGNATURE = "x-hubspot-signature"
_VERSION = "x-hubspot-signature-version"
_SIGNATURE_V3 = "x-hubspot-signature-v3"
_TIMESTAMP = "x-hubspot-request-timestamp"

_MILLISECONDS = re.compile(r"[0-9]{1,15}")

#: The only escapes that version 3 decodes before hashing; all others stay as they are.
_DECODED = {
    "%3A": ":",
    "%2F": "/",
    "%3F": "?",
    "%40": "@",
    "%21": "!",
    "%24": "$",
    "%27": "'",
    "%28": "(",
    "%29": ")",
    "%2A": "*",
    "%2C": ",",
    "%3B": ";",
}
_ESCAPE = re.compile("|".join(_DECODED), re.IGNORECASE)


@dataclass(frozen=True)
class SignedRequest:
    """What a signature covers, and the headers, their names in lower case.

    ``uri`` is the public address as the sender wrote it.
    """

    method: str
    uri: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Verifier:
    """Verifies with any of several secrets, since secrets are changed while deliveries come in.

    ``schemes`` are those that the operator allows: ``v3``, ``v2``, ``v1``.
    """

    secrets: Callable[[], Sequence[str]]
    schemes: frozenset[str]

    def verify(self, request: SignedRequest, now: int) -> None:
        """Return if the delivery is genuine; raise :class:`NotGenuine` if not.

        Where a version 3 signature is there it decides alone: a failed one never falls back to a
        weaker scheme. Versions 1 and 2 carry no time, so a replay of theirs is found by its digest.
        """
        headers = request.headers
        version = headers.get(_VERSION, "")
        if "v3" in self.schemes and _SIGNATURE_V3 in headers:
            _check_time(headers.get(_TIMESTAMP, ""), now)
            given, sign = headers[_SIGNATURE_V3], _sign_v3
        elif version in self.schemes and version in _SIGN_WITHOUT_TIME:
            given, sign = headers.get(_SIGNATURE, ""), _SIGN_WITHOUT_TIME[version]
        else:
            raise NotGenuine("no signature of a scheme that is allowed")
        held = [_same(given, sign(secret, request)) for secret in self.secrets()]
        if not any(held):
            raise NotGenuine("the signature does not hold")


def _check_time(timestamp: str, now: int) -> None:
    if not _MILLISECONDS.fullmatch(timestamp) or abs(now - int(timestamp)) > WINDOW:
        raise NotGenuine("the time is missing, malformed, or not within five minutes of now")


def _same(given: str, expected: str) -> bool:
    """Compare in constant time; a header may hold anything, so as bytes."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def _sign_v3(secret: str, request: SignedRequest) -> str:
    """HMAC-SHA-256 over method, decoded URI, body and timestamp, in base64."""
    uri = _ESCAPE.sub(lambda escape: _DECODED[escape[0].upper()], request.uri)
    timestamp = request.headers[_TIMESTAMP]
    source = f"{request.method}{uri}".encode() + request.body + timestamp.encode()
    return base64.b64encode(hmac.digest(secret.encode(), source, "sha256")).decode()


def _sign_v2(secret: str, request: SignedRequest) -> str:
    """SHA-256 over secret, method, URI and body, in hexadecimal."""
    source = f"{secret}{request.method}{request.uri}".encode() + request.body
    return hashlib.sha256(source).hexdigest()


def _sign_v1(secret: str, request: SignedRequest) -> str:
    """SHA-256 over secret and body, in hexadecimal."""
    return hashlib.sha256(secret.encode() + request.body).hexdigest()


_SIGN_WITHOUT_TIME = {"v2": _sign_v2, "v1": _sign_v1}
