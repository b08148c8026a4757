"""Transactions on a few connections that are used again and again.

Whatever becomes of the database, nobody waits long for it: connections that died unnoticed are put
aside, and while it is known to be away one hears so at once.
https://www.psycopg.org/psycopg3/docs/advanced/pool.html
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.errors import LockNotAvailable, QueryCanceled
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

from casework.errors import NotKept
from storage.postgres_connection import CONNECTING, Patience, PatientConnection, settle

#: At most so many connections in a pool.
_CONNECTIONS = 4
#: How long to wait for a free one, in seconds.
_WAIT_FOR_CONNECTION = 3.0
#: … and while the database is known to be away, so that nobody queues up for nothing.
_WAIT_WHILE_AWAY = 0.1
#: After a failure the database is taken to be away for so long, in seconds.
_AWAY = 1.0
#: How long the pool tries for a connection before it has to be asked again, in seconds.
_KNOCK = 0.5


class Transactions:
    """Begins transactions, one for each who asks at a time."""

    def __init__(self, url: str, patience: Patience, begin_within: float) -> None:
        """Connect once. The beginning of a transaction is to be answered within those seconds."""
        # What it would say of broken connections we say; and our log needs the database itself.
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
        self._begin_within = begin_within
        self._failed_at = -_AWAY
        self._closed = False
        self._pool: ConnectionPool[PatientConnection] = ConnectionPool(
            url,
            connection_class=PatientConnection,
            kwargs=CONNECTING,
            configure=lambda connection: settle(connection, patience),
            min_size=1,
            max_size=_CONNECTIONS,
            reconnect_timeout=_KNOCK,
            open=True,
        )

    @contextmanager
    def begin(self, statement: bytes) -> Iterator[PatientConnection]:
        """A connection in a transaction, which is given up unless it was committed within.

        Raises psycopg's errors; :class:`NotKept` once this is closed.
        """
        if self._closed:
            raise NotKept("the database is closed")
        connection = self._begun(statement)
        try:
            yield connection
        finally:
            self._put_back(connection)

    def close(self) -> None:
        """Close all connections."""
        self._closed = True
        self._pool.close()

    def _begun(self, statement: bytes) -> PatientConnection:
        away = time.monotonic() - self._failed_at < _AWAY
        deadline = time.monotonic() + (_WAIT_WHILE_AWAY if away else _WAIT_FOR_CONNECTION)
        while True:
            try:
                return self._try_to_begin(statement, deadline)
            except (QueryCanceled, LockNotAvailable):
                raise  # it is there, and busy
            except psycopg.OperationalError:
                if time.monotonic() >= deadline:
                    self._failed_at = time.monotonic()
                    self._pool.drain()  # whoever waits on one that answers no more waits in vain
                    raise

    def _try_to_begin(self, statement: bytes, deadline: float) -> PatientConnection:
        """Ask once. It is by being asked that the pool connects anew after it gave up."""
        left = max(0.01, deadline - time.monotonic())
        connection = self._pool.getconn(min(_KNOCK, left))
        patience, connection.patience = connection.patience, self._begin_within
        try:
            connection.execute(statement)
        except BaseException:
            self._put_back(connection)
            raise
        connection.patience = patience
        return connection

    def _put_back(self, connection: PatientConnection) -> None:
        """Roll back what was not committed. A connection on which that fails is of no more use."""
        status = connection.info.transaction_status
        if not connection.closed and status is not TransactionStatus.IDLE:
            try:
                connection.execute("ROLLBACK")
            except psycopg.Error:
                connection.close()
        self._pool.putconn(connection)
