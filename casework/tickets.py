"""The ticket: the request's anonymous twin in the CRM (a deal, where so configured).

What a ticket may carry is built up here from an allow-list; nothing else can reach the CRM.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casework.organisation_letter import write_answer, write_letter
from casework.request import CreditRequest, LetterKey
from casework.stages import Stage


class TicketText(StrEnum):
    """The texts on a ticket that are ours to write. Staff can type in all of them."""

    SUBJECT = "subject"
    CONTENT = "content"
    ORGANISATION = "organisation"
    STATUS = "status"
    #: To the organisation, ready to be sent.
    LETTER = "letter"
    #: To the organisation, should it ask or guess who it is.
    ANSWER = "answer"
    #: Why the professional asks, as far as it may be shown.
    REASON = "reason"
    #: By which we know the ticket again; see :func:`casework.orphan_records.check_for`.
    CHECK = "check"


@dataclass(frozen=True)
class TicketDraft:
    """All that a new ticket carries."""

    reference: str
    organisation: str
    stage: Stage
    status_line: str
    letter: LetterKey = field(default_factory=LetterKey)
    check: str = ""

    @property
    def texts(self) -> Mapping[TicketText, str]:
        """What it says."""
        return {
            # Says nothing, since subjects show up in previews, pushes and mails.
            TicketText.SUBJECT: f"Credit request {self.reference}",
            TicketText.CONTENT: _content(self.reference, self.organisation),
            TicketText.ORGANISATION: self.organisation,
            TicketText.STATUS: self.status_line,
            TicketText.CHECK: self.check,
            **letter_texts(self.reference, self.letter),
        }


@dataclass(frozen=True)
class Ticket:
    """A ticket as the CRM shows it now.

    ``stage`` is nothing where the ticket stands in a stage or pipeline that is not ours.
    ``credits_to_grant`` is what staff typed, unchecked, and so may the ``texts`` be.
    """

    ticket_id: str
    reference: str | None
    stage: Stage | None
    credits_to_grant: str
    texts: Mapping[TicketText, str] = field(default_factory=dict, repr=False)

    def is_for(self, request: CreditRequest) -> bool:
        """Whether this is the request's own ticket, and not one that it was merged into."""
        return self.reference in (None, "", request.reference)


@dataclass(frozen=True)
class TicketChange:
    """What the service writes on a ticket. What is nothing stays as it is."""

    ticket_id: str
    move_to: Stage | None = None
    texts: Mapping[TicketText, str] = field(default_factory=dict)
    credits_to_grant: int | None = None


def _content(reference: str, organisation: str) -> str:
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
    return TicketDraft(
        request.reference,
        request.organisation,
        stage,
        request.status_line,
        request.letter,
        request.check,
    )


def letter_texts(reference: str, letter: LetterKey) -> Mapping[TicketText, str]:
    """The letter to the organisation, and what to say if it asks who it is."""
    written = write_letter(letter.language, reference, letter.credits)
    return {
        TicketText.LETTER: f"Subject: {written.subject}\n\n{written.text}",
        TicketText.ANSWER: write_answer(letter.language, reference),
    }
