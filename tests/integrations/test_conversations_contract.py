"""What any Conversations must do. HubSpot's adapter passes it with tickets and deals; so does the
fake."""

import itertools
import time
from collections.abc import Sequence
from typing import Any, Protocol

import pytest
import requests

from casework.conversation_ports import Conversations, Direction, Message
from casework.errors import CreditsDeskError, NotSetUp, OutsideError, Refused, Unavailable
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.conversations import HubSpotConversations
from integrations.hubspot.objects import CRM_OBJECTS, CrmObject
from sandbox.server import Sandbox
from tests.fakes.fake_conversations import FakeConversations

ANNA, BEN = "anna@northwind.example", "ben@northwind.example"
INBOX, COLLEAGUE = "credits@hub.example", "sam@hub.example"


class Office(Protocol):
    """An inbox, and what people and misfortune do to it. Threads and messages are named by ids."""

    ties_threads: bool

    @property
    def inbox(self) -> Conversations: ...

    def make_ticket(self) -> str: ...
    def write(self, text: str, to: str = ANNA, ticket: str = "", thread: str = "") -> str:
        """Staff write; returns the message's id."""

    def reply(self, text: str, thread: str = "", cc: Sequence[str] = (), **more: Any) -> str: ...
    def remark(self, thread: str, text: str) -> None: ...
    def log(self, text: str, ticket: str, direction: Direction, subject: str) -> str:
        """A mail of somebody's own inbox; returns its id."""

    def comments(self, thread: str) -> list[str]: ...
    def fail_once(self) -> None: ...
    def now(self) -> int: ...


class FakeOffice:
    ties_threads = True

    def __init__(self) -> None:
        ticks = itertools.count(1_790_000_000_000)
        self.inbox = FakeConversations(clock=lambda: next(ticks))
        self.now = lambda: next(ticks)
        self._tickets = itertools.count(811)

    def make_ticket(self) -> str:
        return str(next(self._tickets))

    def write(self, text: str, to: str = ANNA, ticket: str = "", thread: str = "") -> str:
        return self.inbox.staff_send(
            text, to=[to], ticket_id=ticket or None, thread_id=thread or None
        ).id

    def reply(self, text: str, thread: str = "", cc: Sequence[str] = (), **more: Any) -> str:
        sender = more.pop("sender", ANNA)
        more.pop("quote", None)
        return self.inbox.reply(text, thread_id=thread or None, sender=sender, cc=cc, **more).id

    def remark(self, thread: str, text: str) -> None:
        self.inbox.threads[thread].comments.append(text)

    def log(self, text: str, ticket: str, direction: Direction, subject: str) -> str:
        made = self.inbox.log_email(
            text, ticket_id=ticket, direction=direction, subject=subject, other=ANNA
        )
        return made.id.removeprefix("email/")

    def comments(self, thread: str) -> list[str]:
        return self.inbox.threads[thread].comments

    def fail_once(self) -> None:
        self.inbox.fail_next = Unavailable("fake", "read", "503")


