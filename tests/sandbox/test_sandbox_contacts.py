"""Contacts: what the form leaves on them, how it is blanked, and how one is deleted for good."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server import Sandbox
from tests.sandbox.receiver import Receiver, wait_until

ANSWERS = {
    "client_email": "client@example.org",
    "employer_or_wellbeing_hub": "Northwind Care",
    "email": "pro@example.org",
    "additional_information": "She is moving house.",
}
V3, DATED = "/crm/v3/objects/contacts", "/crm/objects/2026-09/contacts"


@pytest.fixture
def contact_id(sandbox: Sandbox) -> str:
    """The professional's contact, as the form made it."""
    answer = requests.post(f"{sandbox.url}/_sandbox/submit", json=ANSWERS)
    return str(answer.json()["contact"])


def with_history(api: requests.Session, sandbox: Sandbox, contact_id: str, name: str) -> Any:
    path = f"{sandbox.url}{V3}/{contact_id}?propertiesWithHistory={name}"
    return api.get(path).json()["propertiesWithHistory"][name]


def read_by_email(api: requests.Session, sandbox: Sandbox, *emails: str) -> Any:
    asked = {
        "idProperty": "email",
        "properties": list(ANSWERS),
        "propertiesWithHistory": ["client_email"],
        "inputs": [{"id": one} for one in emails],
    }
    return api.post(f"{sandbox.url}{V3}/batch/read", json=asked)


def blank(api: requests.Session, sandbox: Sandbox, contact_id: str) -> None:
    row = {"id": contact_id, "properties": {"client_email": "", "additional_information": ""}}
    answer = api.post(f"{sandbox.url}{V3}/batch/update", json={"inputs": [row]})
    assert answer.status_code == 200


def test_the_answers_stand_on_the_contact_with_the_form_as_their_source(
    sandbox: Sandbox, api: requests.Session, contact_id: str
) -> None:
    (found,) = read_by_email(api, sandbox, "Pro@Example.org").json()["results"]
    assert found["id"] == contact_id
    assert ANSWERS.items() <= found["properties"].items()
    (version,) = found["propertiesWithHistory"]["client_email"]
    assert version.pop("timestamp").endswith("Z")
    assert version == {
        "value": "client@example.org",
        "sourceType": "FORM",
        "sourceId": sandbox.settings.form_guid,
    }


def test_each_submission_is_a_version_of_its_own(
    sandbox: Sandbox, api: requests.Session, contact_id: str
) -> None:
    again = ANSWERS | {"client_email": "other@example.org"}
    requests.post(f"{sandbox.url}/_sandbox/submit", json=again).raise_for_status()
    versions = with_history(api, sandbox, contact_id, "client_email")
    guid = sandbox.settings.form_guid
    assert [(one["value"], one["sourceId"]) for one in versions] == [
        ("other@example.org", guid),
        ("client@example.org", guid),
    ]


def test_a_blanked_value_stays_in_the_history(
    sandbox: Sandbox, api: requests.Session, contact_id: str
) -> None:
    blank(api, sandbox, contact_id)
    (found,) = read_by_email(api, sandbox, "pro@example.org").json()["results"]
    assert found["properties"]["client_email"] == ""
    versions = with_history(api, sandbox, contact_id, "client_email")
    assert [(one["value"], one["sourceType"], one["sourceId"]) for one in versions] == [
        ("", "INTEGRATION", "54321"),
        ("client@example.org", "FORM", sandbox.settings.form_guid),
    ]


def test_staff_stand_in_the_history_as_the_crm(
    sandbox: Sandbox, api: requests.Session, contact_id: str
) -> None:
    body = {"object": "contacts", "id": contact_id, "properties": {"firstname": "Pia"}}
    requests.post(f"{sandbox.url}/_sandbox/edit", json=body).raise_for_status()
    (version,) = with_history(api, sandbox, contact_id, "firstname")
    assert (version["value"], version["sourceType"]) == ("Pia", "CRM_UI")


