"""The database is stopped, dies and comes back under a store: what its callers see of it."""

import logging
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from casework.egress import Gate
from casework.egress_log import GuardedFormatter
from casework.errors import NotKept
from storage.postgres import PostgresStore
from storage.sealing import TinkSealer
from storage.tables import Tables
from tests.postgres_server import PostgresServer, postgres_server
from tests.running import until
from tests.storage.made_up import NOW, look


@pytest.fixture(scope="module")
def server(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """One that may be mistreated; whole again after each test."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def own_url(server: PostgresServer) -> str:
    return server.make_database()


@pytest.fixture
def store(own_url: str, sealer: TinkSealer) -> Iterator[PostgresStore]:
    store = PostgresStore(own_url, sealer)
    store.write(add("made"))
    yield store
    store.close()


def add(name: str) -> Callable[[Tables], None]:
    return lambda tables: tables.marks.set(name, 1)


def names(url: str) -> list[str]:
    return [name for (name,) in look(url, "SELECT name FROM marks ORDER BY name")]


def seconds(do: Callable[[], object]) -> float:
    before = time.monotonic()
    with pytest.raises(NotKept):
        do()
    return time.monotonic() - before


def test_connections_that_died_while_nobody_used_them_are_replaced(
    store: PostgresStore, server: PostgresServer, own_url: str
) -> None:
    store.read(lambda tables: tables.marks.find("made"))
    with psycopg.connect(server.url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'credits-desk'"
        )
    assert store.read(lambda tables: tables.marks.find("made")) == 1
    store.write(add("more"))
    store.append(add("still more"))
    assert names(own_url) == ["made", "more", "still more"]


def test_after_a_restart_it_goes_on_as_if_nothing_had_been(
    store: PostgresStore, server: PostgresServer, own_url: str
) -> None:
    server.restart()
    assert store.read(lambda tables: tables.marks.find("made")) == 1
    store.write(add("more"))
    assert names(own_url) == ["made", "more"]


@pytest.mark.parametrize("how", ["restart", "kill"])
def test_of_a_change_in_the_middle_nothing_is_there(
    store: PostgresStore, server: PostgresServer, own_url: str, how: str
) -> None:
    def change(tables: Tables) -> None:
        tables.marks.set("half", 1)
        tables.journal.write("received", "CR-1", NOW)
        getattr(server, how)()
        tables.marks.set("whole", 1)

    with pytest.raises(NotKept, match="nothing was written"):
        store.write(change)
    assert names(own_url) == ["made"]
    store.write(add("more"))
    assert names(own_url) == ["made", "more"]
    assert look(own_url, "SELECT * FROM journal") == []


def test_while_it_is_away_everybody_hears_so_at_once(
    store: PostgresStore, server: PostgresServer, own_url: str
) -> None:
    server.stop()
    try:
        assert seconds(lambda: store.write(add("no"))) < 4
        assert max(seconds(lambda: store.append(add("no"))) for _ in range(5)) < 0.5
        assert seconds(lambda: store.read(lambda tables: tables.marks.find("made"))) < 4
    finally:
        server.start()
    before = time.monotonic()
    until(lambda: succeeds(lambda: store.write(add("back"))), 10)
    assert time.monotonic() - before < 2
    assert names(own_url) == ["back", "made"]


def succeeds(do: Callable[[], object]) -> bool:
    try:
        do()
    except NotKept:
        return False
    return True


def test_the_log_goes_on_while_it_is_away(
    store: PostgresStore, server: PostgresServer, sealer: TinkSealer
) -> None:
    formatter = GuardedFormatter("%(message)s")
    formatter.guard_with(Gate(store, sealer, lambda: NOW))
    line = logging.LogRecord("desk", logging.INFO, __file__, 1, "jona@example.is", None, None)
    server.stop()
    try:
        before = time.monotonic()
        written = [formatter.format(line) for _ in range(10)]
        assert time.monotonic() - before < 5
    finally:
        server.start()
    assert all("it could not be checked" in one and "jona" not in one for one in written)
    until(lambda: formatter.format(line) == "jona@example.is", 5)
