"""A CRM in memory, for testing the rules. It passes the same contract as HubSpot's adapter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from casework.errors import CreditsDeskError, Refused, Unavailable
from casework.ports import EgressGate, TicketPage
from casework.stages import Stage
from casework.tickets import Ticket, TicketChange, TicketDraft, TicketText
from tests.fakes.open_gate import OpenGate


@dataclass
class FakeTicket:
    """A ticket with all that was ever written on it."""

    ticket_id: str
    reference: str
    stage: Stage | None
    credits_to_grant: str = ""
    notes: list[str] = field(default_factory=list)
    texts: dict[TicketText, str] = field(default_factory=dict)

    @property
    def organisation(self) -> str:
        return self.texts[TicketText.ORGANISATION]

    @property
    def status_line(self) -> str:
        return self.texts[TicketText.STATUS]

    @property
    def subject(self) -> str:
        return self.texts[TicketText.SUBJECT]

    @property
    def content(self) -> str:
        return self.texts[TicketText.CONTENT]


class FakeDesk:
    """Keeps tickets in a dict. Failures are set by hand.

    ``fail_next`` is raised by the next call, before it does anything; ``lose_answers`` is how many
    calls to ``open_tickets`` do their work and then fail; rows in ``refuse`` (references or ticket
    ids) are refused. What is written passes a gate, as everything does on its way to HubSpot.
    """

    def __init__(self, gate: EgressGate | None = None) -> None:
        self.gate: EgressGate = gate or OpenGate()
        self.tickets: dict[str, FakeTicket] = {}
        self.merged: dict[str, str] = {}
        self.companies: dict[str, str] = {}
        self.tied_by_staff: dict[str, list[str]] = {}
        self.refuse: set[str] = set()
        self.fail_next: CreditsDeskError | None = None
        self.lose_answers = 0
        self.page_size = 100
        self.calls: list[str] = []
        self._next_id = 1000

    def open_tickets(self, drafts: Sequence[TicketDraft]) -> Mapping[str, str | CreditsDeskError]:
        self._pass("open tickets", [[d.reference, *d.texts.values()] for d in drafts])
        self._enter("open_tickets")
        opened = {draft.reference: self._open(draft) for draft in drafts}
        if self.lose_answers:
            self.lose_answers -= 1
            raise Unavailable("fake desk", "open tickets", "LOST")
        return opened

    def find_by_references(self, references: Sequence[str]) -> Mapping[str, Ticket]:
        self._enter("find_by_references")
        by_reference = {ticket.reference: ticket for ticket in self.tickets.values()}
        return {asked: _shown(by_reference[asked]) for asked in references if asked in by_reference}

    def find_tickets(self, ticket_ids: Sequence[str]) -> Mapping[str, Ticket]:
        self._enter("find_tickets")
        found = {asked: self._ticket(asked) for asked in ticket_ids}
        return {asked: _shown(ticket) for asked, ticket in found.items() if ticket}

    def read_tickets(self, page: str | None) -> TicketPage:
        self._enter("read_tickets")
        oldest_first = sorted(self.tickets.values(), key=lambda ticket: int(ticket.ticket_id))
        after = [one for one in oldest_first if int(one.ticket_id) > int(page or 0)]
        shown = [_listed(one) for one in after[: self.page_size] if one.reference]
        more = len(after) > self.page_size
        return TicketPage(shown, after[self.page_size - 1].ticket_id if more else None)

    def change_tickets(self, changes: Sequence[TicketChange]) -> Mapping[str, CreditsDeskError]:
        self._pass("change tickets", [[c.ticket_id, *c.texts.values()] for c in changes])
        self._enter("change_tickets")
        errors: dict[str, CreditsDeskError] = {}
        for change in changes:
            ticket = self._ticket(change.ticket_id)
            if ticket is None or change.ticket_id in self.refuse:
                errors[change.ticket_id] = Refused("fake desk", "change tickets", "NOT_FOUND")
            else:
                _change(ticket, change)
        return errors

    def add_note(self, ticket_id: str, text: str) -> None:
        self._pass("add a note", [[ticket_id, text]])
        self._enter("add_note")
        ticket = self._ticket(ticket_id)
        if ticket is None:
            raise Refused("fake desk", "add a note", "NOT_FOUND")
        ticket.notes.append(text)

    def has_note(self, ticket_id: str, text: str) -> bool:
        self._enter("has_note")
        ticket = self._ticket(ticket_id)
        return ticket is not None and text in ticket.notes

    def associate_companies(self, companies: Mapping[str, str]) -> Mapping[str, CreditsDeskError]:
        self._enter("associate_companies")
        errors: dict[str, CreditsDeskError] = {}
        for ticket_id, company_id in companies.items():
            if self._ticket(ticket_id) is None or ticket_id in self.refuse:
                errors[ticket_id] = Refused("fake desk", "associate companies", "NOT_FOUND")
            else:
                self.companies[ticket_id] = company_id
        return errors

    def find_companies(self, ticket_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        if not ticket_ids:
            return {}
        self._enter("find_companies")
        tied = {
            one: [*filter(None, [self.companies.get(one)]), *self.tied_by_staff.get(one, ())]
            for one in ticket_ids
        }
        return {one: list(dict.fromkeys(ids)) for one, ids in tied.items() if ids}

    def staff_move(self, ticket_id: str, stage: Stage | None, amount: str | None = None) -> None:
        """What staff do by hand. No stage: to a pipeline that is not ours."""
        ticket = self.tickets[ticket_id]
        ticket.stage = stage
        ticket.credits_to_grant = ticket.credits_to_grant if amount is None else amount

    def staff_type(self, ticket_id: str, text: TicketText, typed: str) -> None:
        """Staff write something of their own on a ticket."""
        self.tickets[ticket_id].texts[text] = typed

    def staff_merge(self, ticket_id: str, into: str) -> None:
        """Merge a ticket away; its id answers with the survivor from now on."""
        del self.tickets[ticket_id]
        self.merged[ticket_id] = into

    def staff_delete(self, ticket_id: str) -> None:
        """Put a ticket in the bin."""
        del self.tickets[ticket_id]

    def _open(self, draft: TicketDraft) -> str | CreditsDeskError:
        if draft.reference in self.refuse:
            return Refused("fake desk", "open tickets", "REFUSED")
        there = next((t for t in self.tickets.values() if t.reference == draft.reference), None)
        if there is None:
            self._next_id += 1
            there = FakeTicket(str(self._next_id), draft.reference, draft.stage)
            self.tickets[there.ticket_id] = there
        there.stage = draft.stage
        there.texts.update(draft.texts)
        return there.ticket_id

    def _ticket(self, ticket_id: str) -> FakeTicket | None:
        return self.tickets.get(self.merged.get(ticket_id, ticket_id))

    def _pass(self, operation: str, units: list[list[str]]) -> None:
        self.gate.check(f"fake desk: {operation}", units)

    def _enter(self, name: str) -> None:
        self.calls.append(name)
        fault, self.fail_next = self.fail_next, None
        if fault:
            raise fault


def _change(ticket: FakeTicket, change: TicketChange) -> None:
    ticket.stage = ticket.stage if change.move_to is None else change.move_to
    ticket.texts.update(change.texts)
    if change.credits_to_grant is not None:
        ticket.credits_to_grant = str(change.credits_to_grant)


def _listed(ticket: FakeTicket) -> Ticket:
    """As a page tells it: of the texts only those that are asked for."""
    wanted = (TicketText.ORGANISATION, TicketText.CHECK)
    whole = _shown(ticket)
    return replace(whole, texts={text: whole.texts.get(text, "") for text in wanted})


def _shown(ticket: FakeTicket) -> Ticket:
    return Ticket(
        ticket.ticket_id,
        ticket.reference,
        ticket.stage,
        ticket.credits_to_grant,
        dict(ticket.texts),
    )
