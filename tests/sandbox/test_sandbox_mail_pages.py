"""The pages of mail between staff and organisations, without a browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests

from sandbox.server import Sandbox
from tests.sandbox.mail_world import log, reply, send

LETTER = {
    "groupName": "ticketinformation",
    "name": "credit_request_letter",
    "label": "Letter",
    "type": "string",
    "fieldType": "textarea",
}
MAIL = {"to": "anna@northwind-care.example", "subject": "Credits", "text": "May we?"}
ANSWER = {"sender": "anna@northwind-care.example", "subject": "Re: Credits", "text": "Yes."}


def page(sandbox: Sandbox, path: str) -> str:
    answer = requests.get(sandbox.url + path)
    assert answer.status_code == 200
    assert "<script" not in answer.text and "http://www." not in answer.text
    return answer.text


def field(text: str, name: str) -> str:
    found = re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', text)
    found = found or re.search(rf'<textarea id="{name}"[^>]*>([^<]*)<', text)
    assert found, name
    return found.group(1)


def write(sandbox: Sandbox, ticket_id: str, **more: str) -> requests.Response:
    return requests.post(f"{sandbox.url}/board/cards/{ticket_id}/mail", data=MAIL | more)


def letters(sandbox: Sandbox) -> list[Any]:
    return list(sandbox.parts.conversations.letters.all)


def test_nothing_was_written_yet(sandbox: Sandbox, ticket_id: str) -> None:
    assert "No mail yet" in page(sandbox, "/organisation")
    shown = page(sandbox, f"/board/cards/{ticket_id}/mail")
    assert field(shown, "subject") == "Request" and field(shown, "to") == ""


@pytest.mark.parametrize(
    ("letter", "subject", "text"),
    [
        ("Good day.\n\nMay we?", "Request", "Good day.\n\nMay we?"),
        ("Subject: Credits [R-7]\n\nGood day.", "Credits [R-7]", "Good day."),
    ],
)
def test_the_letter_of_the_card_is_there_to_send(
    sandbox: Sandbox,
    api: requests.Session,
    ticket_id: str,
    letter: str,
    subject: str,
    text: str,
) -> None:
    api.post(f"{sandbox.url}/crm/v3/properties/tickets", json=LETTER).raise_for_status()
    path = f"{sandbox.url}/crm/v3/objects/tickets/{ticket_id}"
    api.patch(path, json={"properties": {"credit_request_letter": letter}}).raise_for_status()
    company_id = next(iter(sandbox.hubspot.records["0-2"]))
    body = {"id": ticket_id, "to": "companies", "to_id": company_id}
    requests.post(f"{sandbox.url}/_sandbox/associate", json=body).raise_for_status()
    shown = page(sandbox, f"/board/cards/{ticket_id}/mail")
    assert (field(shown, "subject"), field(shown, "text")) == (subject, text)
    assert field(shown, "to") == "people@northwind-care.example"


def test_staff_write_and_the_organisation_answers_in_the_thread(
    sandbox: Sandbox, ticket_id: str
) -> None:
    assert "May we?" in write(sandbox, ticket_id).text
    (sent,) = letters(sandbox)
    assert "May we?" in page(sandbox, "/organisation")
    shown = page(sandbox, f"/organisation/{sent.exchange}")
    assert field(shown, "sender") == "anna@northwind-care.example"
    assert field(shown, "subject") == "Re: Credits"

    data = ANSWER | {"quote": "yes"}
    answer = requests.post(f"{sandbox.url}/organisation/{sent.exchange}", data=data)
    assert answer.status_code == 200 and "&gt; May we?" in answer.text
    (thread,) = sandbox.parts.conversations.all()
    assert [one.direction for one in thread.mails()] == ["OUTGOING", "INCOMING"]
    assert thread.messages[-1].fields["text"] == "Yes."
    assert sandbox.parts.conversations.ticket_id(thread) == ticket_id

    write(sandbox, ticket_id, text="Thank you.")
    assert len(sandbox.parts.conversations.all()) == 1 and len(thread.mails()) == 3


def test_without_quoting_there_is_nothing_below(sandbox: Sandbox, ticket_id: str) -> None:
    write(sandbox, ticket_id)
    (sent,) = letters(sandbox)
    requests.post(f"{sandbox.url}/organisation/{sent.exchange}", data=ANSWER)
    assert letters(sandbox)[-1].text == "Yes."


def test_mail_of_somebodys_own_inbox_is_logged(sandbox: Sandbox, ticket_id: str) -> None:
    write(sandbox, ticket_id, inbox="own")
    (sent,) = letters(sandbox)
    requests.post(f"{sandbox.url}/organisation/{sent.exchange}", data=ANSWER).raise_for_status()
    emails = [one.properties for one in sandbox.hubspot.records["0-49"].values()]
    assert [one["hs_email_direction"] for one in emails] == ["EMAIL", "INCOMING_EMAIL"]
    assert emails[1]["hs_email_to_email"] == "sam@hub.example"
    assert not sandbox.parts.conversations.all()


def test_a_deal_has_no_shared_inbox(sandbox: Sandbox, api: requests.Session) -> None:
    body = {"properties": {"dealname": "x", "dealstage": "closedwon"}}
    deal_id = api.post(f"{sandbox.url}/crm/v3/objects/deals", json=body).json()["id"]
    path = f"/board/cards/{deal_id}/mail?object=deals"
    assert "shared inbox" not in page(sandbox, path)
    requests.post(sandbox.url + path, data=MAIL).raise_for_status()
    assert len(sandbox.hubspot.records["0-49"]) == 1


def test_a_mail_out_of_the_blue(sandbox: Sandbox) -> None:
    page(sandbox, "/organisation/new")
    data = ANSWER | {"subject": "About R-7"}
    requests.post(f"{sandbox.url}/organisation/new", data=data).raise_for_status()
    (thread,) = sandbox.parts.conversations.all()
    assert thread.subject == "About R-7" and not sandbox.parts.conversations.ticket_id(thread)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("text", "", "Please fill this in."),
        ("sender", "anna", "Please give an email address"),
        ("cc", "bo@x.example, cy", "Please give an email address"),
    ],
)
def test_the_organisations_form_says_what_is_wrong(
    sandbox: Sandbox, ticket_id: str, name: str, value: str, told: str
) -> None:
    write(sandbox, ticket_id)
    path = f"{sandbox.url}/organisation/{letters(sandbox)[0].exchange}"
    answer = requests.post(path, data=ANSWER | {name: value})
    assert answer.status_code == 400 and told in answer.text
    assert f'aria-describedby="{name}-wrong"' in answer.text and len(letters(sandbox)) == 1


def test_the_staffs_form_says_what_is_wrong(sandbox: Sandbox, ticket_id: str) -> None:
    answer = write(sandbox, ticket_id, to="nobody")
    assert answer.status_code == 400 and 'id="to-wrong"' in answer.text
    assert not letters(sandbox)


def test_nothing_in_a_mail_can_run(sandbox: Sandbox, ticket_id: str) -> None:
    thread_id = send(sandbox, ticket=ticket_id, text="<script>alert(1)</script>")["thread"]
    for path in (f"/organisation/thread-{thread_id}", f"/board/cards/{ticket_id}/mail"):
        page(sandbox, path)


def test_a_card_tells_of_its_mail(sandbox: Sandbox, ticket_id: str) -> None:
    reply(sandbox, send(sandbox, ticket=ticket_id)["thread"])
    log(sandbox, ticket=ticket_id)
    columns = requests.get(f"{sandbox.url}/board/cards").json()["columns"]
    assert [card["mails"] for one in columns for card in one["cards"]] == [3]
    card = requests.get(f"{sandbox.url}/board/cards/{ticket_id}").json()
    assert [one["text"] for one in card["mails"]] == ["Yes, four.", "Yes, four.", "May we?"]


def test_there_is_no_such_exchange(sandbox: Sandbox) -> None:
    assert requests.get(f"{sandbox.url}/organisation/thread-1").status_code == 404
