"""What the CRM's own form leaves behind, and contacts that have no business on a ticket."""

import pytest

from casework.errors import Unavailable
from casework.organisations import Company
from casework.residue_records import Leftover
from tests.fakes.fake_contacts import FakeContact
from tests.world import JONA, MINUTE, RESIDUE_DELAY, SIGGI, World


def submitted(world: World, **fields: str) -> FakeContact:
    """A submission that the list shows, and what it wrote on the professional's contact."""
    contact = next(iter(world.contacts.contacts.values()), None) or world.contacts.add(
        fields["pro"].upper()
    )
    world.contacts.fill_in(contact, client=fields["client"], org=fields["org"], why=fields["why"])
    world.submit(f"sub-{len(world.submissions.rows)}", **fields)
    world.read_list()
    return contact


def leftovers(world: World) -> list[tuple[str, str]]:
    found = world.store.read(lambda records: records.residue.find([]))
    assert all(isinstance(one, Leftover) for one in found)
    return sorted((one.place.value, one.field) for one in found)


def test_what_the_form_left_is_blanked_once_the_workflow_has_had_its_time(world: World) -> None:
    contact = submitted(world, **JONA)
    world.later(RESIDUE_DELAY - 1)
    assert contact.values["client"] == JONA["client"]
    world.later(1)
    assert contact.values == {"client": "", "org": "", "why": ""}
    assert contact.email == JONA["pro"].upper()


def test_what_cannot_be_blanked_is_listed(world: World) -> None:
    submitted(world, **JONA)
    world.later(RESIDUE_DELAY)
    assert leftovers(world) == [
        ("history", "client"),
        ("history", "org"),
        ("history", "why"),
        ("submission", ""),
    ]
    assert "residue_swept" in world.events()


def test_a_later_submissions_values_stay_until_their_own_turn(world: World) -> None:
    contact = submitted(world, **JONA)
    world.now += MINUTE
    world.contacts.fill_in(contact, client=SIGGI["client"], org=SIGGI["org"], why="")
    world.later(RESIDUE_DELAY - MINUTE)
    assert contact.values["client"] == SIGGI["client"]
    assert ("property", "client") in leftovers(world)
    world.submit("second", **SIGGI)
    world.read_list()
    world.later(RESIDUE_DELAY)
    assert not any(contact.values.values())


def test_nothing_is_blanked_for_a_request_the_list_has_not_shown(world: World) -> None:
    contact = world.contacts.add(JONA["pro"])
    world.contacts.fill_in(contact, client=JONA["client"])
    world.webhook(**JONA)
    world.later(RESIDUE_DELAY)
    assert contact.values["client"] == JONA["client"]


def test_a_crm_that_is_away_is_asked_again(world: World) -> None:
    contact = submitted(world, **JONA)
    world.contacts.fail_next = Unavailable("fake", "read", "503")
    world.later(RESIDUE_DELAY)
    world.later(MINUTE)
    assert not contact.values["client"]


def test_a_professional_without_a_contact_leaves_only_the_submission(world: World) -> None:
    world.submit("one", **JONA)
    world.read_list()
    world.later(RESIDUE_DELAY)
    assert leftovers(world) == [("submission", "")]


@pytest.fixture
def at_marel(world: World) -> World:
    """A request that is matched to the company 71."""
    world.companies.all = [Company("71", "Marel", frozenset(), members=500)]
    world.submit("one", **JONA)
    world.sweep()
    assert world.request().company_id == "71"
    return world


def test_a_contact_that_appears_on_a_ticket_is_taken_off(at_marel: World) -> None:
    ticket = at_marel.ticket()
    at_marel.contacts.tie(ticket.ticket_id, at_marel.contacts.add("anna@clinic.is"))
    at_marel.sweep()
    assert at_marel.contacts.on_tickets[ticket.ticket_id] == []
    (note,) = ticket.notes
    assert "taken off" in note
    assert "contact_taken_off" in at_marel.events()


@pytest.mark.parametrize(
    ("approver", "company", "stays"),
    [(True, "71", True), (True, "72", False), (True, "", False), (False, "71", False)],
)
def test_only_an_approver_of_that_company_stays(
    at_marel: World, approver: bool, company: str, stays: bool
) -> None:
    contact = at_marel.contacts.add("hr@marel.is", approver=approver, company=company)
    ticket_id = at_marel.ticket().ticket_id
    at_marel.contacts.tie(ticket_id, contact)
    at_marel.sweep()
    assert (at_marel.contacts.on_tickets[ticket_id] == [contact.contact_id]) is stays


def test_where_no_company_is_certain_nobody_may_stay(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    ticket_id = world.ticket().ticket_id
    world.contacts.tie(ticket_id, world.contacts.add("hr@marel.is", approver=True, company="71"))
    world.sweep()
    assert world.contacts.on_tickets[ticket_id] == []
