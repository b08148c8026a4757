"""The ticket shows what became of the request: where it stands, one line, and notes."""

from collections.abc import Sequence

from casework import wording
from casework.errors import CreditsDeskError
from casework.ports import Desk
from casework.records import Records, Store
from casework.request import CreditRequest
from casework.tickets import TicketChange, content_for
from casework.work import Kind
from casework.worker import Leftovers


def write_back(keys: Sequence[str], now: int, *, store: Store, desk: Desk) -> Leftovers:
    """Make the tickets look as they should. A request without a ticket is not due yet."""
    found = store.read(lambda records: records.requests.find(keys))
    requests = {r.ticket_id: r for r in found.values() if r.ticket_id is not None}
    errors = desk.change_tickets([_change_for(request) for request in requests.values()])

    def fulfil(records: Records) -> None:
        for ticket_id, request in requests.items():
            if ticket_id not in errors:
                _fulfil(records, request, now)

    store.write(fulfil)
    return {requests[ticket_id].reference: error for ticket_id, error in errors.items()}


def _change_for(request: CreditRequest) -> TicketChange:
    """What is to be written; what staff may have edited is left alone unless it is wrong now."""
    corrected = request.organisation != request.shown_organisation
    return TicketChange(
        ticket_id=request.ticket_id or "",
        move_to=request.move_to,
        status_line=request.status_line,
        organisation=request.organisation if corrected else None,
        content=content_for(request.reference, request.organisation) if corrected else None,
    )


def _fulfil(records: Records, request: CreditRequest, now: int) -> None:
    current = records.requests.fulfil(request, now)
    if request.move_to:
        records.journal.write("moved", request.reference, now, stage=request.move_to)
    if not current:
        records.work.ask(Kind.WRITE_BACK, [request.reference], now)


def add_notes(
    keys: Sequence[str], now: int, *, store: Store, desk: Desk, credits_max: int
) -> Leftovers:
    """Put notes on tickets. Keys are ``reference/attention/when``."""
    leftovers: dict[str, CreditsDeskError] = {}
    for key in keys:
        try:
            _add_note(key, now, store, desk, credits_max)
        except CreditsDeskError as error:
            leftovers[key] = error
    return leftovers


def _add_note(key: str, now: int, store: Store, desk: Desk, credits_max: int) -> None:
    """A note is made once; where an answer was lost, we look whether it is there."""
    reference, attention, _when = key.split("/")
    request = store.read(lambda records: records.requests.find([reference]))[reference]
    if request.ticket_id is None:
        return
    text = wording.note_for(wording.Attention(attention), credits_max)
    before = store.write(lambda records: records.sent.begin(reference, f"note/{key}", now))
    if before == "sent":
        return
    if before == "new" or not desk.has_note(request.ticket_id, text):
        desk.add_note(request.ticket_id, text)
    store.write(lambda records: records.sent.done(reference, f"note/{key}", now))
