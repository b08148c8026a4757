"""Who owns which lane, among all processes on all machines: PostgreSQL's advisory locks.

One connection holds all lanes of this process and hears of new work. The server ends it when
nothing was heard on it for a while, so a lane is taken from an owner that died, was paused or cut
off alike. An owner that does not know yet is stopped by the lane's term (:mod:`storage.lanes`).

One process has all lanes or none, because they share HubSpot's limit.
https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

import logging
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from casework.work import Kind
from storage.engine import Connection
from storage.postgres_announcer import CHANNEL
from storage.postgres_connection import LOCKS, Patience, PatientConnection, connect

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
    """That a connection got a lane, if it did. ``lasts`` says whether it still has, as we know."""

    lane: str
    by: int | None
    lasts: Callable[[], bool]

    def is_known_to(self, connection: Connection) -> bool:
        """Whether the server says so too, whatever we think."""
        return bool(
            connection.rows(
                """
                SELECT 1 FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND pid = :pid
                  AND classid = :ours AND objid = :lane
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """,
                pid=self.by,
                ours=LOCKS,
                lane=_number(self.lane),
            )
        )


class LaneKeeper:
    """A thread that holds lanes for this process. It starts with the first lane that is wanted.

    ``heard`` is called with the kinds of work that some process has asked for.
    """

    def __init__(self, url: str, heard: Callable[[frozenset[Kind]], None]) -> None:
        self._url, self._heard = url, heard
        self._state = threading.Condition()
        self._wanted: set[str] = set()
        #: Lanes held, each with the server's number of the connection that holds it.
        self._held: dict[str, int] = {}
        self._heard_at = 0.0
        self._closing = threading.Event()
        self._broke_by = ""
        self._thread: threading.Thread | None = None

    @contextmanager
    def hold(self, lane: str) -> Iterator[Hold]:
        """Try for a moment to get a lane. Gives a hold on it, which may not last, or be none."""
        self._want(lane)
        try:
            with self._state:
                self._state.wait_for(lambda: lane in self._held or self._closing.is_set(), BEAT * 2)
                by = self._held.get(lane)
            yield Hold(lane, by, lambda: self._lasts(lane, by))
        finally:
            with self._state:
                self._wanted.discard(lane)

    def _want(self, lane: str) -> None:
        with self._state:
            self._wanted.add(lane)
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._run, name="lanes", daemon=True)
                self._thread.start()

    def _lasts(self, lane: str, by: int | None) -> bool:
        with self._state:
            fresh = time.monotonic() - self._heard_at < _GONE_AFTER
            return by is not None and fresh and self._held.get(lane) == by

    def close(self) -> None:
        """Let go of all lanes."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                with connect(self._url, _PATIENCE) as connection:
                    self._keep(connection)
            except psycopg.Error as error:
                self._broke_by = type(error).__name__  # said later: our log needs the database
            with self._state:
                self._held.clear()
            self._closing.wait(_RECONNECT_AFTER)

    def _keep(self, connection: PatientConnection) -> None:
        connection.execute(f"LISTEN {CHANNEL}".encode())
        if self._broke_by:
            log.warning("the lanes' connection was broken (%s), and is mended", self._broke_by)
            self._broke_by = ""
        next_beat = 0.0
        while not self._closing.is_set():
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + BEAT
                self._beat(connection)
            wait = max(0.0, next_beat - time.monotonic())
            for notification in connection.notifies(timeout=wait, stop_after=1):
                self._heard(_kinds_in(notification.payload))

    def _beat(self, connection: PatientConnection) -> None:
        """Give a sign of life; let go of what nobody wants, and try for what is missing."""
        begun = time.monotonic()
        connection.execute("SELECT 1")
        with self._state:
            self._heard_at = begun
            unwanted = [lane for lane in self._held if lane not in self._wanted]
            missing = sorted(self._wanted - self._held.keys())
        for lane in unwanted:
            self._release(connection, lane)
        for lane in missing:
            if not self._try(connection, lane):
                return  # somebody else has the others as well, or is about to

    def _try(self, connection: PatientConnection, lane: str) -> bool:
        (row,) = connection.execute(
            "SELECT pg_try_advisory_lock(%s, %s) AS got", [LOCKS, _number(lane)]
        ).fetchall()
        if row["got"]:
            with self._state:
                self._held[lane] = connection.info.backend_pid
                self._state.notify_all()
        return bool(row["got"])

    def _release(self, connection: PatientConnection, lane: str) -> None:
        with self._state:
            if lane in self._wanted:
                return
            del self._held[lane]
        connection.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, _number(lane)])


def _number(lane: str) -> int:
    """The second parameter of a lane's lock; the small numbers are for other purposes."""
    return (zlib.crc32(lane.encode()) & 0x3FFFFFFF) | 0x100


def _kinds_in(payload: str) -> frozenset[Kind]:
    """The kinds in a word from another process, which may know more of them than we do."""
    known = set(Kind)
    return frozenset(Kind(word) for word in payload.split(",") if word in known)
