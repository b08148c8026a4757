"""A mark in a database that is being filled. While it is there, nothing of the service starts."""

from casework.errors import Inconsistent
from storage.engine import Connection
from storage.marks_and_sent import MarkTable

#: Among the marks, as which it is 1; no time was ever that early.
UNFINISHED = "unfinished_move"


def refuse_unfinished(marks: MarkTable) -> None:
    """Raise :class:`Inconsistent` for a database to which not all was copied."""
    if marks.find(UNFINISHED) is not None:
        raise Inconsistent(
            "DATABASE_URL leads to a database that `desk move-database` did not finish copying to. "
            "Run it again with the same two databases, or use the one it was to be copied from"
        )


def mark_unfinished(connection: Connection) -> None:
    """From now on nothing starts with this database."""
    MarkTable(connection).set(UNFINISHED, 1)


def is_unfinished(connection: Connection) -> bool:
    """Whether the mark is there."""
    return MarkTable(connection).find(UNFINISHED) is not None


def mark_finished(connection: Connection) -> None:
    """The service may start with this database."""
    MarkTable(connection).forget(UNFINISHED)
