"""Every request gets its anonymous twin in the CRM, once."""

from collections.abc import Mapping, Sequence
from functools import partial

from casework import wording
from casework.call_attention import add_note
from casework.errors import CreditsDeskError, Leak
from casework.ports import Desk
from casework.records import Records, Store
from casework.request import CreditRequest
from casework.tickets import Ticket, TicketText, draft_for
from casework.typed_organisation import ORGANISATION_WITHHELD, WITHHELD
from casework.wording import Attention
from casework.work import Kind
from casework.worker import Leftovers


def open_tickets(keys: Sequence[str], now: int, *, store: Store, desk: Desk) -> Leftovers:
    """Open the tickets that are missing.

    Where an earlier call's answer may have been lost we look first, because writing the draft
    again would put back whatever staff have done to the ticket since. For a client who was
    forgotten no ticket is opened any more.
    """
    requests = store.read(lambda records: records.requests.find(keys))
    missing = [request for request in requests.values() if request.ticket_id is None]
    asked_before = [request for request in missing if request.opening]
    found = _find(desk, asked_before)
    to_open = [r for r in missing if r.reference not in found and not r.erased]
    store.write(lambda records: records.requests.set_opening([r.reference for r in to_open]))
    answers, withheld = _open(to_open, now, store, desk)
    requests = {**requests, **withheld}
    opened = {ref: answer for ref, answer in answers.items() if isinstance(answer, str)}

    def record(records: Records) -> None:
        for reference, ticket_id in opened.items():
            _record(records, requests[reference], ticket_id, None, now)
        for reference, ticket in found.items():
            _record(records, requests[reference], ticket.ticket_id, ticket, now)

    store.write(record)
    return {ref: error for ref, error in answers.items() if isinstance(error, CreditsDeskError)}


def _open(
    requests: Sequence[CreditRequest], now: int, store: Store, desk: Desk
) -> tuple[Mapping[str, str | CreditsDeskError], Mapping[str, CreditRequest]]:
    """Open them. Returns the answers, and the requests that had to be changed for that.

    Where the organisation as typed names somebody it is withheld: nobody would see the request
    otherwise. Of several requests the worker first finds out which one it is.
    """
    if not requests:
        return {}, {}
    try:
        return desk.open_tickets([draft_for(request) for request in requests]), {}
    except Leak:
        if len(requests) > 1 or requests[0].organisation == WITHHELD:
            raise
        withheld = store.write(partial(_withhold, request=requests[0], now=now))
        return desk.open_tickets([draft_for(withheld)]), {withheld.reference: withheld}


def _withhold(records: Records, request: CreditRequest, now: int) -> CreditRequest:
    reference = request.reference
    records.requests.set_organisation(reference, WITHHELD)
    records.requests.forget_match(reference)
    records.journal.write(ORGANISATION_WITHHELD, reference, now)
    records.work.ask(Kind.IDENTIFY, [reference], now)
    if request.attention:
        add_note(records, reference, Attention.ORGANISATION, now)
    else:
        status = wording.status_for(Attention.ORGANISATION)
        records.requests.wish(reference, attention=Attention.ORGANISATION, status_line=status)
    return records.requests.find([reference])[reference]


def _find(desk: Desk, requests: Sequence[CreditRequest]) -> Mapping[str, Ticket]:
    return desk.find_by_references([r.reference for r in requests]) if requests else {}


def _record(
    records: Records, request: CreditRequest, ticket_id: str, found: Ticket | None, now: int
) -> None:
    """A ticket that was found shows an earlier draft, so it is written anew where it differs.

    So is one whose request has changed while it was being opened.
    """
    now_wished = records.requests.find([request.reference])[request.reference]
    stage = draft_for(request).stage
    if found and found.stage and now_wished.erased:
        stage = found.stage  # from there it is still to be moved
    shown = None if found else request.organisation
    check = found.texts.get(TicketText.CHECK, "") if found else request.check
    records.requests.set_ticket(request.reference, ticket_id, stage, shown, check)
    records.journal.write("ticket_opened", request.reference, now, ticket=ticket_id)
    if now_wished.attention:
        note = f"{request.reference}/{now_wished.attention}/{now}"
        records.work.ask(Kind.ADD_NOTE, [note], now)
    records.work.ask(Kind.MATCH_ORGANISATION, [request.reference], now)
    if found or now_wished.wishes != request.wishes or now_wished.check != check:
        records.work.ask(Kind.WRITE_BACK, [request.reference], now)
        if found and found.stage is not stage:
            records.work.ask(Kind.FOLLOW_STAGES, [ticket_id], now)
