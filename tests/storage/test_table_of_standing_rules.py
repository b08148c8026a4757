"""Standing rules, and what they have used: joined from the grants, never counted up."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from casework.approve_by_rule import approve_by_rule
from casework.errors import Inconsistent
from casework.organisations import Company
from casework.ports import Receipt
from casework.rule_totals import Added
from casework.stages import Stage
from casework.standing_rules import StandingRule, Terms, Used
from storage.migrations import MIGRATIONS
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from storage.store import TableStore
from storage.tables import Tables
from tests.storage.made_up import MINUTE, NOW, Database, look, new_request, open_again

RULE = StandingRule("71", Terms(30, 10, 5), NOW, NOW, NOW)
Change = Callable[[Tables], object]


def add(tables: Tables, reference: str, client: str = "client-1", company: str = "71") -> None:
    """A confirmed request with a ticket, matched to the company."""
    new = new_request(
        reference, client=client, conversion_id=reference, submitted_at=NOW, listed=True
    )
    tables.requests.add(new, NOW)
    tables.requests.set_ticket(reference, f"T-{reference}", Stage.NEW, "Hub")
    seen = tables.requests.find([reference])[reference]
    tables.requests.set_match(seen, "sure", company, "")


def used(store: TableStore, reference: str = "CR-9", since: int = NOW) -> Used | None:
    return store.read(lambda tables: tables.standing_rules.find_used("71", reference, since))


def test_a_rule_is_there_until_another_takes_its_place(store: TableStore) -> None:
    assert store.read(lambda tables: tables.standing_rules.find("71")) is None
    store.write(lambda tables: tables.standing_rules.set(RULE))
    assert store.read(lambda tables: tables.standing_rules.find("71")) == RULE
    wider = StandingRule("71", Terms(60, 20, 6), NOW + 5, NOW + 6, NOW + 5)
    store.write(lambda tables: tables.standing_rules.set(wider))
    kept = replace(wider, told_from=NOW)
    assert store.read(lambda tables: tables.standing_rules.find_all()) == [kept]
    earlier = replace(wider, told_from=NOW - 7)
    store.write(lambda tables: tables.standing_rules.set(earlier))
    assert store.read(lambda tables: tables.standing_rules.find("71")) == earlier


def test_a_rule_is_ended_once_and_kept(store: TableStore) -> None:
    def end(now: int) -> bool:
        return store.write(lambda tables: tables.standing_rules.end("71", now))

    assert not end(NOW)
    store.write(lambda tables: tables.standing_rules.set(RULE))
    assert (end(NOW + 1), end(NOW + 2)) == (True, False)
    assert store.read(lambda tables: tables.standing_rules.find("71")) == replace(
        RULE, ended_at=NOW + 1
    )
    store.write(lambda tables: tables.standing_rules.set(RULE))
    assert store.read(lambda tables: tables.standing_rules.find("71")) == RULE


def test_a_rule_decides_on_a_request_once(store: TableStore) -> None:
    store.write(lambda tables: add(tables, "CR-1"))
    first = store.write(lambda tables: tables.standing_rules.use("CR-1", "71", 4, NOW))
    again = store.write(lambda tables: tables.standing_rules.use("CR-1", "72", 9, NOW + 1))
    assert (first, again) == (True, False)
    with pytest.raises(Inconsistent):
        store.write(lambda tables: tables.standing_rules.use("CR-8", "71", 4, NOW))


def approve(tables: Tables) -> None:
    tables.requests.wish("CR-1", move_to=Stage.APPROVED, credits_to_grant=4)


def stand(stage: Stage) -> Change:
    return lambda tables: tables.requests.set_stage("CR-1", stage, NOW)


def reserve(tables: Tables) -> None:
    tables.requests.set_stage("CR-1", Stage.APPROVED, NOW)
    tables.grants.reserve("CR-1", 7, NOW, NOW)


def send(tables: Tables) -> None:
    reserve(tables)
    tables.grants.mark_sending("CR-1", 7, NOW)


def post(tables: Tables) -> None:
    send(tables)
    tables.grants.post("CR-1", Receipt("R-1", 6), NOW)


def post_and_match_anew(tables: Tables) -> None:
    post(tables)
    match_anew(tables)


def match_anew(tables: Tables) -> None:
    seen = tables.requests.find(["CR-1"])["CR-1"]
    tables.requests.set_match(seen, "sure", "72", "")


#: What happens to the one request that has used four credits, and what it counts then.
COUNTS: list[tuple[str, list[Change], int]] = [
    ("nothing", [], 0),
    ("about to be moved", [approve], 4),
    ("moved", [stand(Stage.APPROVED)], 4),
    ("staff moved it away before", [approve, stand(Stage.ASKED)], 0),
    ("declined", [approve, stand(Stage.DECLINED)], 0),
    ("withdrawn", [approve, stand(Stage.WITHDRAWN)], 0),
    ("held at Approved", [stand(Stage.APPROVED), lambda t: t.requests.wish(
        "CR-1", move_to=Stage.NEEDS_ATTENTION)], 0),
    ("reserved, with staff's number", [reserve], 7),
    ("sending", [send], 7),
    ("posted, with the platform's number", [post], 6),
    ("void", [reserve, lambda t: t.grants.void("CR-1", "moved_away")], 0),
    ("void and approved again", [reserve, lambda t: t.grants.void("CR-1", "x"), reserve], 7),
    ("refused for good", [send, lambda t: t.grants.fail("CR-1", "key_conflict")], 0),
    ("dragged away after posting", [post, stand(Stage.DECLINED)], 6),
    ("another company's now", [approve, match_anew], 0),
    ("another company's now, reserved", [reserve, match_anew], 0),
    ("another company's now, posted", [post_and_match_anew], 6),
    ("looked up anew", [approve, lambda t: t.requests.forget_match("CR-1")], 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "counts"), [row[1:] for row in COUNTS], ids=[row[0] for row in COUNTS]
)
def test_what_a_use_counts(store: TableStore, changes: list[Change], counts: int) -> None:
    def fill(tables: Tables) -> None:
        add(tables, "CR-1")
        add(tables, "CR-9")
        tables.standing_rules.use("CR-1", "71", 4, NOW)

    store.write(fill)
    for change in changes:
        store.write(change)
    assert used(store) == Used(counts, counts)


def test_whose_credits_and_when(store: TableStore) -> None:
    def fill(tables: Tables) -> None:
        for number, client in enumerate(["one", "one", "two", "one"]):
            reference = f"CR-{number}"
            add(tables, reference, client, company="72" if number == 3 else "71")
            tables.requests.set_stage(reference, Stage.APPROVED, NOW)
            company = "72" if number == 3 else "71"
            tables.standing_rules.use(reference, company, 2**number, NOW + number)

    store.write(fill)
    store.write(lambda tables: add(tables, "CR-9", "one"))
    store.write(lambda tables: add(tables, "CR-8", "three"))
    assert used(store) == Used(by_all=7, by_client=3)
    assert used(store, "CR-8") == Used(by_all=7, by_client=0)
    assert used(store, "CR-1") == Used(by_all=5, by_client=1), "its own does not count"
    assert used(store, since=NOW + 1) == Used(by_all=6, by_client=2)


@pytest.mark.parametrize("reference", ["CR-9", "CR-7"])
def test_whose_client_is_not_known_is_not_decided(store: TableStore, reference: str) -> None:
    store.write(lambda tables: add(tables, "CR-9", client=""))
    assert used(store, reference) is None


def test_only_what_was_added_is_told(store: TableStore) -> None:
    def fill(tables: Tables) -> None:
        for reference in ("CR-1", "CR-2"):
            add(tables, reference, f"client of {reference}")
            tables.standing_rules.use(reference, "71", 4, NOW)
        post(tables)
        tables.requests.set_stage("CR-2", Stage.APPROVED, NOW)
        tables.grants.reserve("CR-2", 4, NOW, NOW)

    store.write(fill)
    added = store.read(lambda tables: tables.standing_rules.find_added("71"))
    assert added == [Added("client of CR-1", 6, NOW)]
    assert store.read(lambda tables: tables.standing_rules.find_added("72")) == []


@pytest.mark.parametrize(("terms", "clients"), [(Terms(30, 30, 4), 12), (Terms(300, 10, 4), 1)])
def test_many_at_once_overdraw_nothing(
    store: TableStore, database: Database, sealer: TinkSealer, terms: Terms, clients: int
) -> None:
    """Eight threads, of two processes as it were, decide on twelve requests, each of them."""
    references = [f"CR-{number}" for number in range(12)]

    def fill(tables: Tables) -> None:
        tables.standing_rules.set(replace(RULE, terms=terms))
        for number, reference in enumerate(references):
            add(tables, reference, f"client-{number % clients}")

    store.write(fill)
    other = open_again(database, sealer)

    def decide(number: int) -> bool:
        reference, file = references[number % 12], (store, other)[number // 12 % 2]
        return file.write(lambda tables: approve_by_rule(tables, reference, "71", 20, NOW))

    with ThreadPoolExecutor(8) as pool:
        decided = list(pool.map(decide, range(48)))
    other.close()
    given = look(database, "SELECT credits FROM rule_uses")
    limit = min(terms.yearly_pool, terms.per_client)
    assert sum(row[0] for row in given) == limit
    assert sum(decided) == len(given) == -(-limit // 4)
    wished = "SELECT credits_to_grant FROM requests WHERE move_to = 'approved'"
    assert sorted(look(database, wished)) == sorted(given)


def test_what_is_known_of_companies_is_kept(store: TableStore) -> None:
    known = Company("71", "Marel hf.", frozenset({"marel.is"}), 12, "is", "Iceland")
    unknown = Company("72", "Origo", frozenset())
    store.write(lambda tables: tables.companies.keep([known, unknown], NOW))
    assert store.read(lambda tables: tables.companies.find_all()) == [known, unknown]
    assert store.read(lambda tables: tables.companies.find(["72", "99"])) == {"72": unknown}
    assert store.read(lambda tables: tables.companies.find([])) == {}
    now_known = replace(unknown, members=0, language="en", country="Ireland")
    store.write(lambda tables: tables.companies.keep([now_known], NOW + MINUTE))
    assert store.read(lambda tables: tables.companies.find(["72"])) == {"72": now_known}


def test_companies_are_read_anew_before_anything_is_matched_by_a_file_from_before(
    sqlite_store: SqliteStore, path: Path, sealer: TinkSealer
) -> None:
    """Otherwise a small company would be asked for as long as its number is not known."""
    sqlite_store.write(lambda tables: tables.marks.set("companies_read_at", NOW))
    sqlite_store.close()
    (statements,) = [step for name, step in MIGRATIONS if name == "0005_small_groups"]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP INDEX companies_plain_name")
        for column in ("members", "language", "country", "plain_name"):
            connection.execute(f"ALTER TABLE companies DROP COLUMN {column}")
        connection.execute("INSERT INTO companies VALUES ('71', 'Marel', 'marel.is', 0)")
        for statement in statements:
            connection.execute(statement)
        connection.execute("ALTER TABLE companies ADD COLUMN plain_name TEXT NOT NULL DEFAULT ''")
        connection.commit()
    reopened = SqliteStore(path, sealer)
    assert reopened.read(lambda tables: tables.marks.find("companies_read_at")) is None
    (company,) = reopened.read(lambda tables: tables.companies.find_all())
    assert company == Company("71", "Marel", frozenset({"marel.is"}))
    reopened.close()
