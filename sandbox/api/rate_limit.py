"""How many calls fit in a rolling window."""

from __future__ import annotations

import threading
import time
from collections import deque


class RollingLimit:
    """Counts calls of the last ``window_ms``. Refused calls do not count."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[float] = deque()

    def take(self, limit: int, window_ms: int) -> int | None:
        """How many calls are left after this one, or nothing when there was no room."""
        now = time.monotonic()
        with self._lock:
            while self._calls and self._calls[0] <= now - window_ms / 1000:
                self._calls.popleft()
            if len(self._calls) >= limit:
                return None
            self._calls.append(now)
            return limit - len(self._calls)

    def reset(self) -> None:
        """Forget all calls."""
        with self._lock:
            self._calls.clear()
