"""A clock that never goes back, for the worker.

Work is due at times. If the machine's clock is set back by an hour, none of it would be due for an
hour. So within a process the time goes on as it did; only a step forwards is followed.
"""

import threading
import time
from collections.abc import Callable


def wall_clock() -> int:
    """The machine's time, in Unix milliseconds UTC."""
    return time.time_ns() // 1_000_000


def _ticks() -> int:
    """Milliseconds since some moment, whatever is done to the machine's time."""
    return time.monotonic_ns() // 1_000_000


class SteadyClock:
    """Gives Unix milliseconds UTC that never decrease. Several threads may ask at once."""

    def __init__(
        self, wall: Callable[[], int] = wall_clock, ticks: Callable[[], int] = _ticks
    ) -> None:
        self._wall, self._ticks = wall, ticks
        self._lock = threading.Lock()
        self._last, self._last_tick = wall(), ticks()

    def __call__(self) -> int:
        """The time now."""
        with self._lock:
            tick = self._ticks()
            self._last = max(self._wall(), self._last + tick - self._last_tick)
            self._last_tick = tick
            return self._last
