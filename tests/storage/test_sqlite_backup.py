"""A copy of a database that is written to, and files that are no whole copy of ours."""

import signal
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from casework.errors import NotKept, Unreadable
from storage.migrations import MIGRATIONS
from storage.sealing import TinkSealer, new_keyset
from storage.sqlite import SqliteStore
from storage.sqlite_backup import copy_online, examine
from storage.whole_files import whole_file
from tests.storage.made_up import NOW, look
from tests.storage.test_sqlite_file import another_process, hear, say


@pytest.fixture
def store(sqlite_store: SqliteStore) -> SqliteStore:
    """This is about SQLite's files."""
    return sqlite_store


LONG_AGO = "A-SEALED-VALUE-OF-LONG-AGO" * 500


def nobody_looks(_done: int, _all: int) -> None:
    """No bar."""


def back_up(path: Path, copy: Path, show: Callable[[int, int], None] = nobody_looks) -> Path:
    with whole_file(copy, copy.with_name("unfinished")) as unfinished:
        copy_online(path, unfinished, show)
    return copy


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    """Some megabytes, so that a copy takes several steps."""

    def fill(tables: object) -> None:
        for number in range(400):
            store._tables.marks.set(f"{number}-{'x' * 8_000}", number)
        for number in range(50):
            store._tables.journal.write("made_up", f"CR-{number}", NOW + number)

    store.write(fill)
    return store


@pytest.fixture
def copy(path: Path, filled: SqliteStore, tmp_path: Path) -> Path:
    return back_up(path, tmp_path / "copy.db")


def write_always(store: SqliteStore, stop: threading.Event, first: threading.Event) -> int:
    """Two rows a change, which only a copy of one moment holds in equal number."""
    number = 0
    while not stop.is_set():
        number += 1

        def change(_tables: object, number: int = number) -> None:
            store._tables.journal.write("pair", f"CR-{number}", NOW)
            store._tables.marks.set(f"pair-{number}", number)

        store.write(change)
        first.set()
    return number


def test_a_copy_of_a_database_that_is_written_to_is_of_one_moment(
    path: Path, filled: SqliteStore, sealer: TinkSealer, tmp_path: Path
) -> None:
    stop, first, steps = threading.Event(), threading.Event(), list[int]()
    written: list[int] = []
    writer = threading.Thread(target=lambda: written.append(write_always(filled, stop, first)))
    writer.start()
    first.wait(5)

    def show(done: int, _all: int) -> None:
        steps.append(done)
        time.sleep(0.05)  # so that there are always writes between two steps

    copy = back_up(path, tmp_path / "copy.db", show)
    stop.set()
    writer.join(10)

    contents = examine(copy, sealer)
    assert (contents.broken_at, contents.steps_missing) == (None, [])
    pairs = look(copy, "SELECT count(*) FROM marks WHERE name LIKE 'pair-%'")[0][0]
    assert contents.lines == 50 + pairs
    assert 0 < pairs < written[0]
    assert contents.counts["marks"] == 400 + pairs
    assert len(steps) > 3 and steps == sorted(steps)
    assert contents.head in {row[0] for row in look(path, "SELECT chain FROM journal")}


def test_a_writer_of_another_process_does_not_make_it_begin_anew(
    path: Path, keyset: str, filled: SqliteStore, tmp_path: Path
) -> None:
    does = (
        "store = SqliteStore(path, sealer)\n"
        "print('writing', flush=True)\n"
        "while True:\n"
        "    store.write(lambda tables: tables.journal.write('theirs', '', 1))\n"
    )
    steps: list[int] = []

    def show(done: int, _all: int) -> None:
        steps.append(done)
        time.sleep(0.02)

    with another_process(path, keyset, does) as process:
        hear(process)
        say(process)
        hear(process, "writing")
        back_up(path, tmp_path / "copy.db", show)
    assert len(steps) > 3 and steps == sorted(set(steps))


def test_a_copy_is_one_file_for_its_owner_only(copy: Path, path: Path) -> None:
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert {file.name for file in copy.parent.iterdir()} == {"copy.db", "data"}
    assert look(copy, "PRAGMA journal_mode") == [("delete",)]
    assert look(path, "PRAGMA journal_mode") == [("wal",)]


