"""A lane's worker: a thread that owns its lane while it lives, and stands by while another does."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from casework.errors import LaneLost
from casework.records import Store
from casework.work import Kind
from casework.worker import Step, Turns, place_of, run_round

log = logging.getLogger(__name__)

#: How often to look for work that another process asked for, in seconds.
LOOK_EVERY = 0.5
#: How often a standby tries to take over, in seconds.
STANDBY_PAUSE = 0.5
#: How long to wait after a fault of the database's, in seconds.
FAULT_PAUSE = 1.0


class LaneLocks(Protocol):
    """Says who owns a lane, among all processes."""

    def own_lane(self, lane: str) -> AbstractContextManager[Callable[[], bool]]:
        """Try to own a lane. Gives a way to ask whether we do; the lock dies with its owner.

        What this thread writes within is refused with :class:`~casework.errors.LaneLost` once
        somebody else has taken the lane, even where we have not noticed.
        """


class LaneWorker(threading.Thread):
    """Does the work of one lane. ``clock`` gives Unix milliseconds."""

    def __init__(
        self,
        lane: str,
        kinds: Sequence[Kind],
        *,
        store: Store,
        locks: LaneLocks,
        steps: Mapping[Kind, Step],
        clock: Callable[[], int],
    ) -> None:
        super().__init__(name=f"lane-{lane}", daemon=True)
        self.lane, self.kinds = lane, kinds
        self._turns = Turns(kinds)
        self._store, self._locks, self._steps, self._clock = store, locks, steps, clock
        self._wake, self._stopping = threading.Event(), threading.Event()

    def wake(self) -> None:
        """There is work."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the batch at hand, then end."""
        self._stopping.set()
        self._wake.set()

    def run(self) -> None:
        """Own the lane, or stand by, until told to stop."""
        while not self._stopping.is_set():
            try:
                with self._locks.own_lane(self.lane) as ours:
                    if ours():
                        log.info("this process owns lane %s", self.lane)
                        self._work(ours)
            except Exception as error:  # noqa: BLE001 - a lane must not die of one fault
                log.error("lane %s: %s", self.lane, place_of(error))
            self._stopping.wait(STANDBY_PAUSE)

    def _work(self, ours: Callable[[], bool]) -> None:
        while not self._stopping.is_set() and ours():
            try:
                if not self._run_round():
                    self._rest()
            except LaneLost:
                log.warning("lane %s was taken over by another process", self.lane)
                return
            except Exception as error:  # noqa: BLE001 - a lane must not die of one fault
                log.error("lane %s: %s", self.lane, place_of(error))
                self._stopping.wait(FAULT_PAUSE)

    def _run_round(self) -> bool:
        return run_round(self._store, self._steps, self.kinds, self._clock, self._turns)

    def _rest(self) -> None:
        """Wait until something is due or somebody wakes us."""
        due = self._store.read(lambda records: records.work.find_next_due(self.kinds))
        until_due = LOOK_EVERY if due is None else (due - self._clock()) / 1000
        self._wake.wait(max(0.0, min(LOOK_EVERY, until_due)))
        self._wake.clear()
