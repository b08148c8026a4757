"""Signatures made here, from the vendor's description, with none of our own code."""

import base64
import hashlib
import hmac

URL = "https://credits.example.org"
SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"
NOW = 1_790_000_000_000


def sign_v3(
    body: bytes,
    path: str,
    *,
    at: int | str = NOW,
    secret: str = SECRET,
    url: str = URL,
    method: str = "POST",
) -> dict[str, str]:
    source = method.encode() + url.encode() + path.encode() + body + str(at).encode()
    mac = hmac.new(secret.encode(), source, hashlib.sha256)
    return {
        "X-HubSpot-Signature-v3": base64.b64encode(mac.digest()).decode(),
        "X-HubSpot-Request-Timestamp": str(at),
    }


def sign_v2(
    body: bytes, path: str, *, secret: str = SECRET, url: str = URL, method: str = "POST"
) -> dict[str, str]:
    source = secret.encode() + method.encode() + url.encode() + path.encode() + body
    return {
        "X-HubSpot-Signature": hashlib.sha256(source).hexdigest(),
        "X-HubSpot-Signature-Version": "v2",
    }


def sign_v1(body: bytes, *, secret: str = SECRET) -> dict[str, str]:
    return {
        "X-HubSpot-Signature": hashlib.sha256(secret.encode() + body).hexdigest(),
        "X-HubSpot-Signature-Version": "v1",
    }
