"""The ticket shows what became of the request: where it stands, one line, and notes."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from casework import wording
from casework.errors import Leak
from casework.ports import Desk
from casework.records import Records, Store
from casework.reply_wording import note_for_reply
from casework.request import CreditRequest, TicketState
from casework.stages import WAITING_FOR_REPLY, Stage
from casework.tickets import Ticket, TicketChange, TicketText, draft_for
from casework.wording import Attention
from casework.work import Kind
from casework.worker import Leftovers, each_alone

#: In the key of a note about a reply.
REPLY = "reply"

#: How a candidate's record is named beside the name.
_RECORD = re.compile(r"\brecord [0-9]+\b")

#: A doubt that came up by itself must not undo what staff have decided meanwhile.
_LOOK_FIRST = frozenset(
    {
        Attention.UNSURE_ORGANISATION,
        Attention.CONTRADICTION,
        Attention.UNCONFIRMED,
        Attention.SMALL_GROUP,
    }
)

#: Moves that fill in the credits, and must not be made over what staff have done meanwhile.
_MOVES_WITH_AMOUNT = frozenset({Stage.REPLIED, Stage.APPROVED})
#: What says which organisation it is. The status is written each time, and nobody edits it.
_WHEN_CORRECTED = frozenset({TicketText.STATUS, TicketText.ORGANISATION, TicketText.CONTENT})
#: Staff may have added to these, so they are written anew only where they should be others.
_LETTER_TEXTS = frozenset({TicketText.LETTER, TicketText.ANSWER})


def write_back(keys: Sequence[str], now: int, *, store: Store, desk: Desk) -> Leftovers:
    """Make the tickets look as they should. A request without a ticket is not due yet.

    Where an earlier move's answer may have been lost we look first: what staff have moved on since
    is not moved again. We also look before a correction, because a merged ticket's id stands for
    the one it was merged into, which is another request's.
    """
    found = store.read(lambda records: records.requests.find(keys))
    requests = {r.ticket_id: r for r in found.values() if r.ticket_id and not _is_merged(r)}
    tickets = _look_first(desk, requests)
    for ticket_id, ticket in tickets.items():
        if not ticket.is_for(requests[ticket_id]):
            del requests[ticket_id]
    moved_on = {
        id_ for id_, r in requests.items() if id_ in tickets and _has_moved_on(tickets[id_], r)
    }
    moving = [r.reference for r in requests.values() if r.move_to and r.ticket_id not in moved_on]
    store.write(lambda records: records.requests.set_writing(moving))
    errors = desk.change_tickets(
        [_change_for(request, move=id_ not in moved_on) for id_, request in requests.items()]
    )

    def fulfil(records: Records) -> None:
        for ticket_id, request in requests.items():
            if ticket_id not in errors:
                _fulfil(records, request, moved=ticket_id not in moved_on, now=now)
        records.work.ask(Kind.FOLLOW_STAGES, [*moved_on, *(tickets.keys() - requests.keys())], now)

    store.write(fulfil)
    return {requests[ticket_id].reference: error for ticket_id, error in errors.items()}


def _is_merged(request: CreditRequest) -> bool:
    return request.ticket_state is TicketState.MERGED


def _look_first(desk: Desk, requests: Mapping[str, CreditRequest]) -> Mapping[str, Ticket]:
    """The tickets about which there is a doubt, as they are now."""
    doubtful = [
        ticket_id
        for ticket_id, request in requests.items()
        if _may_have_moved(request) or request.organisation != request.shown_organisation
    ]
    return desk.find_tickets(doubtful) if doubtful else {}


def _may_have_moved(request: CreditRequest) -> bool:
    """Whether our move must not be made before we have looked; an approval by rule never."""
    return request.move_to is not None and (
        request.writing or request.move_to in _MOVES_WITH_AMOUNT or request.attention in _LOOK_FIRST
    )


def _has_moved_on(ticket: Ticket, request: CreditRequest) -> bool:
    """Whether it stands elsewhere than where we would move it from.

    A correction goes before whatever staff did on the strength of what was wrong. Where we would
    approve by a rule, staff who have typed a number of credits are at work on it themselves.
    """
    if request.move_to is None:
        return False
    if request.attention in (Attention.CORRECTED, Attention.MERGED):
        return ticket.stage is request.move_to
    if request.move_to is Stage.REPLIED:
        return ticket.stage not in WAITING_FOR_REPLY
    if request.move_to is Stage.APPROVED and ticket.credits_to_grant:
        return True
    return ticket.stage is not request.stage


def _change_for(request: CreditRequest, *, move: bool) -> TicketChange:
    """What is to be written; what staff may have edited is left alone unless it is wrong now."""
    ours = draft_for(request).texts
    corrected = request.organisation != request.shown_organisation
    fills_in = move and request.move_to in _MOVES_WITH_AMOUNT
    due = set(_WHEN_CORRECTED if corrected else {TicketText.STATUS})
    if str(request.letter) != request.shown_letter:
        due |= _LETTER_TEXTS
    if request.check != request.shown_check:
        due.add(TicketText.CHECK)
    return TicketChange(
        ticket_id=request.ticket_id or "",
        move_to=request.move_to if move else None,
        texts={text: ours[text] for text in due},
        credits_to_grant=request.credits_to_grant if fills_in else None,
    )


def _fulfil(records: Records, request: CreditRequest, *, moved: bool, now: int) -> None:
    current = records.requests.fulfil(request, now)
    if moved and request.move_to:
        records.journal.write("moved", request.reference, now, stage=request.move_to)
    if moved and request.move_to is Stage.APPROVED and request.ticket_id:
        # No event tells us: our own writes come back as echoes, which we do not listen to.
        records.work.ask(Kind.FOLLOW_STAGES, [request.ticket_id], now)
    if not current:
        records.work.ask(Kind.WRITE_BACK, [request.reference], now)


def add_notes(
    keys: Sequence[str], now: int, *, store: Store, desk: Desk, credits_max: int
) -> Leftovers:
    """Put notes on tickets.

    Keys are ``reference/attention/when``, or ``reference/reply/message``.
    """
    return each_alone(keys, lambda key: _add_note(key, now, store, desk, credits_max))


def _add_note(key: str, now: int, store: Store, desk: Desk, credits_max: int) -> None:
    """A note is made once; where an answer was lost, we look whether it is there."""
    reference, about, which = key.split("/", 2)
    request = store.read(lambda records: records.requests.find([reference]))[reference]
    if request.ticket_id is None or _is_merged(request):
        return
    texts = store.read(lambda records: _texts_of(records, request, about, which, credits_max))
    before = store.write(lambda records: records.sent.begin(reference, f"note/{key}", now))
    if before == "sent":
        return
    _put(desk, request.ticket_id, texts, look_first=before == "begun")
    store.write(lambda records: records.sent.done(reference, f"note/{key}", now))


def _texts_of(
    records: Records, request: CreditRequest, about: str, which: str, credits_max: int
) -> Sequence[str]:
    """The note, and what to say where it may not leave.

    A company may be called as the client is; by its record's id staff find it all the same.
    """
    if about == REPLY:
        replies = records.replies.find(request.reference)
        return [note_for_reply(next(one for one in replies if one.message_id == which))]
    ids_only = "; ".join(_RECORD.findall(request.candidates))
    candidates = dict.fromkeys([request.candidates, ids_only or request.candidates])
    return [wording.note_for(Attention(about), credits_max, each) for each in candidates]


def _put(desk: Desk, ticket_id: str, texts: Sequence[str], *, look_first: bool) -> None:
    """Put the first of the texts that may leave on the ticket, unless it is there."""
    *before, last = texts
    for text in before:
        with suppress(Leak):
            if not look_first or not desk.has_note(ticket_id, text):
                desk.add_note(ticket_id, text)
            return
    if not look_first or not desk.has_note(ticket_id, last):
        desk.add_note(ticket_id, last)
