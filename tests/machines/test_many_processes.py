"""Everything that may befall the owner of the lanes, one after the other in one fleet's life."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machines.bustle import Bustle
from tests.machines.faults import FAULTS
from tests.machines.fleet import Fleet, running_fleet
from tests.machines.partition import partition_takeovers
from tests.networks import can_make_networks
from tests.postgres_server import PostgresServer

#: In seconds, from the fault until another has the lanes and has done work.
TAKEOVER = 5.0


@pytest.fixture
def fleet(tmp_path: Path, postgres: PostgresServer) -> Iterator[Fleet]:
    with running_fleet(tmp_path) as fleet:
        yield fleet


def test_another_takes_over_within_five_seconds_and_nothing_happens_twice(fleet: Fleet) -> None:
    bustle = Bustle(fleet)
    bustle.start()
    takeovers = []
    for fault in FAULTS:
        bustle.wait_for_grants(3)
        takeovers.append(fault(fleet, fleet.find_owner()))
    bustle.end()
    print(*takeovers, sep="\n")
    assert bustle.wrong() == []
    assert all(worker.is_alive() for worker in fleet.workers.values())
    slow = [one for one in takeovers if max(one.first_work, one.all_lanes) >= TAKEOVER]
    assert slow == []


def test_a_partition_as_the_kernel_does_it(tmp_path: Path, postgres: PostgresServer) -> None:
    if not can_make_networks():
        pytest.skip("this machine does not let us make networks")
    takeovers, wrong = partition_takeovers(tmp_path)
    print(*takeovers, sep="\n")
    assert wrong == []
    assert all(max(one.first_work, one.all_lanes) < TAKEOVER for one in takeovers)
