"""What stories need in which a machine is lost, and another goes on."""

import json
import sqlite3
from collections import Counter
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sandbox.server import Sandbox
from tests.running import RunningService, kill, run_desk, start, until
from tests.stories.staff_and_professionals import move, stage_label, state, submit


def client(number: int) -> str:
    return f"client.{number}@heima.example.is"


def fill_in_forms(sandbox: Sandbox, numbers: range) -> None:
    for number in numbers:
        submit(sandbox, client_email=client(number), employer_or_wellbeing_hub=f"Vinna {number}")


def tickets_by_organisation(sandbox: Sandbox) -> dict[int, dict[str, Any]]:
    """The tickets by the number of their request. Which it is, the organisation tells."""
    found = {}
    for ticket in state(sandbox)["tickets"]:
        text = json.dumps(ticket["properties"])
        (number,) = [n for n in range(100) if f'Vinna {n}"' in text or f"Vinna {n}\\n" in text]
        assert number not in found, "two tickets for one request"
        found[number] = ticket
    return found


def ticket_of(sandbox: Sandbox, number: int) -> dict[str, Any]:
    return tickets_by_organisation(sandbox)[number]


def wait_for_tickets(sandbox: Sandbox, number: int) -> None:
    until(lambda: len(tickets_by_organisation(sandbox)) == number, 30)


def approve(sandbox: Sandbox, number: int, credits: int) -> None:
    move(sandbox, ticket_of(sandbox, number)["id"], "Approved", str(credits))


def wait_for_stage(sandbox: Sandbox, number: int, label: str) -> None:
    until(lambda: stage_label(sandbox, ticket_of(sandbox, number)) == label, 30)


def lose_the_machine(service: RunningService) -> None:
    """All that is left is the backup, and the keyset, which was kept apart from it."""
    kill(service.process)
    for file in service.folder.glob("desk.db*"):
        file.unlink()


def restore(service: RunningService, backup: Path, folder: Path) -> dict[str, str]:
    """Restore into another folder. Returns the settings of the service there."""
    folder.mkdir()
    environment = {**service.environment, "DATABASE_URL": f"sqlite:///{folder / 'desk.db'}"}
    done = run_desk(environment, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    return environment


def start_there(
    service: RunningService, environment: dict[str, str]
) -> AbstractContextManager[object]:
    """Start the service anew, at the address it had."""
    port = urlsplit(service.url).port
    assert port
    return start(service.folder, environment, port)


def check_that_all_agree(
    environment: dict[str, str], sandbox: Sandbox, approved: dict[int, int]
) -> None:
    """Credits, cards, journal and the platform tell the same story."""
    assert state(sandbox)["balances"] == {client(n): credit for n, credit in approved.items()}
    grants = Counter(grant["client_email"] for grant in state(sandbox)["grants"])
    assert grants == {client(number): 1 for number in approved}
    compare_grants(environment)  # records what was added after the backup, as it does by itself
    assert compare_grants(environment) == []
    done = run_desk(environment, "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(run_desk(environment, "parked", "--json").stdout) == []
    database = environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(database)) as connection:
        posted = connection.execute(
            "SELECT credits FROM grants WHERE state = 'posted' ORDER BY credits"
        ).fetchall()
    assert [number for (number,) in posted] == sorted(approved.values())


def compare_grants(environment: dict[str, str]) -> Any:
    """What the platform says against what we know."""
    done = run_desk(environment, "reconcile", "--only", "grants", "--json")
    (report,) = json.loads(done.stdout)
    return report["findings"]
