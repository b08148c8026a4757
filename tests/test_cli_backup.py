"""``desk backup``, ``desk restore`` and ``desk restored``: what they do, refuse and say."""

import json
import re
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from storage.migrations import MIGRATIONS
from storage.postgres import PostgresStore
from storage.sealing import TinkSealer, write_new_keyset
from storage.sqlite import SqliteStore
from tests.office import Office, office_in

ROOT = Path(__file__).parents[1]
NOW = 1_790_000_000_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path) as office:
        office.store.check_keys()

        def fill(records: object) -> None:
            for number in range(30):
                office.store._tables.journal.write("made_up", f"CR-{number}", NOW + number)

        office.store.write(fill)
        yield office


@pytest.fixture
def file(office: Office, tmp_path: Path) -> Path:
    """A backup."""
    file = tmp_path / "backup.db"
    done = office.run("backup", str(file))
    assert done.exit_code == 0, done.output
    return file


def elsewhere(office: Office, folder: Path) -> Office:
    """The same settings and keys, on another machine."""
    database = folder / "elsewhere" / "desk.db"
    environment = {**office.environment, "DATABASE_URL": f"sqlite:///{database}"}
    return Office(database, office.store, environment)


@pytest.fixture
def other(office: Office, tmp_path: Path) -> Office:
    return elsewhere(office, tmp_path)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if ".lane-" not in file.name)


def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


# --- backup -------------------------------------------------------------------------------------


