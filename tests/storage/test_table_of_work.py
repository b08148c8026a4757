from collections.abc import Sequence

import pytest

from casework.work import Kind, ParkedWork, WorkItem
from casework.worker import LANES, Leftovers, Step, Turns, run_round
from storage.store import TableStore
from tests.storage.made_up import MINUTE, NOW

HOUR = 60 * MINUTE
EVERY_KIND = tuple(Kind)


def ask(store: TableStore, key: str, due: int = NOW, kind: Kind = Kind.GRANT) -> None:
    store.write(lambda tables: tables.work.ask(kind, [key], due))


def find(
    store: TableStore, now: int = NOW, kinds: Sequence[Kind] = EVERY_KIND, limit: int = 100
) -> Sequence[WorkItem]:
    return store.read(lambda tables: tables.work.find_due(kinds, now, limit))


def get(store: TableStore, now: int = NOW) -> WorkItem:
    (item,) = find(store, now)
    return item


def keys(items: Sequence[WorkItem]) -> list[str]:
    return [item.key for item in items]


def next_due(store: TableStore) -> int | None:
    return store.read(lambda tables: tables.work.find_next_due(EVERY_KIND))


def test_asking_twice_is_asking_once(store: TableStore) -> None:
    ask(store, "CR-1")
    ask(store, "CR-1")

    assert get(store) == WorkItem(Kind.GRANT, "CR-1", asked=2, attempts=0, first_failed_at=None)


def test_one_key_of_two_kinds_is_two_pieces_of_work(store: TableStore) -> None:
    ask(store, "CR-1")
    ask(store, "CR-1", kind=Kind.WRITE_BACK)

    assert store.read(lambda tables: tables.work.count_by_kind()) == {"grant": 1, "write_back": 1}


def test_asking_for_nothing_is_nothing(store: TableStore) -> None:
    store.write(lambda tables: tables.work.ask(Kind.GRANT, [], NOW))

    assert next_due(store) is None


@pytest.mark.parametrize(
    ("first", "second", "due"),
    [(NOW, NOW + HOUR, NOW), (NOW + HOUR, NOW, NOW), (NOW, NOW, NOW)],
)
def test_asking_again_brings_forward_and_never_puts_off(
    store: TableStore, first: int, second: int, due: int
) -> None:
    ask(store, "CR-1", first)
    ask(store, "CR-1", second)

    assert next_due(store) == due


def test_what_is_due_later_is_not_found_before(store: TableStore) -> None:
    ask(store, "CR-1", NOW + 1)

    assert find(store, NOW) == []
    assert keys(find(store, NOW + 1)) == ["CR-1"]


def test_one_kind_at_a_time_the_first_named_and_of_it_the_longest_waiting(
    store: TableStore,
) -> None:
    ask(store, "late", NOW - 1)
    ask(store, "note", NOW - 5, Kind.ADD_NOTE)
    ask(store, "early", NOW - 3)

    both = [Kind.GRANT, Kind.ADD_NOTE]
    assert keys(find(store, kinds=both)) == ["early", "late"]
    assert keys(find(store, kinds=both, limit=1)) == ["early"]
    assert keys(find(store, kinds=both[::-1])) == ["note"]
    assert keys(find(store, kinds=[Kind.ADD_NOTE])) == ["note"]
    assert find(store, kinds=[]) == []


def test_finished_work_is_gone(store: TableStore) -> None:
    ask(store, "CR-1")
    item = get(store)
    store.write(lambda tables: tables.work.finish(item, NOW))

    assert next_due(store) is None


def test_work_asked_for_again_while_it_was_done_stays(store: TableStore) -> None:
    ask(store, "CR-1")
    failed = get(store)
    store.write(lambda tables: tables.work.put_off(failed, NOW, "Unavailable", NOW))
    item = get(store)
    assert item.attempts == 1
    ask(store, "CR-1", NOW + 5)
    store.write(lambda tables: tables.work.finish(item, NOW))

    assert get(store) == WorkItem(Kind.GRANT, "CR-1", asked=2, attempts=0, first_failed_at=None)


