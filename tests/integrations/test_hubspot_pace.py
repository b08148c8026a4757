"""How fast we call, on a real clock where the limiter has one."""

import threading
import time

import pytest

from casework.errors import Unavailable
from integrations.hubspot.pace import LONGEST_SLEEP, Pace


def test_no_more_calls_than_allowed_in_any_window() -> None:
    pace, times = Pace(10, 0.2), []

    def call() -> None:
        for _ in range(7):
            pace.wait("test")
            times.append(time.monotonic())

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    # The eleventh after any call is outside of that call's window, give or take a tick.
    assert all(later - first > 0.19 for first, later in zip(times, times[10:], strict=False))


def test_old_calls_are_forgotten() -> None:
    pace = Pace(1000, 0.05)
    for _ in range(300):
        pace.wait("test")
    time.sleep(0.2)
    pace.wait("test")
    assert pace._bucket.count() == 1


def test_a_short_pause_is_slept_through_and_a_long_one_is_not() -> None:
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(clock=lambda: now[0], sleep=sleep)
    pace.pause(LONGEST_SLEEP)
    pace.pause(1.0)
    pace.wait("test")
    assert slept == [LONGEST_SLEEP]
    pace.pause(60.0)
    with pytest.raises(Unavailable) as caught:
        pace.wait("test")
    assert caught.value.retry_after == 60_000


def test_the_pace_is_lowered_and_never_raised() -> None:
    pace = Pace(190, 10.0)
    for calls, seconds, expected in ((250, 10.0, 190), (100, 10.0, 100), (190, 10.0, 100)):
        pace.lower(calls, seconds)
        assert [rate.limit for rate in pace._bucket.rates] == [expected]


def test_what_was_called_before_the_pace_was_lowered_counts() -> None:
    pace, began = Pace(50, 0.2), time.monotonic()
    for _ in range(10):
        pace.wait("test")
    pace.lower(5, 0.2)
    pace.wait("test")
    assert time.monotonic() - began > 0.19
