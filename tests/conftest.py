"""What every test needs: a log as the one before found it. And a PostgreSQL for whoever asks."""

import os
from collections.abc import Iterator

import pytest

from casework.egress_log import all_handlers
from tests.postgres_binaries import NoPostgres, find_binaries
from tests.postgres_server import PostgresServer, postgres_server


@pytest.fixture(autouse=True)
def _log_is_not_guarded_for_ever() -> Iterator[None]:
    """A service that is made within a test guards pytest's own handlers, with a store that goes."""
    before = {handler: handler.formatter for handler in all_handlers()}
    yield
    for handler in all_handlers():
        handler.setFormatter(before.get(handler))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests, started when the first one asks. It is left running and whole."""
    try:
        binaries = find_binaries()
    except NoPostgres as reason:
        if os.environ.get("CI"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))
    with postgres_server(binaries=binaries) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A database of the test's own, empty."""
    url = postgres.make_database()
    yield url
    postgres.drop_database(url)
