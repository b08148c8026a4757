"""Credits are added, exactly once.

A grant is one row for ever, with a permanent key. It is reserved when staff approve, waits for the
undo window, and then the ticket is read once more. ``sending`` is on the disk before the credits
platform is called; after that a lost answer is answered by asking again under the same key, or by
looking the key up where staff have changed their mind meanwhile.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casework import wording
from casework.call_attention import call_for_attention
from casework.egress import harmless_id
from casework.errors import CreditsDeskError, KeyConflict, Refused, UnknownClient
from casework.follow_stages import GrantRules, propose_reversal, read_credits
from casework.grant_records import Grant, GrantState
from casework.ports import CreditsAccount, Desk, MailKind, Order, Receipt
from casework.records import Records, Store
from casework.relink import awaits_comparison
from casework.request import CreditRequest, Details
from casework.stages import Stage
from casework.tickets import Ticket
from casework.wording import Attention
from casework.work import Kind
from casework.worker import Leftovers, LookAgain

log = logging.getLogger(__name__)

#: How old a reading of a ticket may be when credits are sent on its strength, in milliseconds.
FRESH = 20_000
#: How often and how long a ticket that cannot be found is looked for, in milliseconds.
MISSING_AGAIN = 60_000
MISSING_FOR = 3_600_000
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
        """Whether the request's own ticket stands at Approved, and we do not mean to hold it."""
        ticket = self.ticket
        stands = ticket and ticket.stage is Stage.APPROVED and ticket.is_for(self.request)
        return bool(stands and self.request.move_to is None)

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
    clock: Callable[[], int],
) -> Leftovers:
    """Add the credits that are due and still approved.

    The tickets are read together, but sending takes its time: what was read too long ago is left
    for the next round, which reads it again.
    """
    grants = _Grants(store, account, rules)
    leftovers: dict[str, CreditsDeskError | LookAgain] = {}
    for case in _find_cases(store, desk, keys):
        moment = clock()
        if moment - now > FRESH:
            leftovers[case.reference] = LookAgain(moment)
            continue
        leftover = grants.settle(case, moment)
        if leftover is not None:
            leftovers[case.reference] = leftover
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


@dataclass(frozen=True)
class _Grants:
    """Settles one case after the other."""

    store: Store
    account: CreditsAccount
    rules: GrantRules

    def settle(self, case: _Case, now: int) -> CreditsDeskError | LookAgain | None:
        """Do what is due. Returns what is left over."""
        if case.grant.due_at > now:
            return LookAgain(case.grant.due_at)
        if case.ticket is None and now - case.grant.due_at < MISSING_FOR:
            return LookAgain(now + MISSING_AGAIN)
        try:
            if case.agreed_credits(self.rules.credits_max) == case.grant.credits:
                self._send(case, now)
                return None
            return self._settle_difference(case, now)
        except CreditsDeskError as error:
            self.store.write(partial(_tell_of_delay, case=case, now=now))
            return error

    def _send(self, case: _Case, now: int) -> None:
        """Ask for the credits, unless staff are known to have thought better of it."""
        reference, credits_ = case.reference, case.grant.credits
        details, ready = self.store.read(partial(_find_details, reference=reference))
        if not ready:
            self.store.write(partial(_stop, case=case, why=Attention.INCOMPLETE, now=now))
            return
        order = Order(
            key=key_for(reference),
            client_email=details.client_email,
            credits=credits_,
            organisation=case.request.organisation,
            reference=reference,
        )
        if not self.store.write(lambda r: r.grants.mark_sending(reference, credits_, now)):
            return
        try:
            receipt = self._grant(order)
        except Refused as error:
            log.error("credits not added: %s", error)
            self.store.write(partial(_refused, case=case, error=error, now=now))
        else:
            self.store.write(partial(_post, case=case, receipt=receipt, details=details, now=now))

    def _grant(self, order: Order) -> Receipt:
        """Where the key was used before, what was granted under it counts."""
        try:
            return self.account.grant(order)
        except KeyConflict:
            receipt = self.account.find_grant(order.key)
            if receipt is None:
                raise
            return receipt

    def _settle_difference(self, case: _Case, now: int) -> LookAgain | None:
        """Staff have moved the ticket away or changed the amount since it was approved."""
        if case.grant.state is GrantState.SENDING:
            receipt = self.account.find_grant(key_for(case.reference))
            if receipt:
                details = self.store.read(lambda r: r.requests.get_details(case.reference))
                self.store.write(
                    partial(_post, case=case, receipt=receipt, details=details, now=now)
                )
                return None
            settled_at = (case.grant.sent_at or 0) + SETTLING
            if now < settled_at:
                return LookAgain(settled_at)
        due = self.store.write(partial(_start_again, case=case, rules=self.rules, now=now))
        return None if due is None else LookAgain(due)


