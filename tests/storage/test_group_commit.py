"""One thread writes for everybody: all or nothing for each, one commit for many."""

import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

import pytest

from casework.errors import Inconsistent, NotKept
from storage.group_commit import GroupCommit
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from storage.tables import Tables
from tests.storage.made_up import NOW, look


@pytest.fixture
def store(sqlite_store: SqliteStore) -> SqliteStore:
    """This is about SQLite alone."""
    return sqlite_store


def mark(name: str) -> Callable[[Tables], None]:
    return lambda tables: tables.marks.set(name, NOW)


def marks(path: Path) -> set[str]:
    return {name for (name,) in look(path, "SELECT name FROM marks")}


@contextmanager
def one_group(store: SqliteStore, size: int) -> Iterator[None]:
    """Hold the writer until so many changes wait behind the one at hand."""
    go, held = threading.Event(), threading.Event()

    def hold(_tables: Tables) -> None:
        held.set()
        go.wait(10)

    holder = threading.Thread(target=store.write, args=[hold])
    holder.start()
    held.wait(10)
    yield
    until = time.monotonic() + 10
    while store._group._waiting.qsize() < size and time.monotonic() < until:
        time.sleep(0.001)
    go.set()
    holder.join()


@contextmanager
def commits_counted(store: SqliteStore) -> Iterator[list[str]]:
    commits: list[str] = []
    store._writer.set_trace_callback(
        lambda sql: commits.append(sql) if sql.startswith("COMMIT") else None
    )
    yield commits
    store._writer.set_trace_callback(None)


def test_two_hundred_threads_share_a_few_commits(store: SqliteStore, path: Path) -> None:
    names = {f"mark {number}" for number in range(200)}
    with ThreadPoolExecutor(200) as threads, commits_counted(store) as commits:
        with one_group(store, 200):
            writes = [threads.submit(store.write, mark(name)) for name in names]
        for write in writes:
            write.result(10)

    assert marks(path) == names
    # The holder's, and one for all who waited behind it.
    assert len(commits) == 2


def test_without_anybody_holding_them_up_commits_are_shared_too(
    store: SqliteStore, path: Path
) -> None:
    with ThreadPoolExecutor(50) as threads, commits_counted(store) as commits:
        list(threads.map(lambda number: store.write(mark(f"mark {number}")), range(400)))

    assert len(marks(path)) == 400
    assert len(commits) < 400


def test_a_change_is_in_the_file_when_write_returns(store: SqliteStore, path: Path) -> None:
    for number in range(20):
        store.write(mark(f"mark {number}"))
        assert f"mark {number}" in marks(path)


def test_write_returns_what_the_change_returned(store: SqliteStore) -> None:
    assert store.write(lambda tables: 42) == 42


class Mishap(Exception):
    pass


def half_done(tables: Tables) -> None:
    tables.marks.set("half done", 1)
    raise Mishap


def test_a_change_that_raises_leaves_nothing(store: SqliteStore, path: Path) -> None:
    with pytest.raises(Mishap):
        store.write(half_done)

    assert marks(path) == set()
    store.write(mark("next"))
    assert marks(path) == {"next"}


def test_a_change_that_raises_does_not_harm_its_neighbours(store: SqliteStore, path: Path) -> None:
    def nonsense(tables: Tables) -> None:
        tables.marks.set("nonsense", 1)
        tables.sent.begin("CR-nobody", "received", NOW)

    changes = [mark("before"), half_done, mark("between"), nonsense, mark("after")]
    with ThreadPoolExecutor(5) as threads, commits_counted(store) as commits:
        writes: list[Future[None]] = []
        with one_group(store, 5):
            for number, change in enumerate(changes, 1):
                writes.append(threads.submit(store.write, change))
                while store._group._waiting.qsize() < number:
                    time.sleep(0.001)
        errors = [write.exception(10) for write in writes]

    assert [type(error) for error in errors] == [
        type(None),
        Mishap,
        type(None),
        Inconsistent,
        type(None),
    ]
    assert len(commits) == 2
    assert marks(path) == {"before", "between", "after"}


def test_a_change_inside_a_change_is_refused_and_both_are_taken_back(
    store: SqliteStore, path: Path
) -> None:
    def outer(tables: Tables) -> None:
        tables.marks.set("outer", 1)
        store.write(mark("inner"))

    with pytest.raises(NotKept):
        store.write(outer)

    assert marks(path) == set()


def test_a_look_inside_a_change_sees_what_was_committed_before(store: SqliteStore) -> None:
    def look_inside(tables: Tables) -> tuple[int | None, int | None]:
        tables.marks.set("now", 1)
        return (
            store.read(lambda committed: committed.marks.find("now")),
            tables.marks.find("now"),
        )

    assert store.write(look_inside) == (None, 1)


def test_a_look_sees_one_point_in_time(store: SqliteStore) -> None:
    def look_twice(tables: Tables) -> tuple[int | None, int | None]:
        before = tables.marks.find("meanwhile")
        store.write(mark("meanwhile"))
        return before, tables.marks.find("meanwhile")

    assert store.read(look_twice) == (None, None)
    assert store.read(lambda tables: tables.marks.find("meanwhile")) == NOW


