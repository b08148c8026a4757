"""The file itself: its mode, its settings, its schema, and several processes at once."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.errors import NotKept
from storage.migrations import MIGRATIONS
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from tests.storage.made_up import NOW, look
from tests.storage.test_small_tables import chain


@pytest.fixture
def store(sqlite_store: SqliteStore) -> SqliteStore:
    """This is about SQLite alone."""
    return sqlite_store


ROOT = Path(__file__).parents[2]


@contextmanager
def another_process(path: Path, keyset: str, does: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process with its own ``store``. It says ``ready``, and waits for a line to go on."""
    prepare = (
        "import os, signal, sys, time\n"
        "from pathlib import Path\n"
        "from storage.sealing import TinkSealer\n"
        "from storage.sqlite import SqliteStore\n"
        "path, sealer = Path(sys.argv[1]), TinkSealer(sys.argv[2])\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", prepare + does, str(path), keyset],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def say(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str], expected: str = "ready") -> None:
    assert process.stdout
    assert process.stdout.readline().strip() == expected


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)],
)
def test_the_settings_are_really_set(store: SqliteStore, pragma: str, value: object) -> None:
    reader, _ = store._reader()
    for connection in (store._writer, reader):
        assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_readers_cannot_write(store: SqliteStore) -> None:
    assert store._reader()[0].execute("PRAGMA query_only").fetchone() == (1,)


def test_all_files_are_for_their_owner_only(path: Path, sealer: TinkSealer) -> None:
    before = os.umask(0)
    try:
        store = SqliteStore(path, sealer)
        store.write(lambda tables: tables.marks.set("x", 1))
        with store.own_lane("crm"):
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        store.close()
    finally:
        os.umask(before)

    assert {"desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lane-crm"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_deleted_rows_are_not_left_in_the_file(store: SqliteStore, path: Path) -> None:
    store.write(lambda tables: tables.marks.set("a-rather-long-name" * 200, 1))
    store._writer.execute("DELETE FROM marks")
    store.close()

    assert b"a-rather-long-name" not in path.read_bytes()


def test_migrating_twice_is_migrating_once(path: Path, sealer: TinkSealer) -> None:
    for number in range(3):
        store = SqliteStore(path, sealer)
        store.write(lambda tables: tables.marks.set("x", 1))
        store.close()
        assert migrations(path) == [name for name, _ in MIGRATIONS], number


def migrations(path: Path) -> list[str]:
    return [name for (name,) in look(path, "SELECT name FROM _sqlite_migrations ORDER BY name")]


def test_processes_that_start_at_once_migrate_once(path: Path, keyset: str) -> None:
    does = (
        "for number in range(40):\n"
        "    SqliteStore(path.with_name(f'{number}.db'), sealer).close()\n"
    )
    with (
        another_process(path, keyset, does) as first,
        another_process(path, keyset, does) as second,
        another_process(path, keyset, does) as third,
    ):
        everyone = (first, second, third)
        for process in everyone:
            hear(process)
        for process in everyone:
            say(process)
        assert [process.wait(20) for process in everyone] == [0, 0, 0]

    for number in range(40):
        assert migrations(path.with_name(f"{number}.db")) == [name for name, _ in MIGRATIONS]


def test_two_processes_write_to_one_file_and_the_journal_stays_whole(
    path: Path, keyset: str, store: SqliteStore
) -> None:
    does = (
        "store = SqliteStore(path, sealer)\n"
        "for number in range(60):\n"
        "    store.write(lambda tables: tables.journal.write('theirs', '', number))\n"
        "store.close()\n"
    )
    with another_process(path, keyset, does) as process:
        hear(process)
        say(process)
        number = 0
        while process.poll() is None or number < 60:
            number += 1
            store.write(lambda tables: tables.journal.write("ours", "", NOW))
        assert process.wait(10) == 0

    lines = look(path, "SELECT at, event, reference, facts, chain FROM journal ORDER BY sequence")
    events = [line[1] for line in lines]
    assert (events.count("theirs"), events.count("ours")) == (60, number)
    assert [line[4] for line in lines] == list(chain(lines))


def test_what_was_kept_survives_sigkill(path: Path, keyset: str) -> None:
    does = (
        "store = SqliteStore(path, sealer)\n"
        "store.write(lambda tables: tables.marks.set('kept', 1))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with another_process(path, keyset, does) as process:
        hear(process)
        say(process)
        assert process.wait(10) == -signal.SIGKILL

    assert look(path, "SELECT name FROM marks") == [("kept",)]


def test_a_lane_has_one_owner(store: SqliteStore) -> None:
    with store.own_lane("crm") as first, store.own_lane("crm") as second:
        assert (first(), second()) == (True, False)
        with store.own_lane("grants") as other:
            assert other()
    with store.own_lane("crm") as again:
        assert again()


def test_a_lane_is_free_soon_after_its_owner_was_killed(
    store: SqliteStore, path: Path, keyset: str
) -> None:
    does = (
        "store = SqliteStore(path, sealer)\n"
        "with store.own_lane('crm') as ours:\n"
        "    print(ours(), flush=True)\n"
        "    time.sleep(60)\n"
    )
    with another_process(path, keyset, does) as owner:
        hear(owner)
        say(owner)
        hear(owner, "True")
        with store.own_lane("crm") as ours:
            assert not ours()

        owner.send_signal(signal.SIGKILL)
        until = time.monotonic() + 2
        free = False
        while not free and time.monotonic() < until:
            with store.own_lane("crm") as ours:
                free = ours()
            time.sleep(0.01)

    assert free


def test_what_is_no_database_is_refused_and_stays_as_it_is(
    tmp_path: Path, sealer: TinkSealer
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir or Madam, " * 500)

    with pytest.raises(NotKept):
        SqliteStore(file, sealer)
    assert file.read_text() == "Dear Sir or Madam, " * 500


def test_a_folder_is_refused(tmp_path: Path, sealer: TinkSealer) -> None:
    with pytest.raises(NotKept):
        SqliteStore(tmp_path, sealer)


def test_a_file_that_somebody_holds_is_refused_and_not_waited_for_for_ever(
    path: Path, sealer: TinkSealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite._BUSY_SECONDS", 0.05)
    path.parent.mkdir()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(NotKept):
        SqliteStore(path, sealer)
    holder.close()
    SqliteStore(path, sealer).close()
