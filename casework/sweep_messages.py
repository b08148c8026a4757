"""Mails of which no event has told are found by looking, every few minutes.

A mark remembers up to when everything was found. It moves on only when nothing is left, so what
could not be looked at in one go is looked at in the next.
"""

from collections.abc import Callable, Sequence
from functools import partial

from casework.conversation_ports import Conversations, MessagesFound, id_of_email
from casework.errors import CreditsDeskError
from casework.records import Records, Store
from casework.sweep_tickets import WATCH_CLOSED
from casework.work import Kind
from casework.worker import WHOLE, Leftovers, LookAgain

#: How often to look, in milliseconds.
SWEEP_EVERY = 120_000
#: How far back to look again: the CRM's lists lag, and its clock is not ours.
OVERLAP = 300_000
#: How far back to look the first time.
FIRST_LOOK_BACK = 86_400_000
#: Lists of threads in one go, since each thread is a call, and tickets wait meanwhile. What is left
#: over is looked at in the next.
MOST_LISTS = 3
#: With very many tickets more seldom, so that looking takes little of the CRM's limit.
_PER_TICKET = 120

THREADS_MARK, MESSAGES_MARK, EMAILS_MARK = "swept_threads", "swept_messages", "swept_emails"


def sweep_messages(
    _keys: Sequence[str], now: int, *, store: Store, conversations: Conversations
) -> Leftovers:
    """Have every mail read that may be new. Threads failing does not keep logged mails waiting."""
    watched = store.read(lambda r: r.requests.find_tickets_to_watch(now - WATCH_CLOSED))
    sweeps: list[Callable[[], None]] = [
        partial(_sweep_threads, now, store, conversations),
        partial(_sweep_emails, now, store, conversations, watched),
    ]
    errors = [error for sweep in sweeps if (error := _attempt(sweep))]
    if errors:
        return {WHOLE: errors[0]}
    return {WHOLE: LookAgain(now + max(SWEEP_EVERY, len(watched) * _PER_TICKET))}


def _attempt(sweep: Callable[[], None]) -> CreditsDeskError | None:
    try:
        sweep()
    except CreditsDeskError as error:
        return error
    return None


def _sweep_threads(now: int, store: Store, conversations: Conversations) -> None:
    for _ in range(MOST_LISTS):
        since, threads_since = store.read(partial(_find_times, now=now))
        found = conversations.find_messages_since(since, threads_since)
        store.write(partial(_ask_for, found=found, now=now))
        if found.until is None:
            return


def _find_times(records: Records, now: int) -> tuple[int, int]:
    """Since when messages are wanted, and from when on the threads were not looked at yet."""
    since = _find_mark(records, MESSAGES_MARK, now)
    return since, max(since, records.marks.find(THREADS_MARK) or 0)


def _find_mark(records: Records, name: str, now: int) -> int:
    known = records.marks.find(name)
    return now - FIRST_LOOK_BACK if known is None else known


def _ask_for(records: Records, found: MessagesFound, now: int) -> None:
    records.work.ask(Kind.READ_MESSAGES, found.ids, now)
    if found.until is None:
        records.marks.set(MESSAGES_MARK, now - OVERLAP)
        records.marks.set(THREADS_MARK, now - OVERLAP)
    else:
        # Where to go on must be kept with since when, or a restart would begin another window.
        records.marks.set(MESSAGES_MARK, _find_mark(records, MESSAGES_MARK, now))
        records.marks.set(THREADS_MARK, found.until)


def _sweep_emails(
    now: int, store: Store, conversations: Conversations, ticket_ids: Sequence[str]
) -> None:
    since = store.read(partial(_find_mark, name=EMAILS_MARK, now=now))
    ids = conversations.find_emails_of_tickets(ticket_ids, since) if ticket_ids else ()

    def ask(records: Records) -> None:
        records.work.ask(Kind.READ_MESSAGES, list(map(id_of_email, ids)), now)
        records.marks.set(EMAILS_MARK, now - OVERLAP)

    store.write(ask)
