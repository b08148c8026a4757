"""Things that go wrong on purpose, each with how often."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import Any

KINDS = (
    "webhook.duplicate",
    "webhook.reorder",
    "webhook.delay",
    "webhook.drop",
    "api.lose_answer",
    "api.error",
    "api.missing_scope",
    "api.rate_limit",
    "api.slow",
    "credits.error",
    "credits.rate_limit",
    "credits.slow",
    "credits.lose_answer",
    "credits.unknown_client",
    "smtp.refuse",
)


@dataclass
class Fault:
    """One thing that goes wrong.

    ``times`` counts down to nothing; ``None`` goes on until cleared. ``path`` limits the fault
    to paths that start so (for ``webhook.*``: ``/webhook/form`` or ``/webhook/crm``), ``method``
    to one HTTP method.
    """

    kind: str
    times: int | None = 1
    probability: float = 1.0
    path: str = ""
    method: str = ""
    delay_ms: int = 300
    status: int = 500

    def fits(self, kind: str, path: str, method: str) -> bool:
        """Whether this fault speaks about that call."""
        return (
            self.kind == kind
            and self.times != 0
            and path.startswith(self.path)
            and (not self.method or self.method.upper() == method)
        )


class Faults:
    """The faults that are set, drawn with a seeded die."""

    def __init__(self, seed: int = 1) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._die = random.Random(seed)

    def add(self, kind: str, **how: Any) -> Fault:
        """Set a fault; see ``Fault`` for what may be said.

        Raises:
            ValueError: there is no such kind.
            TypeError: there is no such field.

        """
        if kind not in KINDS:
            raise ValueError(f"there is no fault {kind}; there are {', '.join(KINDS)}")
        fault = Fault(kind, **how)
        with self._lock:
            self._faults.append(fault)
        return fault

    def take(self, kind: str, path: str = "", method: str = "") -> Fault | None:
        """The fault to show now, counted down, or nothing."""
        with self._lock:
            for fault in self._faults:
                if fault.fits(kind, path, method) and self._die.random() < fault.probability:
                    if fault.times is not None:
                        fault.times -= 1
                    return fault
        return None

    def clear(self) -> None:
        """Let everything go right again."""
        with self._lock:
            self._faults.clear()

    def as_json(self) -> list[dict[str, Any]]:
        """The faults that may still happen."""
        with self._lock:
            return [dict(vars(fault)) for fault in self._faults if fault.times != 0]
