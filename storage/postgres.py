"""PostgreSQL: one database for as many processes and machines as one likes.

Changes take turns, as they do in SQLite: each holds one lock until it is committed, so the rules
may look before they write. What only comes in at the door (:meth:`PostgresStore.append`) does not
wait for that turn.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar, cast

import psycopg
from psycopg.errors import DeadlockDetected, SerializationFailure
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

from casework.errors import CreditsDeskError, Inconsistent, LaneLost, NotKept
from casework.ports import Sealer
from casework.work import Kind
from storage.key_check import check_opens
from storage.postgres_announcer import Announcer
from storage.postgres_connection import (
    CONNECTING,
    LOCKS,
    WRITING,
    Patience,
    PatientConnection,
    PostgresConnection,
    connect,
    settle,
)
from storage.postgres_lanes import Hold, LaneKeeper
from storage.postgres_schema import migrate
from storage.tables import Tables

T = TypeVar("T")
log = logging.getLogger(__name__)

#: At most so many connections of each kind for a process; with the lanes', ten in all.
_CONNECTIONS = 4
#: How often to try what failed only because somebody did the same at the same moment.
_TRIES = 5
#: How long to wait for a free one, in seconds.
_WAIT_FOR_CONNECTION = 3.0
#: … and while the database is known to be away, so that nobody queues up for nothing.
_WAIT_WHILE_AWAY = 0.1
#: After a failure the database is taken to be away for so long, in seconds.
_AWAY = 1.0
#: A write is short; what people look at may take longer; a migration longer still.
_WRITERS = Patience(statement=5_000)
_READERS = Patience(statement=30_000)
_MIGRATORS = Patience(statement=3_600_000, lock=600_000)

_BEGIN_READING = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_BEGIN_APPENDING = b"BEGIN"
_BEGIN_WRITING = f"BEGIN; SELECT pg_advisory_xact_lock({LOCKS}, {WRITING})".encode()

Pool = ConnectionPool[PatientConnection]


class PostgresStore:
    """Implements :class:`storage.store.TableStore` on one PostgreSQL database."""

    def __init__(self, url: str, sealer: Sealer) -> None:
        """Connect, and make or migrate the schema. Raises :class:`NotKept` if that cannot be."""
        self.announce: Callable[[frozenset[Kind]], None] = lambda _kinds: None
        self._url, self._sealer = url, sealer
        self._local = threading.local()
        self._closed = False
        self._failed_at = -_AWAY
        with _errors_in_words("the database cannot be opened"):
            with connect(url, _MIGRATORS) as connection:
                _refuse_other_keys(connection, sealer)
                migrate(connection)
            self._readers = _pool(url, _READERS)
            self._writers = _pool(url, _WRITERS)
        self._announcer = Announcer(url)
        self._lanes = LaneKeeper(url, heard=self._hear)

    def read(self, look: Callable[[Tables], T]) -> T:
        """Look at what is committed, at one point in time."""
        reading = cast("Tables | None", getattr(self._local, "reading", None))
        if reading is not None:  # somebody looks while looking: the same point in time
            return look(reading)
        with (
            _errors_in_words("the database could not be read"),
            self._begin(self._readers, _BEGIN_READING) as connection,
        ):
            self._local.reading = Tables(PostgresConnection(connection), self._sealer)
            try:
                return look(self._local.reading)
            finally:
                self._local.reading = None

    def write(self, change: Callable[[Tables], T]) -> T:
        """Change, all or nothing; on the disk when this returns. Raises :class:`NotKept`."""
        return self._change(change, _BEGIN_WRITING)

    def append(self, change: Callable[[Tables], T]) -> T:
        """As :meth:`write`, without waiting for a turn; see :class:`casework.records.Store`."""
        for _ in range(_TRIES - 1):
            try:
                return self._change(change, _BEGIN_APPENDING)
            except _Again:
                log.info("two processes wrote the same rows at once; once more")
        return self._change(change, _BEGIN_APPENDING)

    def _change(self, change: Callable[[Tables], T], begin: bytes) -> T:
        if getattr(self._local, "writing", False):
            raise NotKept("a change must not start another one")
        self._local.writing = True
        try:
            with (
                _errors_in_words("nothing was written"),
                self._begin(self._writers, begin) as connection,
            ):
                tables = Tables(PostgresConnection(connection), self._sealer)
                self._check_lane(connection)
                result = change(tables)
                connection.execute("COMMIT")
        finally:
            self._local.writing = False
        self._after_commit(frozenset(tables.work.noticed))
        return result

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

    @contextmanager
    def _begin(self, pool: Pool, begin: bytes) -> Iterator[PatientConnection]:
        """A connection in a transaction, which is given up unless it was committed within."""
        if self._closed:
            raise NotKept("the database is closed")
        connection = self._begun(pool, begin)
        try:
            yield connection
        finally:
            _give_up(connection)
            pool.putconn(connection)

    def _begun(self, pool: Pool, begin: bytes) -> PatientConnection:
        """A connection with a transaction begun. Those that died in the pool are put aside."""
        away = time.monotonic() - self._failed_at < _AWAY
        for last_try in [*[False] * _CONNECTIONS, True]:
            try:
                connection = pool.getconn(_WAIT_WHILE_AWAY if away else _WAIT_FOR_CONNECTION)
            except psycopg.OperationalError:
                self._failed_at = time.monotonic()
                raise
            try:
                connection.execute(begin)
            except psycopg.OperationalError:
                dead = connection.closed
                _give_up(connection)
                pool.putconn(connection)
                if last_try or not dead:
                    raise
            else:
                return connection
        raise NotKept("no connection to the database")

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
        with self._lanes.hold(lane) as hold:
            if hold.lasts():
                self._local.fence = lane, self.write(partial(_begin_term, hold=hold))
            try:
                yield hold.lasts
            finally:
                self._local.fence = None

    def close(self) -> None:
        """Let go of the lanes, say what is still to be said, and close all connections."""
        self._lanes.close()
        self._announcer.close()
        self._closed = True
        for pool in (self._readers, self._writers):
            pool.close()


class _Again(NotKept):
    """Nothing was written because two processes were in each other's way."""


