"""Threads of the shared inbox: how they begin, are listed, change and go."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server import Sandbox
from tests.sandbox.mail_world import DATED, V3, reply, send


@pytest.fixture
def thread_id(sandbox: Sandbox, ticket_id: str) -> str:
    return str(send(sandbox, ticket=ticket_id)["thread"])


def get(api: requests.Session, sandbox: Sandbox, rest: str, prefix: str = V3) -> Any:
    answer = api.get(f"{sandbox.url}{prefix}{rest}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(body: Any) -> list[str]:
    return [one["id"] for one in body["results"]]


@pytest.mark.parametrize("prefix", [V3, DATED])
def test_a_thread_that_staff_began(
    sandbox: Sandbox, api: requests.Session, ticket_id: str, thread_id: str, prefix: str
) -> None:
    (contact_id,) = sandbox.hubspot.records["0-1"]
    shown = get(api, sandbox, f"/threads/{thread_id}", prefix)
    known = {
        "id": thread_id,
        "status": "OPEN",
        "originalChannelId": "1002",
        "originalChannelAccountId": "902178",
        "inboxId": "431219",
        "spam": False,
        "archived": False,
        "associatedContactId": contact_id,
    }
    assert shown | known == shown
    assert shown["latestMessageTimestamp"] == shown["latestMessageSentTimestamp"]
    assert "latestMessageReceivedTimestamp" not in shown and "threadAssociations" not in shown
    asked = get(api, sandbox, f"/threads/{thread_id}?association=TICKET", prefix)
    assert asked["threadAssociations"] == {"associatedTicketId": ticket_id}


def test_a_mail_out_of_the_blue_belongs_to_no_ticket(
    sandbox: Sandbox, api: requests.Session
) -> None:
    made = reply(sandbox, subject="About R-7")
    shown = get(api, sandbox, f"/threads/{made['thread']}?association=TICKET")
    assert "threadAssociations" not in shown
    assert made["message"]["subject"] == "About R-7"


@pytest.mark.parametrize("prefix", ["/crm/v4", "/crm"])
def test_a_program_ties_a_ticket_to_a_thread(
    sandbox: Sandbox, api: requests.Session, ticket_id: str, prefix: str
) -> None:
    thread_id = reply(sandbox, subject="About R-7")["thread"]
    dated = "" if prefix == "/crm/v4" else "/2026-09"
    path = f"{prefix}/objects{dated}/tickets/{ticket_id}/associations/Conversation/{thread_id}"
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 32}]
    assert api.put(sandbox.url + path, json=types).status_code == 201
    wrong = path.replace("Conversation", "Thread")
    assert api.put(sandbox.url + wrong, json=types).status_code == 400
    shown = get(api, sandbox, f"/threads/{thread_id}?association=TICKET")
    assert shown["threadAssociations"]["associatedTicketId"] == ticket_id
    assert ids(get(api, sandbox, f"/threads?associatedTicketId={ticket_id}")) == [thread_id]


def test_filters_of_the_list(
    sandbox: Sandbox, api: requests.Session, ticket_id: str, thread_id: str
) -> None:
    other = reply(sandbox, subject="x", inbox="431220", **{"from": "bo@harbour.example"})["thread"]
    api.patch(f"{sandbox.url}{V3}/threads/{other}", json={"status": "CLOSED"}).raise_for_status()
    first, second = sandbox.hubspot.records["0-1"]
    for query, expected in {
        "": [thread_id, other],
        "?inboxId=431219": [thread_id],
        "?inboxId=431220": [other],
        "?threadStatus=CLOSED": [other],
        f"?associatedContactId={first}": [thread_id],
        f"?associatedContactId={second}&threadStatus=OPEN": [],
        f"?associatedTicketId={ticket_id}": [thread_id],
        "?archived=true": [],
    }.items():
        assert ids(get(api, sandbox, f"/threads{query}")) == expected, query
    listed = get(api, sandbox, "/threads?association=TICKET")["results"]
    assert [one.get("threadAssociations") for one in listed] == [
        {"associatedTicketId": ticket_id},
        None,
    ]


@pytest.mark.parametrize(
    "query",
    [
        "inboxId=431219&inboxId=431220",
        "inboxId=431219&associatedContactId=1",
        "threadStatus=SNOOZED",
        "association=DEAL",
        "sort=latestMessageTimestamp",
        "sort=-latestMessageTimestamp&latestMessageTimestampAfter=2026-01-01T00:00:00Z",
        "latestMessageTimestampAfter=2026-01-01T00:00:00Z",
        "sort=latestMessageTimestamp&latestMessageTimestampAfter=yesterday",
        "limit=501",
        "limit=0",
        "after=3",
    ],
)
def test_refused_lists(sandbox: Sandbox, api: requests.Session, query: str) -> None:
    answer = api.get(f"{sandbox.url}{V3}/threads?{query}")
    assert answer.status_code == 400
    assert answer.json()["category"] == "VALIDATION_ERROR"


def test_threads_by_their_newest_mail_page_by_page(
    sandbox: Sandbox, api: requests.Session, ticket_id: str
) -> None:
    made = [send(sandbox, ticket=ticket_id)["thread"] for _ in range(3)]
    reply(sandbox, made[0])
    start = "sort=latestMessageTimestamp&latestMessageTimestampAfter=2026-01-01T00:00:00Z&limit=2"
    first = get(api, sandbox, f"/threads?{start}")
    after = first["paging"]["next"]["after"]
    rest = get(api, sandbox, f"/threads?{start}&after={after}")
    assert ids(first) + ids(rest) == [made[1], made[2], made[0]]
    assert "paging" not in rest

    newest = rest["results"][0]["latestMessageTimestamp"]
    since = f"sort=latestMessageTimestamp&latestMessageTimestampAfter={newest}"
    assert made[0] in ids(get(api, sandbox, f"/threads?{since}"))
    assert made[1] not in ids(get(api, sandbox, f"/threads?{since}"))


def test_a_thread_is_closed_and_an_answer_opens_it(
    sandbox: Sandbox, api: requests.Session, thread_id: str
) -> None:
    path = f"{sandbox.url}{V3}/threads/{thread_id}"
    closed = api.patch(path, json={"status": "CLOSED"}).json()
    assert closed["status"] == "CLOSED" and closed["closedAt"]
    assert api.patch(path, json={"status": "SNOOZED"}).status_code == 400
    reply(sandbox, thread_id)
    assert get(api, sandbox, f"/threads/{thread_id}")["status"] == "OPEN"
    kinds = [one["type"] for one in get(api, sandbox, f"/threads/{thread_id}/messages")["results"]]
    assert kinds == ["MESSAGE", "THREAD_STATUS_CHANGE", "THREAD_STATUS_CHANGE", "MESSAGE"]


def test_a_deleted_thread_can_be_restored(
    sandbox: Sandbox, api: requests.Session, thread_id: str
) -> None:
    path = f"{sandbox.url}{V3}/threads/{thread_id}"
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404
    assert get(api, sandbox, "/threads")["results"] == []
    assert ids(get(api, sandbox, "/threads?archived=true")) == [thread_id]
    assert api.get(f"{path}?archived=true").json()["archived"]
    assert api.patch(f"{path}?archived=true", json={"archived": False}).status_code == 200
    assert ids(get(api, sandbox, "/threads")) == [thread_id]


@pytest.mark.parametrize(
    "path", [V3, DATED, "/conversations/conversations/v3"], ids=["v3", "dated", "as published"]
)
def test_a_thread_is_given_to_somebody(
    sandbox: Sandbox, api: requests.Session, thread_id: str, path: str
) -> None:
    whole = f"{sandbox.url}{path}/threads/{thread_id}/assignee"
    assert api.put(whole, json={"actorId": "A-9"}).json()["assignedTo"] == "A-9"
    assert api.put(whole, json={"actorId": "V-1"}).status_code == 400
    assert api.delete(whole).status_code == 204
    assert "assignedTo" not in get(api, sandbox, f"/threads/{thread_id}")
    kinds = [one["type"] for one in get(api, sandbox, f"/threads/{thread_id}/messages")["results"]]
    assert kinds == ["ASSIGNMENT", "ASSIGNMENT", "MESSAGE"]


@pytest.mark.parametrize("prefix", [V3, DATED])
def test_inboxes_and_ways_in_and_out(sandbox: Sandbox, api: requests.Session, prefix: str) -> None:
    inboxes = get(api, sandbox, "/inboxes", prefix)["results"]
    assert [one["type"] for one in inboxes] == ["HELP_DESK", "INBOX"]
    assert get(api, sandbox, f"/inboxes/{inboxes[0]['id']}", prefix)["name"] == "Help desk"
    assert {"id": "1002", "name": "EMAIL"} in get(api, sandbox, "/channels", prefix)["results"]
    asked = f"/channel-accounts?inboxId={inboxes[0]['id']}&channelId=1002"
    (account,) = get(api, sandbox, asked, prefix)["results"]
    assert account["deliveryIdentifier"]["value"] == "credits@hub.example"
    assert get(api, sandbox, f"/channel-accounts/{account['id']}", prefix) == account
    assert api.get(f"{sandbox.url}{prefix}/inboxes/1").status_code == 404


@pytest.mark.parametrize("prefix", [V3, DATED])
def test_actors(sandbox: Sandbox, api: requests.Session, thread_id: str, prefix: str) -> None:
    (contact_id,) = sandbox.hubspot.records["0-1"]
    shown = get(api, sandbox, f"/actors/V-{contact_id}", prefix)
    assert (shown["name"], shown["email"]) == ("Anna Ross", "anna@northwind-care.example")
    path = f"{sandbox.url}{prefix}/actors/batch/read"
    body = {"inputs": ["A-9", "E-bo@x.example", "I-54321", "S-hubspot", "A-1", "Q"]}
    answer = api.post(path, json=body)
    assert answer.status_code == 207
    assert [one["type"] for one in answer.json()["results"]] == [
        *("AGENT", "EMAIL", "INTEGRATION", "SYSTEM")
    ]
    assert answer.json()["errors"][0]["context"] == {"ids": ["A-1", "Q"]}
    assert api.post(path, json={"inputs": [{"id": "A-9"}]}).status_code == 400


def test_with_a_contact_its_threads_go_for_good(
    sandbox: Sandbox, api: requests.Session, ticket_id: str, thread_id: str
) -> None:
    body = {"objectId": "anna@northwind-care.example", "idProperty": "email"}
    api.post(f"{sandbox.url}/crm/v3/objects/contacts/gdpr-delete", json=body).raise_for_status()
    for query in ("", "?archived=true"):
        assert get(api, sandbox, f"/threads{query}")["results"] == []
    state = requests.get(f"{sandbox.url}/_sandbox/state").json()
    assert state["threads"] == [] and len(state["organisation_mails"]) == 1
    (ticket,) = state["tickets"]
    assert ticket["associations"] == {}
