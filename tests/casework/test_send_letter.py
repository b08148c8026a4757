"""Moving a card to Asked organisation may send the letter: once, and not at once."""

import pytest

from casework.conversation_ports import Direction, Message
from casework.errors import Unavailable
from casework.organisation_letter import write_letter
from casework.organisations import Company
from casework.send_letter import LetterPolicy
from casework.stages import Stage
from casework.tickets import TicketText
from tests.world import JONA, MINUTE, World

HR = "helga@marel.is"


@pytest.fixture
def begun(world: World) -> World:
    """A card whose organisation has written to us, so that there is a thread."""
    world.letter_policy = LetterPolicy.THREAD
    world.companies.all = [Company("71", "Marel", frozenset({"marel.is"}), members=500)]
    world.submit("one", **JONA)
    world.sweep()
    message = world.inbox.reply("Hello, whom do we talk to?", sender=HR)
    assert message.thread_id
    world.inbox.tie_thread(world.ticket().ticket_id, message.thread_id)
    world.inbox.threads[message.thread_id].has_user = True
    return world


def sent(world: World) -> list[Message]:
    mails = [mail for thread in world.inbox.threads.values() for mail in thread.mails]
    return [mail for mail in mails if mail.direction is Direction.OUTGOING]


def ask(world: World, amount: str = "4") -> None:
    world.staff_move(world.ticket(), Stage.NEW, amount)
    world.staff_move(world.ticket(), Stage.ASKED)


def test_the_letter_goes_into_the_thread_after_the_undo_window(begun: World) -> None:
    ask(begun)
    begun.later(4 * MINUTE)
    assert sent(begun) == []
    begun.later(MINUTE)
    (letter,) = sent(begun)
    assert begun.ticket().reference in letter.subject
    assert "4" in letter.text
    assert letter.recipients == (HR,)
    assert "letter_sent" in begun.events()


def test_it_asks_for_the_number_that_came_with_the_move(begun: World) -> None:
    """Staff fill in the number and drag the card at once, so no event came in between."""
    begun.staff_move(begun.ticket(), Stage.ASKED, "4")
    begun.later(5 * MINUTE)
    (letter,) = sent(begun)
    key = begun.request().letter
    assert key.credits == 4
    assert letter.text == write_letter(key.language, begun.reference(), 4).text
    assert begun.ticket().texts[TicketText.LETTER].endswith(letter.text)


def test_it_is_never_sent_twice(begun: World) -> None:
    ask(begun)
    begun.later(5 * MINUTE)
    begun.staff_move(begun.ticket(), Stage.NEW)
    begun.staff_move(begun.ticket(), Stage.ASKED)
    begun.later(10 * MINUTE)
    assert len(sent(begun)) == 1


def test_moved_back_in_time_it_is_not_sent(begun: World) -> None:
    ask(begun)
    begun.staff_move(begun.ticket(), Stage.NEW)
    begun.later(10 * MINUTE)
    assert sent(begun) == []


def test_what_staff_have_sent_themselves_is_not_sent_again(begun: World) -> None:
    thread_id = next(iter(begun.inbox.threads))
    subject = f"Credit request {begun.ticket().reference}"
    begun.inbox.staff_send("By hand.", subject=subject, thread_id=thread_id, to=(HR,))
    ask(begun)
    begun.later(10 * MINUTE)
    assert len(sent(begun)) == 1


def test_without_a_thread_staff_send_it(world: World) -> None:
    world.letter_policy = LetterPolicy.THREAD
    world.submit("one", **JONA)
    world.sweep()
    ask(world)
    world.later(10 * MINUTE)
    assert sent(world) == []


def test_by_default_nothing_is_sent(begun: World) -> None:
    begun.letter_policy = LetterPolicy.OFF
    ask(begun)
    begun.later(10 * MINUTE)
    assert sent(begun) == []


def test_a_lost_answer_is_found_in_the_thread(begun: World) -> None:
    send = begun.inbox.send

    def lose(thread_id: str, text: str, subject: str) -> str:
        send(thread_id, text, subject)
        raise Unavailable("fake inbox", "send a message", "LOST")

    begun.inbox.send = lose  # type: ignore[method-assign]
    ask(begun)
    begun.later(5 * MINUTE)
    begun.later(10 * MINUTE)
    assert len(sent(begun)) == 1
    assert "letter_sent" in begun.events()


def test_where_it_cannot_be_seen_a_person_looks_and_nothing_more_is_sent(begun: World) -> None:
    def refuse(_thread_id: str, _text: str, _subject: str) -> str:
        raise Unavailable("fake inbox", "send a message", "LOST")

    send, begun.inbox.send = begun.inbox.send, refuse  # type: ignore[method-assign, assignment]
    ask(begun)
    begun.later(5 * MINUTE)
    begun.inbox.send = send  # type: ignore[method-assign]
    begun.later(10 * MINUTE)
    begun.later(10 * MINUTE)
    assert sent(begun) == []
    assert [note for note in begun.ticket().notes if "cannot be seen" in note]
