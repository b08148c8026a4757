"""Staff move tickets; here is what each move means.

An event only says that a ticket may have moved. We read it, compare it with what we know, and act
on the difference, so it does not matter whether events are repeated, late or out of order.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from casework import wording
from casework.call_attention import add_note, call_for_attention
from casework.grant_records import Grant, GrantState
from casework.ports import Desk, MailKind
from casework.records import Records, Store
from casework.relink import awaits_comparison
from casework.request import CreditRequest, TicketState
from casework.stages import OPEN_STAGES, WAITING_FOR_REPLY, Stage
from casework.tickets import Ticket
from casework.wording import Attention
from casework.work import Kind
from casework.worker import Leftovers

#: How a reversal ends in which the credits were taken off.
TAKEN_BACK = "taken-back"


@dataclass(frozen=True)
class GrantRules:
    """``delay`` is the undo window in milliseconds; ``credits_max`` the most one grant may add."""

    delay: int
    credits_max: int


#: Where a ticket stands while the letter is still to be sent.
_BEFORE_ASKING = frozenset({Stage.NEW, Stage.NEEDS_ATTENTION})

#: Looks at tickets that were just read, at a time; what it leaves over is by ticket id.
LookAt = Callable[[Mapping[str, Ticket], int], Leftovers]


def follow_stages(
    keys: Sequence[str], now: int, *, store: Store, desk: Desk, rules: GrantRules, look_at: LookAt
) -> Leftovers:
    """Read the tickets and act on what staff did with them. ``look_at`` sees them as well."""
    tickets = desk.find_tickets(keys)

    def follow_all(records: Records) -> None:
        for ticket_id, request in records.requests.find_by_tickets(keys).items():
            _note_whereabouts(records, request, tickets.get(ticket_id), now)
        requests = records.requests.find_by_tickets(list(tickets))
        grants = records.grants.find([request.reference for request in requests.values()])
        for ticket_id, request in requests.items():
            seen = Seen(request, tickets[ticket_id], grants.get(request.reference))
            _ask_for(records, seen, rules, now)
            follow(records, seen, rules, now)

    store.write(follow_all)
    return look_at(tickets, now)


def _note_whereabouts(
    records: Records, request: CreditRequest, ticket: Ticket | None, now: int
) -> None:
    """Record that the ticket is gone, merged, elsewhere, or back. Only people can mend that."""
    state = _whereabouts(request, ticket)
    if state is request.ticket_state:
        return
    records.requests.set_ticket_state(request.reference, state)
    records.journal.write("ticket_state", request.reference, now, state=state)
    if state is TicketState.THERE:
        records.work.ask(Kind.WRITE_BACK, [request.reference], now)
        # Meanwhile it may have been released, or its client forgotten.
        records.work.ask(Kind.TELL_REASON, [request.reference], now)
    if state is TicketState.MERGED and ticket and ticket.reference:
        survivor = records.requests.find([ticket.reference]).get(ticket.reference)
        if survivor and survivor.stage in OPEN_STAGES:
            call_for_attention(records, survivor.reference, Attention.MERGED, now)


def _whereabouts(request: CreditRequest, ticket: Ticket | None) -> TicketState:
    if ticket is None:
        return TicketState.MISSING
    if not ticket.is_for(request):
        return TicketState.MERGED
    return TicketState.ELSEWHERE if ticket.stage is None else TicketState.THERE


#: What an approval that was given before it was known does not count against.
_OVERRULES = frozenset({Attention.CORRECTED, Attention.MERGED})


@dataclass(frozen=True)
class Seen:
    """A request as we know it, and its ticket as it was just read."""

    request: CreditRequest
    ticket: Ticket
    grant: Grant | None

    @property
    def reference(self) -> str:
        """The request's."""
        return self.request.reference

    @property
    def is_own(self) -> bool:
        """Whether the ticket is the request's own, and not one that it was merged into."""
        return self.ticket.is_for(self.request)

    def is_in(self, *states: GrantState) -> bool:
        """Whether the grant is in one of these states."""
        return self.grant is not None and self.grant.state in states

    def says_something_new(self, credits_max: int) -> bool:
        """Whether staff have moved it, or it stands approved with nothing on the way."""
        if self.ticket.stage is None or not self.ticket.is_for(self.request):
            return False
        if self.ticket.stage is not self.request.stage:
            return not self._outdated
        if self.ticket.stage is not Stage.APPROVED:
            return False
        if self.request.move_to:
            return self._mended(credits_max)
        return self.grant is None or self.is_in(GrantState.VOID, GrantState.FAILED)

    def _mended(self, credits_max: int) -> bool:
        """Whether staff filled in the credits before we could move it away for want of them."""
        amount_is_there = read_credits(self.ticket.credits_to_grant, credits_max) is not None
        return self.request.attention == Attention.AMOUNT and amount_is_there

    @property
    def _outdated(self) -> bool:
        """Whether it was approved before staff could see what has turned out since."""
        unseen = self.request.attention in _OVERRULES and self.request.move_to
        return bool(unseen) and self.ticket.stage is Stage.APPROVED


def _ask_for(records: Records, seen: Seen, rules: GrantRules, now: int) -> None:
    """Have the letter ask for the number that staff have typed, until the organisation has it."""
    credits_ = read_credits(seen.ticket.credits_to_grant, rules.credits_max)
    letter = seen.request.letter
    if seen.ticket.stage in _BEFORE_ASKING and seen.is_own and credits_ != letter.credits:
        records.requests.set_letter(seen.reference, replace(letter, credits=credits_))
        records.work.ask(Kind.WRITE_BACK, [seen.reference], now)


