"""Our own files, as places in which somebody could look for a client."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from casework.canary import Canary
from casework.canary_looking import Looked
from commands.own_files import look_in_database, look_in_logs

CANARY = Canary("Guðrún", "Vexumohikan", "canary.example.org")
NEEDLES = CANARY.needles()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def places(looked: Looked) -> list[str]:
    return [sighting.place for sighting in looked.leaks]


def test_a_row_is_found_in_the_database_and_before_that_in_its_log(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        with connection:
            connection.execute("CREATE TABLE stray (what TEXT)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert places(look_in_database(database, NEEDLES)) == []
        with connection:
            connection.execute("INSERT INTO stray VALUES (?)", [CANARY.email])
        assert places(look_in_database(database, NEEDLES)) == ["database-wal"]
    assert places(look_in_database(database, NEEDLES)) == ["database"]


def test_looking_lets_go_of_no_lock(database: Path) -> None:
    """Or the next process to end would take the log away under us, and what we write with it."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE written (what TEXT)")
        look_in_database(database, NEEDLES)
        count_elsewhere(database)
        connection.execute("INSERT INTO written VALUES ('after looking')")
        assert count_elsewhere(database) == 1


def count_elsewhere(database: Path) -> int:
    """How many rows another process sees, which then closes the database."""
    counts = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "print(c.execute('SELECT count(*) FROM written').fetchone()[0]); c.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", counts, str(database)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_a_row_that_was_left_by_a_rollback_journal_is_found(database: Path) -> None:
    database.touch()
    database.with_name("desk.db-journal").write_bytes(b"\0" * 99 + CANARY.name.encode())
    assert places(look_in_database(database, NEEDLES)) == ["database-journal"]


def test_a_file_name_is_found_and_not_repeated(database: Path) -> None:
    database.touch()
    (database.parent / f"export-{CANARY.local_part}.csv").touch()
    looked = look_in_database(database, NEEDLES)
    assert places(looked) == ["file names beside the database: number 2 in the alphabet"]
    assert CANARY.surname.lower() not in repr(looked).lower()


def test_each_log_is_told_by_its_number(tmp_path: Path) -> None:
    clean, careless = tmp_path / "a.log", tmp_path / "b.log"
    clean.write_text("nothing\n" * 1000)
    careless.write_text("x" * (1 << 20) + CANARY.email)
    assert places(look_in_logs([clean, careless], NEEDLES)) == ["log file 2"]


def test_a_name_across_two_pieces_of_a_large_file_is_found(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text("x" * ((1 << 20) - 5) + CANARY.email)
    assert places(look_in_logs([log], NEEDLES)) == ["log file 1"]


def test_a_log_that_cannot_be_read_is_said_to_be_one(tmp_path: Path) -> None:
    looked = look_in_logs([tmp_path / "gone.log"], NEEDLES)
    assert places(looked) == []
    assert looked.unseen == {"log file 1": "it cannot be read: No such file or directory"}
