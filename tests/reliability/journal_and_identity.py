"""What must hold after any story, however it was disturbed: looked at from outside the service."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from casework.worker import RECURRING
from storage.journal import link


def rows(database: Path, sql: str) -> list[dict[str, Any]]:
    """Rows of the service's database, read past the service."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def wrong_in_journal(database: Path) -> list[str]:
    """Where the journal's chain breaks, worked out anew from its lines."""
    before = "0" * 64
    for number, row in enumerate(rows(database, "SELECT * FROM journal ORDER BY sequence"), 1):
        due = link(before, row["at"], row["event"], row["reference"], row["facts"])
        if row["chain"] != due or row["sequence"] != number:
            return [f"the journal breaks at line {row['sequence']}"]
        before = row["chain"]
    return []


def wrong_in_work(database: Path, now: int, *, hours_later: bool = True) -> list[str]:
    """Work that is parked, failing, or due and not done.

    What comes round for ever may still be failing when faults have only just stopped.
    """
    recurring = set(map(str, RECURRING))
    wrong = []
    for row in rows(database, "SELECT * FROM work"):
        name = f"{row['kind']} {row['key']} ({row['error']})"
        if row["parked_at"] is not None:
            wrong.append(f"parked: {name}")
        elif row["attempts"] and (hours_later or row["kind"] not in recurring):
            wrong.append(f"failing: {name}")
        elif row["kind"] not in recurring and row["due_at"] <= now:
            wrong.append(f"due and not done: {name}")
    return wrong


def words_found(texts: Iterable[str], words: Iterable[str]) -> list[str]:
    """Which of the words, that should be nowhere, are in one of the texts."""
    whole = "\n".join(texts).casefold()
    return [f"identity found outside: {word}" for word in words if word.casefold() in whole]
