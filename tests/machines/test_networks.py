"""A partition as the kernel does it: nothing arrives, nobody is told, and TCP goes on after it."""

import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.networks import Network, TwoNetworks, can_make_networks, two_networks
from tests.postgres_server import PostgresServer, postgres_server
from tests.running import HERE, until

# Asks the database for each line it is given.
ASKS = """
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    print("connected", flush=True)
    for line in sys.stdin:
        connection.execute("SELECT 1")
        print("answered", flush=True)
"""
CONNECTS = """
import sys, psycopg
psycopg.connect(sys.argv[1], connect_timeout=2)
"""
MAKES_TWO_AND_WAITS = """
from tests.networks import two_networks
with two_networks() as networks:
    print(networks.here.name, networks.there.name, flush=True)
    input()
"""


@pytest.fixture
def networks() -> Iterator[TwoNetworks]:
    if not can_make_networks():
        pytest.skip("this machine does not let us make networks")
    with two_networks() as networks:
        yield networks


@pytest.fixture
def far(networks: TwoNetworks, postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server that only the two networks reach."""
    there = networks.there
    with postgres_server(host=there.address, within=there.command()) as server:
        yield server


@contextmanager
def start(network: Network, program: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        network.command(sys.executable, "-c", program, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ask(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def says(process: "subprocess.Popen[str]", seconds: float = 15) -> str:
    """The next line it says within that time, or nothing."""
    assert process.stdout
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    return process.stdout.readline().strip() if ready else ""


def test_a_partition_gives_no_answer_and_ends_no_connection(
    networks: TwoNetworks, far: PostgresServer
) -> None:
    with start(networks.here, ASKS, far.url) as client:
        assert says(client) == "connected"
        ask(client)
        assert says(client) == "answered"
        networks.partition()
        ask(client)
        assert says(client, seconds=1) == ""
        assert client.poll() is None
        networks.heal()
        assert says(client) == "answered"


def test_nobody_connects_across_a_partition(networks: TwoNetworks, far: PostgresServer) -> None:
    networks.partition()
    with start(networks.here, CONNECTS, far.url) as client:
        _, error = client.communicate(timeout=15)
    assert "ConnectionTimeout" in error


def test_we_ourselves_reach_the_server_all_the_time(
    networks: TwoNetworks, far: PostgresServer
) -> None:
    networks.partition()
    url = far.make_database()
    far.kill()
    networks.heal()
    with start(networks.here, ASKS, url) as client:
        assert says(client) == "connected"


def test_the_server_is_in_its_own_network_only(far: PostgresServer) -> None:
    ours = psycopg.conninfo.make_conninfo(far.url, host="127.0.0.1", connect_timeout=2)
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(ours)


def test_no_network_is_left(networks: TwoNetworks) -> None:
    with two_networks() as others:
        assert {others.here.name, others.there.name} <= names()
    assert {others.here.name, others.there.name} & names() == set()


def test_no_network_is_left_when_we_are_killed(networks: TwoNetworks) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", MAKES_TWO_AND_WAITS],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    made = set(says(process).split())
    assert len(made & names()) == 2
    process.send_signal(signal.SIGKILL)
    process.communicate()
    until(lambda: not made & names())


def names() -> set[str]:
    """Of all networks there are."""
    listed = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True)
    return {line.split()[0] for line in listed.stdout.splitlines()}
