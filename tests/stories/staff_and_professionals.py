"""What people do in a story, through the sandbox's control address."""

from typing import Any

import requests

from sandbox.crm.object_types import read_object_type
from sandbox.server import Sandbox
from tests.running import until

JONA = {
    "client_email": "jona.gudrun@heima.example.is",
    "employer_or_wellbeing_hub": "Marel hf.",
    "email": "anna.therapist@clinic.example.is",
    "additional_information": "Sefur illa eftir áfallið",
}


def submit(sandbox: Sandbox, **fields: str) -> None:
    """Fill in the form."""
    answer = requests.post(f"{sandbox.url}/_sandbox/submit", json={**JONA, **fields}, timeout=10)
    answer.raise_for_status()


def state(sandbox: Sandbox) -> dict[str, Any]:
    """Everything the sandbox holds."""
    found: dict[str, Any] = requests.get(f"{sandbox.url}/_sandbox/state", timeout=10).json()
    return found


def wait_for_ticket(sandbox: Sandbox, kind: str = "tickets") -> dict[str, Any]:
    """The one ticket, or deal, once it is there."""
    (ticket,) = until(lambda: state(sandbox)[kind])
    found: dict[str, Any] = ticket
    return found


def move(sandbox: Sandbox, ticket_id: str, stage: str, amount: str, kind: str = "tickets") -> None:
    """Drag the card, as staff."""
    body = {"object": kind, "id": ticket_id, "stage": stage, "amount": amount}
    requests.post(f"{sandbox.url}/_sandbox/stage", json=body, timeout=10).raise_for_status()


def stage_label(sandbox: Sandbox, ticket: dict[str, Any], kind: str = "tickets") -> str:
    """Where the card stands, in words."""
    names = {"tickets": ("hs_pipeline", "hs_pipeline_stage"), "deals": ("pipeline", "dealstage")}
    pipeline_id, stage_id = (ticket["properties"][name] for name in names[kind])
    # Asked of the sandbox itself: its HubSpot would count these calls, and there may be many.
    with sandbox.parts.account.lock:
        pipeline = sandbox.parts.account.pipelines.get(read_object_type(kind), pipeline_id)
        return next(stage.label for stage in pipeline.ordered() if stage.id == stage_id)


ORGANISATION, HR = "Northwind Mills", "people@northwind-mills.example"


def make_organisation(sandbox: Sandbox) -> None:
    """A company that is large enough to be asked, and somebody who answers for it."""
    given = {"name": ORGANISATION, "domain": "northwind-mills.example", "credits_members": "500"}
    company_id = control(sandbox, "company", properties=given)["id"]
    contact_id = control(sandbox, "contact", properties={"email": HR})["id"]
    tied = {"object": "contacts", "id": contact_id, "to": "companies", "to_id": company_id}
    control(sandbox, "associate", **tied)


def control(sandbox: Sandbox, what: str, **body: Any) -> dict[str, Any]:
    """Do something as the people around the service would."""
    answer = requests.post(f"{sandbox.url}/_sandbox/{what}", json=body, timeout=10)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json() if answer.content else {}
    return found


def notes(sandbox: Sandbox) -> list[str]:
    """All notes there are, oldest first."""
    return [note["properties"]["hs_note_body"] for note in state(sandbox)["notes"]]
