"""A fresh store for each test: on SQLite, or with ``RULES_ENGINE=postgres`` on PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from storage.every_table import TABLES
from storage.postgres import PostgresStore
from storage.sealing import TinkSealer, new_keyset
from tests.postgres_server import PostgresServer
from tests.storage.made_up import Database
from tests.world import World

ON_POSTGRES = os.environ.get("RULES_ENGINE") == "postgres"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what has to do with a database is of interest."""
    if ON_POSTGRES:
        without = [item for item in items if "kept_in" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in without]


@pytest.fixture(scope="session")
def rules_url(postgres: PostgresServer) -> str:
    """One database for all tests of the rules: emptying it is quicker than making another."""
    url = postgres.make_database()
    PostgresStore(url, TinkSealer(new_keyset())).close()
    return url


@pytest.fixture
def kept_in(tmp_path: Path, request: pytest.FixtureRequest) -> Database:
    """Where a store of the test's own is to be, with nothing in it."""
    if ON_POSTGRES:
        return empty(request.getfixturevalue("rules_url"))
    return tmp_path / "desk.db"


@pytest.fixture
def world(tmp_path: Path, kept_in: Database) -> Iterator[World]:
    world = World(tmp_path, kept_in if isinstance(kept_in, str) else "")
    yield world
    world.store.close()


def empty(url: str) -> str:
    """Take everything out of the database, and number rows from the beginning again."""
    with psycopg.connect(url) as connection:
        for table in reversed(list(TABLES)):
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        connection.execute("ALTER SEQUENCE deliveries_id_seq RESTART")
    return url
