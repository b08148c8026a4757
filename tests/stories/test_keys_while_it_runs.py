"""The keys are changed while professionals fill in forms: nobody notices, and nothing is lost."""

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

from storage.keysets import key_id_of
from storage.sealed_columns import SEALED_COLUMNS
from storage.sealing import TinkSealer
from tests.running import RunningService, running_service, until
from tests.stories.staff_and_professionals import JONA, state, submit

BEFORE, MEANWHILE = 10, 20


def desk_json(service: RunningService, *arguments: str) -> Any:
    done = service.desk(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def address(number: int) -> str:
    return f"client{number}@example.is"


def submit_some(service: RunningService, first: int, number: int) -> None:
    for each in range(first, first + number):
        submit(service.sandbox, client_email=address(each))


def opened(service: RunningService) -> tuple[set[str], set[int]]:
    """Every client's address in the database, and the ids of the keys that anything needs."""
    sealer = TinkSealer((service.folder / "keyset.json").read_text())
    clients, keys = set(), set()
    with closing(sqlite3.connect(service.folder / "desk.db")) as database:
        database.row_factory = sqlite3.Row
        for each in SEALED_COLUMNS:
            for row in database.execute(f"SELECT * FROM {each.table}").fetchall():
                if row[each.column]:
                    keys.add(key_id_of(row[each.column]))
                    plain = sealer.unseal(row[each.column], each.place(dict(row))).decode()
                    if each.table == "sealed_fields" and row["field"] == "client_email":
                        clients.add(plain)
    return clients, keys


def settled(service: RunningService, tickets: int) -> bool:
    return len(state(service.sandbox)["tickets"]) == tickets and service.sandbox.idle()


def test_the_keys_are_changed_while_forms_come_in(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        (first,) = desk_json(service, "keys", "list")
        submit_some(service, 0, BEFORE)
        busy = threading.Thread(target=submit_some, args=(service, BEFORE, MEANWHILE))
        busy.start()
        done = desk_json(service, "keys", "rotate")
        busy.join()
        assert (done["added"], done["finished"], done["unopened"]) == (True, True, 0)
        assert done["resealed"] > BEFORE
        until(lambda: settled(service, BEFORE + MEANWHILE), 60)

        clients, keys = opened(service)
        assert clients == {address(number) for number in range(BEFORE + MEANWHILE)}
        assert keys == {done["key"]}
        dropped = desk_json(service, "keys", "drop", str(first["id"]))
        assert dropped["dropped"] == first["id"]
        assert [each["id"] for each in desk_json(service, "keys", "list")] == [done["key"]]

        submit(service.sandbox, client_email=JONA["client_email"])
        until(lambda: settled(service, BEFORE + MEANWHILE + 1), 60)
        clients, keys = opened(service)
        assert JONA["client_email"] in clients
        assert keys == {done["key"]}
        status = desk_json(service, "status")
        assert (status["parked"], status["failing"]) == ({}, [])
        assert set(status["deliveries"]) == {"read"}
        assert desk_json(service, "verify")["ok"]
        assert "keyset" not in service.log.read_text()
