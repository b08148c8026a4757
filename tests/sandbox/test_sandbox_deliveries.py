"""Webhooks: their shape, their signatures, and when they are tried again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

import pytest
import requests

from sandbox.server import Sandbox
from tests.sandbox.receiver import Received, Receiver, wait_until

SECRET = b"sandbox-client-secret"
ORIGIN = b"https://desk.example.org"
ANSWERS = {
    "client_email": "client@example.org",
    "employer_or_wellbeing_hub": "Northwind Care",
    "email": "pro@example.org",
}


def move(sandbox: Sandbox, ticket_id: str, stage: str = "2") -> None:
    body = {"object": "tickets", "id": ticket_id, "stage": stage}
    requests.post(f"{sandbox.url}/_sandbox/stage", json=body).raise_for_status()


def submit(sandbox: Sandbox) -> None:
    requests.post(f"{sandbox.url}/_sandbox/submit", json=ANSWERS).raise_for_status()


def settle(sandbox: Sandbox, receiver: Receiver) -> list[Received]:
    """What came once nothing more is to come."""
    time.sleep(0.05)
    wait_until(sandbox.idle)
    return list(receiver.received)


@pytest.fixture
def quiet_ticket(sandbox: Sandbox, receiver: Receiver, ticket_id: str) -> str:
    """A ticket whose own creation has been delivered already."""
    receiver.wait_for(1)
    wait_until(sandbox.idle)
    receiver.received.clear()
    return ticket_id


def test_a_move_by_staff(sandbox: Sandbox, receiver: Receiver, quiet_ticket: str) -> None:
    move(sandbox, quiet_ticket)
    (event,) = receiver.wait_for(1)[0].json
    known: dict[str, Any] = {
        "portalId": 4800530,
        "appId": 54321,
        "subscriptionType": "ticket.propertyChange",
        "attemptNumber": 0,
        "objectId": int(quiet_ticket),
        "propertyName": "hs_pipeline_stage",
        "propertyValue": "2",
        "changeSource": "CRM_UI",
        "sourceId": "userId:9",
    }
    assert event | known == event
    assert set(event) - set(known) == {"eventId", "subscriptionId", "occurredAt"}


def test_our_own_write_comes_back_as_an_echo(
    sandbox: Sandbox, api: requests.Session, receiver: Receiver, quiet_ticket: str
) -> None:
    path = f"{sandbox.url}/crm/v3/objects/tickets/{quiet_ticket}"
    api.patch(path, json={"properties": {"credits_to_grant": "5", "source_type": "unsubscribed"}})
    api.patch(path, json={"properties": {"credits_to_grant": "5"}})
    (received,) = settle(sandbox, receiver)
    (event,) = received.json
    assert (event["propertyName"], event["propertyValue"]) == ("credits_to_grant", "5")
    assert (event["changeSource"], event["sourceId"]) == ("INTEGRATION", "54321")


def test_generic_events(sandbox: Sandbox, receiver: Receiver, quiet_ticket: str) -> None:
    sandbox.settings.generic_events = True
    move(sandbox, quiet_ticket)
    (event,) = receiver.wait_for(1)[0].json
    assert (event["subscriptionType"], event["objectTypeId"]) == ("object.propertyChange", "0-5")


def test_record_events_when_switched_on(
    sandbox: Sandbox, receiver: Receiver, quiet_ticket: str
) -> None:
    sandbox.settings.record_events = True
    for what in ("archive", "restore"):
        body = {"id": quiet_ticket, "do": what}
        requests.post(f"{sandbox.url}/_sandbox/record", json=body).raise_for_status()
    events = [event for one in settle(sandbox, receiver) for event in one.json]
    assert [one["subscriptionType"] for one in events] == ["ticket.deletion", "ticket.restore"]


def test_at_most_a_hundred_events_in_one_delivery(
    sandbox: Sandbox, api: requests.Session, receiver: Receiver
) -> None:
    sandbox.settings.batch_wait_ms = 200
    sandbox.settings.subscriptions = ("hs_pipeline_stage",)
    row = {"properties": {"subject": "x", "hs_pipeline_stage": "1"}}
    for count in (100, 50):
        path = f"{sandbox.url}/crm/v3/objects/tickets/batch/create"
        api.post(path, json={"inputs": [row] * count}).raise_for_status()
    assert sorted(len(one.json) for one in receiver.wait_for(2)) == [50, 100]


def test_crm_deliveries_are_signed_v1_and_v3(
    sandbox: Sandbox, receiver: Receiver, quiet_ticket: str
) -> None:
    move(sandbox, quiet_ticket)
    one = receiver.wait_for(1)[0]
    at_ms = one.headers["X-HubSpot-Request-Timestamp"]
    source = b"POST" + ORIGIN + b"/webhook/crm" + one.body + at_ms.encode()
    v3 = base64.b64encode(hmac.digest(SECRET, source, "sha256")).decode()

    assert one.headers["X-HubSpot-Signature-v3"] == v3
    assert abs(int(at_ms) - time.time() * 1000) < 5_000
    assert one.headers["X-HubSpot-Signature-Version"] == "v1"
    assert one.headers["X-HubSpot-Signature"] == hashlib.sha256(SECRET + one.body).hexdigest()


def test_workflow_deliveries_are_signed_v2(sandbox: Sandbox, receiver: Receiver) -> None:
    submit(sandbox)
    one = receiver.wait_for(1)[0]
    source = SECRET + b"POST" + ORIGIN + b"/webhook/form" + one.body
    assert one.headers["X-HubSpot-Signature-Version"] == "v2"
    assert one.headers["X-HubSpot-Signature"] == hashlib.sha256(source).hexdigest()
    assert "X-HubSpot-Signature-v3" not in one.headers


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
def test_crm_deliveries_are_tried_again_after_anything(
    sandbox: Sandbox, receiver: Receiver, quiet_ticket: str, status: int
) -> None:
    receiver.answers = [(status, {})] * 2
    move(sandbox, quiet_ticket)
    received = receiver.wait_for(3)
    assert [one.json[0]["attemptNumber"] for one in received] == [0, 1, 2]
    stamps = [int(one.headers["X-HubSpot-Request-Timestamp"]) for one in received]
    assert stamps == sorted(set(stamps))


def test_crm_deliveries_are_given_up_after_ten_retries(
    sandbox: Sandbox, receiver: Receiver, quiet_ticket: str
) -> None:
    sandbox.settings.minute_ms = 0
    receiver.answers = [(500, {})] * 20
    move(sandbox, quiet_ticket)
    assert len(settle(sandbox, receiver)) == 11
    assert sandbox.deliveries[-1].state == "given up"


def test_a_workflow_is_not_tried_again_after_a_4xx(sandbox: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [(401, {})]
    submit(sandbox)
    receiver.wait_for(1)
    assert len(settle(sandbox, receiver)) == 1
    assert sandbox.deliveries[-1].state == "given up"


@pytest.mark.parametrize(("status", "headers"), [(500, {}), (503, {}), (429, {"Retry-After": "5"})])
def test_a_workflow_is_tried_again_after_5xx_and_429(
    sandbox: Sandbox, receiver: Receiver, status: int, headers: dict[str, str]
) -> None:
    receiver.answers = [(status, headers)] * 2
    submit(sandbox)
    received = receiver.wait_for(3)
    assert len({one.body for one in received}) == 1


def test_nobody_listening_counts_as_a_failure(
    sandbox: Sandbox, receiver: Receiver, quiet_ticket: str
) -> None:
    sandbox.settings.service_url = "http://127.0.0.1:9"
    move(sandbox, quiet_ticket)
    wait_until(lambda: sandbox.deliveries[-1].answers[:2] == [0, 0])
    sandbox.settings.service_url = receiver.url
    assert receiver.wait_for(1)[0].json[0]["attemptNumber"] >= 2
