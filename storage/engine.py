"""What the tables need of a database, and no more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

#: A statement takes so many parameters at most on every engine.
_MOST_AT_ONCE = 900

Row = Mapping[str, Any]


class Connection(Protocol):
    """Runs SQL in the subset that SQLite and PostgreSQL share, with ``:named`` parameters."""

    def rows(self, sql: str, **parameters: object) -> Sequence[Row]:
        """Run a statement and return its rows, with columns by name."""

    def run(self, sql: str, **parameters: object) -> int:
        """Run a statement and return how many rows it changed."""

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement once for each of these rows of parameters."""


def value(connection: Connection, sql: str, **parameters: object) -> Any:
    """The first column of the first row, or nothing."""
    rows = connection.rows(sql, **parameters)
    return next(iter(rows[0].values())) if rows else None


def listed(values: Iterable[object]) -> tuple[str, dict[str, object]]:
    """Placeholders and parameters for ``IN (…)``, which no named parameter can stand for.

    An empty list gives ``NULL``, which nothing is in.
    """
    parameters = {f"v{number}": item for number, item in enumerate(values)}
    return ", ".join(f":{name}" for name in parameters) or "NULL", parameters


def pieces(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in pieces that a statement can take."""
    return (values[start : start + _MOST_AT_ONCE] for start in range(0, len(values), _MOST_AT_ONCE))
