"""Messages: what an answer looks like, what is cut, and what may be sent."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server import Sandbox
from tests.sandbox.mail_world import DATED, V3, reply, send

TO = {
    "recipientField": "TO",
    "deliveryIdentifiers": [{"type": "HS_EMAIL_ADDRESS", "value": "anna@northwind-care.example"}],
}
MAIL: dict[str, Any] = {
    "type": "MESSAGE",
    "text": "Thank you.",
    "richText": "<p>Thank you.</p>",
    "attachments": [],
    "recipients": [TO],
    "senderActorId": "A-9",
    "channelId": "1002",
    "channelAccountId": "902178",
    "subject": "Re: Credits",
}


@pytest.fixture
def thread_id(sandbox: Sandbox, ticket_id: str) -> str:
    return str(send(sandbox, ticket=ticket_id)["thread"])


def messages(sandbox: Sandbox, thread_id: str, prefix: str = V3) -> str:
    return f"{sandbox.url}{prefix}/threads/{thread_id}/messages"


@pytest.mark.parametrize("prefix", [V3, DATED])
def test_an_answer(sandbox: Sandbox, api: requests.Session, thread_id: str, prefix: str) -> None:
    asked = send(sandbox, thread=thread_id, text="Well?")["message"]
    made = reply(sandbox, thread_id)["message"]
    (contact_id,) = sandbox.hubspot.records["0-1"]
    shown = api.get(f"{messages(sandbox, thread_id, prefix)}/{made['id']}").json()
    known: dict[str, Any] = {
        "type": "MESSAGE",
        "conversationsThreadId": thread_id,
        "createdBy": f"V-{contact_id}",
        "client": {"clientType": "HUBSPOT"},
        "text": "Yes, four.",
        "richText": "<p>Yes, four.</p>",
        "attachments": [],
        "subject": "Re: Credits [R-7]",
        "truncationStatus": "NOT_TRUNCATED",
        "inReplyToId": asked["id"],
        "status": {"statusType": "RECEIVED"},
        "direction": "INCOMING",
        "channelId": "1002",
        "channelAccountId": "902178",
    }
    assert shown | known == shown
    (sender,) = shown["senders"]
    assert sender == {
        "actorId": f"V-{contact_id}",
        "name": "Anna Ross",
        "senderField": "FROM",
        "deliveryIdentifier": {"type": "HS_EMAIL_ADDRESS", "value": "anna@northwind-care.example"},
    }


@pytest.mark.parametrize(
    ("style", "status", "text"),
    [
        ("gmail", "TRUNCATED_TO_MOST_RECENT_REPLY", "Yes, four.\n\nAnna"),
        ("outlook", "TRUNCATED_TO_MOST_RECENT_REPLY", "Yes, four.\n\nAnna"),
        ("icelandic", "NOT_TRUNCATED", None),
    ],
)
def test_the_history_is_cut_where_it_is_recognised(
    sandbox: Sandbox,
    api: requests.Session,
    thread_id: str,
    style: str,
    status: str,
    text: str | None,
) -> None:
    said = {"text": "Yes, four.\n\nAnna", "below": "P.S. Not before May."}
    made = reply(sandbox, thread_id, quote=style, **said)["message"]
    path = f"{messages(sandbox, thread_id)}/{made['id']}/original-content"
    whole = api.get(path).json()
    assert made["truncationStatus"] == status
    assert made["text"] == (text or whole["text"])
    assert "May we?" in whole["text"] and "P.S. Not before May." in whole["text"]
    assert "May we?" in whole["richText"]


def test_a_mail_without_an_end_is_cut(
    sandbox: Sandbox, api: requests.Session, thread_id: str
) -> None:
    sandbox.settings.longest_message = 20
    made = reply(sandbox, thread_id, text="x" * 30)["message"]
    assert (made["truncationStatus"], made["text"]) == ("TRUNCATED", "x" * 20)
    path = f"{messages(sandbox, thread_id)}/{made['id']}/original-content"
    assert api.get(path).json()["text"] == "x" * 30


def test_a_mail_that_is_all_quotation_is_left_whole(sandbox: Sandbox, thread_id: str) -> None:
    made = reply(sandbox, thread_id, text="", quote=True)["message"]
    assert made["truncationStatus"] == "NOT_TRUNCATED" and "May we?" in made["text"]


def test_copies_are_no_contacts(sandbox: Sandbox, thread_id: str) -> None:
    cc = ["Bo <bo@northwind-care.example>", "cy@northwind-care.example"]
    made = reply(sandbox, thread_id, cc=cc)["message"]
    assert [(one["recipientField"], one["actorId"]) for one in made["recipients"]] == [
        ("TO", "E-credits@hub.example"),
        ("CC", "E-bo@northwind-care.example"),
        ("CC", "E-cy@northwind-care.example"),
    ]
    assert len(sandbox.hubspot.records["0-1"]) == 1


def test_somebody_else_may_answer(sandbox: Sandbox, thread_id: str) -> None:
    made = reply(sandbox, thread_id, **{"from": "Bo <bo@northwind-care.example>"})["message"]
    first, second = sandbox.hubspot.records["0-1"]
    assert made["createdBy"] == f"V-{second}"
    stranger = reply(sandbox, thread_id, contact=False, **{"from": "cy@x.example"})["message"]
    assert stranger["createdBy"].removeprefix("V-") not in {first, second}
    assert len(sandbox.hubspot.records["0-1"]) == 2


def test_an_answer_may_be_nothing_but_a_file(sandbox: Sandbox, thread_id: str) -> None:
    made = reply(sandbox, thread_id, text="", attachments=["form.pdf"])["message"]
    (file,) = made["attachments"]
    assert (made["text"], file["type"], file["name"]) == ("", "FILE", "form.pdf")
    assert file["fileId"] and file["url"] and file["fileUsageType"] == "OTHER"


def test_messages_are_listed_newest_first_with_every_type(
    sandbox: Sandbox, api: requests.Session, thread_id: str
) -> None:
    reply(sandbox, thread_id)
    send(sandbox, thread=thread_id, text="She said yes", comment=True)
    body = {"thread": thread_id, "type": "SUMMARY_BY_AI", "fields": {"summary": "Yes"}}
    requests.post(f"{sandbox.url}/_sandbox/message", json=body).raise_for_status()

    def kinds(query: str) -> tuple[list[str], str]:
        shown = api.get(f"{messages(sandbox, thread_id)}?{query}").json()
        after = shown.get("paging", {}).get("next", {}).get("after", "")
        return [one["type"] for one in shown["results"]], after

    newest = ["SUMMARY_BY_AI", "COMMENT", "MESSAGE", "MESSAGE"]
    assert kinds("") == (newest, "") and kinds("sort=createdAt")[0] == newest[::-1]
    first, after = kinds("limit=3")
    assert first == newest[:3] and kinds(f"limit=3&after={after}") == (newest[3:], "")


@pytest.mark.parametrize("prefix", [V3, DATED])
def test_a_program_sends_a_mail(
    sandbox: Sandbox, api: requests.Session, thread_id: str, prefix: str
) -> None:
    copy = {
        "recipientField": "CC",
        "deliveryIdentifiers": [{"type": "HS_EMAIL_ADDRESS", "value": "bo@x.example"}],
    }
    body = MAIL | {"recipients": [TO, copy]}
    answer = api.post(messages(sandbox, thread_id, prefix), json=body)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["direction"], made["status"]) == ("OUTGOING", {"statusType": "SENT"})
    assert made["client"] == {"clientType": "INTEGRATION", "integrationAppId": 54321}
    assert made["createdBy"] == "A-9" and made["senders"][0]["actorId"] == "A-9"
    letter = sandbox.parts.conversations.letters.all[-1]
    assert (letter.to, letter.cc) == (("anna@northwind-care.example",), ("bo@x.example",))
    assert (letter.subject, letter.text, letter.is_ours) == ("Re: Credits", "Thank you.", False)
    assert letter.sender == "credits@hub.example" and not sandbox.mailbox.messages


def test_a_program_notes_something(sandbox: Sandbox, api: requests.Session, thread_id: str) -> None:
    before = len(sandbox.parts.conversations.letters.all)
    body = {"type": "COMMENT", "text": "A proposal", "attachments": []}
    made = api.post(messages(sandbox, thread_id), json=body).json()
    assert (made["type"], made["text"], made["createdBy"]) == ("COMMENT", "A proposal", "I-54321")
    assert len(sandbox.parts.conversations.letters.all) == before


NEEDED = sorted(set(MAIL) - {"richText", "subject"})
REFUSED: list[dict[str, Any]] = [
    *({key: value for key, value in MAIL.items() if key != name} for name in NEEDED),
    MAIL | {"type": "WELCOME_MESSAGE"},
    MAIL | {"text": ""},
    MAIL | {"recipients": []},
    MAIL | {"recipients": [TO | {"recipientField": "FROM"}]},
    MAIL | {"recipients": [TO | {"deliveryIdentifiers": []}]},
    MAIL | {"recipients": [{"recipientField": "TO", "deliveryIdentifier": {"value": "a@b.is"}}]},
    MAIL | {"recipients": [TO | {"deliveryIdentifiers": [{"value": "a@b.is"}]}]},
    MAIL | {"recipients": [TO | {"recipientField": "CC"}]},
    MAIL | {"senderActorId": "I-54321"},
    MAIL | {"senderActorId": "9"},
    MAIL | {"channelAccountId": "902180"},
    MAIL | {"channelId": 1002},
    {"type": "COMMENT", "text": "x"},
    {"type": "COMMENT", "attachments": []},
]


@pytest.mark.parametrize("body", REFUSED)
def test_refused_messages(
    sandbox: Sandbox, api: requests.Session, thread_id: str, body: dict[str, Any]
) -> None:
    answer = api.post(messages(sandbox, thread_id), json=body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["category"] == "VALIDATION_ERROR"
    assert len(sandbox.parts.conversations.letters.all) == 1


def test_there_is_no_such_thread(sandbox: Sandbox, api: requests.Session, thread_id: str) -> None:
    assert api.post(messages(sandbox, "1"), json=MAIL).status_code == 404
    assert api.get(f"{messages(sandbox, thread_id)}/1").status_code == 404
