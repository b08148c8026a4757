"""The CRM's contacts in memory. It passes the same contract as HubSpot's adapter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casework.errors import CreditsDeskError
from casework.ports import FormCopy


@dataclass
class FakeContact:
    """A contact: what stands on it, and all that ever did."""

    contact_id: str
    email: str
    values: dict[str, str] = field(default_factory=dict)
    history: dict[str, list[str]] = field(default_factory=dict)
    approver: bool = False
    companies: set[str] = field(default_factory=set)


class FakeContacts:
    """Keeps contacts in a dict. ``fail_next`` is raised by the next call."""

    def __init__(self) -> None:
        self.contacts: dict[str, FakeContact] = {}
        self.on_tickets: dict[str, list[str]] = {}
        self.fail_next: CreditsDeskError | None = None

    def add(self, email: str, *, approver: bool = False, company: str = "") -> FakeContact:
        """A contact, as staff or the form make one."""
        contact = FakeContact(str(5001 + len(self.contacts)), email, approver=approver)
        contact.companies.update({company} - {""})
        self.contacts[contact.contact_id] = contact
        return contact

    def fill_in(self, contact: FakeContact, **values: str) -> None:
        """What the form writes on a contact."""
        contact.values.update(values)
        for name, value in values.items():
            contact.history.setdefault(name, []).append(value)

    def tie(self, ticket_id: str, contact: FakeContact) -> None:
        """Put a contact on a ticket, as staff do."""
        self.on_tickets.setdefault(ticket_id, []).append(contact.contact_id)

    def find_form_copy(self, professional_email: str, fields: Sequence[str]) -> FormCopy | None:
        self._enter()
        wanted = professional_email.casefold()
        for contact in self.contacts.values():
            if contact.email.casefold() == wanted:
                now = {name: contact.values.get(name, "") for name in fields}
                values = {name: value for name, value in now.items() if value}
                remembered = {name for name in fields if any(contact.history.get(name, ()))}
                return FormCopy(contact.contact_id, values, frozenset(remembered))
        return None

    def blank(self, contact_id: str, fields: Sequence[str]) -> None:
        self._enter()
        if contact_id in self.contacts:
            self.contacts[contact_id].values.update(dict.fromkeys(fields, ""))

    def find_on_tickets(self, ticket_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        if not ticket_ids:
            return {}
        self._enter()
        return {one: list(ids) for one in ticket_ids if (ids := self.on_tickets.get(one))}

    def find_approvers(self, contact_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        if not contact_ids:
            return {}
        self._enter()
        asked = (self.contacts[one] for one in contact_ids if one in self.contacts)
        return {one.contact_id: frozenset(one.companies) for one in asked if one.approver}

    def find_companies_of(self, contact_id: str | None, address: str) -> frozenset[str]:
        self._enter()
        for contact in self.contacts.values():
            by_address = contact.email.casefold() == address.casefold()
            if contact.contact_id == contact_id or (contact_id is None and by_address):
                return frozenset(contact.companies)
        return frozenset()

    def take_off(self, contacts: Sequence[tuple[str, str]]) -> None:
        if not contacts:
            return
        self._enter()
        for ticket_id, contact_id in contacts:
            tied = self.on_tickets.get(ticket_id, [])
            if contact_id in tied:
                tied.remove(contact_id)

    def _enter(self) -> None:
        fault, self.fail_next = self.fail_next, None
        if fault:
            raise fault
