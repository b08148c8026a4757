"""The ticket: the request's anonymous twin in the CRM (a deal, where so configured).

What a ticket may carry is built up here from an allow-list; nothing else can reach the CRM.
"""

from dataclasses import dataclass

from casework.request import CreditRequest
from casework.stages import Stage


@dataclass(frozen=True)
class TicketDraft:
    """All that a new ticket carries."""

    reference: str
    organisation: str
    stage: Stage
    status_line: str

    @property
    def subject(self) -> str:
        """Says nothing, since subjects show up in previews, pushes and mails."""
        return f"Credit request {self.reference}"

    @property
    def content(self) -> str:
        """What staff read first."""
        return content_for(self.reference, self.organisation)


@dataclass(frozen=True)
class Ticket:
    """A ticket as the CRM shows it now.

    ``stage`` is nothing where the ticket stands in a stage or pipeline that is not ours.
    ``credits_to_grant`` is what staff typed, unchecked.
    """

    ticket_id: str
    reference: str | None
    stage: Stage | None
    credits_to_grant: str

    def is_for(self, request: CreditRequest) -> bool:
        """Whether this is the request's own ticket, and not one that it was merged into."""
        return self.reference in (None, "", request.reference)


@dataclass(frozen=True)
class TicketChange:
    """What the service writes on a ticket. What is nothing stays as it is."""

    ticket_id: str
    move_to: Stage | None = None
    status_line: str | None = None
    organisation: str | None = None
    content: str | None = None
    credits_to_grant: int | None = None


def content_for(reference: str, organisation: str) -> str:
    """What staff read first on a ticket."""
    return (
        f"A professional advises more sponsored credits for somebody at: {organisation}\n"
        f"Reference: {reference}\n\n"
        "Ask the organisation, fill in the number of credits, and move this to Approved or "
        "Declined. Who the client is stays sealed; the organisation must never learn it."
    )


def draft_for(request: CreditRequest) -> TicketDraft:
    """The ticket that stands for this request."""
    stage = Stage.NEEDS_ATTENTION if request.attention else Stage.NEW
    return TicketDraft(request.reference, request.organisation, stage, request.status_line)
