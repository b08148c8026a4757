"""What PostgreSQL does for us, with several stores on one database as several processes have."""

import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psycopg
import pytest

import storage.postgres_schema
from casework.errors import Inconsistent, NotKept
from casework.work import Kind
from storage.engine import Connection
from storage.migrations import MIGRATIONS
from storage.postgres import PostgresStore
from storage.postgres_connection import LOCKS, WRITING
from storage.sealing import TinkSealer
from storage.tables import Tables
from tests.cutting_proxy import cutting_proxy
from tests.ports import lasting_port
from tests.postgres_server import PostgresServer
from tests.running import until
from tests.storage.made_up import NOW, look

THREADS, TIMES = 8, 10
ADDRESS = "jona@example.is"


@pytest.fixture
def other(url: str, sealer: TinkSealer) -> Iterator[PostgresStore]:
    """Another process's store on the same database."""
    store = PostgresStore(url, sealer)
    yield store
    store.close()


@pytest.fixture
def store(postgres_store: PostgresStore) -> PostgresStore:
    return postgres_store


def connection_of(tables: Tables) -> Connection:
    return tables.connection


def count_one(tables: Tables) -> None:
    tables.marks.set("count", (tables.marks.find("count") or 0) + 1)


def add(name: str) -> Callable[[Tables], None]:
    return lambda tables: tables.marks.set(name, 1)


def in_many_threads(
    stores: list[PostgresStore], change: Callable[[Tables], None], times: int = TIMES
) -> None:
    def run(number: int) -> None:
        for _ in range(times):
            stores[number % len(stores)].write(change)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))


def test_writes_take_turns_among_all_processes(store: PostgresStore, other: PostgresStore) -> None:
    in_many_threads([store, other], count_one)
    assert store.read(lambda tables: tables.marks.find("count")) == THREADS * TIMES


def test_the_journal_has_no_gap_whoever_writes(store: PostgresStore, other: PostgresStore) -> None:
    in_many_threads([store, other], lambda tables: tables.journal.write("received", "CR-1", NOW))
    assert store.read(lambda tables: tables.journal.find_break()) is None
    assert store.read(lambda tables: tables.journal.find_head())[0] == THREADS * TIMES


def test_what_comes_in_at_the_door_waits_for_no_turn(
    store: PostgresStore, other: PostgresStore, url: str
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold_the_turn(tables: Tables) -> None:
        begun.set()
        assert go_on.wait(10)

    with ThreadPoolExecutor() as pool:
        writing = pool.submit(store.write, hold_the_turn)
        assert begun.wait(10)
        for one in (store, other):
            one.append(add("arrived"))
        assert look(url, "SELECT name FROM marks") == [("arrived",)]
        assert not writing.done()
        go_on.set()


def test_a_read_sees_one_point_in_time(store: PostgresStore, other: PostgresStore) -> None:
    def look_twice(tables: Tables) -> list[int | None]:
        before = tables.marks.find("count")
        other.write(count_one)
        return [before, tables.marks.find("count"), store.read(lambda t: t.marks.find("count"))]

    store.write(count_one)
    assert store.read(look_twice) == [1, 1, 1]
    assert store.read(lambda tables: tables.marks.find("count")) == 2


def test_a_read_cannot_write(store: PostgresStore, url: str) -> None:
    with pytest.raises(NotKept, match="ReadOnly"):
        store.read(count_one)
    assert look(url, "SELECT * FROM marks") == []


@pytest.mark.parametrize("inner", ["write", "append"])
def test_a_change_starts_no_other(store: PostgresStore, url: str, inner: str) -> None:
    with pytest.raises(NotKept, match="must not start another"):
        store.write(lambda _tables: getattr(store, inner)(count_one))
    store.write(count_one)
    assert look(url, "SELECT name, value FROM marks") == [("count", 1)]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("INSERT INTO marks (name, value) VALUES (:address, 1)", Inconsistent),
        ("SELECT CAST(:address AS BIGINT)", Inconsistent),
        (f"SELECT '{ADDRESS}' FROM nowhere", NotKept),
    ],
)
def test_no_error_tells_what_is_kept(
    store: PostgresStore,
    caplog: pytest.LogCaptureFixture,
    statement: str,
    kind: type[Exception],
) -> None:
    store.write(add(ADDRESS))
    caplog.set_level(0)

    def go_wrong(tables: Tables) -> None:
        wanted = {"address": ADDRESS} if ":address" in statement else {}
        connection_of(tables).rows(statement + " ", **wanted)

    for do in (store.write, store.append):
        with pytest.raises(kind) as caught:
            do(go_wrong)
        assert_harmless(caught.value, ADDRESS)
    assert ADDRESS not in caplog.text


