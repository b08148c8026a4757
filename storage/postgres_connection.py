"""Connections to PostgreSQL, and our SQL on them.

https://www.psycopg.org/psycopg3/docs/
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import psycopg
from psycopg import sql
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from psycopg.rows import DictRow, dict_row
from psycopg.types.string import StrDumper

from storage.engine import Row

RV = TypeVar("RV")

#: The first parameter of the advisory locks, so that ours are nobody else's.
LOCKS = 0x43444B
#: The second one. Lanes have larger numbers.
MIGRATING, WRITING = 1, 2

#: Once the server's own limit is over, no answer for so long is none at all, in seconds.
_GRACE = 1.0

#: ``idle_session_timeout``, by which a lane is taken from who is paused, came with this version.
OLDEST_SERVER = 14

_NAMED = re.compile(r"(?<![:\w]):([a-z_]\w*)")


@dataclass(frozen=True)
class Patience:
    """How long the server bears with us, in milliseconds. ``idle`` of 0 is for ever."""

    statement: int
    lock: int = 4_000
    idle_in_transaction: int = 2_500
    idle: int = 0


class PatientConnection(psycopg.Connection[DictRow]):
    """A connection that never waits for ever, not even behind a network that swallows all.

    The server ends what takes too long. Where not even that is heard, the connection is closed.
    """

    patience: float | None = None

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the server. Raises OperationalError where it does not answer."""
        if timeout is not None or self.patience is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except _WaitTimeout:
            self.pgconn.finish()
            raise psycopg.OperationalError("no answer from the server") from None


def settle(connection: PatientConnection, patience: Patience) -> None:
    """Make a new connection behave as all of ours do."""
    connection.adapters.register_dumper(str, StrDumper)
    limits = {
        "statement_timeout": patience.statement,
        "lock_timeout": patience.lock,
        "idle_in_transaction_session_timeout": patience.idle_in_transaction,
        "idle_session_timeout": patience.idle,
    }
    for name, milliseconds in limits.items():
        set_limit = sql.SQL("SET {} = {}").format(sql.Identifier(name), sql.Literal(milliseconds))
        connection.execute(set_limit)
    # What was confirmed is on the disk, whatever the server's own settings say.
    connection.execute("SET synchronous_commit = on")
    connection.execute("SET client_encoding = 'UTF8'")
    connection.patience = patience.statement / 1000 + _GRACE


#: Of every connection. The network's own signs of life find out about most that is broken.
CONNECTING: dict[str, Any] = {
    "autocommit": True,
    "row_factory": dict_row,
    "connect_timeout": 3,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 4_000,
    "application_name": "credits-desk",
}


def connect(url: str, patience: Patience) -> PatientConnection:
    """A connection of one's own. Raises psycopg's errors."""
    connection = PatientConnection.connect(url, **CONNECTING)
    settle(connection, patience)
    return connection


class PostgresConnection:
    """Implements :class:`storage.engine.Connection`."""

    def __init__(self, connection: PatientConnection) -> None:
        self._connection = connection

    def rows(self, sql: str, **parameters: object) -> Sequence[Row]:
        """Run a statement and return its rows, as dictionaries."""
        return self._connection.execute(translated(sql), parameters).fetchall()

    def run(self, sql: str, **parameters: object) -> int:
        """Run a statement and return how many rows it changed."""
        return self._connection.execute(translated(sql), parameters).rowcount

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement once for each of these rows of parameters."""
        with self._connection.cursor() as cursor:
            cursor.executemany(translated(sql), list(rows))


@lru_cache(1024)
def translated(sql: str) -> bytes:
    """Our SQL with psycopg's parameters."""
    return _NAMED.sub(r"%(\1)s", sql.replace("%", "%%")).encode()
