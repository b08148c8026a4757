"""The credits platform's interface: grants, and the names of clients."""

from __future__ import annotations

import hmac
import time
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.credits.ledger import KeyReusedError, UnknownClientError
from sandbox.parts import parts

FIELDS = {"client_email", "credits", "organisation", "reference"}
MISSING_KEY = "missing_idempotency_key"
blueprint = Blueprint("credits_api", __name__)


@blueprint.before_request
def enter() -> ResponseReturnValue | None:
    """Check the token, then let what is set to go wrong go wrong."""
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {parts().settings.credits_token}".encode()):
        return jsonify({"error": "unauthorised"}), 401
    faults, path, method = parts().faults, request.path, request.method
    if slow := faults.take("credits.slow", path, method):
        time.sleep(slow.delay_ms / 1000)
    if faults.take("credits.rate_limit", path, method):
        return jsonify({"error": "too_many_requests"}), 429, {"Retry-After": "1"}
    if fault := faults.take("credits.error", path, method):
        return jsonify({"error": "internal_error"}), fault.status
    return None


@blueprint.post("/credits/grants")
def grant() -> ResponseReturnValue:
    """Add credits, once for an ``Idempotency-Key``."""
    key = request.headers.get("Idempotency-Key", "")
    asked = request.get_json(force=True, silent=True)
    if not key:
        return jsonify({"error": MISSING_KEY}), 400
    if not isinstance(asked, dict) or not _is_fit(asked):
        return jsonify({"error": "invalid_request"}), 400
    if parts().faults.take("credits.unknown_client", request.path, request.method):
        return jsonify({"error": "unknown_client"}), 404
    try:
        made, is_new = parts().ledger.grant(key, asked)
    except UnknownClientError:
        return jsonify({"error": "unknown_client"}), 404
    except KeyReusedError:
        return jsonify({"error": "idempotency_key_reused"}), 409
    return jsonify(made.as_json()), 201 if is_new else 200


def _is_fit(asked: dict[str, Any]) -> bool:
    if set(asked) != FIELDS:
        return False
    amount, texts = asked["credits"], [asked[name] for name in FIELDS - {"credits"}]
    counted = isinstance(amount, int) and not isinstance(amount, bool) and amount > 0
    return counted and all(isinstance(text, str) for text in texts) and "@" in asked["client_email"]


@blueprint.post("/credits/clients/find")
def find_client() -> ResponseReturnValue:
    """The name of a client."""
    asked = request.get_json(force=True, silent=True)
    address = asked.get("client_email") if isinstance(asked, dict) else None
    name = parts().ledger.name_of(str(address))
    if not name:
        return jsonify({"error": "unknown_client"}), 404
    return jsonify({"name": name})


@blueprint.get("/credits/grants/<key>")
def find(key: str) -> ResponseReturnValue:
    """The grant of a key."""
    found = parts().ledger.grants.get(key)
    if found is None:
        return jsonify({"error": "unknown_key"}), 404
    return jsonify(found.as_json())
