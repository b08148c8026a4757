"""A PostgreSQL database in our hands alone.

Whoever is connected as the same user is noticed, and so is whoever owns the lanes. From then on the
tables are locked, so that what comes later can wait, but not write.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import sql

from casework.errors import NotKept
from storage.engine import Connection, Row
from storage.every_table import TABLES
from storage.held_database import STEPS, SpokenConnection
from storage.postgres_connection import (
    LOCKS,
    WORKING,
    Patience,
    PatientConnection,
    PostgresConnection,
    connect,
)
from storage.postgres_errors import errors_in_words
from storage.postgres_schema import check_server, migrate

#: Counting a large table takes a while, and so does reading another one to its end meanwhile.
_PATIENCE = Patience(statement=3_600_000, idle_in_transaction=3_600_000)
#: How long to wait for a process that is just ending, in seconds.
_BUSY_SECONDS = 3.0
_LOCK = sql.SQL("LOCK TABLE {} IN {} MODE")


@contextmanager
def hold_postgres_to_read(url: str) -> Iterator["HeldPostgres"]:
    """A database as it is at one point in time, after which nobody writes to it."""
    with _alone(url, "the database to copy from cannot be read") as held:
        if held.find_steps() == STEPS:
            held.begin(b"BEGIN ISOLATION LEVEL REPEATABLE READ", "SHARE")
        yield held


@contextmanager
def hold_postgres_to_fill(url: str) -> Iterator["HeldPostgres"]:
    """A database to be filled."""
    with _alone(url, "the database to copy to cannot be written") as held:
        yield held


class HeldPostgres:
    """Implements :class:`storage.held_database.HeldDatabase`."""

    keeps_nul = False

    def __init__(self, connection: PatientConnection, what: str) -> None:
        self._connection, self._what = connection, what
        self.connection: Connection = SpokenConnection(
            PostgresConnection(connection), lambda: errors_in_words(what)
        )

    def find_steps(self) -> frozenset[str] | None:
        """The steps of the schema that were done; nothing for a database without any table."""
        rows = self.connection.rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        )
        tables = {row["table_name"] for row in rows}
        if "migrations" not in tables:
            return frozenset() if tables else None
        return frozenset(row["name"] for row in self.connection.rows("SELECT name FROM migrations"))

    def make_schema(self) -> None:
        """Make the tables, within the transaction at hand."""
        migrate(self._connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Whatever is changed within is on the disk at its end, or not at all."""
        self.begin(b"BEGIN", "EXCLUSIVE" if self.find_steps() else None)
        yield
        self._connection.execute("COMMIT")

    def begin(self, begin: bytes, mode: str | None) -> None:
        """Begin a transaction; with a mode, one in which all tables are locked."""
        self._connection.execute(begin)
        if mode:
            tables = sql.SQL(", ").join(map(sql.Identifier, TABLES))
            self._connection.execute(_LOCK.format(tables, sql.SQL(mode)))

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add these rows, in the way that PostgreSQL is fastest at.

        https://www.psycopg.org/psycopg3/docs/basic/copy.html
        """
        columns = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
        with (
            errors_in_words(self._what),
            self._connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            for row in rows:
                copy.write_row(list(row.values()))

    def count_on(self) -> None:
        """Have PostgreSQL number new rows behind those that were copied.

        https://www.postgresql.org/docs/current/functions-sequence.html
        """
        for row in self.connection.rows(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND is_identity = 'YES'"
        ):
            table, column = row["table_name"], row["column_name"]
            statement = sql.SQL(
                "SELECT setval(pg_get_serial_sequence({}, {}), coalesce(max({}), 0) + 1, false) "
                "FROM {}"
            )
            self._connection.execute(
                statement.format(
                    sql.Literal(table),
                    sql.Literal(column),
                    sql.Identifier(column),
                    sql.Identifier(table),
                )
            )


@contextmanager
def _alone(url: str, what: str) -> Iterator[HeldPostgres]:
    with errors_in_words(what), connect(url, _PATIENCE) as connection:
        check_server(connection)
        _wait_until_alone(connection)
        _own_lanes(connection)
        try:
            yield HeldPostgres(connection, what)
        finally:
            _roll_back(connection)


def _wait_until_alone(connection: PatientConnection) -> None:
    """Wait until nothing of the service is connected; raise :class:`NotKept` if that stays so."""
    end = time.monotonic() + _BUSY_SECONDS
    while others := _count_others(connection):
        if time.monotonic() > end:
            raise NotKept(
                f"a PostgreSQL database is in use ({others} connections): stop every process of "
                "the service, on all machines; and the two addresses must not lead to one database"
            )
        time.sleep(0.1)


def _count_others(connection: PatientConnection) -> int:
    (row,) = connection.execute(
        "SELECT count(*) AS others FROM pg_stat_activity WHERE datname = current_database() "
        "AND usename = current_user AND backend_type = 'client backend' "
        "AND pid <> pg_backend_pid()"
    ).fetchall()
    return int(row["others"])


def _own_lanes(connection: PatientConnection) -> None:
    (row,) = connection.execute(
        "SELECT pg_try_advisory_lock(%s, %s) AS got", [LOCKS, WORKING]
    ).fetchall()
    if not row["got"]:
        raise NotKept(
            "a PostgreSQL database is in use: somebody owns its lanes. Stop every process of the "
            "service, on all machines"
        )


def _roll_back(connection: PatientConnection) -> None:
    """End whatever was not committed; nothing to be done where the connection is broken."""
    try:
        connection.execute("ROLLBACK")
    except psycopg.Error:
        connection.close()
