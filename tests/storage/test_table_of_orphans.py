"""Orphaned tickets, and the check values that requests keep for theirs."""

from functools import partial

from casework.orphan_records import OrphanedTicket, check_for
from casework.request import Role
from casework.stages import Stage
from casework.work import Kind
from storage.sealing import TinkSealer
from storage.store import TableStore
from storage.tables import Tables
from tests.storage.made_up import NOW, Database, look, new_request


def orphan(sealer: TinkSealer, reference: str, ticket_id: str, fields: str) -> OrphanedTicket:
    check = check_for(sealer, reference, fields)
    return OrphanedTicket(reference, ticket_id, check, withheld=False, seen_at=NOW)


def keep(store: TableStore, *orphans: OrphanedTicket) -> None:
    def change(tables: Tables) -> None:
        for one in orphans:
            tables.orphans.keep(one)

    store.write(change)


def take(tables: Tables, fields: str) -> OrphanedTicket | None:
    return tables.orphans.take(fields)


def is_asked(tables: Tables, kind: Kind, key: str) -> bool:
    return tables.work.is_asked(kind, key)


def test_a_submission_takes_the_oldest_ticket_that_stands_for_it(
    store: TableStore, sealer: TinkSealer
) -> None:
    others, young, old = (
        orphan(sealer, "CR-1", "7", "other fields"),
        orphan(sealer, "CR-2", "1000", "fields"),
        orphan(sealer, "CR-3", "999", "fields"),
    )
    keep(store, others, young, old)
    taken = [store.write(lambda tables: tables.orphans.take("fields")) for _ in range(3)]
    assert taken == [old, young, None]
    assert store.read(lambda tables: tables.orphans.find_all()) == [others]


def test_a_ticket_far_down_is_found_all_the_same(store: TableStore, sealer: TinkSealer) -> None:
    assert store.read(lambda tables: tables.orphans.is_empty())
    many = [orphan(sealer, f"CR-{id_}", str(id_), f"fields {id_}") for id_ in range(1000, 1250)]
    keep(store, *many)
    assert store.write(partial(take, fields="fields 1249")) == many[-1]
    assert store.read(lambda tables: tables.orphans.find_all()) == many[:-1]
    assert not store.read(lambda tables: tables.orphans.is_empty())


def test_a_ticket_without_a_check_value_stands_for_nothing(store: TableStore) -> None:
    keep(store, OrphanedTicket("CR-1", "7", "", withheld=False, seen_at=NOW))
    for fields in ("", "fields"):
        assert store.write(partial(take, fields=fields)) is None


def test_what_was_seen_again_is_one_row_and_what_was_not_goes(
    store: TableStore, sealer: TinkSealer
) -> None:
    first = orphan(sealer, "CR-1", "7", "fields")
    moved = OrphanedTicket("CR-1", "8", first.check, withheld=True, seen_at=NOW + 1)
    keep(store, first, orphan(sealer, "CR-2", "9", "fields"), moved)
    store.write(lambda tables: tables.orphans.drop_unseen(NOW + 1))
    assert store.read(lambda tables: tables.orphans.find_all()) == [moved]
    assert store.write(lambda tables: tables.orphans.drop("CR-1"))
    assert not store.write(lambda tables: tables.orphans.drop("CR-1"))


def test_a_check_value_is_kept_with_the_contents_and_goes_with_the_person(
    store: TableStore, sealer: TinkSealer, database: Database
) -> None:
    store.write(lambda tables: tables.requests.add(new_request("CR-1", fields="one"), NOW))
    other = new_request("CR-9", fields="two", conversion_id="s1", listed=True)
    store.write(lambda tables: tables.requests.replace_contents("CR-1", other))
    kept = look(database, "SELECT ticket_check FROM requests")
    assert kept == [(check_for(sealer, "CR-1", "two"),)]
    store.write(lambda tables: tables.people.erase("CR-1", Role.PROFESSIONAL, NOW, ""))
    assert look(database, "SELECT ticket_check FROM requests") == [("",)]
    store.write(lambda tables: tables.requests.replace_contents("CR-1", other))
    assert look(database, "SELECT ticket_check FROM requests") == [("",)]


def test_after_a_restore_no_write_of_ours_is_taken_for_not_made(
    store: TableStore, database: Database
) -> None:
    def change(tables: Tables) -> None:
        for reference in ("CR-1", "CR-2", "CR-3"):
            tables.requests.add(new_request(reference), NOW)
        tables.requests.set_ticket("CR-2", "2", Stage.NEW, "Hub")
        tables.requests.set_ticket("CR-3", "3", Stage.NEW, "Hub")
        tables.requests.wish("CR-3", move_to=Stage.CREDITED)
        tables.requests.distrust()

    store.write(change)
    sql = "SELECT opening, writing FROM requests ORDER BY reference"
    assert look(database, sql) == [(1, 0), (0, 0), (0, 1)]


def test_whether_work_is_asked_for(store: TableStore) -> None:
    store.write(lambda tables: tables.work.ask(Kind.GRANT, ["CR-1"], NOW))
    for kind, key, asked in (
        (Kind.GRANT, "CR-1", True),
        (Kind.GRANT, "CR-2", False),
        (Kind.NOTIFY, "CR-1", False),
    ):
        assert store.read(partial(is_asked, kind=kind, key=key)) is asked
    (item,) = store.read(lambda tables: tables.work.find_due([Kind.GRANT], NOW, 1))
    store.write(lambda tables: tables.work.park(item, "no", NOW))
    assert store.read(lambda tables: tables.work.is_asked(Kind.GRANT, "CR-1"))
    store.write(lambda tables: tables.work.finish(item, NOW))
    assert not store.read(lambda tables: tables.work.is_asked(Kind.GRANT, "CR-1"))
