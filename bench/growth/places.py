"""Where a store is kept while growth is measured: an SQLite file, or a PostgreSQL of our own."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

from casework.ports import Sealer
from storage.postgres import PostgresStore
from storage.sqlite import SqliteStore
from storage.store import TableStore
from tests.postgres_server import postgres_server

#: Writes many rows of a table, in the order of these columns.
Load = Callable[[str, Sequence[str], Iterable[Sequence[object]]], None]


class Place(Protocol):
    """One database: ``desk.db`` in the folder, or that at ``url``, if there is one.

    It is there, with its schema, once it was opened.
    """

    folder: Path
    url: str

    def open(self, sealer: Sealer) -> TableStore:
        """The store in it, as a process that starts opens it."""

    def bulk(self) -> AbstractContextManager[Load]:
        """A quick way in: past the store, with the indexes made at the end."""

    def settle(self) -> None:
        """What is done by itself in time is done now."""

    def size(self) -> int:
        """What it takes on the disk, in bytes."""


class SqlitePlace:
    """Implements :class:`Place` on one file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder, ""
        self._path = folder / "desk.db"

    def open(self, sealer: Sealer) -> TableStore:
        """Open the file."""
        return SqliteStore(self._path, sealer)

    @contextmanager
    def bulk(self) -> Iterator[Load]:
        """Nothing is safe on the disk until the end, so it is quick."""
        with closing(sqlite3.connect(self._path, isolation_level=None)) as file:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
                file.execute(f"PRAGMA {pragma}")
            found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''"
            indexes = dict(file.execute(found).fetchall())
            for name in indexes:
                file.execute(f"DROP INDEX {name}")

            def load(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
                places = ", ".join("?" * len(columns))
                insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
                file.execute("BEGIN")
                file.executemany(insert, rows)
                file.execute("COMMIT")

            yield load
            for statement in indexes.values():
                file.execute(statement)
            file.execute("PRAGMA journal_mode = WAL")

    def settle(self) -> None:
        """Nothing: what it does by itself, it has done."""

    def size(self) -> int:
        """The file and what belongs to it."""
        return sum(one.stat().st_size for one in self.folder.glob(f"{self._path.name}*"))


class PostgresPlace:
    """Implements :class:`Place` on one database of a server."""

    def __init__(self, url: str) -> None:
        self.folder, self.url = Path(), url

    def open(self, sealer: Sealer) -> TableStore:
        """Connect."""
        return PostgresStore(self.url, sealer)

    @contextmanager
    def bulk(self) -> Iterator[Load]:
        """COPY."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            indexes: dict[str, str] = dict(connection.execute(_PLAIN_INDEXES).fetchall())
            for name in indexes:
                connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))

            def load(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
                copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
                    sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
                )
                with connection.cursor() as cursor, cursor.copy(copy) as into:
                    for row in rows:
                        into.write_row(row)

            yield load
            for statement in indexes.values():
                connection.execute(statement.encode())
            connection.execute(_GO_ON_COUNTING)

    def settle(self) -> None:
        """Vacuum and analyse, as the server does by itself in time."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")

    def size(self) -> int:
        """The tables with their indexes, without the server's own log."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0


#: Those that no key stands on.
_PLAIN_INDEXES = b"""
    SELECT indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public'
      AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
_GO_ON_COUNTING = b"""
    SELECT setval(pg_get_serial_sequence('deliveries', 'id'), (SELECT max(id) FROM deliveries))
"""

#: Makes a place under this name.
MakePlace = Callable[[str], Place]


@contextmanager
def places(engine: str, folder: Path) -> Iterator[MakePlace]:
    """Where to make places of this engine: ``sqlite`` or ``postgres``."""
    if engine == "sqlite":
        yield lambda name: SqlitePlace(folder / name)
        return
    settings = {"shared_buffers": "512MB", "max_wal_size": "4GB"}
    with postgres_server(settings=settings) as server:
        yield lambda _name: PostgresPlace(server.make_database())
