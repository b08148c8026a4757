"""How fast HubSpot may be called: one pace for everything that calls it in this process."""

import threading
import time
from collections.abc import Callable

from pyrate_limiter import InMemoryBucket, Limiter, Rate, SingleBucketFactory

from casework.errors import Unavailable

#: Pauses up to this many seconds are slept through; in longer ones calls fail at once.
LONGEST_SLEEP = 10.0
_MARGIN = 1.025


class Pace:
    """At most so many calls within so many seconds, and none during a pause.

    HubSpot allows an app 190 calls in ten seconds, or 100 in a free or Starter account; which of
    the two, its answers tell (:meth:`lower`).
    Source: https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
    """

    def __init__(
        self,
        calls: int = 190,
        seconds: float = 10.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock, self.sleep = clock, sleep
        self._calls_a_second = calls / seconds
        self._bucket = InMemoryBucket([_rate(calls, seconds)])
        # We let go of old calls ourselves: a thread of the limiter's would not survive a fork.
        self._limiter = Limiter(SingleBucketFactory(self._bucket, schedule_leak=False))
        self._lock = threading.Lock()
        self._paused_until = 0.0

    def wait(self, operation: str) -> None:
        """Wait for one's turn. Raises :class:`Unavailable` where the pause is a long one."""
        while (left := self._pause_left()) > 0:
            if left > LONGEST_SLEEP:
                raise Unavailable("HubSpot", operation, "PAUSED", retry_after=int(left * 1000))
            self.sleep(left)
        self._bucket.leak(self._bucket.now())  # type: ignore[no-untyped-call]
        self._limiter.try_acquire("hubspot")

    def pause(self, seconds: float) -> None:
        """Let nobody call for so long."""
        with self._lock:
            self._paused_until = max(self._paused_until, self._clock() + seconds)

    def lower(self, calls: int, seconds: float) -> None:
        """From now on make so many calls within so many seconds, where that is less than before."""
        with self._lock:
            if calls / seconds < self._calls_a_second:
                self._calls_a_second = calls / seconds
                self._bucket.rates = [_rate(calls, seconds)]

    def _pause_left(self) -> float:
        with self._lock:
            return self._paused_until - self._clock()


def _rate(calls: int, seconds: float) -> Rate:
    # A little longer, since calls arrive less evenly than they leave.
    return Rate(calls, int(seconds * 1000 * _MARGIN))
