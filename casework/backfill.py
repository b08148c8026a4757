"""The backlog of a form that was in use before us is read in, without consequences.

What is read in is *dormant*: known, so that it is told apart and can be found, but it gets no
ticket, no mail and no credits. People have long dealt with it.
"""

from collections.abc import Callable, Sequence
from functools import partial

from casework.ports import Sealer, Submissions
from casework.read_submissions import pages_back_to, prepare_rows
from casework.records import NewRequest, Records, Store
from casework.take_in import take_in_certain
from casework.work import Kind

Progress = Callable[[int], None]


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
    """Read in what was submitted since then. Returns how many were new.

    With ``open_tickets`` they become ordinary requests: staff see them, nobody has approved them.
    ``progress`` is called with the time that has been reached, going back.
    """
    made = 0
    for page in pages_back_to(submissions, since):
        rows = [row for row in prepare_rows(sealer, page) if _when(row) >= since]
        made += store.write(partial(_take, rows=rows, now=now, dormant=not open_tickets))
        progress(min((_when(row) for row in rows), default=since))
    return made


def _when(new: NewRequest) -> int:
    return new.submission.submitted_at or 0


def _take(records: Records, rows: Sequence[NewRequest], now: int, *, dormant: bool) -> int:
    made = [row for row in rows if not take_in_certain(records, row, now)]
    for row in made:
        records.requests.add(row, now, dormant=dormant)
        records.journal.write("backfilled", row.reference, now)
    if not dormant:
        records.work.ask(Kind.OPEN_TICKETS, [row.reference for row in made], now)
    return len(made)
