"""What the proofs found, step by step, so that it stays found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.errors import Unavailable
from casework.ports import Receipt, SubmissionPage
from casework.stages import Stage
from casework.work import Kind
from casework.worker import LANES, WHOLE, run_round
from tests.world import JONA, RULES, SIGGI, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.store.close()


def test_tickets_are_opened_though_forms_keep_arriving_while_the_list_is_read(
    world: World,
) -> None:
    """Found by the soak: reading the list kept the lane for itself for eight minutes."""
    world.store.write(lambda records: records.work.ask(Kind.READ_SUBMISSIONS, [WHOLE], world.now))
    world.now += 1_000
    world.webhook(**JONA)
    world.run("intake")
    read_page = world.submissions.read_page
    arrived: list[int] = []

    def read_slowly(page: str | None) -> SubmissionPage:
        arrived.append(len(arrived))
        world.now += 2_000
        world.webhook(**{**SIGGI, "client": f"c{len(arrived)}@x.is"})
        world.run("intake")
        return read_page(page)

    world.submissions.read_page = read_slowly  # type: ignore[method-assign]
    for _ in range(20):
        run_round(world.store, world.steps, LANES["crm"], lambda: world.now)
    assert world.desk.tickets, f"the list was read {len(arrived)} times, and no ticket opened"


def test_a_correction_does_not_land_on_the_card_that_its_own_was_merged_into(
    world: World,
) -> None:
    """Found by the state machine: the survivor showed another request's organisation."""
    other = {**JONA, "pro": "bjorn@praxis.is", "org": "Alpha ehf."}
    world.webhook(**other)
    world.submit("s0", **other)
    world.webhook(**SIGGI)
    world.run()
    survivor, lost = sorted(
        world.desk.tickets.values(), key=lambda ticket: ticket.organisation != "Alpha ehf."
    )
    world.staff_move(survivor, Stage.ASKED)
    world.desk.staff_merge(lost.ticket_id, survivor.ticket_id)
    world.submit("s1", **JONA)  # the webhook had carried another submission's values
    world.read_list()
    assert survivor.organisation == "Alpha ehf."
    assert "corrected" not in survivor.status_line


def test_a_question_that_gets_no_answer_does_not_hold_up_the_other_grants(world: World) -> None:
    """Found by the soak: with one answer in twenty lost, the comparison never came to its end."""
    for number in range(3):
        fields = {**JONA, "client": f"c{number}@x.is", "pro": f"p{number}@x.is"}
        world.webhook(**fields)
        world.submit(f"s{number}", **fields)
    world.run()
    for ticket in list(world.desk.tickets.values()):
        world.staff_move(ticket, Stage.APPROVED, "4")
    world.later(RULES.delay)
    first, *_, last = list(world.account.grants)
    del world.account.grants[last]
    find_grant = world.account.find_grant

    def find(key: str) -> Receipt | None:
        if key == first:
            raise Unavailable("platform", "find a grant", "503")
        return find_grant(key)

    world.account.find_grant = find  # type: ignore[method-assign]
    world.sweep()
    assert "platform_differs" in world.events()
