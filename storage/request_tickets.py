"""What is known of requests' tickets: where they stand, what they show, and what they should."""

from collections.abc import Sequence

from casework.request import CreditRequest, LetterKey, TicketState
from casework.stages import Stage
from storage.engine import listed, value
from storage.request_finder import RequestFinder


class RequestTickets(RequestFinder):
    """The half of :class:`casework.request_records.Requests` that is about their tickets."""

    def set_letter(self, reference: str, letter: LetterKey) -> None:
        """Record what the letter on the ticket should be."""
        self._connection.run(
            """
            UPDATE requests SET letter = :letter, wishes = wishes + 1 WHERE reference = :reference
            """,
            letter=str(letter),
            reference=reference,
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
