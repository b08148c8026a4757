"""What webhooks missed is found by comparing, in four directions."""

import pytest

from casework.backfill import backfill
from casework.errors import CreditsDeskError
from casework.grant import key_for
from casework.grant_records import GrantState
from casework.guard_texts import TextGuard
from casework.ports import Order, Receipt
from casework.reconcile import (
    Finding,
    reconcile_grants,
    reconcile_stages,
    reconcile_submissions,
    reconcile_tickets,
    reopen,
)
from casework.request import TicketState
from casework.stages import Stage
from casework.sweep_tickets import UNCONFIRMED_FOR
from casework.tickets import TicketText
from casework.verify import verify
from tests.fakes.fake_desk import FakeTicket
from tests.storage.made_up import meddle
from tests.world import JONA, MINUTE, NOON, RULES, SIGGI, World

DAY = 86_400_000


def opened(world: World) -> FakeTicket:
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    return world.ticket()


def granted(world: World) -> FakeTicket:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 4
    return ticket


def whats(findings: object) -> list[str]:
    assert isinstance(findings, list | tuple)
    return [finding.what for finding in findings if isinstance(finding, Finding)]


# --- submissions --------------------------------------------------------------------------------


def test_submissions_that_no_webhook_brought_are_made(world: World) -> None:
    world.webhook(**SIGGI)
    world.run()
    world.submit("s1", **JONA)
    world.submit("s2", **SIGGI)
    report = reconcile_submissions(
        world.now, store=world.store, sealer=world.sealer, submissions=world.submissions
    )
    assert report.findings == [Finding("made", "", "1"), Finding("confirmed", "", "2")]


