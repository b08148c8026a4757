"""The service wakes up with an older database: last night's backup, or a replica a little behind.

What the backup knows is safe: references are kept, tickets are made by their reference, credits
added under a permanent key. What came in after it is known to the CRM and forgotten here, and the
list of submissions shows it again. Before any of that becomes a request, all tickets are read, and
those whose reference nobody here knows are written down as orphaned; each submission then takes up
its own ticket again (:mod:`casework.claim_ticket`).
"""

from collections.abc import Mapping, Sequence
from functools import partial

from casework.errors import CreditsDeskError
from casework.grant_records import Grant, GrantState
from casework.orphan_records import OrphanedTicket
from casework.ports import Desk
from casework.records import Records, Store
from casework.request import CreditRequest, is_reference
from casework.stages import Stage
from casework.tickets import Ticket, TicketText
from casework.typed_organisation import WITHHELD
from casework.work import Kind
from casework.worker import WHOLE, Leftovers

#: When the database was last restored.
RESTORED_MARK = "restored_at"
#: When it was restored, while the tickets have not been read since; and the list of submissions.
TICKETS_MARK = "tickets_unread_since_restore"
LIST_MARK = "list_unread_since_restore"
#: How soon to look again whether what was put off can be taken in, in milliseconds.
HELD_AGAIN = 5_000
_READ = 0


def begin_relinking(records: Records, now: int) -> None:
    """To be called inside a restored database, before the service wakes up on it.

    Takes nothing the database says about the CRM for what is there now.
    """
    for mark in (RESTORED_MARK, TICKETS_MARK, LIST_MARK):
        records.marks.set(mark, now)
    records.requests.distrust()
    records.work.ask(Kind.RELINK_TICKETS, [WHOLE], now)
    records.journal.write("restored", "", now)


def are_tickets_unread(records: Records) -> bool:
    """Whether it is not known since a restore which tickets there are. Then nothing is taken in."""
    return bool(records.marks.find(TICKETS_MARK))


def is_list_unread(records: Records) -> bool:
    """Whether a restore has put back what we know of the submissions. Then no hint is believed."""
    return are_tickets_unread(records) or bool(records.marks.find(LIST_MARK))


def check_tickets_were_read(store: Store) -> None:
    """Raise :class:`CreditsDeskError` while nothing may be taken in."""
    if store.read(are_tickets_unread):
        raise CreditsDeskError(
            "the database was restored, and the tickets in the CRM have not been read since: start "
            "the service, which reads them first, and try again in a few minutes"
        )


def relink_tickets(_keys: Sequence[str], now: int, *, store: Store, desk: Desk) -> Leftovers:
    """Read all tickets; write down whose requests are not known, and heal those that are.

    Nothing but reading happens in the CRM. Killed and run again it begins anew, to the same end.
    """
    page_key: str | None = None
    seen = set[str]()
    while True:
        page = desk.read_tickets(page_key)
        store.write(partial(_compare, tickets=page.tickets, now=now))
        page_key = page.next_page
        if page_key is None or page_key in seen:
            break
        seen.add(page_key)
    store.write(partial(_finish, now=now))
    return {}


def _compare(records: Records, tickets: Sequence[Ticket], now: int) -> None:
    ours = {ticket.reference: ticket for ticket in tickets if _is_ours(ticket)}
    references = [reference for reference in ours if reference]
    known, grants = records.requests.find(references), records.grants.find(references)
    for reference in references:
        ticket, request = ours[reference], known.get(reference)
        if request is None:
            records.orphans.keep(_orphan(reference, ticket, now))
        else:
            _heal(records, request, ticket, grants, now)


def _is_ours(ticket: Ticket) -> bool:
    """Whether we have opened it: staff may type anything, but not a reference that holds."""
    return ticket.reference is not None and is_reference(ticket.reference)


def _orphan(reference: str, ticket: Ticket, now: int) -> OrphanedTicket:
    return OrphanedTicket(
        reference=reference,
        ticket_id=ticket.ticket_id,
        check=ticket.texts.get(TicketText.CHECK, ""),
        withheld=ticket.texts.get(TicketText.ORGANISATION) == WITHHELD,
        seen_at=now,
    )


def _heal(
    records: Records,
    request: CreditRequest,
    ticket: Ticket,
    grants: Mapping[str, Grant],
    now: int,
) -> None:
    """What has become of the ticket of a request that the backup knows."""
    reference = request.reference
    if request.ticket_id is None:
        records.work.ask(Kind.OPEN_TICKETS, [reference], now)
    elif request.ticket_id != ticket.ticket_id:
        # It was reopened since, or merged under an id of its own.
        records.requests.set_ticket(reference, ticket.ticket_id, request.stage, None)
        records.journal.write("relinked", reference, now, ticket=ticket.ticket_id)
    if ticket.stage is request.stage is not Stage.CREDITED:
        return
    grant = grants.get(reference)
    if grant is None or grant.state is not GrantState.POSTED:
        records.work.ask(Kind.COMPARE_RESTORED, [reference], now)
    records.work.ask(Kind.FOLLOW_STAGES, [ticket.ticket_id], now)


def _finish(records: Records, now: int) -> None:
    records.orphans.drop_unseen(now)
    if are_tickets_unread(records):
        records.marks.set(TICKETS_MARK, _READ)
        number = len(records.orphans.find_all())
        records.journal.write("tickets_read_again", "", now, orphaned=number)
    records.work.ask(Kind.READ_SUBMISSIONS, [WHOLE], now)


def list_was_read(records: Records, now: int) -> None:
    """The list of submissions was read to the end: what is orphaned now was claimed by nobody."""
    if are_tickets_unread(records) or not is_list_unread(records):
        return
    records.marks.set(LIST_MARK, _READ)
    for orphan in records.orphans.find_all():
        records.journal.write("orphaned", orphan.reference, now, ticket=orphan.ticket_id)


def awaits_comparison(records: Records, reference: str) -> bool:
    """Whether credits may have been added since the backup of which nobody here knows yet."""
    return are_tickets_unread(records) or records.work.is_asked(Kind.COMPARE_RESTORED, reference)


def drop_orphan(records: Records, reference: str, by: str, now: int) -> None:
    """A person has looked at an orphaned ticket. Raises :class:`CreditsDeskError`."""
    if not records.orphans.drop(reference):
        raise CreditsDeskError(f"there is no orphaned ticket {reference}")
    records.journal.write("orphan_dropped", reference, now, by=by)
