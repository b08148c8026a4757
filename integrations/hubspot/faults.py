"""What an answer of HubSpot's other than yes means, in the words of :mod:`casework.errors`.

HubSpot's messages quote what was sent, so only machine words are ever taken from an answer.
Source: https://developers.hubspot.com/docs/api-reference/error-handling
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import urllib3.exceptions as urllib3

from casework.errors import OutsideError, Refused, Unavailable
from casework.odd_texts import mend_texts

SERVICE = "HubSpot"
NOT_SENT = "NOT_SENT"
#: A record is not there. HubSpot says so in so many words.
NOT_FOUND = "OBJECT_NOT_FOUND"
#: A 404 that speaks of no record.
NO_SUCH_ADDRESS = "404"
TIMED_OUT = "TIMED_OUT"
#: How long to leave HubSpot alone once the day's calls are used up, in seconds.
DAILY_PAUSE = 15 * 60.0
#: 401 and 403 are mended by an operator, 423 and 477 by time.
_CAN_RETRY = frozenset({401, 403, 408, 423, 425, 429, 477})
_CAN_RETRY_ROW = re.compile(r"RATE_LIMIT|INTERNAL|TIMEOUT|UNAVAILABLE|MISSING_SCOPES|LOCKED")
_MACHINE_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.]{1,63}")
_PROPERTY_NAME = re.compile(r"[a-z][a-z0-9_]{1,99}")
_LONGEST_RETRY_AFTER = 24 * 3600.0


@dataclass(frozen=True)
class Reply:
    """An HTTP answer. ``repr`` shows no body."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether it is a yes, if perhaps not to every row."""
        return 200 <= self.status < 300

    def document(self) -> dict[str, Any]:
        """The body's JSON object, or an empty one where there is none."""
        try:
            found = mend_texts(json.loads(self.body))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def header(self, name: str) -> str:
        """A header's value, whatever the case of its name; empty where it is not there."""
        return {each.lower(): value for each, value in self.headers.items()}.get(name.lower(), "")


def fault_of_reply(operation: str, reply: Reply) -> OutsideError:
    """The error that stands for a no."""
    document = reply.document()
    if reply.status == 429:
        code = _machine_word(document.get("policyName")) or "429"
        return Unavailable(SERVICE, operation, code, retry_after=_ms(pause_after_429(reply)))
    if reply.status == 404:
        return _fault_of_404(operation, document)
    code = code_of(document) or str(reply.status)
    if reply.status in _CAN_RETRY or reply.status >= 500 or reply.status < 400:
        return Unavailable(SERVICE, operation, code, retry_after=_ms(_retry_after(reply)))
    return Refused(SERVICE, operation, code)


def fault_of_row(operation: str, error: Mapping[str, Any]) -> OutsideError:
    """The error that stands for one refused row of a batch.

    One that HubSpot explains with no word we know the kind of is not taken as final.
    """
    if _says_not_found(error):
        return Refused(SERVICE, operation, NOT_FOUND)
    code = code_of(error)
    if not code:
        return Unavailable(SERVICE, operation, "NOT_EXPLAINED")
    category = str(error.get("category", ""))
    if _CAN_RETRY_ROW.search(f"{code} {category}".upper()):
        return Unavailable(SERVICE, operation, code)
    return Refused(SERVICE, operation, code)


def fault_of_exception(operation: str, error: Exception) -> Unavailable:
    """The error that stands for an answer that did not come, or could not be read."""
    if _was_never_sent(error):
        return Unavailable(SERVICE, operation, NOT_SENT)
    timeouts = (urllib3.TimeoutError, requests.Timeout)
    if isinstance(error, timeouts) or isinstance(getattr(error, "reason", None), timeouts):
        return Unavailable(SERVICE, operation, TIMED_OUT)
    reason = getattr(error, "reason", None)
    cause = reason if isinstance(reason, Exception) else error
    return Unavailable(SERVICE, operation, type(cause).__name__)


def allowed_pace(reply: Reply) -> tuple[int, float] | None:
    """How many calls this account may make in how many seconds, where the answer tells."""
    names = ("X-HubSpot-RateLimit-Max", "X-HubSpot-RateLimit-Interval-Milliseconds")
    calls, interval = (_whole_number(reply.header(name)) for name in names)
    return (calls, interval / 1000) if calls and interval else None


def pause_after_429(reply: Reply) -> float:
    """How long everybody has to wait, in seconds.

    HubSpot does not promise a ``Retry-After``, so the policy that was broken tells otherwise.
    """
    policy = str(reply.document().get("policyName", "")).upper()
    asked_for = _retry_after(reply)
    if policy.startswith("DAILY"):
        return max(DAILY_PAUSE, asked_for or 0.0)
    if asked_for is not None:
        return asked_for
    return 1.0 if policy.startswith("SECONDLY") else 10.0


def code_of(error: Mapping[str, Any]) -> str:
    """The most exact machine word in an error of HubSpot's, or an empty string.

    ``REQUIRED_FIELD:hs_ticket_priority`` where HubSpot names the property it is about.
    """
    details = error.get("errors")
    first = details[0] if isinstance(details, list) and details else {}
    first = first if isinstance(first, dict) else {}
    # Forms say errorType.
    if inner := _machine_word(first.get("code") or first.get("errorType")):
        return inner + _property_in(first)
    candidates = (error.get("subCategory"), error.get("category"))
    return next(filter(None, map(_machine_word, candidates)), "")


def _fault_of_404(operation: str, document: Mapping[str, Any]) -> OutsideError:
    """A wrong address and a proxy's hiccup answer 404 too, and tell nothing about any record."""
    if _says_not_found(document):
        return Refused(SERVICE, operation, NOT_FOUND)
    return Unavailable(SERVICE, operation, NO_SUCH_ADDRESS)


def _says_not_found(error: Mapping[str, Any]) -> bool:
    return NOT_FOUND in (error.get("category"), code_of(error))


def _property_in(detail: Mapping[str, Any]) -> str:
    context = detail.get("context")
    names = context.get("propertyName") if isinstance(context, dict) else None
    name = names[0] if isinstance(names, list) and names else None
    return f":{name}" if isinstance(name, str) and _PROPERTY_NAME.fullmatch(name) else ""


def _machine_word(candidate: object) -> str:
    fits = isinstance(candidate, str) and _MACHINE_WORD.fullmatch(candidate)
    return candidate if fits and isinstance(candidate, str) else ""


def _was_never_sent(error: Exception) -> bool:
    cause: object = getattr(error, "reason", None) or error
    if isinstance(error, requests.ConnectionError) and error.args:
        cause = getattr(error.args[0], "reason", cause)
    unsent = (urllib3.NewConnectionError, urllib3.ConnectTimeoutError, requests.ConnectTimeout)
    return isinstance(cause, unsent)


def _retry_after(reply: Reply) -> float | None:
    seconds = _whole_number(reply.header("Retry-After"))
    return None if seconds is None else min(float(seconds), _LONGEST_RETRY_AFTER)


def _whole_number(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else int(seconds * 1000)
