"""`desk move-database`, as operators use it; and killed half-way."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.delivery_records import Route
from casework.receive import keep_delivery
from storage.sealing import TinkSealer
from storage.tables import Tables
from tests.office import Office, office_in
from tests.storage.made_up import NOW, look, new_request

ROOT = Path(__file__).parents[1]
REQUESTS = 1_100  # more than one piece

#: Moves, and is killed when so many steps are done.
KILLED = """
import os, signal, sys
from functools import partial
from pathlib import Path
from setting_readers import read_database
from storage.move import move
from storage.postgres_held import hold_postgres_to_fill
from storage.sqlite_held import hold_sqlite_to_fill, hold_sqlite_to_read

source, target, share = sys.argv[1:]

def show(done, all_):
    if done >= float(share) * all_:
        os.kill(os.getpid(), signal.SIGKILL)

address = read_database(target)
if address.file:
    fill = partial(hold_sqlite_to_fill, address.file)
else:
    fill = partial(hold_postgres_to_fill, address.server)
move(partial(hold_sqlite_to_read, Path(source)), fill, None, show)
"""


def fill(tables: Tables) -> None:
    for number in range(REQUESTS):
        tables.requests.add(new_request(f"CR-{number}", conversion_id=f"{number}"), NOW)
    tables.journal.write("received", "CR-1", NOW)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """One with many requests, and the service stopped."""
    with office_in(tmp_path) as office:
        office.store.check_keys()
        office.store.write(fill)
        sealer = TinkSealer((tmp_path / "keyset.json").read_text())
        keep_delivery(office.store, sealer, Route.FORM, b"{}", NOW)
        office.store.close()
        yield office


@pytest.fixture(params=["sqlite", "postgres"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """DATABASE_URL of what is to be the new database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/desk.db"
    return str(request.getfixturevalue("postgres_url"))


def test_a_store_is_moved_and_the_service_uses_it(office: Office, new: str, tmp_path: Path) -> None:
    address = tmp_path / "new-database"
    address.write_text(new + "\n")
    old = office.environment["DATABASE_URL"]

    done = office.run("move-database", old, f"@{address}")

    assert done.exit_code == 0, done.output
    assert "rows are the same in both databases" in done.stdout
    assert "The journal is whole: 1 lines" in done.stdout
    assert "opens with the keys of SEALING_KEYSET" in done.stdout
    assert new not in done.output
    office.environment["DATABASE_URL"] = new
    assert office.run_json("status")["requests"] == {"new": REQUESTS}
    assert office.run_json("verify")["ok"]

    back = office.run_json("move-database", new, f"sqlite:///{tmp_path}/back.db")
    assert back["tables"]["requests"]["rows"] == REQUESTS
    assert back["journal"]["lines"] == 1
    assert back["keys_checked"]
    one, other = (
        look(file, "SELECT * FROM requests ORDER BY reference")
        for file in (office.path, tmp_path / "back.db")
    )
    assert one == other


def test_without_keys_all_is_copied_and_nothing_is_said_of_them(
    office: Office, tmp_path: Path
) -> None:
    for name in list(office.environment):
        del office.environment[name]
    office.environment["SEALING_KEYSET_FILE"] = ""
    done = office.run("move-database", f"sqlite:///{office.path}", f"sqlite:///{tmp_path}/new.db")
    assert done.exit_code == 0, done.output
    assert "was not checked" in done.stdout


def test_the_same_database_twice_is_refused(office: Office, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(office.path)
    for other in (office.path, tmp_path / "link.db", tmp_path / ".." / tmp_path.name / "desk.db"):
        done = office.run("move-database", f"sqlite:///{office.path}", f"sqlite:///{other}")
        assert done.exit_code == 1
        assert "are the same database" in done.output


@pytest.mark.parametrize(
    "wrong", ["mysql://desk:geheim@host/desk", "desk.db", "postgresql://desk:geheim@host", ""]
)
def test_a_wrong_address_is_refused_without_quoting_it(office: Office, wrong: str) -> None:
    done = office.run("move-database", f"sqlite:///{office.path}", wrong)
    assert done.exit_code == 2
    assert "must look like sqlite:///data/desk.db or postgresql://" in done.output
    assert "geheim" not in done.output


def test_a_file_that_is_not_there_is_told(office: Office, tmp_path: Path) -> None:
    done = office.run("move-database", f"@{tmp_path}/missing", "sqlite:///x.db")
    assert done.exit_code == 2
    assert "cannot be read: No such file" in done.output


def test_a_store_in_use_is_refused(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    with office_in(folder) as running:
        done = office.run(
            "move-database", f"sqlite:///{running.path}", f"sqlite:///{tmp_path}/n.db"
        )
    assert done.exit_code == 1
    assert "is in use: stop every process of the service" in done.output
    assert not (tmp_path / "n.db").exists()


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_killed_half_way_no_start_and_a_second_try(office: Office, new: str, share: float) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(office.path), new, str(share)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    old = office.environment["DATABASE_URL"]
    office.environment["DATABASE_URL"] = new
    refused = office.run("status")
    assert refused.exit_code == 1
    assert "did not finish copying" in refused.output
    started = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **office.environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert started.returncode != 0
    assert "did not finish copying" in started.stderr

    again = office.run("move-database", old, new, "--json")
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout)["tables"]["requests"]["rows"] == REQUESTS
    assert office.run_json("status")["requests"] == {"new": REQUESTS}
