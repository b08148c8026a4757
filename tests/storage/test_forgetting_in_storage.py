"""What was erased stays so whichever statement comes next, and bodies go when they are read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casework.delivery_records import Route
from casework.request import Details, Role
from casework.stages import Stage
from storage import sqlite_schema
from storage.migrations import MIGRATIONS
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from storage.tables import Tables
from tests.storage.made_up import JONA, NOW, look, new_request, order


@pytest.fixture
def store(sqlite_store: SqliteStore) -> SqliteStore:
    """This is about SQLite alone."""
    return sqlite_store


NOBODY = Details("", "", "")


@pytest.fixture
def erased(store: SqliteStore) -> SqliteStore:
    def change(tables: Tables) -> None:
        tables.requests.add(new_request("CR-1", conversion_id="s1", listed=True), NOW)
        tables.requests.set_ticket("CR-1", "7", Stage.APPROVED, None)
        tables.grants.reserve("CR-1", 4, NOW, NOW)
        tables.people.erase("CR-1", Role.CLIENT, NOW, "forgotten-x")

    store.write(change)
    return store


def details(store: SqliteStore) -> Details:
    return store.read(lambda tables: tables.requests.get_details("CR-1"))


def test_an_erased_request_takes_no_new_contents(erased: SqliteStore, path: Path) -> None:
    erased.write(lambda tables: tables.requests.replace_contents("CR-1", new_request("CR-1")))
    erased.write(lambda tables: tables.requests.set_client_name("CR-1", "Jóna Jónsdóttir"))
    assert details(erased) == NOBODY
    assert look(path, "SELECT client_digest, professional_digest, fields_digest FROM requests") == [
        ("forgotten-x", "", "")
    ]


def test_nothing_is_reserved_or_sent_for_an_erased_request(erased: SqliteStore) -> None:
    assert not erased.write(lambda tables: tables.grants.mark_sending("CR-1", 4, NOW))
    erased.write(lambda tables: tables.grants.void("CR-1", "forgotten"))
    assert not erased.write(lambda tables: tables.grants.reserve("CR-1", 4, NOW, NOW))


def test_an_erased_professional_takes_no_new_contents(store: SqliteStore, path: Path) -> None:
    def change(tables: Tables) -> None:
        tables.requests.add(new_request("CR-1"), NOW)
        tables.people.erase("CR-1", Role.PROFESSIONAL, NOW, "")
        tables.requests.replace_contents("CR-1", new_request("CR-1", conversion_id="s1"))

    store.write(change)
    assert details(store) == Details(JONA.client_email, "", "")
    assert look(path, "SELECT client_digest, professional_digest, fields_digest FROM requests") == [
        ("client-1", "", "")
    ]


@pytest.mark.parametrize(("conversion_id", "left"), [(None, "fields-1"), ("s1", "")])
def test_the_fields_digest_stays_until_the_list_has_shown_it(
    store: SqliteStore, path: Path, conversion_id: str | None, left: str
) -> None:
    def change(tables: Tables) -> None:
        tables.requests.add(new_request("CR-1", conversion_id=conversion_id), NOW)
        tables.people.erase("CR-1", Role.CLIENT, NOW, "x")

    store.write(change)
    assert look(path, "SELECT fields_digest FROM requests") == [(left,)]
    store.write(lambda tables: tables.people.mark_shown("CR-1", "s2"))
    assert look(path, "SELECT fields_digest, conversion_id FROM requests") == [
        ("", conversion_id or "s2")
    ]


@pytest.mark.parametrize(
    ("route", "outcome", "left"),
    [
        (Route.FORM, "read", b""),
        (Route.FORM, "ignored", b""),
        (Route.FORM, "erased", b""),
        (Route.FORM, "parked", b"sealed"),
        (Route.CRM, "read", b""),
        (Route.CRM, "ignored", b""),
        (Route.CRM, "erased", b""),
        (Route.CRM, "parked", b"sealed"),
    ],
)
def test_a_body_goes_as_soon_as_it_is_not_needed(
    store: SqliteStore, path: Path, route: Route, outcome: str, left: bytes
) -> None:
    id_, _ = store.write(lambda tables: tables.deliveries.keep(route, "d", b"sealed", NOW))
    store.write(lambda tables: tables.deliveries.set_outcome(id_, outcome))
    assert look(path, "SELECT sealed_body, outcome FROM deliveries") == [(left, outcome)]


@pytest.mark.parametrize(
    ("route", "outcome", "left"),
    [
        (Route.FORM, "read", b""),
        (Route.FORM, "erased", b""),
        (Route.FORM, "parked", b"sealed"),
        (Route.CRM, "read", b"anew"),
        (Route.CRM, "ignored", b"anew"),
        (Route.CRM, "erased", b""),
    ],
)
def test_a_form_that_comes_again_is_done_with_and_an_event_is_read_again(
    store: SqliteStore, path: Path, route: Route, outcome: str, left: bytes
) -> None:
    id_, _ = store.write(lambda tables: tables.deliveries.keep(route, "d", b"sealed", NOW))
    store.write(lambda tables: tables.deliveries.set_outcome(id_, outcome))
    again, done_with = store.write(lambda t: t.deliveries.keep(route, "d", b"anew", NOW))
    assert (again, done_with) == (id_, left == b"")
    assert look(path, "SELECT sealed_body FROM deliveries") == [(left,)]


def test_only_what_waits_or_is_parked_is_to_be_read(store: SqliteStore) -> None:
    for number, outcome in enumerate(["waiting", "read", "parked", "erased"]):
        id_, _ = store.write(lambda t: t.deliveries.keep(Route.FORM, f"d{number}", b"x", NOW))  # noqa: B023
        store.write(lambda t: t.deliveries.set_outcome(id_, outcome))  # noqa: B023
    found = store.read(lambda tables: tables.deliveries.find_to_be_read(Route.FORM))
    assert [delivery.digest for delivery in found] == ["d0", "d2"]


def test_bodies_read_by_an_earlier_version_are_emptied(
    path: Path, sealer: TinkSealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [step for step in MIGRATIONS if step[0] < "0007"]
    monkeypatch.setattr(sqlite_schema, "MIGRATIONS", before)
    SqliteStore(path, sealer).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            """
            INSERT INTO deliveries
                (digest, route, sealed_body, arrived_at, last_arrived_at, outcome)
            VALUES (?, ?, ?, 1, 1, ?)
            """,
            [
                ("a", "form", b"1", "read"),
                ("b", "form", b"2", "parked"),
                ("c", "crm", b"3", "read"),
                ("d", "crm", b"4", "parked"),
            ],
        )
    monkeypatch.setattr(sqlite_schema, "MIGRATIONS", MIGRATIONS)
    SqliteStore(path, sealer).close()
    assert look(path, "SELECT sealed_body FROM deliveries ORDER BY digest") == [
        (b"",),
        (b"2",),
        (b"",),
        (b"4",),
    ]


def test_a_blanked_entry_of_the_ledger_can_still_be_exported_again(
    store: SqliteStore, path: Path
) -> None:
    store.write(lambda tables: tables.ledger.add(order(), NOW))
    number = store.write(lambda tables: tables.ledger.take_for_export(NOW))
    assert [one.exported for one in store.read(lambda t: t.ledger.find_addressed())] == [True]
    store.write(lambda tables: tables.ledger.blank("credit-request-CR-1"))
    (entry,) = store.read(lambda tables: tables.ledger.find_export(number))
    assert (entry.client_email, entry.credits) == ("", 6)
    assert store.read(lambda tables: tables.ledger.find_addressed()) == []
    assert look(path, "SELECT fingerprint FROM ledger") == [("",)]


def test_who_was_forgotten_is_known_until_dropped(store: SqliteStore) -> None:
    digests = {Role.CLIENT: "c", Role.PROFESSIONAL: "p"}

    def found() -> object:
        return store.read(lambda tables: tables.people.find_forgotten(digests))

    store.write(lambda tables: tables.people.remember(Role.CLIENT, "c", NOW))
    store.write(lambda tables: tables.people.remember(Role.CLIENT, "p", NOW))
    assert found() == {Role.CLIENT: NOW}
    store.write(lambda tables: tables.people.remember(Role.CLIENT, "c", NOW + 5))
    store.write(lambda tables: tables.people.drop_forgotten(NOW + 4))
    assert found() == {Role.CLIENT: NOW + 5}
    store.write(lambda tables: tables.people.drop_forgotten(NOW + 5))
    assert found() == {}


def test_the_log_is_empty_after_a_purge(store: SqliteStore, path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    store.write(lambda tables: tables.marks.set("x", 1))
    assert log.stat().st_size > 0
    assert store.purge_log()
    assert log.stat().st_size == 0