def test_the_history_is_not_endless(
    sandbox: Sandbox, api: requests.Session, contact_id: str
) -> None:
    for number in range(50):
        row = {"properties": {"phone": str(number)}}
        api.patch(f"{sandbox.url}{V3}/{contact_id}", json=row)
    versions = with_history(api, sandbox, contact_id, "phone")
    assert [one["value"] for one in versions] == [str(number) for number in range(49, 4, -1)]


def test_history_is_read_by_fifty(sandbox: Sandbox, api: requests.Session) -> None:
    asked = {"inputs": [{"id": str(number)} for number in range(51)]}
    path = f"{sandbox.url}{V3}/batch/read"
    assert api.post(path, json=asked | {"properties": ["email"]}).status_code == 207
    assert api.post(path, json=asked | {"propertiesWithHistory": ["email"]}).status_code == 400


@pytest.mark.parametrize("path", [V3, DATED])
@pytest.mark.parametrize("by_email", [False, True])
def test_a_contact_that_was_deleted_for_good_is_nowhere(
    sandbox: Sandbox, api: requests.Session, contact_id: str, path: str, by_email: bool
) -> None:
    ticket = {"subject": "x", "hs_pipeline_stage": "1"}
    tie = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 16}
    ties = [{"to": {"id": contact_id}, "types": [tie]}]
    body = {"properties": ticket, "associations": ties}
    ticket_id = api.post(f"{sandbox.url}/crm/v3/objects/tickets", json=body).json()["id"]

    asked = {"objectId": contact_id}
    if by_email:
        asked = {"objectId": "pro@example.org", "idProperty": "email"}
    assert api.post(f"{sandbox.url}{path}/gdpr-delete", json=asked).status_code == 204

    for query in ("", "?archived=true"):
        assert api.get(f"{sandbox.url}{V3}/{contact_id}{query}").status_code == 404
    assert api.get(f"{sandbox.url}{V3}").json()["results"] == []
    assert api.post(f"{sandbox.url}{V3}/search", json={"query": "pro"}).json()["total"] == 0
    assert read_by_email(api, sandbox, "pro@example.org").json()["results"] == []
    shown = api.get(f"{sandbox.url}/crm/v3/objects/tickets/{ticket_id}?associations=contacts")
    assert "associations" not in shown.json()
    state = requests.get(f"{sandbox.url}/_sandbox/state").json()
    assert state["contacts"] == [] and state["submissions"] == []


@pytest.mark.parametrize("is_there", [True, False])
def test_who_was_deleted_for_good_comes_back_only_by_form_or_by_program(
    sandbox: Sandbox, api: requests.Session, is_there: bool
) -> None:
    if is_there:
        requests.post(f"{sandbox.url}/_sandbox/submit", json=ANSWERS).raise_for_status()
    asked = {"objectId": "pro@example.org", "idProperty": "email"}
    assert api.post(f"{sandbox.url}{V3}/gdpr-delete", json=asked).status_code == 204
    by_hand = {"properties": {"email": "Pro@example.org"}}
    path = f"{sandbox.url}/_sandbox/contact"
    assert requests.post(path, json=by_hand).status_code == 400
    assert requests.post(f"{sandbox.url}/_sandbox/submit", json=ANSWERS).status_code == 201


def test_only_contacts_that_are_there_can_be_deleted_for_good(
    sandbox: Sandbox, api: requests.Session
) -> None:
    asked = {"objectId": "1"}
    assert api.post(f"{sandbox.url}{V3}/gdpr-delete", json=asked).status_code == 404
    assert api.post(f"{sandbox.url}{V3}/gdpr-delete", json={}).status_code == 400
    tickets = f"{sandbox.url}/crm/v3/objects/tickets/gdpr-delete"
    assert api.post(tickets, json=asked).status_code == 400


def test_deleting_for_good_is_announced(
    sandbox: Sandbox, api: requests.Session, receiver: Receiver, contact_id: str
) -> None:
    wait_until(sandbox.idle)
    receiver.received.clear()
    sandbox.settings.record_events = True
    api.post(f"{sandbox.url}{V3}/gdpr-delete", json={"objectId": contact_id})
    events = receiver.wait_for(1)[0].json
    assert [(one["subscriptionType"], one["objectId"]) for one in events] == [
        ("contact.deletion", int(contact_id)),
        ("contact.privacyDeletion", int(contact_id)),
    ]
