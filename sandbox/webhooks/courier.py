"""Carries deliveries to the service, a few at a time, and tries again by rule."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from sandbox.faults import Faults
from sandbox.settings import SandboxSettings
from sandbox.webhooks.retry import Answer

USER_AGENT = "HubSpot Connect 2.0 (sandbox)"


@dataclass
class Delivery:
    """One delivery and what became of it. ``answers`` are HTTP statuses, 0 for none."""

    path: str
    write: Callable[[int], bytes]
    """Makes the body of a try; tries count from 0."""
    sign: Callable[[bytes], dict[str, str]]
    retry_minutes: Callable[[int, Answer], float | None]
    timeout: tuple[float, float]
    """Seconds to connect and to answer."""
    answers: list[int] = field(default_factory=list)
    body: bytes = b""
    state: str = "waiting"
    """waiting, delivered, given up, or dropped."""

    def as_json(self) -> dict[str, Any]:
        """For the control pages and for tests."""
        shown = {"path": self.path, "state": self.state, "answers": self.answers}
        return shown | {"body": self.body.decode(errors="replace")}


class Courier:
    """As many threads as deliveries may be in flight, and one heap of what is due when."""

    def __init__(self, settings: SandboxSettings, faults: Faults, in_flight: int) -> None:
        self.deliveries: list[Delivery] = []
        self._settings = settings
        self._faults = faults
        self._due: list[tuple[float, int, Delivery]] = []
        self._turn = itertools.count()
        self._wake = threading.Condition()
        self._busy = 0
        self._stopped = False
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(in_flight)]
        for thread in self._threads:
            thread.start()

    def send(self, delivery: Delivery, wait_ms: float = 0) -> None:
        """Send soon, unless a fault drops, delays or doubles the delivery."""
        self.deliveries.append(delivery)
        if self._faults.take("webhook.drop", delivery.path):
            delivery.state = "dropped"
            return
        for kind in ("webhook.delay", "webhook.reorder"):
            fault = self._faults.take(kind, delivery.path)
            wait_ms += fault.delay_ms if fault else 0
        self._put(delivery, wait_ms)
        if self._faults.take("webhook.duplicate", delivery.path):
            twin = Delivery(**{**vars(delivery), "answers": []})
            self.deliveries.append(twin)
            self._put(twin, wait_ms)

    def _put(self, delivery: Delivery, wait_ms: float) -> None:
        with self._wake:
            due = time.monotonic() + wait_ms / 1000
            heapq.heappush(self._due, (due, next(self._turn), delivery))
            self._wake.notify()

    def _work(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            while (delivery := self._next()) is not None:
                try:
                    self._attempt(session, delivery)
                finally:
                    with self._wake:
                        self._busy -= 1
                        self._wake.notify_all()

    def _next(self) -> Delivery | None:
        """The next delivery once it is due; nothing when the courier stops."""
        with self._wake:
            while not self._stopped:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    self._busy += 1
                    return heapq.heappop(self._due)[2]
                self._wake.wait(wait)
        return None

    def _attempt(self, session: requests.Session, delivery: Delivery) -> None:
        attempt = len(delivery.answers)
        delivery.body = delivery.write(attempt)
        answer = self._post(session, delivery)
        delivery.answers.append(answer.status)
        if answer.accepted:
            delivery.state = "delivered"
            return
        minutes = delivery.retry_minutes(attempt, answer)
        if minutes is None:
            delivery.state = "given up"
            return
        self._put(delivery, self._wait_ms(minutes, answer))

    def _wait_ms(self, minutes: float, answer: Answer) -> float:
        # Workflows read Retry-After as milliseconds, unlike the rest of the web.
        if answer.status == 429 and answer.retry_after.isdigit():
            return float(answer.retry_after)
        return minutes * self._settings.minute_ms

    def _post(self, session: requests.Session, delivery: Delivery) -> Answer:
        headers = {"Content-Type": "application/json", "User-Agent": USER_AGENT}
        try:
            answer = session.post(
                self._settings.service_url.rstrip("/") + delivery.path,
                data=delivery.body,
                headers=headers | delivery.sign(delivery.body),
                timeout=delivery.timeout,
                allow_redirects=False,
            )
        except requests.RequestException:
            return Answer(0)
        return Answer(answer.status_code, answer.headers.get("Retry-After", ""))

    def idle(self) -> bool:
        """Whether nothing is in flight and nothing waits."""
        with self._wake:
            return not self._busy and not self._due

    def undelivered(self) -> list[Delivery]:
        """What was not taken by the service: waiting, dropped or given up."""
        return [one for one in list(self.deliveries) if one.state != "delivered"]

    def reset(self) -> None:
        """Forget every delivery."""
        with self._wake:
            self._due.clear()
            self.deliveries.clear()

    def stop(self) -> None:
        """End the threads; what is in flight is left to finish."""
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
