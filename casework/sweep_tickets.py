"""Has tickets looked at that may have moved without a word, and finds what fell through.

Events are hints: they may never come. So everything that is open is looked at now and then.
"""

from collections.abc import Sequence

from casework.call_attention import call_for_attention
from casework.records import Records, Store
from casework.refresh_identifiers import refresh_identifiers
from casework.wording import Attention
from casework.work import Kind
from casework.worker import WHOLE, Leftovers, LookAgain

#: How often the tickets are looked at of whose moves no event may have come, in milliseconds.
SWEEP_EVERY = 60_000
#: With very many tickets more seldom, so that looking takes little of HubSpot's limit.
SWEEP_PER_TICKET = 60
#: A request that the list has not shown for so long is flagged, in milliseconds.
UNCONFIRMED_FOR = 86_400_000
#: A request may be without a ticket for so long before it is asked for again, in milliseconds.
TICKET_WITHIN = 600_000
#: Nobody sees a request without a ticket, so its opening is never given up on, in milliseconds.
OPEN_AGAIN_AFTER = 3_600_000
#: How long a closed ticket is still looked at, in case staff open it again.
WATCH_CLOSED = 30 * 86_400_000


def flag_unconfirmed(records: Records, now: int) -> Sequence[str]:
    """Tell staff, once, of a request that the list has not shown for a day. Returns all such."""
    found = records.requests.find_long_unconfirmed(now - UNCONFIRMED_FOR)
    for request in found:
        if records.sent.begin(request.reference, "flag/unconfirmed", now) == "new":
            call_for_attention(records, request.reference, Attention.UNCONFIRMED, now)
    return [request.reference for request in found]


def sweep_tickets(_keys: Sequence[str], now: int, *, store: Store) -> Leftovers:
    """Have every ticket looked at that may have moved without a word."""

    def ask(records: Records) -> int:
        watched = records.requests.find_tickets_to_watch(now - WATCH_CLOSED)
        records.work.ask(Kind.WATCH_TICKETS, watched, now)
        records.work.ask(Kind.CHECK_CONTACTS, [WHOLE], now)
        without_ticket = records.requests.find_without_ticket(now - TICKET_WITHIN)
        records.work.ask_if_missing(Kind.OPEN_TICKETS, without_ticket, now)
        records.work.retry_parked(Kind.OPEN_TICKETS, now - OPEN_AGAIN_AFTER, now)
        without_letter = records.requests.find_without_letter()
        records.work.ask_if_missing(Kind.WRITE_BACK, without_letter, now)
        refresh_identifiers(records, now)
        flag_unconfirmed(records, now)
        return len(watched)

    number = store.write(ask)
    return {WHOLE: LookAgain(now + max(SWEEP_EVERY, number * SWEEP_PER_TICKET))}
