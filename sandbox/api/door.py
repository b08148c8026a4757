"""What every API call passes: recording, authorisation, rate limits and faults."""

from __future__ import annotations

import hmac
import time
from typing import Any

from flask import Flask, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from sandbox.errors import ApiError
from sandbox.http_server import LOSE_ANSWER
from sandbox.parts import SeenRequest, parts
from sandbox.times import now_ms

HUBSPOT = ("/crm/", "/conversations/", "/form-integrations/", "/marketing/", "/account-info/")
OPEN = ("/submissions/",)
CREDITS = ("/credits/grants",)
READS = ("/search", "/batch/read")
DAILY_LIMIT = 625_000


def guard(app: Flask) -> None:
    """Put the door in front of the application."""
    app.before_request(_enter)
    app.after_request(_leave)
    app.register_error_handler(ApiError, _refuse)


def _enter() -> None:
    if not request.path.startswith(HUBSPOT + OPEN + CREDITS):
        return
    _record()
    if request.path.startswith(HUBSPOT):
        _fault_slow("api.slow")
        _authorise(parts().settings.access_token)
        _limit()
        _fault_missing_scope()
        _fault_error("api.error")


def _record() -> None:
    headers = {name: value for name, value in request.headers if name != "Authorization"}
    body = request.get_data(cache=True).decode(errors="replace")
    query = request.query_string.decode()
    seen = SeenRequest(request.method, request.path, query, headers, body, now_ms())
    parts().requests_seen.append(seen)


def _authorise(token: str) -> None:
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {token}".encode()):
        raise ApiError(
            401,
            "Authentication credentials not found or not valid.",
            "INVALID_AUTHENTICATION",
        )


def _limit() -> None:
    settings, path = parts().settings, request.path
    refused = parts().faults.take("api.rate_limit", path, request.method)
    if path.endswith("/search"):
        left = parts().searches.take(settings.search_limit, settings.search_window_ms)
        if refused or left is None:
            raise _too_many("You have reached your secondly limit.", "SECONDLY")
        return
    left = parts().calls.take(settings.rate_limit, settings.rate_window_ms)
    g.calls_left = left or 0
    if refused or left is None:
        raise _too_many("You have reached your ten_secondly_rolling limit.", "TEN_SECONDLY_ROLLING")


def _too_many(message: str, policy: str) -> ApiError:
    more: dict[str, Any] = {"errorType": "RATE_LIMIT", "policyName": policy}
    return ApiError(429, message, "RATE_LIMITS", **more, groupName="publicapi:private-apps")


def _fault_slow(kind: str) -> None:
    fault = parts().faults.take(kind, request.path, request.method)
    if fault:
        time.sleep(fault.delay_ms / 1000)


def _fault_missing_scope() -> None:
    if parts().faults.take("api.missing_scope", request.path, request.method):
        told = "This app hasn't been granted all required scopes to make this call."
        raise ApiError(403, told, "MISSING_SCOPES")


def _fault_error(kind: str) -> None:
    fault = parts().faults.take(kind, request.path, request.method)
    if fault:
        raise ApiError(fault.status, "internal error", "INTERNAL_ERROR")


def _refuse(error: ApiError) -> ResponseReturnValue:
    return jsonify(error.body()), error.status


def _leave(response: Response) -> Response:
    if request.path.startswith(HUBSPOT):
        _add_rate_headers(response)
        if request.method != "GET" and not request.path.endswith(READS):
            _fault_lose("api.lose_answer", response)
    elif request.path.startswith(CREDITS) and request.method == "POST":
        _fault_lose("credits.lose_answer", response)
    return response


def _fault_lose(kind: str, response: Response) -> None:
    if response.status_code < 400 and parts().faults.take(kind, request.path, request.method):
        request.environ[LOSE_ANSWER]()


def _add_rate_headers(response: Response) -> None:
    if "calls_left" not in g:
        return
    settings = parts().settings
    response.headers["X-HubSpot-RateLimit-Max"] = str(settings.rate_limit)
    response.headers["X-HubSpot-RateLimit-Remaining"] = str(g.calls_left)
    response.headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = str(settings.rate_window_ms)
    response.headers["X-HubSpot-RateLimit-Daily"] = str(DAILY_LIMIT)
    used = len(parts().requests_seen)
    response.headers["X-HubSpot-RateLimit-Daily-Remaining"] = str(max(0, DAILY_LIMIT - used))
