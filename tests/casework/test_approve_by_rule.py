"""A rule decides on proved, new requests about which nothing is doubtful; and on no other."""

from collections.abc import Callable

import pytest

from casework.approve_by_rule import approve_by_rule
from casework.request import Details, Submission, TicketState
from casework.request_records import NewRequest
from casework.stages import Stage
from casework.standing_rules import StandingRule, Terms
from casework.wording import Attention
from casework.work import Kind
from storage.tables import Tables
from tests.world import NOON, World

RULE = StandingRule("71", Terms(30, 10, 5), NOON, NOON, NOON)


def add(tables: Tables, *, listed: bool = True, client: str = "client-1") -> None:
    """A request with a ticket, matched to the company."""
    details = Details("jona@example.is", "anna@clinic.is", "")
    submission = Submission(details, "Marel", "s1", NOON, listed)
    new = NewRequest("CR-1", submission, "Marel", "f", client, "p", None, "Received.")
    tables.requests.add(new, NOON)
    tables.requests.set_ticket("CR-1", "T-1", Stage.NEW, "Marel")
    seen = tables.requests.find(["CR-1"])["CR-1"]
    tables.requests.set_match(seen, "sure", "71", "")


def decide(world: World, now: int = NOON) -> bool:
    return world.store.write(lambda tables: approve_by_rule(tables, "CR-1", "71", 20, now))


def test_it_decides_once(world: World) -> None:
    world.store.write(add)
    assert not decide(world), "there is no rule"
    world.store.write(lambda tables: tables.standing_rules.set(RULE))
    assert decide(world)
    request = world.request("CR-1")
    assert (request.move_to, request.credits_to_grant) == (Stage.APPROVED, 5)
    assert request.stage is Stage.NEW
    due = world.store.read(lambda tables: tables.work.find_due([Kind.WRITE_BACK], NOON, 9))
    assert [item.key for item in due] == ["CR-1"]
    facts = world.store.read(lambda tables: tables.journal.find_facts("approved_by_rule"))
    assert facts == [("CR-1", {"company": "71", "credits": 5})]
    assert not decide(world)


def wish_attention(tables: Tables) -> None:
    tables.requests.wish("CR-1", attention=Attention.INCOMPLETE)


def wish_move(tables: Tables) -> None:
    tables.requests.wish("CR-1", move_to=Stage.NEEDS_ATTENTION)


def reserve(tables: Tables) -> None:
    tables.grants.reserve("CR-1", 3, NOON, NOON)
    tables.grants.void("CR-1", "moved_away")


def lose_ticket(tables: Tables) -> None:
    tables.requests.forget_ticket("CR-1")


def stray(state: TicketState) -> Callable[[Tables], None]:
    return lambda tables: tables.requests.set_ticket_state("CR-1", state)


def stand(stage: Stage) -> Callable[[Tables], None]:
    return lambda tables: tables.requests.set_stage("CR-1", stage, NOON)


DOUBTS: list[Callable[[Tables], None]] = [
    wish_attention,
    wish_move,
    reserve,
    lose_ticket,
    *(stray(state) for state in TicketState if state is not TicketState.THERE),
    *(stand(stage) for stage in Stage if stage is not Stage.NEW),
]


@pytest.mark.parametrize("doubt", DOUBTS)
def test_what_somebody_has_touched_is_for_review(
    world: World, doubt: Callable[[Tables], None]
) -> None:
    world.store.write(add)
    world.store.write(lambda tables: tables.standing_rules.set(RULE))
    world.store.write(doubt)
    assert not decide(world)
    assert not world.store.read(lambda tables: tables.journal.find_facts("approved_by_rule"))


@pytest.mark.parametrize("how", [{"listed": False}, {"client": ""}])
def test_what_is_not_proved_is_for_review(world: World, how: dict[str, object]) -> None:
    world.store.write(lambda tables: add(tables, **how))  # type: ignore[arg-type]
    world.store.write(lambda tables: tables.standing_rules.set(RULE))
    assert not decide(world)


@pytest.mark.parametrize(
    ("starts", "recorded", "submitted", "now", "holds"),
    [
        (0, 0, 0, 0, True),
        (0, 0, -1, 0, False),
        (5, 0, 4, 9, False),
        (5, 0, 5, 9, True),
        (0, 5, 4, 9, False),
        (0, 5, 5, 9, True),
        (5, 0, 9, 4, False),
        (0, 5, 9, 4, False),
    ],
)
def test_a_rule_holds_from_when_it_has_begun_and_is_known(
    starts: int, recorded: int, submitted: int, now: int, holds: bool
) -> None:
    rule = StandingRule("71", RULE.terms, NOON + starts, NOON + recorded, NOON)
    assert rule.holds_for(NOON + submitted, NOON + now) is holds
