"""Traps that somebody found by thinking hard. Each test fails without its cure."""

import time
from collections.abc import Sequence

import pytest

from casework.delivery_records import Route
from casework.egress import harmless_id
from casework.errors import CreditsDeskError, Unavailable
from casework.identity import Identity
from casework.ports import Order, Receipt
from casework.receive import keep_delivery
from casework.stages import Stage
from casework.tickets import TicketChange
from casework.typed_organisation import WITHHELD, clean_organisation, says_something
from casework.worker import LANES, run_round
from tests.fakes.fake_desk import FakeTicket
from tests.world import FIELDS, JONA, MINUTE, NOON, RULES, SIGGI, World, answers

DAY = 86_400_000
JONAS_ADDRESS = "jona@example.is"


def opened(world: World) -> FakeTicket:
    """A confirmed request's ticket."""
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    return world.ticket()


def several_approved(world: World, number: int) -> list[FakeTicket]:
    """Approved tickets of different people, the undo window over."""
    for n in range(number):
        fields = {"client": f"c{n}@x.is", "org": f"Org {n}", "pro": f"p{n}@x.is", "why": ""}
        world.webhook(**fields)
        world.submit(f"s{n}", **fields)
    world.run()
    tickets = list(world.desk.tickets.values())
    for ticket in tickets:
        world.staff_move(ticket, Stage.APPROVED, "4")
    world.now += RULES.delay
    return tickets


def listed(world: World, conversion_id: str, submitted_at: int | None, **fields: str) -> None:
    """A row of the list with this time, or none."""
    row = FIELDS.read_submission(
        answers(fields), conversion_id=conversion_id, submitted_at=submitted_at, listed=True
    )
    world.submissions.rows.append(row)


def sweep_often(world: World) -> None:
    for _ in range(5):
        world.later(RULES.delay)
        world.sweep()


# --- approved, and something odd on the way ---------------------------------------------------


