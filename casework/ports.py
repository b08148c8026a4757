"""What the rules need from outside services, in their own words. Each port has its adapters.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.CreditsDeskError`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from casework.errors import CreditsDeskError
from casework.identifiers import Whose
from casework.organisations import Company
from casework.request import Submission
from casework.tickets import Ticket, TicketChange, TicketDraft


@dataclass(frozen=True)
class TicketPage:
    """Some of the CRM's tickets. ``next_page`` is nothing at the end."""

    tickets: Sequence[Ticket]
    next_page: str | None


class Desk(Protocol):
    """The CRM, where staff work. Up to 100 rows a call; one bad row never spoils the others."""

    def open_tickets(self, drafts: Sequence[TicketDraft]) -> Mapping[str, str | CreditsDeskError]:
        """Make the tickets that are not there yet. Returns, by reference, a ticket id or an error.

        Asking again for the same reference makes nothing new, but writes the draft over what
        staff did meanwhile: look with :meth:`find_by_references` first when an answer was lost.
        """

    def find_by_references(self, references: Sequence[str]) -> Mapping[str, Ticket]:
        """The tickets that exist, by reference."""

    def find_tickets(self, ticket_ids: Sequence[str]) -> Mapping[str, Ticket]:
        """The tickets that exist, by the id asked for."""

    def read_tickets(self, page: str | None) -> TicketPage:
        """One page of all tickets that have a reference, wherever they stand, oldest first.

        The first for nothing, then whatever ``next_page`` said. Unlike a search it shows what was
        written a moment ago. Of the texts it tells the organisation and the check value only.
        """

    def change_tickets(self, changes: Sequence[TicketChange]) -> Mapping[str, CreditsDeskError]:
        """Write to the tickets. Returns, by ticket id, the errors only."""

    def add_note(self, ticket_id: str, text: str) -> None:
        """Put a note on the ticket. Asking twice makes two."""

    def has_note(self, ticket_id: str, text: str) -> bool:
        """Whether a note with this text is on the ticket."""

    def associate_companies(self, companies: Mapping[str, str]) -> Mapping[str, CreditsDeskError]:
        """Tie tickets (by id) to companies (by id), by their ids and never by name.

        Asking again changes nothing. Returns, by ticket id, the errors only.
        """

    def find_companies(self, ticket_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The ids of the companies tied to each ticket; tickets without any are left out."""


@dataclass(frozen=True)
class CompanyPage:
    """Some of the CRM's companies. ``next_page`` is nothing at the end."""

    companies: Sequence[Company]
    next_page: str | None


class Companies(Protocol):
    """The CRM's companies."""

    def read_companies(self, page: str | None) -> CompanyPage:
        """One page; the first for nothing, then whatever ``next_page`` said."""


@dataclass(frozen=True)
class FormCopy:
    """What a submission left on the professional's contact. ``repr`` shows no value.

    ``values`` are those that stand there now, by the form's field; ``remembered`` the fields of
    which the CRM's history keeps earlier values.
    """

    contact_id: str
    values: Mapping[str, str]
    remembered: frozenset[str]

    def __repr__(self) -> str:
        return f"FormCopy(contact_id={self.contact_id!r})"


class Contacts(Protocol):
    """The CRM's contacts: people at organisations, and professionals. Never clients."""

    def find_form_copy(self, professional_email: str, fields: Sequence[str]) -> FormCopy | None:
        """What the form's fields left on the professional's contact, if there is one."""

    def blank(self, contact_id: str, fields: Sequence[str]) -> None:
        """Take away what stands in these fields. Asking again changes nothing.

        A contact that is not there any more holds nothing.
        """

    def find_on_tickets(self, ticket_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The ids of the contacts on each ticket; tickets without any are left out."""

    def find_approvers(self, contact_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """For each contact marked as an approver, the ids of the companies it belongs to."""

    def find_companies_of(self, contact_id: str | None, address: str) -> frozenset[str]:
        """The ids of the companies to which a contact belongs, found by its id or its address."""

    def take_off(self, contacts: Sequence[tuple[str, str]]) -> None:
        """Untie contacts from tickets: pairs of a ticket's id and a contact's.

        What is not tied any more stays so.
        """


@dataclass(frozen=True)
class SubmissionPage:
    """Some rows of the list of submissions, newest first.

    ``unreadable`` counts rows that could not be understood. ``next_page`` is nothing at the end.
    """

    submissions: Sequence[Submission]
    unreadable: int
    oldest: int | None
    next_page: str | None


class Submissions(Protocol):
    """The CRM's list of submissions of the form: the truth about what was asked."""

    def read_page(self, page: str | None) -> SubmissionPage:
        """One page; the first for nothing, then whatever ``next_page`` said."""


@dataclass(frozen=True)
class Order:
    """Credits to be added to a client's account. The same key always means the same order."""

    key: str
    client_email: str
    credits: int
    organisation: str
    reference: str

    def __repr__(self) -> str:
        return f"Order(key={self.key!r}, credits={self.credits})"


@dataclass(frozen=True)
class Receipt:
    """The credits platform's word that credits were added. ``id`` is the platform's own."""

    id: str
    credits: int


class CreditsAccount(Protocol):
    """Where clients' credits are kept."""

    def grant(self, order: Order) -> Receipt:
        """Add the credits, once for a key, however often it is asked.

        Raises :class:`~casework.errors.UnknownClient`, :class:`~casework.errors.KeyConflict`,
        or :class:`~casework.errors.Unavailable`, after which it may or may not have happened.
        """

    def find_grant(self, key: str) -> Receipt | None:
        """What was granted under this key, if anything was."""

    def find_client_name(self, client_email: str) -> str:
        """The name the client goes by there; nothing if it is not known, or not told."""


class MailKind(StrEnum):
    """The mails a professional gets."""

    RECEIVED = "received"
    GRANTED = "granted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Mail:
    """A mail to the professional. Beside the address it holds nothing about anybody.

    ``day`` is the day of the submission, midnight UTC in Unix milliseconds.
    """

    kind: MailKind
    to: str
    reference: str
    day: int
    credits: int | None = None

    def __repr__(self) -> str:
        return f"Mail(kind={self.kind!s}, reference={self.reference!r})"


@dataclass(frozen=True)
class OldRequest:
    """A request in a digest. ``stage`` as staff read it; ``day`` as in :class:`Mail`."""

    reference: str
    stage: str
    day: int


@dataclass(frozen=True)
class Digest:
    """What staff are told before it is erased. It names nobody.

    ``planned_at``: the same for the same digest. ``erase_from``: the first day on which it may be
    erased. ``requests`` and ``waiting`` are cut; ``requests_more`` and ``waiting_more`` are how
    many were left out. ``waiting``: references that need somebody first, and what is to be done.
    Times are Unix milliseconds UTC.
    """

    planned_at: int
    erase_from: int
    days: int
    requests: Sequence[OldRequest]
    requests_more: int
    deliveries: int
    entries: int
    waiting: Sequence[tuple[str, str]]
    waiting_more: int

    @property
    def all_requests(self) -> int:
        """How many are to be erased, those that are not named included."""
        return len(self.requests) + self.requests_more


class Mailer(Protocol):
    """Sends mail."""

    def tell_staff(self, digest: Digest, to: str) -> None:
        """Hand a digest to a mail server. The same digest has the same message id each time."""

    def send(self, mail: Mail) -> None:
        """Hand the mail to a mail server. The same mail has the same message id each time."""


class EgressGate(Protocol):
    """What every text passes before it leaves."""

    def check(
        self,
        where: str,
        units: Iterable[Sequence[str]],
        *,
        may_name: Collection[Whose] = (),
        spoken_of: str = "",
    ) -> None:
        """Raise :class:`~casework.errors.Leak` if somebody could be recognised by it.

        ``where`` names the service and the operation. A unit is what belongs together, such as the
        texts of one record. ``may_name``: whom this call is meant to name. ``spoken_of``: the one
        address that it is about, whoever else goes by it.
        """


class Sealer(Protocol):
    """Encrypts what must stay here, and makes digests that only we can make."""

    def seal(self, plain: bytes, bound_to: str) -> bytes:
        """Encrypt. It opens again only with the same ``bound_to``."""

    def unseal(self, sealed: bytes, bound_to: str) -> bytes:
        """Decrypt. Raises :class:`~casework.errors.Unreadable` for a wrong key or place."""

    def digest(self, text: str) -> str:
        """A keyed digest: 32 hexadecimal digits, equal for equal texts, useless to others."""
