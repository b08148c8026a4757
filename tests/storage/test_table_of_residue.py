"""What submissions have left behind in the CRM: where, and never what."""

import pytest

from casework.errors import Inconsistent
from casework.residue_records import Leftover, Place
from storage.store import TableStore
from tests.storage.made_up import NOW, Database, look, new_request

LATER = NOW + 1


@pytest.fixture
def kept(store: TableStore) -> TableStore:
    """A store with three requests."""
    for number in (1, 2, 3):
        new = new_request(f"CR-{number}", conversion_id=f"id-{number}", fields=f"fields-{number}")
        store.write(lambda tables, new=new: tables.requests.add(new, NOW))  # type: ignore[misc]
    return store


def left(
    reference: str, place: Place = Place.SUBMISSION, field: str = "", at: int = NOW
) -> Leftover:
    return Leftover(reference, place, field, at)


def replace(store: TableStore, reference: str, *leftovers: Leftover) -> None:
    store.write(lambda tables: tables.residue.replace(reference, leftovers))


def find(store: TableStore, *references: str) -> list[Leftover]:
    return list(store.read(lambda tables: tables.residue.find(references)))


def test_what_is_left_is_listed_oldest_first(kept: TableStore) -> None:
    replace(kept, "CR-1", left("CR-1", at=LATER), left("CR-1", Place.HISTORY, "client", LATER))
    replace(kept, "CR-2", left("CR-2", Place.PROPERTY, "why"), left("CR-2"))
    assert find(kept) == [
        left("CR-2", Place.PROPERTY, "why"),
        left("CR-2"),
        left("CR-1", Place.HISTORY, "client", LATER),
        left("CR-1", at=LATER),
    ]
    assert {one.reference for one in find(kept, "CR-1", "CR-9")} == {"CR-1"}
    assert find(kept, "CR-9") == []


def test_of_all_only_so_many_are_listed(kept: TableStore) -> None:
    replace(kept, "CR-1", left("CR-1", at=LATER), left("CR-1", Place.HISTORY, "client", LATER))
    replace(kept, "CR-2", left("CR-2"))
    assert kept.read(lambda tables: tables.residue.find([], most=2)) == [
        left("CR-2"),
        left("CR-1", Place.HISTORY, "client", LATER),
    ]


def test_one_field_may_be_left_in_two_places(kept: TableStore) -> None:
    both = [left("CR-1", place, "client") for place in (Place.HISTORY, Place.PROPERTY)]
    replace(kept, "CR-1", *both)
    assert find(kept) == both
    with pytest.raises(Inconsistent):
        replace(kept, "CR-1", left("CR-1"), left("CR-1", at=LATER))
    assert find(kept) == both


def test_what_is_seen_later_takes_its_place_whole(kept: TableStore) -> None:
    replace(kept, "CR-1", left("CR-1"), left("CR-1", Place.PROPERTY, "client"))
    replace(kept, "CR-2", left("CR-2"))
    replace(kept, "CR-1", left("CR-1", at=LATER))
    assert find(kept) == [left("CR-2"), left("CR-1", at=LATER)]
    replace(kept, "CR-1")
    assert find(kept) == [left("CR-2")]


def test_whose_request_is_not_there_leaves_nothing(kept: TableStore) -> None:
    with pytest.raises(Inconsistent):
        replace(kept, "CR-9", left("CR-9"))


def test_thousands_are_looked_up_at_once(kept: TableStore) -> None:
    replace(kept, "CR-1", left("CR-1"))
    assert find(kept, *(f"CR-{number}" for number in range(1, 5_000))) == [left("CR-1")]


def test_the_file_holds_where_and_not_what(kept: TableStore, database: Database) -> None:
    replace(kept, "CR-1", left("CR-1", Place.HISTORY, "client"))
    assert look(database, "SELECT * FROM residue") == [("CR-1", "history", "client", NOW)]
