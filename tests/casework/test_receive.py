"""A submission becomes exactly one request, whichever way it is told, however often."""

import pytest

from casework.request import Details, is_reference
from casework.stages import Stage
from casework.work import Kind
from tests.world import JONA, MINUTE, RESIDUE_DELAY, SIGGI, World


def clients(world: World) -> list[str]:
    """Whose requests there are."""
    references = [ticket.reference for ticket in world.desk.tickets.values()]
    return sorted(
        world.store.read(
            lambda records: [records.requests.get_details(ref).client_email for ref in references]
        )
    )


def test_a_webhook_becomes_one_unconfirmed_request_with_an_anonymous_ticket(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    ticket = world.ticket()
    assert is_reference(ticket.reference)
    assert ticket.organisation == "Marel hf."
    assert ticket.stage is Stage.NEW
    assert not world.request().confirmed
    shown = " ".join([ticket.subject, ticket.content, ticket.status_line, ticket.organisation])
    assert not any(secret in shown for secret in ("jona", "anna", "Kvíði"))


def test_the_list_confirms_what_a_webhook_brought(world: World) -> None:
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    assert world.request().confirmed
    assert len(world.desk.tickets) == 1


def test_the_list_brings_what_no_webhook_did(world: World) -> None:
    world.submit("s1", **JONA)
    world.read_list()
    assert world.request().confirmed
    assert clients(world) == ["jona@example.is"]


def test_a_webhook_after_the_list_makes_nothing_new(world: World) -> None:
    world.submit("s1", **JONA)
    world.read_list()
    world.later(MINUTE)
    world.webhook(**JONA)
    world.run()
    assert len(world.desk.tickets) == 1


def test_the_same_webhook_many_times_is_one_request(world: World) -> None:
    for minutes in range(5):
        world.now += minutes * MINUTE
        world.webhook(**JONA)
        world.webhook(**{**JONA, "client": "JONA@example.is "})
        world.run()
    assert len(world.desk.tickets) == 1


def test_the_same_values_submitted_twice_are_two_requests(world: World) -> None:
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.now += 10_000
    world.webhook(**JONA)
    world.submit("s2", **JONA)
    world.run()
    assert clients(world) == ["jona@example.is", "jona@example.is"]
    world.later(MINUTE)
    assert len(world.desk.tickets) == 2


def test_two_submissions_whose_webhooks_both_carry_the_second_client(world: World) -> None:
    world.webhook(**SIGGI, marker="1")
    world.webhook(**SIGGI, marker="2")
    world.submit("s1", **JONA)
    world.now += 500
    world.submit("s2", **SIGGI)
    world.run()
    assert clients(world) == ["jona@example.is", "siggi@example.is"]


def test_a_webhook_with_values_of_no_submission_is_put_right(world: World) -> None:
    world.webhook(**{**JONA, "org": "MAREL"})
    world.run("intake")
    world.submit("s1", **JONA)
    world.read_list()
    assert world.request().confirmed
    assert world.ticket().organisation == "Marel hf."
    assert "Marel hf." in world.ticket().content
    assert clients(world) == ["jona@example.is"]


def test_a_request_goes_to_its_own_submission_before_another_may_have_it(world: World) -> None:
    world.submit("s1", **JONA)
    world.now += 1_000
    world.webhook(**SIGGI)
    world.run("intake")
    (siggis,) = world.store.read(lambda r: r.work.find_due([Kind.OPEN_TICKETS], world.now, 9))
    world.submit("s2", **SIGGI)
    world.read_list()
    details = world.store.read(lambda records: records.requests.get_details(siggis.key))
    assert details.client_email == "siggi@example.is"
    assert clients(world) == ["jona@example.is", "siggi@example.is"]


def test_a_ticket_that_staff_work_on_is_not_given_to_another_submission(world: World) -> None:
    world.webhook(**SIGGI)
    world.run()
    world.staff_move(world.ticket(), Stage.ASKED)
    world.submit("s1", **JONA)
    world.read_list()
    assert clients(world) == ["jona@example.is", "siggi@example.is"]


def test_an_id_told_by_a_webhook_is_the_same_request(world: World) -> None:
    world.webhook(**SIGGI, id="s1")
    world.run()
    world.submit("s1", **JONA)
    world.read_list()
    assert clients(world) == ["jona@example.is"]


def test_submissions_from_before_the_first_start_are_left_alone(world: World) -> None:
    world.now -= 24 * 60 * MINUTE
    world.submit("old", **SIGGI)
    world.now += 24 * 60 * MINUTE
    world.submit("s1", **JONA)
    world.read_list()
    assert clients(world) == ["jona@example.is"]


def test_a_long_outage_is_read_page_by_page(world: World) -> None:
    for number in range(130):
        world.now += 1_000
        world.submit(f"s{number}", **{**JONA, "client": f"c{number}@example.is"})
    world.read_list()
    assert len(world.desk.tickets) == 130
    opened = [call for call in world.desk.calls if call == "open_tickets"]
    assert len(opened) == 2


def test_an_unreadable_delivery_is_parked_and_harms_no_other(world: World) -> None:
    world.webhook(org="Marel hf.")
    world.webhook(**JONA)
    world.run()
    assert len(world.desk.tickets) == 1
    outcomes = world.store.read(lambda records: records.deliveries.count_by_outcome(0))
    assert outcomes == {"parked": 1, "read": 1}


def test_a_listed_submission_without_an_address_still_reaches_staff(world: World) -> None:
    world.submit("s1", **{**JONA, "client": "jona at example"})
    world.read_list()
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert len(world.ticket().notes) == 1
    assert world.request().stage is Stage.NEEDS_ATTENTION


def test_an_address_typed_as_organisation_never_reaches_the_ticket(world: World) -> None:
    world.webhook(**{**JONA, "org": "Marel (Jona, JONA@example.is)"})
    world.run()
    ticket = world.ticket()
    assert ticket.organisation == "Marel ([…], […])"
    assert "jona" not in str(vars(ticket)).lower()


def test_an_organisation_of_which_nothing_is_left_needs_attention(world: World) -> None:
    world.webhook(**{**JONA, "org": "jona@example.is"})
    world.run()
    assert world.ticket().stage is Stage.NEEDS_ATTENTION


def test_a_form_read_before_an_interruption_is_not_read_again(world: World) -> None:
    world.webhook(**JONA)
    (item,) = world.store.read(lambda r: r.work.find_due([Kind.RECEIVE], world.now, 9))
    assert world.steps[Kind.RECEIVE]([item.key], world.now) == {}
    # Killed here, before the work was ticked off: it is done again by whoever comes next.
    world.run()
    assert len(world.desk.tickets) == 1
    assert not world.parked()
    outcomes = world.store.read(lambda records: records.deliveries.count_by_outcome(0))
    assert outcomes == {"read": 1}


def test_a_form_that_could_not_be_read_keeps_its_body_until_it_can(world: World) -> None:
    world.webhook(org="Marel hf.")
    world.run()
    (parked,) = world.parked()
    world.store.write(lambda records: records.work.ask(Kind.RECEIVE, [parked.key], world.now))
    world.run()
    assert [work.key for work in world.parked()] == [parked.key]
    (kept,) = world.store.read(lambda records: records.deliveries.find([int(parked.key)]))
    assert kept.sealed_body


@pytest.mark.parametrize(("length", "complete"), [(254, True), (255, False)])
def test_an_address_too_long_for_any_mail_is_none(length: int, complete: bool) -> None:
    address = "a" * (length - len("@example.is")) + "@example.is"
    assert Details(address, "anna@clinic.is", "").complete is complete
    assert Details("jona@example.is", address, "").complete is complete


def test_what_a_doubtful_submission_left_in_the_crm_is_swept_as_well(world: World) -> None:
    """The list shows less than the webhook did."""
    world.webhook(**JONA)
    world.run()
    world.submit("one", **{**JONA, "client": ""})
    world.read_list()
    assert world.request().attention == "incomplete"
    world.later(RESIDUE_DELAY)
    assert "residue_swept" in world.events()
