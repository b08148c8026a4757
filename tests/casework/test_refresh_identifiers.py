"""The words by which people could be recognised are there again when they are needed again."""

from casework.backfill import backfill
from casework.egress import GUARD_CLOSED
from casework.identifier_records import KeyedIdentifier
from casework.identifiers import Scope, Whose
from casework.records import Records
from casework.refresh_identifiers import refresh_identifiers
from casework.request import ReasonState
from casework.stages import Stage
from casework.work import Kind
from tests.world import JONA, World


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


def test_what_is_needed_no_longer_goes_without_a_restart(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    world.staff_move(world.ticket(), Stage.DECLINED)
    reference = world.reference()
    digest = world.sealer.digest("identifier:jona@example.is")

    def is_kept() -> bool:
        return bool(world.store.read(lambda r: r.identifiers.find_holders([digest], 0)))

    world.now += GUARD_CLOSED - 1
    world.sweep()
    assert is_kept()
    world.now += 2
    world.sweep()
    assert not is_kept()
    assert world.request(reference).stage is Stage.DECLINED


def test_what_other_rules_have_made_is_made_anew_while_running(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    made_before = [KeyedIdentifier("d", Scope.ANYWHERE, Whose.CLIENT)]
    world.store.write(lambda r: r.identifiers.replace(world.reference(), made_before, version=1))
    assert not world.gate.look([["jona@example.is"]])
    world.sweep()
    assert world.gate.look([["jona@example.is"]])


def test_a_request_with_no_usable_address_is_not_asked_about_for_ever(world: World) -> None:
    world.webhook(**{**JONA, "client": "nobody"})
    world.run()
    world.store.write(lambda r: r.identifiers.replace(world.reference(), [], version=1))
    world.sweep()

    def ask(records: Records) -> bool:
        refresh_identifiers(records, world.now)
        return Kind.IDENTIFY in records.work.count_by_kind()

    assert not world.store.write(ask)