def test_an_unconfirmed_request_is_flagged_once_after_a_day(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    world.later(UNCONFIRMED_FOR - MINUTE)
    assert world.ticket().stage is Stage.NEW
    world.later(2 * MINUTE)
    world.sweep()
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    world.staff_move(world.ticket(), Stage.ASKED)
    world.later(DAY)
    world.sweep()
    assert world.ticket().stage is Stage.ASKED
    assert len(world.ticket().notes) == 1
    report = reconcile_submissions(
        world.now, store=world.store, sealer=world.sealer, submissions=world.submissions
    )
    assert whats(report.findings) == ["unconfirmed"]


# --- tickets and stages -------------------------------------------------------------------------


def test_stages_moved_while_we_were_down_are_followed(world: World) -> None:
    ticket = opened(world)
    world.desk.staff_move(ticket.ticket_id, Stage.REPLIED)
    guard = TextGuard(world.store, world.desk, world.gate)
    report = reconcile_stages(
        lambda: world.now,
        store=world.store,
        desk=world.desk,
        rules=RULES,
        look_at=guard.look_at,
    )
    assert report.findings == [Finding("moved", ticket.reference, "new → replied")]
    assert world.request().stage is Stage.REPLIED


def test_words_that_could_not_be_put_back_are_reported(world: World) -> None:
    ticket = opened(world)
    world.desk.staff_type(ticket.ticket_id, TicketText.SUBJECT, "Is it Margrét?")
    world.desk.refuse.add(ticket.ticket_id)
    report = reconcile_stages(
        lambda: world.now,
        store=world.store,
        desk=world.desk,
        rules=RULES,
        look_at=TextGuard(world.store, world.desk, world.gate).look_at,
    )
    assert whats(report.findings) == ["not_put_back"]


def test_a_deleted_ticket_is_reported_until_it_is_restored(world: World) -> None:
    ticket = opened(world)
    world.desk.staff_delete(ticket.ticket_id)
    world.sweep()
    assert whats(reconcile_tickets(world.now, store=world.store).findings) == ["missing"]
    world.desk.tickets[ticket.ticket_id] = ticket
    world.sweep()
    assert not reconcile_tickets(world.now, store=world.store).findings
    assert world.request().ticket_state is TicketState.THERE


def test_a_deleted_ticket_can_be_opened_again(world: World) -> None:
    ticket = opened(world)
    world.desk.staff_delete(ticket.ticket_id)
    world.sweep()
    world.store.write(lambda records: reopen(records, ticket.reference, world.now))
    world.run()
    assert world.ticket().reference == ticket.reference
    assert world.ticket().ticket_id != ticket.ticket_id
    world.staff_move(world.ticket(), Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert world.account.balance("jona@example.is") == 4


def test_a_ticket_that_is_there_is_not_opened_again(world: World) -> None:
    ticket = opened(world)
    with pytest.raises(CreditsDeskError):
        world.store.write(lambda records: reopen(records, ticket.reference, world.now))
    with pytest.raises(CreditsDeskError):
        world.store.write(lambda records: reopen(records, "CR-NOBODY", world.now))


def test_a_merge_freezes_both_until_a_person_decides(world: World) -> None:
    first = opened(world)
    world.webhook(**SIGGI)
    world.submit("s2", **SIGGI)
    world.run()
    (second,) = [one for one in world.desk.tickets.values() if one is not first]
    world.desk.staff_merge(second.ticket_id, first.ticket_id)
    world.sweep()
    assert whats(reconcile_tickets(world.now, store=world.store).findings) == ["merged"]
    assert first.stage is Stage.NEEDS_ATTENTION
    assert "merged" in first.notes[0]
    world.staff_move(first, Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert [order.reference for order, _ in world.account.grants.values()] == [first.reference]
    world.store.write(lambda records: reopen(records, second.reference, world.now))
    world.run()
    assert {one.reference for one in world.desk.tickets.values()} == {
        first.reference,
        second.reference,
    }


def test_a_ticket_in_another_pipeline_is_reported(world: World) -> None:
    ticket = opened(world)
    world.desk.staff_move(ticket.ticket_id, None)
    world.sweep()
    assert whats(reconcile_tickets(world.now, store=world.store).findings) == ["elsewhere"]


def test_a_request_that_has_waited_for_its_ticket_is_asked_for_again(world: World) -> None:
    world.webhook(**JONA)
    world.run("intake")
    world.now += 30 * MINUTE
    assert whats(reconcile_tickets(world.now, store=world.store).findings) == ["no_ticket"]
    world.run()
    assert not reconcile_tickets(world.now, store=world.store).findings


# --- grants -------------------------------------------------------------------------------------


def compare(world: World) -> list[Finding]:
    report = reconcile_grants(world.now, store=world.store, account=world.account)
    world.run()
    return list(report.findings)


def test_grants_that_agree_are_no_finding(world: World) -> None:
    granted(world)
    assert compare(world) == []


def test_posted_there_and_not_here(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.staff_move(ticket, Stage.DECLINED)
    key = key_for(ticket.reference)
    world.account.grant(Order(key, "jona@example.is", 4, "Marel hf.", ticket.reference))
    assert whats(compare(world)) == ["posted_there_not_here"]
    grant = world.grant()
    assert grant
    assert grant.state is GrantState.POSTED
    assert "4 credits added" in world.ticket().status_line
    assert world.ticket().stage is Stage.DECLINED
    assert [r.reference for r in world.reversals()] == [ticket.reference]
    assert compare(world) == []
    assert verify(world.store) == []


def test_posted_here_and_not_there(world: World) -> None:
    granted(world)
    world.account.grants.clear()
    assert whats(compare(world)) == ["posted_here_not_there"]
    assert len(world.ticket().notes) == 1
    assert whats(compare(world)) == ["posted_here_not_there"]
    assert len(world.ticket().notes) == 1
    assert not world.account.grants


def test_another_amount_there(world: World) -> None:
    ticket = granted(world)
    key = key_for(ticket.reference)
    order, _ = world.account.grants[key]
    world.account.grants[key] = (order, Receipt("grant-1", 9))
    assert whats(compare(world)) == ["amount_differs"]


def test_the_worker_compares_by_itself(world: World) -> None:
    ticket = opened(world)
    world.staff_move(ticket, Stage.APPROVED, "4")
    world.staff_move(ticket, Stage.DECLINED)
    order = Order(key_for(ticket.reference), "jona@example.is", 4, "Marel", ticket.reference)
    world.account.grant(order)
    world.sweep()
    world.later(61 * MINUTE)
    grant = world.grant()
    assert grant
    assert grant.state is GrantState.POSTED


# --- reversals ----------------------------------------------------------------------------------


def test_moving_away_after_the_grant_proposes_a_reversal(world: World) -> None:
    ticket = granted(world)
    world.staff_move(ticket, Stage.ASKED)
    (reversal,) = world.reversals()
    assert (reversal.reference, reversal.credits) == (ticket.reference, 4)
    assert world.account.balance("jona@example.is") == 4
    world.staff_move(ticket, Stage.CREDITED)
    assert not world.reversals()


# --- backlog ------------------------------------------------------------------------------------


def read_in(world: World, since: int, *, open_tickets: bool = False) -> int:
    return backfill(
        since,
        world.now,
        store=world.store,
        sealer=world.sealer,
        submissions=world.submissions,
        open_tickets=open_tickets,
        progress=lambda _reached: None,
    )


def a_year_of_submissions(world: World, number: int) -> None:
    for n in range(number):
        world.now = NOON - 365 * DAY + n * (365 * DAY // number)
        world.submit(f"old{n}", **{**JONA, "client": f"c{n}@x.is"})
    world.now = NOON


def test_a_backlog_is_made_known_without_any_consequence(world: World) -> None:
    a_year_of_submissions(world, 130)
    assert read_in(world, NOON - 400 * DAY) == 130
    world.run()
    world.sweep()
    assert not world.desk.tickets
    assert not world.mailer.sent
    assert not world.account.grants
    assert read_in(world, NOON - 400 * DAY) == 0
    assert not reconcile_tickets(world.now, store=world.store).findings


def test_only_what_was_asked_for_is_read_in(world: World) -> None:
    a_year_of_submissions(world, 130)
    assert read_in(world, NOON - 100 * DAY) == 35


def test_after_a_backlog_a_new_submission_of_the_same_client_is_a_request(world: World) -> None:
    a_year_of_submissions(world, 10)
    read_in(world, NOON - 400 * DAY)
    fields = {**JONA, "client": "c3@x.is"}
    world.webhook(**fields)
    world.submit("new", **fields)
    world.run()
    assert world.ticket().organisation == "Marel hf."
    assert world.request().confirmed


def test_a_backlog_may_be_given_tickets_but_never_grants(world: World) -> None:
    a_year_of_submissions(world, 10)
    assert read_in(world, NOON - 400 * DAY, open_tickets=True) == 10
    world.run()
    assert len(world.desk.tickets) == 10
    assert not world.mailer.sent
    world.later(RULES.delay)
    assert not world.account.grants


# --- receipts -----------------------------------------------------------------------------------


def test_a_whole_journal_and_its_grants_agree(world: World) -> None:
    granted(world)
    assert verify(world.store) == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE journal SET facts = '{}' WHERE sequence = 2", "breaks at line 2"),
        ("DELETE FROM journal WHERE sequence = 2", "breaks at line 3"),
        ("UPDATE journal SET at = at + 1 WHERE sequence = 1", "breaks at line 1"),
        ("UPDATE grants SET credits = 40", "the journal says 4"),
        ("UPDATE grants SET state = 'void'", "the grant is not posted"),
        ("DELETE FROM journal WHERE event = 'granted'", "does not tell of it"),
    ],
)
def test_damage_is_found_and_its_place_named(world: World, damage: str, says: str) -> None:
    granted(world)
    meddle(world.kept_in, damage)
    assert any(says in wrong for wrong in verify(world.store))
