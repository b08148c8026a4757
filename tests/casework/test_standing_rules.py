"""Standing rules: nobody is asked, and no pool and no share is ever overdrawn."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import wording
from casework.errors import Unavailable
from casework.organisations import Company
from casework.stages import Stage
from casework.standing_rules import BadTerms, StandingRule, Terms, Used, automatic_credits
from tests.fakes.fake_desk import FakeTicket
from tests.world import JONA, MINUTE, NOON, RULES, World

DAY = 86_400_000
MAREL = Company("71", "Marel hf.", frozenset(), members=3)
TERMS = Terms(yearly_pool=10, per_client=4, automatic_up_to=3)

numbers = st.integers(-3, 60)
terms = st.lists(st.integers(1, 50), min_size=3, max_size=3).map(
    lambda three: Terms(*sorted(three, reverse=True))
)


def agree(
    world: World, terms: Terms = TERMS, *, starts_at: int = NOON, company: str = "71"
) -> None:
    """The company agrees to these terms."""
    rule = StandingRule(company, terms, starts_at, world.now, starts_at)
    world.store.write(lambda records: records.standing_rules.set(rule))


@pytest.fixture
def ruled(world: World) -> World:
    """Marel is small, and has agreed."""
    world.companies.all = [MAREL]
    world.sweep()
    agree(world)
    return world


def ask(world: World, name: str, client: str = "", **more: str) -> FakeTicket:
    """A confirmed request of this client of Marel's; everything due now is done."""
    fields = {**JONA, "org": "Marel", "client": f"{client or name}@x.is", "pro": f"{name}@p.is"}
    before = set(world.desk.tickets)
    world.webhook(**{**fields, **more})
    world.submit(name, **{**fields, **more})
    world.run()
    (new,) = set(world.desk.tickets) - before
    return world.desk.tickets[new]


# --- the terms ----------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", [(10, 4, 5), (3, 4, 2), (10, 4, 0), (0, 0, 0), (10, 4, -1)])
def test_terms_that_contradict_themselves_are_refused(bad: tuple[int, int, int]) -> None:
    with pytest.raises(BadTerms):
        Terms(*bad)


@given(terms, numbers, numbers, numbers)
def test_no_decision_overdraws_anything(
    terms: Terms, by_all: int, by_client: int, most: int
) -> None:
    given_ = automatic_credits(terms, Used(by_all, by_client), most)
    assert given_ >= 0
    if given_:
        assert given_ <= terms.automatic_up_to
        assert given_ + by_client <= terms.per_client
        assert given_ + by_all <= terms.yearly_pool
        assert given_ <= most


@given(terms, numbers, numbers, numbers, st.integers(0, 20))
def test_more_left_never_gives_less(
    terms: Terms, by_all: int, by_client: int, most: int, more: int
) -> None:
    now = automatic_credits(terms, Used(by_all, by_client), most)
    wider = [
        automatic_credits(replace(terms, yearly_pool=terms.yearly_pool + more), used, limit)
        for used, limit in (
            (Used(by_all, by_client), most),
            (Used(by_all - more, by_client), most),
            (Used(by_all, by_client - more), most),
            (Used(by_all, by_client), most + more),
        )
    ]
    assert all(after >= now for after in wider)


def test_the_whole_of_what_is_left_is_given() -> None:
    assert automatic_credits(TERMS, Used(0, 0), 20) == 3
    assert automatic_credits(TERMS, Used(0, 2), 20) == 2
    assert automatic_credits(TERMS, Used(9, 0), 20) == 1
    assert automatic_credits(TERMS, Used(0, 0), 2) == 2
    assert automatic_credits(TERMS, Used(15, 0), 20) == 0


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("start", "now", "begin"),
    [
        ("2026-09-21", "2026-09-21", "2026-09-21"),
        ("2026-09-21", "2027-09-20T23:59:59.999", "2026-09-21"),
        ("2026-09-21", "2027-09-21", "2027-09-21"),
        ("2026-09-21", "2030-01-01", "2029-09-21"),
        ("2028-02-29", "2029-02-28", "2028-02-29"),
        ("2028-02-29", "2029-03-01", "2029-03-01"),
        ("2028-02-29", "2032-02-29", "2032-02-29"),
    ],
)
def test_years_are_counted_from_the_start(start: str, now: str, begin: str) -> None:
    rule = StandingRule("71", TERMS, at(start), at(start), at(start))
    assert rule.year_begin(at(now)) == at(begin)


@given(st.integers(NOON, NOON + 40_000 * DAY), st.integers(0, 20_000 * DAY))
def test_every_moment_is_in_the_year_that_began_last(start: int, later: int) -> None:
    begin = StandingRule("71", TERMS, start, start, start).year_begin(start + later)
    assert start <= begin <= start + later < begin + 367 * DAY


