"""Mail of somebody's own inbox, as HubSpot logs it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from sandbox.server import Sandbox
from tests.sandbox.mail_world import log, send

EMAILS = "/crm/v3/objects/emails"
HEADERS = {
    "from": {"email": "sam@hub.example", "firstName": "Sam", "lastName": "Okafor"},
    "to": [{"email": "anna@northwind-care.example"}, {"email": "bo@x.example"}],
    "cc": [],
    "bcc": [],
}


def new_email(**more: str) -> dict[str, Any]:
    told = {"hs_timestamp": "1790000000000", "hs_email_direction": "EMAIL"} | more
    tie = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 224}
    return {"properties": told, "associations": [], "tie": tie}


def test_an_answer_is_logged_on_the_ticket_and_on_who_wrote_it(
    sandbox: Sandbox, api: requests.Session, ticket_id: str
) -> None:
    send(sandbox, ticket=ticket_id)
    (contact_id,) = sandbox.hubspot.records["0-1"]
    made = log(sandbox, ticket=ticket_id, subject="Re: Credits", cc=["bo@x.example"])
    query = "associations=tickets,contacts&properties=" + ",".join(
        f"hs_email_{name}"
        for name in (
            *("direction", "subject", "text", "html", "headers"),
            *("from_email", "from_firstname", "to_email", "cc_email", "message_id"),
        )
    )
    shown = api.get(f"{sandbox.url}{EMAILS}/{made['id']}?{query}").json()
    values = {name.removeprefix("hs_email_"): held for name, held in shown["properties"].items()}
    known = {
        "direction": "INCOMING_EMAIL",
        "subject": "Re: Credits",
        "text": "Yes, four.",
        "html": "<p>Yes, four.</p>",
        "from_email": "anna@northwind-care.example",
        "from_firstname": "Anna",
        "to_email": "sam@hub.example",
        "cc_email": "bo@x.example",
    }
    assert values | known == values and values["message_id"].startswith("<")
    assert json.loads(values["headers"])["from"]["lastName"] == "Ross"
    ties = {kind: rows["results"][0]["id"] for kind, rows in shown["associations"].items()}
    assert ties == {"tickets": ticket_id, "contacts": contact_id}


def test_a_logged_answer_holds_all_that_was_said_before(sandbox: Sandbox, ticket_id: str) -> None:
    log(sandbox, ticket=ticket_id, direction="EMAIL", text="May we?", **{"from": "sam@hub.example"})
    made = log(sandbox, ticket=ticket_id, quote=True)
    assert "> May we?" in made["properties"]["hs_email_text"]


def test_deals_too(sandbox: Sandbox, api: requests.Session) -> None:
    body = {"properties": {"dealname": "x", "dealstage": "closedwon"}}
    deal_id = api.post(f"{sandbox.url}/crm/v3/objects/deals", json=body).json()["id"]
    made = log(sandbox, deal=deal_id)
    shown = api.get(f"{sandbox.url}/crm/v3/objects/deals/{deal_id}?associations=emails").json()
    assert shown["associations"]["emails"]["results"][0]["id"] == made["id"]


def test_a_program_logs_a_mail_which_is_not_sent(
    sandbox: Sandbox, api: requests.Session, ticket_id: str
) -> None:
    body = new_email(hs_email_headers=json.dumps(HEADERS))
    ties = [{"to": {"id": ticket_id}, "types": [body.pop("tie")]}]
    answer = api.post(sandbox.url + EMAILS, json=body | {"associations": ties})
    assert answer.status_code == 201
    path = f"{sandbox.url}{EMAILS}/{answer.json()['id']}?properties=hs_email_to_email"
    shown = api.get(path).json()["properties"]
    assert shown["hs_email_to_email"] == "anna@northwind-care.example;bo@x.example"
    assert sandbox.parts.conversations.letters.all == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"hs_email_headers": "From: Sam"}, "INVALID_JSON"),
        ({"hs_email_headers": '{"to": "anna"}'}, "INVALID_JSON"),
        ({"hs_email_from_email": "sam@hub.example"}, "READ_ONLY_VALUE"),
        ({"hs_email_direction": "INCOMING"}, "INVALID_OPTION"),
        ({"hs_email_direction": ""}, "REQUIRED_FIELD"),
    ],
)
def test_refused_values(
    sandbox: Sandbox, api: requests.Session, values: dict[str, str], code: str
) -> None:
    answer = api.post(sandbox.url + EMAILS, json=new_email(**values))
    assert answer.status_code == 400
    assert code in {one["code"] for one in answer.json()["errors"]}
