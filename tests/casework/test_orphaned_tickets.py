"""Tickets that nobody knows after a restore, and the check value by which they are known again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from casework.claim_ticket import CLOCKS_DIFFER
from casework.errors import CreditsDeskError
from casework.forget import forget
from casework.orphan_records import OrphanedTicket, is_check
from casework.reconcile import reconcile_tickets
from casework.records import Records
from casework.relink import drop_orphan
from casework.stages import Stage
from casework.tickets import TicketText
from casework.wording import Attention, note_for
from casework.work import Kind
from casework.worker import WHOLE
from tests.fakes.fake_desk import FakeTicket
from tests.restoring import BIRK, DAY, RUNA, Machine, ask, grant, orphans, wake
from tests.world import JONA, MINUTE, SIGGI, World


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.close()


@pytest.fixture
def world(machine: Machine) -> World:
    """Before the disaster."""
    return machine.world


def test_a_ticket_without_a_check_value_calls_a_person(machine: Machine, world: World) -> None:
    machine.back_up()
    old = ask(world, "s1", JONA)
    old.texts[TicketText.CHECK] = ""
    restored = machine.restore()
    wake(restored)
    (new,) = [t for t in restored.desk.tickets.values() if t.reference != old.reference]
    assert new.stage is Stage.NEEDS_ATTENTION
    assert new.notes == [note_for(Attention.RESTORED, 20)]
    assert orphans(restored) == [old.reference]
    assert restored.events().count("orphaned") == 1
    # What comes later cannot have an older ticket, and is not to be doubted for it.
    restored.now += CLOCKS_DIFFER
    later = ask(restored, "s2", SIGGI, hint=False)
    assert (later.stage, later.notes) == (Stage.NEW, [])
    restored.webhook(**BIRK)
    restored.submit("s3", **BIRK)
    wake(restored)
    assert len(restored.desk.tickets) == 4
    # Weeks later webhooks are believed at once again.
    restored.later(4 * DAY)
    restored.webhook(**RUNA)
    restored.run()
    assert len(restored.desk.tickets) == 5


def test_another_submission_takes_nobodys_ticket(machine: Machine, world: World) -> None:
    machine.back_up()
    ticket = ask(world, "s1", JONA)
    grant(world, ticket)
    world.submissions.rows.clear()
    restored = machine.restore()
    restored.submit("s2", **SIGGI)
    wake(restored)
    assert orphans(restored) == [ticket.reference]
    # The same fields, but a month later: a request of its own.
    restored.now += 30 * DAY
    later = ask(restored, "s3", JONA, hint=False)
    grant(restored, later, "2")
    assert restored.account.balance(JONA["client"]) == 6


def test_orphaned_tickets_are_listed_until_somebody_drops_them(
    machine: Machine, world: World
) -> None:
    machine.back_up()
    ticket, gone = ask(world, "s1", JONA), ask(world, "s2", SIGGI)
    world.submissions.rows.clear()
    restored = machine.restore()
    wake(restored)
    report = reconcile_tickets(restored.now, store=restored.store)
    assert [(one.what, one.reference) for one in report.findings] == [
        ("unknown_ticket", ticket.reference),
        ("unknown_ticket", gone.reference),
    ]
    restored.desk.staff_delete(gone.ticket_id)
    restored.now += MINUTE
    restored.steps[Kind.RELINK_TICKETS]([WHOLE], restored.now)
    assert orphans(restored) == [ticket.reference]
    restored.store.write(lambda r: drop_orphan(r, ticket.reference, "ops", restored.now))
    assert not reconcile_tickets(restored.now, store=restored.store).findings
    with pytest.raises(CreditsDeskError, match="no orphaned ticket"):
        restored.store.write(lambda r: drop_orphan(r, ticket.reference, "ops", restored.now))


def test_what_staff_typed_as_a_reference_is_no_orphan(machine: Machine, world: World) -> None:
    machine.back_up()
    for number, typed in enumerate(["see Anna", "CR-00000-000001", ""], start=1):
        world.desk.tickets[str(number)] = FakeTicket(str(number), typed, Stage.NEW)
    restored = machine.restore()
    restored.run()
    assert not orphans(restored)


def test_an_organisation_that_had_to_be_withheld_stays_so(machine: Machine, world: World) -> None:
    machine.back_up()
    ticket = ask(world, "s1", JONA)
    ticket.texts[TicketText.ORGANISATION] = "(withheld)"
    restored = machine.restore()
    wake(restored)
    assert restored.request(ticket.reference).organisation == "(withheld)"
    assert ticket.organisation == "(withheld)"


# --- the check value ----------------------------------------------------------------------------


def check_of(ticket: FakeTicket) -> str:
    return ticket.texts[TicketText.CHECK]


def test_a_check_value_ties_nothing_to_anything(world: World) -> None:
    first, second = ask(world, "s1", JONA), ask(world, "s2", JONA, hint=False)
    assert is_check(check_of(first))
    assert check_of(first) != check_of(second)
    fields = world.store.read(
        lambda tables: {
            row["fields_digest"]
            for row in tables.requests._connection.rows("SELECT fields_digest FROM requests")
        }
    )
    assert len(fields) == 1
    assert not fields & {check_of(first), check_of(second)}


def test_the_check_value_follows_the_contents(machine: Machine, world: World) -> None:
    """A webhook carried the next submission's values; the list puts that right."""
    world.webhook(**SIGGI)
    world.run()
    ticket = world.ticket()
    wrong = check_of(ticket)
    world.submit("s1", **{**SIGGI, "client": "sigga@example.is"})
    machine.back_up()
    world.read_list()
    assert check_of(ticket) not in ("", wrong)
    assert world.request().shown_check == check_of(ticket)
    assert not ticket.notes


def test_a_check_value_goes_with_the_person(machine: Machine, world: World) -> None:
    machine.back_up()
    ticket = ask(world, "s1", JONA)
    forget(
        JONA["client"],
        by="DPO",
        reason="asked",
        now=world.now,
        store=world.store,
        sealer=world.sealer,
    )
    world.run()
    assert check_of(ticket) == ""
    # A restore cannot know, and takes nothing for theirs.
    restored = machine.restore()
    wake(restored)
    assert orphans(restored) == [ticket.reference]


def test_a_check_value_from_before_is_nobodys_name(world: World) -> None:
    ticket = ask(world, "s1", JONA)
    ticket.texts[TicketText.CHECK] = "eda0anna1" + "0" * 23
    world.sweep()
    assert not ticket.notes
    ticket.texts[TicketText.CHECK] = "Anna Jónsdóttir"
    world.sweep()
    assert ticket.notes == [note_for(Attention.IDENTITY_TYPED, 20)]
    assert is_check(check_of(ticket))


def test_orphans_are_claimed_oldest_first(world: World) -> None:
    orphan = OrphanedTicket("CR-1", "1000", "", False, 1)
    found = [replace(orphan, reference=f"CR-{id_}", ticket_id=id_) for id_ in ("1000", "999")]

    def keep(records: Records) -> None:
        for one in found:
            records.orphans.keep(one)

    world.store.write(keep)
    assert orphans(world) == ["CR-999", "CR-1000"]