def test_a_backup_says_what_it_holds_and_what_it_does_not(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    done = office.run("backup", str(file))
    lines, head = office.store.read(lambda tables: tables.journal.find_head())

    assert (done.exit_code, lines) == (0, 30)
    assert f"{file}: whole" in done.stdout and "journal 30" in done.stdout
    assert "30 lines of the journal, the last of 2026-09-21 14:13 UTC" in done.stdout
    assert head in done.stdout
    assert "The keys are not in it" in done.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (tmp_path / "keyset.json").read_bytes() not in file.read_bytes()


def test_scripts_are_told_the_same(office: Office, tmp_path: Path) -> None:
    done = office.run("backup", str(tmp_path / "backup.db"), "--json")
    told = json.loads(done.stdout)
    assert (told["ok"], told["lines"], told["counts"]["journal"]) == (True, 30, 30)
    assert told["last_at"] == NOW + 29
    assert told["bytes"] == Path(told["file"]).stat().st_size
    assert done.stderr == ""


def test_an_existing_file_is_never_overwritten(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir or Madam")
    done = office.run("backup", str(file))
    assert done.exit_code == 1 and "exists and stays as it is" in done.output
    assert file.read_text() == "Dear Sir or Madam"


def test_in_a_folder_the_newest_are_kept_and_nothing_of_others_is_touched(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("desk-2020-01-01T000000Z.db", "desk-2020-01-02T000000Z.db", "desk-notes.db"):
        (folder / name).write_text("older")
    told = office.run_json("backup", str(folder), "--keep", "2")
    assert told["removed"] == ["desk-2020-01-01T000000Z.db"]
    new = Path(told["file"]).name
    assert names(folder) == ["desk-2020-01-02T000000Z.db", new, "desk-notes.db"]


def test_keeping_some_needs_a_folder(office: Office, tmp_path: Path) -> None:
    done = office.run("backup", str(tmp_path / "backup.db"), "--keep", "2")
    assert done.exit_code == 2 and "folder" in done.output
    assert not (tmp_path / "backup.db").exists()


def test_older_ones_are_kept_where_the_new_one_fails(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "desk-2020-01-01T000000Z.db").write_text("older")
    office.environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'gone.db'}"
    done = office.run("backup", str(folder), "--keep", "1")
    assert done.exit_code == 1 and "could not be copied" in done.output
    assert names(folder) == ["desk-2020-01-01T000000Z.db"]
    assert not (tmp_path / "gone.db").exists()


def test_a_journal_that_was_changed_is_backed_up_and_told_of(
    office: Office, tmp_path: Path
) -> None:
    change(office.path, "UPDATE journal SET facts = '{\"x\":1}' WHERE sequence = 7")
    file = tmp_path / "backup.db"
    done = office.run("backup", str(file))
    assert done.exit_code == 1
    assert "its journal breaks at line 7" in done.stdout
    assert file.exists()


def test_a_database_before_its_migration_is_backed_up_as_it_is(
    office: Office, file: Path, other: Office, tmp_path: Path
) -> None:
    other.path.parent.mkdir()
    other.path.write_bytes(file.read_bytes())
    last = MIGRATIONS[-1][0]
    change(other.path, f"DELETE FROM _sqlite_migrations WHERE name = '{last}'")
    told = other.run_json("backup", str(tmp_path / "before.db"))
    assert told["steps_missing"] == [last]
    assert names(other.path.parent) == ["desk.db"]


# --- restore ------------------------------------------------------------------------------------


def test_a_backup_is_restored_checked_and_left_as_it_was(file: Path, other: Office) -> None:
    before = file.read_bytes()
    done = other.run("restore", str(file))
    assert done.exit_code == 0, done.output
    assert "It knows all until 2026-09-21 14:13 UTC" in done.stdout
    assert "desk forget" in done.stdout and "start the service" in done.stdout
    assert file.read_bytes() == before
    assert names(other.path.parent) == ["desk.db", "desk.db.migrating"]
    assert stat.S_IMODE(other.path.stat().st_mode) == 0o600
    verified = other.run_json("verify")
    assert (verified["ok"], verified["lines"]) == (True, 31)
    assert len(other.journal("restored")) == 1


def test_scripts_are_told_from_when_the_data_is(file: Path, other: Office) -> None:
    told = other.run_json("restore", str(file))
    assert (told["ok"], told["lines"], told["last_at"]) == (True, 30, NOW + 29)
    assert told["database"] == str(other.path)
    assert any("desk forget" in line for line in told["next"])


@pytest.mark.parametrize("platform", ["https://credits.example.is", ""])
def test_where_credits_are_entered_by_hand_it_is_said_what_to_compare(
    file: Path, other: Office, platform: str
) -> None:
    other.environment |= {"CREDITS_API_URL": platform, "CREDITS_API_TOKEN": "a-token"}
    done = other.run("restore", str(file))
    assert ("compare their keys" in done.stdout) == (not platform)


def test_a_database_that_holds_something_is_never_overwritten(file: Path, office: Office) -> None:
    done = office.run("restore", str(file))
    assert done.exit_code == 1
    assert "never overwritten" in done.output and "Move it away" in done.output
    assert office.journal("restored") == []
    assert len(office.journal("made_up")) == 30


def test_one_that_a_first_start_made_is(file: Path, other: Office, office: Office) -> None:
    sealer = TinkSealer(Path(office.environment["SEALING_KEYSET_FILE"]).read_text())
    with closing(SqliteStore(other.path, sealer)) as store:
        store.check_keys()
        store.write(lambda tables: tables.marks.set("companies_read_at", 1))
    assert other.run("restore", str(file)).exit_code == 0
    assert len(other.journal("made_up")) == 30


def test_somebody_elses_file_is_never_overwritten(file: Path, other: Office) -> None:
    other.path.parent.mkdir()
    other.path.write_text("Dear Sir or Madam")
    done = other.run("restore", str(file))
    assert done.exit_code == 1 and "never overwritten" in done.output
    assert other.path.read_text() == "Dear Sir or Madam"


def test_the_log_of_a_database_that_was_moved_away_is_not_taken_for_ours(
    file: Path, other: Office
) -> None:
    other.path.parent.mkdir()
    other.path.with_name("desk.db-wal").write_bytes(b"of another database")
    done = other.run("restore", str(file))
    assert done.exit_code == 1 and "desk.db-wal" in done.output
    assert not other.path.exists()


def test_nothing_is_restored_under_a_running_service(file: Path, other: Office) -> None:
    other.path.parent.mkdir()
    lane = other.path.with_name("desk.db.lane-grants")
    does = (
        "import fcntl, sys, time\n"
        "lock = open(sys.argv[1], 'w')\n"
        "fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", does, str(lane)], stdout=subprocess.PIPE, text=True
    ) as service:
        try:
            assert service.stdout and service.stdout.readline() == "ready\n"
            done = other.run("restore", str(file))
        finally:
            service.kill()
    assert done.exit_code == 1 and "a service is running" in done.output
    assert not other.path.exists()
    assert other.run("restore", str(file)).exit_code == 0


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE journal SET facts = 'x' WHERE sequence = 7", "breaks at line 7"),
        ("UPDATE _sqlite_migrations SET name = '9999_later' WHERE name LIKE '0001%'", "newer"),
        ("DROP TABLE _sqlite_migrations", "not a database of Credits Desk"),
    ],
)
def test_what_is_no_whole_backup_is_refused(
    file: Path, other: Office, statement: str, says: str
) -> None:
    change(file, statement)
    done = other.run("restore", str(file))
    assert done.exit_code == 1 and says in done.output
    assert names(other.path.parent) == ["desk.db.migrating"]


def test_a_damaged_file_is_refused(file: Path, other: Office) -> None:
    file.write_bytes(file.read_bytes()[:-5000])
    done = other.run("restore", str(file))
    assert done.exit_code == 1 and "damaged" in done.output
    assert not other.path.exists()


def test_other_keys_are_refused(file: Path, other: Office, tmp_path: Path) -> None:
    write_new_keyset(tmp_path / "other.json")
    other.environment["SEALING_KEYSET_FILE"] = str(tmp_path / "other.json")
    done = other.run("restore", str(file))
    assert done.exit_code == 1 and "not the keyset" in done.output
    assert not other.path.exists()


def test_a_journal_that_is_not_whole_can_be_gone_on_with_knowingly(
    file: Path, other: Office
) -> None:
    change(file, "UPDATE journal SET facts = 'x' WHERE sequence = 7")
    assert other.run("restore", str(file), "--even-if-broken").exit_code == 0
    assert len(other.journal("restored")) == 1


