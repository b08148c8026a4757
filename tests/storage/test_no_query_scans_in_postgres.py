"""The same of PostgreSQL: each statement finds an index for what it looks for.

It is asked about a store in which most was done long ago, as it decides by what is there. That is a
small one for a test, so it is kept from reading a table in full wherever it has another way.
"""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from bench.growth.filling import CLOSED_LATELY, OPEN, fill
from bench.growth.places import PostgresPlace
from storage.postgres_connection import (
    Patience,
    PatientConnection,
    PostgresConnection,
    connect,
    translated,
)
from storage.sealing import TinkSealer
from tests.postgres_server import PostgresServer
from tests.storage.statements import (
    LARGE_PARTIAL,
    MAY_READ_ALL,
    NAMES,
    SMALL,
    Recording,
    Statement,
    all_statements_of,
)

#: `desk keys` seals everything anew, by hand, and goes through all of it in the order of its key.
_MAY_READ_ALL = {*MAY_READ_ALL, "sealed.find_others"}

_INDEXES = b"SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"


@pytest.fixture(scope="module")
def filled(postgres: PostgresServer, sealer: TinkSealer) -> Iterator[str]:
    url = postgres.make_database()
    fill(PostgresPlace(url), sealer, 4_000, lambda _what: None)
    yield url
    postgres.drop_database(url)


@pytest.fixture
def connection(filled: str) -> Iterator[PatientConnection]:
    with connect(filled, Patience(statement=60_000, idle_in_transaction=60_000)) as connection:
        connection.execute("SET enable_seqscan = off")
        yield connection


def test_what_was_done_long_ago_costs_nothing(
    connection: PatientConnection, sealer: TinkSealer
) -> None:
    recording = Recording(PostgresConnection(connection), sealer)

    found = {}
    for name in NAMES:
        connection.execute("BEGIN")
        statements = all_statements_of(recording, name)
        connection.execute("ROLLBACK")
        found[name] = [
            *(step for one in statements for step in _whole_readings(connection, one)),
            *(step for one in statements for step in _readings_in_vain(connection, one)),
        ]

    assert {name for name, steps in found.items() if steps} <= _MAY_READ_ALL, {
        name: steps for name, steps in found.items() if steps and name not in _MAY_READ_ALL
    }


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM requests",
        "SELECT reference FROM requests WHERE stage = 'new'",
        "SELECT reference FROM requests WHERE wishes > 1 ORDER BY reference LIMIT 1",
        "UPDATE grants SET due_at = 1 WHERE due_at > 1",
    ],
)
def test_what_reads_everything_is_found_out(connection: PatientConnection, sql: str) -> None:
    assert _whole_readings(connection, (sql, {}))


def _whole_readings(connection: PatientConnection, statement: Statement) -> list[str]:
    """The steps of the plan that go through all of a table, or of an index over all of it."""
    sql, parameters = statement
    indexes = {row["indexname"]: row["indexdef"] for row in connection.execute(_INDEXES)}
    explained = b"EXPLAIN (FORMAT JSON) " + translated(sql)
    (row,) = connection.execute(explained, parameters, prepare=False).fetchall()
    (plan,) = row["QUERY PLAN"]
    stops_early = "LIMIT" in sql and "WHERE" not in sql
    return [] if stops_early else list(_reads_all(plan["Plan"], indexes))


def _readings_in_vain(connection: PatientConnection, statement: Statement) -> list[str]:
    """The steps that find many rows by an index, such as all that is old, and throw them away."""
    sql, parameters = statement
    explained = b"EXPLAIN (ANALYZE, FORMAT JSON) " + translated(sql)
    connection.execute("BEGIN")
    try:
        (row,) = connection.execute(explained, parameters, prepare=False).fetchall()
    except psycopg.IntegrityError:
        return []  # it writes what may not be there, and looks for nothing
    finally:
        connection.execute("ROLLBACK")
    (plan,) = row["QUERY PLAN"]
    return list(_throws_away(plan["Plan"]))


def _throws_away(step: dict[str, Any]) -> Iterator[str]:
    for below in step.get("Plans", ()):
        yield from _throws_away(below)
    rows = step.get("Rows Removed by Filter", 0) * step["Actual Loops"]
    if rows > OPEN + CLOSED_LATELY and step.get("Relation Name", "") not in SMALL:
        yield f"{step.get('Index Name', step['Node Type'])}: {rows:.0f} rows in vain"


def _reads_all(step: dict[str, Any], indexes: dict[str, str]) -> Iterator[str]:
    for below in step.get("Plans", ()):
        yield from _reads_all(below, indexes)
    table, index = step.get("Relation Name", ""), step.get("Index Name", "")
    if step["Node Type"] == "Seq Scan" and table not in SMALL:
        yield f"Seq Scan on {table}"
    full = " WHERE " not in indexes.get(index, "") or index in LARGE_PARTIAL
    if index and full and table not in SMALL:
        condition = step.get("Index Cond", "")
        if _first_column(indexes[index]) not in condition or condition.endswith("NULL)"):
            yield f"{index}: {condition or 'all of it'}"


def _first_column(definition: str) -> str:
    """An index is only of use for what begins with its first column."""
    found = re.search(r"USING btree \((\w+)", definition)
    assert found, definition
    return found[1]
