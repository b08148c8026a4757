"""Mails that left through the CRM are read afterwards; of those that tell, staff are told."""

from collections.abc import Mapping

import pytest

from casework.conversation_ports import Direction, Message
from casework.errors import Refused, Unavailable
from casework.request import CreditRequest
from casework.sweep_messages import FIRST_LOOK_BACK, OVERLAP, SWEEP_EVERY
from casework.tickets import TicketText
from casework.work import Kind
from casework.worker import BATCH
from tests.world import JONA, MINUTE, SIGGI, World

GUDRUN = {**JONA, "client": "jona.gudrun@heima.example.is"}
#: Her name in the dative, as one writes it in the middle of a sentence.
TELLING = "Góðan dag. Getið þið borgað fyrir Jónu Guðrúnu?"
HARMLESS = "Góðan dag. Getið þið borgað fjóra tíma?"


@pytest.fixture
def gudrun(world: World) -> World:
    """A world in which Jóna Guðrún, of Marel, has an open request."""
    world.webhook(**GUDRUN)
    world.run()
    return world


def incidents(world: World) -> list[tuple[str, Mapping[str, object]]]:
    return list(world.store.read(lambda records: records.journal.find_facts("incident")))


def sent(world: World, text: str, **more: str) -> Message:
    """Staff write from the ticket, and the event of it is worked off."""
    world.now += 1
    ticket_id = more.pop("ticket_id", None)
    ticket_id = world.ticket().ticket_id if ticket_id is None else ticket_id
    message = world.inbox.staff_send(text, ticket_id=ticket_id, **more)
    world.mail_event(message.id)
    world.run()
    return message


def test_a_name_in_a_mail_that_was_sent_is_an_incident(gudrun: World) -> None:
    message = sent(gudrun, TELLING)
    where = {"where": "message sent from HubSpot", "message": message.id}
    assert incidents(gudrun) == [(gudrun.reference(), where)]
    (note,) = gudrun.ticket().notes
    assert "cannot be called back" in note
    assert "desk incidents" in note
    for word in ("Jón", "Guðrún", "gudrun", "heima", "Marel"):
        assert word not in note


@pytest.mark.parametrize(
    ("text", "subject"),
    [(HARMLESS, "Um Jónu Guðrúnu"), ("Skrifið jona.gudrun@heima.example.is", "Credits")],
)
def test_wherever_in_the_mail_it_stands(gudrun: World, text: str, subject: str) -> None:
    sent(gudrun, text, subject=subject)
    assert len(incidents(gudrun)) == len(gudrun.ticket().notes) == 1


def test_a_copy_to_the_client_tells_as_well(gudrun: World) -> None:
    people = ["hr@marel.example", GUDRUN["client"]]
    ticket_id = gudrun.ticket().ticket_id
    message = gudrun.inbox.staff_send(HARMLESS, to=people, ticket_id=ticket_id)
    gudrun.mail_event(message.id)
    gudrun.run()
    assert len(incidents(gudrun)) == 1


def test_a_first_name_counts_on_its_own_ticket(gudrun: World) -> None:
    sent(gudrun, "It is for Jóna.")
    assert len(incidents(gudrun)) == 1


def test_what_tells_nothing_makes_nothing(gudrun: World) -> None:
    sent(gudrun, HARMLESS)
    assert not incidents(gudrun)
    assert not gudrun.ticket().notes
    assert not gudrun.parked()


def test_a_reference_in_the_mail_is_enough(gudrun: World) -> None:
    for text, subject in ((TELLING, gudrun.reference()), (f"{TELLING} {gudrun.reference()}", "")):
        sent(gudrun, text, subject=subject, ticket_id="")
    assert len(incidents(gudrun)) == len(gudrun.ticket().notes) == 2


def test_mail_that_is_about_no_request_is_nobodys_concern(gudrun: World) -> None:
    sent(gudrun, TELLING, ticket_id="")
    sent(gudrun, TELLING, ticket_id="424242", subject="CR-00000-000000")
    assert not gudrun.store.read(lambda records: records.work.find_failing())
    assert not incidents(gudrun)
    assert not gudrun.ticket().notes


