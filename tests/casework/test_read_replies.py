"""Organisations' replies are tied to their request, read, and proposed; nothing is decided."""

import pytest

from casework.conversation_ports import Direction, Message
from casework.organisations import Company
from casework.read_replies import ReplyPolicy
from casework.reply_records import Reply
from casework.stages import Stage
from casework.understand_reply import Meaning
from tests.fakes.fake_contacts import FakeContact
from tests.world import JONA, SIGGI, World

MAREL = Company("71", "Marel", frozenset({"marel.is"}), members=500)
HR = "helga@marel.is"
ANSWER = "Answer if asked who it is"


@pytest.fixture
def asked(world: World) -> World:
    """A request at Marel that staff have asked about, six credits; Helga is Marel's contact."""
    world.companies.all = [MAREL]
    world.submit("one", **JONA)
    world.sweep()
    contact(world)
    world.staff_move(world.ticket(), Stage.NEW, "6")
    world.staff_move(world.ticket(), Stage.ASKED, "6")
    world.inbox.staff_send("…", ticket_id=world.ticket().ticket_id, to=(HR,))
    return world


def contact(world: World, email: str = HR, company: str = "71") -> FakeContact:
    made = world.contacts.add(email, company=company)
    world.inbox.contacts[email] = made.contact_id
    return made


def thread(world: World) -> str:
    return next(iter(world.inbox.threads))


def replies(world: World, text: str, **more: object) -> Message:
    """The organisation answers in the thread, and the event of it is worked off."""
    world.now += 1000
    values = {"sender": HR, "thread_id": thread(world), **more}
    message = world.inbox.reply(text, **values)  # type: ignore[arg-type]
    world.mail_event(message.id)
    world.run()
    return message


def kept(world: World) -> list[Reply]:
    reference = world.ticket().reference
    return list(world.store.read(lambda records: records.replies.find(reference)))


def test_an_approval_moves_the_card_and_says_what_it_rests_on(asked: World) -> None:
    replies(asked, "Góðan dag. Við samþykkjum 6 tíma. Kveðja, Helga")
    ticket = asked.ticket()
    assert ticket.stage is Stage.REPLIED
    (note,) = ticket.notes
    assert "seems to agree: 6 credits" in note
    assert "samþykkjum 6 tíma" in note
    assert "is the decision" in note
    assert asked.grant() is None


def test_another_number_is_filled_in_so_that_one_move_decides(asked: World) -> None:
    replies(asked, "Hello, we approve 4 credits. Regards")
    ticket = asked.ticket()
    assert (ticket.stage, ticket.credits_to_grant) == (Stage.REPLIED, "4")
    asked.staff_move(ticket, Stage.APPROVED)
    asked.later(300_000)
    assert asked.account.balance(JONA["client"]) == 4


def test_a_refusal_decides_nothing(asked: World) -> None:
    replies(asked, "Unfortunately we have to decline.")
    assert asked.ticket().stage is Stage.REPLIED
    assert "seems to decline" in asked.ticket().notes[0]
    assert asked.ticket().credits_to_grant == "6"


@pytest.mark.parametrize("guess", ["Jóna", "Margrét"])
def test_a_guess_right_or_wrong_gets_the_same_note(asked: World, guess: str) -> None:
    replies(asked, f"Is this for {guess}? Then we would say yes.")
    (note,) = asked.ticket().notes
    assert ANSWER in note
    assert guess not in note
    assert "rests on" not in note


def test_right_and_wrong_guesses_read_alike(asked: World) -> None:
    notes = []
    for guess in ("Jóna", "Margrét"):
        replies(asked, f"Is this for {guess}?")
        notes.append(asked.ticket().notes[-1])
    assert notes[0] == notes[1]
    assert asked.store.read(lambda r: r.journal.find_facts("incident")) == []


def test_a_stranger_counts_for_nothing(asked: World) -> None:
    replies(asked, "Yes, 6 credits are fine.", sender="somebody@else.example", known=False)
    ticket = asked.ticket()
    assert ticket.stage is Stage.ASKED
    assert "no known contact" in ticket.notes[0]
    assert "else.example" not in "".join(ticket.notes)


def test_a_contact_of_another_company_counts_for_nothing(asked: World) -> None:
    contact(asked, "boss@origo.is", company="72")
    replies(asked, "Yes, 6 credits are fine.", sender="boss@origo.is")
    assert asked.ticket().stage is Stage.ASKED


def test_the_client_who_answers_counts_for_nothing_and_is_not_named(asked: World) -> None:
    contact(asked, JONA["client"])
    replies(asked, "Yes please, it is for me!", sender=JONA["client"])
    assert asked.ticket().stage is Stage.ASKED
    assert not kept(asked)[0].known


@pytest.mark.parametrize(
    ("subject", "text", "meaning"),
    [
        ("Automatic reply: Credits", "I am out of the office until Monday.", Meaning.OUT_OF_OFFICE),
        ("Undeliverable: Credits", "Delivery has failed to these recipients.", Meaning.BOUNCE),
    ],
)
def test_what_answers_by_itself_moves_nothing(
    asked: World, subject: str, text: str, meaning: Meaning
) -> None:
    replies(asked, text, subject=subject)
    assert asked.ticket().stage is Stage.ASKED
    assert kept(asked)[0].meaning is meaning
    assert len(asked.ticket().notes) == 1


