"""One thread writes for everybody who waits, and commits once for all of them.

Threads that each commit fight for SQLite's write lock, and the loser's back-off is a tail of
hundreds of milliseconds. One writer that takes whatever has queued up has no tail, and shares each
wait for the disk among all who wait.
"""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from casework.errors import CreditsDeskError, NotKept

T = TypeVar("T")
log = logging.getLogger(__name__)

#: The most that one commit carries, so that the first in line never waits long.
_MOST_TOGETHER = 256

Change = Callable[[], Any]


class GroupLost(BaseException):
    """The database gave up the transaction, and with it every change of the group."""


class GroupCommit:
    """Runs changes one after the other, each all or nothing, several to a commit.

    ``together`` is entered around a group and commits at its end, ``alone`` around each change in
    it and takes only that one back. ``committed`` is called after each commit.
    """

    def __init__(
        self,
        together: Callable[[], AbstractContextManager[object]],
        alone: Callable[[], AbstractContextManager[object]],
        committed: Callable[[], None],
    ) -> None:
        self._together, self._alone, self._committed = together, alone, committed
        self._waiting: queue.SimpleQueue[tuple[Change, Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._closed = False
        self._closing = threading.Lock()
        self._thread.start()

    def write(self, change: Callable[[], T]) -> T:
        """Run the change on the writer's thread; return once it is on the disk.

        Raises :class:`NotKept`, or what the change itself raised.
        """
        if threading.current_thread() is self._thread:
            raise NotKept("a change must not start another one")
        done: Future[T] = Future()
        with self._closing:  # nobody may queue up behind the end, where they would wait for ever
            if self._closed:
                raise NotKept("the database is closed")
            self._waiting.put((change, done))
        return done.result()

    def close(self) -> None:
        """Finish what waits, then stop."""
        with self._closing:
            self._closed = True
            self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (group := self._next_group()) is not None:
            try:
                outcomes = self._commit(group)
            except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it
                log.error("a commit failed: %s", type(error).__name__)
                for _, done in group:
                    done.set_exception(_as_not_kept(error))
                continue
            for (_, done), outcome in zip(group, outcomes, strict=True):
                outcome(done)
            self._committed()

    def _next_group(self) -> list[tuple[Change, Future[Any]]] | None:
        """Whoever waits; nothing once the end has been reached."""
        first = self._waiting.get()
        if first is None:
            return None
        group = [first]
        while len(group) < _MOST_TOGETHER:
            try:
                another = self._waiting.get_nowait()
            except queue.Empty:
                break
            if another is None:
                self._waiting.put(None)
                break
            group.append(another)
        return group

    def _commit(
        self, group: list[tuple[Change, Future[Any]]]
    ) -> list[Callable[[Future[Any]], None]]:
        with self._together():
            return [self._attempt(change) for change, _ in group]

    def _attempt(self, change: Change) -> Callable[[Future[Any]], None]:
        """Run one change. What it raises is its own affair, unless the whole group is lost."""
        try:
            with self._alone():
                result = change()
        except Exception as error:  # noqa: BLE001 - handed to whoever asked for the change
            failure = error
            return lambda done: done.set_exception(failure)
        return lambda done: done.set_result(result)


def _as_not_kept(error: BaseException) -> CreditsDeskError:
    return NotKept(f"nothing was written: {type(error).__name__}")
