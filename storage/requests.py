"""Changing requests, and what is sealed of them."""

from dataclasses import replace

from casework.identifiers import IDENTIFIERS_VERSION
from casework.orphan_records import check_for
from casework.ports import Sealer
from casework.request import CreditRequest, Details, ReasonState
from casework.request_records import NewRequest
from casework.stages import Stage
from storage.engine import Connection
from storage.identifiers import IdentifierTable
from storage.request_tickets import RequestTickets
from storage.sealed_fields import SealedFieldTable

#: Beside the fields of the form: what may be shown of the reason.
_REDACTED = "redacted_reason"


class RequestTable(RequestTickets):
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
