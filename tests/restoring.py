"""A service on one machine, its backup, and the other machine on which that is restored."""

import sqlite3
from contextlib import closing
from pathlib import Path

from casework.relink import begin_relinking
from casework.stages import Stage
from tests.fakes.fake_desk import FakeTicket
from tests.world import MINUTE, RULES, World

HOUR, DAY = 60 * MINUTE, 86_400_000
RUNA = {"client": "runa@example.is", "org": "Marel hf.", "pro": "anna@clinic.is", "why": ""}
BIRK = {"client": "birk@example.is", "org": "Origo", "pro": "ella@clinic.is", "why": ""}


class Machine:
    """The service on one machine, its backup, and the other machine on which that is restored."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.world = World(folder)
        self._opened = [self.world]

    def back_up(self) -> None:
        """What `VACUUM INTO` or a backup of the file would keep."""
        with (
            closing(sqlite3.connect(self._folder / "desk.db")) as live,
            closing(sqlite3.connect(self._folder / "backup.db")) as kept,
        ):
            live.backup(kept)

    def restore(self, folder: str = "elsewhere") -> World:
        """The backup in another folder; nobody works on it yet."""
        other = self._folder / folder
        other.mkdir()
        (other / "desk.db").write_bytes((self._folder / "backup.db").read_bytes())
        world = World(other, before=self.world)
        self._opened.append(world)
        world.store.write(lambda records: begin_relinking(records, world.now))
        return world

    def close(self) -> None:
        for world in self._opened:
            world.store.close()


def ask(
    world: World, conversion_id: str, fields: dict[str, str], *, hint: bool = True
) -> FakeTicket:
    """A professional fills in the form; returns the ticket that it became."""
    before = set(world.desk.tickets)
    if hint:
        world.webhook(**fields)
    world.submit(conversion_id, **fields)
    world.run()
    world.read_list()
    (new,) = set(world.desk.tickets) - before
    world.now += MINUTE
    return world.desk.tickets[new]


def grant(world: World, ticket: FakeTicket, credits: str = "4") -> None:
    world.staff_move(ticket, Stage.APPROVED, credits)
    world.later(RULES.delay)
    assert ticket.stage is Stage.CREDITED


def wake(world: World) -> None:
    """All that a service does in its first hour."""
    world.run()
    world.sweep()
    for _ in range(6):
        world.later(10 * MINUTE)
        world.sweep()


def references(world: World) -> list[str]:
    return sorted(ticket.reference for ticket in world.desk.tickets.values())


def orphans(world: World) -> list[str]:
    found = world.store.read(lambda records: records.orphans.find_all())
    return [orphan.reference for orphan in found]


def stand_alone(world: World) -> None:
    """Every ticket has its request, and every request its ticket."""
    found = world.store.read(lambda records: records.requests.find(references(world)))
    assert {r.reference: r.ticket_id for r in found.values()} == {
        ticket.reference: ticket.ticket_id for ticket in world.desk.tickets.values()
    }
    assert world.store.read(lambda records: records.requests.count())["all"] == len(found)
    assert not world.parked()