# --- the way of a request -----------------------------------------------------------------------


def test_nobody_is_asked_and_the_credits_are_added_after_the_undo_window(ruled: World) -> None:
    ticket = ask(ruled, "s1")
    assert (ticket.stage, ticket.credits_to_grant) == (Stage.APPROVED, "3")
    assert ticket.status_line == wording.APPROVED_BY_RULE
    assert not ticket.notes
    assert not ruled.account.grants
    ruled.later(RULES.delay)
    assert ruled.account.balance("s1@x.is") == 3
    assert ruled.ticket().stage is Stage.CREDITED
    assert "approved_by_rule" in ruled.events()


def test_our_own_writes_echo_is_not_needed_and_does_no_harm(ruled: World) -> None:
    ticket = ask(ruled, "s1")
    ruled.stage_event(ticket.ticket_id, echo_of=Stage.APPROVED)
    ruled.later(RULES.delay)
    ruled.stage_event(ticket.ticket_id, echo_of=Stage.APPROVED)
    ruled.run()
    assert ruled.account.balance("s1@x.is") == 3
    assert ruled.ticket().stage is Stage.CREDITED


@pytest.mark.parametrize("stage", [Stage.ASKED, Stage.DECLINED, Stage.NEW])
def test_staff_can_drag_it_away_in_the_undo_window(ruled: World, stage: Stage) -> None:
    ticket = ask(ruled, "s1")
    ruled.desk.staff_move(ticket.ticket_id, stage)
    ruled.later(RULES.delay)
    ruled.sweep()
    assert not ruled.account.grants
    assert ruled.ticket().stage is stage
    assert ruled.ticket().status_line != wording.APPROVED_BY_RULE


def test_staff_can_change_the_number_in_the_undo_window(ruled: World) -> None:
    ticket = ask(ruled, "s1")
    ruled.staff_move(ticket, Stage.APPROVED, "2")
    ruled.later(RULES.delay)
    ruled.later(RULES.delay)
    assert ruled.account.balance("s1@x.is") == 2
    assert ask(ruled, "s2", client="s1").credits_to_grant == "2"


def test_what_is_used_up_is_for_review_and_looks_the_same_whatever_the_cause(ruled: World) -> None:
    ask(ruled, "s1", client="one")
    ask(ruled, "s2", client="one")
    share = ask(ruled, "s3", client="one")
    others = [ask(ruled, f"s{n}", client=f"c{n}") for n in (4, 5)]
    assert [ticket.credits_to_grant for ticket in others] == ["3", "3"]
    pool = ask(ruled, "s6", client="six")
    assert share.stage is pool.stage is Stage.NEEDS_ATTENTION
    assert (share.status_line, share.notes, share.credits_to_grant) == (
        pool.status_line,
        pool.notes,
        pool.credits_to_grant,
    )
    no_rule = ruled.companies.all = [MAREL, Company("72", "Origo hf.", frozenset(), members=2)]
    assert no_rule
    ruled.later(MINUTE)
    ruled.sweep()
    other = ask(ruled, "s7", org="Origo")
    assert (other.stage, other.status_line, other.notes) == (
        pool.stage,
        pool.status_line,
        pool.notes,
    )


def test_only_what_was_submitted_since_it_was_recorded_and_begun_is_decided(world: World) -> None:
    world.companies.all = [Company("71", "Marel hf.", frozenset())]
    ticket = ask(world, "before")
    world.later(MINUTE)
    agree(world, starts_at=NOON - 400 * DAY)
    world.sweep()
    assert ticket.stage is Stage.NEW
    assert ask(world, "after").stage is Stage.APPROVED
    agree(world, starts_at=world.now + DAY)
    assert ask(world, "too early").stage is Stage.NEW
    world.later(DAY)
    assert ask(world, "begun").stage is Stage.APPROVED
    world.store.write(lambda records: records.standing_rules.end("71", world.now))
    assert ask(world, "ended").stage is Stage.NEW


def test_another_companys_rule_decides_nothing(world: World) -> None:
    world.companies.all = [Company("71", "Marel hf.", frozenset())]
    agree(world, company="72")
    world.sweep()
    assert ask(world, "s1").stage is Stage.NEW


def test_a_request_that_is_not_proved_is_not_decided(ruled: World) -> None:
    ruled.webhook(**{**JONA, "org": "Marel"})
    ruled.run()
    assert ruled.ticket().stage is Stage.NEW
    ruled.submit("s1", **{**JONA, "org": "Marel"})
    ruled.read_list()
    assert ruled.ticket().stage is Stage.APPROVED


