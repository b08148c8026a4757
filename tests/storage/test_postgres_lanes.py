"""Who owns the lanes among several processes, and what becomes of one who lost them."""

import threading
import time
from collections.abc import Callable, Iterator
from statistics import median

import psycopg
import pytest

from casework.errors import LaneLost
from casework.work import Kind
from casework.worker import LANES
from storage.postgres import PostgresStore
from storage.postgres_announcer import CHANNEL
from storage.postgres_connection import LOCKS, WORKING
from storage.sealing import TinkSealer
from tests.running import until
from tests.storage.made_up import NOW, look


@pytest.fixture
def store(postgres_store: PostgresStore) -> PostgresStore:
    return postgres_store


@pytest.fixture
def other(url: str, sealer: TinkSealer) -> Iterator[PostgresStore]:
    """Another process's store on the same database."""
    store = PostgresStore(url, sealer)
    yield store
    store.close()


def owns(store: PostgresStore, lane: str = "crm") -> bool:
    with store.own_lane(lane) as ours:
        return ours()


def end_lanes_connection(url: str) -> None:
    """As the server does when nothing was heard on it for a while."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
            "AND classid::bigint = %s AND objid::bigint = %s AND granted",
            [LOCKS, WORKING],
        )


def test_one_owns_a_lane_and_the_others_stand_by(
    store: PostgresStore, other: PostgresStore
) -> None:
    with store.own_lane("crm") as ours:
        assert ours()
        assert not owns(other)
        time.sleep(3)  # longer than the server waits for a sign of life
        assert ours()
        assert not owns(other)


def test_a_lane_is_free_once_its_owner_lets_go(store: PostgresStore, other: PostgresStore) -> None:
    assert owns(store)
    until(lambda: owns(other), 5)


def test_a_lane_is_free_at_once_when_its_owner_closes(url: str, sealer: TinkSealer) -> None:
    first, second = PostgresStore(url, sealer), PostgresStore(url, sealer)
    with first.own_lane("crm") as ours:
        assert ours()
        first.close()
        before = time.monotonic()
        until(lambda: owns(second), 5)
        assert time.monotonic() - before < 2
        assert not ours()
    second.close()


def test_each_taking_begins_a_new_term(
    store: PostgresStore, other: PostgresStore, url: str
) -> None:
    for one in (store, other, store):
        until(lambda one=one: owns(one), 5)  # type: ignore[misc]
    assert look(url, "SELECT lane, term FROM lanes") == [("crm", 3)]


def test_a_process_has_all_lanes_or_none(store: PostgresStore, other: PostgresStore) -> None:
    seen: dict[PostgresStore, set[str]] = {store: set(), other: set()}
    all_seen = threading.Barrier(2 * len(LANES))

    def try_for(one: PostgresStore, lane: str) -> None:
        with one.own_lane(lane) as ours:
            if ours():
                seen[one].add(lane)
            all_seen.wait(20)

    threads = [threading.Thread(target=try_for, args=(one, lane)) for lane in LANES for one in seen]
    for thread in threads:
        thread.start()
        time.sleep(0.1)  # as they come, each in its own time
    for thread in threads:
        thread.join()
    assert sorted(map(len, seen.values())) == [0, len(LANES)]


def test_an_owner_that_does_not_know_that_it_lost_its_lane_writes_nothing(
    store: PostgresStore, other: PostgresStore, url: str
) -> None:
    with store.own_lane("crm") as ours:
        assert ours()
        store.write(lambda tables: tables.marks.set("before", 1))
        # As if paused: it hears nothing, gives no sign of life, and does not look at the clock.
        store._lanes.close()
        until(lambda: owns(other), 5)
        for do in (store.write, store.append):
            with pytest.raises(LaneLost):
                do(lambda tables: tables.marks.set("after", 1))
    assert look(url, "SELECT name FROM marks") == [("before",)]


def test_a_lane_is_taken_from_whoever_is_not_heard_of(
    store: PostgresStore, other: PostgresStore, url: str
) -> None:
    """All lanes at once; the one they were taken from notices, and gets them back in its turn."""
    with store.own_lane("crm") as ours, other.own_lane("crm") as theirs:
        assert (ours(), theirs()) == (True, False)
        end_lanes_connection(url)
        until(lambda: not ours(), 3)
        until(lambda: other._lanes._held_by, 3)
    until(lambda: owns(store), 10)


def test_what_has_nothing_to_do_with_a_lane_is_written_by_anybody(
    store: PostgresStore, other: PostgresStore, url: str
) -> None:
    with store.own_lane("crm") as ours:
        assert ours()
        written = threading.Thread(
            target=lambda: store.write(lambda tables: tables.marks.set("by another thread", 1))
        )
        written.start()
        written.join()
        other.write(lambda tables: tables.marks.set("by another process", 1))
    store.write(lambda tables: tables.marks.set("afterwards", 1))
    assert look(url, "SELECT count(*) FROM marks") == [(3,)]


@pytest.fixture
def heard(store: PostgresStore) -> Iterator["Heard"]:
    """What a process hears that owns the lanes."""
    heard = Heard()
    store.announce = heard
    with store.own_lane("crm") as ours:
        assert ours()
        yield heard


class Heard:
    def __init__(self) -> None:
        self.kinds: set[Kind] = set()
        self.times = 0
        self.news = threading.Event()

    def __call__(self, kinds: frozenset[Kind]) -> None:
        self.kinds |= kinds
        self.times += 1
        self.news.set()


def ask(kind: Kind, key: str) -> Callable[..., None]:
    return lambda tables: tables.work.ask(kind, [key], NOW)


def test_other_processes_hear_of_work_within_a_tenth_of_a_second(
    other: PostgresStore, heard: Heard
) -> None:
    took = []
    for number in range(20):
        heard.news.clear()
        other.append(ask(Kind.RECEIVE, str(number)))
        committed = time.monotonic()
        assert heard.news.wait(5)
        took.append(time.monotonic() - committed)
    print(f"heard after {median(took) * 1000:.1f} ms, at most {max(took) * 1000:.1f} ms")
    assert median(took) < 0.1
    assert heard.kinds == {Kind.RECEIVE}


def test_a_kind_that_only_a_newer_version_knows_is_passed_over(heard: Heard, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT pg_notify(%s, %s)", [CHANNEL, f"dance,{Kind.GRANT},,\N{SNOWMAN}"]
        )
    assert heard.news.wait(5)
    assert heard.kinds == {Kind.GRANT}


def test_a_storm_of_words_does_not_keep_the_owner_from_giving_signs_of_life(
    store: PostgresStore, other: PostgresStore, heard: Heard, url: str
) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        end = time.monotonic() + 4
        while time.monotonic() < end:
            connection.execute(
                "SELECT pg_notify(%s, %s || n) FROM generate_series(1, 500) AS n",
                [CHANNEL, f"{Kind.GRANT},"],
            )
            time.sleep(0.05)
            assert store._lanes._lasts(1)
    assert heard.times > 1000
    assert not owns(other)
    assert look(url, "SELECT term FROM lanes") == [(1,)]
