"""Nothing that is asked again and again reads all that was ever done.

Every method of every table is called, those to come as well, and SQLite is asked how it would
answer each statement. The plan hangs on the indexes alone, since no statistics are kept.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from storage.sealing import TinkSealer
from storage.sqlite import SqliteConnection, SqliteStore
from tests.storage.statements import (
    LARGE_PARTIAL,
    MAY_READ_ALL,
    NAMES,
    SMALL,
    Recording,
    Statement,
    all_statements_of,
)

_FROM_INDEX = re.compile(r"USING (?:COVERING )?INDEX (\w+)")


@pytest.fixture
def connection(path: Path, sealer: TinkSealer) -> Iterator[sqlite3.Connection]:
    SqliteStore(path, sealer).close()
    with closing(sqlite3.connect(path)) as connection:
        yield connection


@pytest.fixture
def recording(connection: sqlite3.Connection, sealer: TinkSealer) -> Recording:
    return Recording(SqliteConnection(connection), sealer)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_done_long_ago_costs_nothing(
    name: str, connection: sqlite3.Connection, recording: Recording
) -> None:
    statements = all_statements_of(recording, name)
    found = [step for one in statements for step in _whole_readings(connection, one)]

    assert statements, f"{name} said nothing, so nothing is proved"
    assert bool(found) == (name in MAY_READ_ALL), found


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM requests",
        "SELECT reference FROM requests WHERE stage = 'new'",
        "SELECT reference FROM requests WHERE ticket_id IS NOT NULL",
        "SELECT reference FROM requests WHERE ticket_id IS NULL",
        "SELECT reference FROM requests ORDER BY stage_since",
        "UPDATE grants SET due_at = 1 WHERE due_at > 1",
        "DELETE FROM identifiers WHERE reference NOT IN (SELECT reference FROM requests)",
        "SELECT reference FROM requests ORDER BY wishes LIMIT 1",
        "SELECT reference FROM requests WHERE wishes > 1 ORDER BY reference LIMIT 1",
        "SELECT at FROM journal JOIN requests ON requests.reference = journal.reference",
    ],
)
def test_what_reads_everything_is_found_out(connection: sqlite3.Connection, sql: str) -> None:
    assert _whole_readings(connection, (sql, {}))


def _whole_readings(connection: sqlite3.Connection, statement: Statement) -> list[str]:
    """The steps of the plan that go through all of a table, or of an index over all of it."""
    sql, parameters = statement
    partial = {
        name
        for (name, text) in connection.execute("SELECT name, sql FROM sqlite_master WHERE sql > ''")
        if " WHERE " in " ".join(text.split()) and name not in LARGE_PARTIAL
    }
    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()
    steps = [step for *_, step in plan]
    if _stops_early(steps, sql):
        return []
    return [step for step in steps if _reads_all(step, partial, " ".join(sql.split()))]


def _stops_early(steps: Sequence[str], sql: str) -> bool:
    """Whether it takes the first few in the order of an index, and looks for nothing among them."""
    sorts = any("TEMP B-TREE" in step for step in steps)
    return bool(re.search(r"LIMIT \d+\s*$", sql)) and not sorts and "WHERE" not in sql


def _reads_all(step: str, partial: set[str], sql: str) -> bool:
    index = _FROM_INDEX.search(step)
    reads = re.match(r"(SCAN|SEARCH) (\w+)", step)
    if not reads or reads[2] in SMALL or (index and index[1] in partial):
        return False  # such an index holds what is open, or odd, and no more
    if reads[1] == "SCAN":
        return f"{reads[2]} AS" not in sql
    return _goes_by_null_alone(step, sql)


def _goes_by_null_alone(step: str, sql: str) -> bool:
    """``IS NULL`` and ``IS NOT NULL`` are looked up in an index, and may find most of it."""
    column = re.search(r"\((\w+)[=>]\?\)$", step)
    return bool(column and re.search(rf"\b{column[1]} IS (NOT )?NULL", sql))
