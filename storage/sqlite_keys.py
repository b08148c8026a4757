"""Which keys an SQLite file was made with: looked at before anything is written to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from casework.ports import Sealer
from storage.key_check import check_opens


def refuse_other_keys(path: Path, sealer: Sealer) -> None:
    """Raise :class:`casework.errors.Unreadable` for a database that was made with other keys.

    Not a byte of it is changed, neither by a migration nor by emptying its log.
    """
    sealed = find_key_check(path)
    if sealed:
        check_opens(sealed, sealer)


def find_key_check(path: Path) -> bytes:
    """The sealed value every start opens; nothing where there is no such database yet."""
    if not path.is_file():
        return b""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            row = database.execute("SELECT sealed_value FROM key_check").fetchone()
    except sqlite3.Error:  # whoever opens it in earnest says what is wrong
        return b""
    return bytes(row[0]) if row else b""
