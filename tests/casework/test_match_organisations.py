"""The guard in action: sure is tied by id, unsure is held, and nothing waits for it."""

import pytest

from casework.errors import Unavailable
from casework.organisations import Company
from casework.stages import Stage
from casework.typed_organisation import WITHHELD
from tests.world import JONA, MINUTE, World

MAREL = Company("71", "Marel hf.", frozenset({"marel.is"}))
ORIGO = Company("72", "Origo hf.", frozenset({"origo.is"}))


@pytest.fixture
def world(world: World) -> World:
    world.companies.all = [MAREL, ORIGO]
    world.sweep()
    return world


def ask(world: World, organisation: str, client: str = "jona@gmail.com") -> None:
    fields = {**JONA, "org": organisation, "client": client}
    world.webhook(**fields)
    world.submit("s1", **fields)
    world.run()


def test_a_sure_match_is_tied_to_the_ticket_by_id(world: World) -> None:
    ask(world, "marel")
    assert world.desk.companies == {world.ticket().ticket_id: "71"}
    assert world.ticket().stage is Stage.NEW
    assert not world.ticket().notes


def test_an_unsure_one_is_held_with_candidates(world: World) -> None:
    ask(world, "Mareel")
    assert not world.desk.companies
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    (note,) = world.ticket().notes
    assert "Marel hf. (record 71)" in note
    assert "gmail" not in note


def test_a_contradiction_is_held_and_does_not_say_where_it_points(world: World) -> None:
    ask(world, "Marel", client="jona@origo.is")
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    (note,) = world.ticket().notes
    assert "origo" not in note.lower()
    assert "origo" not in world.ticket().status_line.lower()


def test_an_unknown_one_is_left_to_staff(world: World) -> None:
    ask(world, "Somebody Else")
    assert not world.desk.companies
    assert world.ticket().stage is Stage.NEW


def test_a_hold_does_not_undo_what_staff_decided_meanwhile(world: World) -> None:
    fields = {**JONA, "org": "Mareel"}
    world.webhook(**fields)
    world.submit("s1", **fields)
    find_all = world.desk.open_tickets
    world.run("intake")

    def open_and_approve(drafts):  # type: ignore[no-untyped-def]
        answers = find_all(drafts)
        for ticket in world.desk.tickets.values():
            world.desk.staff_move(ticket.ticket_id, Stage.APPROVED, "3")
        return answers

    world.desk.open_tickets = open_and_approve  # type: ignore[method-assign]
    world.run()
    assert world.ticket().stage is Stage.APPROVED
    world.sweep()
    world.later(5 * MINUTE)
    assert world.account.balance("jona@example.is") == 3


def test_staff_decide_by_moving_it_on(world: World) -> None:
    ask(world, "Mareel")
    world.staff_move(world.ticket(), Stage.ASKED)
    world.later(60 * MINUTE)
    assert world.ticket().stage is Stage.ASKED
    assert "Needs attention" not in world.ticket().status_line


def test_requests_flow_while_the_companies_cannot_be_read_and_are_matched_later(
    world: World,
) -> None:
    world.companies.fault = Unavailable("fake desk", "list companies", "403")
    world.store.write(lambda tables: tables.marks.set("companies_read_at", 0))
    world.later(7 * 60 * MINUTE)
    world.companies.fault = None
    world.companies.all = [Company("99", "Kaffi ehf.", frozenset())]
    ask(world, "Kaffi")
    assert world.ticket().stage is Stage.NEW
    assert not world.desk.companies


def test_what_was_opened_before_the_first_reading_is_matched_after_it(world: World) -> None:
    world.companies.all = []
    ask(world, "Kaffi")
    world.store.write(lambda tables: tables.requests.forget_match(world.reference()))
    world.companies.all = [Company("99", "Kaffi ehf.", frozenset())]
    world.later(MINUTE)
    world.sweep()
    assert world.desk.companies == {world.ticket().ticket_id: "99"}


def test_a_company_that_is_gone_is_forgotten(world: World) -> None:
    world.companies.all = [ORIGO]
    world.later(MINUTE)
    world.sweep()
    ask(world, "Marel")
    assert not world.desk.companies


def test_a_name_that_is_not_proved_is_tied_to_nobody(world: World) -> None:
    world.webhook(**{**JONA, "org": "Origo", "client": "x@gmail.com"})
    world.run()
    assert not world.desk.companies
    world.submit("s1", **{**JONA, "org": "Marel", "client": "jona@gmail.com"})
    world.read_list()
    assert world.desk.companies == {world.ticket().ticket_id: "71"}


KARA = {**JONA, "client": "kara.jons@example.is", "org": "Kara Connect ehf."}


def test_a_gap_in_a_firms_name_does_not_tell_the_client(world: World) -> None:
    """Whoever knows the firm knows what is missing in it."""
    world.webhook(**KARA)
    world.run()
    assert world.ticket().organisation == WITHHELD
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert world.request().company_id is None


def test_a_firm_that_the_crm_knows_is_called_by_its_name(world: World) -> None:
    world.companies.all = [Company("9", "Kara Connect", frozenset(), members=500)]
    world.sweep()
    world.submit("one", **KARA)
    world.read_list()
    world.run()
    assert world.ticket().organisation == "Kara Connect ehf."
    assert world.request().company_id == "9"