def test_a_request_without_a_usable_address_is_not_decided(ruled: World) -> None:
    fields = {**JONA, "org": "Marel", "client": "none"}
    ruled.webhook(**fields)
    ruled.submit("s1", **fields)
    ruled.run()
    assert ruled.ticket().stage is Stage.NEEDS_ATTENTION
    assert ruled.ticket().credits_to_grant == ""


def test_an_organisation_that_is_not_certain_is_nobodys_rule(ruled: World) -> None:
    assert ask(ruled, "s1", org="Mareel").stage is Stage.NEEDS_ATTENTION
    assert ruled.ticket().credits_to_grant == ""


@pytest.mark.parametrize("amount", ["", "7"])
def test_staff_who_were_quicker_are_not_undone(ruled: World, amount: str) -> None:
    associate = ruled.desk.associate_companies

    def move_meanwhile(companies):  # type: ignore[no-untyped-def]
        for ticket_id in companies:
            stage = Stage.NEW if amount else Stage.DECLINED
            ruled.desk.staff_move(ticket_id, stage, amount)
        return associate(companies)

    ruled.desk.associate_companies = move_meanwhile  # type: ignore[method-assign]
    ticket = ask(ruled, "s1")
    ruled.later(RULES.delay)
    assert ticket.stage is (Stage.NEW if amount else Stage.DECLINED)
    assert ticket.credits_to_grant == amount
    assert ticket.status_line != wording.APPROVED_BY_RULE
    assert not ruled.account.grants
    ruled.desk.associate_companies = associate  # type: ignore[method-assign]
    ruled.later(MINUTE)
    assert ask(ruled, "s2", client="s1").credits_to_grant == "3", "nothing is used up"


def test_staff_who_approve_meanwhile_give_what_they_typed(ruled: World) -> None:
    associate = ruled.desk.associate_companies

    def approve_meanwhile(companies):  # type: ignore[no-untyped-def]
        ruled.desk.staff_move(ruled.ticket().ticket_id, Stage.APPROVED, "7")
        return associate(companies)

    ruled.desk.associate_companies = approve_meanwhile  # type: ignore[method-assign]
    ask(ruled, "s1")
    ruled.later(RULES.delay)
    assert ruled.account.balance("s1@x.is") == 7


def test_what_staff_give_beyond_the_rule_counts(ruled: World) -> None:
    ruled.staff_move(ask(ruled, "s1"), Stage.APPROVED, "9")
    ruled.later(RULES.delay)
    ruled.later(RULES.delay)
    assert ruled.account.balance("s1@x.is") == 9
    assert ask(ruled, "s2").credits_to_grant == "1"
    assert ask(ruled, "s3").credits_to_grant == ""


def test_what_staff_approve_again_may_overdraw_and_then_nothing_is_automatic(ruled: World) -> None:
    declined = ask(ruled, "s0")
    ruled.staff_move(declined, Stage.DECLINED)
    for n in range(1, 5):
        ask(ruled, f"s{n}")
    ruled.staff_move(declined, Stage.APPROVED)
    ruled.later(RULES.delay)
    assert sum(receipt.credits for _, receipt in ruled.account.grants.values()) == 13
    assert ask(ruled, "s5").credits_to_grant == ""


def test_declined_credits_are_there_for_others(ruled: World) -> None:
    tickets = [ask(ruled, f"s{n}") for n in range(3)]
    assert ask(ruled, "s3").credits_to_grant == "1"
    assert ask(ruled, "s4").credits_to_grant == ""
    ruled.staff_move(tickets[0], Stage.DECLINED)
    assert ask(ruled, "s5").credits_to_grant == "3"


def test_credits_of_a_client_who_is_not_known_to_the_platform_are_there_for_others(
    ruled: World,
) -> None:
    for n in range(3):
        ask(ruled, f"s{n}", client=f"unknown{n}")
    ruled.later(RULES.delay)
    assert not ruled.account.grants
    assert ask(ruled, "s5").credits_to_grant == "3"


def test_a_new_year_is_a_new_pool(ruled: World) -> None:
    for n in range(4):
        ask(ruled, f"s{n}")
    ruled.later(RULES.delay)
    assert sum(receipt.credits for _, receipt in ruled.account.grants.values()) == 10
    assert ask(ruled, "used up").credits_to_grant == ""
    ruled.later(366 * DAY)
    assert ask(ruled, "next year", client="s1").credits_to_grant == "3"


def test_a_reopened_request_is_not_decided_twice(ruled: World) -> None:
    ticket = ask(ruled, "s1")
    reference = ticket.reference
    ruled.staff_move(ticket, Stage.DECLINED)
    ruled.desk.staff_delete(ticket.ticket_id)

    def reopen(records):  # type: ignore[no-untyped-def]
        records.requests.forget_ticket(reference)
        records.work.ask("open_tickets", [reference], ruled.now)

    ruled.store.write(reopen)
    ruled.run()
    assert ruled.ticket().reference == reference
    assert ruled.ticket().stage is Stage.NEEDS_ATTENTION
    ruled.later(RULES.delay)
    assert not ruled.account.grants


