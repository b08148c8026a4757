"""HubSpot's ways with mail that the contract does not show."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from casework.conversation_ports import Direction
from casework.errors import Leak, NotSetUp, Refused, Unavailable
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.conversations import HubSpotConversations
from integrations.hubspot.messages import read_time, write_time
from integrations.hubspot.objects import DEAL, TICKET
from sandbox.server import Sandbox
from tests.fakes.open_gate import OpenGate
from tests.fakes.scripted_server import Script

MakeClient = Callable[[str], HubSpotClient]

THREAD: dict[str, Any] = {
    "id": "7",
    "threadAssociations": {"associatedTicketId": 811},
    "latestMessageTimestamp": "2026-11-01T10:00:00Z",
}
MAIL: dict[str, Any] = {
    "type": "MESSAGE",
    "id": "m1",
    "conversationsThreadId": "7",
    "createdAt": "2026-11-01T10:00:00.123Z",
    "createdBy": "V-5001",
    "client": {"clientType": "HUBSPOT"},
    "senders": [
        {
            "actorId": "V-5001",
            "deliveryIdentifier": {"type": "HS_EMAIL_ADDRESS", "value": "anna@northwind.example"},
        }
    ],
    "recipients": [
        {
            "recipientField": "TO",
            "deliveryIdentifier": {"type": "HS_EMAIL_ADDRESS", "value": "credits@hub.example"},
        }
    ],
    "text": "Yes.",
    "richText": "<p>Yes.</p>",
    "attachments": [],
    "subject": "Re: Credits",
    "truncationStatus": "NOT_TRUNCATED",
    "direction": "INCOMING",
    "channelId": "1002",
    "channelAccountId": "902178",
}
GONE = {"status": "error", "category": "OBJECT_NOT_FOUND", "message": "anna@northwind.example"}


@pytest.fixture
def inbox(script: Script, make_client: MakeClient) -> HubSpotConversations:
    return HubSpotConversations(make_client(script.url), TICKET, "54321")


def asked(script: Script, number: int) -> tuple[str, str, dict[str, list[str]]]:
    method, path, _, _ = script.seen[number]
    return method, urlsplit(path).path, parse_qs(urlsplit(path).query)


def test_the_calls_that_read_a_message(script: Script, inbox: HubSpotConversations) -> None:
    script.then(200, MAIL).then(200, THREAD)
    message = inbox.read_message("7", "m1")
    assert message is not None
    assert (message.ticket_id, message.from_contact_id, message.own) == ("811", "5001", False)
    assert message.sent_at == 1_793_527_200_123
    root = "/conversations/v3/conversations/threads/7"
    assert asked(script, 0) == ("GET", f"{root}/messages/m1", {})
    assert asked(script, 1) == ("GET", root, {"association": ["TICKET"]})


@pytest.mark.parametrize("status", ["TRUNCATED", "TRUNCATED_TO_MOST_RECENT_REPLY"])
def test_what_was_cut_is_read_whole(
    script: Script, inbox: HubSpotConversations, status: str
) -> None:
    whole = {"text": "Yes.\n> May we?", "richText": "<p>Yes.</p>"}
    script.then(200, {**MAIL, "truncationStatus": status}).then(200, THREAD).then(200, whole)
    message = inbox.read_message("7", "m1")
    assert message is not None
    assert message.text == "Yes.\n> May we?"
    assert asked(script, 2)[1].endswith("/threads/7/messages/m1/original-content")


def test_where_the_whole_is_gone_the_rest_is_read(
    script: Script, inbox: HubSpotConversations
) -> None:
    script.then(200, {**MAIL, "truncationStatus": "TRUNCATED"}).then(200, THREAD).then(404, GONE)
    message = inbox.read_message("7", "m1")
    assert message is not None
    assert message.text == "Yes."


@pytest.mark.parametrize("text", ["", " \n", None])
def test_a_mail_of_markup_alone_becomes_plain_text(
    script: Script, inbox: HubSpotConversations, text: str | None
) -> None:
    script.then(200, {**MAIL, "text": text, "richText": "<p>Yes,<br>four.</p>"}).then(200, THREAD)
    message = inbox.read_message("7", "m1")
    assert message is not None
    assert message.text == "Yes,\nfour."


@pytest.mark.parametrize(
    "change",
    [
        {"type": "COMMENT"},
        {"type": "WELCOME_MESSAGE"},
        {"type": "SOMETHING_NEW"},
        {"type": None},
        {"direction": None},
        {"direction": "SIDEWAYS"},
    ],
    ids=repr,
)
def test_what_is_no_mail_is_nothing(
    script: Script, inbox: HubSpotConversations, change: dict[str, object]
) -> None:
    script.then(200, {**MAIL, **change})
    assert inbox.read_message("7", "m1") is None


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ({"clientType": "INTEGRATION", "integrationAppId": 54321}, True),
        ({"clientType": "INTEGRATION", "integrationAppId": "54321"}, True),
        ({"clientType": "INTEGRATION", "integrationAppId": 54322}, False),
        ({"clientType": "HUBSPOT", "integrationAppId": 54321}, False),
        ({"clientType": "INTEGRATION"}, False),
        (None, False),
    ],
    ids=repr,
)
def test_which_mail_is_ours(
    script: Script, inbox: HubSpotConversations, told: object, own: bool
) -> None:
    script.then(200, {**MAIL, "client": told}).then(200, THREAD)
    message = inbox.read_message("7", "m1")
    assert message is not None
    assert message.own is own


def test_without_an_app_id_no_mail_is_ours(script: Script, make_client: MakeClient) -> None:
    told = {"clientType": "INTEGRATION", "integrationAppId": ""}
    script.then(200, {**MAIL, "client": told}).then(200, THREAD)
    message = HubSpotConversations(make_client(script.url), TICKET).read_message("7", "m1")
    assert message is not None
    assert not message.own


def test_a_mail_with_next_to_nothing_on_it_is_read(
    script: Script, inbox: HubSpotConversations
) -> None:
    bare = {"type": "MESSAGE", "id": 1, "direction": "OUTGOING", "senders": None, "client": 3}
    script.then(200, bare).then(200, {"id": 7})
    message = inbox.read_message("7", "1")
    assert message is not None
    assert (message.text, message.from_address, message.recipients) == ("", "", ())
    assert (message.ticket_id, message.sent_at) == (None, 0)


def test_where_requests_are_deals_a_help_desk_ticket_is_not_theirs(
    script: Script, make_client: MakeClient
) -> None:
    script.then(200, MAIL).then(200, THREAD)
    message = HubSpotConversations(make_client(script.url), DEAL).read_message("7", "m1")
    assert message is not None
    assert message.ticket_id is None


def test_new_messages_are_looked_for_a_page_of_threads_at_a_time(
    script: Script, inbox: HubSpotConversations
) -> None:
    paging = {"next": {"after": "x"}}
    script.then(200, {"results": [THREAD], "paging": paging})
    script.then(200, {"results": [MAIL, {**MAIL, "id": "m0", "createdAt": "2026-10-01T00:00Z"}]})
    since = read_time("2026-11-01T09:00:00Z")
    assert since is not None
    found = inbox.find_messages_since(since, since)
    assert found.ids == ["thread/7/m1"]
    assert found.until == read_time("2026-11-01T10:00:00Z")
    query = asked(script, 0)[2]
    assert query["sort"] == ["latestMessageTimestamp"]
    assert query["latestMessageTimestampAfter"] == ["2026-11-01T09:00:00.000Z"]


def test_the_next_page_is_another_one_whatever_the_list_says(
    script: Script, inbox: HubSpotConversations
) -> None:
    row = {**THREAD, "latestMessageTimestamp": None}
    script.then(200, {"results": [row], "paging": {"next": {"after": "x"}}})
    script.then(200, {"results": []})
    assert inbox.find_messages_since(5_000, 6_000).until == 6_001


def test_a_list_that_never_ends_is_not_followed_for_ever(
    script: Script, inbox: HubSpotConversations
) -> None:
    script.then(200, THREAD)
    script.then(200, {"results": [MAIL], "paging": {"next": {"after": "x"}}})
    assert len(inbox.read_thread("7")) == 4
    assert len(script.seen) == 5


def test_a_list_that_is_none_is_not_taken_for_an_empty_one(
    script: Script, inbox: HubSpotConversations
) -> None:
    script.then(200, {"results": "x"})
    with pytest.raises(Unavailable):
        inbox.find_messages_since(0, 0)


def test_somebody_elses_thread_is_not_taken_for_the_tickets(
    script: Script, inbox: HubSpotConversations
) -> None:
    script.then(200, {"results": [THREAD, {"id": "8"}]})
    assert inbox.find_thread_of("812") is None
    assert inbox.find_thread_of("811") == "7"


OURS: dict[str, Any] = {
    **MAIL,
    "id": "m0",
    "createdAt": "2026-11-01T09:00:00Z",
    "direction": "OUTGOING",
    "senders": [{"actorId": "A-9"}],
}


def send(
    script: Script,
    make_client: MakeClient,
    thread: dict[str, Any],
    mails: list[dict[str, Any]],
    sender: str = "",
) -> dict[str, Any]:
    script.then(200, thread).then(200, {"results": mails}).then(201, {"id": "m9"})
    inbox = HubSpotConversations(make_client(script.url), TICKET, "54321", sender)
    assert inbox.send("7", "How many?\nFour?", "Re: Credits") == "thread/7/m9"
    body: dict[str, Any] = json.loads(script.seen[-1][3])
    return body


def test_what_is_sent(script: Script, make_client: MakeClient) -> None:
    body = send(script, make_client, THREAD, [MAIL, OURS], sender="A-10")
    to = [{"type": "HS_EMAIL_ADDRESS", "value": "anna@northwind.example"}]
    assert body == {
        "type": "MESSAGE",
        "text": "How many?\nFour?",
        "richText": "How many?<br>Four?",
        "subject": "Re: Credits",
        "attachments": [],
        "recipients": [{"recipientField": "TO", "deliveryIdentifiers": to}],
        "senderActorId": "A-10",
        "channelId": "1002",
        "channelAccountId": "902178",
    }


@pytest.mark.parametrize(
    ("assigned_to", "sender"), [("A-10", "A-10"), ("L-3", "A-9"), (None, "A-9")]
)
def test_in_whose_name_it_is_sent(
    script: Script, make_client: MakeClient, assigned_to: str | None, sender: str
) -> None:
    thread = {**THREAD, "assignedTo": assigned_to}
    assert send(script, make_client, thread, [MAIL, OURS])["senderActorId"] == sender


def test_without_a_sender_the_error_says_what_to_do(
    script: Script, inbox: HubSpotConversations
) -> None:
    script.then(200, THREAD).then(200, {"results": [MAIL]})
    with pytest.raises(NotSetUp, match="assign the conversation"):
        inbox.send("7", "Hello", "Credits")
    assert len(script.seen) == 2


@pytest.mark.parametrize("mails", [[], [{**MAIL, "senders": []}], [{**MAIL, "channelId": None}]])
def test_where_there_is_nobody_to_answer_nothing_is_sent(
    script: Script, inbox: HubSpotConversations, mails: list[object]
) -> None:
    script.then(200, {**THREAD, "assignedTo": "A-9"}).then(200, {"results": mails})
    with pytest.raises(Refused):
        inbox.send("7", "Hello", "Credits")
    assert len(script.seen) == 2


def test_a_send_whose_answer_is_lost_is_not_made_again(
    script: Script, inbox: HubSpotConversations
) -> None:
    thread = {**THREAD, "assignedTo": "A-9"}
    script.then(200, thread).then(200, {"results": [MAIL]}).hang_up().then(201, {"id": "m9"})
    with pytest.raises(Unavailable):
        inbox.send("7", "Hello", "Credits")
    assert len(script.seen) == 3


class _Closed(OpenGate):
    def check(self, where: str, units: Any, **_: object) -> None:
        if any("Jóna" in text for unit in units for text in unit):
            raise Leak(where)


@pytest.mark.parametrize("say", ["send", "comment"])
def test_what_would_tell_does_not_leave(script: Script, say: str) -> None:
    client = HubSpotClient(lambda: "t", script.url, gate=_Closed())
    inbox = HubSpotConversations(client, TICKET, "", "A-9")
    script.then(200, THREAD).then(200, {"results": [MAIL]}).then(201, {"id": "m9"})
    ways: dict[str, Callable[[], object]] = {
        "send": lambda: inbox.send("7", "It is Jóna", "Credits"),
        "comment": lambda: inbox.comment("7", "It is Jóna"),
    }
    with pytest.raises(Leak):
        ways[say]()
    assert all(method == "GET" for method, *_ in script.seen)


def test_a_missing_scope_is_mended_by_an_operator(
    script: Script, inbox: HubSpotConversations
) -> None:
    script.then(403, {"category": "MISSING_SCOPES", "status": "error"})
    for look in (
        lambda: inbox.read_message("7", "m1"),
        lambda: inbox.find_messages_since(0, 0),
        lambda: inbox.read_emails(["1"]),
    ):
        with pytest.raises(Unavailable, match="MISSING_SCOPES"):
            look()


def test_only_word_of_a_missing_record_makes_a_message_gone(
    script: Script, inbox: HubSpotConversations
) -> None:
    script.then(404, {"message": "no such route"})
    with pytest.raises(Unavailable):
        inbox.read_message("7", "m1")


def test_a_tie_that_is_refused_says_so(script: Script, inbox: HubSpotConversations) -> None:
    script.then(207, {"status": "COMPLETE", "results": [], "errors": [GONE], "numErrors": 1})
    with pytest.raises(Refused):
        inbox.tie_thread("811", "7")
    body = json.loads(script.seen[0][3])
    assert body["inputs"][0]["types"] == [
        {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 32}
    ]


def email(**properties: str | None) -> dict[str, Any]:
    given = {"hs_email_direction": "EMAIL", "hs_timestamp": "2026-11-01T10:00:00Z"}
    return {"id": "9", "properties": {**given, **properties}}


def read_email(
    script: Script, inbox: HubSpotConversations, record: dict[str, Any], *tickets: int
) -> Any:
    tied = [{"from": {"id": "9"}, "to": [{"toObjectId": one} for one in tickets]}]
    script.then(200, {"status": "COMPLETE", "results": [record]})
    script.then(200, {"status": "COMPLETE", "results": tied if tickets else []})
    return inbox.read_emails(["9"]).get("9")


def test_a_logged_mail_tells_its_people_in_headers_or_properties(
    script: Script, inbox: HubSpotConversations
) -> None:
    headers = {
        "from": {"email": "sam@hub.example"},
        "to": [{"email": "ignored@northwind.example"}],
        "cc": [{"email": "ben@northwind.example"}, {"firstName": "x"}],
    }
    record = email(
        hs_email_headers=json.dumps(headers),
        hs_email_to_email="anna@northwind.example; eve@northwind.example",
        hs_attachment_ids="4;5",
        hs_email_html="<p>May we?</p>",
    )
    mail = read_email(script, inbox, record, 811)
    assert mail.from_address == "sam@hub.example"
    people = ("anna", "eve", "ben")
    assert mail.recipients == tuple(f"{one}@northwind.example" for one in people)
    assert (mail.text, mail.ticket_id, mail.has_attachments) == ("May we?", "811", True)


@pytest.mark.parametrize("headers", ["", "{", "[]", '{"from": 3, "to": 4}'])
def test_headers_that_cannot_be_read_are_none(
    script: Script, inbox: HubSpotConversations, headers: str
) -> None:
    mail = read_email(script, inbox, email(hs_email_headers=headers))
    assert (mail.from_address, mail.recipients, mail.ticket_id) == ("", (), None)
    assert mail.direction is Direction.OUTGOING


@pytest.mark.parametrize("direction", ["FORWARDED_EMAIL", "DRAFT_EMAIL", None])
def test_a_logged_mail_of_another_kind_is_none(
    script: Script, inbox: HubSpotConversations, direction: str | None
) -> None:
    assert read_email(script, inbox, email(hs_email_direction=direction)) is None


@pytest.mark.parametrize(
    ("given", "time"),
    [
        ("2026-11-01T10:00:00Z", 1_793_527_200_000),
        ("2026-11-01T10:00:00.5+00:00", 1_793_527_200_500),
        ("2026-11-01T10:00:00", 1_793_527_200_000),
        ("1793527200000", 1_793_527_200_000),
        (1_793_527_200_000, 1_793_527_200_000),
        ("", None),
        (None, None),
        ("yesterday", None),
        ({}, None),
    ],
)
def test_times(given: object, time: int | None) -> None:
    assert read_time(given) == time
    if time is not None:
        assert read_time(write_time(time)) == time


def test_the_history_that_a_mail_quotes_is_in_its_text(
    sandbox: Sandbox, client: HubSpotClient
) -> None:
    def say(what: str, **body: object) -> Any:
        return requests.post(f"{sandbox.url}/_sandbox/{what}", json=body, timeout=5).json()

    thread = say("reply", **{"from": "anna@northwind.example", "text": "Whom is it about?"})[
        "thread"
    ]
    say("send", thread=thread, text="That we cannot tell.")
    answer = say(
        "reply",
        **{"thread": thread, "from": "anna@northwind.example", "text": "Fine.", "quote": "gmail"},
    )["message"]
    assert answer["truncationStatus"] == "TRUNCATED_TO_MOST_RECENT_REPLY"
    message = HubSpotConversations(client, TICKET).read_message(thread, answer["id"])
    assert message is not None
    assert message.text.startswith("Fine.")
    assert "> That we cannot tell." in message.text


def test_only_accounts_that_are_connected_and_active_can_send(
    script: Script, inbox: HubSpotConversations
) -> None:
    good = {"id": 1, "active": True, "authorized": True, "inboxId": 4, "archived": False}
    rows = [good, {**good, "active": False}, {**good, "authorized": False}]
    script.then(200, {"results": [*rows, {**good, "archived": True}]})
    assert [(one.id, one.inbox_id) for one in inbox.find_sending_accounts()] == [("1", "4")]
