"""The one way to HubSpot, around ``hubspot-api-client``.

The client alone has no time-outs, makes a connection pool on every access, and quotes bodies in its
exceptions. Its generated methods also have an API version built in that is on its way out; the API
client beneath them takes any path, so the paths stand in :mod:`integrations.hubspot.calls`.
"""

import logging
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from urllib3.util.retry import Retry

from casework.errors import OutsideError, Unavailable
from casework.ports import EgressGate
from integrations.hubspot.calls import Call
from integrations.hubspot.faults import (
    NOT_SENT,
    SERVICE,
    Reply,
    allowed_pace,
    fault_of_exception,
    fault_of_reply,
    pause_after_429,
)
from integrations.hubspot.pace import LONGEST_SLEEP, Pace
from integrations.requests_rules import credentials_for, proxy_for

BASE_URL = "https://api.hubapi.com"
#: To connect, and between two bytes of an answer, in seconds.
TIMEOUTS = (3.05, 15.0)
TRIES = 3
_SHORT_PAUSE = 0.2
#: HubSpot asks for at least two seconds before a locked record is tried again.
_LOCKED_PAUSE = 2.0

Send = Callable[[], Reply]


class HubSpotClient:
    """Calls HubSpot at its pace, and again where that is safe. Threads may share it.

    Everything that is sent passes the ``gate`` first, whoever calls. ``access_token`` is asked
    before each call, so a token changed in its file is picked up.
    """

    def __init__(
        self,
        access_token: Callable[[], str],
        base_url: str = BASE_URL,
        *,
        gate: EgressGate,
        pace: Pace | None = None,
        timeouts: tuple[float, float] = TIMEOUTS,
    ) -> None:
        self.access_token, self.base_url, self.timeouts = access_token, base_url, timeouts
        self._gate, self._pace = gate, pace or Pace()

    def call(
        self,
        call: Call,
        body: Mapping[str, Any] | None = None,
        query: Sequence[tuple[str, str]] = (),
        *,
        spoken_of: str = "",
        **path: str,
    ) -> dict[str, Any]:
        """Make a CRM call. Returns the answer's JSON object.

        ``spoken_of``: the one address that this call may name; see
        :class:`casework.ports.EgressGate`.

        Raises :class:`Unavailable`, :class:`~casework.errors.Refused` or, where the gate stops it,
        :class:`~casework.errors.Leak`.
        """
        units = _units_of(body or {}, [*path.values(), *(value for _, value in query)])
        return self.attempt(call, lambda: self._send(call, body, query, path), units, spoken_of)

    def attempt(
        self, call: Call, send: Send, units: Iterable[Sequence[str]], spoken_of: str = ""
    ) -> dict[str, Any]:
        """Send, at HubSpot's pace, and again where that is safe and may help.

        ``units`` are all texts that ``send`` sends; they pass the gate first.
        """
        where = f"{SERVICE}: {call.operation}"
        self._gate.check(where, units, may_name=call.may_name, spoken_of=spoken_of)
        tries_left = TRIES
        while True:
            self._pace.wait(call.operation)
            tries_left -= 1
            reply, fault = _send_once(call.operation, send)
            if reply is not None and (allowed := allowed_pace(reply)):
                self._pace.lower(*allowed)
            if fault is None:
                return _document(call.operation, reply)
            pause = self._pause_before_next_try(call, reply, fault)
            if pause is None or not tries_left:
                raise fault
            self._pace.sleep(pause)

    def _pause_before_next_try(
        self, call: Call, reply: Reply | None, fault: OutsideError
    ) -> float | None:
        """In seconds, or nothing where another try is not safe, no use, or too far away."""
        if reply is not None and reply.status == 429:
            # Nothing was done, and the pause holds everybody up, us too.
            pause = pause_after_429(reply)
            self._pace.pause(pause)
            return 0.0 if pause <= LONGEST_SLEEP else None
        short = _SHORT_PAUSE * random.uniform(1, 2)
        if fault.code == NOT_SENT:
            return short
        if reply is None:
            return short if call.repeatable else None
        if reply.status == 423 and call.repeatable:
            return _LOCKED_PAUSE
        return short if reply.status >= 500 and call.repeatable else None

    def _send(
        self,
        call: Call,
        body: Mapping[str, Any] | None,
        query: Sequence[tuple[str, str]],
        path: Mapping[str, str],
    ) -> Reply:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        auth = {"in": "header", "key": "Authorization", "value": f"Bearer {self.access_token()}"}
        try:
            answer = self._api.call_api(
                call.path,
                call.method,
                path_params=dict(path),
                query_params=list(query),
                header_params=headers,
                body=body,
                auth_settings=["oauth2"],
                _request_auth=auth,
                # We read it ourselves: the client's own reading logs bodies.
                _preload_content=False,
                _request_timeout=self.timeouts,
            )
        except Exception as error:
            # Each part of the client has an ApiException of its own, with no common base.
            reply = _reply_in(error)
            if reply is None:
                raise
            return reply
        return Reply(answer.status, dict(answer.headers), answer.data)

    @cached_property
    def _api(self) -> Any:
        # Imported on first use: it takes 42 MB, which a process that only accepts does not need.
        from hubspot import HubSpot

        for name in ("hubspot", "hubspot.crm.objects"):
            logging.getLogger(name).setLevel(logging.WARNING)
        logging.getLogger("hubspot").propagate = False
        proxy = proxy_for(self.base_url)
        client = HubSpot(
            host=self.base_url,
            base_url=self.base_url,
            retry=Retry(0, redirect=False),
            proxy=proxy,
            proxy_headers=proxy and credentials_for(proxy),
        )
        return client.crm.objects.batch_api.api_client


def _units_of(body: Mapping[str, Any], rest: Sequence[str]) -> list[list[str]]:
    """The texts of a call: those of each row of a batch together, and what stands around them."""
    rows = body.get("inputs")
    listed = rows if isinstance(rows, list) else []
    around = {name: value for name, value in body.items() if name != "inputs" or not listed}
    return [*(list(_texts_in(row)) for row in listed), [*_texts_in(around), *rest]]


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner)
    elif isinstance(value, str | int | float):
        yield str(value)


def _send_once(operation: str, send: Send) -> tuple[Reply | None, OutsideError | None]:
    """What came back, and what is wrong with it. Nothing of an exception but its kind survives."""
    try:
        reply = send()
    except OutsideError as error:
        return None, error
    except Exception as error:  # noqa: BLE001  the client's exceptions have no common base
        return None, fault_of_exception(operation, error)
    return reply, None if reply.ok else fault_of_reply(operation, reply)


def _document(operation: str, reply: Reply | None) -> dict[str, Any]:
    document = reply.document() if reply else {}
    if not document and not (reply and reply.status == 204):
        raise Unavailable(SERVICE, operation, "UNREADABLE_ANSWER")
    return document


def _reply_in(error: Exception) -> Reply | None:
    status, body = getattr(error, "status", None), getattr(error, "body", None)
    if not isinstance(status, int) or not status:
        return None
    raw = body if isinstance(body, bytes) else str(body or "").encode()
    return Reply(status, dict(getattr(error, "headers", None) or {}), raw)
