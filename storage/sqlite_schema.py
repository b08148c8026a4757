"""The schema in SQLite, the steps of it that a file has seen, and SQLite's own words for faults."""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage.engine import Connection
from storage.migrations import MIGRATIONS

_OURS = "credits_desk"


def make_schema(database: Database) -> None:
    """Do the steps of the schema that were not done yet."""
    _migrations().apply(database)


def _migrations() -> Migrations:
    migrations = Migrations(_OURS)
    for name, statements in MIGRATIONS:

        def migrate(db: Database, statements: list[str] = statements) -> None:
            for statement in statements:
                db.conn.execute(statement)

        migrations(name=name)(migrate)
    return migrations


def find_steps(connection: Connection) -> frozenset[str] | None:
    """The steps of the schema that were done; nothing for a file without any table."""
    rows = connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {row["name"] for row in rows}
    if "_sqlite_migrations" not in tables:
        return frozenset() if tables else None
    done = connection.rows(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = :ours", ours=_OURS
    )
    return frozenset(row["name"] for row in done)


def name_of(error: sqlite3.Error) -> str:
    """SQLite's word for it, or Python's where SQLite was not even asked."""
    return getattr(error, "sqlite_errorname", type(error).__name__)
