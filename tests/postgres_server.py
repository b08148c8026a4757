"""A real PostgreSQL for tests, started by ourselves: nothing on the machine is asked or changed."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlsplit

import psutil
import psycopg
from psycopg import sql

from tests.last_will import last_will
from tests.ports import lasting_port
from tests.postgres_binaries import find_binaries, hand_over, make_reachable, unprivileged

# As an operator's: every commit is on the disk before it is answered.
_SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "100",
    "shared_buffers": "16MB",
    "dynamic_shared_memory_type": "mmap",  # goes with the folder, however the server ends
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_START_SECONDS = 60.0

# Whatever postmaster is there by then; it ends its own processes, and only then the folder goes.
_LAST_WILL = """
pid=$(head -n 1 "$1/data/postmaster.pid") && kill -QUIT "$pid"
tries=50; while kill -0 "$pid" && [ $((tries-=1)) -gt 0 ]; do sleep 0.2; done
rm -rf "$1"
"""


class PostgresServer:
    """A server with a data folder of its own; :func:`postgres_server` starts and removes it.

    ``url`` leads to its first database, as superuser; what :meth:`make_database` makes belongs to
    an ordinary user, as an operator's does. We ourselves come through a socket in ``folder``, which
    works whatever becomes of the network before it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        host: str = "127.0.0.1",
        within: Sequence[str] = (),
        binaries: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Make the data folder.

        Args:
            folder: An empty one that anybody may pass through to; gets a new owner.
            host: The one address to listen on.
            within: What to put before the command, to start it in a network of its own.
            binaries: Where ``initdb`` and ``postgres`` are, if not :func:`find_binaries`'.
            settings: Settings of PostgreSQL that are to be otherwise, such as ``fsync``.

        Raises:
            NoPostgres: no ``binaries`` were given, and there are none.
        """
        self.folder, self.host, self.port = folder, host, lasting_port()
        self.log = folder / "postgres.log"
        self._within = within
        self._password = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        self._binaries = make_reachable((binaries or find_binaries()).resolve(), folder)
        self._make_data_folder({**_SETTINGS, **(settings or {})})

    @property
    def url(self) -> str:
        """The first database, as superuser."""
        return self._url("postgres", "postgres")

    def make_user(self) -> None:
        """The ordinary user, to whom every database belongs."""
        self._run("CREATE ROLE desk LOGIN PASSWORD {}", sql.Literal(self._password))

    def make_database(self, template: str | None = None) -> str:
        """The URL of a new database, empty or a copy of ``template``, which nobody may be using."""
        name = f"desk_{secrets.token_hex(6)}"
        copied = _database_of(template) if template else "template1"
        self._run(
            "CREATE DATABASE {} OWNER desk TEMPLATE {}",
            sql.Identifier(name),
            sql.Identifier(copied),
        )
        return self._url("desk", name)

    def drop_database(self, url: str) -> None:
        """Drop what :meth:`make_database` gave, and end whoever is using it."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(_database_of(url)))

    def start(self) -> None:
        """Start it, on the port it always has, and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self._within, *unprivileged(), self._binaries / "postgres", "-D", self._data],
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        end = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise AssertionError(f"PostgreSQL does not start: {self.log.read_text()[-2000:]}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End it as an operator does: whoever is connected is told, and everything is written."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.crash()
        self._process = None

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    def crash(self) -> None:
        """End all of its processes at once, as a power cut would."""
        assert self._process is not None, "it is not running"
        postmaster = psutil.Process(self._process.pid)
        postmaster.suspend()  # or it might start another one meanwhile
        while postmaster.status() not in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE):
            time.sleep(0.001)
        children = postmaster.children(recursive=True)
        for process in [postmaster, *children]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait()
        self._process = None
        while any(_is_running(child) for child in children):
            time.sleep(0.001)

    def kill(self) -> None:
        """Crash and start, which recovers what was committed."""
        self.crash()
        self.start()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _make_data_folder(self, settings: Mapping[str, str]) -> None:
        password = self.folder / "password"
        password.write_text(self._password)
        hand_over(self.folder)
        done = subprocess.run(
            [
                *unprivileged(),
                *(self._binaries / "initdb", "-D", self._data, "--username=postgres"),
                *("--auth=scram-sha-256", f"--pwfile={password}"),
                *("--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions"),
            ],
            cwd=self.folder,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        password.unlink()
        ours = {
            "listen_addresses": self.host,
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            **settings,
        }
        with (self._data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in ours.items())
        with (self._data / "pg_hba.conf").open("a") as file:
            file.write("host all all all scram-sha-256\n")

    def _url(self, user: str, database: str) -> str:
        return f"postgresql://{user}:{self._password}@{self.host}:{self.port}/{database}"

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.folder),
            port=self.port,
            user="postgres",
            password=self._password,
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        )

    def _run(self, statement: LiteralString, *parts: sql.Composable) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(statement).format(*parts))

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def postgres_server(
    *,
    host: str = "127.0.0.1",
    within: Sequence[str] = (),
    binaries: Path | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[PostgresServer]:
    """A running server that is gone afterwards, folder and all; also if we die.

    Its folder is its own, for pytest's are closed to whom PostgreSQL has to run as under root.
    """
    folder = Path(tempfile.mkdtemp(prefix="desk-postgres-"))
    with last_will(_LAST_WILL, str(folder)):
        try:
            server = PostgresServer(
                folder, host=host, within=within, binaries=binaries, settings=settings
            )
            try:
                server.start()
                server.make_user()
                yield server
            finally:
                server.stop()
        finally:
            shutil.rmtree(folder)


def _environment() -> dict[str, str]:
    """Nothing that could lead it elsewhere, and its messages in English."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _database_of(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _is_running(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