def test_a_mail_on_one_ticket_may_tell_of_another_client(gudrun: World) -> None:
    gudrun.webhook(**SIGGI)
    gudrun.run()
    own, other = sorted(gudrun.desk.tickets.values(), key=lambda one: one.organisation == "Origo")
    sent(gudrun, TELLING, ticket_id=other.ticket_id)
    assert [reference for reference, _ in incidents(gudrun)] == [own.reference]
    assert (len(own.notes), len(other.notes)) == (1, 1)


def test_a_remark_is_not_looked_at(gudrun: World) -> None:
    thread_id = str(sent(gudrun, HARMLESS).thread_id)
    gudrun.inbox.threads[thread_id].comments.append(TELLING)
    gudrun.mail_event(f"thread/{thread_id}/7999")
    gudrun.mail_event(f"thread/{thread_id}")
    gudrun.run()
    assert not incidents(gudrun)
    assert not gudrun.parked()


def test_an_event_that_comes_again_says_nothing_new(gudrun: World) -> None:
    message = sent(gudrun, TELLING)
    for _ in range(2):
        gudrun.now += 1
        gudrun.mail_event(message.id)
        gudrun.mail_event(f"thread/{message.thread_id}")
        gudrun.sweep()
    assert len(incidents(gudrun)) == len(gudrun.ticket().notes) == 1
    sent(gudrun, TELLING)
    assert len(incidents(gudrun)) == len(gudrun.ticket().notes) == 2


def test_a_mail_of_somebodys_own_inbox_is_read_too(gudrun: World) -> None:
    mail = gudrun.inbox.log_email(TELLING, ticket_id=gudrun.ticket().ticket_id)
    gudrun.mail_event(mail.id)
    gudrun.run()
    assert [facts["message"] for _, facts in incidents(gudrun)] == [mail.id]
    assert len(gudrun.ticket().notes) == 1


def test_many_logged_mails_are_read_in_one_go(gudrun: World) -> None:
    ids = [gudrun.inbox.log_email(HARMLESS).id for _ in range(BATCH)]
    gudrun.store.write(lambda r: r.work.ask(Kind.READ_MESSAGES, ids, gudrun.now))
    before = gudrun.inbox.reads
    gudrun.run()
    assert gudrun.inbox.reads - before == 1


def test_when_a_thread_is_tied_to_a_ticket_all_of_it_is_read(gudrun: World) -> None:
    message = sent(gudrun, TELLING, ticket_id="")
    assert not incidents(gudrun)
    gudrun.inbox.tie_thread(gudrun.ticket().ticket_id, str(message.thread_id))
    gudrun.mail_event(f"thread/{message.thread_id}")
    gudrun.run()
    assert [facts["message"] for _, facts in incidents(gudrun)] == [message.id]


def test_what_comes_in_is_handed_on_with_its_request(gudrun: World) -> None:
    handed: list[tuple[str, str | None]] = []

    def take(message: Message, request: CreditRequest | None, _now: int) -> None:
        handed.append((message.text, request.reference if request else None))

    gudrun.on_reply = take
    thread_id = str(sent(gudrun, HARMLESS).thread_id)
    mails = [
        gudrun.inbox.reply(TELLING, thread_id=thread_id),
        gudrun.inbox.reply("Whom?", subject=f"Re: [{gudrun.reference()}]"),
        gudrun.inbox.reply("Spring sale"),
        gudrun.inbox.log_email(
            "Four.", ticket_id=gudrun.ticket().ticket_id, direction=Direction.INCOMING
        ),
    ]
    for mail in mails:
        gudrun.mail_event(mail.id)
    gudrun.run()
    own = gudrun.reference()
    assert sorted(handed) == [
        ("Four.", own),
        (TELLING, own),
        ("Spring sale", None),
        ("Whom?", own),
    ]
    assert not incidents(gudrun)


@pytest.mark.parametrize("code", ["503", "MISSING_SCOPES"])
def test_a_crm_that_is_away_is_asked_again(gudrun: World, code: str) -> None:
    gudrun.inbox.fail_next = Unavailable("fake", "read a message", code)
    sent(gudrun, TELLING)
    assert not incidents(gudrun)
    gudrun.later(MINUTE)
    assert len(incidents(gudrun)) == 1


