"""The port CreditsAccount over HTTP, as ``docs/credits-api.yaml`` describes it.

This is the one service that has to know the client, so its calls do not pass the egress gate.
Nothing personal stands in a URL, and nothing of a request or an answer in an error.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import requests

from casework.errors import KeyConflict, OutsideError, Refused, Unavailable, UnknownClient
from casework.odd_texts import mend_texts
from casework.ports import Order, Receipt
from integrations.requests_rules import Bearer

SERVICE = "credits platform"
#: To connect, and between two bytes of an answer, in seconds.
TIMEOUTS = (3.05, 15.0)
#: An operator can mend 401 and 403, and time the others.
_CAN_RETRY = frozenset({401, 403, 408, 423, 425, 429})
_HARMLESS_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
#: The most of a client's name that is taken, in characters.
_LONGEST_NAME = 200
#: A platform that tells no names answers so.
_TELLS_NO_NAMES = frozenset({400, 404, 405, 410, 501})
_MACHINE_WORD = re.compile(r"[a-z][a-z0-9_]{1,63}")


class HttpCreditsAccount:
    """Grants through the platform's API. Repeating is left to the worker, with the same key.

    ``token`` is asked before each call, so a token changed in its file is picked up.
    """

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str],
        *,
        timeouts: tuple[float, float] = TIMEOUTS,
    ) -> None:
        self._url = f"{base_url.rstrip('/')}/grants"
        self._clients_url = f"{base_url.rstrip('/')}/clients/find"
        self._timeouts, self._session = timeouts, requests.Session()
        self._session.auth = Bearer(token)

    def grant(self, order: Order) -> Receipt:
        """Add the credits, once for the key."""
        body = {
            "client_email": order.client_email,
            "credits": order.credits,
            "organisation": order.organisation,
            "reference": order.reference,
        }
        headers = {"Idempotency-Key": order.key}
        answer = self._send("POST", self._url, "grant credits", json=body, headers=headers)
        if answer.status_code not in {200, 201}:
            raise _fault("grant credits", answer)
        receipt = _read_receipt("grant credits", answer, order.key)
        if receipt.credits != order.credits:
            raise KeyConflict(SERVICE, "grant credits", "other_credits")
        return receipt

    def find_grant(self, key: str) -> Receipt | None:
        """What was granted under this key, if anything was."""
        answer = self._send("GET", f"{self._url}/{quote(key, safe='')}", "find a grant")
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise _fault("find a grant", answer)
        return _read_receipt("find a grant", answer, key)

    def find_client_name(self, client_email: str) -> str:
        """The name the client goes by; nothing where the platform does not know or tell."""
        operation = "find a client"
        answer = self._send(
            "POST", self._clients_url, operation, json={"client_email": client_email}
        )
        if answer.status_code in _TELLS_NO_NAMES:
            return ""
        if answer.status_code != 200:
            raise _fault(operation, answer)
        name = _document(answer).get("name")
        return name.strip()[:_LONGEST_NAME] if isinstance(name, str) else ""

    def _send(
        self,
        method: str,
        url: str,
        operation: str,
        *,
        json: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        try:
            return self._session.request(
                method,
                url,
                json=json,
                headers=headers,
                timeout=self._timeouts,
                allow_redirects=False,
            )
        except (requests.RequestException, ValueError) as error:
            # A ValueError is http.client's for a header that cannot be sent, and quotes it.
            timed_out = isinstance(error, requests.Timeout)
            code = "TIMED_OUT" if timed_out else type(error).__name__
        # Raised out here, so that it does not drag along an exception that quotes the request.
        raise Unavailable(SERVICE, operation, code)


def _fault(operation: str, answer: requests.Response) -> OutsideError:
    status = answer.status_code
    word = _error_word(answer)
    code = word or str(status)
    if status == 404 and word == "unknown_client":
        return UnknownClient(SERVICE, operation, word)
    if status == 409:
        return KeyConflict(SERVICE, operation, code)
    # A 404 that does not speak of the client comes from a wrong address, as any 3xx does.
    if status in _CAN_RETRY or status == 404 or not 400 <= status < 500:
        return Unavailable(SERVICE, operation, code, retry_after=_retry_after(answer))
    return Refused(SERVICE, operation, code)


def _read_receipt(operation: str, answer: requests.Response, key: str) -> Receipt:
    """Read the receipt. An id that might hold somebody's address gives way to our own key."""
    document = _document(answer)
    receipt_id, amount = document.get("id"), _whole_number(document.get("credits"))
    if isinstance(receipt_id, bool) or not isinstance(receipt_id, str | int) or amount is None:
        raise Unavailable(SERVICE, operation, "UNREADABLE_ANSWER")
    text = str(receipt_id)
    return Receipt(text if _HARMLESS_ID.fullmatch(text) else key, amount)


def _whole_number(value: object) -> int | None:
    """Of ``4``, ``4.0`` and ``"4"``."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if type(value) is int else None


def _error_word(answer: requests.Response) -> str:
    word = _document(answer).get("error")
    return word if isinstance(word, str) and _MACHINE_WORD.fullmatch(word) else ""


def _document(answer: requests.Response) -> dict[str, Any]:
    try:
        document = mend_texts(answer.json())
    except (requests.JSONDecodeError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _retry_after(answer: requests.Response) -> int | None:
    """In milliseconds; the header is in seconds."""
    text = answer.headers.get("Retry-After", "")
    return int(text) * 1000 if text.isdecimal() and len(text) < 6 else None
