"""Why the professional asks, as far as staff may read it: redacted, and held where that is not
enough.

What could identify the client is cut out (:mod:`casework.redaction`). What stays may still point to
somebody for those who know the people; then, and in a small organisation, a person looks first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from casework.errors import CreditsDeskError, NotRedacted
from casework.journal_words import check_words
from casework.ports import Desk
from casework.records import Records, Store
from casework.redaction import Redacted, redact
from casework.request import CreditRequest, Details, ReasonState, TicketState
from casework.small_groups import may_show_reason
from casework.stages import OPEN_STAGES
from casework.tickets import Ticket, TicketChange, TicketText
from casework.work import Kind
from casework.worker import Leftovers, each_alone

WAITS = (
    "A reason was given. It waits until somebody who runs Credits Desk has looked at it: "
    "`desk reason`."
)


class ReasonPolicy(StrEnum):
    """What goes on the ticket: the redacted reason, only what a person has released, or nothing."""

    REDACTED = "redacted"
    REVIEWED = "reviewed"
    NEVER = "never"


@dataclass(frozen=True)
class ReasonRules:
    """``small_group``: with fewer members of the organisation a person looks first."""

    policy: ReasonPolicy
    small_group: int


def tell_reason(
    keys: Sequence[str], now: int, *, store: Store, desk: Desk, rules: ReasonRules
) -> Leftovers:
    """Put the reasons on the tickets, or say there that they wait.

    We look first: a merged ticket's id stands for another request's. Where the ticket is not there
    nothing is written; that it is back asks for this again.
    """
    requests = store.read(lambda records: records.requests.find(keys))
    due = {
        one.reference: one for one in requests.values() if _has_to_go(one) or _is_due(one, rules)
    }
    ids = [one.ticket_id for one in due.values() if one.ticket_id]
    tickets = desk.find_tickets(ids) if ids else {}
    own = {
        reference: ticket
        for reference, one in due.items()
        if (ticket := tickets.get(one.ticket_id or "")) and ticket.is_for(one)
    }
    teller = _Teller(store, desk, rules, now)
    return each_alone(list(own), lambda reference: teller.tell(due[reference], own[reference]))


@dataclass(frozen=True)
class _Teller:
    store: Store
    desk: Desk
    rules: ReasonRules
    now: int

    def tell(self, request: CreditRequest, ticket: Ticket) -> None:
        """Write on the request's own ticket what may be read there."""
        if _has_to_go(request):
            self._take_off(request)
        elif ticket.stage is not None:
            self._show(request)

    def _show(self, request: CreditRequest) -> None:
        if request.reason is ReasonState.NONE:
            request = _look_at(request, self.now, self.store, self.rules)
        if request.reason is ReasonState.NONE:
            return
        self._write(request, self.store.read(lambda records: shown_reason(records, request)))
        if request.reason is ReasonState.RELEASED:
            self._set(request, ReasonState.SHOWN)

    def _take_off(self, request: CreditRequest) -> None:
        """Somebody was forgotten, and with them the reason: no ticket must show it either."""
        self._write(request, "")
        self._set(request, ReasonState.NONE)

    def _write(self, request: CreditRequest, text: str) -> None:
        change = TicketChange(request.ticket_id or "", texts={TicketText.REASON: text})
        for error in self.desk.change_tickets([change]).values():
            raise error

    def _set(self, request: CreditRequest, state: ReasonState) -> None:
        self.store.write(lambda records: records.requests.set_reason(request.reference, state))


def shown_reason(records: Records, request: CreditRequest) -> str:
    """What the ticket is to say about the reason."""
    if request.reason in (ReasonState.RELEASED, ReasonState.SHOWN):
        return records.requests.get_redacted_reason(request.reference)
    return WAITS if request.reason is ReasonState.HELD else ""


def _has_to_go(request: CreditRequest) -> bool:
    forgotten = request.erased or request.professional_erased
    return forgotten and bool(request.ticket_id) and request.reason is not ReasonState.NONE


