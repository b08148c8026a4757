"""What is kept, table by table, in the rules' own words. ``storage`` is the adapter.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from casework.grant_records import Grants, Reversals
from casework.identifier_records import Identifiers, KeyedIdentifier
from casework.organisations import Company
from casework.people_records import LedgerEntries, People
from casework.reply_records import Replies
from casework.request import (
    CreditRequest,
    Details,
    LetterKey,
    ReasonState,
    Submission,
    TicketState,
)
from casework.residue_records import Residue
from casework.rule_records import StandingRules
from casework.stages import Stage
from casework.work import Work

T = TypeVar("T")


class Route(StrEnum):
    """By which door a delivery came."""

    FORM = "form"
    CRM = "crm"


@dataclass(frozen=True)
class Delivery:
    """One signed HTTP request as it came, still sealed. Its body is empty once it was read."""

    id: int
    route: Route
    digest: str
    sealed_body: bytes
    arrived_at: int


class Deliveries(Protocol):
    """The deliveries accepted so far."""

    def keep(self, route: Route, digest: str, sealed_body: bytes, now: int) -> tuple[int, bool]:
        """Write down a delivery, or that it came again. Returns its id, and if it is done with."""

    def find(self, ids: Sequence[int]) -> Sequence[Delivery]:
        """Those of the ids that are there."""

    def find_to_be_read(self, route: Route) -> Sequence[Delivery]:
        """Those of this route that wait, or are parked."""

    def set_outcome(self, id: int, outcome: str) -> None:
        """Record what became of it: ``read``, ``ignored``, ``parked`` or ``erased``.

        Empties the body, unless it is parked.
        """

    def count_by_outcome(self) -> Mapping[str, int]:
        """How many have which outcome; ``waiting`` are those not read yet."""


@dataclass(frozen=True)
class NewRequest:
    """A request about to be written down, with what is sealed in it still open."""

    reference: str
    submission: Submission
    organisation: str
    fields_digest: str
    client_digest: str
    professional_digest: str
    attention: str | None
    status_line: str
    identifiers: Sequence[KeyedIdentifier] = ()


class Requests(Protocol):
    """The requests, with their sealed fields in a table of their own."""

    def add(self, new: NewRequest, now: int, *, dormant: bool = False) -> None:
        """Write down a new request. A dormant one is only known: it gets no ticket, no mail."""

    def replace_contents(self, reference: str, new: NewRequest) -> None:
        """Put a listed submission's values in the place of a webhook's, and confirm.

        Nothing is put in the place of what was erased.
        """

    def find(self, references: Sequence[str]) -> Mapping[str, CreditRequest]:
        """Those of the references that are there."""

    def find_by_tickets(self, ticket_ids: Sequence[str]) -> Mapping[str, CreditRequest]:
        """The requests behind these tickets, by ticket id."""

    def find_by_conversion(self, conversion_id: str) -> CreditRequest | None:
        """The request made from this submission."""

    def find_same_fields(self, fields_digest: str, since: int) -> CreditRequest | None:
        """A request with the same fields that was received since then."""

    def find_claimable(
        self,
        fields_digest: str,
        since: int,
        until: int,
        near: int,
        forgotten_since: int | None = None,
    ) -> CreditRequest | None:
        """The open, unconfirmed request with these fields, received then, nearest to a time.

        Where its client was forgotten since then, it need not be open.
        """

    def find_unheard(
        self, professional_digest: str, since: int, until: int
    ) -> CreditRequest | None:
        """A confirmed request of this professional, received then, of which no webhook told."""

    def set_heard(self, reference: str) -> None:
        """Record that a webhook told of it."""

    def set_conversion(self, reference: str, conversion_id: str | None) -> None:
        """Record which submission it is, without confirming it."""

    def find_adoptable(
        self, professional_digest: str, since: int, until: int
    ) -> CreditRequest | None:
        """An unconfirmed, still new request of this professional.

        Only one received within these times and claimed by no listed submission.
        """

    def get_details(self, reference: str) -> Details:
        """What is sealed, opened; empty where it was erased."""

    def set_client_name(self, reference: str, client_name: str) -> None:
        """Seal the name that the credits platform has told, be it none."""

    def set_letter(self, reference: str, letter: LetterKey) -> None:
        """Record what the letter on the ticket should be."""

    def set_reason(self, reference: str, state: ReasonState, redacted: str | None = None) -> None:
        """Record what became of the reason, and seal what may be shown of it, where that is new."""

    def get_redacted_reason(self, reference: str) -> str:
        """What may be shown of the reason, opened; empty where there is nothing."""

    def set_organisation(self, reference: str, organisation: str) -> None:
        """Correct what is kept of the organisation as typed."""

    def set_opening(self, references: Sequence[str]) -> None:
        """Record that the CRM is about to be asked for their tickets."""

    def set_ticket(
        self, reference: str, ticket_id: str, stage: Stage, shown_organisation: str | None
    ) -> None:
        """Record the ticket that was made or found, and what it says, where that is known."""

    def set_stage(self, reference: str, stage: Stage, now: int) -> None:
        """Record where staff moved it; what the service meant to do with it is off."""

    def bring_back(self, latest: int) -> None:
        """Make the times since when they stand somewhere no later than that."""

    def wish(
        self,
        reference: str,
        *,
        move_to: Stage | None = None,
        attention: str | None = None,
        status_line: str | None = None,
        credits_to_grant: int | None = None,
    ) -> None:
        """Record how the ticket should look. No ``attention`` clears it; the rest stays.

        ``credits_to_grant`` is written together with a move to Organisation replied or Approved.
        """

    def fulfil(self, written: CreditRequest, now: int) -> bool:
        """Record that the ticket was moved and written as this says.

        Returns whether that is still how it should look.
        """

    def set_match(
        self, seen: CreditRequest, certainty: str, company_id: str | None, candidates: str
    ) -> bool:
        """Record which company it is, or whom to ask about.

        Returns false, and records nothing, if the organisation has changed since it was seen.
        """

    def forget_match(self, reference: str) -> None:
        """Have the organisation looked up anew."""

    def find_asked(self, company_ids: Sequence[str]) -> Sequence[CreditRequest]:
        """The requests of these companies that wait for an answer."""

    def find_unmatched(self) -> Sequence[str]:
        """Open requests with a ticket whose organisation has not been looked up."""

    def set_ticket_state(self, reference: str, state: TicketState) -> None:
        """Record what became of its ticket."""

    def forget_ticket(self, reference: str) -> None:
        """It has no ticket any more, and needs another."""

    def find_ungranted(self) -> Sequence[str]:
        """Requests that have had a ticket, and have no grant of any kind."""

    def wake(self, reference: str) -> bool:
        """Make a dormant request an ordinary one. Returns whether it did; an erased one stays."""

    def find_stray(self) -> Sequence[CreditRequest]:
        """Requests whose ticket is not where it should be."""

    def find_without_ticket(self, received_until: int) -> Sequence[str]:
        """Requests received until then that should have a ticket and have none."""

    def find_without_letter(self) -> Sequence[str]:
        """Open requests with a ticket of their own on which no letter was written."""

    def find_long_unconfirmed(self, received_until: int) -> Sequence[CreditRequest]:
        """Open, unconfirmed requests with a ticket, received until then."""

    def count(self) -> Mapping[str, int]:
        """How many requests there are, ``all`` and ``confirmed``."""

    def set_writing(self, references: Sequence[str]) -> None:
        """Record that the CRM is about to be asked to move their tickets."""

    def find_tickets_to_watch(self, closed_since: int) -> Sequence[str]:
        """The ids of the tickets that are open, or were closed since then."""

    def find_unconfirmed_times(self, since: int) -> tuple[int | None, int | None]:
        """When the oldest and the youngest open, unconfirmed request since then were received."""

    def count_by_stage(self) -> Mapping[str, int]:
        """How many requests stand where."""


class CompanyRecords(Protocol):
    """The CRM's companies, as they were when last read."""

    def keep(self, companies: Sequence[Company], now: int) -> None:
        """Write down what was seen now."""

    def drop_unseen(self, since: int) -> None:
        """Forget those that were not seen since then."""

    def find(self, ids: Sequence[str]) -> Mapping[str, Company]:
        """Those of the ids that are there, such as that of :attr:`CreditRequest.company_id`."""

    def find_all(self) -> Sequence[Company]:
        """All of them."""

    def has_name(self, plain_name: str) -> bool:
        """Whether one bears this name, as :func:`casework.organisations.plain_name` gives it."""