def test_one_mail_that_cannot_be_read_keeps_no_other(gudrun: World) -> None:
    gudrun.inbox.fail_next = Refused("fake", "read a message", "400")
    first, second = (
        gudrun.inbox.staff_send(TELLING, ticket_id=gudrun.ticket().ticket_id) for _ in range(2)
    )
    for mail in (first, second):
        gudrun.mail_event(mail.id)
    gudrun.run()
    assert len(incidents(gudrun)) == 1
    assert len(gudrun.parked()) == 1


def test_a_contact_that_is_tied_is_looked_at_at_once(gudrun: World) -> None:
    ticket = gudrun.ticket()
    gudrun.contacts.tie(ticket.ticket_id, gudrun.contacts.add("anna@clinic.is"))
    gudrun.contact_event(ticket.ticket_id)
    gudrun.run()
    assert gudrun.contacts.on_tickets[ticket.ticket_id] == []


@pytest.fixture
def swept(gudrun: World) -> World:
    """The same, and the inbox is looked at every few minutes."""
    gudrun.sweep()
    return gudrun


def test_what_no_event_told_of_is_found_by_the_sweep(swept: World) -> None:
    ticket_id = swept.ticket().ticket_id
    messages = [
        swept.inbox.staff_send(TELLING, ticket_id=ticket_id),
        swept.inbox.log_email(TELLING, ticket_id=ticket_id),
    ]
    swept.later(SWEEP_EVERY)
    assert {facts["message"] for _, facts in incidents(swept)} == {one.id for one in messages}


def test_what_was_seen_long_ago_is_not_read_again(swept: World) -> None:
    ticket_id = swept.ticket().ticket_id
    swept.inbox.staff_send(HARMLESS, ticket_id=ticket_id)
    swept.inbox.log_email(HARMLESS, ticket_id=ticket_id)
    for _ in range(OVERLAP // SWEEP_EVERY + 2):
        swept.later(SWEEP_EVERY)
    before = swept.inbox.reads
    swept.later(SWEEP_EVERY)
    # The list of threads, and the list of the tickets' mails.
    assert swept.inbox.reads - before == 2


def test_a_sweep_that_failed_is_made_up_for(swept: World) -> None:
    swept.inbox.staff_send(TELLING, ticket_id=swept.ticket().ticket_id)
    swept.now += OVERLAP
    swept.inbox.fail_next = Unavailable("fake", "list threads", "503")
    swept.later(SWEEP_EVERY)
    assert not incidents(swept)
    swept.later(5 * MINUTE)
    assert len(incidents(swept)) == 1


def test_threads_that_cannot_be_listed_do_not_hide_logged_mails(swept: World) -> None:
    swept.inbox.log_email(TELLING, ticket_id=swept.ticket().ticket_id)
    swept.inbox.fail_next = Unavailable("fake", "list threads", "MISSING_SCOPES")
    swept.later(SWEEP_EVERY)
    assert len(incidents(swept)) == 1


def test_more_threads_than_one_sweep_looks_at_are_looked_at_in_the_next(swept: World) -> None:
    swept.inbox.threads_at_once = 5
    ticket_id, late = swept.ticket().ticket_id, "Late answer"
    first = swept.inbox.staff_send(TELLING, ticket_id=ticket_id)
    for number in range(30):
        swept.now += 1
        swept.inbox.staff_send(f"Elsewhere {number}")
    # Its thread is the newest now, while the message that tells is the oldest of all.
    swept.now += 1
    swept.inbox.reply(late, thread_id=first.thread_id)
    swept.later(SWEEP_EVERY)
    assert not incidents(swept)
    swept.later(SWEEP_EVERY)
    swept.later(SWEEP_EVERY)
    assert [facts["message"] for _, facts in incidents(swept)] == [first.id]


def test_the_first_sweep_looks_back_a_day(gudrun: World) -> None:
    ticket_id, now = gudrun.ticket().ticket_id, gudrun.now
    for age in (FIRST_LOOK_BACK + 1, FIRST_LOOK_BACK - 1):
        gudrun.now = now - age
        gudrun.inbox.staff_send(TELLING, ticket_id=ticket_id)
    gudrun.now = now
    gudrun.sweep()
    assert len(incidents(gudrun)) == 1


def test_text_on_the_ticket_is_left_alone(gudrun: World) -> None:
    before = gudrun.ticket().texts[TicketText.CONTENT]
    sent(gudrun, TELLING)
    assert gudrun.ticket().texts[TicketText.CONTENT] == before
