"""What the CRM's own form leaves behind, and contacts that have no business on a ticket."""

from collections.abc import Mapping, Sequence

import pytest

from casework.errors import Unavailable
from casework.languages import Language
from casework.organisations import Company
from casework.residue_records import Leftover
from casework.stages import Stage
from casework.wording import Attention
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


@pytest.fixture
def unknown(world: World) -> World:
    """A request of which no company is certain; staff choose from 71, large, and 72, small."""
    world.companies.all = [
        Company("71", "Marel", frozenset({"marel.is"}), members=500, country="Iceland"),
        Company("72", "Origo", frozenset({"origo.is"}), members=3),
    ]
    world.submit("one", **{**JONA, "org": "Something Not Known"})
    world.sweep()
    assert world.request().company_id is None
    return world


def choose(world: World, *companies: str) -> None:
    world.desk.tied_by_staff[world.ticket().ticket_id] = list(companies)


def with_approver(world: World, company: str) -> bool:
    """Whether an approver of this company stays on the ticket."""
    ticket_id = world.ticket().ticket_id
    approver = world.contacts.add("hr@marel.is", approver=True, company=company)
    world.contacts.tie(ticket_id, approver)
    world.sweep()
    return world.contacts.on_tickets[ticket_id] == [approver.contact_id]


def test_an_approver_stays_where_staff_have_chosen_the_company(unknown: World) -> None:
    choose(unknown, "71")
    assert with_approver(unknown, "71")
    assert unknown.request().company_id == "71"
    assert unknown.request().letter.language is Language.IS


def test_an_approver_of_another_company_than_the_chosen_one_goes(unknown: World) -> None:
    choose(unknown, "71")
    assert not with_approver(unknown, "72")


def test_where_staff_have_tied_two_companies_none_is_chosen(unknown: World) -> None:
    choose(unknown, "71", "72")
    assert not with_approver(unknown, "71")
    assert unknown.request().company_id is None


def test_a_company_we_have_not_read_yet_is_adopted_once_we_have(unknown: World) -> None:
    choose(unknown, "99")
    assert with_approver(unknown, "99")
    assert unknown.request().company_id is None
    unknown.companies.all.append(Company("99", "Else", frozenset(), members=500))
    unknown.sweep()
    unknown.sweep()
    assert unknown.request().company_id == "99"


def test_a_small_company_that_staff_chose_is_shielded_as_any(unknown: World) -> None:
    choose(unknown, "72")
    unknown.sweep()
    assert unknown.request().attention == Attention.SMALL_GROUP
    assert unknown.ticket().stage is Stage.NEEDS_ATTENTION
    unknown.sweep()
    assert len(unknown.ticket().notes) == 1


def test_what_we_tied_before_a_correction_is_not_what_staff_have_chosen(at_marel: World) -> None:
    reference = at_marel.reference()
    at_marel.store.write(lambda r: r.requests.set_organisation(reference, "Something Not Known"))
    at_marel.store.write(lambda r: r.requests.forget_match(reference))
    at_marel.sweep()
    at_marel.sweep()
    assert at_marel.request().matched
    assert at_marel.request().company_id is None


def test_a_merged_tickets_id_does_not_take_off_the_survivors_approver(at_marel: World) -> None:
    gone = at_marel.ticket()
    at_marel.companies.all.append(Company("72", "Origo", frozenset(), members=500))
    at_marel.submit("two", **SIGGI)
    at_marel.sweep()
    kept = next(one for one in at_marel.desk.tickets.values() if one is not gone)
    at_marel.desk.staff_merge(gone.ticket_id, into=kept.ticket_id)
    at_marel.sweep()
    # HubSpot answers for the merged ticket's id with what is tied to the survivor.
    at_marel.contacts.tie(gone.ticket_id, at_marel.contacts.add("hr@o.is", approver=True))
    at_marel.sweep()
    assert len(at_marel.contacts.on_tickets[gone.ticket_id]) == 1


def test_a_sweep_asks_for_all_tickets_at_once(world: World) -> None:
    for number in range(5):
        world.submit(f"sub-{number}", **{**JONA, "client": f"client{number}@example.is"})
    world.sweep()
    asked: list[int] = []
    find = world.contacts.find_on_tickets

    def count(ticket_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        asked.append(len(ticket_ids))
        return find(ticket_ids)

    world.contacts.find_on_tickets = count  # type: ignore[method-assign]
    world.sweep()
    assert asked == [5]


def test_tickets_that_go_wrong_keep_no_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.guard_contacts.AT_ONCE", 1)
    world.submit("one", **JONA)
    world.submit("two", **SIGGI)
    world.sweep()
    for ticket_id in world.desk.tickets:
        world.contacts.tie(ticket_id, world.contacts.add(f"{ticket_id}@clinic.is"))
    world.contacts.fail_next = Unavailable("fake", "find on tickets", "503")
    world.sweep()
    left = [len(ids) for ids in world.contacts.on_tickets.values()]
    assert sorted(left) == [0, 1]
    world.later(MINUTE)
    assert not any(world.contacts.on_tickets.values())
