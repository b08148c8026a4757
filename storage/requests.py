"""The table of requests, and beside it the sealed fields that belong to them."""

from collections.abc import Mapping, Sequence

from casework.ports import Sealer
from casework.records import NewRequest
from casework.request import CreditRequest, Details
from casework.stages import OPEN_STAGES, Stage
from storage.engine import Connection, Row, listed, value

_COLUMNS = (
    "reference, organisation, stage, ticket_id, confirmed, opening, submitted_at, stage_since, "
    "writing, move_to, "
    "attention, status_line, shown_organisation, wishes"
)


class RequestTable:
    """Implements :class:`casework.records.Requests`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection, self._sealer = connection, sealer

    def add(self, new: NewRequest, now: int) -> None:
        """Write down a new request."""
        submission = new.submission
        self._connection.run(
            """
            INSERT INTO requests (
                reference, organisation, stage, confirmed, conversion_id, fields_digest,
                professional_digest, submitted_at, received_at, stage_since, attention,
                status_line, heard
            ) VALUES (
                :reference, :organisation, :stage, :confirmed, :conversion_id, :fields_digest,
                :professional_digest, :submitted_at, :now, :now, :attention,
                :status_line, :heard
            )
            """,
            reference=new.reference,
            organisation=new.organisation,
            stage=Stage.NEW,
            confirmed=int(submission.listed),
            conversion_id=submission.conversion_id,
            fields_digest=new.fields_digest,
            professional_digest=new.professional_digest,
            submitted_at=submission.submitted_at or now,
            now=now,
            attention=new.attention,
            status_line=new.status_line,
            heard=int(not submission.listed),
        )
        self._seal(new.reference, submission.details)

    def replace_contents(self, reference: str, new: NewRequest) -> None:
        """Put a listed submission's values in the place of a webhook's, and confirm."""
        self._connection.run(
            """
            UPDATE requests
            SET organisation = :organisation, confirmed = 1, conversion_id = :conversion_id,
                fields_digest = :fields_digest, professional_digest = :professional_digest,
                submitted_at = COALESCE(:submitted_at, submitted_at)
            WHERE reference = :reference
            """,
            reference=reference,
            organisation=new.organisation,
            conversion_id=new.submission.conversion_id,
            fields_digest=new.fields_digest,
            professional_digest=new.professional_digest,
            submitted_at=new.submission.submitted_at,
        )
        self._seal(reference, new.submission.details)

    def _seal(self, reference: str, details: Details) -> None:
        for field, plain in vars(details).items():
            self._connection.run(
                """
                INSERT INTO sealed_fields (reference, field, sealed_value)
                VALUES (:reference, :field, :sealed_value)
                ON CONFLICT (reference, field) DO UPDATE SET sealed_value = excluded.sealed_value
                """,
                reference=reference,
                field=field,
                sealed_value=self._sealer.seal(plain.encode(), _place(reference, field)),
            )

    def get_details(self, reference: str) -> Details:
        """What is sealed, opened."""
        rows = self._connection.rows(
            "SELECT field, sealed_value FROM sealed_fields WHERE reference = :reference",
            reference=reference,
        )
        opened = {
            row["field"]: self._sealer.unseal(
                bytes(row["sealed_value"]), _place(reference, row["field"])
            ).decode()
            for row in rows
        }
        return Details(opened["client_email"], opened["professional_email"], opened["reason"])

    def find(self, references: Sequence[str]) -> Mapping[str, CreditRequest]:
        """Those of the references that are there."""
        return {r.reference: r for r in self._find_in("reference", references)}

    def find_by_tickets(self, ticket_ids: Sequence[str]) -> Mapping[str, CreditRequest]:
        """The requests behind these tickets, by ticket id."""
        return {r.ticket_id: r for r in self._find_in("ticket_id", ticket_ids) if r.ticket_id}

    def _find_in(self, column: str, values: Sequence[str]) -> list[CreditRequest]:
        places, parameters = listed(values)
        sql = f"SELECT {_COLUMNS} FROM requests WHERE {column} IN ({places})"  # noqa: S608
        return [_request(row) for row in self._connection.rows(sql, **parameters)]

    def find_by_conversion(self, conversion_id: str) -> CreditRequest | None:
        """The request made from this submission."""
        return next(iter(self._find_in("conversion_id", [conversion_id])), None)

    def find_same_fields(
        self, fields_digest: str, since: int, *, unconfirmed: bool = False
    ) -> CreditRequest | None:
        """The oldest request with the same fields that was received since then."""
        rows = self._connection.rows(
            f"""
            SELECT {_COLUMNS} FROM requests
            WHERE fields_digest = :fields_digest AND received_at >= :since
              AND confirmed <= :confirmed
            ORDER BY received_at LIMIT 1
            """,  # noqa: S608 - column names only
            fields_digest=fields_digest,
            since=since,
            confirmed=0 if unconfirmed else 1,
        )
        return _request(rows[0]) if rows else None

    def find_adoptable(
        self, professional_digest: str, since: int, until: int
    ) -> CreditRequest | None:
        """An unconfirmed, still new request of this professional."""
        return self._find_of_professional(
            "confirmed = 0 AND stage = 'new'", professional_digest, since, until
        )

    def find_unheard(
        self, professional_digest: str, since: int, until: int
    ) -> CreditRequest | None:
        """A confirmed request of this professional, received then, of which no webhook told."""
        return self._find_of_professional(
            "confirmed = 1 AND heard = 0", professional_digest, since, until
        )

    def _find_of_professional(
        self, which: str, professional_digest: str, since: int, until: int
    ) -> CreditRequest | None:
        rows = self._connection.rows(
            f"""
            SELECT {_COLUMNS} FROM requests
            WHERE professional_digest = :professional_digest AND {which}
              AND received_at BETWEEN :since AND :until
            ORDER BY received_at LIMIT 1
            """,  # noqa: S608 - `which` is one of two literals above
            professional_digest=professional_digest,
            since=since,
            until=until,
        )
        return _request(rows[0]) if rows else None

    def set_heard(self, reference: str) -> None:
        """Record that a webhook told of it."""
        self._connection.run(
            "UPDATE requests SET heard = 1 WHERE reference = :reference", reference=reference
        )

    def set_conversion(self, reference: str, conversion_id: str | None) -> None:
        """Record which submission it is, without confirming it."""
        self._connection.run(
            "UPDATE requests SET conversion_id = :conversion_id WHERE reference = :reference",
            reference=reference,
            conversion_id=conversion_id,
        )

    def set_opening(self, references: Sequence[str]) -> None:
        """Record that the CRM is about to be asked for their tickets."""
        places, parameters = listed(references)
        sql = f"UPDATE requests SET opening = 1 WHERE reference IN ({places})"  # noqa: S608
        self._connection.run(sql, **parameters)

    def set_ticket(
        self, reference: str, ticket_id: str, stage: Stage, shown_organisation: str | None
    ) -> None:
        """Record the ticket that was made or found, and what it says, where that is known."""
        self._connection.run(
            """
            UPDATE requests
            SET ticket_id = :ticket_id, stage = :stage, opening = 0,
                shown_organisation = :shown_organisation
            WHERE reference = :reference
            """,
            reference=reference,
            shown_organisation=shown_organisation,
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
    ) -> None:
        """Record how the ticket should look. No ``attention`` clears it; the rest stays."""
        self._connection.run(
            """
            UPDATE requests
            SET move_to = COALESCE(:move_to, move_to), attention = :attention,
                status_line = COALESCE(:status_line, status_line), wishes = wishes + 1
            WHERE reference = :reference
            """,
            reference=reference,
            move_to=move_to,
            attention=attention,
            status_line=status_line,
        )

    def fulfil(self, written: CreditRequest, now: int) -> bool:
        """Record that the ticket was moved and written as this says."""
        self._connection.run(
            """
            UPDATE requests
            SET shown_organisation = :organisation, writing = 0,
                stage = COALESCE(:moved_to, stage),
                stage_since = CASE WHEN :moved_to IS NULL THEN stage_since ELSE :now END,
                move_to = CASE WHEN move_to = :moved_to THEN NULL ELSE move_to END
            WHERE reference = :reference
            """,
            reference=written.reference,
            organisation=written.organisation,
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

    def set_writing(self, references: Sequence[str]) -> None:
        """Record that the CRM is about to be asked to move their tickets."""
        places, parameters = listed(references)
        sql = f"UPDATE requests SET writing = 1 WHERE reference IN ({places})"  # noqa: S608
        self._connection.run(sql, **parameters)

    def find_tickets_to_watch(self, closed_since: int) -> Sequence[str]:
        """The ids of the tickets that are open, or were closed since then."""
        places, parameters = listed(OPEN_STAGES)
        rows = self._connection.rows(
            f"""
            SELECT ticket_id FROM requests
            WHERE ticket_id IS NOT NULL
              AND (stage IN ({places}) OR stage_since >= :closed_since)
            ORDER BY received_at
            """,  # noqa: S608 - placeholders only
            closed_since=closed_since,
            **parameters,
        )
        return [row["ticket_id"] for row in rows]

    def find_unconfirmed_times(self) -> tuple[int | None, int | None]:
        """When the oldest and the youngest unconfirmed request were received."""
        (row,) = self._connection.rows(
            """
            SELECT min(received_at) AS oldest, max(received_at) AS youngest
            FROM requests WHERE confirmed = 0
            """
        )
        return row["oldest"], row["youngest"]

    def count_by_stage(self) -> Mapping[str, int]:
        """How many requests stand where."""
        rows = self._connection.rows(
            "SELECT stage, count(*) AS number FROM requests GROUP BY stage"
        )
        return {row["stage"]: row["number"] for row in rows}


def _place(reference: str, field: str) -> str:
    """What a sealed value is bound to, so that it opens nowhere else."""
    return f"request:{reference}:{field}"


def _request(row: Row) -> CreditRequest:
    return CreditRequest(
        reference=row["reference"],
        organisation=row["organisation"],
        stage=Stage(row["stage"]),
        ticket_id=row["ticket_id"],
        confirmed=bool(row["confirmed"]),
        opening=bool(row["opening"]),
        submitted_at=row["submitted_at"],
        stage_since=row["stage_since"],
        writing=bool(row["writing"]),
        move_to=Stage(row["move_to"]) if row["move_to"] else None,
        attention=row["attention"],
        status_line=row["status_line"],
        shown_organisation=row["shown_organisation"],
        wishes=row["wishes"],
    )
