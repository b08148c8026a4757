"""What is announced of mail, and that mail can go wrong as everything else can."""

from __future__ import annotations

import base64
import hmac
from typing import Any

import pytest
import requests

from sandbox.server import Sandbox
from tests.sandbox.mail_world import DATED, V3, log, reply, send
from tests.sandbox.receiver import Receiver, wait_until


@pytest.fixture
def quiet_ticket(sandbox: Sandbox, receiver: Receiver, ticket_id: str) -> str:
    """A ticket whose own creation has been delivered already."""
    receiver.wait_for(1)
    wait_until(sandbox.idle)
    receiver.received.clear()
    return ticket_id


def settled(sandbox: Sandbox, receiver: Receiver) -> list[dict[str, Any]]:
    wait_until(lambda: bool(receiver.received) and sandbox.idle())
    events = [event for one in receiver.received for event in one.json]
    receiver.received.clear()
    return events


def test_mail_out_and_in_and_comments_are_announced_without_their_text(
    sandbox: Sandbox, receiver: Receiver, quiet_ticket: str
) -> None:
    sent = send(sandbox, ticket=quiet_ticket)
    tied, first = settled(sandbox, receiver)
    assert tied["associationType"] == "TICKET_TO_CONVERSATION"
    assert tied["toObjectId"] == int(sent["thread"])
    answered = reply(sandbox, sent["thread"])
    noted = send(sandbox, thread=sent["thread"], comment=True)
    events = [first, *settled(sandbox, receiver)]
    for event, made in zip(events, (sent, answered, noted), strict=True):
        known = {
            "portalId": 4800530,
            "appId": 54321,
            "subscriptionType": "conversation.newMessage",
            "attemptNumber": 0,
            "objectId": int(sent["thread"]),
            "messageId": made["message"]["id"],
            "messageType": made["message"]["type"],
            "changeFlag": "NEW_MESSAGE",
        }
        assert event | known == event
        assert set(event) - set(known) == {"eventId", "subscriptionId", "occurredAt"}


def test_what_a_program_sends_is_announced_too(
    sandbox: Sandbox, api: requests.Session, receiver: Receiver, quiet_ticket: str
) -> None:
    thread_id = send(sandbox, ticket=quiet_ticket)["thread"]
    settled(sandbox, receiver)
    body = {"type": "COMMENT", "text": "x", "attachments": []}
    made = api.post(f"{sandbox.url}{V3}/threads/{thread_id}/messages", json=body).json()
    (event,) = settled(sandbox, receiver)
    assert event["messageId"] == made["id"]


def test_generic_names_leave_conversations_as_they_are(
    sandbox: Sandbox, receiver: Receiver
) -> None:
    sandbox.settings.generic_events = True
    reply(sandbox)
    assert [one["subscriptionType"] for one in settled(sandbox, receiver)] == [
        "conversation.newMessage"
    ]


def test_other_types_are_not_announced(
    sandbox: Sandbox, api: requests.Session, receiver: Receiver, quiet_ticket: str
) -> None:
    thread_id = send(sandbox, ticket=quiet_ticket)["thread"]
    settled(sandbox, receiver)
    sandbox.settings.events += ("conversation.propertyChange",)
    path = f"{sandbox.url}{V3}/threads/{thread_id}"
    api.patch(path, json={"status": "CLOSED"}).raise_for_status()
    (event,) = settled(sandbox, receiver)
    assert event["subscriptionType"] == "conversation.propertyChange"
    assert (event["propertyName"], event["propertyValue"]) == ("status", "CLOSED")


def test_they_are_signed_as_the_others(sandbox: Sandbox, receiver: Receiver) -> None:
    reply(sandbox)
    one = receiver.wait_for(1)[0]
    at = one.headers["X-HubSpot-Request-Timestamp"]
    source = b"POSThttps://desk.example.org/webhook/crm" + one.body + at.encode()
    signed = hmac.digest(b"sandbox-client-secret", source, "sha256")
    assert one.headers["X-HubSpot-Signature-v3"] == base64.b64encode(signed).decode()


def test_a_logged_mail_is_announced_as_a_new_object(
    sandbox: Sandbox, receiver: Receiver, quiet_ticket: str
) -> None:
    made = log(sandbox, ticket=quiet_ticket)
    creation, tied = settled(sandbox, receiver)
    known = {
        "subscriptionType": "object.creation",
        "objectTypeId": "0-49",
        "objectId": int(made["id"]),
        "changeFlag": "CREATED",
    }
    assert creation | known == creation
    assert (tied["associationType"], tied["toObjectId"]) == ("TICKET_TO_EMAIL", int(made["id"]))


def test_a_new_message_is_lost_or_comes_twice(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.faults.add("webhook.drop", path="/webhook/crm")
    reply(sandbox)
    wait_until(lambda: bool(sandbox.deliveries) and sandbox.idle())
    assert not receiver.received
    sandbox.faults.add("webhook.duplicate")
    reply(sandbox)
    assert len({one.body for one in receiver.wait_for(2)}) == 1


@pytest.mark.parametrize("prefix", [V3, DATED])
def test_faults_reach_the_conversations(
    sandbox: Sandbox, api: requests.Session, ticket_id: str, prefix: str
) -> None:
    thread_id = send(sandbox, ticket=ticket_id)["thread"]
    path = f"{prefix}/threads/{thread_id}"
    sandbox.faults.add("api.error", path="/conversations/", status=503)
    sandbox.faults.add("api.lose_answer", path="/conversations/", method="PATCH")
    assert [api.get(sandbox.url + path).status_code for _ in range(2)] == [503, 200]
    with pytest.raises(requests.ConnectionError):
        api.patch(sandbox.url + path, json={"status": "CLOSED"})
    assert api.get(sandbox.url + path).json()["status"] == "CLOSED"
    assert path in {one.path for one in sandbox.requests_seen}
    assert requests.get(sandbox.url + path).status_code == 401


def test_beginning_afresh_clears_mail(sandbox: Sandbox, ticket_id: str) -> None:
    send(sandbox, ticket=ticket_id)
    log(sandbox, ticket=ticket_id)
    before = requests.get(f"{sandbox.url}/_sandbox/state").json()
    assert [len(before[name]) for name in ("threads", "emails", "organisation_mails")] == [1, 1, 2]
    assert before["threads"][0]["messages"][0]["original"]["text"] == "May we?"
    requests.post(f"{sandbox.url}/_sandbox/reset").raise_for_status()
    after = requests.get(f"{sandbox.url}/_sandbox/state").json()
    names = ("threads", "emails", "contacts", "organisation_mails")
    assert [after[name] for name in names] == [[]] * 4
