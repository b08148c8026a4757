"""PostgreSQL's errors in our words: its own messages may quote what is kept, or the address."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from psycopg.errors import DeadlockDetected, SerializationFailure

from casework.errors import CreditsDeskError, Inconsistent, NotKept

T = TypeVar("T")


class Again(NotKept):
    """Nothing was written because two processes were in each other's way."""


def in_words(what: str, do: Callable[[], T]) -> T:
    """Do it, and raise our error for one of psycopg's. ``what`` says what did not succeed.

    Raised outside of ``except``, so that not even as its context does ours lead to the other.
    """
    try:
        return do()
    except psycopg.Error as error:
        ours = _ours_for(error, what)
    raise ours


@contextmanager
def errors_in_words(what: str) -> Iterator[None]:
    """As :func:`in_words`, where the error's context is shown to nobody."""
    try:
        yield
    except psycopg.Error as error:
        raise _ours_for(error, what) from None


def _ours_for(error: psycopg.Error, what: str) -> CreditsDeskError:
    match error:
        case DeadlockDetected() | SerializationFailure():
            return Again(f"{what}: {_name_of(error)}")
        case psycopg.IntegrityError() | psycopg.DataError():
            return Inconsistent(f"contradicts what is there: {_name_of(error)}")
        case _:
            return NotKept(f"{what}: {_name_of(error)}")


def _name_of(error: psycopg.Error) -> str:
    """PostgreSQL's word for it, or Python's where PostgreSQL was not even reached."""
    return f"{type(error).__name__} {error.sqlstate or ''}".strip()
