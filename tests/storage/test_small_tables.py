"""The journal, marks, what was sent, and the embedded ledger."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from casework.errors import Inconsistent, KeyConflict
from casework.ports import Receipt
from storage.ledger_account import LedgerAccount
from storage.store import TableStore
from storage.tables import Tables
from tests.storage.made_up import MINUTE, NOW, Database, all_bytes, look, new_request, order


@pytest.fixture(autouse=True)
def a_request(store: TableStore) -> None:
    store.write(lambda tables: tables.requests.add(new_request("CR-1"), NOW))


def test_each_line_of_the_journal_holds_a_digest_of_all_before(
    store: TableStore, database: Database
) -> None:
    def write(tables: Tables) -> None:
        tables.journal.write("received", "CR-1", NOW, listed=0)
        tables.journal.write("granted", "CR-1", NOW + 1, receipt="Þ-1", credits=6)

    store.write(write)
    store.write(lambda tables: tables.journal.write("retried", "", NOW + 2))

    lines = look(
        database, "SELECT at, event, reference, facts, chain FROM journal ORDER BY sequence"
    )
    assert [line[1] for line in lines] == ["received", "granted", "retried"]
    assert json.loads(lines[1][3]) == {"credits": 6, "receipt": "Þ-1"}
    assert [line[4] for line in lines] == list(chain(lines))


def chain(lines: list[tuple[int, str, str, str, str]]) -> Iterator[str]:
    """The chain as the documentation describes it, made without our own code."""
    before = "0" * 64
    for at, event, reference, facts, _ in lines:
        line = json.dumps([before, at, event, reference, facts], separators=(",", ":"))
        before = hashlib.sha256(line.encode()).hexdigest()
        yield before


def test_a_mark_is_what_was_set_last(store: TableStore) -> None:
    assert store.read(lambda tables: tables.marks.find("submissions")) is None
    store.write(lambda tables: tables.marks.set("submissions", NOW))
    store.write(lambda tables: tables.marks.set("submissions", NOW - 5))
    store.write(lambda tables: tables.marks.set("other", 0))

    assert store.read(lambda tables: tables.marks.find("submissions")) == NOW - 5
    assert store.read(lambda tables: tables.marks.find("other")) == 0


def test_something_is_said_once(store: TableStore) -> None:
    def begin(what: str = "received") -> str:
        return store.write(lambda tables: tables.sent.begin("CR-1", what, NOW))

    assert begin() == "new"
    assert begin() == "begun"
    store.write(lambda tables: tables.sent.done("CR-1", "received", NOW))
    assert begin() == "sent"
    assert begin("granted") == "new"


def test_nothing_is_said_about_a_request_that_is_not_there(store: TableStore) -> None:
    with pytest.raises(Inconsistent):
        store.write(lambda tables: tables.sent.begin("CR-2", "received", NOW))


def test_the_ledger_takes_an_order_once(store: TableStore, database: Database) -> None:
    account = LedgerAccount(store, lambda: NOW)

    receipts = [account.grant(order()), account.grant(order())]

    assert receipts == [Receipt("L-CR-1", 6)] * 2
    assert account.find_grant("credit-request-CR-1") == receipts[0]
    assert look(database, "SELECT count(*) FROM ledger") == [(1,)]


@pytest.mark.parametrize(
    "changes", [{"credits": 7}, {"client_email": "gudrun@example.is"}, {"reference": "CR-2"}]
)
def test_another_order_under_the_same_key_is_a_conflict(
    store: TableStore, changes: dict[str, Any]
) -> None:
    account = LedgerAccount(store, lambda: NOW)
    account.grant(order())

    with pytest.raises(KeyConflict):
        account.grant(order(**changes))

    assert account.find_grant("credit-request-CR-1") == Receipt("L-CR-1", 6)


def test_the_ledger_knows_nothing_of_other_keys(store: TableStore) -> None:
    assert LedgerAccount(store, lambda: NOW).find_grant("credit-request-CR-2") is None


def test_each_entry_is_in_one_export(store: TableStore) -> None:
    for number, now in ((2, NOW + MINUTE), (1, NOW)):
        LedgerAccount(store, iter([now]).__next__).grant(
            order(f"credit-request-CR-{number}", reference=f"CR-{number}", credits=number)
        )
    assert store.write(lambda tables: tables.ledger.take_for_export(NOW)) == 1
    entries = store.read(lambda tables: tables.ledger.find_export(1))
    assert [(entry.reference, entry.credits, entry.granted_at) for entry in entries] == [
        ("CR-1", 1, NOW),
        ("CR-2", 2, NOW + MINUTE),
    ]
    assert {entry.client_email for entry in entries} == {"jona@example.is"}

    LedgerAccount(store, lambda: NOW).grant(order("credit-request-CR-3", reference="CR-3"))
    assert store.write(lambda tables: tables.ledger.take_for_export(NOW)) == 2
    (third,) = store.read(lambda tables: tables.ledger.find_export(2))
    assert third.reference == "CR-3"
    assert len(store.read(lambda tables: tables.ledger.find_export(1))) == 2


def test_no_repr_and_no_file_shows_a_client(store: TableStore, database: Database) -> None:
    LedgerAccount(store, lambda: NOW).grant(order())
    number = store.write(lambda tables: tables.ledger.take_for_export(NOW))
    entries = store.read(lambda tables: tables.ledger.find_export(number))
    assert entries

    assert "jona" not in repr(entries)
    assert b"jona" not in all_bytes(database)
