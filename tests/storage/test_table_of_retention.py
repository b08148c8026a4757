"""What is old is found by indexes; and what an upgrade does to what was erased before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casework.reply_records import Reply
from casework.request import Role
from casework.retention_records import Old, Thing
from casework.stages import Stage
from casework.understand_reply import Meaning
from storage import sqlite_schema
from storage.migrations import MIGRATIONS
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from storage.store import TableStore
from storage.tables import Tables
from tests.storage.made_up import NOW, Database, look, new_request


def test_what_is_old_is_found_without_reading_every_request(
    sqlite_store: SqliteStore, path: Path
) -> None:
    said: list[str] = []
    connection, tables = sqlite_store._reader()
    connection.set_trace_callback(said.append)
    tables.retention.find_due(NOW, 100)
    tables.retention.find_waiting(NOW, 100)
    connection.set_trace_callback(None)
    plans = [str(row[3]) for sql in said for row in look(path, f"EXPLAIN QUERY PLAN {sql}")]
    of_requests = [plan for plan in plans if "requests" in plan]
    assert len(of_requests) == 6
    assert all(plan.startswith("SEARCH requests USING INDEX requests_kept") for plan in of_requests)
    of_deliveries = [plan for plan in plans if "deliveries" in plan]
    assert of_deliveries
    assert all(" USING INDEX deliveries_" in plan for plan in of_deliveries)


def test_an_announcement_from_the_future_is_brought_back(store: TableStore) -> None:
    """A clock that was ahead must not keep things for longer than was meant."""

    def change(tables: Tables) -> None:
        tables.retention.plan([Old(Thing.REQUEST, "CR-1", NOW)], NOW)
        tables.retention.announce(NOW + 1_000)
        tables.retention.bring_back(NOW)

    store.write(change)
    (found,) = store.read(lambda tables: tables.retention.find_ripe(NOW, NOW, 10))
    assert found.announced_at == NOW
    store.write(lambda tables: tables.retention.drop_stale())
    assert store.read(lambda t: t.retention.find_ripe(NOW, NOW, 10)) == [], "there is no such one"


@pytest.mark.parametrize(("role", "left"), [(Role.CLIENT, False), (Role.PROFESSIONAL, True)])
def test_a_replys_sentence_goes_with_the_client(
    store: TableStore, database: Database, role: Role, *, left: bool
) -> None:
    def change(tables: Tables) -> None:
        tables.requests.add(new_request("CR-1"), NOW)
        tables.replies.add(reply(), NOW)
        tables.people.erase("CR-1", role, NOW, "forgotten-x")

    store.write(change)
    assert [bool(row[0]) for row in look(database, "SELECT sealed_sentence FROM replies")] == [left]


def reply() -> Reply:
    return Reply("CR-1", "email/1", Meaning.APPROVE, 4, "Yes.", False, True, False)


def test_sentences_of_who_was_forgotten_before_go_with_the_upgrade(
    path: Path, sealer: TinkSealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [step for step in MIGRATIONS if step[0] < "0013"]
    monkeypatch.setattr(sqlite_schema, "MIGRATIONS", before)
    SqliteStore(path, sealer).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for reference, erased_at in (("CR-1", NOW), ("CR-2", None)):
            connection.execute(
                """
                INSERT INTO requests (reference, organisation, stage, confirmed, fields_digest,
                    professional_digest, submitted_at, received_at, stage_since, heard,
                    status_line, erased_at)
                VALUES (?, 'Marel', ?, 1, '', '', 1, 1, 1, 1, '', ?)
                """,
                [reference, Stage.CREDITED, erased_at],
            )
            connection.execute(
                "INSERT INTO replies VALUES (?, 'email/1', 'approve', 4, x'01', 0, 1, 0, 1)",
                [reference],
            )
    monkeypatch.setattr(sqlite_schema, "MIGRATIONS", MIGRATIONS)
    SqliteStore(path, sealer).close()
    assert look(path, "SELECT reference, sealed_sentence FROM replies ORDER BY reference") == [
        ("CR-1", b""),
        ("CR-2", b"\x01"),
    ]