class Journal(Protocol):
    """What happened, append-only and hash-chained. No personal data."""

    def write(self, event: str, reference: str, now: int, **facts: str | int) -> None:
        """Append a line."""

    def find_break(self) -> int | None:
        """The sequence of the first line that does not follow from those before it, if any."""

    def find_head(self) -> tuple[int, str]:
        """The number of the last line, and its chain value."""

    def find_facts(self, event: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """Reference and facts of each line of this event, in order."""

    def find_events(self, event: str) -> Sequence[tuple[int, str, Mapping[str, Any]]]:
        """Time, reference and facts of each line of this event, in order."""

    def find_lines(self, reference: str) -> Sequence[tuple[int, str, Mapping[str, Any]]]:
        """Time, event and facts of each line about this request, in order."""


class Marks(Protocol):
    """A few named times to remember, in Unix milliseconds."""

    def find(self, name: str) -> int | None:
        """The time, if one was set."""

    def set(self, name: str, value: int) -> None:
        """Remember a time."""

    def bring_back(self, latest: int) -> None:
        """Make what is later that time."""


class Sent(Protocol):
    """What was said to people, so that it is said once: mails and notes."""

    def begin(self, reference: str, what: str, now: int) -> str:
        """Record that it is about to be said. Returns how it stood before.

        ``new``, ``begun`` (an earlier try whose end is not known) or ``sent``.
        """

    def done(self, reference: str, what: str, now: int) -> None:
        """Record that it was said."""

    def find_mails(self, reference: str) -> Sequence[tuple[str, int]]:
        """Which letters went out about this request, and when they were handed over."""


class Records(Protocol):
    """All tables, seen from one point in time. Writing works only inside :meth:`Store.write`."""

    @property
    def deliveries(self) -> Deliveries:
        """What came in."""

    @property
    def requests(self) -> Requests:
        """The requests."""

    @property
    def identifiers(self) -> Identifiers:
        """By which words people could be recognised."""

    @property
    def residue(self) -> Residue:
        """What submissions have left in the CRM."""

    @property
    def replies(self) -> Replies:
        """What organisations have replied."""

    @property
    def grants(self) -> Grants:
        """The grants."""

    @property
    def work(self) -> Work:
        """What is to be looked at."""

    @property
    def journal(self) -> Journal:
        """What happened."""

    @property
    def companies(self) -> CompanyRecords:
        """The CRM's companies."""

    @property
    def standing_rules(self) -> StandingRules:
        """What organisations agreed to once and for all."""

    @property
    def reversals(self) -> Reversals:
        """Reversals proposed."""

    @property
    def people(self) -> People:
        """Whose data is kept."""

    @property
    def ledger(self) -> LedgerEntries:
        """Credits to be entered by hand."""

    @property
    def marks(self) -> Marks:
        """Times to remember."""

    @property
    def sent(self) -> Sent:
        """What was said to people."""


class Store(Protocol):
    """What is kept."""

    def read(self, look: Callable[[Records], T]) -> T:
        """Look at what is committed."""

    def write(self, change: Callable[[Records], T]) -> T:
        """Change, all or nothing. When this returns, it is on the disk.

        Raises :class:`~casework.errors.NotKept`. ``change`` must not call another service: every
        other writer of this process waits for it.
        """

    def purge_log(self) -> bool:
        """See to it that what was erased is in none of the store's files any more.

        Returns whether that was done; while somebody else reads it cannot be.
        """
