"""HubSpot's three ways of signing a delivery, as the sender does it.

Reference: https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests
"""

from __future__ import annotations

import base64
import hashlib
import hmac


def crm_headers(secret: str, uri: str, body: bytes, at_ms: int) -> dict[str, str]:
    """Headers of an app's webhook: version 3, with version 1 still beside it."""
    plain = hashlib.sha256(secret.encode() + body).hexdigest()
    source = b"POST" + uri.encode() + body + str(at_ms).encode()
    keyed = hmac.new(secret.encode(), source, hashlib.sha256).digest()
    return {
        "X-HubSpot-Signature": plain,
        "X-HubSpot-Signature-Version": "v1",
        "X-HubSpot-Signature-v3": base64.b64encode(keyed).decode(),
        "X-HubSpot-Request-Timestamp": str(at_ms),
    }


def workflow_headers(secret: str, uri: str, body: bytes) -> dict[str, str]:
    """Headers of a workflow's webhook: version 2, which carries no time."""
    source = secret.encode() + b"POST" + uri.encode() + body
    return {
        "X-HubSpot-Signature": hashlib.sha256(source).hexdigest(),
        "X-HubSpot-Signature-Version": "v2",
    }
