"""The owner of the lanes beyond a partition from its database, as the kernel does it."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.machines.bustle import Bustle
from tests.machines.faults import stands_by
from tests.machines.fleet import Fleet, Worker, web_fleet
from tests.machines.relay import relay
from tests.machines.writers_book import Takeover
from tests.networks import TwoNetworks, two_networks
from tests.postgres_server import PostgresServer, postgres_server
from tests.running import until


@contextmanager
def parted_fleet(folder: Path) -> Iterator[tuple[Fleet, TwoNetworks]]:
    """One worker in a network of its own, which owns the lanes; the others beside the database."""
    with ExitStack() as stack:
        networks = stack.enter_context(two_networks())
        there = networks.there
        server = stack.enter_context(postgres_server(host=there.address, within=there.command()))
        url = server.make_database()
        near = _by_socket(server, url)
        fleet = stack.enter_context(web_fleet(folder, server, near, web_processes=1))
        stack.enter_context(_relays(fleet, networks))
        stack.callback(fleet.stop_workers)
        far = Worker("far-worker", url, within=networks.here.command())
        fleet.start_worker(far)
        assert fleet.find_owner() is far
        for number in (1, 2):
            fleet.start_worker(Worker(f"worker-{number}", near))
        for worker in list(fleet.workers.values())[1:]:
            stands_by(fleet, worker)
        yield fleet, networks


def partition_takeovers(folder: Path, rounds: int = 1) -> tuple[list[Takeover], list[str]]:
    """Part the owner from its database, and heal that once another has its lanes; again and again.

    Returns the takeovers, and what is wrong in the end.
    """
    takeovers = []
    with parted_fleet(folder) as (fleet, networks):
        far = fleet.workers["far-worker"]
        bustle = Bustle(fleet)
        bustle.start()
        for _ in range(rounds):
            _let_own(fleet, far)
            bustle.wait_for_grants(1)
            begun = time.time()
            networks.partition()
            takeovers.append(fleet.book.wait_for_takeover("partition", begun, far.name))
            networks.heal()
            stands_by(fleet, far)
        bustle.end()
        return takeovers, bustle.wrong()


def _let_own(fleet: Fleet, wanted: Worker) -> None:
    """Ask whoever else owns the lanes to stop, until it is this one's turn."""
    while (owner := fleet.find_owner()) is not wanted:
        assert owner.process is not None
        owner.process.terminate()
        owner.process.wait(20)
        until(lambda gone=owner: fleet.book.find_owner() not in ("", gone.name))  # type: ignore[misc]
        fleet.start_worker(owner)
        stands_by(fleet, owner)


def _by_socket(server: PostgresServer, url: str) -> str:
    """The same database, by a way that no partition cuts."""
    parts = urlsplit(url)
    credentials = parts.netloc.rpartition("@")[0]
    place = urlencode({"host": str(server.folder), "port": server.port})
    return parts._replace(netloc=f"{credentials}@", query=place).geturl()


@contextmanager
def _relays(fleet: Fleet, networks: TwoNetworks) -> Iterator[None]:
    """Let whoever is in the far network reach the sandbox, at the address it has here."""
    ports = (int(fleet.sandbox.url.rpartition(":")[2]), fleet.sandbox.smtp_port)
    pairs = [word for port in ports for word in (str(port), str(fleet.folder / f"{port}.sock"))]
    with (
        relay("dial", *pairs),
        relay("listen", *pairs, within=networks.here.command()),
    ):
        yield
