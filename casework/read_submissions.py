"""The list of submissions, the truth for forms, read against what the webhooks brought."""

from collections.abc import Iterator, Sequence
from functools import partial

from casework.ports import Sealer, Submissions
from casework.receive import WHOLE, find_claimed, take_in_submission
from casework.records import Records, Store
from casework.request import Submission
from casework.worker import Leftovers, LookAgain

#: Submissions older than this are the backlog of a form that was in use before us: left alone.
FIRST_MARK = "submissions_since"
#: Everything submitted up to then has been read.
READ_MARK = "submissions_read_until"

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
    """Confirm the requests that the list shows, and make those that no webhook brought."""
    first = store.read(lambda records: records.marks.find(FIRST_MARK)) or 0
    read_until = store.read(lambda records: records.marks.find(READ_MARK)) or first
    unclaimed: list[Submission] = []
    newest = read_until
    for page in _pages(submissions, max(first, read_until - LATECOMERS)):
        rows = [row for row in page if (row.submitted_at or 0) >= first]
        unclaimed += store.write(partial(_take_sure, sealer=sealer, rows=rows, now=now))
        newest = max([newest, *(row.submitted_at or 0 for row in rows)])
    for row in sorted(unclaimed, key=lambda row: row.submitted_at or 0):
        store.write(partial(take_in_submission, sealer=sealer, submission=row, now=now))
    store.write(lambda records: records.marks.set(READ_MARK, newest))
    return {WHOLE: LookAgain(now + _pause(store, now))}


def _pages(submissions: Submissions, since: int) -> Iterator[Sequence[Submission]]:
    """The pages, newest first, down to the one that reaches back before ``since``."""
    page_key: str | None = None
    while True:
        page = submissions.read_page(page_key)
        yield page.submissions
        page_key = page.next_page
        if page_key is None or (page.oldest is not None and page.oldest < since):
            return


def _take_sure(
    records: Records, sealer: Sealer, rows: Sequence[Submission], now: int
) -> list[Submission]:
    """Take in the rows that certainly belong to a request we have; return the others.

    Those come first, so that no request is given to another submission of the same professional
    while its own is still further down the list.
    """
    others = []
    for row in sorted(rows, key=lambda row: row.submitted_at or 0):
        if find_claimed(records, sealer, row, now):
            take_in_submission(records, sealer, row, now, adopt=False)
        else:
            others.append(row)
    return others


def _pause(store: Store, now: int) -> int:
    """Look often while something waits to be confirmed, and seldom otherwise."""
    youngest = store.read(lambda records: records.requests.find_youngest_unconfirmed())
    if youngest is None:
        return LONGEST_PAUSE
    return min(LONGEST_PAUSE, max(SHORTEST_PAUSE, (now - youngest) // 4))