def test_work_that_failed_is_put_off_and_remembers_since_when(store: TableStore) -> None:
    ask(store, "CR-1")
    first = get(store)
    store.write(lambda tables: tables.work.put_off(first, NOW + 1, "Unavailable", NOW))
    second = get(store, NOW + 1)
    store.write(lambda tables: tables.work.put_off(second, NOW + 2, "Unavailable", NOW + 1))

    assert next_due(store) == NOW + 2
    item = get(store, NOW + 2)
    assert (item.attempts, item.first_failed_at) == (2, NOW)


def test_work_asked_for_again_while_it_failed_is_not_put_off(store: TableStore) -> None:
    ask(store, "CR-1")
    item = get(store)
    ask(store, "CR-1")
    store.write(lambda tables: tables.work.put_off(item, NOW + HOUR, "Unavailable", NOW))

    assert get(store).attempts == 1


def test_looking_again_later_forgets_failures(store: TableStore) -> None:
    ask(store, "CR-1")
    failed = get(store)
    store.write(lambda tables: tables.work.put_off(failed, NOW, "Unavailable", NOW))
    item = get(store)
    store.write(lambda tables: tables.work.look_again(item, NOW + HOUR, NOW))

    assert find(store, NOW + HOUR - 1) == []
    again = get(store, NOW + HOUR)
    assert (again.attempts, again.first_failed_at) == (0, None)


def test_looking_again_later_does_not_put_off_what_was_asked_for_meanwhile(
    store: TableStore,
) -> None:
    ask(store, "CR-1")
    item = get(store)
    ask(store, "CR-1")
    store.write(lambda tables: tables.work.look_again(item, NOW + HOUR, NOW))

    assert keys(find(store)) == ["CR-1"]


def test_parked_work_is_not_due_and_is_listed(store: TableStore) -> None:
    ask(store, "CR-1")
    item = get(store)
    store.write(lambda tables: tables.work.park(item, "UnknownClient", NOW + 7))

    assert find(store, NOW + HOUR) == []
    assert next_due(store) is None
    assert store.read(lambda tables: tables.work.count_by_kind()) == {}
    assert store.read(lambda tables: tables.work.find_parked()) == [
        ParkedWork(Kind.GRANT, "CR-1", 1, "UnknownClient", NOW + 7)
    ]


def test_asking_unparks_with_a_fresh_start(store: TableStore) -> None:
    ask(store, "CR-1")
    item = get(store)
    store.write(lambda tables: tables.work.put_off(item, NOW, "Unavailable", NOW))
    item_again = get(store)
    store.write(lambda tables: tables.work.park(item_again, "Unavailable", NOW))
    ask(store, "CR-1", NOW + HOUR)

    assert store.read(lambda tables: tables.work.find_parked()) == []
    assert next_due(store) == NOW + HOUR
    fresh = get(store, NOW + HOUR)
    assert (fresh.attempts, fresh.first_failed_at) == (0, None)


def test_work_asked_for_again_while_it_failed_is_not_parked(store: TableStore) -> None:
    ask(store, "CR-1")
    item = get(store)
    ask(store, "CR-1")
    store.write(lambda tables: tables.work.park(item, "UnknownClient", NOW))

    assert store.read(lambda tables: tables.work.find_parked()) == []
    assert keys(find(store)) == ["CR-1"]


def test_whoever_listens_hears_of_the_kinds_asked_for_once_it_is_committed(
    store: TableStore,
) -> None:
    heard: list[tuple[frozenset[Kind], int | None]] = []
    store.announce = lambda kinds: heard.append((kinds, next_due(store)))

    ask(store, "CR-1")
    store.write(lambda tables: tables.marks.set("nothing to do", 1))
    store.write(lambda tables: tables.work.ask(Kind.NOTIFY, [], NOW))
    store.close()

    assert heard == [(frozenset({Kind.GRANT}), NOW)]


