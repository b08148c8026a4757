"""Where members are few, nobody is asked about one of them."""

import re

import pytest

from casework.organisations import Company
from casework.small_groups import may_ask_about_one, may_show_reason
from casework.stages import Stage
from casework.wording import Attention, note_for, status_for
from tests.world import JONA, MINUTE, World

LIMIT = 5


@pytest.mark.parametrize(
    ("members", "asked", "reason"),
    [
        (None, True, False),
        (0, False, False),
        (1, False, False),
        (2, False, False),
        (3, False, False),
        (4, False, False),
        (5, True, True),
        (6, True, True),
    ],
)
def test_what_may_be_said_to_an_organisation_of_so_many(
    world: World, members: int | None, asked: bool, reason: bool
) -> None:
    assert may_ask_about_one(members, LIMIT) is asked
    assert may_show_reason(members, LIMIT) is reason

    ask(world, members)
    ticket = world.ticket()
    assert ticket.stage is (Stage.NEW if asked else Stage.NEEDS_ATTENTION)
    assert len(ticket.notes) == (0 if asked else 1)
    assert world.desk.companies == {ticket.ticket_id: "71"}


def ask(world: World, members: int | None, **more: str) -> None:
    """A confirmed request of somebody at a company with so many members."""
    world.companies.all = [Company("71", "Marel hf.", frozenset(), members)]
    world.sweep()
    fields = {**JONA, "org": "Marel", "client": "jona@gmail.com", **more}
    world.webhook(**fields)
    world.submit("s1", **fields)
    world.run()


def test_the_note_spells_out_what_staff_can_do_and_no_number(world: World) -> None:
    ask(world, 3)
    (note,) = world.ticket().notes
    assert note == note_for(Attention.SMALL_GROUP, 20)
    for choice in ("standing rule", "several requests", "the client, through the", "another pot"):
        assert choice in note
    assert not re.search(r"\d", note + world.ticket().status_line)
    assert world.ticket().status_line == status_for(Attention.SMALL_GROUP)


@pytest.mark.parametrize("members", [0, 1, 4])
def test_nothing_on_the_ticket_tells_how_small_it_is(world: World, members: int) -> None:
    ask(world, members)
    ticket = world.ticket()
    shown = [ticket.status_line, *ticket.notes]
    assert shown == [status_for(Attention.SMALL_GROUP), note_for(Attention.SMALL_GROUP, 20)]


def test_staff_decide_by_moving_it_on(world: World) -> None:
    ask(world, 3)
    world.staff_move(world.ticket(), Stage.ASKED)
    world.later(60 * MINUTE)
    assert world.ticket().stage is Stage.ASKED
    assert "Needs attention" not in world.ticket().status_line
    world.staff_move(world.ticket(), Stage.APPROVED, "3")
    world.later(5 * MINUTE)
    assert world.account.balance("jona@gmail.com") == 3


def test_what_staff_have_moved_on_meanwhile_stays_and_gets_the_note(world: World) -> None:
    world.companies.all = [Company("71", "Marel hf.", frozenset(), 3)]
    world.sweep()
    world.webhook(**{**JONA, "org": "Marel"})
    world.run()
    world.staff_move(world.ticket(), Stage.ASKED)
    world.submit("s1", **{**JONA, "org": "Marel"})
    world.read_list()
    assert world.ticket().stage is Stage.ASKED
    assert world.ticket().notes == [note_for(Attention.SMALL_GROUP, 20)]


def test_staff_who_were_quicker_are_not_undone(world: World) -> None:
    world.companies.all = [Company("71", "Marel hf.", frozenset(), 3)]
    world.sweep()
    fields = {**JONA, "org": "Marel"}
    world.webhook(**fields)
    world.submit("s1", **fields)
    associate = world.desk.associate_companies

    def approve_meanwhile(companies):  # type: ignore[no-untyped-def]
        world.desk.staff_move(world.ticket().ticket_id, Stage.APPROVED, "3")
        return associate(companies)

    world.desk.associate_companies = approve_meanwhile  # type: ignore[method-assign]
    world.run()
    assert world.ticket().stage is Stage.APPROVED


def test_a_request_is_looked_at_by_the_number_that_was_read_last(world: World) -> None:
    world.companies.all = [Company("71", "Marel hf.", frozenset(), 3)]
    world.sweep()
    world.later(MINUTE)
    ask(world, 50)
    assert world.ticket().stage is Stage.NEW


def test_the_company_of_a_request_can_be_looked_up(world: World) -> None:
    world.companies.all = [Company("71", "Marel hf.", frozenset({"marel.is"}), 50, "is", "Iceland")]
    world.sweep()
    world.webhook(**{**JONA, "org": "Marel"})
    world.submit("s1", **{**JONA, "org": "Marel"})
    world.run()
    company_id = world.request().company_id
    assert company_id == "71"
    found = world.store.read(lambda records: records.companies.find([company_id, "99"]))
    assert found == {"71": world.companies.all[0]}


def test_a_company_whose_number_is_taken_away_is_not_known_again(world: World) -> None:
    for members in (3, None):
        world.later(MINUTE)
        world.companies.all = [Company("71", "Marel hf.", frozenset(), members)]
        world.sweep()
    (company,) = world.store.read(lambda records: records.companies.find_all())
    assert company.members is None
