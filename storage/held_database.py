"""A whole database in our hands alone, to be copied from or to."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from storage.engine import Connection, Row
from storage.migrations import MIGRATIONS

#: The steps of this version's schema.
STEPS = frozenset(name for name, _ in MIGRATIONS)


class HeldDatabase(Protocol):
    """A database that nobody else can write to until it is let go of."""

    connection: Connection
    #: Whether it can keep the character NUL in a text.
    keeps_nul: bool

    def find_steps(self) -> frozenset[str] | None:
        """The steps of the schema that were done; nothing for a database without any table."""

    def make_schema(self) -> None:
        """Make the tables, within the transaction at hand if there is one."""

    def transaction(self) -> AbstractContextManager[None]:
        """Whatever is changed within is on the disk at its end, or not at all."""

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add these rows, at least one, which all have the same columns."""

    def count_on(self) -> None:
        """Have the database number new rows behind those that were copied."""


#: Takes hold of a database. Raises :class:`casework.errors.CreditsDeskError`, also if it is in use.
Hold = Callable[[], AbstractContextManager[HeldDatabase]]


class SpokenConnection:
    """Implements :class:`storage.engine.Connection`; whatever fails is told of this database."""

    def __init__(
        self, connection: Connection, in_words: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._connection, self._in_words = connection, in_words

    def rows(self, sql: str, **parameters: object) -> Sequence[Row]:
        """Run a statement and return its rows."""
        with self._in_words():
            return self._connection.rows(sql, **parameters)

    def run(self, sql: str, **parameters: object) -> int:
        """Run a statement and return how many rows it changed."""
        with self._in_words():
            return self._connection.run(sql, **parameters)

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement once for each of these rows of parameters."""
        with self._in_words():
            self._connection.run_many(sql, rows)
