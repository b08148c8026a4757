"""Credits are added, exactly once.

A grant is one row for ever, with a permanent key. It is reserved when staff approve, waits for the
undo window, and then the ticket is read once more. ``sending`` is on the disk before the credits
platform is called; after that a lost answer is answered by asking again under the same key, or by
looking the key up where staff have changed their mind meanwhile.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casework import wording
from casework.errors import CreditsDeskError, KeyConflict, Refused, UnknownClient
from casework.follow_stages import GrantRules, add_note, call_for_attention, read_credits
from casework.ports import CreditsAccount, Desk, Letter, Order, Receipt
from casework.records import Grant, GrantState, Records, Store
from casework.request import CreditRequest
from casework.stages import Stage
from casework.tickets import Ticket
from casework.wording import Attention
from casework.work import Kind
from casework.worker import Leftovers, LookAgain

log = logging.getLogger(__name__)

#: How long the platform may still be busy with a call that we gave up on, in milliseconds.
SETTLING = 120_000


def key_for(reference: str) -> str:
    """The permanent idempotency key. Made of the reference, so no restored backup can change it."""
    return f"credit-request-{reference}"


@dataclass(frozen=True)
class _Case:
    request: CreditRequest
    grant: Grant
    ticket: Ticket | None

    @property
    def reference(self) -> str:
        return self.request.reference

    @property
    def is_approved(self) -> bool:
        """Whether the request's own ticket stands at Approved right now."""
        ticket = self.ticket
        return bool(ticket and ticket.stage is Stage.APPROVED and ticket.is_for(self.request))

    def agreed_credits(self, credits_max: int) -> int | None:
        """What staff agree to right now, or nothing where they do not."""
        if not self.is_approved or self.ticket is None:
            return None
        return read_credits(self.ticket.credits_to_grant, credits_max)


def grant_credits(
    keys: Sequence[str],
    now: int,
    *,
    store: Store,
    desk: Desk,
    account: CreditsAccount,
    rules: GrantRules,
) -> Leftovers:
    """Add the credits that are due and still approved."""
    cases = _find_cases(store, desk, keys)
    leftovers: dict[str, CreditsDeskError | LookAgain] = {}
    ready: list[_Case] = []
    for case in cases:
        if case.grant.due_at > now:
            leftovers[case.reference] = LookAgain(case.grant.due_at)
        elif case.agreed_credits(rules.credits_max) == case.grant.credits:
            ready.append(case)
        else:
            _settle_difference(case, store, account, rules, now, leftovers)
    sending = store.write(lambda records: _mark_sending(records, ready, now))
    for case in sending:
        _send(case, store, account, now, leftovers)
    return leftovers


def _find_cases(store: Store, desk: Desk, keys: Sequence[str]) -> list[_Case]:
    """The grants that can be acted upon; an unconfirmed request asks again when it is confirmed."""
    requests = store.read(lambda records: records.requests.find(keys))
    grants = store.read(lambda records: records.grants.find(keys))
    pending = {
        reference: grant
        for reference, grant in grants.items()
        if grant.state in (GrantState.RESERVED, GrantState.SENDING)
        and requests[reference].confirmed
    }
    tickets = _find_tickets(desk, [requests[reference] for reference in pending])
    return [
        _Case(requests[reference], grant, tickets.get(requests[reference].ticket_id or ""))
        for reference, grant in pending.items()
    ]


def _find_tickets(desk: Desk, requests: Sequence[CreditRequest]) -> Mapping[str, Ticket]:
    ticket_ids = [request.ticket_id for request in requests if request.ticket_id]
    return desk.find_tickets(ticket_ids) if ticket_ids else {}


def _mark_sending(records: Records, cases: Sequence[_Case], now: int) -> list[_Case]:
    return [
        case
        for case in cases
        if records.grants.mark_sending(case.reference, case.grant.credits, now)
    ]


def _send(
    case: _Case,
    store: Store,
    account: CreditsAccount,
    now: int,
    leftovers: dict[str, CreditsDeskError | LookAgain],
) -> None:
    """Ask for the credits. Every way this can end is written down, or tried again."""
    try:
        receipt = account.grant(_order_for(case, store))
    except Refused as error:
        log.error("credits not added: %s", error)
        store.write(partial(_refused, reference=case.reference, error=error, now=now))
    except CreditsDeskError as error:
        leftovers[case.reference] = error
    else:
        store.write(lambda records: _post(records, case.reference, receipt, now))


def _order_for(case: _Case, store: Store) -> Order:
    details = store.read(lambda records: records.requests.get_details(case.reference))
    return Order(
        key=key_for(case.reference),
        client_email=details.client_email,
        credits=case.grant.credits,
        organisation=case.request.organisation,
        reference=case.reference,
    )


def _settle_difference(
    case: _Case,
    store: Store,
    account: CreditsAccount,
    rules: GrantRules,
    now: int,
    leftovers: dict[str, CreditsDeskError | LookAgain],
) -> None:
    """Staff have moved the ticket away or changed the amount since it was approved."""
    if case.grant.state is GrantState.SENDING:
        try:
            receipt = account.find_grant(key_for(case.reference))
        except CreditsDeskError as error:
            leftovers[case.reference] = error
            return
        if receipt:
            store.write(lambda records: _post(records, case.reference, receipt, now))
            return
        settled_at = (case.grant.sent_at or 0) + SETTLING
        if now < settled_at:
            leftovers[case.reference] = LookAgain(settled_at)
            return
    due = store.write(lambda records: _start_again(records, case, rules, now))
    if due is not None:
        leftovers[case.reference] = LookAgain(due)


def _start_again(records: Records, case: _Case, rules: GrantRules, now: int) -> int | None:
    """Void what was reserved. With another amount agreed, reserve that, with a new undo window."""
    records.grants.void(case.reference, "changed")
    records.journal.write("grant_void", case.reference, now, why="changed")
    if not case.is_approved:
        if case.ticket:
            records.work.ask(Kind.FOLLOW_STAGES, [case.ticket.ticket_id], now)
        return None
    credits_ = case.agreed_credits(rules.credits_max)
    if credits_ is None:
        call_for_attention(records, case.reference, Attention.AMOUNT, now)
        return None
    due = now + rules.delay
    records.grants.reserve(case.reference, credits_, due, now)
    records.journal.write("grant_reserved", case.reference, now, credits=credits_)
    return due


def _post(records: Records, reference: str, receipt: Receipt, now: int) -> None:
    if not records.grants.post(reference, receipt, now):
        return
    records.journal.write("granted", reference, now, credits=receipt.credits, receipt=receipt.id)
    approved = records.requests.find([reference])[reference].stage is Stage.APPROVED
    status_line = wording.granted(receipt.credits, now, receipt.id)
    move_to = Stage.CREDITED if approved else None
    records.requests.wish(reference, move_to=move_to, status_line=status_line)
    records.work.ask(Kind.WRITE_BACK, [reference], now)
    records.work.ask(Kind.NOTIFY, [f"{reference}/{Letter.GRANTED}"], now)
    if not approved:
        add_note(records, reference, Attention.TOO_LATE, now)


def _refused(records: Records, reference: str, error: Refused, now: int) -> None:
    """The platform said no, so nothing was added; staff are told, and may approve again."""
    if isinstance(error, KeyConflict):
        records.grants.fail(reference, "key_conflict")
        call_for_attention(records, reference, Attention.KEY_CONFLICT, now)
        return
    unknown = isinstance(error, UnknownClient)
    attention = Attention.UNKNOWN_CLIENT if unknown else Attention.REFUSED
    records.grants.void(reference, attention)
    call_for_attention(records, reference, attention, now)
