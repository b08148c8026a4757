"""The machine is lost; another one starts with an older backup, against the same HubSpot."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from casework.relink import begin_relinking
from sandbox.server import Sandbox
from steady import wall_clock
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from tests.running import kill, run_desk, running_service, start, until
from tests.stories.staff_and_professionals import JONA, move, stage_label, state, submit

SECOND, THIRD = "sigurjon.b@heima.example.is", "birta.e@heima.example.is"


def ticket_after(sandbox: Sandbox, number: int, kind: str) -> dict[str, Any]:
    """The newest of so many tickets, once they are there."""
    until(lambda: len(state(sandbox)[kind]) == number)
    found: dict[str, Any] = max(state(sandbox)[kind], key=lambda ticket: int(ticket["id"]))
    return found


def back_up(environment: Mapping[str, str], to: Path) -> None:
    with (
        closing(sqlite3.connect(database_in(environment))) as live,
        closing(sqlite3.connect(to)) as kept,
    ):
        live.backup(kept)


def database_in(environment: Mapping[str, str]) -> str:
    return environment["DATABASE_URL"].removeprefix("sqlite:///")


def restore(backup: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """What the restore command does; returns the settings of the other machine."""
    store = SqliteStore(backup, TinkSealer(Path(environment["SEALING_KEYSET_FILE"]).read_text()))
    store.write(lambda records: begin_relinking(records, wall_clock()))
    store.close()
    return {**environment, "DATABASE_URL": f"sqlite:///{backup}"}


def test_an_older_backup_goes_on_where_the_lost_machine_was(tmp_path: Path) -> None:
    kind = "tickets"
    backup = tmp_path / "elsewhere" / "desk.db"
    backup.parent.mkdir()
    with running_service(tmp_path) as service:
        sandbox = service.sandbox
        submit(sandbox)
        known = ticket_after(sandbox, 1, kind)
        back_up(service.environment, backup)
        submit(sandbox, client_email=SECOND)
        granted = ticket_after(sandbox, 2, kind)
        move(sandbox, granted["id"], "Approved", "4", kind)
        until(lambda: state(sandbox)["balances"] == {SECOND: 4})
        submit(sandbox, client_email=THIRD)
        asked = ticket_after(sandbox, 3, kind)
        until(
            lambda: all(one["properties"]["credit_request_check"] for one in state(sandbox)[kind])
        )
        kill(service.process)

        move(sandbox, asked["id"], "Approved", "5", kind)
        environment = restore(backup, service.environment)
        with start(tmp_path, environment, urlsplit(service.url).port or 0):
            until(lambda: state(sandbox)["balances"] == {SECOND: 4, THIRD: 5}, 40)
            move(sandbox, known["id"], "Approved", "6", kind)
            whole = {SECOND: 4, THIRD: 5, JONA["client_email"]: 6}
            until(lambda: state(sandbox)["balances"] == whole, 40)
            until(
                lambda: (
                    {stage_label(sandbox, one, kind) for one in state(sandbox)[kind]}
                    == {"Credits added"}
                ),
                40,
            )
            assert {one["id"] for one in state(sandbox)[kind]} == {
                known["id"],
                granted["id"],
                asked["id"],
            }
            assert len(state(sandbox)["grants"]) == 3
            assert json.loads(run_desk(environment, "orphans", "--json").stdout) == []
            reports = json.loads(run_desk(environment, "reconcile", "--json").stdout)
            assert [report["findings"] for report in reports] == [[], [], [], []]
            assert run_desk(environment, "verify").returncode == 0
