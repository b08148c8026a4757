"""The list of submissions, the truth for forms, read against what the webhooks brought."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from casework.leave_out import REMEMBERED_FOR
from casework.ports import Sealer, SubmissionPage, Submissions
from casework.records import Records, Store
from casework.relink import (
    HELD_AGAIN,
    are_tickets_unread,
    check_tickets_were_read,
    is_list_unread,
    list_was_read,
)
from casework.request_records import NewRequest
from casework.take_in import (
    REPEAT_WINDOW,
    companies_in,
    prepare,
    take_in_certain,
    take_in_orphaned,
    take_in_other,
)
from casework.typed_organisation import IsCompany
from casework.worker import WHOLE, Leftovers, LookAgain, place_of

log = logging.getLogger(__name__)

#: Submissions older than this are the backlog of a form that was in use before us: left alone.
FIRST_MARK = "submissions_since"
#: Everything submitted up to then has been read.
READ_MARK = "submissions_read_until"
#: When the list was last read as far back as a workflow's webhook may lag.
FAR_MARK = "submissions_read_far_at"

#: Rows that were submitted earlier may still appear later in the list, in milliseconds.
LATECOMERS = 900_000
SHORTEST_PAUSE = 1_000
LONGEST_PAUSE = 60_000
#: How often the list is read far back, in milliseconds: while something waits to be confirmed, and
#: otherwise, for rows that appeared very late.
FAR_EVERY = 600_000
FAR_DAILY = 86_400_000

Progress = Callable[[int], None]


@dataclass
class ListReading:
    """What a reading of the list saw. ``unreadable`` counts rows that could not be understood."""

    rows: int = 0
    unreadable: int = 0
    newest: int = 0
    others: list[NewRequest] = field(default_factory=list)


def begin_reading(store: Store, now: int) -> int:
    """What was submitted long before the very first start is none of our business.

    Returns since when it is.
    """
    first = store.read(lambda records: records.marks.find(FIRST_MARK))
    if first is None:
        first = now - LATECOMERS
        store.write(lambda records: records.marks.set(FIRST_MARK, now - LATECOMERS))
    return first


def read_submissions(
    _keys: Sequence[str], now: int, *, store: Store, sealer: Sealer, submissions: Submissions
) -> Leftovers:
    """Confirm the requests that the list shows, and make those that no webhook brought.

    After a restore that waits until it is known which of them have tickets already.
    """
    if store.read(are_tickets_unread):
        return {WHOLE: LookAgain(now + HELD_AGAIN)}
    first = begin_reading(store, now)
    read_until = store.read(lambda records: records.marks.find(READ_MARK)) or first
    read_list(_how_far(store, read_until, now), now, store, sealer, submissions)
    return {WHOLE: LookAgain(now + _pause(store, now))}


def read_list(
    since: int,
    now: int,
    store: Store,
    sealer: Sealer,
    submissions: Submissions,
    progress: Progress = lambda _reached: None,
) -> ListReading:
    """Read the list back to ``since``. ``progress`` is told the time that has been reached.

    What certainly belongs to a request we have comes first, so that no request is given to another
    submission of the same professional while its own is still further down the list. For the same
    reason those that have a ticket from before a restore come before the others. Raises
    :class:`~casework.errors.CreditsDeskError` before it is known which tickets there are.
    """
    check_tickets_were_read(store)
    first = begin_reading(store, now)
    reading = ListReading()
    for page in pages_back_to(submissions, since):
        rows = prepare_rows(sealer, page, reading, companies_in(store))
        reading.others += store.write(partial(_take_certain, rows=rows, now=now))
        progress(min((_when(row) for row in rows), default=since))
    ours = [new for new in sorted(reading.others, key=_when) if _is_ours(new, first)]
    for new in _without_orphaned(ours, store, now):
        store.write(partial(take_in_other, new=new, now=now))
    read_until = store.read(lambda records: records.marks.find(READ_MARK)) or first
    newest = max(read_until, min(reading.newest, now))
    store.write(partial(_finish, newest=newest, now=now))
    return reading


def _is_ours(new: NewRequest, first: int) -> bool:
    return new.submission.submitted_at is None or _when(new) >= first


def _without_orphaned(rows: Sequence[NewRequest], store: Store, now: int) -> Sequence[NewRequest]:
    """Those that take up no ticket from before a restore; on other days that is all of them."""
    if store.read(lambda records: records.orphans.is_empty()):
        return rows
    return [new for new in rows if not store.write(partial(take_in_orphaned, new=new, now=now))]


def _finish(records: Records, newest: int, now: int) -> None:
    records.marks.set(READ_MARK, newest)
    list_was_read(records, now)
    records.people.drop_forgotten(now - REMEMBERED_FOR)


def prepare_rows(
    sealer: Sealer, page: SubmissionPage, reading: ListReading, is_company: IsCompany
) -> list[NewRequest]:
    """Newest first. A row with which something is wrong is counted, and holds up no other."""
    prepared = []
    for submission in page.submissions:
        try:
            prepared.append(prepare(sealer, submission, is_company))
        except Exception as error:  # noqa: BLE001 - whatever it is, the others must go on
            log.error("a submission cannot be read: %s", place_of(error))
            reading.unreadable += 1
    if page.unreadable:
        log.error("%d submissions in the list cannot be read", page.unreadable)
    reading.rows += len(page.submissions) + page.unreadable
    reading.unreadable += page.unreadable
    reading.newest = max([reading.newest, *map(_when, prepared)])
    return sorted(prepared, key=_when, reverse=True)


def _when(new: NewRequest) -> int:
    return new.submission.submitted_at or 0


def _take_certain(records: Records, rows: Sequence[NewRequest], now: int) -> list[NewRequest]:
    return [row for row in rows if not take_in_certain(records, row, now)]


def pages_back_to(submissions: Submissions, since: int) -> Iterator[SubmissionPage]:
    """The pages, newest first, down to the one that reaches back before ``since``."""
    page_key: str | None = None
    seen = set[str]()
    while True:
        page = submissions.read_page(page_key)
        yield page
        page_key = page.next_page
        reached = page.oldest is not None and page.oldest < since
        if page_key is None or page_key in seen or reached or not page.submissions:
            return
        seen.add(page_key)


def _how_far(store: Store, read_until: int, now: int) -> int:
    """Back to where we were; now and then as far as a workflow's webhook, or a row, may lag."""
    oldest, _ = _find_unconfirmed(store, now)
    last = store.read(lambda records: records.marks.find(FAR_MARK)) or 0
    waits_long = oldest is not None and now - oldest > LONGEST_PAUSE
    if store.read(is_list_unread):
        last = 0
    if now - last < (FAR_EVERY if waits_long else FAR_DAILY):
        return read_until - LATECOMERS
    store.write(lambda records: records.marks.set(FAR_MARK, now))
    return min(oldest or now, read_until) - REPEAT_WINDOW


def _pause(store: Store, now: int) -> int:
    """Look often while something waits to be confirmed, and seldom otherwise."""
    _, youngest = _find_unconfirmed(store, now)
    if youngest is None:
        return LONGEST_PAUSE
    return min(LONGEST_PAUSE, max(SHORTEST_PAUSE, (now - youngest) // 4))


def _find_unconfirmed(store: Store, now: int) -> tuple[int | None, int | None]:
    """When the oldest and the youngest were received of which there still is hope."""
    since = now - REPEAT_WINDOW
    return store.read(lambda records: records.requests.find_unconfirmed_times(since))
