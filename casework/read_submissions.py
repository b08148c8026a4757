"""The list of submissions, the truth for forms, read against what the webhooks brought."""

import logging
from collections.abc import Iterator, Sequence
from functools import partial

from casework.ports import Sealer, Submissions
from casework.records import NewRequest, Records, Store
from casework.request import Submission
from casework.take_in import REPEAT_WINDOW, prepare, take_in_certain, take_in_other
from casework.worker import WHOLE, Leftovers, LookAgain, place_of

log = logging.getLogger(__name__)

#: Submissions older than this are the backlog of a form that was in use before us: left alone.
FIRST_MARK = "submissions_since"
#: Everything submitted up to then has been read.
READ_MARK = "submissions_read_until"
#: When the list was last read as far back as a workflow's webhook may lag.
FAR_MARK = "submissions_read_far_at"
FAR_EVERY = 600_000

#: Rows that were submitted earlier may still appear later in the list, in milliseconds.
LATECOMERS = 900_000
SHORTEST_PAUSE = 1_000
LONGEST_PAUSE = 60_000


def begin_reading(store: Store, now: int) -> None:
    """On the very first start: what was submitted long before is none of our business."""

    def begin(records: Records) -> None:
        if records.marks.find(FIRST_MARK) is None:
            records.marks.set(FIRST_MARK, now - LATECOMERS)

    store.write(begin)


def read_submissions(
    _keys: Sequence[str], now: int, *, store: Store, sealer: Sealer, submissions: Submissions
) -> Leftovers:
    """Confirm the requests that the list shows, and make those that no webhook brought.

    What certainly belongs to a request we have comes first, so that no request is given to another
    submission of the same professional while its own is still further down the list.
    """
    first = store.read(lambda records: records.marks.find(FIRST_MARK)) or 0
    read_until = store.read(lambda records: records.marks.find(READ_MARK)) or first
    others: list[NewRequest] = []
    newest = read_until
    for page in pages_back_to(submissions, _how_far(store, read_until, now)):
        rows = prepare_rows(sealer, page)
        others += store.write(partial(_take_certain, rows=rows, now=now))
        newest = max([newest, *(min(row.submitted_at or 0, now) for row in page)])
    for new in sorted(others, key=_when):
        if new.submission.submitted_at is None or _when(new) >= first:
            store.write(partial(take_in_other, new=new, now=now))
    store.write(lambda records: records.marks.set(READ_MARK, newest))
    return {WHOLE: LookAgain(now + _pause(store, now))}


def prepare_rows(sealer: Sealer, page: Sequence[Submission]) -> list[NewRequest]:
    """Oldest first. A row with which something is wrong does not hold up the others."""
    prepared = []
    for submission in page:
        try:
            prepared.append(prepare(sealer, submission))
        except Exception as error:  # noqa: BLE001 - whatever it is, the others must go on
            log.error("a submission cannot be read: %s", place_of(error))
    return sorted(prepared, key=_when)


def _when(new: NewRequest) -> int:
    return new.submission.submitted_at or 0


def _take_certain(records: Records, rows: Sequence[NewRequest], now: int) -> list[NewRequest]:
    return [row for row in rows if not take_in_certain(records, row, now)]


def pages_back_to(submissions: Submissions, since: int) -> Iterator[Sequence[Submission]]:
    """The pages, newest first, down to the one that reaches back before ``since``."""
    page_key: str | None = None
    seen = set[str]()
    while True:
        page = submissions.read_page(page_key)
        yield page.submissions
        page_key = page.next_page
        reached = page.oldest is not None and page.oldest < since
        if page_key is None or page_key in seen or reached or not page.submissions:
            return
        seen.add(page_key)


def _how_far(store: Store, read_until: int, now: int) -> int:
    """Back to where we were; now and then further, while something long waits to be confirmed."""
    oldest, _ = store.read(lambda records: records.requests.find_unconfirmed_times())
    last = store.read(lambda records: records.marks.find(FAR_MARK)) or 0
    waits_long = oldest is not None and LONGEST_PAUSE < now - oldest < REPEAT_WINDOW
    if oldest is None or not waits_long or now - last < FAR_EVERY:
        return read_until - LATECOMERS
    store.write(lambda records: records.marks.set(FAR_MARK, now))
    return oldest - REPEAT_WINDOW


def _pause(store: Store, now: int) -> int:
    """Look often while something waits to be confirmed, and seldom otherwise."""
    _, youngest = store.read(lambda records: records.requests.find_unconfirmed_times())
    if youngest is None:
        return LONGEST_PAUSE
    return min(LONGEST_PAUSE, max(SHORTEST_PAUSE, (now - youngest) // 4))
