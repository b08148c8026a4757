"""The service on several machines: four web processes, three that do the work, one PostgreSQL.

Around them the sandbox, and a proxy before the database for each that works.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.server import Sandbox, start_sandbox
from sandbox.settings import SandboxSettings
from tests.cutting_proxy import CuttingProxy, cutting_proxy
from tests.machines.relay import relay
from tests.machines.writers_book import WritersBook
from tests.ports import lasting_port
from tests.postgres_server import PostgresServer, postgres_server
from tests.running import HERE, clean_environment, free_port, make_settings, run_desk, start, until

WEB_PROCESSES, WORKERS = 4, 3


@dataclass
class Worker:
    """A process that does the work, or stands by. ``url`` is its way to the database."""

    name: str
    url: str
    within: Sequence[str] = ()
    proxy: CuttingProxy | None = None
    process: "subprocess.Popen[bytes] | None" = None

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def is_alive(self) -> bool:
        """Whether the process is still there."""
        return self.process is not None and self.process.poll() is None


@dataclass
class Fleet:
    """All of it, running."""

    folder: Path
    server: PostgresServer
    database_url: str
    sandbox: Sandbox
    environment: dict[str, str]
    book: WritersBook
    workers: dict[str, Worker] = field(default_factory=dict)

    def start_worker(self, worker: Worker) -> None:
        """Start it, and do not wait for it."""
        with self.log_of(worker.name).open("ab") as log:
            worker.process = subprocess.Popen(
                [*worker.within, sys.executable, "-m", "tests.machines.marking_worker"],
                cwd=HERE,
                env={**self.environment, "DATABASE_URL": _named(worker.url, worker.name)},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.workers[worker.name] = worker

    def find_owner(self) -> Worker:
        """Whoever owns the lanes, once somebody does."""
        return self.workers[until(self.book.find_owner, 30)]

    def log_of(self, name: str) -> Path:
        """What a process wrote."""
        return self.folder / f"{name}.log"

    def desk(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one of the operators' commands."""
        return run_desk({**self.environment, "DATABASE_URL": self.database_url}, *arguments)

    def stop_workers(self) -> None:
        """End them, also those that are paused."""
        for worker in self.workers.values():
            if worker.is_alive():
                worker.signal(signal.SIGTERM)
                worker.signal(signal.SIGCONT)
        end = time.monotonic() + 15
        for worker in self.workers.values():
            if worker.process is not None:
                try:
                    worker.process.wait(max(0.1, end - time.monotonic()))
                except subprocess.TimeoutExpired:
                    os.killpg(worker.process.pid, signal.SIGKILL)
                    worker.process.wait()


@contextmanager
def web_fleet(
    folder: Path, server: PostgresServer, url: str, web_processes: int = WEB_PROCESSES
) -> Iterator[Fleet]:
    """Everything but those who work: the sandbox, the schema, and the web processes.

    ``server`` is reached at ``url``, whatever becomes of the workers' way there.
    """
    door, ports = lasting_port(), [free_port() for _ in range(web_processes)]
    settings = SandboxSettings(service_url=f"http://127.0.0.1:{door}", rate_limit=100_000)
    settings.minute_ms = 200
    with ExitStack() as stack:
        sandbox = stack.enter_context(start_sandbox(settings))
        environment = {
            **clean_environment(),
            **make_settings(folder, door, sandbox),
            "DATABASE_URL": url,
            "RUN_WORKER": "no",
        }
        for command in (("keys", "new", environment["SEALING_KEYSET_FILE"]), ("setup",)):
            done = run_desk(environment, *command)
            assert done.returncode == 0, done.stdout + done.stderr
        book = WritersBook(url)
        for number, port in enumerate(ports, 1):
            home = folder / f"web-{number}"
            home.mkdir()
            named = {**environment, "DATABASE_URL": _named(url, f"web-{number}")}
            stack.enter_context(start(home, named, port))
        book.open()
        stack.enter_context(relay("turn", *map(str, [door, *ports])))
        fleet = Fleet(folder, server, url, sandbox, environment, book)
        stack.callback(fleet.stop_workers)
        yield fleet


@contextmanager
def running_fleet(folder: Path) -> Iterator[Fleet]:
    """All of it on this machine, each of the workers behind a proxy of its own."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server())
        url = server.make_database()
        fleet = stack.enter_context(web_fleet(folder, server, url))
        for number in range(1, WORKERS + 1):
            proxy = stack.enter_context(cutting_proxy(server.host, server.port))
            fleet.start_worker(Worker(f"worker-{number}", proxy.url(url), proxy=proxy))
        stack.callback(fleet.stop_workers)
        yield fleet


def _named(url: str, name: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}application_name={name}"