def test_a_write_that_fails_is_made_later(ruled: World) -> None:
    change = ruled.desk.change_tickets

    def fail(changes):  # type: ignore[no-untyped-def]
        raise Unavailable("fake desk", "change tickets", "503")

    ruled.desk.change_tickets = fail  # type: ignore[method-assign]
    ticket = ask(ruled, "s1")
    assert ticket.stage is Stage.NEW
    ruled.desk.change_tickets = change  # type: ignore[method-assign]
    ruled.later(10 * MINUTE)
    ruled.later(RULES.delay)
    assert ruled.account.balance("s1@x.is") == 3


def test_nothing_on_tickets_in_journal_or_mails_tells_of_an_earlier_request(ruled: World) -> None:
    ask(ruled, "s1", client="one")
    second = ask(ruled, "s2", client="one")
    first_of_another = ask(ruled, "s3", client="another")
    assert second.status_line == first_of_another.status_line
    assert second.content.replace(second.reference, "") == first_of_another.content.replace(
        first_of_another.reference, ""
    )


# --- any sequence -------------------------------------------------------------------------------

#: What happens: who asks, or which ticket is moved where, or is given another number.
steps = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.integers(0, 2)),
        st.tuples(st.just("ask"), st.integers(0, 2)),
        st.tuples(st.just("ask both"), st.integers(0, 2)),
        st.tuples(
            st.sampled_from([Stage.DECLINED, Stage.WITHDRAWN, Stage.ASKED, Stage.NEW]),
            st.integers(0, 9),
        ),
        st.tuples(st.just("fewer"), st.integers(0, 9)),
        st.tuples(st.just("wait"), st.integers(1, 6)),
    ),
    max_size=14,
)


@pytest.fixture
def worlds(tmp_path: Path) -> Iterator["Worlds"]:
    made = Worlds(tmp_path)
    yield made
    for world in made.all:
        world.store.close()


class Worlds:
    """As many fresh worlds as are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.all = folder, list[World]()

    def make(self, terms: Terms) -> World:
        folder = self._folder / str(len(self.all))
        world = World(folder)
        self.all.append(world)
        world.companies.all = [Company("71", "Marel hf.", frozenset())]
        world.sweep()
        agree(world, terms)
        return world


def test_nothing_is_overdrawn_by_any_sequence(worlds: Worlds) -> None:
    @settings(max_examples=60, deadline=None, database=None)
    @given(terms, steps)
    def play(terms: Terms, steps: list[tuple[str, int]]) -> None:
        world = worlds.make(terms)
        for number, (what, which) in enumerate(steps):
            happen(world, number, what, which)
            check(world, terms)
        world.later(RULES.delay)
        world.later(RULES.delay)
        check(world, terms)
        world.store.close()
        worlds.all.remove(world)

    play()


def happen(world: World, number: int, what: str, which: int) -> None:
    tickets = list(world.desk.tickets.values())
    if what in ("ask", "ask both"):
        for twin in ("a", "b") if what == "ask both" else ("a",):
            fields = {**JONA, "org": "Marel", "client": f"c{which}@x.is", "why": f"{number}{twin}"}
            world.webhook(**{**fields, "pro": f"p{number}{twin}@x.is"})
            world.submit(f"s{number}{twin}", **{**fields, "pro": f"p{number}{twin}@x.is"})
        world.run()
    elif what == "wait":
        world.later(which * MINUTE)
    elif which < len(tickets):
        ticket = tickets[which]
        if what == "fewer":
            world.desk.staff_move(ticket.ticket_id, ticket.stage, "1")
        else:
            world.staff_move(ticket, Stage(what))


def check(world: World, terms: Terms) -> None:
    """What is given or about to be, counted without the code under test."""
    by_client: dict[str, int] = {}
    for order, receipt in world.account.grants.values():
        by_client[order.client_email] = by_client.get(order.client_email, 0) + receipt.credits
    for ticket in world.desk.tickets.values():
        if ticket.stage is Stage.APPROVED:
            client = client_of(world, ticket.reference)
            by_client[client] = by_client.get(client, 0) + int(ticket.credits_to_grant)
    assert all(credits_ <= terms.per_client for credits_ in by_client.values())
    assert sum(by_client.values()) <= terms.yearly_pool


def client_of(world: World, reference: str) -> str:
    return world.store.read(lambda records: records.requests.get_details(reference)).client_email
