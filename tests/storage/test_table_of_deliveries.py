from casework.delivery_records import Delivery, Route
from storage.store import TableStore
from tests.storage.made_up import MINUTE, NOW, Database, look


def keep(store: TableStore, digest: str, body: bytes = b"sealed", now: int = NOW) -> int:
    id_, _read = store.write(lambda tables: tables.deliveries.keep(Route.FORM, digest, body, now))
    return id_


def test_what_was_kept_is_found(store: TableStore) -> None:
    first, second = keep(store, "d1", b"\x00\xff"), keep(store, "d2", b"two", NOW + 1)

    found = store.read(lambda tables: tables.deliveries.find([second, 999, first]))

    assert found == [
        Delivery(first, Route.FORM, "d1", b"\x00\xff", NOW),
        Delivery(second, Route.FORM, "d2", b"two", NOW + 1),
    ]


def test_nothing_is_found_for_no_ids(store: TableStore) -> None:
    keep(store, "d1")

    assert store.read(lambda tables: tables.deliveries.find([])) == []


def test_a_repeat_is_one_row_that_says_how_often_it_came(
    store: TableStore, database: Database
) -> None:
    first = keep(store, "d1", b"first")
    again = keep(store, "d1", b"sealed anew", NOW + MINUTE)

    assert again == first
    rows = look(
        database, "SELECT sealed_body, arrived_at, last_arrived_at, times_arrived FROM deliveries"
    )
    assert rows == [(b"first", NOW, NOW + MINUTE, 2)]


def test_outcomes_are_counted(store: TableStore, database: Database) -> None:
    ids = [keep(store, f"d{number}") for number in range(4)]
    store.write(lambda tables: tables.deliveries.set_outcome(ids[0], "read"))
    store.write(lambda tables: tables.deliveries.set_outcome(ids[1], "parked"))

    counts = store.read(lambda tables: tables.deliveries.count_by_outcome(0))

    assert counts == {"waiting": 2, "read": 1, "parked": 1}


def test_what_was_read_is_counted_since_a_time(store: TableStore) -> None:
    old, young = keep(store, "d1", now=NOW - MINUTE), keep(store, "d2")
    keep(store, "d3", now=NOW - MINUTE)
    for one in (old, young):
        store.write(lambda tables, one=one: tables.deliveries.set_outcome(one, "read"))  # type: ignore[misc]

    counts = store.read(lambda tables: tables.deliveries.count_by_outcome(NOW))

    assert counts == {"waiting": 1, "read": 1}


def test_keeping_again_tells_whether_it_was_read(store: TableStore) -> None:
    def keep_again() -> tuple[int, bool]:
        return store.write(lambda tables: tables.deliveries.keep(Route.FORM, "d", b"x", NOW))

    first, read = keep_again()
    assert not read
    assert keep_again() == (first, False)
    store.write(lambda tables: tables.deliveries.set_outcome(first, "read"))
    assert keep_again() == (first, True)
