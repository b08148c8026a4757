"""Changing requests, and what is sealed of them."""

from collections.abc import Sequence
from dataclasses import replace

from casework.identifiers import IDENTIFIERS_VERSION
from casework.orphan_records import check_for
from casework.ports import Sealer
from casework.request import CreditRequest, Details, LetterKey, ReasonState, TicketState
from casework.request_records import NewRequest
from casework.stages import Stage
from storage.engine import Connection, listed, value
from storage.identifiers import IdentifierTable
from storage.request_finder import RequestFinder
from storage.sealed_fields import SealedFieldTable

#: Beside the fields of the form: what may be shown of the reason.
_REDACTED = "redacted_reason"


class RequestTable(RequestFinder):
    """Implements :class:`casework.request_records.Requests`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        super().__init__(connection)
        self._sealer = sealer
        self._sealed = SealedFieldTable(connection, sealer)

    def add(self, new: NewRequest, now: int, *, dormant: bool = False) -> None:
        """Write down a new request. A dormant one is only known: it gets no ticket, no mail."""
        submission = new.submission
        received_at = (submission.submitted_at or now) if dormant else now
        self._connection.run(
            """
            INSERT INTO requests (
                reference, organisation, stage, confirmed, conversion_id, fields_digest,
                client_digest, professional_digest, submitted_at, received_at, stage_since,
                attention, status_line, heard, dormant, ticket_check
            ) VALUES (
                :reference, :organisation, :stage, :confirmed, :conversion_id, :fields_digest,
                :client_digest, :professional_digest, :submitted_at, :received_at, :received_at,
                :attention, :status_line, :heard, :dormant, :ticket_check
            )
            """,
            reference=new.reference,
            organisation=new.organisation,
            stage=Stage.NEW,
            confirmed=int(submission.listed),
            conversion_id=submission.conversion_id,
            fields_digest=new.fields_digest,
            client_digest=new.client_digest,
            professional_digest=new.professional_digest,
            submitted_at=submission.submitted_at or now,
            received_at=received_at,
            attention=new.attention,
            status_line=new.status_line,
            heard=int(dormant or not submission.listed),
            dormant=int(dormant),
            ticket_check=check_for(self._sealer, new.reference, new.fields_digest),
        )
        self._seal(new.reference, submission.details)
        self._identify(new)

    def replace_contents(self, reference: str, new: NewRequest) -> None:
        """Put a listed submission's values in the place of a webhook's, and confirm.

        Nothing is put in the place of what was erased.
        """
        self._connection.run(
            """
            UPDATE requests
            SET organisation = :organisation, confirmed = 1, conversion_id = :conversion_id,
                fields_digest = CASE WHEN professional_erased_at IS NULL
                                     THEN :fields_digest ELSE '' END,
                ticket_check = CASE WHEN professional_erased_at IS NULL
                                    THEN :ticket_check ELSE '' END,
                client_digest = :client_digest,
                named = 0,
                professional_digest = CASE WHEN professional_erased_at IS NULL
                                           THEN :professional_digest ELSE '' END,
                submitted_at = COALESCE(:submitted_at, submitted_at)
            WHERE reference = :reference AND erased_at IS NULL
            """,
            reference=reference,
            organisation=new.organisation,
            conversion_id=new.submission.conversion_id,
            fields_digest=new.fields_digest,
            client_digest=new.client_digest,
            professional_digest=new.professional_digest,
            submitted_at=new.submission.submitted_at,
            ticket_check=check_for(self._sealer, reference, new.fields_digest),
        )
        self._seal(reference, new.submission.details)
        self._identify(replace(new, reference=reference))

    def _identify(self, new: NewRequest) -> None:
        IdentifierTable(self._connection).replace(
            new.reference, new.identifiers, IDENTIFIERS_VERSION
        )

    def set_client_name(self, reference: str, client_name: str) -> None:
        """Seal the name that the credits platform has told, be it none."""
        self._sealed.seal(reference, "client_name", client_name)
        self._connection.run(
            "UPDATE requests SET named = 1 WHERE reference = :reference", reference=reference
        )

    def _seal(self, reference: str, details: Details) -> None:
        for field, plain in vars(details).items():
            self._sealed.seal(reference, field, plain)

    def get_details(self, reference: str) -> Details:
        """What is sealed, opened; empty where it was erased."""
        opened = self._sealed.open(reference)
        return Details(
            client_email=opened.get("client_email", ""),
            professional_email=opened.get("professional_email", ""),
            reason=opened.get("reason", ""),
            client_name=opened.get("client_name", ""),
        )

    def set_letter(self, reference: str, letter: LetterKey) -> None:
        """Record what the letter on the ticket should be."""
        self._connection.run(
            """
            UPDATE requests SET letter = :letter, wishes = wishes + 1 WHERE reference = :reference
            """,
            letter=str(letter),
            reference=reference,
        )

    def set_reason(self, reference: str, state: ReasonState, redacted: str | None = None) -> None:
        """Record what became of the reason, and seal what may be shown of it, where that is new."""
        if redacted is not None:
            self._sealed.seal(reference, _REDACTED, redacted)
        self._connection.run(
            "UPDATE requests SET reason_state = :state WHERE reference = :reference",
            state=state,
            reference=reference,
        )

    def get_redacted_reason(self, reference: str) -> str:
        """What may be shown of the reason, opened; empty where there is nothing."""
        return self._sealed.open(reference).get(_REDACTED, "")

    def set_organisation(self, reference: str, organisation: str) -> None:
        """Correct what is kept of the organisation as typed."""
        self._connection.run(
            "UPDATE requests SET organisation = :organisation WHERE reference = :reference",
            organisation=organisation,
            reference=reference,
        )

    def set_heard(self, reference: str) -> None:
        """Record that a webhook told of it."""
        self._connection.run(
            "UPDATE requests SET heard = 1 WHERE reference = :reference", reference=reference
        )

    def set_conversion(self, reference: str, conversion_id: str | None) -> None:
        """Record which submission it is, without confirming it."""
        self._connection.run(
            """
            UPDATE requests
            SET conversion_id = :conversion_id,
                fields_digest = CASE WHEN professional_erased_at IS NULL
                                     THEN fields_digest ELSE '' END
            WHERE reference = :reference
            """,
            reference=reference,
            conversion_id=conversion_id,
        )

    def set_opening(self, references: Sequence[str]) -> None:
        """Record that the CRM is about to be asked for their tickets."""
        places, parameters = listed(references)
        sql = f"UPDATE requests SET opening = 1 WHERE reference IN ({places})"  # noqa: S608
        self._connection.run(sql, **parameters)

    def set_ticket(
        self,
        reference: str,
        ticket_id: str,
        stage: Stage,
        shown_organisation: str | None,
        shown_check: str = "",
    ) -> None:
        """Record the ticket that was made or found, and what it says, where that is known."""
        self._connection.run(
            """
            UPDATE requests
            SET ticket_id = :ticket_id, stage = :stage, opening = 0,
                shown_organisation = :shown_organisation,
                shown_letter = CASE WHEN CAST(:shown_organisation AS TEXT) IS NULL
                                    THEN '' ELSE letter END,
                shown_check = :shown_check
            WHERE reference = :reference
            """,
            reference=reference,
            shown_organisation=shown_organisation,
            shown_check=shown_check,
            ticket_id=ticket_id,
            stage=stage,
        )

    def set_stage(self, reference: str, stage: Stage, now: int) -> None:
        """Record where staff moved it; what the service meant to do with it is off."""
        self._connection.run(
            """
            UPDATE requests
            SET stage = :stage, stage_since = :now, move_to = NULL, attention = NULL, writing = 0
            WHERE reference = :reference
            """,
            reference=reference,
            stage=stage,
            now=now,
        )

    def wish(
        self,
        reference: str,
        *,
        move_to: Stage | None = None,
        attention: str | None = None,
        status_line: str | None = None,
        credits_to_grant: int | None = None,
    ) -> None:
        """Record how the ticket should look. No ``attention`` clears it; the rest stays."""
        self._connection.run(
            """
            UPDATE requests
            SET move_to = COALESCE(:move_to, move_to), attention = :attention,
                status_line = COALESCE(:status_line, status_line),
                credits_to_grant = COALESCE(:credits_to_grant, credits_to_grant),
                wishes = wishes + 1
            WHERE reference = :reference
            """,
            reference=reference,
            move_to=move_to,
            attention=attention,
            status_line=status_line,
            credits_to_grant=credits_to_grant,
        )

    def fulfil(self, written: CreditRequest, now: int) -> bool:
        """Record that the ticket was moved and written as this says."""
        self._connection.run(
            """
            UPDATE requests
            SET shown_organisation = :organisation, shown_letter = :letter,
                shown_check = :check, writing = 0,
                stage = COALESCE(:moved_to, stage),
                stage_since = CASE WHEN CAST(:moved_to AS TEXT) IS NULL
                                   THEN stage_since ELSE :now END,
                move_to = CASE WHEN move_to = :moved_to THEN NULL ELSE move_to END
            WHERE reference = :reference AND ticket_id = :ticket_id
            """,
            reference=written.reference,
            ticket_id=written.ticket_id,
            organisation=written.organisation,
            letter=str(written.letter),
            check=written.check,
            moved_to=written.move_to,
            now=now,
        )
        return bool(
            value(
                self._connection,
                "SELECT wishes = :wishes FROM requests WHERE reference = :reference",
                reference=written.reference,
                wishes=written.wishes,
            )
        )

    def set_match(
        self, seen: CreditRequest, certainty: str, company_id: str | None, candidates: str
    ) -> bool:
        """Record which company it is, or whom to ask about, if it is still the same name."""
        changed = self._connection.run(
            """
            UPDATE requests
            SET match = :certainty, company_id = :company_id, candidates = :candidates
            WHERE reference = :reference AND organisation = :organisation AND erased_at IS NULL
            """,
            reference=seen.reference,
            organisation=seen.organisation,
            certainty=certainty,
            company_id=company_id,
            candidates=candidates,
        )
        return changed == 1

    def forget_match(self, reference: str) -> None:
        """Have the organisation looked up anew."""
        self._connection.run(
            """
            UPDATE requests SET match = NULL, company_id = NULL, candidates = ''
            WHERE reference = :reference
            """,
            reference=reference,
        )

    def wake(self, reference: str) -> bool:
        """Make a dormant request an ordinary one. Returns whether it did; an erased one stays."""
        changed = self._connection.run(
            """
            UPDATE requests SET dormant = 0
            WHERE reference = :reference AND dormant = 1 AND erased_at IS NULL
            """,
            reference=reference,
        )
        return changed == 1

    def bring_back(self, latest: int) -> None:
        """Make the times since when they stand somewhere no later than that."""
        self._connection.run(
            "UPDATE requests SET stage_since = :latest WHERE stage_since > :latest",
            latest=latest,
        )

    def set_ticket_state(self, reference: str, state: TicketState) -> None:
        """Record what became of its ticket."""
        self._connection.run(
            "UPDATE requests SET ticket_state = :state WHERE reference = :reference",
            reference=reference,
            state=state,
        )

    def forget_ticket(self, reference: str) -> None:
        """It has no ticket any more, and needs another."""
        self._connection.run(
            """
            UPDATE requests
            SET ticket_id = NULL, opening = 1, writing = 0, stage = 'new', ticket_state = 'there',
                move_to = NULL, shown_organisation = NULL, shown_letter = '', shown_check = '',
                match = NULL,
                reason_state = CASE reason_state WHEN 'shown' THEN 'released' ELSE reason_state END
            WHERE reference = :reference
            """,
            reference=reference,
        )

    def distrust(self) -> None:
        """Record that any ticket may be there already, and any move may have been made."""
        self._connection.run("UPDATE requests SET opening = 1 WHERE ticket_id IS NULL")
        self._connection.run("UPDATE requests SET writing = 1 WHERE move_to IS NOT NULL")

    def set_writing(self, references: Sequence[str]) -> None:
        """Record that the CRM is about to be asked to move their tickets."""
        places, parameters = listed(references)
        sql = f"UPDATE requests SET writing = 1 WHERE reference IN ({places})"  # noqa: S608
        self._connection.run(sql, **parameters)