def test_attachments_are_named_and_not_copied(asked: World) -> None:
    replies(asked, "We approve 6 credits, see the attached form.", attachments=True)
    assert "not copied" in asked.ticket().notes[0]


def test_the_same_mail_twice_is_one_note(asked: World) -> None:
    message = replies(asked, "We approve 6 credits.")
    asked.mail_event(message.id)
    asked.sweep()
    assert len(asked.ticket().notes) == 1


def test_a_mail_of_which_no_event_told_is_found(asked: World) -> None:
    asked.now += 1000
    asked.inbox.reply("We approve 6 credits.", sender=HR, thread_id=thread(asked))
    asked.sweep()
    assert asked.ticket().stage is Stage.REPLIED


def test_a_new_thread_is_known_by_the_reference_and_tied(asked: World) -> None:
    subject = f"Re: Credit request {asked.ticket().reference}"
    message = replies(asked, "We approve 6 credits.", thread_id=None, subject=subject)
    assert asked.ticket().stage is Stage.REPLIED
    assert message.thread_id
    assert asked.inbox.threads[message.thread_id].ticket_id == asked.ticket().ticket_id


def test_without_a_reference_the_one_request_of_the_company_is_meant(asked: World) -> None:
    replies(asked, "We approve 6 credits.", thread_id=None, subject="Credits")
    assert asked.ticket().stage is Stage.REPLIED


def test_of_two_requests_of_a_company_none_is_meant(asked: World) -> None:
    asked.submit("two", **{**SIGGI, "org": "Marel"})
    asked.sweep()
    for ticket in list(asked.desk.tickets.values()):
        asked.staff_move(ticket, Stage.ASKED)
    replies(asked, "We approve 6 credits.", thread_id=None, subject="Credits")
    assert {ticket.stage for ticket in asked.desk.tickets.values()} == {Stage.ASKED}


def test_a_logged_mail_of_an_own_inbox_is_read_as_well(asked: World) -> None:
    ticket_id = asked.ticket().ticket_id
    message = asked.inbox.log_email(
        "We approve 6 credits.", ticket_id=ticket_id, direction=Direction.INCOMING, other=HR
    )
    asked.mail_event(message.id)
    asked.run()
    assert asked.ticket().stage is Stage.REPLIED


@pytest.mark.parametrize("stage", [Stage.APPROVED, Stage.DECLINED, Stage.WITHDRAWN])
def test_what_staff_have_decided_stays(asked: World, stage: Stage) -> None:
    asked.staff_move(asked.ticket(), stage)
    replies(asked, "We have to decline.")
    assert asked.ticket().stage is stage
    assert "seems to decline" in asked.ticket().notes[-1]


def test_staff_who_decide_while_the_reply_is_read_are_not_overruled(asked: World) -> None:
    asked.now += 1000
    message = asked.inbox.reply("We approve 4 credits.", sender=HR, thread_id=thread(asked))
    asked.mail_event(message.id)
    asked.run("intake")
    asked.desk.staff_move(asked.ticket().ticket_id, Stage.APPROVED, "6")
    asked.run()
    assert asked.ticket().stage is Stage.APPROVED
    assert asked.ticket().credits_to_grant == "6"


def test_a_reply_read_before_the_asking_was_seen_moves_the_card_all_the_same(asked: World) -> None:
    ticket = asked.ticket()
    asked.staff_move(ticket, Stage.NEW)
    for order in ((), ("crm",)):
        asked.desk.staff_move(ticket.ticket_id, Stage.ASKED, "6")
        asked.now += 1000
        message = asked.inbox.reply("We approve 4 credits.", sender=HR, thread_id=thread(asked))
        asked.mail_event(message.id)
        if order:
            asked.stage_event(ticket.ticket_id)
        asked.run()
        assert (ticket.stage, ticket.credits_to_grant) == (Stage.REPLIED, "4")
        asked.staff_move(ticket, Stage.NEW)


def test_filing_moves_and_proposes_nothing(asked: World) -> None:
    asked.reply_policy = ReplyPolicy.FILE
    replies(asked, "We approve 4 credits.")
    ticket = asked.ticket()
    assert (ticket.stage, ticket.credits_to_grant) == (Stage.REPLIED, "6")
    assert ticket.notes == [
        "The organisation has replied. Please read its mail, then move this on."
    ]


def test_off_is_off(asked: World) -> None:
    asked.reply_policy = ReplyPolicy.OFF
    replies(asked, "We approve 4 credits.")
    assert asked.ticket().stage is Stage.ASKED
    assert not asked.ticket().notes


def test_a_sentence_that_names_somebody_is_quoted_without_the_name(asked: World) -> None:
    replies(asked, "Guðmundur Einarsson and I agree to 6 credits.")
    (note,) = asked.ticket().notes
    assert "Einarsson" not in note