def test_a_copy_holds_nothing_of_what_was_deleted(
    path: Path, filled: SqliteStore, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(path)) as careless, careless:
        careless.execute("PRAGMA secure_delete = OFF")
        careless.execute("INSERT INTO marks VALUES (?, 1)", [LONG_AGO])
        careless.commit()
        careless.execute("DELETE FROM marks WHERE name = ?", [LONG_AGO])
    look(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    assert LONG_AGO[:26].encode() in path.read_bytes()

    copy = back_up(path, tmp_path / "copy.db")
    assert LONG_AGO[:26].encode() not in copy.read_bytes()
    assert look(copy, "PRAGMA freelist_count") == [(0,)]


def test_examining_changes_nothing(copy: Path, sealer: TinkSealer) -> None:
    before, modified = copy.read_bytes(), copy.stat().st_mtime_ns
    copy.chmod(0o400)
    assert examine(copy, sealer).counts["marks"] == 400
    assert (copy.read_bytes(), copy.stat().st_mtime_ns) == (before, modified)
    assert len(list(copy.parent.glob("copy*"))) == 1


def test_other_keys_are_noticed(path: Path, store: SqliteStore, tmp_path: Path) -> None:
    store.check_keys()
    copy = back_up(path, tmp_path / "copy.db")
    with pytest.raises(Unreadable, match="SEALING_KEYSET is not the keyset"):
        examine(copy, TinkSealer(new_keyset()))


def test_flipped_bytes_are_noticed_wherever_pages_depend_on_each_other(
    copy: Path, sealer: TinkSealer
) -> None:
    content, (size,) = bytearray(copy.read_bytes()), look(copy, "PRAGMA page_size")[0]
    (root,) = look(copy, "SELECT rootpage FROM sqlite_master WHERE name = 'marks'")[0]
    start = (root - 1) * size
    content[start : start + 8] = bytes(255 - byte for byte in content[start : start + 8])
    copy.write_bytes(content)
    with pytest.raises(Unreadable, match="damaged"):
        examine(copy, sealer)


def test_a_changed_line_of_the_journal_is_noticed(copy: Path, sealer: TinkSealer) -> None:
    content = copy.read_bytes()
    assert content.count(b"made_upCR-31{}") == 1
    copy.write_bytes(content.replace(b"made_upCR-31{}", b"made_toCR-31{}"))
    assert examine(copy, sealer).broken_at == 32


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.999])
def test_a_file_that_was_cut_off_is_noticed(copy: Path, sealer: TinkSealer, kept: float) -> None:
    content = copy.read_bytes()
    copy.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(Unreadable, match=r"damaged|not a database of Credits Desk"):
        examine(copy, sealer)


def test_a_newer_schema_is_refused_and_an_older_one_told_of(copy: Path, sealer: TinkSealer) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [MIGRATIONS[-1][0]])
    assert examine(copy, sealer).steps_missing == [MIGRATIONS[-1][0]]

    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "UPDATE _sqlite_migrations SET name = '9999_later' WHERE name = ?", [MIGRATIONS[0][0]]
        )
    with pytest.raises(Unreadable, match="newer version"):
        examine(copy, sealer)


@pytest.mark.parametrize("what", ["text", "another database", "nothing there"])
def test_what_is_not_ours_is_refused(tmp_path: Path, sealer: TinkSealer, what: str) -> None:
    file = tmp_path / "file.db"
    if what == "text":
        file.write_text("Dear Sir or Madam, " * 500)
    elif what == "another database":
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("CREATE TABLE journal (what TEXT)")
    with pytest.raises(Unreadable, match=r"not an SQLite|not a database of Credits|not there"):
        examine(file, sealer)
    assert file.exists() == (what != "nothing there")


def test_a_copy_that_finds_no_room_leaves_nothing(
    path: Path, keyset: str, filled: SqliteStore, tmp_path: Path
) -> None:
    """The kernel stops the file at a megabyte, as it stops one on a disk that is full."""
    does = (
        "import resource\n"
        "from casework.errors import NotKept\n"
        "from storage.sqlite_backup import copy_online\n"
        "from storage.whole_files import whole_file\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "target = path.parent.parent / 'copy.db'\n"
        "try:\n"
        "    with whole_file(target, target.with_name('unfinished')) as unfinished:\n"
        "        copy_online(path, unfinished, lambda done, all_: None)\n"
        "except NotKept as error:\n"
        "    print(error, flush=True)\n"
    )
    with another_process(path, keyset, does) as process:
        hear(process)
        say(process)
        assert process.stdout
        said = process.stdout.readline()
    assert "could not be copied" in said and "may be full" in said
    assert [file.name for file in tmp_path.iterdir()] == ["data"]


def test_a_copy_that_is_killed_half_way_has_no_name_and_the_next_one_begins_anew(
    path: Path, keyset: str, filled: SqliteStore, sealer: TinkSealer, tmp_path: Path
) -> None:
    does = (
        "from storage.sqlite_backup import copy_online\n"
        "from storage.whole_files import whole_file\n"
        "target = path.parent.parent / 'copy.db'\n"
        "def show(done, all_):\n"
        "    if done > all_ / 2:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "with whole_file(target, target.with_name('unfinished')) as unfinished:\n"
        "    copy_online(path, unfinished, show)\n"
    )
    with another_process(path, keyset, does) as process:
        hear(process)
        say(process)
        assert process.wait(20) == -signal.SIGKILL
    assert (tmp_path / "unfinished").exists() and not (tmp_path / "copy.db").exists()

    copy = back_up(path, tmp_path / "copy.db")
    assert examine(copy, sealer).counts["marks"] == 400
    assert {file.name for file in tmp_path.iterdir()} == {"copy.db", "data"}


def test_two_who_write_the_same_file_do_not_disturb_each_other(
    path: Path, filled: SqliteStore, sealer: TinkSealer, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with whole_file(copy, tmp_path / "unfinished") as unfinished:
        copy_online(path, unfinished, nobody_looks)
        with pytest.raises(NotKept, match="somebody else is writing"):
            back_up(path, copy)
    assert examine(copy, sealer).counts["marks"] == 400