def _is_due(request: CreditRequest, rules: ReasonRules) -> bool:
    """Whether it is known whose request it is and for whom; what makes that known asks again."""
    return bool(
        rules.policy is not ReasonPolicy.NEVER
        and request.ticket_id
        and request.ticket_state is TicketState.THERE
        and not (request.erased or request.professional_erased)
        and request.confirmed
        and request.matched
        and request.named
        and request.stage in OPEN_STAGES
        and request.reason is not ReasonState.SHOWN
    )


def _look_at(request: CreditRequest, now: int, store: Store, rules: ReasonRules) -> CreditRequest:
    details = store.read(lambda records: records.requests.get_details(request.reference))
    if not details.reason.strip():
        return request
    redacted = redact_reason(details)
    return store.write(partial(_record, request=request, redacted=redacted, rules=rules, now=now))


def redact_reason(details: Details) -> Redacted | None:
    """What may be shown of the reason; nothing where that cannot be said."""
    try:
        return redact(details.reason, details.identity)
    except NotRedacted:
        return None


def _record(
    records: Records,
    request: CreditRequest,
    redacted: Redacted | None,
    rules: ReasonRules,
    now: int,
) -> CreditRequest:
    reference = request.reference
    why = _why_held(records, request, redacted, rules)
    state = ReasonState.HELD if why else ReasonState.RELEASED
    records.requests.set_reason(reference, state, redacted.text if redacted else "")
    records.journal.write(
        "reason_held" if why else "reason_redacted",
        reference,
        now,
        why=", ".join(why),
        cuts=sum(redacted.cuts.values()) if redacted else 0,
    )
    return records.requests.find([reference])[reference]


def _why_held(
    records: Records, request: CreditRequest, redacted: Redacted | None, rules: ReasonRules
) -> list[str]:
    """Machine words for why a person has to look; none where nobody has to."""
    if redacted is None:
        return ["not_redacted"]
    company = records.companies.find([request.company_id or ""]).get(request.company_id or "")
    why = [f"indirect: {kind}" for kind in sorted(redacted.indirect)]
    if not may_show_reason(company.members if company else None, rules.small_group):
        why.append("small_group")
    if rules.policy is ReasonPolicy.REVIEWED:
        why.append("policy")
    return why


@dataclass(frozen=True)
class HeldReason:
    """A reason that waits: what would be shown, and why it waits. ``repr`` shows no word of it."""

    reference: str
    text: str
    why: str

    def __repr__(self) -> str:
        return f"HeldReason(reference={self.reference!r}, why={self.why!r})"


def look_at_reason(reference: str, *, by: str, now: int, store: Store) -> HeldReason:
    """What would go on the ticket, for one named person to look at; the journal tells who did.

    Raises :class:`CreditsDeskError` where nothing waits.
    """

    def look(records: Records) -> HeldReason:
        request = records.requests.find([reference]).get(reference)
        if request is None or request.reason is not ReasonState.HELD:
            raise CreditsDeskError(f"no reason of {reference} waits to be released")
        check_words([by], records.requests.get_details(reference).called)
        records.journal.write("reason_looked_at", reference, now, by=by)
        lines = records.journal.find_lines(reference)
        held = [said for _, event, said in lines if event == "reason_held"]
        text = records.requests.get_redacted_reason(reference)
        return HeldReason(reference, text, str(held[-1]["why"]))

    return store.write(look)


def release_reason(records: Records, reference: str, *, by: str, now: int) -> None:
    """Have the redacted reason put on the ticket: a person has looked at it.

    Raises :class:`CreditsDeskError` where none is held.
    """
    request = records.requests.find([reference]).get(reference)
    if request is None or request.reason is not ReasonState.HELD:
        raise CreditsDeskError(f"no reason of {reference} waits to be released")
    if not records.requests.get_redacted_reason(reference):
        raise CreditsDeskError(
            f"the reason of {reference} could not be redacted, so it cannot be released"
        )
    check_words([by], records.requests.get_details(reference).called)
    records.requests.set_reason(reference, ReasonState.RELEASED)
    records.journal.write("reason_released", reference, now, by=by)
    records.work.ask(Kind.TELL_REASON, [reference], now)
