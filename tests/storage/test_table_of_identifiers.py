"""The digests of the words by which people could be recognised: whose, and for how long."""

import pytest

from casework.identifier_records import Holder, KeyedIdentifier
from casework.identifiers import IDENTIFIERS_VERSION, Scope, Whose
from casework.stages import OPEN_STAGES, Stage
from storage.store import TableStore
from storage.tables import Tables
from tests.storage.made_up import MINUTE, NOW, Database, look, new_request

CLOSED = sorted(set(Stage) - set(OPEN_STAGES))


def one(digest: str, scope: Scope = Scope.ANYWHERE, whose: Whose = Whose.CLIENT) -> KeyedIdentifier:
    return KeyedIdentifier(digest, scope, whose)


def add(store: TableStore, reference: str, *identifiers: KeyedIdentifier, version: int = 1) -> None:
    def change(tables: Tables) -> None:
        new = new_request(reference, conversion_id=reference, listed=True, submitted_at=NOW)
        tables.requests.add(new, NOW)
        tables.identifiers.replace(reference, identifiers, version)

    store.write(change)


def close(store: TableStore, reference: str, at: int, stage: Stage = Stage.DECLINED) -> None:
    store.write(lambda tables: tables.requests.set_stage(reference, stage, at))


def holders(store: TableStore, *digests: str, closed_since: int = NOW) -> list[Holder]:
    found = store.read(lambda tables: tables.identifiers.find_holders(digests, closed_since))
    return sorted(found, key=lambda holder: (holder.digest, holder.reference))


def outdated(store: TableStore, version: int, closed_since: int = NOW) -> list[str]:
    return sorted(
        store.read(lambda tables: tables.identifiers.find_outdated(version, closed_since))
    )


def test_all_who_have_a_digest_are_found(store: TableStore) -> None:
    add(store, "CR-1", one("a"), one("b", Scope.ORGANISATION))
    add(store, "CR-2", one("a", Scope.ORGANISATION, Whose.PROFESSIONAL))
    assert holders(store, "a", "b", "c") == [
        Holder("a", "CR-1", Scope.ANYWHERE, Whose.CLIENT),
        Holder("a", "CR-2", Scope.ORGANISATION, Whose.PROFESSIONAL),
        Holder("b", "CR-1", Scope.ORGANISATION, Whose.CLIENT),
    ]
    assert holders(store, "c") == holders(store) == []


def test_others_take_their_place_whole(store: TableStore) -> None:
    add(store, "CR-1", one("a"), one("b"))
    add(store, "CR-2", one("a"))
    replace = [one("b", Scope.ORGANISATION), one("c")]
    store.write(lambda tables: tables.identifiers.replace("CR-1", replace, 2))
    assert [(it.digest, it.reference) for it in holders(store, "a", "b", "c")] == [
        ("a", "CR-2"),
        ("b", "CR-1"),
        ("c", "CR-1"),
    ]
    assert holders(store, "b")[0].scope is Scope.ORGANISATION
    store.write(lambda tables: tables.identifiers.replace("CR-1", [], 3))
    assert [it.reference for it in holders(store, "a", "b", "c")] == ["CR-2"]


def test_whose_request_is_not_there_has_none(store: TableStore) -> None:
    store.write(lambda tables: tables.identifiers.replace("CR-9", [one("a")], 1))
    assert not store.read(lambda tables: tables.identifiers.find_holders(["a"], 0))


def test_a_new_request_has_its_own_at_once(store: TableStore) -> None:
    store.write(lambda tables: tables.requests.add(new_request("CR-1"), NOW))
    assert outdated(store, IDENTIFIERS_VERSION) == []


def test_thousands_are_looked_up_at_once(store: TableStore) -> None:
    add(store, "CR-1", *(one(f"mine-{number}") for number in range(200)))
    asked = [f"other-{number}" for number in range(5_000)]
    asked[899:901] = ["mine-0", "mine-1"]  # on both sides of where one look-up ends
    asked += ["mine-0", "mine-199"]
    assert [it.digest for it in holders(store, *asked)] == ["mine-0", "mine-1", "mine-199"]


