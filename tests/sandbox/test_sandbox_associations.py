"""Associations of many records at once, their labels, and the events about them."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server import Sandbox
from tests.sandbox.receiver import Receiver, wait_until

V4, DATED = "/crm/v4/associations", "/crm/associations/2026-09"


@pytest.fixture
def contact_id(sandbox: Sandbox) -> str:
    body = {"properties": {"email": "someone@example.org", "firstname": "Some"}}
    answer = requests.post(f"{sandbox.url}/_sandbox/contact", json=body)
    assert answer.status_code == 201
    return str(answer.json()["id"])


def tie(sandbox: Sandbox, ticket_id: str, contact_id: str, **more: Any) -> None:
    body = {"object": "tickets", "id": ticket_id, "to": "contacts", "to_id": contact_id}
    requests.post(f"{sandbox.url}/_sandbox/associate", json=body | more).raise_for_status()


def read(api: requests.Session, sandbox: Sandbox, prefix: str, *ids: str) -> Any:
    body = {"inputs": [{"id": one} for one in ids]}
    return api.post(f"{sandbox.url}{prefix}/tickets/contacts/batch/read", json=body)


@pytest.mark.parametrize("prefix", [V4, DATED])
def test_reading_and_untying_many(
    sandbox: Sandbox, api: requests.Session, ticket_id: str, contact_id: str, prefix: str
) -> None:
    tie(sandbox, ticket_id, contact_id)
    answer = read(api, sandbox, prefix, ticket_id, "1")
    assert answer.status_code == 207
    plain = {"category": "HUBSPOT_DEFINED", "typeId": 16, "label": None}
    to = {"toObjectId": int(contact_id), "associationTypes": [plain]}
    assert answer.json()["results"] == [{"from": {"id": ticket_id}, "to": [to]}]

    path = f"{sandbox.url}{prefix}/tickets/contacts/batch/archive"
    inputs = [{"from": {"id": ticket_id}, "to": [{"id": contact_id}, {"id": "1"}]}]
    assert api.post(path, json={"inputs": inputs}).status_code == 204
    assert read(api, sandbox, prefix, ticket_id).json()["results"] == []


@pytest.mark.parametrize(
    ("path", "inputs"),
    [
        ("read", [{"id": "1"}] * 1001),
        ("archive", [{"from": {"id": "1"}, "to": {"id": "2"}}]),
        ("archive", [{"from": {"id": "1"}, "to": []}] * 2001),
        ("labels/archive", [{"from": {"id": "1"}, "to": {"id": "2"}}]),
        ("create", [{"from": {"id": "1"}, "to": {"id": "2"}}]),
        ("create", [{"from": {"id": "1"}, "to": {"id": "2"}, "types": [{}]}]),
    ],
)
def test_refused_batches(
    sandbox: Sandbox, api: requests.Session, path: str, inputs: list[Any]
) -> None:
    whole = f"{sandbox.url}{V4}/tickets/contacts/batch/{path}"
    assert api.post(whole, json={"inputs": inputs}).status_code == 400


def test_one_type_is_taken_away(sandbox: Sandbox, api: requests.Session, ticket_id: str) -> None:
    company_id = next(iter(sandbox.hubspot.records["0-2"]))
    types = [
        {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": number}
        for number in (26, 339)
    ]
    row = {"from": {"id": ticket_id}, "to": {"id": company_id}}
    batch = f"{sandbox.url}{V4}/tickets/companies/batch"
    api.post(f"{batch}/create", json={"inputs": [row | {"types": types}]}).raise_for_status()

    def held() -> list[tuple[int, str | None]]:
        asked = {"inputs": [{"id": ticket_id}]}
        (found,) = api.post(f"{batch}/read", json=asked).json()["results"]
        return [(one["typeId"], one["label"]) for one in found["to"][0]["associationTypes"]]

    assert held() == [(26, "Primary"), (339, None)]
    gone = {"inputs": [row | {"types": types[:1]}]}
    assert api.post(f"{batch}/labels/archive", json=gone).status_code == 204
    assert held() == [(339, None)]


def test_labels_of_the_accounts_own(
    sandbox: Sandbox, api: requests.Session, ticket_id: str, contact_id: str
) -> None:
    path = f"{sandbox.url}{V4}/tickets/contacts/labels"
    body = {"name": "asked", "label": "Asked", "inverseLabel": "Was asked about"}
    there, back = api.post(path, json=body).json()["results"]
    assert (there["label"], back["label"]) == ("Asked", "Was asked about")
    assert there in api.get(path).json()["results"]
    assert api.post(path, json=body).status_code == 400

    types = [{"associationCategory": "USER_DEFINED", "associationTypeId": there["typeId"]}]
    pair = f"/crm/v4/objects/tickets/{ticket_id}/associations/contacts"
    assert api.put(f"{sandbox.url}{pair}/{contact_id}", json=types).status_code == 201
    (row,) = api.get(sandbox.url + pair).json()["results"]
    assert row["associationTypes"] == [there]


def test_staffs_ties_are_announced_from_the_tickets_side(
    sandbox: Sandbox, receiver: Receiver, ticket_id: str, contact_id: str
) -> None:
    wait_until(sandbox.idle)
    receiver.received.clear()
    tie(sandbox, ticket_id, contact_id)
    tie(sandbox, ticket_id, contact_id)
    tie(sandbox, ticket_id, contact_id, remove=True)
    wait_until(lambda: bool(receiver.received) and sandbox.idle())
    first, second = [event for one in receiver.received for event in one.json]
    known = {
        "subscriptionType": "ticket.associationChange",
        "associationType": "TICKET_TO_CONTACT",
        "fromObjectId": int(ticket_id),
        "toObjectId": int(contact_id),
        "isPrimaryAssociation": False,
        "associationRemoved": False,
        "changeSource": "CRM_UI",
        "sourceId": "userId:9",
    }
    assert first | known == first and "objectId" not in first
    assert second | known | {"associationRemoved": True} == second


def test_both_sides_are_announced_to_who_asked(
    sandbox: Sandbox, api: requests.Session, receiver: Receiver, ticket_id: str
) -> None:
    wait_until(sandbox.idle)
    receiver.received.clear()
    sandbox.settings.events = ("ticket.associationChange", "company.associationChange")
    company_id = next(iter(sandbox.hubspot.records["0-2"]))
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 26}]
    path = f"/crm/v4/objects/tickets/{ticket_id}/associations/companies/{company_id}"
    api.put(sandbox.url + path, json=types).raise_for_status()
    events = receiver.wait_for(1)[0].json
    assert [one["associationType"] for one in events] == ["TICKET_TO_COMPANY", "COMPANY_TO_TICKET"]
    assert {one["isPrimaryAssociation"] for one in events} == {True}
    assert {one["sourceId"] for one in events} == {"54321"}


def test_a_generic_event_tells_the_kinds_by_their_ids(
    sandbox: Sandbox, receiver: Receiver, ticket_id: str, contact_id: str
) -> None:
    wait_until(sandbox.idle)
    receiver.received.clear()
    sandbox.settings.generic_events = True
    tie(sandbox, ticket_id, contact_id)
    (event,) = receiver.wait_for(1)[0].json
    assert event["subscriptionType"] == "object.associationChange"
    assert (event["fromObjectTypeId"], event["toObjectTypeId"]) == ("0-5", "0-1")
    assert event["associationTypeId"] == 16
