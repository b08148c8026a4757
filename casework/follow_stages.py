"""Staff move tickets; here is what each move means.

An event only says that a ticket may have moved. We read it, compare it with what we know, and act
on the difference, so it does not matter whether events are repeated, late or out of order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework import wording
from casework.ports import Desk, Letter
from casework.receive import WHOLE
from casework.records import Grant, GrantState, Records, Store
from casework.request import CreditRequest
from casework.stages import OPEN_STAGES, Stage
from casework.tickets import Ticket
from casework.wording import Attention
from casework.work import Kind
from casework.worker import BATCH, Leftovers, LookAgain

#: How often all open tickets are looked at, for moves of which no event came, in milliseconds.
SWEEP_EVERY = 300_000


@dataclass(frozen=True)
class GrantRules:
    """``delay`` is the undo window in milliseconds; ``credits_max`` the most one grant may add."""

    delay: int
    credits_max: int


def follow_stages(
    keys: Sequence[str], now: int, *, store: Store, desk: Desk, rules: GrantRules
) -> Leftovers:
    """Read the tickets and act on what staff did with them."""
    tickets = desk.find_tickets(keys)

    def follow_all(records: Records) -> None:
        requests = _find_requests(records, tickets)
        grants = records.grants.find([request.reference for request in requests.values()])
        for ticket_id, request in requests.items():
            grant = grants.get(request.reference)
            follow(records, request, tickets[ticket_id], grant, rules, now)

    store.write(follow_all)
    return {}


def sweep_tickets(_keys: Sequence[str], now: int, *, store: Store) -> Leftovers:
    """Have every open ticket looked at."""

    def ask(records: Records) -> None:
        open_tickets = records.requests.find_open_tickets()
        for start in range(0, len(open_tickets), BATCH):
            records.work.ask(Kind.FOLLOW_STAGES, open_tickets[start : start + BATCH], now)

    store.write(ask)
    return {WHOLE: LookAgain(now + SWEEP_EVERY)}


def _find_requests(records: Records, tickets: Mapping[str, Ticket]) -> Mapping[str, CreditRequest]:
    """The requests behind the tickets; tickets of others are none of ours."""
    return records.requests.find_by_tickets(list(tickets))


def follow(
    records: Records,
    request: CreditRequest,
    ticket: Ticket,
    grant: Grant | None,
    rules: GrantRules,
    now: int,
) -> None:
    """Act on the difference between where we think the ticket stands and where it does."""
    if ticket.stage in (None, request.stage) or not ticket.is_for(request):
        return
    records.requests.set_stage(request.reference, ticket.stage, now)
    records.journal.write("stage_seen", request.reference, now, stage=ticket.stage)
    if ticket.stage is Stage.APPROVED:
        _approve(records, request, ticket, grant, rules, now)
        return
    if ticket.stage is Stage.CREDITED:
        if not _is_posted(grant):
            call_for_attention(records, request.reference, Attention.BY_HAND, now)
        return
    _take_back(records, request, grant, now)
    if ticket.stage is Stage.DECLINED:
        letter = f"{request.reference}/{Letter.DECLINED}"
        records.work.ask(Kind.NOTIFY, [letter], now + rules.delay)
    if request.attention and ticket.stage in OPEN_STAGES:
        records.requests.wish(request.reference, status_line=wording.RECEIVED)
        records.work.ask(Kind.WRITE_BACK, [request.reference], now)


def _approve(
    records: Records,
    request: CreditRequest,
    ticket: Ticket,
    grant: Grant | None,
    rules: GrantRules,
    now: int,
) -> None:
    """Reserve the grant. It waits for the undo window, in which a mistake can be dragged back."""
    if _is_posted(grant):
        records.requests.wish(request.reference, move_to=Stage.CREDITED)
        records.work.ask(Kind.WRITE_BACK, [request.reference], now)
        return
    if grant and grant.state is GrantState.FAILED:
        call_for_attention(records, request.reference, Attention.KEY_CONFLICT, now)
        return
    credits_ = read_credits(ticket.credits_to_grant, rules.credits_max)
    if credits_ is None:
        call_for_attention(records, request.reference, Attention.AMOUNT, now)
        return
    due = now + rules.delay
    if records.grants.reserve(request.reference, credits_, due, now):
        records.journal.write("grant_reserved", request.reference, now, credits=credits_)
    records.work.ask(Kind.GRANT, [request.reference], due)
    if not request.confirmed:
        records.requests.wish(request.reference, status_line=wording.WAITING_FOR_LIST)
        records.work.ask(Kind.WRITE_BACK, [request.reference], now)


def _take_back(records: Records, request: CreditRequest, grant: Grant | None, now: int) -> None:
    """The ticket is not approved: what was only reserved is void, what was granted stays."""
    if grant is None:
        return
    if grant.state is GrantState.POSTED:
        add_note(records, request.reference, Attention.TOO_LATE, now)
    elif grant.state is GrantState.RESERVED:
        records.grants.void(request.reference, "moved_away")
        records.journal.write("grant_void", request.reference, now, why="moved_away")
    elif grant.state is GrantState.SENDING:
        records.work.ask(Kind.GRANT, [request.reference], now)


def call_for_attention(records: Records, reference: str, attention: Attention, now: int) -> None:
    """Move the ticket to Needs attention, with a note that says what to do."""
    records.requests.wish(
        reference,
        move_to=Stage.NEEDS_ATTENTION,
        attention=attention,
        status_line=wording.status_for(attention),
    )
    records.journal.write("attention", reference, now, why=attention)
    records.work.ask(Kind.WRITE_BACK, [reference], now)
    add_note(records, reference, attention, now)


def add_note(records: Records, reference: str, attention: Attention, now: int) -> None:
    """Have the note put on the ticket; a later note about the same thing is another one."""
    records.work.ask(Kind.ADD_NOTE, [f"{reference}/{attention}/{now}"], now)


def _is_posted(grant: Grant | None) -> bool:
    return grant is not None and grant.state is GrantState.POSTED


def read_credits(text: str, credits_max: int) -> int | None:
    """The number of credits staff typed, if it is a whole one from 1 to the most allowed.

    HubSpot's number properties arrive as text, ``4`` as well as ``4.0``.
    """
    match = re.fullmatch(r"([0-9]{1,9})(?:\.0{1,9})?", text.strip(), flags=re.ASCII)
    credits_ = int(match[1]) if match else 0
    return credits_ if 1 <= credits_ <= credits_max else None
