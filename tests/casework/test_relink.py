"""The service wakes up with last night's database, and goes on without a lost or doubled grant."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.backfill import backfill
from casework.errors import CreditsDeskError, Unavailable
from casework.grant_records import GrantState
from casework.reconcile import reconcile_submissions
from casework.stages import Stage
from casework.wording import Attention, note_for
from casework.work import Kind
from casework.worker import WHOLE
from tests.fakes.fake_desk import FakeTicket
from tests.restoring import (
    BIRK,
    HOUR,
    RUNA,
    Machine,
    ask,
    grant,
    orphans,
    references,
    stand_alone,
    wake,
)
from tests.world import JONA, MINUTE, RULES, SIGGI, World


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.close()


@pytest.fixture
def world(machine: Machine) -> World:
    """Before the disaster."""
    return machine.world


def test_a_restored_service_goes_on_without_a_lost_or_a_doubled_grant(
    machine: Machine, world: World
) -> None:
    known = ask(world, "s1", JONA)
    machine.back_up()
    granted = ask(world, "s2", SIGGI)
    grant(world, granted)
    approved = ask(world, "s3", RUNA)
    world.staff_move(approved, Stage.APPROVED, "5")
    asked = ask(world, "s4", BIRK)
    grant(world, known, "3")
    before = references(world)
    world.desk.staff_move(asked.ticket_id, Stage.ASKED)

    restored = machine.restore()
    wake(restored)

    assert references(restored) == before
    stand_alone(restored)
    balance = restored.account.balance
    assert [balance(who["client"]) for who in (JONA, SIGGI, RUNA, BIRK)] == [3, 4, 5, 0]
    assert [t.stage for t in (known, granted, approved)] == [Stage.CREDITED] * 3
    assert restored.request(asked.reference).stage is Stage.ASKED
    assert not orphans(restored)
    assert not any(t.notes for t in restored.desk.tickets.values())
    assert not restored.reversals()
    # What is approved only now is granted as ever.
    grant(restored, asked, "2")
    assert balance(BIRK["client"]) == 2
    assert "4 credits added" in granted.status_line


def test_what_was_submitted_while_nothing_ran_is_an_ordinary_new_request(
    machine: Machine, world: World
) -> None:
    machine.back_up()
    known = ask(world, "s1", JONA)
    world.submit("s2", **SIGGI)
    world.now += HOUR
    restored = machine.restore()
    wake(restored)
    (new,) = [t for t in restored.desk.tickets.values() if t.reference != known.reference]
    assert (new.stage, new.notes) == (Stage.NEW, [])
    stand_alone(restored)


def test_two_submissions_with_the_same_fields_have_a_ticket_each(
    machine: Machine, world: World
) -> None:
    machine.back_up()
    first, second = ask(world, "s1", JONA), ask(world, "s2", JONA, hint=False)
    grant(world, first)
    before = references(world)
    restored = machine.restore()
    wake(restored)
    assert references(restored) == before
    stand_alone(restored)
    assert restored.account.balance(JONA["client"]) == 4
    grant(restored, second, "6")
    assert restored.account.balance(JONA["client"]) == 10


def test_one_of_two_equal_submissions_was_in_the_backup(machine: Machine, world: World) -> None:
    world.webhook(**JONA)
    world.run()
    first = world.ticket()
    machine.back_up()
    world.submit("s1", **JONA)
    world.read_list()
    world.now += MINUTE
    second = ask(world, "s2", JONA, hint=False)
    grant(world, second)
    restored = machine.restore()
    wake(restored)
    stand_alone(restored)
    grant(restored, first, "1")
    assert restored.account.balance(JONA["client"]) == 5
    assert len(restored.desk.tickets) == 2


@pytest.mark.parametrize("when", ["at once", "after the tickets", "after all"])
def test_webhooks_that_come_again_make_nothing_new(
    machine: Machine, world: World, when: str
) -> None:
    machine.back_up()
    ask(world, "s1", JONA)
    ask(world, "s2", SIGGI)
    before = references(world)
    restored = machine.restore()
    if when == "after the tickets":
        restored.desk.fail_next = None
        restored.run("crm")
    if when == "after all":
        wake(restored)
    for fields in (JONA, SIGGI, JONA):
        restored.webhook(**fields)
        restored.run("intake")
        restored.now += 1
    wake(restored)
    assert references(restored) == before
    stand_alone(restored)


def test_nothing_is_taken_in_before_the_tickets_are_known(machine: Machine, world: World) -> None:
    machine.back_up()
    ask(world, "s1", JONA)
    restored = machine.restore()
    restored.webhook(**JONA)
    restored.webhook(**SIGGI)
    for _ in range(20):
        restored.desk.fail_next = Unavailable("fake desk", "list tickets", "503")
        restored.run("crm")
        restored.run("intake")
        restored.now += MINUTE
        assert restored.store.read(lambda records: records.requests.count())["all"] == 0
    now, listed = restored.now, restored.submissions
    with pytest.raises(CreditsDeskError, match="restored"):
        reconcile_submissions(now, store=restored.store, sealer=restored.sealer, submissions=listed)
    with pytest.raises(CreditsDeskError, match="restored"):
        backfill(
            0,
            now,
            store=restored.store,
            sealer=restored.sealer,
            submissions=listed,
            progress=lambda _reached: None,
        )
    restored.desk.fail_next = None
    restored.submit("s2", **SIGGI)
    wake(restored)
    assert len(restored.desk.tickets) == 2
    stand_alone(restored)


def test_a_refusal_does_not_park_what_everything_waits_for(machine: Machine, world: World) -> None:
    machine.back_up()
    ticket = ask(world, "s1", JONA)
    restored = machine.restore()
    restored.desk.fail_next = CreditsDeskError("never again")
    restored.run("crm")
    assert not restored.parked()
    restored.now += HOUR
    wake(restored)
    assert references(restored) == [ticket.reference]


def test_reading_the_tickets_twice_changes_nothing(machine: Machine, world: World) -> None:
    world.desk.page_size = 2
    ask(world, "s1", JONA)
    machine.back_up()
    tickets = [ask(world, f"s{number}", SIGGI, hint=False) for number in range(2, 7)]
    restored = machine.restore()
    found = []
    for _ in range(2):
        restored.steps[Kind.RELINK_TICKETS]([WHOLE], restored.now)
        restored.now += MINUTE
        found.append(orphans(restored))
    assert found[0] == found[1] == [ticket.reference for ticket in tickets]
    assert restored.events().count("tickets_read_again") == 1
    wake(restored)
    restored.steps[Kind.RELINK_TICKETS]([WHOLE], restored.now)
    assert not orphans(restored)
    stand_alone(restored)


def test_a_page_that_was_read_before_a_crash_is_read_again(machine: Machine, world: World) -> None:
    world.desk.page_size = 1
    machine.back_up()
    tickets = [ask(world, "s1", JONA), ask(world, "s2", SIGGI)]
    restored = machine.restore()
    page = restored.desk.read_tickets

    def die(after: str | None) -> object:
        if after is not None:
            raise KeyboardInterrupt
        return page(after)

    restored.desk.read_tickets = die  # type: ignore[method-assign,assignment]
    with pytest.raises(KeyboardInterrupt):
        restored.run()
    assert orphans(restored) == [tickets[0].reference]
    restored.desk.read_tickets = page  # type: ignore[method-assign]
    wake(restored)
    assert references(restored) == sorted(ticket.reference for ticket in tickets)
    stand_alone(restored)


# --- what the backup knows ----------------------------------------------------------------------


def test_a_ticket_that_was_opened_after_the_backup_keeps_what_staff_did(
    machine: Machine, world: World
) -> None:
    world.webhook(**JONA)
    world.run("intake")
    machine.back_up()
    world.run()
    ticket = world.ticket()
    world.staff_move(ticket, Stage.ASKED, "7")
    restored = machine.restore()
    restored.submit("s1", **JONA)
    wake(restored)
    assert (restored.ticket().stage, restored.ticket().credits_to_grant) == (Stage.ASKED, "7")
    assert restored.request().stage is Stage.ASKED
    stand_alone(restored)


def test_a_move_that_was_due_is_not_made_over_what_staff_did_since(
    machine: Machine, world: World
) -> None:
    ticket = ask(world, "s1", JONA)
    world.desk.staff_move(ticket.ticket_id, Stage.APPROVED, "many")
    world.stage_event(ticket.ticket_id)
    world.run("intake")
    world.steps[Kind.FOLLOW_STAGES]([ticket.ticket_id], world.now)
    assert world.request().move_to is Stage.NEEDS_ATTENTION
    machine.back_up()
    world.run()
    world.staff_move(ticket, Stage.DECLINED)
    restored = machine.restore()
    wake(restored)
    assert ticket.stage is Stage.DECLINED
    assert restored.request().stage is Stage.DECLINED


def test_a_grant_that_was_only_reserved_is_posted_once(machine: Machine, world: World) -> None:
    ticket = ask(world, "s1", JONA)
    world.staff_move(ticket, Stage.APPROVED, "4")
    machine.back_up()
    world.later(RULES.delay)
    assert ticket.stage is Stage.CREDITED
    restored = machine.restore()
    restored.run("grants")
    wake(restored)
    grant_ = restored.grant()
    assert grant_ is not None
    assert grant_.state is GrantState.POSTED
    assert ticket.stage is Stage.CREDITED
    assert restored.account.balance(JONA["client"]) == 4
    assert not ticket.notes


def test_while_the_platform_is_away_nobody_is_told_that_nothing_was_added(
    machine: Machine, world: World
) -> None:
    machine.back_up()
    ticket = ask(world, "s1", JONA)
    grant(world, ticket)
    restored = machine.restore()
    for _ in range(5):
        restored.account.fail_next = Unavailable("fake platform", "find a grant", "503")
        restored.run()
        restored.store.write(lambda r: r.work.ask(Kind.SWEEP_TICKETS, [WHOLE], restored.now))
        restored.now += 1
    assert (ticket.stage, ticket.notes) == (Stage.CREDITED, [])
    restored.account.fail_next = None
    wake(restored)
    assert (ticket.stage, ticket.notes) == (Stage.CREDITED, [])
    assert restored.request().stage is Stage.CREDITED


def test_a_ticket_moved_to_credited_by_hand_is_told_of_once_the_platform_was_asked(
    machine: Machine, world: World
) -> None:
    machine.back_up()
    ticket = ask(world, "s1", JONA)
    world.desk.staff_move(ticket.ticket_id, Stage.CREDITED)
    restored = machine.restore()
    wake(restored)
    assert ticket.stage is Stage.NEEDS_ATTENTION
    assert ticket.notes == [note_for(Attention.RESTORED_CREDITED, 20)]


def test_a_reopened_request_finds_its_new_ticket(machine: Machine, world: World) -> None:
    ticket = ask(world, "s1", JONA)
    machine.back_up()
    world.desk.staff_delete(ticket.ticket_id)
    world.desk.tickets["1900"] = FakeTicket(
        "1900", ticket.reference, Stage.APPROVED, "4", texts=dict(ticket.texts)
    )
    restored = machine.restore()
    wake(restored)
    assert restored.request().ticket_id == "1900"
    assert restored.account.balance(JONA["client"]) == 4
