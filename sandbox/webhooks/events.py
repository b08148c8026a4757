"""Turns changes in the account into CRM webhooks: arrays of up to 100 events.

Reference: https://developers.hubspot.com/docs/api-reference/webhooks/guide
"""

from __future__ import annotations

import itertools
import json
import threading
from typing import Any

from sandbox.crm.account import Change
from sandbox.faults import Faults
from sandbox.settings import SandboxSettings
from sandbox.times import now_ms
from sandbox.webhooks.courier import Courier, Delivery
from sandbox.webhooks.event_details import details
from sandbox.webhooks.retry import crm_retry_minutes
from sandbox.webhooks.signing import crm_headers

PATH = "/webhook/crm"
MAX_EVENTS = 100
TIMEOUT = (5.0, 5.0)
ANNOUNCED = ("ticket", "deal")
WITH_OWN_NAME = ("ticket", "deal", "contact", "company", "conversation")
WITHOUT_GENERIC = ("conversation.", "contact.privacyDeletion")
RECORD_EVENTS = frozenset(
    f"{kind}.{what}" for kind in ANNOUNCED for what in ("creation", "deletion", "merge", "restore")
) | {"contact.deletion", "contact.privacyDeletion"}


class EventFeed:
    """Gathers events for a moment and hands them to the courier."""

    def __init__(self, settings: SandboxSettings, faults: Faults, courier: Courier) -> None:
        self._settings = settings
        self._faults = faults
        self._courier = courier
        self._lock = threading.Lock()
        self._gathered: list[dict[str, Any]] = []
        self._ids = itertools.count(1_765_889_350)

    def notice(self, change: Change) -> None:
        """Make an event of a change that somebody subscribed to."""
        if not self._subscribed(change):
            return
        with self._lock:
            self._gathered.append(self._event(change))
            if len(self._gathered) == 1:
                self._flush_soon()

    def idle(self) -> bool:
        """Whether nothing is gathered that the courier does not have yet."""
        with self._lock:
            return not self._gathered

    def reset(self) -> None:
        """Forget what is gathered."""
        with self._lock:
            self._gathered.clear()

    def _flush_soon(self) -> None:
        timer = threading.Timer(self._settings.batch_wait_ms / 1000, self._flush)
        timer.daemon = True
        timer.start()

    def _subscribed(self, change: Change) -> bool:
        name = f"{change.record.kind.name}.{change.what}"
        if name in {f"{kind}.propertyChange" for kind in ANNOUNCED}:
            return change.property_name in self._settings.subscriptions
        listed = name in self._settings.events
        return listed or (self._settings.record_events and name in RECORD_EVENTS)

    def _event(self, change: Change) -> dict[str, Any]:
        name, is_generic = _event_name(change, self._settings.generic_events)
        event: dict[str, Any] = {
            "eventId": next(self._ids),
            "subscriptionId": _subscription_id(f"{name} {change.property_name}"),
            "portalId": self._settings.portal_id,
            "appId": self._settings.app_id,
            "occurredAt": change.at_ms,
            "subscriptionType": name,
            "attemptNumber": 0,
        }
        return event | details(change, is_generic)

    def _flush(self) -> None:
        with self._lock:
            events = list(self._gathered)
            if len(events) > 1 and self._faults.take("webhook.reorder", PATH):
                events.reverse()
            for start in range(0, len(events), MAX_EVENTS):
                self._courier.send(self._delivery(events[start : start + MAX_EVENTS]))
            self._gathered.clear()

    def _delivery(self, events: list[dict[str, Any]]) -> Delivery:
        return Delivery(
            PATH,
            lambda attempt: _body([event | {"attemptNumber": attempt} for event in events]),
            self._sign,
            crm_retry_minutes,
            TIMEOUT,
        )

    def _sign(self, body: bytes) -> dict[str, str]:
        # Signed afresh at each try: the receiver's window is five minutes, the retries' a day.
        secret = self._settings.client_secrets[0]
        return crm_headers(secret, self._settings.signed_url + PATH, body, now_ms())


def _event_name(change: Change, generic: bool) -> tuple[str, bool]:
    """The event's name, and whether it is one of the generic ones."""
    kind = change.record.kind.name
    name = f"{kind}.{change.what}"
    if name.startswith(WITHOUT_GENERIC):
        return name, False
    is_generic = generic or kind not in WITH_OWN_NAME
    return (f"object.{change.what}" if is_generic else name), is_generic


def _subscription_id(name: str) -> int:
    return 7_000_000 + sum(name.encode()) % 1_000_000


def _body(events: list[dict[str, Any]]) -> bytes:
    return json.dumps(events, separators=(",", ":"), ensure_ascii=False).encode()
