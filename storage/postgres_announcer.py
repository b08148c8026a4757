"""Tells other processes that there is work, by PostgreSQL's NOTIFY.

Apart from the commit itself, and many commits in one word: commits that notify take turns in the
server, which would slow the door down. It is a hint; workers look by themselves now and then.
https://www.postgresql.org/docs/current/sql-notify.html
"""

import logging
import threading

import psycopg
from psycopg import sql

from casework.work import Kind
from storage.postgres_connection import Patience, PatientConnection, connect

log = logging.getLogger(__name__)

CHANNEL = "credits_desk_work"

_PATIENCE = Patience(statement=2_000)
#: Between two words, in seconds.
_PAUSE = 0.005


class Announcer:
    """A thread that says which kinds of work there are. It starts with the first word."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._kinds: set[Kind] = set()
        self._news = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None

    def tell(self, kinds: frozenset[Kind]) -> None:
        """Say soon that there is work of these kinds."""
        with self._news:
            self._kinds |= kinds
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
                self._thread.start()
            self._news.notify()

    def close(self) -> None:
        """Say what is still to be said, then stop."""
        with self._news:
            self._closing = True
            self._news.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        connection: PatientConnection | None = None
        while kinds := self._next():
            try:
                if connection is None:
                    connection = connect(self._url, _PATIENCE)
                _say(connection, kinds)
            except psycopg.Error as error:
                log.warning("nobody was told of new work: %s", type(error).__name__)
                connection = None
        if connection is not None:
            connection.close()

    def _next(self) -> frozenset[Kind]:
        """What to say next; nothing at the end."""
        with self._news:
            self._news.wait_for(lambda: self._kinds or self._closing)
            if not self._closing:
                self._news.wait_for(lambda: self._closing, _PAUSE)
            kinds = frozenset(self._kinds)
            self._kinds.clear()
            return kinds


def _say(connection: PatientConnection, kinds: frozenset[Kind]) -> None:
    # It need not survive a power cut, so no disk is waited for.
    statement = sql.SQL(
        "BEGIN; SET LOCAL synchronous_commit = off; SELECT pg_notify({}, {}); COMMIT"
    )
    connection.execute(statement.format(sql.Literal(CHANNEL), sql.Literal(",".join(sorted(kinds)))))
