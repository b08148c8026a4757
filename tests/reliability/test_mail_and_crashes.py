"""A mail that tells is told of once, wherever the process dies, and whatever the CRM does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.errors import Unavailable
from tests.reliability.stormy_world import Died, StormyWorld, Weather
from tests.world import JONA, MINUTE

FIELDS = {**JONA, "client": "jona.gudrun@heima.example.is"}
#: More than there are places to die in this story.
POINTS = 24


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StormyWorld]:
    world = StormyWorld(tmp_path, Weather())
    world.webhook(**FIELDS)
    world.run()
    yield world
    world.store.close()


def tell(world: StormyWorld) -> None:
    mail = world.inbox.staff_send("Um Jónu Guðrúnu", ticket_id=world.ticket().ticket_id)
    world.mail_event(mail.id)


def has_died(world: StormyWorld, point: int) -> bool:
    """The story of one mail, with a death at this point."""
    tell(world)
    world.weather.dies_in = point
    try:
        world.run()
    except Died:
        world.restart(skew=0)
        world.run()
        return True
    finally:
        world.weather.clear()
    return False


def times_told(world: StormyWorld) -> tuple[int, int]:
    return world.events().count("incident"), len(world.ticket().notes)


@pytest.mark.parametrize("point", range(POINTS))
def test_it_is_told_once_wherever_the_process_dies(world: StormyWorld, point: int) -> None:
    has_died(world, point)
    for _ in range(2):
        world.later(MINUTE)
        world.sweep()
    assert times_told(world) == (1, 1)


def test_there_are_no_more_points_than_that(world: StormyWorld) -> None:
    assert has_died(world, 0)
    assert not has_died(world, POINTS)


@pytest.mark.parametrize("failures", range(1, 5))
def test_it_is_told_once_however_often_the_inbox_fails(world: StormyWorld, failures: int) -> None:
    tell(world)
    for _ in range(failures):
        world.inbox.fail_next = Unavailable("inbox", "read a message", "503")
        world.run()
        world.pass_time(10 * MINUTE)
    world.run()
    assert times_told(world) == (1, 1)
