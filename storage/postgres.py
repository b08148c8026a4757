"""PostgreSQL: one database for as many processes and machines as one likes.

Changes take turns, as they do in SQLite: each holds one lock until it is committed, so the rules
may look before they write. What only comes in at the door (:meth:`PostgresStore.append`) does not
wait for that turn.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import TypeVar, cast

from casework.errors import LaneLost, NotKept
from casework.ports import Sealer
from casework.work import Kind
from storage.postgres_announcer import Announcer
from storage.postgres_connection import (
    LOCKS,
    WRITING,
    Patience,
    PatientConnection,
    PostgresConnection,
    connect,
)
from storage.postgres_errors import Again, in_words
from storage.postgres_keys import refuse_other_keys
from storage.postgres_lanes import Hold, LaneKeeper
from storage.postgres_pool import Transactions
from storage.postgres_schema import migrate
from storage.tables import Tables

T = TypeVar("T")
log = logging.getLogger(__name__)

#: How often to try what failed only because somebody did the same at the same moment.
_TRIES = 5
#: How long to wait for the other changes of this process, in seconds.
_WAIT_FOR_TURN = 4.0
#: A write is short; what people look at may take longer; a migration longer still.
_WRITERS = Patience(statement=5_000)
_READERS = Patience(statement=30_000, idle_in_transaction=60_000)
_MIGRATORS = Patience(statement=3_600_000, lock=600_000)

_BEGIN_READING = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_BEGIN_APPENDING = b"BEGIN"
_BEGIN_WRITING = f"BEGIN; SELECT pg_advisory_xact_lock({LOCKS}, {WRITING})".encode()


class PostgresStore:
    """Implements :class:`storage.store.TableStore` on one PostgreSQL database."""

    clears_itself = True

    def __init__(self, url: str, sealer: Sealer) -> None:
        """Connect, and make or migrate the schema. Raises :class:`NotKept` if that cannot be.

        Raises :class:`casework.errors.Unreadable`, all as it was, if the database has other keys.
        """
        self.announce: Callable[[frozenset[Kind]], None] = lambda _kinds: None
        self._url, self._sealer = url, sealer
        self._local = threading.local()
        self._turn = threading.Lock()
        in_words("the database cannot be opened", self._prepare)
        self._readers = Transactions(url, _READERS, begin_within=2.0)
        self._writers = Transactions(url, _WRITERS, begin_within=5.0)
        self._announcer = Announcer(url)
        self._lanes = LaneKeeper(url, heard=self._hear)

    def _prepare(self) -> None:
        with connect(self._url, _MIGRATORS) as connection:
            refuse_other_keys(connection, self._sealer)
            migrate(connection)

    def read(self, look: Callable[[Tables], T]) -> T:
        """Look at what is committed, at one point in time. Raises :class:`NotKept`."""
        reading = cast("Tables | None", getattr(self._local, "reading", None))
        if reading is not None:  # somebody looks while looking: the same point in time
            return look(reading)
        return in_words("the database could not be read", lambda: self._read(look))

    def _read(self, look: Callable[[Tables], T]) -> T:
        with self._readers.begin(_BEGIN_READING) as connection:
            tables = Tables(PostgresConnection(connection), self._sealer)
            self._local.reading = tables
            try:
                return look(tables)
            finally:
                self._local.reading = None

    def write(self, change: Callable[[Tables], T]) -> T:
        """Change, all or nothing; on the disk when this returns. Raises :class:`NotKept`."""
        return self._change(change, _BEGIN_WRITING, self._take_turn())

    def append(self, change: Callable[[Tables], T]) -> T:
        """As :meth:`write`, without waiting for a turn; see :class:`casework.records.Store`."""
        for _ in range(_TRIES - 1):
            try:
                return self._change(change, _BEGIN_APPENDING, nullcontext())
            except Again:
                log.info("two processes wrote the same rows at once; once more")
        return self._change(change, _BEGIN_APPENDING, nullcontext())

    def _change(
        self, change: Callable[[Tables], T], begin: bytes, turn: AbstractContextManager[None]
    ) -> T:
        if getattr(self._local, "writing", False):
            raise NotKept("a change must not start another one")
        self._local.writing = True
        try:
            with turn:
                result, noticed = in_words(
                    "nothing was written", lambda: self._commit(change, begin)
                )
        finally:
            self._local.writing = False
        self._after_commit(noticed)
        return result

    @contextmanager
    def _take_turn(self) -> Iterator[None]:
        """Take turns within this process before it is done in the database.

        So only one of our connections at a time can be next in turn there when we are paused or
        cut off, and keep everybody else waiting until the server ends it.
        """
        if not self._turn.acquire(timeout=_WAIT_FOR_TURN):
            raise NotKept("nothing was written: other changes take too long")
        try:
            yield
        finally:
            self._turn.release()

    def _commit(self, change: Callable[[Tables], T], begin: bytes) -> tuple[T, frozenset[Kind]]:
        """What the change returned, and the kinds of work that were asked for in it."""
        with self._writers.begin(begin) as connection:
            tables = Tables(PostgresConnection(connection), self._sealer)
            self._check_lane(connection)
            result = change(tables)
            connection.execute("COMMIT")
            return result, frozenset(tables.work.noticed)

    def _check_lane(self, connection: PatientConnection) -> None:
        """Raise :class:`LaneLost` where this thread works for a lane that is not ours any more."""
        fence = getattr(self._local, "fence", None)
        if fence is None:
            return
        lane, term = fence
        row = connection.execute("SELECT term FROM lanes WHERE lane = %s", [lane]).fetchone()
        if row is None or row["term"] != term:
            raise LaneLost

    def _hear(self, kinds: frozenset[Kind]) -> None:
        """Some process has asked for work."""
        self.announce(kinds)

    def _after_commit(self, kinds: frozenset[Kind]) -> None:
        if kinds:
            self.announce(kinds)
            self._announcer.tell(kinds)

    def check_keys(self) -> None:
        """Make sure that what is sealed here opens with our keys.

        Raises :class:`casework.errors.Unreadable` for other keys than this database was made with.
        """
        if not self.read(lambda tables: tables.keys.check()):
            self.write(lambda tables: tables.keys.begin())

    def purge_log(self) -> bool:
        """Nothing, and false: what was deleted stays in PostgreSQL's files and log for a while.

        Only the server's own clearing-up takes it away; see docs/postgresql.md.
        """
        return False

    @contextmanager
    def own_lane(self, lane: str) -> Iterator[Callable[[], bool]]:
        """Try to own a lane. Gives a way to ask whether we do; the lock dies with its owner.

        Whoever gets the lock begins a new term; the writes of earlier ones are refused from then.
        """
        with self._lanes.hold() as hold:
            if hold.lasts():
                term = self.write(partial(_begin_term, lane=lane, hold=hold))
                self._local.fence = lane, term
            try:
                yield hold.lasts
            finally:
                self._local.fence = None

    def close(self) -> None:
        """Let go of the lanes, say what is still to be said, and close all connections."""
        self._lanes.close()
        self._announcer.close()
        self._readers.close()
        self._writers.close()


def _begin_term(tables: Tables, lane: str, hold: Hold) -> int:
    """Begin a new term, if the lanes are still ours. Raises :class:`LaneLost`."""
    if not hold.is_known_to(tables.connection):
        raise LaneLost
    return tables.lanes.begin_term(lane)
