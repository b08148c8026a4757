"""Credits: for the right client, the right number, once."""

from collections.abc import Callable

import pytest

from casework.errors import KeyConflict, Refused, Unavailable
from casework.follow_stages import read_credits
from casework.grant import SETTLING, key_for
from casework.grant_records import GrantState
from casework.ports import Order
from casework.stages import Stage
from casework.work import Kind
from tests.fakes.fake_desk import FakeTicket
from tests.world import JONA, MINUTE, RULES, SIGGI, World


def opened(world: World) -> FakeTicket:
    """A confirmed request's ticket."""
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    return world.ticket()


def state_of(world: World) -> GrantState | None:
    """How the only grant stands."""
    grant = world.grant()
    return grant.state if grant else None


def test_approved_with_an_amount_becomes_credits_once(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    assert world.account.balance("jona@example.is") == 0
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 4
    assert world.ticket().stage is Stage.CREDITED
    assert "4 credits added" in world.ticket().status_line
    assert world.mails_sent() == ["received", "granted"]
    for _ in range(3):
        world.stage_event(ticket.ticket_id)
        world.sweep()
        world.later(10 * MINUTE)
    assert world.account.balance("jona@example.is") == 4
    assert world.account.calls.count("grant") == 1
    assert world.mails_sent() == ["received", "granted"]


def test_an_unconfirmed_request_waits_for_the_list(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    world.staff_move(world.ticket(), Stage.APPROVED, "4")
    world.later(RULES.delay * 3)
    assert not world.account.grants
    assert "list of submissions" in world.ticket().status_line
    world.submit("s1", **JONA)
    world.read_list()
    assert world.account.balance("jona@example.is") == 4


def test_confirmation_does_not_cut_the_undo_window_short(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    world.staff_move(world.ticket(), Stage.APPROVED, "4")
    world.submit("s1", **JONA)
    world.read_list()
    assert world.request().confirmed
    world.later(RULES.delay - 1)
    assert not world.account.grants
    world.later(1)
    assert world.account.balance("jona@example.is") == 4


def test_dragged_back_within_the_undo_window_grants_nothing(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.now += RULES.delay // 2
    world.staff_move(ticket, Stage.DECLINED)
    assert state_of(world) is GrantState.VOID
    world.later(RULES.delay * 2)
    assert not world.account.grants
    assert world.mails_sent() == ["received", "declined"]


def test_dragged_back_without_an_event_grants_nothing_either(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.desk.staff_move(ticket.ticket_id, Stage.ASKED)
    world.later(RULES.delay)
    assert not world.account.grants
    grant = world.grant()
    assert grant
    assert grant.state is GrantState.VOID
    assert world.request().stage is Stage.ASKED


def test_approved_again_after_a_change_of_mind_grants_once(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.staff_move(ticket, Stage.ASKED)
    world.staff_move(ticket, Stage.APPROVED, "6")
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 6


def test_an_amount_changed_in_the_undo_window_is_the_one_granted(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.desk.tickets[ticket.ticket_id].credits_to_grant = "7"
    world.later(RULES.delay)
    assert not world.account.grants
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 7


@pytest.mark.parametrize("amount", ["", "0", "-1", "21", "2.5", "four", "1e1", "٤"])
def test_without_a_valid_amount_staff_are_told(world: World, amount: str) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, amount)
    world.later(RULES.delay)
    assert not world.account.grants
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert len(world.ticket().notes) == 1
    assert "1 to 20" in world.ticket().notes[0]
    world.staff_move(ticket, Stage.APPROVED, "3")
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 3


@pytest.mark.parametrize(("text", "number"), [("4", 4), (" 4.0 ", 4), ("20", 20), ("1.00", 1)])
def test_whole_numbers_however_the_crm_writes_them(text: str, number: int) -> None:
    assert read_credits(text, 20) == number


def test_a_client_the_platform_does_not_know_needs_attention(world: World) -> None:
    world.account.unknown.add("jona@example.is")
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert len(world.ticket().notes) == 1
    assert "jona" not in world.ticket().notes[0]
    world.account.unknown.clear()
    world.staff_move(ticket, Stage.APPROVED)
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 4


def test_a_refusal_is_told_to_staff(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.account.fail_next = Refused("fake platform", "grant credits", "400")
    world.later(RULES.delay)
    assert not world.account.grants
    assert world.ticket().stage is Stage.NEEDS_ATTENTION


def test_a_key_used_for_something_else_needs_attention_and_may_be_tried_again(
    world: World,
) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.account.fail_next = KeyConflict("fake platform", "grant credits")
    world.later(RULES.delay)
    assert state_of(world) is GrantState.FAILED
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert len(world.ticket().notes) == 1
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 4


def test_what_is_found_under_a_key_used_before_counts(world: World) -> None:
    ticket = opened(world)
    earlier = Order(key_for(ticket.reference), "jona@example.is", 3, "Marel", ticket.reference)
    world.account.grant(earlier)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 3
    assert "3 credits added" in world.ticket().status_line
    assert world.ticket().stage is Stage.CREDITED


def test_a_lost_answer_is_asked_for_again_under_the_same_key(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.account.lose_answers = 1
    world.later(RULES.delay)
    assert world.grant() is not None
    world.later(MINUTE)
    assert world.account.balance("jona@example.is") == 4
    assert len(world.account.grants) == 1
    assert world.ticket().stage is Stage.CREDITED


def _declined(world: World, ticket: FakeTicket) -> None:
    world.desk.staff_move(ticket.ticket_id, Stage.DECLINED)


def _other_amount(world: World, ticket: FakeTicket) -> None:
    world.desk.staff_move(ticket.ticket_id, Stage.APPROVED, "9")


@pytest.mark.parametrize("change", [_declined, _other_amount])
def test_after_a_lost_answer_a_change_of_mind_cannot_hide_the_grant(
    world: World, change: Callable[[World, FakeTicket], None]
) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.account.lose_answers = 1
    world.later(RULES.delay)
    change(world, ticket)
    world.stage_event(ticket.ticket_id)
    world.later(MINUTE)
    world.later(SETTLING + RULES.delay)
    assert world.account.balance("jona@example.is") == 4
    grant = world.grant()
    assert grant
    assert (grant.state, grant.credits) == (GrantState.POSTED, 4)
    assert "4 credits added" in world.ticket().status_line
    assert "declined" not in world.mails_sent()
    assert world.ticket().stage is (Stage.DECLINED if change is _declined else Stage.CREDITED)
    assert len(world.ticket().notes) == (1 if change is _declined else 0)


def test_after_a_failed_call_a_change_of_mind_grants_nothing(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.account.fail_next = Unavailable("fake platform", "grant credits", "503")
    world.later(RULES.delay)
    world.staff_move(ticket, Stage.DECLINED)
    world.later(SETTLING)
    assert not world.account.grants
    grant = world.grant()
    assert grant
    assert grant.state is GrantState.VOID


def test_a_call_that_takes_effect_late_is_found_after_a_change_of_mind(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.account.lose_answers = 1
    world.later(RULES.delay)
    late = world.account.grants.popitem()
    world.staff_move(ticket, Stage.DECLINED)
    world.later(SETTLING // 2)
    assert state_of(world) is GrantState.SENDING
    world.account.grants.update([late])
    world.later(SETTLING)
    assert state_of(world) is GrantState.POSTED


def test_a_parked_grant_is_settled_when_staff_change_their_mind(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.later(RULES.delay - 1)
    for _ in range(170):
        world.account.fail_next = Unavailable("fake platform", "grant credits", "503")
        world.later(60 * MINUTE)
    world.account.fail_next = None
    assert "has not answered" in world.ticket().status_line
    assert [work.kind for work in world.parked()] == [Kind.GRANT]
    world.staff_move(ticket, Stage.DECLINED)
    assert not world.parked()
    world.later(SETTLING)
    assert state_of(world) is GrantState.VOID


def test_a_card_moved_to_credits_added_by_hand_adds_none(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.CREDITED, "4")
    world.later(RULES.delay)
    assert not world.account.grants
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert len(world.ticket().notes) == 1


def test_moved_back_after_the_grant_takes_nothing_silently(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.later(RULES.delay)
    world.staff_move(ticket, Stage.DECLINED)
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 4
    assert world.ticket().stage is Stage.DECLINED
    assert "nothing is taken back" in world.ticket().notes[0]
    assert world.mails_sent() == ["received", "granted"]


def test_approved_again_after_the_grant_adds_nothing(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.later(RULES.delay)
    world.staff_move(ticket, Stage.APPROVED, "5")
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 4
    assert world.ticket().stage is Stage.CREDITED


def test_a_deleted_ticket_grants_nothing(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.desk.staff_delete(ticket.ticket_id)
    world.later(RULES.delay)
    assert not world.account.grants


def test_approving_a_ticket_grants_nothing_to_a_request_merged_into_it(world: World) -> None:
    first = opened(world)
    world.webhook(**SIGGI)
    world.submit("s2", **SIGGI)
    world.run()
    (second,) = [one for one in world.desk.tickets.values() if one is not first]
    world.desk.staff_merge(second.ticket_id, first.ticket_id)
    world.desk.staff_move(first.ticket_id, Stage.APPROVED, "4")
    world.stage_event(first.ticket_id)
    world.stage_event(second.ticket_id)
    world.run()
    assert first.stage is Stage.NEEDS_ATTENTION
    world.staff_move(first, Stage.APPROVED)
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 4
    assert len(world.account.grants) == 1
    assert world.request(second.reference).stage is Stage.NEW


def test_a_ticket_merged_away_in_the_undo_window_grants_nothing(world: World) -> None:
    first = opened(world)
    world.webhook(**SIGGI)
    world.submit("s2", **SIGGI)
    world.run()
    (second,) = [one for one in world.desk.tickets.values() if one is not first]
    world.staff_move(first, Stage.APPROVED, "4")
    world.desk.staff_merge(first.ticket_id, second.ticket_id)
    world.desk.staff_move(second.ticket_id, Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert not world.account.grants
