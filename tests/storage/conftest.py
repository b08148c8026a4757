"""Stores in real databases of each kind, sealed with a real keyset."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from storage.postgres import PostgresStore
from storage.sealing import TinkSealer, new_keyset
from storage.sqlite import SqliteStore
from storage.store import TableStore
from tests.postgres_server import PostgresServer
from tests.storage.made_up import Database


@pytest.fixture(scope="session")
def keyset() -> str:
    return new_keyset()


@pytest.fixture(scope="session")
def sealer(keyset: str) -> TinkSealer:
    return TinkSealer(keyset)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "desk.db"


@pytest.fixture
def sqlite_store(path: Path, sealer: TinkSealer) -> Iterator[SqliteStore]:
    store = SqliteStore(path, sealer)
    yield store
    store.close()


@pytest.fixture(scope="session")
def made_database(postgres: PostgresServer, sealer: TinkSealer) -> str:
    """A PostgreSQL database with the schema, to copy others from."""
    url = postgres.make_database()
    PostgresStore(url, sealer).close()
    return url


@pytest.fixture
def url(postgres: PostgresServer, made_database: str) -> Iterator[str]:
    url = postgres.make_database(made_database)
    yield url
    postgres.drop_database(url)


@pytest.fixture
def postgres_store(url: str, sealer: TinkSealer) -> Iterator[PostgresStore]:
    store = PostgresStore(url, sealer)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> TableStore:
    """The contract of the tables holds on both engines."""
    return cast(TableStore, request.getfixturevalue(f"{request.param}_store"))


@pytest.fixture
def database(store: TableStore, request: pytest.FixtureRequest) -> Database:
    """Where the store is, for a second look that does not go through our own code."""
    name = "path" if isinstance(store, SqliteStore) else "url"
    return cast(Database, request.getfixturevalue(name))
