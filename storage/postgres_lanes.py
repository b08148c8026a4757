"""Who owns the lanes, among all processes on all machines: an advisory lock of PostgreSQL's.

A connection of its own holds it and hears of new work. The server ends that connection when
nothing was heard on it for a while, so the lanes are taken from an owner that died, was paused or
cut off alike. An owner that does not know yet is stopped by its lane's term (:mod:`storage.lanes`).

There is one lock for all lanes: one process has all or none, because they share HubSpot's limit.
https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from casework.work import Kind
from storage.engine import Connection
from storage.postgres_announcer import CHANNEL
from storage.postgres_connection import LOCKS, WORKING, Patience, PatientConnection, connect

log = logging.getLogger(__name__)

#: How often a sign of life is given, and lanes are tried for, in seconds.
BEAT = 0.5
#: After so long without a sign the server takes the lanes away, in milliseconds …
_TAKEN_AFTER = 2_500
#: … and a little earlier we take it that they are gone, in seconds.
_GONE_AFTER = 2.0
_PATIENCE = Patience(statement=1_000, idle=_TAKEN_AFTER)
#: How long to wait before connecting again, in seconds.
_RECONNECT_AFTER = 0.5


@dataclass(frozen=True)
class Hold:
    """That a connection got the lanes, if it did. ``lasts`` says whether it still has, as we know.

    ``by`` is the server's number of the connection.
    """

    by: int | None
    lasts: Callable[[], bool]

    def is_known_to(self, connection: Connection) -> bool:
        """Whether the server says so too, whatever we think."""
        return bool(
            connection.rows(
                """
                SELECT 1 FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND pid = :pid
                  AND classid = :ours AND objid = :working
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """,
                pid=self.by,
                ours=LOCKS,
                working=WORKING,
            )
        )


class LaneKeeper:
    """A thread that holds all lanes for this process. It starts when the first one is wanted.

    ``heard`` is called with the kinds of work that some process has asked for.
    """

    def __init__(self, url: str, heard: Callable[[frozenset[Kind]], None]) -> None:
        self._url, self._heard = url, heard
        self._state = threading.Condition()
        self._wanted = 0
        #: The server's number of the connection that holds the lock, if any does.
        self._held_by: int | None = None
        #: How often the lock was taken, so that whoever had it before knows that it was lost.
        self._taken = 0
        self._heard_at = 0.0
        self._closing = threading.Event()
        self._broke_by = ""
        self._thread: threading.Thread | None = None

    @contextmanager
    def hold(self) -> Iterator[Hold]:
        """Try for a moment to get the lanes. Gives a hold, which may not last, or be none."""
        self._want()
        try:
            with self._state:
                self._state.wait_for(lambda: self._held_by or self._closing.is_set(), BEAT * 2)
                by, taken = self._held_by, self._taken
            yield Hold(by, lambda: by is not None and self._lasts(taken))
        finally:
            with self._state:
                self._wanted -= 1

    def _want(self) -> None:
        with self._state:
            self._wanted += 1
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._run, name="lanes", daemon=True)
                self._thread.start()

    def _lasts(self, taken: int) -> bool:
        with self._state:
            fresh = time.monotonic() - self._heard_at < _GONE_AFTER
            return self._held_by is not None and fresh and self._taken == taken

    def close(self) -> None:
        """Let go of the lanes."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                with connect(self._url, _PATIENCE) as connection:
                    self._keep(connection)
            except Exception as error:  # noqa: BLE001  without this thread nobody works here again
                self._broke_by = type(error).__name__  # said later: our log needs the database
            with self._state:
                self._held_by = None
            self._closing.wait(_RECONNECT_AFTER)

    def _keep(self, connection: PatientConnection) -> None:
        connection.execute(f"LISTEN {CHANNEL}".encode())
        next_beat = 0.0
        while not self._closing.is_set():
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + BEAT
                self._beat(connection)
            wait = max(0.0, next_beat - time.monotonic())
            for notification in connection.notifies(timeout=wait, stop_after=1):
                self._heard(_kinds_in(notification.payload))

    def _beat(self, connection: PatientConnection) -> None:
        """Give a sign of life. Let go of the lanes when nobody wants them; try for them if so."""
        begun = time.monotonic()
        connection.execute("SELECT 1")
        with self._state:
            self._heard_at = begun
            wanted = self._wanted > 0
            letting_go = self._held_by is not None and not wanted
            trying = self._held_by is None and wanted
            if letting_go:
                self._held_by = None
        if letting_go:
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, WORKING])
        if trying:
            self._try(connection)
        self._say_what_broke()

    def _try(self, connection: PatientConnection) -> None:
        (row,) = connection.execute(
            "SELECT pg_try_advisory_lock(%s, %s) AS got", [LOCKS, WORKING]
        ).fetchall()
        if row["got"]:
            with self._state:
                self._held_by = connection.info.backend_pid
                self._taken += 1
                self._state.notify_all()

    def _say_what_broke(self) -> None:
        """Elsewhere: the log may wait for the database, and a lane must not wait for the log."""
        if self._broke_by:
            words = ("the lanes' connection was broken (%s), and is mended", self._broke_by)
            threading.Thread(target=log.warning, args=words, daemon=True).start()
            self._broke_by = ""


def _kinds_in(payload: str) -> frozenset[Kind]:
    """The kinds in a word from another process, which may know more of them than we do."""
    known = set(Kind)
    return frozenset(Kind(word) for word in payload.split(",") if word in known)
