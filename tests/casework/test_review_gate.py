"""Proofs of a review: what the gate stops without need, and what it lets through."""

from casework.backfill import backfill
from casework.organisations import Company
from casework.refresh_identifiers import refresh_identifiers
from casework.request import ReasonState
from casework.stages import Stage
from tests.world import JONA, SIGGI, World


def parked(world: World) -> list[str]:
    return sorted({str(work.kind) for work in world.parked()})


def test_a_stopped_ticket_is_opened_once_its_cause_is_gone(world: World) -> None:
    """Parked work is neither asked for again nor told to anybody but who reads `desk parked`."""
    world.webhook(**{**JONA, "client": "zarbenex@example.is", "org": "Origo"})
    world.run()
    world.webhook(**{**SIGGI, "org": "Zarbenex"})
    world.run()
    assert parked(world) == ["open_tickets"]
    (first,) = world.desk.tickets.values()
    world.store.write(lambda r: r.identifiers.erase([first.reference]))
    for _ in range(48):
        world.now += 3_600_000
        world.sweep()
    assert len(world.desk.tickets) == 2


def test_the_note_with_candidates_reaches_the_ticket_of_a_client_of_that_name(
    world: World,
) -> None:
    """Staff see "choose which company is meant" and never learn between which."""
    world.companies.all = [
        Company("7", "Jóna Transport", frozenset()),
        Company("8", "Jóns Transport", frozenset()),
    ]
    world.submit("one", **{**JONA, "org": "Jons Transports"})
    world.sweep()
    assert world.request().attention or world.request().candidates
    assert not parked(world)
    assert any("record 7" in note for note in world.ticket().notes)


def test_a_reopened_request_is_guarded_again(world: World) -> None:
    """What was closed for 30 days is dropped; staff open it again; nobody makes it anew."""
    world.submit("one", **JONA)
    world.sweep()
    world.staff_move(world.ticket(), Stage.DECLINED)
    world.later(31 * 86_400_000)
    world.store.write(lambda r: refresh_identifiers(r, world.now))
    world.staff_move(world.ticket(), Stage.NEW)
    world.sweep()
    assert world.request().stage is Stage.NEW
    assert world.gate.look([["jona@example.is"]])


def test_a_woken_request_of_the_backlog_is_guarded(world: World) -> None:
    world.now -= 40 * 86_400_000
    world.submit("old", **JONA)
    world.now += 40 * 86_400_000

    def run(*, open_tickets: bool) -> None:
        backfill(
            0,
            world.now,
            store=world.store,
            sealer=world.sealer,
            submissions=world.submissions,
            open_tickets=open_tickets,
            progress=lambda _: None,
        )

    run(open_tickets=False)
    world.store.write(lambda r: refresh_identifiers(r, world.now))  # a start of the service
    run(open_tickets=True)
    world.run()
    assert world.ticket()
    assert world.request().reason is ReasonState.NONE
    assert world.gate.look([["jona@example.is"]])
