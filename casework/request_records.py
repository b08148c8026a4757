"""The requests as they are kept.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from casework.identifier_records import KeyedIdentifier
from casework.request import (
    CreditRequest,
    Details,
    LetterKey,
    ReasonState,
    Submission,
    TicketState,
)
from casework.stages import Stage


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
        self,
        reference: str,
        ticket_id: str,
        stage: Stage,
        shown_organisation: str | None,
        shown_check: str = "",
    ) -> None:
        """Record the ticket that was made or found, and what it says, where that is known."""

    def set_stage(self, reference: str, stage: Stage, now: int) -> None:
        """Record where staff moved it; what the service meant to do with it is off."""

    def distrust(self) -> None:
        """Record that any ticket may be there already, and any move may have been made."""

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
