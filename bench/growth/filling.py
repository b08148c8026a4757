"""Fills a store with what lies there after years, and with what is in hand today."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bench.growth.invented import DAY, TABLES, Past, company, ticket_id
from bench.growth.places import Place
from casework.egress import GUARD_CLOSED, keyed
from casework.grant_records import GrantState
from casework.identifiers import identifiers_of
from casework.lexicon import listed
from casework.ports import Receipt
from casework.records import Records
from casework.request import Details, Submission, new_reference
from casework.request_records import NewRequest
from casework.stages import Stage
from casework.wording import RECEIVED
from storage.sealing import TinkSealer
from tests.world import NOON

#: In either store, the same: so many are open, and so many were closed these 30 days.
OPEN, CLOSED_LATELY = 200, 300
_STAGES = (Stage.ASKED, Stage.ASKED, Stage.REPLIED, Stage.NEEDS_ATTENTION, Stage.NEW)
_AT_ONCE = 50
_FIRST, _LAST = sorted(listed("names_first.txt")), sorted(listed("names_last.txt"))

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Filled:
    """How long it took, in seconds, and what it takes, in bytes."""

    seconds: float
    size: int


def fill(place: Place, sealer: TinkSealer, number: int, progress: Progress) -> Filled:
    """So many requests, those of today included."""
    begun = time.perf_counter()
    place.open(sealer).close()
    past = Past(number - OPEN - CLOSED_LATELY)
    with place.bulk() as load:
        for table, columns, rows in TABLES:
            progress(f"{table} of {number:,} requests")
            load(table, columns.split(), rows(past))
        progress("indexes")
    _add_today(place, sealer, past.number)
    place.settle()
    return Filled(time.perf_counter() - begun, place.size())


def _add_today(place: Place, sealer: TinkSealer, first: int) -> None:
    """What is in hand goes in by the store's own ways, words to recognise people by included."""
    store = place.open(sealer)
    store.check_keys()
    numbers = range(OPEN + CLOSED_LATELY)
    for start in range(0, len(numbers), _AT_ONCE):
        news = [(n, _invent(sealer, n)) for n in numbers[start : start + _AT_ONCE]]
        store.write(partial(_add, news=news, first=first))
    store.close()


def _add(records: Records, news: list[tuple[int, NewRequest]], first: int) -> None:
    for n, new in news:
        closed = n >= OPEN
        at = NOON - (n % 29 + 1) * DAY if closed else NOON - n * DAY // OPEN - DAY
        records.requests.add(new, at)
        records.journal.write("received", new.reference, at, listed=1)
        stage = Stage.NEW if closed else _STAGES[n % len(_STAGES)]
        records.requests.set_ticket(new.reference, ticket_id(first + n), stage, new.organisation)
        seen = records.requests.find([new.reference])[new.reference]
        records.requests.set_match(seen, "sure", company(n).id, "")
        if closed:
            _close(records, new.reference, at)


def _close(records: Records, reference: str, at: int) -> None:
    records.requests.set_stage(reference, Stage.CREDITED, at)
    records.grants.adopt(reference, Receipt(f"grant-{reference}", 6), at)
    grant = records.grants.find([reference])[reference]
    assert grant.state is GrantState.POSTED
    assert at > NOON - GUARD_CLOSED


def _invent(sealer: TinkSealer, n: int) -> NewRequest:
    name = f"{_FIRST[n * 7 % len(_FIRST)]}.{_LAST[n * 11 % len(_LAST)]}{n}"
    details = Details(
        f"{name}@example.is", f"p{n % 50}@clinic.example.is", "Þarf sex tíma í viðbót."
    )
    organisation = company(n).name
    return NewRequest(
        new_reference(),
        Submission(details, organisation, f"today-{n}", NOON - DAY, listed=True),
        organisation,
        sealer.digest(f"fields-{n}"),
        sealer.digest(f"client-{n}"),
        sealer.digest(f"professional-{n % 50}"),
        None,
        RECEIVED,
        keyed(sealer, identifiers_of(details.identity, organisation)),
    )
