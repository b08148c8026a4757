"""Every change of a grant names the state it starts from, so the table below is complete."""

from collections.abc import Callable

import pytest

from casework.grant_records import Grant, GrantState
from casework.ports import Receipt
from casework.stages import Stage
from storage.store import TableStore
from storage.tables import Tables
from tests.storage.made_up import MINUTE, NOW, Database, look, new_request

RECEIPT = Receipt("R-1", 6)

#: How a grant gets from nothing into each state.
WAYS: dict[GrantState, list[Callable[[Tables], bool]]] = {
    GrantState.RESERVED: [],
    GrantState.SENDING: [lambda tables: tables.grants.mark_sending("CR-1", 6, NOW)],
    GrantState.POSTED: [
        lambda tables: tables.grants.mark_sending("CR-1", 6, NOW),
        lambda tables: tables.grants.post("CR-1", RECEIPT, NOW),
    ],
    GrantState.VOID: [lambda tables: tables.grants.void("CR-1", "changed")],
    GrantState.FAILED: [
        lambda tables: tables.grants.mark_sending("CR-1", 6, NOW),
        lambda tables: tables.grants.fail("CR-1", "key_conflict"),
    ],
}

CHANGES: dict[str, Callable[[Tables], bool]] = {
    "reserve": lambda tables: tables.grants.reserve("CR-1", 9, NOW + MINUTE, NOW),
    "mark_sending": lambda tables: tables.grants.mark_sending("CR-1", 6, NOW + 1),
    "mark_sending, other credits": lambda tables: tables.grants.mark_sending("CR-1", 7, NOW),
    "post": lambda tables: tables.grants.post("CR-1", RECEIPT, NOW),
    "void": lambda tables: tables.grants.void("CR-1", "changed"),
    "fail": lambda tables: tables.grants.fail("CR-1", "key_conflict"),
}

#: What is allowed; everything else is refused.
ALLOWED: dict[tuple[GrantState, str], GrantState] = {
    (GrantState.RESERVED, "reserve"): GrantState.RESERVED,
    (GrantState.RESERVED, "mark_sending"): GrantState.SENDING,
    (GrantState.RESERVED, "void"): GrantState.VOID,
    (GrantState.SENDING, "mark_sending"): GrantState.SENDING,
    (GrantState.SENDING, "post"): GrantState.POSTED,
    (GrantState.SENDING, "void"): GrantState.VOID,
    (GrantState.SENDING, "fail"): GrantState.FAILED,
    (GrantState.VOID, "reserve"): GrantState.RESERVED,
    (GrantState.FAILED, "reserve"): GrantState.RESERVED,
}


@pytest.fixture(autouse=True)
def request_(store: TableStore) -> None:
    store.write(lambda tables: tables.requests.add(new_request("CR-1"), NOW))
    store.write(lambda tables: tables.requests.set_stage("CR-1", Stage.APPROVED, NOW))


def bring_to(store: TableStore, state: GrantState) -> Grant:
    def bring(tables: Tables) -> None:
        assert tables.grants.reserve("CR-1", 6, NOW, NOW)
        assert all(step(tables) for step in WAYS[state])

    store.write(bring)
    grant = get(store)
    assert grant is not None
    assert grant.state is state
    return grant


def get(store: TableStore) -> Grant | None:
    return store.read(lambda tables: tables.grants.find(["CR-1", "CR-2"])).get("CR-1")


@pytest.mark.parametrize("state", [GrantState.RESERVED, GrantState.SENDING])
def test_nothing_is_sent_once_staff_are_known_to_have_moved_it(
    store: TableStore, state: GrantState
) -> None:
    bring_to(store, state)
    store.write(lambda tables: tables.requests.set_stage("CR-1", Stage.DECLINED, NOW))
    assert not store.write(lambda tables: tables.grants.mark_sending("CR-1", 6, NOW))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("state", GrantState)
def test_every_transition(store: TableStore, state: GrantState, change: str) -> None:
    before = bring_to(store, state)

    did = store.write(CHANGES[change])

    after = get(store)
    assert after is not None
    assert did is ((state, change) in ALLOWED)
    assert after.state is ALLOWED.get((state, change), state)
    if not did:
        assert after == before


@pytest.mark.parametrize("change", [change for change in CHANGES if change != "reserve"])
def test_nothing_happens_to_a_grant_that_is_not_there(store: TableStore, change: str) -> None:
    assert store.write(CHANGES[change]) is False
    assert get(store) is None


def test_a_new_reservation(store: TableStore) -> None:
    assert store.write(CHANGES["reserve"]) is True
    assert get(store) == Grant("CR-1", GrantState.RESERVED, 9, NOW + MINUTE, None, None, NOW)


def test_reserving_again_after_a_void_forgets_the_first_try(
    store: TableStore, database: Database
) -> None:
    bring_to(store, GrantState.SENDING)
    store.write(CHANGES["void"])
    store.write(CHANGES["reserve"])

    assert get(store) == Grant("CR-1", GrantState.RESERVED, 9, NOW + MINUTE, None, None, NOW)
    assert look(database, "SELECT why FROM grants") == [("",)]


def test_sending_remembers_the_last_try(store: TableStore) -> None:
    bring_to(store, GrantState.SENDING)
    store.write(CHANGES["mark_sending"])

    grant = get(store)
    assert grant is not None
    assert grant.sent_at == NOW + 1


def test_a_posted_grant_holds_what_the_platform_said(store: TableStore) -> None:
    bring_to(store, GrantState.SENDING)
    store.write(lambda tables: tables.grants.post("CR-1", Receipt("R-7", 5), NOW + MINUTE))

    assert get(store) == Grant("CR-1", GrantState.POSTED, 5, NOW, NOW, "R-7", NOW, NOW + MINUTE)


def test_why_it_ended_is_kept(store: TableStore, database: Database) -> None:
    bring_to(store, GrantState.FAILED)

    assert look(database, "SELECT why FROM grants") == [("key_conflict",)]
