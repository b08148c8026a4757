"""The self-test with an invented client: green on a sound service, red wherever somebody leaks."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from casework.identity import Identity
from sandbox.server import Sandbox
from tests.running import RunningService, run_desk, running_service, until
from tests.stories.staff_and_professionals import stage_label, state, wait_for_ticket

PROFESSIONAL = "anna.therapist@clinic.example.is"
#: How long leaks may be planted before the sweep, after which the canary is looked for.
SWEPT_AFTER = "4"


@dataclass
class Named:
    """By what the canary goes, as the sandbox was told."""

    name: str
    email: str

    @property
    def surname(self) -> str:
        return self.name.split()[1]


def wait_for_canary(sandbox: Sandbox) -> Named:
    """Read off the form who it is this time."""
    (submission,) = until(lambda: state(sandbox)["submissions"], 30)
    values = {answer["name"]: answer["value"] for answer in submission["values"]}
    name, _, _ = values["additional_information"].partition(" (")
    return Named(name, values["client_email"])


def post(sandbox: Sandbox, path: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {sandbox.settings.access_token}"}
    answer = requests.post(f"{sandbox.url}{path}", json=body, headers=headers, timeout=10)
    answer.raise_for_status()
    made: dict[str, Any] = answer.json()
    return made


def tied_to(ticket_id: str, type_id: int) -> list[dict[str, Any]]:
    link = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}
    return [{"to": {"id": ticket_id}, "types": [link]}]


def plant_everywhere(service: RunningService, canary: Named, ticket_id: str) -> None:
    """What careless people and careless programs do, each in a place of its own."""
    sandbox, stamp = service.sandbox, "2026-11-23T10:00:00Z"
    note = {"hs_timestamp": stamp, "hs_note_body": f"<p>Spoke with {canary.name}</p>"}
    post(sandbox, "/crm/v3/objects/notes", {"properties": note, "associations": []})
    tied = {"hs_timestamp": stamp, "hs_note_body": f"<b>{canary.surname.upper()}</b>?"}
    post(
        sandbox,
        "/crm/v3/objects/notes",
        {"properties": tied, "associations": tied_to(ticket_id, 228)},
    )
    post(sandbox, "/_sandbox/company", {"properties": {"name": f"{canary.surname} ehf."}})
    task = {"hs_timestamp": stamp, "hs_task_subject": f"Call {canary.email}"}
    post(sandbox, "/crm/v3/objects/tasks", {"properties": task, "associations": []})
    mail = {"ticket": ticket_id, "from": "hr@company.example.is", "text": f"Is it {canary.name}?"}
    post(sandbox, "/_sandbox/email", mail)
    reply = {"from": "hr@other.example.is", "text": f"About {canary.surname}", "subject": "Hi"}
    post(sandbox, "/_sandbox/reply", reply)
    contact = {"email": "somebody@example.is", "client_email": canary.email}
    post(sandbox, "/_sandbox/contact", {"properties": contact})
    deal = {"dealname": f"More for {canary.surname}", "dealstage": "appointmentscheduled"}
    post(sandbox, "/crm/v3/objects/deals", {"properties": deal, "associations": []})
    (service.folder / "careless.log").write_text(f'{{"to": "{canary.email.upper()}"}}\n')
    (service.folder / f"{canary.surname}.csv").touch()
    with closing(sqlite3.connect(service.folder / "desk.db", timeout=10)) as stray, stray:
        stray.execute("CREATE TABLE stray (what TEXT)")
        stray.execute("INSERT INTO stray VALUES (?)", [canary.email])


@contextmanager
def planting(service: RunningService, plant: Callable[[Named, str], None]) -> Iterator[None]:
    """Plant, in a thread of its own, as soon as the canary's ticket is there."""
    failures: list[Exception] = []

    def wait_and_plant() -> None:
        try:
            canary = wait_for_canary(service.sandbox)
            plant(canary, wait_for_ticket(service.sandbox)["id"])
        except (AssertionError, OSError, sqlite3.Error) as failure:
            failures.append(failure)

    thread = threading.Thread(target=wait_and_plant)
    thread.start()
    yield
    thread.join(60)
    assert not failures, failures


