"""Invented requests, and a second look at the file that does not go through our own code."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from casework.ports import Order, Sealer
from casework.request import Details, Submission
from casework.request_records import NewRequest
from storage.every_table import TABLES
from storage.postgres import PostgresStore
from storage.sqlite import SqliteStore
from storage.store import TableStore

NOW = 1_790_000_000_000
MINUTE = 60_000

JONA = Details("jona@example.is", "siggi@example.is", "Needs six more sessions.")


def new_request(
    reference: str,
    *,
    fields: str = "fields-1",
    client: str = "client-1",
    professional: str = "professional-1",
    conversion_id: str | None = None,
    submitted_at: int | None = None,
    listed: bool = False,
    details: Details = JONA,
    organisation: str = "Wellbeing Hub North",
    attention: str | None = None,
) -> NewRequest:
    submission = Submission(details, organisation, conversion_id, submitted_at, listed)
    return NewRequest(
        reference, submission, organisation, fields, client, professional, attention, "Received."
    )


def order(key: str = "credit-request-CR-1", **changes: Any) -> Order:
    values = {
        "client_email": "jona@example.is",
        "credits": 6,
        "organisation": "Wellbeing Hub North",
        "reference": "CR-1",
    }
    return Order(key, **{**values, **changes})


#: Where a store is kept: an SQLite file, or the address of a PostgreSQL database.
Database = Path | str


def look(database: Database, sql: str, *parameters: object) -> list[Any]:
    """What another program sees there right now."""
    if isinstance(database, Path):
        with closing(sqlite3.connect(database)) as file:
            return file.execute(sql, parameters).fetchall()
    with psycopg.connect(database) as connection:
        return connection.execute(sql.replace("?", "%s").encode(), parameters).fetchall()


def meddle(database: Database, sql: str) -> None:
    """Change something there behind the store's back."""
    if isinstance(database, Path):
        with closing(sqlite3.connect(database)) as file, file:
            file.execute(sql)
    else:
        with psycopg.connect(database) as connection:
            connection.execute(sql.encode())


def all_bytes(database: Database) -> bytes:
    """All that is there: the bytes of the files, or every value of every row."""
    if isinstance(database, Path):
        return b"".join(file.read_bytes() for file in database.parent.iterdir())
    rows = [row for table in TABLES for row in look(database, f"SELECT * FROM {table}")]
    values = [value for row in rows for value in row]
    return b"\0".join(one if isinstance(one, bytes) else str(one).encode() for one in values)


def open_again(database: Database, sealer: Sealer) -> TableStore:
    """The same store, as another process opens it."""
    if isinstance(database, Path):
        return SqliteStore(database, sealer)
    return PostgresStore(database, sealer)
