"""Staff write to an organisation from HubSpot, and name the client."""

import json
import sqlite3
from pathlib import Path

import pytest
import requests

from tests.running import RunningService, running_service, until
from tests.stories.staff_and_professionals import state, submit, wait_for_ticket

#: The client of the form, in the dative.
TELLING = "Góðan dag. Getið þið borgað fyrir Jónu Guðrúnu? Kveðja, Sam"
HARMLESS = "Góðan dag. Getið þið borgað fjóra tíma? Kveðja, Sam"
HR = "hr@northwind-care.example"


def post(service: RunningService, what: str, **body: str) -> None:
    url = f"{service.sandbox.url}/_sandbox/{what}"
    requests.post(url, json=body, timeout=10).raise_for_status()


def incidents(service: RunningService) -> list[str]:
    with sqlite3.connect(service.folder / "desk.db") as connection:
        rows = connection.execute("SELECT facts FROM journal WHERE event = 'incident'").fetchall()
    connection.close()
    return [json.loads(facts)["where"] for (facts,) in rows]


def notes(service: RunningService) -> list[str]:
    return [note["properties"]["hs_note_body"] for note in state(service.sandbox)["notes"]]


@pytest.mark.parametrize(
    ("kind", "way"), [("ticket", "send"), ("ticket", "email"), ("deal", "email")]
)
def test_a_mail_that_tells_is_noticed(tmp_path: Path, kind: str, way: str) -> None:
    with running_service(tmp_path, CRM_OBJECT=kind) as service:
        submit(service.sandbox)
        ticket_id = wait_for_ticket(service.sandbox, f"{kind}s")["id"]
        told = {"to": HR, "subject": "Credits"} | ({"direction": "EMAIL"} if way == "email" else {})
        post(service, way, text=HARMLESS, **{kind: ticket_id}, **told)
        until(service.sandbox.idle)
        post(service, way, text=TELLING, **{kind: ticket_id}, **told)
        (note,) = until(lambda: notes(service))
        assert "cannot be called back" in note
        assert incidents(service) == ["message sent from HubSpot"]
        kept = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
        for word in ("Jónu Guðrúnu", "Góðan dag", HR):
            assert word not in note
            assert word.encode() not in kept


def test_a_contact_that_is_tied_to_a_ticket_is_taken_off_at_once(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        submit(service.sandbox)
        ticket = wait_for_ticket(service.sandbox)
        contact_id = state(service.sandbox)["contacts"][0]["id"]
        post(service, "associate", id=ticket["id"], to="contact", to_id=contact_id)
        until(lambda: notes(service))
        assert "contacts" not in wait_for_ticket(service.sandbox)["associations"]