def fly(service: RunningService, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Exit status, what was found, and all that was said."""
    quick = ("--professional", PROFESSIONAL, "--search-for", "1", "--json")
    done = service.desk("canary", *quick, *arguments)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout), done.stdout + done.stderr


def names_nobody(said: str, sandbox: Sandbox) -> bool:
    canary = wait_for_canary(sandbox)
    words = (canary.surname, canary.email, *Identity(canary.email).local_parts())
    return not any(word.casefold() in said.casefold() for word in words)


def test_a_sound_service_is_green_and_the_canary_never_goes_on(tmp_path: Path) -> None:
    with running_service(tmp_path, RESIDUE_DELAY_SECONDS="1") as service:
        status, told, said = fly(service, "--log", str(service.log))
        assert (status, told["result"]) == (0, "green"), told
        assert told["found"] == []
        assert told["not_looked_in"] == {}
        assert told["withdrawn"] is True
        left = {sighting["place"] for sighting in told["left_by_the_form"]}
        assert {"submission", "history client_email"} <= left
        assert any(place.endswith(": history of client_email") for place in left)
        ticket = wait_for_ticket(service.sandbox)
        assert ticket["properties"]["credit_request_ref"] == told["reference"]
        assert stage_label(service.sandbox, ticket) == "Withdrawn"
        assert names_nobody(said, service.sandbox)
        assert state(service.sandbox)["grants"] == []
        verified = json.loads(service.desk("verify", "--json").stdout)
        assert verified["ok"]
        in_words = service.desk("canary", "--search-for", "1", "--skip", "threads")
        assert in_words.returncode == 0, in_words.stdout + in_words.stderr
        assert in_words.stdout.startswith("Green: the invented client was found nowhere.\n")
        assert json.loads(service.desk("incidents", "--json").stdout) == []


def test_each_leak_is_found_and_named_by_its_place(tmp_path: Path) -> None:
    with running_service(tmp_path, RESIDUE_DELAY_SECONDS=SWEPT_AFTER) as service:
        log = service.folder / "careless.log"
        log.touch()

        def plant(canary: Named, ticket_id: str) -> None:
            plant_everywhere(service, canary, ticket_id)

        with planting(service, plant):
            status, told, said = fly(service, "--log", str(log))
        assert (status, told["result"]) == (1, "red"), told
        held = state(service.sandbox)
        # Beside the two of staff there is our own, about the mail that tells.
        bodies = {one["id"]: one["properties"]["hs_note_body"] for one in held["notes"]}
        (loose,) = [one for one, body in bodies.items() if body.startswith("<p>Spoke with")]
        (tied,) = [one for one, body in bodies.items() if body.endswith("</b>?")]
        expected = {
            f"notes {loose}: hs_note_body",
            f"notes {tied}: hs_note_body",
            f"companies {held['companies'][-1]['id']}: name",
            f"tasks {held['tasks'][0]['id']}: hs_task_subject",
            f"emails {held['emails'][0]['id']}: hs_email_text",
            f"deals {held['deals'][0]['id']}: dealname",
            "log file 1",
        }
        found = {sighting["place"] for sighting in told["found"]}
        assert expected <= found, expected - found
        somebody = [
            one["id"]
            for one in held["contacts"]
            if one["properties"].get("email") == "somebody@example.is"
        ]
        assert f"contacts {somebody[0]}: client_email" in found
        (thread,) = held["threads"]
        assert any(place.startswith(f"threads {thread['id']}: message ") for place in found)
        assert {"database", "database-wal"} & found
        assert any(place.startswith("file names beside the database") for place in found)
        assert told["withdrawn"] is True
        assert names_nobody(said, service.sandbox)


def test_what_staff_type_on_the_ticket_itself_is_found_in_its_history(tmp_path: Path) -> None:
    with running_service(tmp_path, RESIDUE_DELAY_SECONDS=SWEPT_AFTER) as service:

        def plant(canary: Named, ticket_id: str) -> None:
            body = {"object": "tickets", "id": ticket_id, "properties": {"subject": canary.name}}
            post(service.sandbox, "/_sandbox/edit", body)

        with planting(service, plant):
            status, told, said = fly(service, "--skip", "deals")
        ticket_id = wait_for_ticket(service.sandbox)["id"]
        assert status == 1, told
        places = {sighting["place"] for sighting in told["found"]}
        assert places == {f"tickets {ticket_id}: history of subject"}
        assert names_nobody(said, service.sandbox)
        (incident,) = json.loads(service.desk("incidents", "--json").stdout)
        assert incident["where"] == "typed on the ticket: subject"


def test_a_place_that_may_not_be_read_is_no_green(tmp_path: Path) -> None:
    with running_service(tmp_path, RESIDUE_DELAY_SECONDS="0") as service:
        service.sandbox.faults.add("api.error", times=1000, status=403, path="/conversations/")
        status, told, _ = fly(service)
        assert (status, told["result"]) == (2, "unfinished")
        assert list(told["not_looked_in"]) == ["threads"]


def test_it_is_said_which_step_did_not_happen(tmp_path: Path) -> None:
    with running_service(tmp_path, RESIDUE_DELAY_SECONDS="86400") as service:
        sandbox = service.sandbox
        status, told, said = fly(service, "--timeout", "3")
        assert (status, told["missing"], told["withdrawn"]) == (2, "swept", True)
        assert told["found"] == []
        assert names_nobody(said, sandbox)
        assert stage_label(sandbox, wait_for_ticket(sandbox)) == "Withdrawn"

        sandbox.faults.add("api.error", times=1000, path="/crm/v3/objects/tickets/batch/upsert")
        status, told, _ = fly(service, "--timeout", "2")
        assert (status, told["missing"], told["withdrawn"]) == (2, "ticket", False)
        assert told["reference"].startswith("CR-")

        other_form = {
            **service.environment,
            "HUBSPOT_FORM_ID": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
        }
        done = run_desk(other_form, "canary", "--timeout", "2")
        assert done.returncode == 2
        assert "The form was not taken: HubSpot: send the form" in done.stdout

    done = run_desk(service.environment, "canary", "--timeout", "2")
    assert done.returncode == 2
    assert "The form was not taken" in done.stdout


def test_a_service_that_does_not_run_takes_nothing_in(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        service.process.terminate()
        service.process.wait(20)
        done = service.desk("canary", "--timeout", "1")
        assert done.returncode == 2
        assert "the service has not taken the request in" in done.stdout
        assert "could not be withdrawn" in done.stdout
        assert names_nobody(done.stdout + done.stderr, service.sandbox)
