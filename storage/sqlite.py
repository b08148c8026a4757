"""SQLite: one file, one writer thread a process, readers that never wait."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar, cast

from sqlite_utils import Database

from casework.errors import Inconsistent, NotKept
from casework.ports import Sealer
from casework.work import Kind
from storage.engine import Row
from storage.group_commit import GroupCommit, GroupLost
from storage.sqlite_keys import refuse_other_keys
from storage.sqlite_schema import make_schema, name_of
from storage.tables import Tables

T = TypeVar("T")

#: How long to wait for another process's write, or a backup's lock, in seconds.
_BUSY_SECONDS = 2.0

#: Durable at each commit, and nothing deleted stays readable in free pages.
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
)


class SqliteConnection:
    """Implements :class:`storage.engine.Connection`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, **parameters: object) -> Sequence[Row]:
        """Run a statement and return its rows, as dictionaries."""
        cursor = self._connection.execute(sql, parameters)
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def run(self, sql: str, **parameters: object) -> int:
        """Run a statement and return how many rows it changed."""
        return self._connection.execute(sql, parameters).rowcount

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement once for each of these rows of parameters."""
        self._connection.executemany(sql, rows)


class SqliteStore:
    """Implements :class:`casework.records.Store` on one SQLite file.

    ``announce`` is called after a commit with the kinds of work that were asked for in it.
    """

    clears_itself = False

    def __init__(self, path: Path, sealer: Sealer) -> None:
        """Open the file, making or migrating it. Raises :class:`NotKept` if that cannot be.

        Raises :class:`casework.errors.Unreadable`, the file as it was, if it has other keys.
        """
        refuse_other_keys(path, sealer)
        self.path = path
        self.announce: Callable[[frozenset[Kind]], None] = lambda _kinds: None
        self._sealer = sealer
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._closed = False
        self._prepare_file()
        self._writer = self._connect()
        self._tables = Tables(SqliteConnection(self._writer), sealer)
        self._database = Database(self._writer)
        self._group = GroupCommit(self._transaction, self._savepoint, self._after_commit)

    def read(self, look: Callable[[Tables], T]) -> T:
        """Look at what is committed, at one point in time."""
        try:
            connection, tables = self._reader()
            if connection.in_transaction:  # somebody looks while looking: the same point in time
                return look(tables)
            connection.execute("BEGIN")
            try:
                return look(tables)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise NotKept(f"the database could not be read: {name_of(error)}") from None

    def write(self, change: Callable[[Tables], T]) -> T:
        """Change, all or nothing; on the disk when this returns. Raises :class:`NotKept`."""
        try:
            return self._group.write(lambda: change(self._tables))
        except sqlite3.IntegrityError as error:
            raise Inconsistent(f"contradicts what is there: {error.sqlite_errorname}") from None
        except sqlite3.Error as error:
            raise NotKept(f"nothing was written: {name_of(error)}") from None

    def append(self, change: Callable[[Tables], T]) -> T:
        """As :meth:`write`: there is one writer here, whatever is written."""
        return self.write(change)

    def check_keys(self) -> None:
        """Make sure that what is sealed here opens with our keys.

        Raises :class:`casework.errors.Unreadable` for other keys than this database was made with.
        """

        if not self.read(lambda tables: tables.keys.check()):
            self.write(lambda tables: tables.keys.begin())

    def purge_log(self) -> bool:
        """Write the file anew, without what was erased, and empty the write-ahead log.

        `secure_delete` overwrites what is deleted, but not the copies that stay behind in a page
        when rows move to another. Whoever writes waits meanwhile. Returns whether it was done; not
        while somebody reads what was there before.
        """
        try:
            with closing(self._connect()) as connection:
                connection.execute("VACUUM")
                (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            if name_of(error).startswith("SQLITE_BUSY"):
                return False
            raise NotKept(f"the log could not be purged: {name_of(error)}") from None
        return bool(busy == 0)

    def close(self) -> None:
        """Finish what waits and close the file."""
        self._group.close()
        self._closed = True
        for connection in [self._writer, *self._readers]:
            connection.close()

    @contextmanager
    def own_lane(self, lane: str) -> Iterator[Callable[[], bool]]:
        """Try to own a lane. Gives a way to ask whether we do; the lock dies with its owner.

        A process that is paused keeps it, so nobody can take over from one that is not dead.
        """
        file = self.path.with_name(f"{self.path.name}.lane-{lane}")
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                ours = True
            except BlockingIOError:
                ours = False
            yield lambda: ours
        finally:
            os.close(descriptor)

    def _prepare_file(self) -> None:
        """Make the file, for its owner only, and bring the schema up to date."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _make_file(self.path)
            # SQLite does not wait for its turn to change to WAL, so that is done in here as well.
            with (
                _locked(self.path.with_name(f"{self.path.name}.migrating")),
                closing(self._connect()) as connection,
            ):
                make_schema(Database(connection))
        except (OSError, sqlite3.Error) as error:
            raise NotKept(f"the database cannot be opened: {type(error).__name__}") from None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return connection

    def _reader(self) -> tuple[sqlite3.Connection, Tables]:
        """This thread's own connection, which cannot write."""
        if self._closed:
            raise NotKept("the database is closed")
        if not hasattr(self._local, "reader"):
            connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
            self._readers.append(connection)
            self._local.reader = connection, Tables(SqliteConnection(connection), self._sealer)
        return cast("tuple[sqlite3.Connection, Tables]", self._local.reader)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """A write transaction that takes its lock at once, so that it cannot fail half-way."""
        self._tables.work.noticed.clear()
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._writer.execute("COMMIT")
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        """Take back one change only. A full disk makes SQLite give up the whole transaction."""
        try:
            with self._database.atomic():
                yield
        except Exception:
            if not self._writer.in_transaction:
                raise GroupLost from None
            raise

    def _after_commit(self) -> None:
        if self._tables.work.noticed:
            self.announce(frozenset(self._tables.work.noticed))


def _make_file(path: Path) -> None:
    """Make the file for its owner only, where there is none.

    One that is there is not even opened: to close it would let go of the locks by which SQLite
    knows that this process is using it (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other processes out."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
