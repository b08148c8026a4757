"""Staff move tickets; the professional hears of it, and the ticket says what was done."""

from collections.abc import Mapping, Sequence

import pytest

from casework.errors import CreditsDeskError, Refused, Unavailable
from casework.ports import Mail
from casework.request import is_reference, new_reference
from casework.stages import Stage
from casework.tickets import TicketChange
from casework.work import Kind
from tests.world import JONA, MINUTE, NOON, RULES, World


def opened(world: World) -> str:
    """A confirmed request's ticket, its id."""
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    return world.ticket().ticket_id


def test_every_move_by_staff_is_followed(world: World) -> None:
    opened(world)
    for stage in (Stage.ASKED, Stage.REPLIED, Stage.NEEDS_ATTENTION, Stage.WITHDRAWN):
        world.staff_move(world.ticket(), stage)
        assert world.request().stage is stage
    assert world.mails_sent() == ["received"]


def test_a_move_whose_event_was_lost_is_found_by_the_sweep(world: World) -> None:
    ticket_id = opened(world)
    world.desk.staff_move(ticket_id, Stage.APPROVED, "2")
    world.sweep()
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 2


def test_events_of_tickets_that_are_not_ours_are_read_and_left_alone(world: World) -> None:
    opened(world)
    world.stage_event("999999")
    world.run()
    assert not world.store.read(lambda records: records.work.find_parked())


def test_our_own_echo_costs_no_call(world: World) -> None:
    ticket_id = opened(world)
    world.staff_move(world.ticket(), Stage.APPROVED, "2")
    world.later(RULES.delay)
    calls = len(world.desk.calls)
    world.stage_event(ticket_id, echo_of=Stage.CREDITED)
    world.run()
    assert len(world.desk.calls) == calls


def test_a_late_echo_hides_no_move_of_staff(world: World) -> None:
    ticket_id = opened(world)
    world.staff_move(world.ticket(), Stage.APPROVED, "2")
    world.later(RULES.delay)
    world.staff_move(world.ticket(), Stage.ASKED)
    world.desk.staff_move(ticket_id, Stage.DECLINED)
    world.stage_event(ticket_id, echo_of=Stage.CREDITED)
    world.run()
    assert world.request().stage is Stage.DECLINED


def test_a_stage_that_is_not_ours_changes_nothing(world: World) -> None:
    ticket_id = opened(world)
    world.desk.staff_move(ticket_id, None)
    world.stage_event(ticket_id)
    world.run()
    assert world.request().stage is Stage.NEW


def test_declined_by_mistake_is_never_mailed(world: World) -> None:
    opened(world)
    world.staff_move(world.ticket(), Stage.DECLINED)
    world.later(RULES.delay // 2)
    world.staff_move(world.ticket(), Stage.ASKED)
    world.later(RULES.delay)
    assert world.mails_sent() == ["received"]


def test_declined_twice_is_mailed_once(world: World) -> None:
    opened(world)
    for stage in (Stage.DECLINED, Stage.ASKED, Stage.DECLINED):
        world.staff_move(world.ticket(), stage)
        world.later(RULES.delay)
    assert world.mails_sent() == ["received", "declined"]


def test_a_card_that_staff_took_up_no_longer_calls_for_attention(world: World) -> None:
    opened(world)
    world.staff_move(world.ticket(), Stage.APPROVED, "")
    assert "Needs attention" in world.ticket().status_line
    world.staff_move(world.ticket(), Stage.ASKED)
    assert "Needs attention" not in world.ticket().status_line


def test_mails_carry_reference_and_day_only(world: World) -> None:
    opened(world)
    (mail,) = world.mailer.sent
    assert mail.to == "anna@clinic.is"
    assert mail.reference == world.ticket().reference
    assert mail.day % 86_400_000 == 0
    assert 0 <= NOON - mail.day < 86_400_000
    assert "jona" not in str(vars(mail))


@pytest.mark.parametrize(
    "fault", [Unavailable("mail", "send", "421"), Refused("mail", "send", "550")]
)
def test_a_failing_mail_undoes_nothing(world: World, fault: Exception) -> None:
    def fail(mail: Mail) -> None:
        raise fault

    world.mailer.send = fail  # type: ignore[method-assign]
    opened(world)
    world.staff_move(world.ticket(), Stage.APPROVED, "2")
    world.later(RULES.delay)
    world.later(MINUTE)
    assert world.account.balance("jona@example.is") == 2
    assert world.ticket().stage is Stage.CREDITED


def test_a_lost_write_back_is_written_again(world: World) -> None:
    opened(world)
    world.staff_move(world.ticket(), Stage.APPROVED, "2")
    world.now += RULES.delay
    world.run("grants")
    world.desk.fail_next = Unavailable("fake desk", "change tickets", "LOST")
    world.run()
    assert world.ticket().stage is Stage.APPROVED
    world.later(2_000)
    assert world.ticket().stage is Stage.CREDITED


def test_a_note_whose_answer_was_lost_is_not_doubled(world: World) -> None:
    opened(world)
    add_note = world.desk.add_note

    def add_and_lose(ticket_id: str, text: str) -> None:
        add_note(ticket_id, text)
        world.desk.add_note = add_note  # type: ignore[method-assign]
        raise Unavailable("fake desk", "add a note", "LOST")

    world.desk.add_note = add_and_lose  # type: ignore[method-assign]
    world.staff_move(world.ticket(), Stage.APPROVED, "")
    world.later(MINUTE)
    assert len(world.ticket().notes) == 1


def test_a_note_is_made_once_however_often_it_is_asked_for(world: World) -> None:
    opened(world)
    key = f"{world.ticket().reference}/amount/1"
    for _ in range(2):
        world.store.write(lambda records: records.work.ask(Kind.ADD_NOTE, [key], world.now))
        world.run()
    assert len(world.ticket().notes) == 1


def test_what_changes_during_a_write_back_is_written_too(world: World) -> None:
    opened(world)
    change_tickets = world.desk.change_tickets
    reference = world.ticket().reference

    def change_meanwhile(changes: Sequence[TicketChange]) -> Mapping[str, CreditsDeskError]:
        world.desk.change_tickets = change_tickets  # type: ignore[method-assign]
        errors = change_tickets(changes)
        world.store.write(lambda r: r.requests.wish(reference, status_line="second"))
        return errors

    world.desk.change_tickets = change_meanwhile  # type: ignore[method-assign]
    world.store.write(lambda r: r.requests.wish(reference, status_line="first"))
    world.store.write(lambda r: r.work.ask(Kind.WRITE_BACK, [reference], world.now))
    world.run()
    assert world.ticket().status_line == "second"


def test_the_journal_tells_the_story_without_people(world: World) -> None:
    opened(world)
    world.staff_move(world.ticket(), Stage.APPROVED, "2")
    world.later(RULES.delay)
    told = world.events()
    story = ["received", "ticket_opened", "stage_seen", "grant_reserved", "granted", "moved"]
    assert [event for event in told if event in story] == story


def test_references_are_fresh_and_hold_their_check_character() -> None:
    references = {new_reference() for _ in range(1_000)}
    assert len(references) == 1_000
    for reference in list(references)[:50]:
        assert is_reference(reference)
        place = 5
        other = "7" if reference[place] != "7" else "8"
        assert not is_reference(reference[:place] + other + reference[place + 1 :])
    assert not is_reference("CR-")
    assert not is_reference("hello")
