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
from sandbox.webhooks.retry import crm_retry_minutes
from sandbox.webhooks.signing import crm_headers

PATH = "/webhook/crm"
MAX_EVENTS = 100
TIMEOUT = (5.0, 5.0)
ANNOUNCED = ("ticket", "deal")
FLAGS = {"creation": "CREATED", "deletion": "DELETED"}


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
        if change.record.kind.name not in ANNOUNCED:
            return False
        if change.what == "propertyChange":
            return change.property_name in self._settings.subscriptions
        return self._settings.record_events

    def _event(self, change: Change) -> dict[str, Any]:
        kind = change.record.kind
        word = "object" if self._settings.generic_events else kind.name
        name = f"{word}.{change.what}"
        event: dict[str, Any] = {
            "eventId": next(self._ids),
            "subscriptionId": _subscription_id(f"{name} {change.property_name}"),
            "portalId": self._settings.portal_id,
            "appId": self._settings.app_id,
            "occurredAt": change.at_ms,
            "subscriptionType": name,
            "attemptNumber": 0,
            "objectId": int(change.record.id),
            "changeSource": change.source.name,
            "sourceId": change.source.id,
        }
        if self._settings.generic_events:
            event |= {"objectTypeId": kind.id, "isSensitive": False}
        return event | _details(change)

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


def _details(change: Change) -> dict[str, Any]:
    if change.what == "propertyChange":
        return {"propertyName": change.property_name, "propertyValue": change.value}
    if change.what == "merge":
        kept, *lost = [int(one) for one in change.merged_ids]
        return {
            "primaryObjectId": kept,
            "mergedObjectIds": lost,
            "newObjectId": kept,
            "numberOfPropertiesMoved": len(change.record.properties),
        }
    return {"changeFlag": FLAGS[change.what]} if change.what in FLAGS else {}


def _subscription_id(name: str) -> int:
    return 7_000_000 + sum(name.encode()) % 1_000_000


def _body(events: list[dict[str, Any]]) -> bytes:
    return json.dumps(events, separators=(",", ":"), ensure_ascii=False).encode()
