"""A request that a standing rule decides ends the same wherever the process dies on the way."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.organisations import Company
from casework.stages import Stage
from casework.standing_rules import StandingRule, Terms
from tests.reliability.stormy_world import Died, StormyWorld, Weather
from tests.world import JONA, MINUTE, RULES

#: More points than the story has, which a test makes sure of.
POINTS = 130
FIELDS = {**JONA, "org": "Marel"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StormyWorld]:
    world = StormyWorld(tmp_path, Weather())
    world.companies.all.append(Company("71", "Marel hf.", frozenset(), members=3))
    world.sweep()
    rule = StandingRule("71", Terms(4, 3, 3), world.now, world.now, world.now)
    world.store.write(lambda records: records.standing_rules.set(rule))
    yield world
    world.store.close()


def survive(world: StormyWorld, act: Callable[[], None]) -> bool:
    """Do it; after a death another process carries on. Returns whether the process died."""
    try:
        act()
    except Died:
        world.restart(skew=0)
        world.run()
        return True
    return False


def has_died(world: StormyWorld, point: int) -> bool:
    """The story of one request, with a death at this point, and the end of it checked."""
    world.webhook(**FIELDS)
    world.submit("s1", **FIELDS)
    world.weather.dies_in = point
    died = survive(world, world.run)
    died |= survive(world, lambda: world.later(RULES.delay))
    world.weather.clear()
    for _ in range(3):
        world.later(RULES.delay)
        world.sweep()
    return died


@pytest.mark.parametrize("point", range(POINTS))
def test_the_end_is_the_same_wherever_the_process_dies(world: StormyWorld, point: int) -> None:
    has_died(world, point)
    ticket = world.ticket()
    assert (ticket.stage, ticket.credits_to_grant) == (Stage.CREDITED, "3")
    assert [receipt.credits for _, receipt in world.account.grants.values()] == [3]
    assert not ticket.notes
    assert world.events().count("approved_by_rule") == 1
    assert world.store.read(lambda r: r.standing_rules.find_added("71"))[0].credits == 3


def test_there_are_no_more_points_than_that(world: StormyWorld) -> None:
    assert not has_died(world, POINTS)


@pytest.mark.parametrize("points", range(11))
def test_what_staff_drag_away_after_a_death_stays_there(world: StormyWorld, points: int) -> None:
    """The process dies so many points after it has put the card at Approved."""
    world.webhook(**FIELDS)
    world.submit("s1", **FIELDS)
    desk = world.desk._real  # type: ignore[attr-defined]
    change = desk.change_tickets

    def change_and_soon_die(changes):  # type: ignore[no-untyped-def]
        errors = change(changes)
        world.weather.dies_in = points
        return errors

    desk.change_tickets = change_and_soon_die
    with pytest.raises(Died):
        world.run()
    desk.change_tickets = change
    ticket = world.ticket()
    assert ticket.stage is Stage.APPROVED
    world.desk.staff_move(ticket.ticket_id, Stage.DECLINED)
    world.restart(skew=0)
    world.run()
    for _ in range(3):
        world.later(RULES.delay)
        world.sweep()
    assert world.ticket().stage is Stage.DECLINED
    assert not world.account.grants


@pytest.mark.parametrize("mode", ["lost", "unavailable", "refused"])
@pytest.mark.parametrize("before", range(8))
def test_the_end_is_the_same_whatever_the_crm_does_to_a_call(
    world: StormyWorld, mode: str, before: int
) -> None:
    world.webhook(**FIELDS)
    world.submit("s1", **FIELDS)
    world.weather.faults["desk"] = [*[""] * before, mode]
    for _ in range(6):
        world.run()
        world.later(10 * MINUTE)
    ticket = world.ticket()
    assert (ticket.stage, ticket.credits_to_grant) == (Stage.CREDITED, "3")
    assert [receipt.credits for _, receipt in world.account.grants.values()] == [3]
