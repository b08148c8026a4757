"""Every request gets one ticket, also when answers are lost and staff are quick."""

from collections.abc import Mapping, Sequence

from casework.errors import CreditsDeskError, Refused, Unavailable
from casework.records import Records
from casework.stages import Stage
from casework.tickets import TicketDraft
from casework.typed_organisation import WITHHELD
from casework.work import Kind
from casework.worker import WHOLE, run_round
from tests.fakes.fake_desk import FakeTicket
from tests.world import JONA, MINUTE, NOON, SIGGI, World


def test_a_lost_answer_neither_doubles_the_ticket_nor_undoes_what_staff_did(world: World) -> None:
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.desk.lose_answers = 1
    world.run()
    assert world.request().ticket_id is None
    world.desk.staff_move(world.ticket().ticket_id, Stage.ASKED)
    world.later(2_000)
    assert world.request().ticket_id == world.ticket().ticket_id
    assert world.ticket().stage is Stage.ASKED
    assert world.request().stage is Stage.ASKED


def test_a_ticket_found_after_a_lost_answer_is_put_right(world: World) -> None:
    world.webhook(**{**JONA, "org": "MAREL"})
    world.run("intake")
    world.desk.lose_answers = 1
    run_round(world.store, world.steps, [Kind.OPEN_TICKETS], lambda: world.now)
    world.submit("s1", **JONA)
    world.read_list()
    world.later(2_000)
    assert world.request().ticket_id
    assert world.ticket().organisation == "Marel hf."


def test_one_refused_row_does_not_hold_up_the_others(world: World) -> None:
    world.webhook(**JONA)
    world.webhook(**SIGGI)
    world.run("intake")
    refused = world.store.read(lambda r: r.work.find_due([Kind.OPEN_TICKETS], world.now, 1))[0].key
    world.desk.refuse.add(refused)
    world.run()
    assert len(world.desk.tickets) == 1
    assert [work.key for work in world.parked()] == [refused]


def test_a_batch_refused_whole_is_tried_row_by_row(world: World) -> None:
    world.webhook(**JONA)
    world.webhook(**SIGGI)
    world.run("intake")
    open_tickets = world.desk.open_tickets

    def refuse_two_together(drafts: Sequence[TicketDraft]) -> Mapping[str, str | CreditsDeskError]:
        if len(drafts) > 1:
            raise Refused("fake desk", "open tickets", "VALIDATION_ERROR")
        return open_tickets(drafts)

    world.desk.open_tickets = refuse_two_together  # type: ignore[method-assign]
    world.run()
    assert len(world.desk.tickets) == 2


def test_what_changes_while_the_ticket_is_being_opened_reaches_it(world: World) -> None:
    world.webhook(**{**JONA, "org": "MAREL"})
    world.run("intake")
    open_tickets = world.desk.open_tickets

    def confirm_meanwhile(drafts: Sequence[TicketDraft]) -> Mapping[str, str | CreditsDeskError]:
        answers = open_tickets(drafts)
        world.submit("s1", **JONA)
        world.steps[Kind.READ_SUBMISSIONS]([WHOLE], world.now)
        return answers

    world.desk.open_tickets = confirm_meanwhile  # type: ignore[method-assign]
    world.run("crm")
    assert world.ticket().organisation == "Marel hf."


def test_parked_work_goes_on_after_a_retry(world: World) -> None:
    world.webhook(**JONA)
    world.desk.fail_next = Refused("fake desk", "open tickets", "VALIDATION_ERROR")
    world.run()
    assert not world.desk.tickets
    (parked,) = world.parked()
    world.store.write(lambda records: records.work.ask(parked.kind, [parked.key], world.now))
    world.run()
    assert len(world.desk.tickets) == 1


def test_an_outage_is_waited_out(world: World) -> None:
    world.webhook(**JONA)
    for _ in range(6):
        world.desk.fail_next = Unavailable("fake desk", "open tickets", "503")
        world.later(MINUTE)
    assert not world.desk.tickets
    world.later(5 * MINUTE)
    assert len(world.desk.tickets) == 1


def test_an_outage_of_more_than_a_week_parks_the_work(world: World) -> None:
    world.webhook(**JONA)
    for _ in range(170):
        world.desk.fail_next = Unavailable("fake desk", "open tickets", "503")
        world.later(60 * MINUTE)
    assert [work.kind for work in world.parked()] == [Kind.OPEN_TICKETS]


def test_a_request_that_could_not_be_opened_is_tried_again_each_hour(world: World) -> None:
    world.webhook(**JONA)
    world.run("intake")
    world.store.write(_park_all)
    world.sweep()
    assert not world.desk.tickets
    world.now += 3_600_000
    world.sweep()
    assert world.ticket()


def _park_all(records: Records) -> None:
    for item in records.work.find_due([Kind.OPEN_TICKETS], NOON, 9):
        records.work.park(item, "stopped before it left", NOON)


def stopped(world: World) -> FakeTicket:
    """The ticket of an organisation that bears another client's name."""
    world.account.names[JONA["client"]] = "Jóna Zarbenex"
    world.submit("one", **JONA)
    world.read_list()
    world.submit("two", **{**SIGGI, "org": "Jóna Zarbenex"})
    world.read_list()
    (ticket,) = [t for t in world.desk.tickets.values() if t.organisation != JONA["org"]]
    return ticket


def test_an_organisation_that_names_somebody_is_withheld_and_the_ticket_opened(
    world: World,
) -> None:
    ticket = stopped(world)
    assert ticket.organisation == WITHHELD
    assert ticket.stage is Stage.NEEDS_ATTENTION
    assert any("nothing that may be shown" in note for note in ticket.notes)
    assert "organisation_withheld" in world.events()
    assert not world.parked()


def test_what_was_withheld_does_not_come_back_with_the_list(world: World) -> None:
    world.account.names[JONA["client"]] = "Jóna Zarbenex"
    world.webhook(**JONA)
    world.run()
    fields = {**SIGGI, "org": "Jóna Zarbenex"}
    world.webhook(**fields)
    world.run()
    world.submit("two", **fields)
    world.read_list()
    (ticket,) = [t for t in world.desk.tickets.values() if t.organisation != JONA["org"]]
    assert ticket.organisation == WITHHELD
    assert world.request(ticket.reference).confirmed
    assert not world.parked()
