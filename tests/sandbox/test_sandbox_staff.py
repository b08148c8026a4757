"""What staff do by hand, and properties of companies."""

from __future__ import annotations

from typing import Any

import requests

from sandbox.server import Sandbox
from tests.sandbox.receiver import Receiver, wait_until


def edit(sandbox: Sandbox, **body: Any) -> requests.Response:
    return requests.post(f"{sandbox.url}/_sandbox/edit", json=body)


def test_an_edit_of_a_subject_is_announced(
    sandbox: Sandbox, receiver: Receiver, ticket_id: str
) -> None:
    wait_until(sandbox.idle)
    receiver.received.clear()
    given = {"subject": "About Jóna", "content": "She asked", "source_type": "PHONE"}
    answer = edit(sandbox, object="tickets", id=ticket_id, properties=given)
    assert given.items() <= answer.json()["properties"].items()
    events = receiver.wait_for(1)[0].json
    assert [(one["propertyName"], one["propertyValue"]) for one in events] == [
        ("subject", "About Jóna"),
        ("content", "She asked"),
    ]
    assert {one["changeSource"] for one in events} == {"CRM_UI"}


def test_a_deals_name_is_announced(
    sandbox: Sandbox, api: requests.Session, receiver: Receiver
) -> None:
    body = {"properties": {"dealname": "x", "dealstage": "closedwon"}}
    deal_id = api.post(f"{sandbox.url}/crm/v3/objects/deals", json=body).json()["id"]
    wait_until(lambda: bool(receiver.received) and sandbox.idle())
    receiver.received.clear()
    edit(sandbox, object="deals", id=deal_id, properties={"dealname": "y", "amount": "3"})
    (event,) = receiver.wait_for(1)[0].json
    assert (event["subscriptionType"], event["propertyName"]) == ("deal.propertyChange", "dealname")


def test_edits_are_checked(sandbox: Sandbox, ticket_id: str) -> None:
    assert edit(sandbox, id=ticket_id, properties={"nope": "1"}).status_code == 400
    assert edit(sandbox, id=ticket_id, properties="all").status_code == 400
    assert edit(sandbox, id="1", properties={"subject": "x"}).status_code == 404


def test_a_company_with_a_property_of_our_own(sandbox: Sandbox, api: requests.Session) -> None:
    new = {
        "groupName": "companyinformation",
        "name": "credit_policy",
        "label": "Policy",
        "type": "string",
        "fieldType": "text",
    }
    api.post(f"{sandbox.url}/crm/v3/properties/companies", json=new).raise_for_status()
    given = {"name": "Hvolf", "domain": "hvolf.example", "credit_policy": "pool of 40"}
    path = f"{sandbox.url}/_sandbox/company"
    company_id = requests.post(path, json={"properties": given}).json()["id"]
    companies = f"{sandbox.url}/crm/v3/objects/companies"
    listed = api.get(f"{companies}?properties=credit_policy,name&limit=100").json()["results"]
    assert "pool of 40" in [one["properties"]["credit_policy"] for one in listed]
    read = api.get(f"{companies}/{company_id}?propertiesWithHistory=credit_policy").json()
    assert read["propertiesWithHistory"]["credit_policy"][0]["sourceType"] == "CRM_UI"


def test_state_shows_contacts_with_their_history(sandbox: Sandbox) -> None:
    path = f"{sandbox.url}/_sandbox/contact"
    requests.post(path, json={"properties": {"email": "someone@example.org"}}).raise_for_status()
    (contact,) = requests.get(f"{sandbox.url}/_sandbox/state").json()["contacts"]
    assert contact["history"]["email"][0]["value"] == "someone@example.org"