def test_a_look_cannot_change_anything(store: SqliteStore, path: Path) -> None:
    with pytest.raises(NotKept):
        store.read(mark("sneaked in"))

    assert marks(path) == set()


def test_a_look_that_raises_does_not_spoil_the_next(store: SqliteStore) -> None:
    def fail(tables: Tables) -> None:
        tables.marks.find("x")
        raise Mishap

    for _ in range(2):
        with pytest.raises(Mishap):
            store.read(fail)
    store.write(mark("x"))
    assert store.read(lambda tables: tables.marks.find("x")) == NOW


def test_nothing_is_kept_or_seen_after_close(path: Path, sealer: TinkSealer) -> None:
    store = SqliteStore(path, sealer)
    store.write(mark("before"))
    store.read(lambda tables: tables.marks.find("before"))
    store.close()

    with pytest.raises(NotKept):
        store.write(mark("after"))
    with pytest.raises(NotKept):
        store.read(lambda tables: tables.marks.find("before"))
    assert marks(path) == {"before"}


def test_nothing_is_seen_after_close_by_a_thread_that_never_looked_before(
    path: Path, sealer: TinkSealer
) -> None:
    store = SqliteStore(path, sealer)
    store.close()

    with pytest.raises(NotKept):
        store.read(lambda tables: tables.marks.find("before"))


def test_what_waits_is_finished_before_close_returns(path: Path, sealer: TinkSealer) -> None:
    store = SqliteStore(path, sealer)
    with ThreadPoolExecutor(20) as threads:
        with one_group(store, 20):
            writes = [threads.submit(store.write, mark(f"mark {n}")) for n in range(20)]
        store.close()
        outcomes = [write.exception(10) for write in writes]

    assert outcomes == [None] * 20
    assert len(marks(path)) == 20


def test_nobody_waits_for_ever_when_it_is_closed_under_them() -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(150):
            everybody_gets_an_answer()
    finally:
        sys.setswitchinterval(interval)


def everybody_gets_an_answer() -> None:
    group = GroupCommit(nullcontext, nullcontext, lambda: None)
    answers: list[object] = []

    def write_until_closed() -> None:
        try:
            while True:
                group.write(lambda: None)
        except NotKept as error:
            answers.append(error)

    writers = [threading.Thread(target=write_until_closed, daemon=True) for _ in range(4)]
    for writer in writers:
        writer.start()
    group.close()
    for writer in writers:
        writer.join(2)
    assert len(answers) == 4


def test_it_can_be_closed_twice(path: Path, sealer: TinkSealer) -> None:
    store = SqliteStore(path, sealer)
    store.close()
    store.close()


def test_a_full_disk_is_not_kept_and_harms_nothing(store: SqliteStore, path: Path) -> None:
    store.write(mark("before"))
    (pages,) = store._writer.execute("PRAGMA page_count").fetchone()
    store._writer.execute(f"PRAGMA max_page_count = {pages + 4}")

    kept = set()
    with ThreadPoolExecutor(30) as threads:
        with one_group(store, 30):
            writes = {
                f"{number} " + "x" * 3000: threads.submit(
                    store.write, mark(f"{number} " + "x" * 3000)
                )
                for number in range(30)
            }
        for name, write in writes.items():
            error = write.exception(10)
            assert error is None or isinstance(error, NotKept)
            if error is None:
                kept.add(name)

    assert len(kept) < 30
    # Whoever was told that it is kept finds it, and nobody else does.
    assert marks(path) == {"before", *kept}

    store._writer.execute("PRAGMA max_page_count = 100000")
    store.write(mark("after"))
    assert "after" in marks(path)


def test_a_database_locked_by_somebody_else_is_not_kept(
    path: Path, sealer: TinkSealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite._BUSY_SECONDS", 0.05)
    store = SqliteStore(path, sealer)
    with closing(sqlite3.connect(path, isolation_level=None)) as backup:
        backup.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotKept):
            store.write(mark("too early"))
        assert store.read(lambda tables: tables.marks.find("too early")) is None
        backup.execute("ROLLBACK")
    store.write(mark("in time"))
    store.close()

    assert marks(path) == {"in time"}


def test_a_transaction_that_the_database_gave_up_is_kept_for_nobody(
    store: SqliteStore, path: Path
) -> None:
    def lose(_tables: Tables) -> None:
        store._writer.execute("ROLLBACK")
        raise Mishap

    with ThreadPoolExecutor(3) as threads:
        with one_group(store, 3):
            writes = [
                threads.submit(store.write, change) for change in (mark("one"), lose, mark("two"))
            ]
        errors = [write.exception(10) for write in writes]

    assert [type(error) for error in errors] == [NotKept] * 3
    assert marks(path) == set()
    store.write(mark("three"))
    assert marks(path) == {"three"}