def _find_details(records: Records, reference: str) -> tuple[Details, bool]:
    """Who it is for, and whether credits can be added: a professional may have been forgotten."""
    details = records.requests.get_details(reference)
    nobody_to_tell = records.requests.find([reference])[reference].professional_erased
    return details, details.complete or (nobody_to_tell and details.names_client)


def _start_again(records: Records, case: _Case, rules: GrantRules, now: int) -> int | None:
    """Void what was reserved. With another amount agreed, reserve that, with a new undo window."""
    records.grants.void(case.reference, "changed")
    records.journal.write("grant_void", case.reference, now, why="changed")
    if not case.is_approved:
        if case.ticket:
            records.work.ask(Kind.FOLLOW_STAGES, [case.ticket.ticket_id], now)
        stage = case.request.stage
        if stage is Stage.CREDITED and not awaits_comparison(records, case.reference):
            call_for_attention(records, case.reference, Attention.BY_HAND, now)
        return None
    credits_ = case.agreed_credits(rules.credits_max)
    if credits_ is None:
        call_for_attention(records, case.reference, Attention.AMOUNT, now)
        return None
    due = now + rules.delay
    if not records.grants.reserve(case.reference, credits_, due, now):
        return None
    records.journal.write("grant_reserved", case.reference, now, credits=credits_)
    return due


def _post(records: Records, case: _Case, receipt: Receipt, details: Details, now: int) -> None:
    reference = case.reference
    id_ = harmless_id(receipt.id, details.identity, key_for(reference))
    if not records.grants.post(reference, Receipt(id_, receipt.credits), now):
        return
    records.journal.write("granted", reference, now, credits=receipt.credits, receipt=id_)
    stage = records.requests.find([reference])[reference].stage
    status_line = wording.granted(receipt.credits, now, id_)
    move_to = Stage.CREDITED if stage is Stage.APPROVED else None
    records.requests.wish(reference, move_to=move_to, status_line=status_line)
    records.work.ask(Kind.WRITE_BACK, [reference], now)
    records.work.ask(Kind.NOTIFY, [f"{reference}/{MailKind.GRANTED}"], now)
    if stage not in (Stage.APPROVED, Stage.CREDITED):
        propose_reversal(records, reference, receipt.credits, now)


def _refused(records: Records, case: _Case, error: Refused, now: int) -> None:
    """The platform said no, so nothing was added; staff are told, and may approve again."""
    if isinstance(error, KeyConflict):
        records.grants.fail(case.reference, "key_conflict")
        call_for_attention(records, case.reference, Attention.KEY_CONFLICT, now)
    elif isinstance(error, UnknownClient):
        _stop(records, case, Attention.UNKNOWN_CLIENT, now)
    else:
        _stop(records, case, Attention.REFUSED, now)


def _stop(records: Records, case: _Case, why: Attention, now: int) -> None:
    if not records.grants.void(case.reference, why):
        return
    records.journal.write("grant_void", case.reference, now, why=why)
    call_for_attention(records, case.reference, why, now)


def _tell_of_delay(records: Records, case: _Case, now: int) -> None:
    """After an hour of trying, the ticket says so."""
    waited_long = now - case.grant.due_at > 3_600_000
    if waited_long and case.is_approved and case.request.status_line != wording.PLATFORM_AWAY:
        records.requests.wish(case.reference, status_line=wording.PLATFORM_AWAY)
        records.work.ask(Kind.WRITE_BACK, [case.reference], now)
