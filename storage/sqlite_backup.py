"""A copy of a running SQLite database, and whether a file is a whole database of ours."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from casework.errors import NotKept, Unreadable
from casework.ports import Sealer
from storage.engine import Connection, value
from storage.journal import JournalTable
from storage.key_check import KeyCheck
from storage.migrations import MIGRATIONS
from storage.sqlite import SqliteConnection
from storage.sqlite_schema import find_steps, name_of

#: How much is copied at a time: 1 MiB where a page is 4 KiB.
_PAGES = 256

#: Tables that are not ours: of SQLite, of the migrations, and of Litestream.
_NOT_OURS = ("sqlite_", "_")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Contents:
    """What a database holds. ``last_at``, in Unix ms, is the time of the journal's last line.

    ``broken_at`` is the line at which the journal's chain breaks, if it does; ``steps_missing`` the
    steps of the schema that a newer version than the one it was made with has added since.
    """

    counts: Mapping[str, int]
    lines: int
    head: str
    last_at: int | None
    broken_at: int | None
    steps_missing: Sequence[str]


def copy_online(source: Path, copy: Path, show: Progress) -> None:
    """Copy a database, as it is at one moment, into an empty file, while others write to it.

    The copy is one file, with no free pages. The writers are not held up; their log grows until
    the copy is made. Raises :class:`NotKept`.

    Source: https://www.sqlite.org/backup.html
    """
    try:
        with closing(_open(source, "mode=rw")) as live, closing(_open(copy, "mode=rw")) as target:
            live.execute("PRAGMA query_only = ON")
            # Without this the copy would begin anew whenever somebody writes, and might never end.
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()
            target.execute("PRAGMA synchronous = OFF")  # it is written to the disk when it is whole
            live.backup(
                target, pages=_PAGES, progress=lambda _, left, all_: show(all_ - left, all_)
            )
            target.execute("PRAGMA journal_mode = DELETE")
            target.execute("PRAGMA journal_mode = OFF")
            target.execute("VACUUM")
    except sqlite3.Error as error:
        raise NotKept(
            f"{source} could not be copied to {copy.parent}: {_in_words(error)}"
        ) from None


def examine(file: Path, sealer: Sealer) -> Contents:
    """Look whether a file that nobody writes to is a whole database of ours, which our keys open.

    It is not touched. Raises :class:`Unreadable`, which says what is wrong with it.
    """
    with _reading(file), closing(_open(file, "mode=ro&immutable=1")) as opened:
        connection = SqliteConnection(opened)
        missing = _find_missing_steps(file, connection)
        _check_pages(file, opened)
        KeyCheck(connection, sealer).check()
        return _look(connection, missing)


def holds_anything(database: Path, apart_from: frozenset[str]) -> bool:
    """Whether any table, but for these, has a row. What is no database of ours holds something."""
    try:
        with _reading(database), closing(_open(database, "mode=rw")) as opened:
            connection = SqliteConnection(opened)
            _find_missing_steps(database, connection)
            return any(n for table, n in _count(connection).items() if table not in apart_from)
    except Unreadable:
        return True


def make_one_file(database: Path) -> None:
    """Take in what lies beside a database. Raises :class:`Unreadable`."""
    with _reading(database), closing(_open(database, "mode=rw")) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")


def _open(file: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True, isolation_level=None)


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Unreadable(f"{file} cannot be used: {_in_words(error)}") from None


def _find_missing_steps(file: Path, connection: Connection) -> Sequence[str]:
    """The steps of our schema that have not been taken there."""
    taken, known = find_steps(connection), [name for name, _ in MIGRATIONS]
    if not taken:
        raise Unreadable(f"{file} is not a database of Credits Desk")
    if not taken.issubset(known):
        raise Unreadable(
            f"{file} was made by a newer version of Credits Desk than this: install that version"
        )
    return [name for name in known if name not in taken]


def _check_pages(file: Path, connection: sqlite3.Connection) -> None:
    found = [said for (said,) in connection.execute("PRAGMA integrity_check(1)")]
    if found != ["ok"] or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Unreadable(f"{file} is damaged: take another copy")


def _look(connection: Connection, missing: Sequence[str]) -> Contents:
    journal = JournalTable(connection)
    lines, head = journal.find_head()
    return Contents(
        _count(connection),
        lines,
        head,
        journal.find_last_time(),
        journal.find_break(),
        missing,
    )


def _count(connection: Connection) -> Mapping[str, int]:
    rows = connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    tables = [row["name"] for row in rows if not row["name"].startswith(_NOT_OURS)]
    return {
        table: value(connection, f'SELECT count(*) FROM "{table}"')  # noqa: S608 - from the schema
        for table in tables
        if '"' not in table
    }


def _in_words(error: sqlite3.Error) -> str:
    name = name_of(error)
    return next((words for code, words in _WORDS.items() if name.startswith(code)), name)


#: What SQLite says where an operator can do something about it.
_WORDS = {
    "SQLITE_FULL": "the disk is full, there or where SQLite keeps temporary files",
    "SQLITE_NOTADB": "it is not an SQLite database",
    "SQLITE_CORRUPT": "it is damaged",
    "SQLITE_CANTOPEN": "it is not there, or may not be opened",
    "SQLITE_READONLY": "it may not be written",
    "SQLITE_IOERR_WRITE": "the disk cannot be written; it may be full",
}