class HubSpotOffice:
    def __init__(self, sandbox: Sandbox, client: HubSpotClient, crm_object: CrmObject) -> None:
        self._sandbox, self._object = sandbox, crm_object
        self.ties_threads = crm_object.plural == "tickets"
        self.inbox = HubSpotConversations(client, crm_object, str(sandbox.settings.app_id))

    def now(self) -> int:
        time.sleep(0.003)
        return int(time.time() * 1000)

    def make_ticket(self) -> str:
        names = {
            "tickets": {"subject": "Request", "hs_pipeline_stage": "1"},
            "deals": {"dealname": "Request", "dealstage": "closedwon"},
        }
        return self._make(self._object.plural, names[self._object.plural])

    def write(self, text: str, to: str = ANNA, ticket: str = "", thread: str = "") -> str:
        # Staff begin threads from tickets of HubSpot's own, where requests are deals.
        own = ticket if self.ties_threads else ""
        about: dict[str, Any] = (
            {"thread": thread} if thread else {"ticket": own or self._some_ticket()}
        )
        return self._post("send", to=to, subject="Credits", text=text, **about)

    def reply(self, text: str, thread: str = "", cc: Sequence[str] = (), **more: Any) -> str:
        told: dict[str, Any] = {"from": more.get("sender", ANNA), "text": text, "cc": list(cc)}
        told |= {"contact": more.get("known", True), "quote": more.get("quote", False)}
        told |= {"attachments": ["terms.pdf"] if more.get("attachments") else []}
        return self._post("reply", thread=thread, **told)

    def remark(self, thread: str, text: str) -> None:
        self._post("send", thread=thread, text=text, comment=True)

    def log(self, text: str, ticket: str, direction: Direction, subject: str) -> str:
        out = direction is Direction.OUTGOING
        told = {"from": COLLEAGUE, "to": ANNA, "direction": "EMAIL"}
        told = told if out else {"from": ANNA, "to": COLLEAGUE}
        one = self._object.plural.removesuffix("s")
        answer = self._call("email", {one: ticket, "text": text, "subject": subject, **told})
        return str(answer["id"])

    def comments(self, thread: str) -> list[str]:
        return [str(one["text"]) for one in self.entries(thread) if one["type"] == "COMMENT"]

    def entries(self, thread: str) -> list[dict[str, Any]]:
        state = requests.get(f"{self._sandbox.url}/_sandbox/state", timeout=5).json()
        (found,) = [one for one in state["threads"] if one["id"] == thread]
        entries: list[dict[str, Any]] = found["messages"]
        return entries

    def fail_once(self) -> None:
        self._sandbox.faults.add("api.error", path="/", status=403)

    def _some_ticket(self) -> str:
        return self._make("tickets", {"subject": "Another", "hs_pipeline_stage": "1"})

    def _make(self, plural: str, properties: dict[str, str]) -> str:
        answer = requests.post(
            f"{self._sandbox.url}/crm/v3/objects/{plural}",
            json={"properties": properties},
            headers={"Authorization": "Bearer sandbox-access-token"},
            timeout=5,
        )
        assert answer.ok, answer.text
        return str(answer.json()["id"])

    def _post(self, what: str, **body: Any) -> str:
        made = self._call(what, body)
        return f"thread/{made['thread']}/{made['message']['id']}"

    def _call(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = requests.post(f"{self._sandbox.url}/_sandbox/{what}", json=body, timeout=5)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made


@pytest.fixture(params=["fake", "ticket", "deal"])
def office(request: pytest.FixtureRequest) -> Office:
    if request.param == "fake":
        return FakeOffice()
    sandbox, client = request.getfixturevalue("sandbox"), request.getfixturevalue("client")
    return HubSpotOffice(sandbox, client, CRM_OBJECTS[request.param])


def thread_of(message_id: str) -> str:
    return message_id.split("/")[1]


def read(office: Office, message_id: str) -> Message:
    _, thread_id, own_id = message_id.split("/")
    found = office.inbox.read_message(thread_id, own_id)
    assert found is not None
    assert found.id == message_id
    return found


def test_a_mail_that_went_out(office: Office) -> None:
    ticket_id = office.make_ticket()
    sent = read(office, office.write("May we?\n\nKind regards", ticket=ticket_id))
    assert sent.direction is Direction.OUTGOING
    assert (sent.subject, sent.text) == ("Credits", "May we?\n\nKind regards")
    assert (sent.from_address, sent.recipients) == (INBOX, (ANNA,))
    assert (sent.from_contact_id, sent.has_attachments, sent.own) == (None, False, False)
    assert sent.ticket_id == (ticket_id if office.ties_threads else None)
    assert office.now() - 60_000 < sent.sent_at <= office.now()


def test_a_mail_that_came_in(office: Office) -> None:
    thread_id = thread_of(office.write("May we?"))
    answer = read(office, office.reply("Yes.", thread_id, cc=[BEN], attachments=True))
    assert answer.direction is Direction.INCOMING
    assert (answer.thread_id, answer.text, answer.subject) == (thread_id, "Yes.", "Re: Credits")
    assert (answer.from_address, answer.recipients) == (ANNA, (INBOX, BEN))
    assert answer.from_contact_id is not None
    assert answer.from_contact_id.isdigit()
    assert answer.has_attachments


def test_somebody_who_is_no_contact_has_no_contacts_id(office: Office) -> None:
    assert read(office, office.reply("Hello?", known=False)).from_contact_id is None


def test_a_remark_is_no_mail(office: Office) -> None:
    thread_id = thread_of(office.write("May we?"))
    office.remark(thread_id, "I called them.")
    office.inbox.comment(thread_id, "Checked by Credits Desk.")
    assert [one.text for one in office.inbox.read_thread(thread_id)] == ["May we?"]
    assert office.comments(thread_id) == ["I called them.", "Checked by Credits Desk."]


def test_what_is_gone_is_nothing(office: Office) -> None:
    thread_id = thread_of(office.write("May we?"))
    assert office.inbox.read_message(thread_id, "nosuchmessage") is None
    assert office.inbox.read_message("999999", "nosuchmessage") is None
    assert office.inbox.read_thread("999999") == []
    assert office.inbox.read_emails(["999999"]) == {}
    assert office.inbox.read_emails([]) == {}


def test_a_thread_is_read_from_its_beginning(office: Office) -> None:
    first = office.write("One")
    ids = [first, office.reply("Two", thread_of(first)), office.write("3", thread=thread_of(first))]
    assert [one.id for one in office.inbox.read_thread(thread_of(first))] == ids


@pytest.mark.parametrize("direction", list(Direction))
def test_a_logged_mail(office: Office, direction: Direction) -> None:
    ticket_id = office.make_ticket()
    email_id = office.log("Is it about four?", ticket_id, direction, "Credits")
    found = office.inbox.read_emails([email_id, "999999"])
    assert list(found) == [email_id]
    mail = found[email_id]
    people = (COLLEAGUE, (ANNA,)) if direction is Direction.OUTGOING else (ANNA, (COLLEAGUE,))
    assert (mail.id, mail.thread_id, mail.ticket_id) == (f"email/{email_id}", None, ticket_id)
    assert (mail.direction, mail.subject, mail.text) == (direction, "Credits", "Is it about four?")
    assert (mail.from_address, mail.recipients) == people
    assert office.now() - 60_000 < mail.sent_at <= office.now()


def test_a_message_shows_nothing_of_itself(office: Office) -> None:
    sent = read(office, office.write("A secret"))
    for telling in ("secret", ANNA, INBOX, "Credits"):
        assert telling not in repr(sent)


def test_new_mails_are_found_and_old_ones_are_not(office: Office) -> None:
    first, other = office.write("One"), office.write("Elsewhere")
    since = office.now()
    assert office.inbox.find_messages_since(since, since).ids == []
    answer = office.reply("Two", thread_of(first))
    found = office.inbox.find_messages_since(since, since)
    assert (found.ids, found.until) == ([answer], None)
    assert set(office.inbox.find_messages_since(0, 0).ids) == {first, other, answer}


def test_new_logged_mails_of_tickets_are_found(office: Office) -> None:
    one, other, third = (office.make_ticket() for _ in range(3))
    office.log("Old", one, Direction.OUTGOING, "Credits")
    since = office.now()
    new = [office.log("New", id_, Direction.INCOMING, "Re: Credits") for id_ in (one, other)]
    assert set(office.inbox.find_emails_of_tickets([one, third], since)) == {new[0]}
    assert set(office.inbox.find_emails_of_tickets([one, other, third], since)) == set(new)
    assert not office.inbox.find_emails_of_tickets([third], 0)
    assert not office.inbox.find_emails_of_tickets([], 0)


def test_a_thread_is_tied_to_a_ticket_once(office: Office) -> None:
    ticket_id = office.make_ticket()
    message_id = office.reply("About your letter")
    assert office.inbox.find_thread_of(ticket_id) is None
    for _ in range(2):
        office.inbox.tie_thread(ticket_id, thread_of(message_id))
    tied = office.ties_threads
    assert office.inbox.find_thread_of(ticket_id) == (thread_of(message_id) if tied else None)
    assert read(office, message_id).ticket_id == (ticket_id if tied else None)


def test_of_several_threads_the_newest_is_the_tickets(office: Office) -> None:
    ticket_id = office.make_ticket()
    first = office.write("One", ticket=ticket_id)
    office.now()
    second = office.write("Another", ticket=ticket_id)
    found = office.inbox.find_thread_of(ticket_id)
    assert found == (thread_of(second) if office.ties_threads else None)
    office.now()
    office.reply("Yes", thread_of(first))
    if office.ties_threads:
        assert office.inbox.find_thread_of(ticket_id) == thread_of(first)


def test_an_answer_goes_to_whoever_wrote_last_and_to_nobody_else(office: Office) -> None:
    thread_id = thread_of(office.write("May we?"))
    office.reply("Ask Ben.", thread_id)
    office.now()
    office.reply("How many?", thread_id, sender=BEN, cc=["everybody@northwind.example"])
    office.now()
    sent = read(office, office.inbox.send(thread_id, "Four.\nThank you.", "Re: Credits"))
    assert (sent.direction, sent.recipients) == (Direction.OUTGOING, (BEN,))
    assert (sent.text, sent.subject) == ("Four.\nThank you.", "Re: Credits")
    assert sent.own


def test_where_nobody_has_answered_it_goes_where_the_first_one_went(office: Office) -> None:
    thread_id = thread_of(office.write("May we?", to=BEN))
    office.now()
    sent = read(office, office.inbox.send(thread_id, "May we, after all?", "Credits"))
    assert sent.recipients == (BEN,)


def test_asking_twice_sends_two(office: Office) -> None:
    thread_id = thread_of(office.write("May we?"))
    ids = {office.inbox.send(thread_id, "Once more", "Credits") for _ in range(2)}
    assert len(ids) == 2
    assert len(office.inbox.read_thread(thread_id)) == 3


def test_without_anybody_in_whose_name_nothing_is_sent(office: Office) -> None:
    thread_id = thread_of(office.reply("Out of the blue"))
    with pytest.raises(NotSetUp):
        office.inbox.send(thread_id, "Thank you", "Re: Credits")
    assert len(office.inbox.read_thread(thread_id)) == 1


def test_into_no_thread_nothing_is_sent(office: Office) -> None:
    with pytest.raises(Refused):
        office.inbox.send("999999", "Hello", "Credits")
    with pytest.raises(OutsideError):
        office.inbox.comment("999999", "Hello")


def test_who_can_send_is_told(office: Office) -> None:
    accounts = office.inbox.find_sending_accounts()
    assert INBOX in {one.address for one in accounts}
    assert all(one.id and one.inbox_id for one in accounts)


def test_what_fails_says_so_and_quotes_nothing(office: Office) -> None:
    thread_id = thread_of(office.write("May we?"))
    office.fail_once()
    with pytest.raises(CreditsDeskError) as caught:
        office.inbox.read_thread(thread_id)
    assert caught.value.can_retry
    with pytest.raises(CreditsDeskError) as refused:
        office.inbox.send("999999", "a secret", "secret@example.org")
    assert "secret" not in repr(refused.value)
