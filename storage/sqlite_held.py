"""An SQLite file in our hands alone.

In WAL mode whoever has a file open holds a lock on it, and in exclusive locking mode SQLite wants
it all to itself: so every process of the service is noticed, and none can open the file meanwhile.
https://www.sqlite.org/wal.html#use_of_wal_without_shared_memory
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from casework.errors import Inconsistent, NotKept
from storage.engine import Connection, Row
from storage.held_database import SpokenConnection
from storage.sqlite import SqliteConnection
from storage.sqlite_schema import find_steps, make_schema, name_of

#: How long to wait for a process that is just ending, in seconds.
_BUSY_SECONDS = 2.0

#: In this order: how the file is locked is settled when it is first looked at.
_PRAGMAS = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
)


@contextmanager
def hold_sqlite_to_read(file: Path) -> Iterator["HeldSqlite"]:
    """An existing file, of which nothing is changed."""
    if not file.is_file():
        raise NotKept(f"there is no database {file}")
    with _in_words(file), closing(_connect(file)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("PRAGMA query_only = ON")
        yield HeldSqlite(file, connection)


@contextmanager
def hold_sqlite_to_fill(file: Path) -> Iterator["HeldSqlite"]:
    """A file that may be a new one, for its owner only."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise NotKept(f"{file} cannot be made: {error.strerror}") from None
    with _in_words(file), closing(_connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        yield HeldSqlite(file, connection)


class HeldSqlite:
    """Implements :class:`storage.held_database.HeldDatabase`."""

    keeps_nul = True

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self._opened = connection
        self.connection: Connection = SpokenConnection(
            SqliteConnection(connection), lambda: _in_words(file)
        )

    def find_steps(self) -> frozenset[str] | None:
        """The steps of the schema that were done; nothing for a file without any table."""
        return find_steps(self.connection)

    def make_schema(self) -> None:
        """Make the tables, within the transaction at hand."""
        make_schema(Database(self._opened))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Whatever is changed within is on the disk at its end, or not at all."""
        self._opened.execute("BEGIN EXCLUSIVE")
        try:
            yield
            self._opened.execute("COMMIT")
        except BaseException:
            if self._opened.in_transaction:
                self._opened.execute("ROLLBACK")
            raise

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add these rows."""
        columns, places = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        insert = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - our names
        self.connection.run_many(insert, rows)

    def count_on(self) -> None:
        """SQLite looks for itself which numbers there are."""


def _connect(file: Path) -> sqlite3.Connection:
    """Open a file that exists, and make sure that nobody else has it open."""
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    """Turn SQLite's errors, which may quote what is kept, into ours."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Inconsistent(f"{file} does not take a row: {error.sqlite_errorname}") from None
    except sqlite3.Error as error:
        word = name_of(error)
        raise NotKept(f"{file} {_MEANINGS.get(word, 'cannot be used')} ({word})") from None


_MEANINGS = {
    "SQLITE_BUSY": "is in use: stop every process of the service (and whatever else has it open)",
    "SQLITE_NOTADB": "is not an SQLite database",
    "SQLITE_FULL": "has no more room: the disk is full",
    "SQLITE_READONLY": "may not be written to, which SQLite needs also to read it safely",
    "SQLITE_CANTOPEN": "cannot be opened: look at the permissions of it and of its folder",
}