def test_an_older_schema_is_brought_up_to_date(office: Office, other: Office, file: Path) -> None:
    before = file.with_name("before.db")
    steps = [name for name, _ in MIGRATIONS[:-1]]
    with closing(sqlite3.connect(before)) as old, closing(sqlite3.connect(file)) as new:
        for _, statements in MIGRATIONS[:-1]:
            for statement in statements:
                old.execute(statement)
        (made,) = new.execute(
            "SELECT sql FROM sqlite_master WHERE name = '_sqlite_migrations'"
        ).fetchone()
        old.execute(made)
        for table in ("_sqlite_migrations", "journal", "key_check"):
            rows = new.execute(f"SELECT * FROM {table}").fetchall()
            places = ", ".join("?" * len(rows[0]))
            old.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        old.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [MIGRATIONS[-1][0]])
        old.commit()
    told = other.run_json("restore", str(before))
    assert told["steps_missing"] == [MIGRATIONS[-1][0]]
    with closing(sqlite3.connect(other.path)) as connection:
        taken = connection.execute("SELECT name FROM _sqlite_migrations").fetchall()
    assert sorted(name for (name,) in taken) == [*steps, MIGRATIONS[-1][0]]
    assert other.run_json("verify")["lines"] == 31


def test_a_log_that_lies_beside_the_file_is_taken_in(
    office: Office, other: Office, tmp_path: Path
) -> None:
    """The disk of a machine that died: its last commits are in the log only."""
    disk = tmp_path / "disk"
    disk.mkdir()
    for suffix in ("", "-wal"):
        (disk / f"desk.db{suffix}").write_bytes(Path(f"{office.path}{suffix}").read_bytes())
    before = {file.name: file.read_bytes() for file in disk.iterdir()}
    assert b"made_up" in before["desk.db-wal"] and b"made_up" not in before["desk.db"]
    told = other.run_json("restore", str(disk / "desk.db"))
    assert told["lines"] == 30
    assert {file.name: file.read_bytes() for file in disk.iterdir()} == before
    assert names(other.path.parent) == ["desk.db", "desk.db.migrating"]


def test_a_restore_that_is_killed_leaves_no_database_and_can_be_run_again(
    file: Path, other: Office
) -> None:
    does = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from storage.sqlite_restore import taking_its_place\n"
        "file, database = map(Path, sys.argv[1:])\n"
        "with taking_its_place(file, database, ['crm'], lambda done, all_: None) as unfinished:\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    arguments: Sequence[str] = [sys.executable, "-c", does, str(file), str(other.path)]
    done = subprocess.run(arguments, cwd=ROOT, timeout=30, check=False)
    assert done.returncode == -signal.SIGKILL
    assert "desk.db.restoring" in names(other.path.parent)
    assert not other.path.exists()

    assert other.run("restore", str(file)).exit_code == 0
    assert names(other.path.parent) == ["desk.db", "desk.db.migrating"]


# --- restored -----------------------------------------------------------------------------------


def test_a_database_restored_by_other_means_is_checked_and_marked(office: Office) -> None:
    told = office.run_json("restored")
    assert (told["ok"], told["lines"], told["last_at"]) == (True, 30, NOW + 29)
    assert len(office.journal("restored")) == 1
    assert "desk forget" in office.run("restored").stdout


def test_it_is_not_marked_while_a_service_runs_or_where_it_is_broken(office: Office) -> None:
    with office.store.own_lane("mail"):
        done = office.run("restored")
    assert done.exit_code == 1 and "a service is running" in done.output
    change(office.path, "UPDATE journal SET facts = 'x' WHERE sequence = 7")
    done = office.run("restored")
    assert done.exit_code == 1 and "breaks at line 7" in done.output
    assert office.journal("restored") == []
    assert office.run("restored", "--even-if-broken").exit_code == 0


def test_nothing_is_marked_where_nothing_was_restored(other: Office) -> None:
    done = other.run("restored")
    assert done.exit_code == 1 and "this database is empty" in done.output


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_postgresql_is_told_what_to_use(office: Office, tmp_path: Path, command: str) -> None:
    office.environment["DATABASE_URL"] = "postgresql://desk:hunter2@db.example.is/desk"
    done = office.run(command, str(tmp_path / "copy.db"))
    assert done.exit_code == 1
    assert re.search(r"pg_dump.*desk restored", done.output)
    assert "hunter2" not in done.output


def test_a_postgresql_that_was_restored_goes_on(office: Office, postgres_url: str) -> None:
    office.environment["DATABASE_URL"] = postgres_url
    done = office.run("restored")
    assert done.exit_code == 1 and "this database is empty" in done.output

    sealer = TinkSealer(Path(office.environment["SEALING_KEYSET_FILE"]).read_text())
    with closing(PostgresStore(postgres_url, sealer)) as store:
        store.write(lambda tables: tables.journal.write("received", "CR-1", 1_790_000_000_000))
        with store.own_lane("crm") as ours:
            assert ours()
            done = office.run("restored")
            assert done.exit_code == 1 and "a service is running" in done.output

    assert office.run_json("restored")["lines"] == 1
    with closing(PostgresStore(postgres_url, sealer)) as store:
        written = store.read(lambda tables: tables.journal.find_events("restored"))
        assert len(written) == 1