def test_approved_again_from_a_stage_of_staffs_own(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.desk.staff_move(ticket.ticket_id, None)
    world.stage_event(ticket.ticket_id)
    world.later(RULES.delay)
    world.staff_move(ticket, Stage.APPROVED)
    sweep_often(world)
    assert world.account.balance(JONAS_ADDRESS) == 4


def test_a_ticket_that_one_reading_did_not_find(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    find_tickets = world.desk.find_tickets
    world.desk.find_tickets = lambda ticket_ids: {}  # type: ignore[method-assign]
    world.later(RULES.delay)
    world.desk.find_tickets = find_tickets  # type: ignore[method-assign]
    sweep_often(world)
    assert world.account.balance(JONAS_ADDRESS) == 4


def test_a_ticket_deleted_and_restored_at_approved(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.desk.staff_delete(ticket.ticket_id)
    world.later(RULES.delay)
    world.later(2 * 60 * MINUTE)
    assert not world.account.grants
    world.desk.tickets[ticket.ticket_id] = ticket
    sweep_often(world)
    assert world.account.balance(JONAS_ADDRESS) == 4


def test_dragged_away_and_back_between_two_lanes(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.desk.staff_move(ticket.ticket_id, Stage.ASKED)
    world.now += RULES.delay
    world.run("grants")
    world.desk.staff_move(ticket.ticket_id, Stage.APPROVED)
    sweep_often(world)
    assert world.account.balance(JONAS_ADDRESS) == 4


def test_opened_again_long_after_it_was_closed_without_an_event(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.DECLINED)
    world.later(20 * DAY)
    world.desk.staff_move(ticket.ticket_id, Stage.APPROVED, "4")
    sweep_often(world)
    assert world.account.balance(JONAS_ADDRESS) == 4


def test_cards_dragged_away_while_the_platform_was_slow_with_another(world: World) -> None:
    tickets = several_approved(world, 3)
    grant = world.account.grant
    sent: list[Order] = []

    def slow_at_first(order: Order) -> Receipt:
        sent.append(order)
        if len(sent) == 1:
            world.now += 5_000
            for ticket in tickets:
                if ticket.reference != order.reference:
                    world.desk.staff_move(ticket.ticket_id, Stage.DECLINED)
                    world.stage_event(ticket.ticket_id)
            world.run("intake")
            world.run("crm")
        return grant(order)

    world.account.grant = slow_at_first  # type: ignore[method-assign]
    world.run("grants")
    assert len(sent) == 1


def test_a_reading_too_old_to_send_on_its_strength_is_made_again(world: World) -> None:
    tickets = several_approved(world, 2)
    grant = world.account.grant
    sent: list[Order] = []

    def slow_at_first(order: Order) -> Receipt:
        sent.append(order)
        if len(sent) == 1:
            world.now += 20 * MINUTE
            for ticket in tickets:
                world.desk.staff_move(ticket.ticket_id, Stage.DECLINED)
        return grant(order)

    world.account.grant = slow_at_first  # type: ignore[method-assign]
    world.run("grants")
    assert len(sent) == 1


def test_the_time_of_sending_is_that_of_each_call(world: World) -> None:
    tickets = several_approved(world, 2)
    begun = world.now

    def times_out(order: Order) -> Receipt:
        world.now += 10_000
        raise Unavailable("platform", "grant", "TIMED_OUT")

    world.account.grant = times_out  # type: ignore[method-assign]
    run_round(world.store, world.steps, LANES["grants"], lambda: world.now)
    references = [ticket.reference for ticket in tickets]
    grants = world.store.read(lambda records: records.grants.find(references))
    assert sorted(grant.sent_at or 0 for grant in grants.values()) == [begun, begun + 10_000]


def test_moved_to_credits_added_by_hand_while_the_answer_was_lost(world: World) -> None:
    ticket = opened(world)
    world.account.lose_answers = 1
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.now += RULES.delay
    world.run("grants")
    world.staff_move(ticket, Stage.CREDITED)
    world.later(5 * MINUTE)
    assert not world.ticket().notes
    assert world.ticket().stage is Stage.CREDITED
    assert "4 credits added" in world.ticket().status_line


def test_moved_to_credits_added_by_hand_when_nothing_was_sent_after_all(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.account.fail_next = Unavailable("platform", "grant", "503")
    world.later(RULES.delay)
    world.staff_move(ticket, Stage.CREDITED)
    world.later(10 * MINUTE)
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert "none were added" in world.ticket().status_line


def test_an_approval_after_a_move_whose_answer_was_lost_is_not_undone(world: World) -> None:
    ticket = opened(world)
    change_tickets = world.desk.change_tickets

    def lose(changes: Sequence[TicketChange]) -> dict[str, CreditsDeskError]:
        change_tickets(changes)
        raise Unavailable("desk", "change tickets", "LOST")

    world.desk.change_tickets = lose  # type: ignore[method-assign]
    world.staff_move(ticket, Stage.APPROVED, "")
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    world.desk.change_tickets = change_tickets  # type: ignore[method-assign]
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.later(MINUTE)
    sweep_often(world)
    assert world.account.balance(JONAS_ADDRESS) == 4
    assert world.ticket().stage is Stage.CREDITED


def test_a_refusal_has_its_whole_undo_window_each_time(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.DECLINED)
    world.now += MINUTE
    world.staff_move(ticket, Stage.ASKED)
    world.now += 3 * MINUTE
    world.staff_move(ticket, Stage.DECLINED)
    world.later(2 * MINUTE)
    assert world.mails_sent() == ["received"]
    world.later(RULES.delay)
    assert world.mails_sent() == ["received", "declined"]


# --- the list of submissions --------------------------------------------------------------------


def test_a_row_that_was_submitted_before_us_confirms_a_late_webhook(world: World) -> None:
    listed(world, "s1", NOON - 180 * MINUTE, **JONA)
    world.webhook(**JONA)
    world.run()
    assert world.request().confirmed


def test_a_row_far_down_the_list_confirms_a_late_webhook(world: World) -> None:
    listed(world, "s1", NOON - 180 * MINUTE, **JONA)
    for n in range(120):
        listed(world, f"n{n}", NOON - 170 * MINUTE + n, **{**SIGGI, "client": f"c{n}@x.is"})
    world.read_list()
    world.webhook(**JONA)
    world.run()
    assert not world.request().confirmed
    world.later(15 * MINUTE)
    assert world.request().confirmed
    assert len(world.desk.tickets) == 1


def test_a_row_without_a_time_is_somebodys_request_too(world: World) -> None:
    listed(world, "s1", None, **JONA)
    world.read_list()
    assert world.request().confirmed


def test_half_a_character_holds_up_nobody(world: World) -> None:
    world.submit("s0", **{**SIGGI, "org": "Ab\ud83d"})
    world.submit("s1", **JONA)
    world.read_list()
    assert len(world.desk.tickets) == 2


def test_a_row_with_an_impossible_time_holds_up_nobody(world: World) -> None:
    listed(world, "s0", 10**20, **SIGGI)
    world.submit("s1", **JONA)
    world.read_list()
    assert any(ticket.organisation == "Marel hf." for ticket in world.desk.tickets.values())


def test_a_row_from_the_future_hides_no_other(world: World) -> None:
    listed(world, "future", NOON + 30 * DAY, **SIGGI)
    world.read_list()
    world.now += 60 * MINUTE
    for n in range(120):
        world.submit(f"n{n}", client=f"c{n}@x.is", org="O", pro=f"p{n}@x.is", why="")
    world.read_list()
    assert len(world.desk.tickets) == 121


def test_a_row_that_shows_less_destroys_nothing(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    world.submit("s1", org=JONA["org"], pro=JONA["pro"])
    world.read_list()
    reference = world.ticket().reference
    details = world.store.read(lambda records: records.requests.get_details(reference))
    assert details.client_email == JONAS_ADDRESS
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    world.later(60 * MINUTE)
    assert len(world.desk.tickets) == 1
    assert len(world.ticket().notes) == 1


def test_without_an_address_nothing_is_sent_to_the_platform(world: World) -> None:
    world.submit("s1", **{**JONA, "client": "jona"})
    world.read_list()
    world.staff_move(world.ticket(), Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert "grant" not in world.account.calls
    assert world.ticket().stage is Stage.NEEDS_ATTENTION


def test_approved_for_an_organisation_that_turned_out_to_be_another(world: World) -> None:
    world.webhook(**SIGGI)
    world.run()
    world.desk.staff_move(world.ticket().ticket_id, Stage.APPROVED, "4")
    world.submit("a", **JONA)
    world.read_list()
    sweep_often(world)
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert world.ticket().organisation == "Marel hf."
    assert not world.account.grants


def test_a_correction_that_cannot_be_written_yet_still_stops_the_approval(world: World) -> None:
    world.webhook(**SIGGI)
    world.run()
    world.desk.staff_move(world.ticket().ticket_id, Stage.APPROVED, "4")
    world.submit("a", **JONA)

    def away(changes: Sequence[TicketChange]) -> dict[str, CreditsDeskError]:
        raise Unavailable("desk", "change tickets", "503")

    change_tickets = world.desk.change_tickets
    world.desk.change_tickets = away  # type: ignore[method-assign]
    world.read_list()
    world.sweep()
    world.later(RULES.delay)
    assert not world.account.grants
    world.desk.change_tickets = change_tickets  # type: ignore[method-assign]
    world.later(10 * MINUTE)
    assert world.ticket().stage is Stage.NEEDS_ATTENTION


def test_a_webhook_after_the_list_in_another_spelling_doubles_nothing(world: World) -> None:
    world.submit("s1", **JONA)
    world.read_list()
    world.webhook(**{**JONA, "org": "Marel"})
    world.later(10 * MINUTE)
    assert len(world.desk.tickets) == 1


def test_a_webhook_replayed_after_days_makes_nothing(world: World) -> None:
    opened(world)
    world.now += 4 * DAY
    world.webhook(**JONA)
    world.run()
    assert len(world.desk.tickets) == 1
    assert world.mails_sent() == ["received"]


# --- deliveries and texts -----------------------------------------------------------------------


def test_a_parked_delivery_can_be_seen_and_tried_again(world: World) -> None:
    keep_delivery(world.store, world.sealer, Route.FORM, b'{"nothing": "x"}', NOON)
    world.run()
    (parked,) = world.parked()
    assert "client_email" in parked.error
    world.store.write(lambda records: records.work.ask(parked.kind, [parked.key], world.now))
    assert not world.parked()
    world.run()
    assert len(world.parked()) == 1


def test_a_very_long_organisation_takes_no_time_and_fits_the_ticket() -> None:
    begun = time.perf_counter()
    kept = clean_organisation("a" * 1_000_000, Identity(JONAS_ADDRESS))
    assert time.perf_counter() - begun < 1
    assert len(kept) <= 300


@pytest.mark.parametrize(
    "typed",
    [
        "Marel (Jona Gudrun)",
        "Marel, jona.gudrun@heima.is",
        "jona_gudrun, Marel",
        "Marel – JONA-GUDRUN",
        "Marel for jonagudrun",
        "Marel <jona.gudrun@heima.is>",
    ],
)
def test_the_local_part_is_cut_however_it_is_spelt(typed: str) -> None:
    kept = clean_organisation(typed, Identity("jona.gudrun@heima.is"))
    assert "Marel" in kept
    assert "gudrun" not in kept.lower()


@pytest.mark.parametrize(
    "typed",
    ["jona_gudrun Marel", "Marel JONA-GUDRUN", "Gudrun Connect, Reykjavik", "Marel jonagudrun"],
)
def test_a_name_that_would_be_left_with_a_gap_is_withheld(typed: str) -> None:
    kept = clean_organisation(typed, Identity("jona.gudrun@heima.is"))
    assert kept == WITHHELD
    assert not says_something(kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Marel (Gudrun Connect)", "Marel ([…])"),
        ("Marel, Reykjavik", "Marel, Reykjavik"),
        ("Gudrun", "[…]"),
        ("Marel c/o Gudrun", "Marel c/o […]"),
    ],
)
def test_what_is_said_beside_the_organisation_goes_alone(typed: str, kept: str) -> None:
    identity = Identity("jona.gudrun@heima.is")
    assert clean_organisation(typed, identity) == kept
    assert clean_organisation(kept, identity) == kept


def test_a_known_companys_name_stays_whole_and_nothing_beside_it() -> None:
    identity = Identity("jona.gudrun@heima.is")
    typed, known = "Gudrun Connect", {"Gudrun Connect"}
    assert clean_organisation(typed, identity, known.__contains__) == typed
    assert clean_organisation(f"{typed} (Jona)", identity, known.__contains__) == WITHHELD


@pytest.mark.parametrize("id_", ["jona@example.is", "grant-jona-7", "x" * 65, "a b", "", "é"])
def test_a_receipt_that_may_tell_who_it_is_gives_way_to_our_own_key(id_: str) -> None:
    assert harmless_id(id_, Identity(JONAS_ADDRESS), "ours") == "ours"


def test_a_plain_receipt_is_kept() -> None:
    assert harmless_id("grant-1041", Identity(JONAS_ADDRESS), "ours") == "grant-1041"