def _refuse_other_keys(connection: PatientConnection, sealer: Sealer) -> None:
    """Raise :class:`casework.errors.Unreadable` before anything is changed with other keys."""
    found = connection.execute("SELECT to_regclass('key_check') AS name").fetchone()
    if found is None or found["name"] is None:
        return
    row = connection.execute("SELECT sealed_value FROM key_check").fetchone()
    if row:
        check_opens(bytes(row["sealed_value"]), sealer)


def _begin_term(tables: Tables, hold: Hold) -> int:
    """Begin a new term, if the lane is still ours. Raises :class:`LaneLost`."""
    if not hold.is_known_to(tables.connection):
        raise LaneLost
    return tables.lanes.begin_term(hold.lane)


def _pool(url: str, patience: Patience) -> Pool:
    # What it would say of a broken connection is said by us; and our log needs the database itself.
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
    pool: Pool = ConnectionPool(
        url,
        connection_class=PatientConnection,
        kwargs=CONNECTING,
        configure=lambda connection: settle(connection, patience),
        min_size=1,
        max_size=_CONNECTIONS,
        timeout=_WAIT_FOR_CONNECTION,
        reconnect_timeout=5.0,
        open=True,
    )
    return pool


def _give_up(connection: PatientConnection) -> None:
    """Roll back what was not committed. A connection on which that fails is of no more use."""
    if connection.closed or connection.info.transaction_status is TransactionStatus.IDLE:
        return
    try:
        connection.execute("ROLLBACK")
    except psycopg.Error:
        connection.close()


@contextmanager
def _errors_in_words(what: str) -> Iterator[None]:
    """Turn psycopg's errors, whose messages may quote what is kept, into ours."""
    try:
        yield
    except CreditsDeskError:
        raise
    except (DeadlockDetected, SerializationFailure) as error:
        raise _Again(f"{what}: {_name_of(error)}") from None
    except (psycopg.IntegrityError, psycopg.DataError) as error:
        raise Inconsistent(f"contradicts what is there: {_name_of(error)}") from None
    except psycopg.Error as error:
        raise NotKept(f"{what}: {_name_of(error)}") from None


def _name_of(error: psycopg.Error) -> str:
    """PostgreSQL's word for it, or Python's where PostgreSQL was not even reached."""
    return f"{type(error).__name__} {error.sqlstate or ''}".strip()