def test_what_is_under_way_for_a_request_is_found_by_its_whole_reference(
    store: TableStore,
) -> None:
    for key, kind in (("CR-1", Kind.GRANT), ("CR-1/received", Kind.NOTIFY)):
        ask(store, key, NOW + HOUR, kind)
    for key, kind in (("CR-12", Kind.IDENTIFY), ("CR-12/received", Kind.ADD_NOTE)):
        ask(store, key, NOW, kind)
    under_way = store.read(lambda tables: tables.work.find_under_way("CR-1"))
    assert under_way == [Kind.GRANT, Kind.NOTIFY]


def test_what_has_failed_or_was_given_up_on_is_not_under_way(store: TableStore) -> None:
    ask(store, "CR-1", kind=Kind.GRANT)
    item = get(store)
    store.write(lambda tables: tables.work.put_off(item, NOW + HOUR, "away", NOW))
    assert store.read(lambda tables: tables.work.find_under_way("CR-1")) == []
    store.write(lambda tables: tables.work.park(item, "refused", NOW))
    assert store.read(lambda tables: tables.work.find_under_way("CR-1")) == []


def round_of(store: TableStore, turns: Turns, now: int) -> Kind:
    """Which kind has its turn in a round of the CRM's lane."""
    done: list[Kind] = []

    def step_of(kind: Kind) -> Step:
        def step(_keys: Sequence[str], _now: int) -> Leftovers:
            done.append(kind)
            return {}

        return step

    steps = {kind: step_of(kind) for kind in turns.kinds}
    run_round(store, steps, turns.kinds, lambda: now, turns)
    return done[0]


def test_a_new_ticket_does_not_wait_for_a_sweep_of_thousands(store: TableStore) -> None:
    """A sweep of 10,000 tickets is 200 rounds; it was asked for long before the ticket."""
    turns = Turns(LANES["crm"])
    for kind in turns.kinds:
        turns.take(kind, NOW)
    many = [str(number) for number in range(1000)]
    store.write(lambda tables: tables.work.ask(Kind.WATCH_TICKETS, many, NOW - HOUR))
    store.write(lambda tables: tables.work.ask(Kind.CHECK_CONTACTS, many, NOW - HOUR))
    ask(store, "CR-1", NOW, Kind.OPEN_TICKETS)
    ask(store, "CR-1/x/1", NOW, Kind.ADD_NOTE)

    rounds = [round_of(store, turns, NOW) for _ in range(3)]
    assert rounds == [Kind.OPEN_TICKETS, Kind.ADD_NOTE, Kind.CHECK_CONTACTS]


def test_no_kind_waits_for_ever_while_others_are_busy(store: TableStore) -> None:
    turns = Turns(LANES["crm"])
    for kind in turns.kinds:
        turns.take(kind, NOW)
    ask(store, "901", NOW, Kind.WATCH_TICKETS)
    seen = []
    for second in range(62):
        ask(store, f"CR-{second}", NOW, Kind.OPEN_TICKETS)
        seen.append(round_of(store, turns, NOW + second * 1000))
    assert seen.index(Kind.WATCH_TICKETS) == 61
    assert seen.count(Kind.WATCH_TICKETS) == 1


def test_parked_work_of_a_kind_is_tried_again_after_a_while(store: TableStore) -> None:
    ask(store, "CR-1")
    item = get(store)
    store.write(lambda tables: tables.work.park(item, "Leak", NOW))
    store.write(lambda tables: tables.work.retry_parked(Kind.ADD_NOTE, NOW, NOW))
    store.write(lambda tables: tables.work.retry_parked(Kind.GRANT, NOW - 1, NOW))
    assert find(store) == []
    store.write(lambda tables: tables.work.retry_parked(Kind.GRANT, NOW, NOW + 5))
    assert get(store, NOW + 5).attempts == 0
