"""What HubSpot refuses, the sandbox refuses."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server import Sandbox

GOOD = {"subject": "x", "hs_pipeline_stage": "1"}
UNIQUE = {
    "groupName": "ticketinformation",
    "name": "credit_request_ref",
    "label": "Reference",
    "type": "string",
    "fieldType": "text",
    "hasUniqueValue": True,
}


def row(reference: str, **more: Any) -> dict[str, Any]:
    return {"id": reference, "idProperty": "credit_request_ref", "properties": GOOD} | more


@pytest.fixture
def tickets(sandbox: Sandbox, api: requests.Session, ticket_id: str) -> str:
    """Address of the tickets, with a unique property and an amount defined."""
    api.post(f"{sandbox.url}/crm/v3/properties/tickets", json=UNIQUE).raise_for_status()
    return f"{sandbox.url}/crm/v3/objects/tickets"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (GOOD | {"favourite_colour": "red"}, "PROPERTY_DOESNT_EXIST"),
        (GOOD | {"hs_pipeline_stage": "999"}, "INVALID_OPTION"),
        (GOOD | {"hs_pipeline": "999"}, "INVALID_OPTION"),
        (GOOD | {"credits_to_grant": "ten"}, "INVALID_NUMBER"),
        (GOOD | {"credits_to_grant": "nan"}, "INVALID_NUMBER"),
        (GOOD | {"hs_ticket_priority": "VERY"}, "INVALID_OPTION"),
        (GOOD | {"hs_object_id": "7"}, "READ_ONLY_VALUE"),
        (GOOD | {"subject": {"a": 1}}, "INVALID_STRING"),
        ({"subject": "x"}, "REQUIRED_FIELD"),
    ],
)
def test_refused_values(
    api: requests.Session, tickets: str, given: dict[str, str], code: str
) -> None:
    body = {"properties": given, "associations": []}
    for answer in (
        api.post(tickets, json=body),
        api.post(f"{tickets}/batch/create", json={"inputs": [body]}),
    ):
        assert answer.status_code == 400
        told = answer.json()
        assert told["category"] == "VALIDATION_ERROR" and told["correlationId"]
        assert code in {error["code"] for error in told["errors"]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("batch/upsert", {"inputs": [row("A"), row("A")]}),
        ("batch/upsert", {"inputs": [row("A"), row("a")]}),
        ("batch/upsert", {"inputs": [row(str(number)) for number in range(101)]}),
        ("batch/upsert", {"inputs": [row("A", idProperty="subject")]}),
        ("batch/upsert", {"inputs": [row("1", idProperty="hs_object_id")]}),
        ("batch/upsert", {"inputs": [{"id": "A", "properties": GOOD}]}),
        ("batch/read", {"inputs": [{"id": "1"}] * 101, "properties": []}),
        ("batch/read", {"inputs": [{"id": "1"}], "idProperty": "subject"}),
        ("batch/create", {"inputs": "all of them"}),
        ("search", {"limit": 201}),
        ("search", {"after": "9999", "limit": 10}),
        ("search", {"filterGroups": [{"filters": []}] * 6}),
        (
            "search",
            {"filterGroups": [{"filters": [{"propertyName": "nope", "operator": "HAS_PROPERTY"}]}]},
        ),
        ("search", {"query": "x" * 3001}),
    ],
)
def test_refused_calls(api: requests.Session, tickets: str, path: str, body: Any) -> None:
    answer = api.post(f"{tickets}/{path}", json=body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["category"] == "VALIDATION_ERROR"


def test_one_refused_row_without_a_trace_spoils_the_batch(
    api: requests.Session, tickets: str
) -> None:
    inputs = [row("A"), row("B", properties=GOOD | {"nope": "1"})]
    assert api.post(f"{tickets}/batch/upsert", json={"inputs": inputs}).status_code == 400
    asked = {"inputs": [{"id": "A"}], "idProperty": "credit_request_ref", "properties": []}
    assert api.post(f"{tickets}/batch/read", json=asked).status_code == 207


def test_a_unique_value_is_held_once(api: requests.Session, tickets: str) -> None:
    body = {"properties": GOOD | {"credit_request_ref": "A"}}
    assert api.post(tickets, json=body).status_code == 201
    clash = api.post(tickets, json=body)
    assert clash.status_code == 400
    assert clash.json()["errors"][0]["code"] == "CONFLICTING_UNIQUE_VALUE"


def test_uniqueness_cannot_be_added_later(
    api: requests.Session, sandbox: Sandbox, ticket_id: str
) -> None:
    path = f"{sandbox.url}/crm/v3/properties/tickets/credits_to_grant"
    assert api.patch(path, json={"hasUniqueValue": True}).status_code == 400


def test_a_stage_in_use_stays(api: requests.Session, sandbox: Sandbox, ticket_id: str) -> None:
    stages = f"{sandbox.url}/crm/v3/pipelines/tickets/0/stages"
    answer = api.delete(f"{stages}/1")
    assert answer.status_code == 400
    assert answer.json()["subCategory"] == "PipelineError.STAGE_ID_IN_USE"
    assert api.delete(f"{stages}/2").status_code == 204


def test_deal_stages_need_a_probability(api: requests.Session, sandbox: Sandbox) -> None:
    body = {"label": "New", "displayOrder": 1, "metadata": {}}
    path = f"{sandbox.url}/crm/v3/pipelines/deals/default/stages"
    assert api.post(path, json=body).status_code == 400


@pytest.mark.parametrize("name", ["tickets", "0-5"])
@pytest.mark.parametrize("prefix", ["/crm/v3/objects", "/crm/objects/2026-09"])
def test_every_name_of_a_path(
    api: requests.Session, sandbox: Sandbox, ticket_id: str, prefix: str, name: str
) -> None:
    assert api.get(f"{sandbox.url}{prefix}/{name}/{ticket_id}").json()["id"] == ticket_id


def test_there_is_no_version_of_that_date(api: requests.Session, sandbox: Sandbox) -> None:
    answer = api.get(f"{sandbox.url}/crm/objects/1999-01/tickets/1")
    assert answer.status_code == 404 and answer.json()["correlationId"]


def test_a_missing_record_says_so(api: requests.Session, tickets: str) -> None:
    answer = api.get(f"{tickets}/1")
    assert answer.status_code == 404
    assert answer.json()["category"] == "OBJECT_NOT_FOUND"
