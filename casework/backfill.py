"""The backlog of a form that was in use before us is read in, without consequences.

What is read in is *dormant*: known, so that it is told apart and can be found, but it gets no
ticket, no mail and no credits. People have long dealt with it. What was submitted since the first
start is no backlog, and left to the ordinary reading.
"""

from collections.abc import Sequence
from functools import partial

from casework.ports import Sealer, Submissions
from casework.read_submissions import (
    ListReading,
    Progress,
    begin_reading,
    pages_back_to,
    prepare_rows,
)
from casework.records import Records, Store
from casework.relink import check_tickets_were_read
from casework.request_records import NewRequest
from casework.take_in import companies_in, take_in_certain
from casework.work import Kind


def backfill(
    since: int,
    now: int,
    *,
    store: Store,
    sealer: Sealer,
    submissions: Submissions,
    open_tickets: bool = False,
    progress: Progress,
) -> int:
    """Read in what was submitted between then and the first start. Returns how many were new.

    With ``open_tickets`` they, and what was made known earlier, become ordinary requests: staff see
    them, nobody has approved them. ``progress`` is told the time that has been reached, going back.
    """
    check_tickets_were_read(store)
    first = begin_reading(store, now)
    made = 0
    reading = ListReading()
    for page in pages_back_to(submissions, since):
        prepared = prepare_rows(sealer, page, reading, companies_in(store))
        rows = [row for row in prepared if since <= _when(row) < first]
        made += store.write(partial(_take, rows=rows, now=now, dormant=not open_tickets))
        progress(min((_when(row) for row in rows), default=now))
    return made


def _when(new: NewRequest) -> int:
    return new.submission.submitted_at or 0


def _take(records: Records, rows: Sequence[NewRequest], now: int, *, dormant: bool) -> int:
    return sum(_take_one(records, row, now, dormant=dormant) for row in rows)


def _take_one(records: Records, row: NewRequest, now: int, *, dormant: bool) -> bool:
    """Returns whether anything was made, or woken."""
    known = records.requests.find_by_conversion(row.submission.conversion_id or "")
    if known and (dormant or not records.requests.wake(known.reference)):
        return False
    reference = known.reference if known else row.reference
    if known is None:
        if take_in_certain(records, row, now):
            return False
        records.requests.add(row, now, dormant=dormant)
    records.journal.write("backfilled", reference, now, dormant=int(dormant))
    if not dormant:
        records.work.ask(Kind.OPEN_TICKETS, [reference], now)
        # What guards it may have been dropped while nobody was to hear of it.
        records.work.ask(Kind.IDENTIFY, [reference], now)
    return True