def assert_harmless(error: BaseException, secret: str) -> None:
    """Nothing that leads from this error tells the secret, nor is anything of psycopg's."""
    seen: BaseException | None = error
    while seen is not None:
        assert not isinstance(seen, psycopg.Error)
        assert secret not in str(seen) + repr(seen)
        seen = seen.__cause__ or seen.__context__
    only = traceback.format_exception_only(error)
    assert secret not in "".join(only)


def test_a_writer_that_is_paused_does_not_hold_up_the_others(
    store: PostgresStore, other: PostgresStore, url: str
) -> None:
    begun = threading.Event()

    def pause(tables: Tables) -> None:
        tables.marks.set("paused", 1)
        begun.set()
        until(lambda: look(url, "SELECT * FROM marks WHERE name = 'other'"))
        tables.marks.set("paused", 2)

    with ThreadPoolExecutor() as pool:
        paused = pool.submit(store.write, pause)
        assert begun.wait(10)
        before = time.monotonic()
        other.write(add("other"))
        assert time.monotonic() - before < 3
        with pytest.raises(NotKept):
            paused.result(10)
    assert look(url, "SELECT name FROM marks") == [("other",)]
    store.write(add("again"))


def test_a_writer_waits_for_its_turn_only_so_long(store: PostgresStore, url: str) -> None:
    with psycopg.connect(url) as somebody:
        somebody.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, WRITING])
        before = time.monotonic()
        with pytest.raises(NotKept, match="LockNotAvailable"):
            store.write(count_one)
        assert 3.5 < time.monotonic() - before < 5
        somebody.rollback()
        store.write(count_one)
    assert look(url, "SELECT value FROM marks") == [(1,)]


def test_a_statement_takes_only_so_long(store: PostgresStore, url: str) -> None:
    def sleep(tables: Tables) -> None:
        tables.marks.set("before", 1)
        connection_of(tables).rows("SELECT pg_sleep(20)")

    before = time.monotonic()
    with pytest.raises(NotKept, match="QueryCanceled"):
        store.write(sleep)
    assert 4.5 < time.monotonic() - before < 6
    assert look(url, "SELECT * FROM marks") == []


def test_a_database_that_swallows_everything_holds_nobody_for_ever(
    postgres: PostgresServer, url: str, sealer: TinkSealer
) -> None:
    with cutting_proxy(postgres.host, postgres.port) as proxy:
        store = PostgresStore(proxy.url(url), sealer)
        store.write(count_one)
        proxy.freeze()
        before = time.monotonic()
        with pytest.raises(NotKept):
            store.write(count_one)
        assert time.monotonic() - before < 9
        before = time.monotonic()
        with pytest.raises(NotKept):
            store.write(count_one)
        assert time.monotonic() - before < 0.5
        proxy.mend()
        until(lambda: succeeds(lambda: store.write(count_one)), 10)
        store.close()
    assert look(url, "SELECT value FROM marks") == [(2,)]


def succeeds(do: Callable[[], object]) -> bool:
    try:
        do()
    except NotKept:
        return False
    return True