@pytest.mark.parametrize("stage", OPEN_STAGES)
def test_open_requests_are_guarded_for_as_long_as_they_are_open(
    store: TableStore, stage: Stage
) -> None:
    add(store, "CR-1", one("a"))
    close(store, "CR-1", NOW, stage)
    assert holders(store, "a", closed_since=NOW + 1_000 * MINUTE)


@pytest.mark.parametrize("stage", CLOSED)
def test_closed_ones_are_guarded_for_a_while(store: TableStore, stage: Stage) -> None:
    add(store, "CR-1", one("a"))
    close(store, "CR-1", NOW, stage)
    assert holders(store, "a", closed_since=NOW)
    assert not holders(store, "a", closed_since=NOW + 1)


def test_what_is_only_known_of_a_backlog_is_not_guarded(
    store: TableStore, database: Database
) -> None:
    add(store, "CR-1", one("a"))
    add(store, "CR-2", one("a"))
    store.write(
        lambda tables: tables.identifiers._connection.run(
            "UPDATE requests SET dormant = 1 WHERE reference = 'CR-1'"
        )
    )
    assert [it.reference for it in holders(store, "a")] == ["CR-2"]
    assert outdated(store, 9) == ["CR-2"]
    store.write(lambda tables: tables.identifiers.drop_closed(NOW))
    assert look(database, "SELECT DISTINCT reference FROM identifiers") == [("CR-2",)]


def test_those_that_other_rules_have_made_are_found(store: TableStore) -> None:
    add(store, "CR-1", one("a"), version=1)
    add(store, "CR-2", one("a"), version=2)
    add(store, "CR-3", one("a"), version=1)
    close(store, "CR-3", NOW)
    assert outdated(store, 2) == ["CR-1", "CR-3"]
    assert outdated(store, 2, NOW + 1) == ["CR-1"]
    assert outdated(store, 1) == ["CR-2"]


def test_those_of_requests_closed_long_ago_are_dropped(
    store: TableStore, database: Database
) -> None:
    for reference, closed_at in (("CR-1", NOW), ("CR-2", NOW + MINUTE), ("CR-3", None)):
        add(store, reference, one("a"), one(reference))
        if closed_at:
            close(store, reference, closed_at)
    store.write(lambda tables: tables.identifiers.drop_closed(NOW + 1))
    kept = look(database, "SELECT DISTINCT reference FROM identifiers ORDER BY reference")
    assert kept == [("CR-2",), ("CR-3",)]
    assert look(database, "SELECT identified FROM requests ORDER BY reference") == [
        (0,),
        (1,),
        (1,),
    ]


def test_one_that_is_open_again_is_made_anew(store: TableStore) -> None:
    add(store, "CR-1", one("a"))
    close(store, "CR-1", NOW)
    store.write(lambda tables: tables.identifiers.drop_closed(NOW + 1))
    assert outdated(store, 1, NOW + 1) == []
    close(store, "CR-1", NOW + 2, Stage.NEW)
    assert outdated(store, 1, NOW + 1) == ["CR-1"]


def test_they_can_be_erased(store: TableStore, database: Database) -> None:
    for reference in ("CR-1", "CR-2", "CR-3"):
        add(store, reference, one("a"))
    store.write(lambda tables: tables.identifiers.erase(["CR-1", "CR-3", "CR-9"]))
    assert [it.reference for it in holders(store, "a")] == ["CR-2"]
    store.write(lambda tables: tables.identifiers.erase([]))
    assert look(database, "SELECT COUNT(*) FROM identifiers") == [(1,)]


def test_thousands_can_be_erased(store: TableStore) -> None:
    add(store, "CR-1", one("a"))
    references = [*(f"CR-{number}" for number in range(2, 5_000)), "CR-1"]
    store.write(lambda tables: tables.identifiers.erase(references))
    assert not holders(store, "a")


def test_thousands_are_kept_and_forgotten_at_once(store: TableStore, database: Database) -> None:
    """A statement takes so many parameters at most on every engine."""
    add(store, "CR-1", *(one(f"mine-{number}") for number in range(2_000)))
    add(store, "CR-2", one("other"))
    assert look(database, "SELECT count(*) FROM identifiers") == [(2_001,)]
    others = [f"CR-X{number}" for number in range(40_000)]
    store.write(lambda tables: tables.identifiers.erase([*others, "CR-1"]))
    assert look(database, "SELECT digest FROM identifiers") == [("other",)]