def follow(records: Records, seen: Seen, rules: GrantRules, now: int) -> None:
    """Act on the difference between where we think the ticket stands and where it does."""
    stage = seen.ticket.stage
    if stage is None or not seen.says_something_new(rules.credits_max):
        return
    records.requests.set_stage(seen.reference, stage, now)
    records.journal.write("stage_seen", seen.reference, now, stage=stage)
    if seen.request.stage not in OPEN_STAGES:
        # It was closed for so long, maybe, that nothing guards it any more.
        records.work.ask(Kind.IDENTIFY, [seen.reference], now)
    match stage:
        case Stage.APPROVED:
            _approve(records, seen, rules, now)
        case Stage.CREDITED:
            records.reversals.settle(seen.reference, "moved_back", now)
            if not _may_be_granted(records, seen):
                call_for_attention(records, seen.reference, Attention.BY_HAND, now)
        case _:
            _take_back(records, seen, now)
            _say(records, seen, _STATUS.get(stage, wording.RECEIVED), now)
            if stage is Stage.ASKED:
                records.work.ask(Kind.SEND_LETTER, [seen.reference], now + rules.delay)
            if stage is Stage.DECLINED:
                mail_key = f"{seen.reference}/{MailKind.DECLINED}"
                records.work.ask(Kind.NOTIFY, [mail_key], now + rules.delay)
            _keep_reply(records, seen, now)


def _may_be_granted(records: Records, seen: Seen) -> bool:
    """Whether it stands at Credits added because they were, as far as can be told yet."""
    known = seen.is_in(GrantState.POSTED, GrantState.SENDING)
    return known or awaits_comparison(records, seen.reference)


def _keep_reply(records: Records, seen: Seen, now: int) -> None:
    """A reply may be read before we have seen that staff have asked; it counts all the same."""
    request = seen.request
    if request.move_to is Stage.REPLIED and seen.ticket.stage in WAITING_FOR_REPLY:
        records.requests.wish(
            seen.reference,
            move_to=Stage.REPLIED,
            status_line=request.status_line,
            credits_to_grant=request.credits_to_grant,
        )
        records.work.ask(Kind.WRITE_BACK, [seen.reference], now)


_STATUS = {Stage.DECLINED: wording.DECLINED, Stage.WITHDRAWN: wording.WITHDRAWN}


def _say(records: Records, seen: Seen, status_line: str, now: int) -> None:
    """Have the ticket say it, unless it does, or tells of credits that were added."""
    if seen.request.status_line != status_line and not seen.is_in(GrantState.POSTED):
        records.requests.wish(seen.reference, status_line=status_line)
        records.work.ask(Kind.WRITE_BACK, [seen.reference], now)


def _approve(records: Records, seen: Seen, rules: GrantRules, now: int) -> None:
    """Reserve the grant. It waits for the undo window, in which a mistake can be dragged back."""
    if seen.is_in(GrantState.POSTED):
        _approve_again(records, seen, now)
        return
    if seen.request.erased:
        call_for_attention(records, seen.reference, Attention.FORGOTTEN, now)
        return
    credits_ = read_credits(seen.ticket.credits_to_grant, rules.credits_max)
    if credits_ is None:
        call_for_attention(records, seen.reference, Attention.AMOUNT, now)
        return
    due = now + rules.delay
    if records.grants.reserve(seen.reference, credits_, due, now):
        records.journal.write("grant_reserved", seen.reference, now, credits=credits_)
    records.work.ask(Kind.GRANT, [seen.reference], due)
    if not seen.request.confirmed:
        _say(records, seen, wording.WAITING_FOR_LIST, now)
    elif seen.request.status_line not in (wording.RECEIVED, wording.APPROVED_BY_RULE):
        _say(records, seen, wording.APPROVED, now)


def _approve_again(records: Records, seen: Seen, now: int) -> None:
    """The credits were added before, and a reference adds them once."""
    if records.reversals.find_outcome(seen.reference) == TAKEN_BACK:
        call_for_attention(records, seen.reference, Attention.TAKEN_BACK, now)
        return
    records.reversals.settle(seen.reference, "approved_again", now)
    records.requests.wish(seen.reference, move_to=Stage.CREDITED)
    records.work.ask(Kind.WRITE_BACK, [seen.reference], now)


def propose_reversal(records: Records, reference: str, credits: int, now: int) -> None:
    """Propose to take the credits back, and tell staff that nothing happens by itself."""
    if records.reversals.find_outcome(reference) == TAKEN_BACK:
        return
    if records.reversals.propose(reference, credits, now):
        records.journal.write("reversal_proposed", reference, now, credits=credits)
        add_note(records, reference, Attention.TOO_LATE, now)


def _take_back(records: Records, seen: Seen, now: int) -> None:
    """The ticket is not approved: what was only reserved is void, what was granted stays."""
    if seen.grant and seen.is_in(GrantState.POSTED):
        propose_reversal(records, seen.reference, seen.grant.credits, now)
    elif seen.is_in(GrantState.RESERVED):
        records.grants.void(seen.reference, "moved_away")
        records.journal.write("grant_void", seen.reference, now, why="moved_away")
    elif seen.is_in(GrantState.SENDING):
        records.work.ask(Kind.GRANT, [seen.reference], now)


def read_credits(text: str, credits_max: int) -> int | None:
    """The number of credits staff typed, if it is a whole one from 1 to the most allowed.

    HubSpot's number properties arrive as text, ``4`` as well as ``4.0``.
    """
    match = re.fullmatch(r"([0-9]{1,9})(?:\.0{1,9})?", text.strip(), flags=re.ASCII)
    credits_ = int(match[1]) if match else 0
    return credits_ if 1 <= credits_ <= credits_max else None