def test_many_may_start_at_once_on_an_empty_database(postgres_url: str, sealer: TinkSealer) -> None:
    def start(_number: int) -> None:
        store = PostgresStore(postgres_url, sealer)
        store.check_keys()
        store.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, range(4)))
    names = [name for (name,) in look(postgres_url, "SELECT name FROM migrations ORDER BY 1")]
    assert names == [name for name, _ in MIGRATIONS]
    assert look(postgres_url, "SELECT id FROM key_check") == [(1,)]


def test_a_server_that_is_too_old_is_refused_in_words(
    postgres_url: str, sealer: TinkSealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.postgres_schema, "OLDEST_SERVER", 99)
    with pytest.raises(NotKept, match=r"PostgreSQL \d+ is too old: 99 or later .*DATABASE_URL"):
        PostgresStore(postgres_url, sealer)
    assert look(postgres_url, "SELECT to_regclass('requests')") == [(None,)]


def test_a_database_of_another_encoding_is_refused_in_words(
    postgres: PostgresServer, postgres_url: str, sealer: TinkSealer
) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE in_ascii OWNER desk ENCODING 'SQL_ASCII' TEMPLATE template0"
        )
    url = urlsplit(postgres_url)._replace(path="/in_ascii").geturl()
    try:
        with pytest.raises(NotKept, match="must have the encoding UTF8"):
            PostgresStore(url, sealer)
    finally:
        postgres.drop_database(url)


def test_closing_leaves_no_thread_and_no_connection(
    postgres: PostgresServer, url: str, sealer: TinkSealer
) -> None:
    before = set(threading.enumerate())
    store = PostgresStore(url, sealer)
    store.write(lambda tables: tables.work.ask(Kind.RECEIVE, ["1"], NOW))
    store.read(lambda tables: tables.work.count_by_kind())
    with store.own_lane("crm") as ours:
        until(ours)
        assert connections_to(postgres, url) >= 4
    store.close()
    until(lambda: not connections_to(postgres, url))
    until(lambda: set(threading.enumerate()) <= before)
    with pytest.raises(NotKept, match="closed"):
        store.write(count_one)


def connections_to(postgres: PostgresServer, url: str) -> int:
    name = urlsplit(url).path.removeprefix("/")
    ((number,),) = look(
        postgres.url,
        "SELECT count(*) FROM pg_stat_activity WHERE datname = ? AND backend_type LIKE 'client%%'",
        name,
    )
    return int(number)


def test_the_url_names_its_connections(url: str, sealer: TinkSealer) -> None:
    def name_of(store: PostgresStore) -> str:
        sql = "SELECT current_setting('application_name') AS name"
        name = store.read(lambda tables: connection_of(tables).rows(sql)[0]["name"])
        store.close()
        return str(name)

    assert name_of(PostgresStore(url, sealer)) == "credits-desk"
    assert name_of(PostgresStore(f"{url}?application_name=north", sealer)) == "north"


@pytest.mark.parametrize("wrong", ["password", "port", "option", "database"])
def test_nobody_hears_the_password(
    url: str, sealer: TinkSealer, caplog: pytest.LogCaptureFixture, wrong: str
) -> None:
    parts, secret = urlsplit(url), "open-sesame-7"
    at = f"{parts.hostname}:{parts.port if wrong != 'port' else lasting_port()}"
    bad = parts._replace(
        netloc=f"desk:{secret}@{at}",
        query="no_such_option=1" if wrong == "option" else "",
        path="/nowhere" if wrong == "database" else parts.path,
    ).geturl()
    caplog.set_level(0)
    with pytest.raises(NotKept, match="cannot be opened") as caught:
        PostgresStore(bad, sealer)
    assert_harmless(caught.value, secret)
    assert secret not in caplog.text


def test_a_store_does_not_show_the_password(store: PostgresStore, url: str) -> None:
    assert str(urlsplit(url).password) not in repr(store) + repr(vars(store)["_readers"])
