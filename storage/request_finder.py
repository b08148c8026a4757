"""Looking up requests. What changes them is in :mod:`storage.requests`."""

from collections.abc import Mapping, Sequence

from casework.request import CreditRequest, LetterKey, ReasonState, TicketState
from casework.stages import OPEN_STAGES, Stage
from storage.engine import Connection, Row, listed

_COLUMNS = (
    "reference, organisation, stage, ticket_id, confirmed, opening, submitted_at, stage_since, "
    "writing, move_to, "
    "attention, status_line, shown_organisation, wishes, ticket_state, match, candidates, "
    "letter, shown_letter, reason_state, named, company_id, credits_to_grant, "
    "erased_at, professional_erased_at, conversion_id, hold_since, ticket_check, shown_check"
)


class RequestFinder:
    """The looking half of :class:`casework.request_records.Requests`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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

    def find_same_fields(self, fields_digest: str, since: int) -> CreditRequest | None:
        """A request with the same fields that was received since then."""
        rows = self._connection.rows(
            f"""
            SELECT {_COLUMNS} FROM requests
            WHERE fields_digest = :fields_digest AND received_at >= :since
            ORDER BY received_at DESC LIMIT 1
            """,  # noqa: S608 - column names only
            fields_digest=fields_digest,
            since=since,
        )
        return _request(rows[0]) if rows else None

    def find_claimable(
        self,
        fields_digest: str,
        since: int,
        until: int,
        near: int,
        forgotten_since: int | None = None,
    ) -> CreditRequest | None:
        """The open, unconfirmed request with these fields, received then, nearest to a time."""
        places, parameters = listed(OPEN_STAGES)
        rows = self._connection.rows(
            f"""
            SELECT {_COLUMNS} FROM requests
            WHERE fields_digest = :fields_digest AND confirmed = 0
              AND received_at BETWEEN :since AND :until
              AND (erased_at >= :forgotten_since OR erased_at IS NULL AND stage IN ({places}))
            ORDER BY abs(received_at - :near) LIMIT 1
            """,  # noqa: S608 - column names and placeholders only
            fields_digest=fields_digest,
            since=since,
            until=until,
            near=near,
            forgotten_since=forgotten_since,
            **parameters,
        )
        return _request(rows[0]) if rows else None

    def find_adoptable(
        self, professional_digest: str, since: int, until: int
    ) -> CreditRequest | None:
        """An unconfirmed, still new request of this professional."""
        return self._find_of_professional(
            "confirmed = 0 AND stage = 'new' AND erased_at IS NULL",
            professional_digest,
            since,
            until,
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
            WHERE professional_digest = :professional_digest AND professional_digest <> ''
              AND {which}
              AND received_at BETWEEN :since AND :until
            ORDER BY received_at LIMIT 1
            """,  # noqa: S608 - `which` is one of two literals above
            professional_digest=professional_digest,
            since=since,
            until=until,
        )
        return _request(rows[0]) if rows else None

    def find_asked(self, company_ids: Sequence[str]) -> Sequence[CreditRequest]:
        """The requests of these companies that wait for an answer."""
        places, parameters = listed(company_ids)
        rows = self._connection.rows(
            f"""
            SELECT {_COLUMNS} FROM requests
            WHERE company_id IN ({places}) AND stage IN ('asked', 'replied')
            ORDER BY received_at LIMIT 2
            """,  # noqa: S608 - column names and placeholders only
            **parameters,
        )
        return [_request(row) for row in rows]

    def find_unmatched(self) -> Sequence[str]:
        """Open requests with a ticket whose organisation has not been looked up."""
        places, parameters = listed(OPEN_STAGES)
        rows = self._connection.rows(
            f"""
            SELECT reference FROM requests
            WHERE match IS NULL AND ticket_id IS NOT NULL AND erased_at IS NULL
              AND stage IN ({places})
            """,  # noqa: S608 - placeholders only
            **parameters,
        )
        return [row["reference"] for row in rows]

    def find_ungranted(self) -> Sequence[str]:
        """Requests that have had a ticket, and have no grant of any kind."""
        rows = self._connection.rows(
            """
            SELECT reference FROM requests
            WHERE ticket_id IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM grants WHERE grants.reference = requests.reference)
            ORDER BY received_at
            """
        )
        return [row["reference"] for row in rows]

    def find_stray(self) -> Sequence[CreditRequest]:
        """Requests whose ticket is not where it should be, and for whom that matters."""
        rows = self._connection.rows(
            f"""
            SELECT {_COLUMNS} FROM requests
            WHERE ticket_state <> 'there' AND erased_at IS NULL ORDER BY received_at
            """  # noqa: S608 - column names only
        )
        return [_request(row) for row in rows]

    def find_without_ticket(self, received_until: int) -> Sequence[str]:
        """Requests received until then that should have a ticket and have none."""
        rows = self._connection.rows(
            """
            SELECT reference FROM requests
            WHERE ticket_id IS NULL AND dormant = 0 AND erased_at IS NULL
              AND received_at <= :received_until
            ORDER BY received_at
            """,
            received_until=received_until,
        )
        return [row["reference"] for row in rows]

    def find_without_letter(self) -> Sequence[str]:
        """Open requests with a ticket of their own on which no letter was written."""
        places, parameters = listed(OPEN_STAGES)
        rows = self._connection.rows(
            f"""
            SELECT reference FROM requests
            WHERE ticket_id IS NOT NULL AND ticket_state = 'there' AND shown_letter = ''
              AND erased_at IS NULL AND stage IN ({places})
            ORDER BY received_at
            """,  # noqa: S608 - placeholders only
            **parameters,
        )
        return [row["reference"] for row in rows]

    def find_long_unconfirmed(self, received_until: int) -> Sequence[CreditRequest]:
        """Open, unconfirmed requests with a ticket, received until then."""
        places, parameters = listed(OPEN_STAGES)
        rows = self._connection.rows(
            f"""
            SELECT {_COLUMNS} FROM requests
            WHERE confirmed = 0 AND received_at <= :received_until AND ticket_id IS NOT NULL
              AND erased_at IS NULL AND stage IN ({places})
            ORDER BY received_at
            """,  # noqa: S608 - column names and placeholders only
            received_until=received_until,
            **parameters,
        )
        return [_request(row) for row in rows]

    def count(self) -> Mapping[str, int]:
        """How many requests there are, ``all`` and ``confirmed``."""
        (row,) = self._connection.rows(
            """
            SELECT count(*) AS "all", CAST(COALESCE(sum(confirmed), 0) AS BIGINT) AS confirmed
            FROM requests
            """
        )
        return row

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

    def find_unconfirmed_times(self, since: int) -> tuple[int | None, int | None]:
        """When the oldest and the youngest open, unconfirmed request since then were received."""
        places, parameters = listed(OPEN_STAGES)
        (row,) = self._connection.rows(
            f"""
            SELECT min(received_at) AS oldest, max(received_at) AS youngest
            FROM requests
            WHERE confirmed = 0 AND received_at >= :since AND erased_at IS NULL
              AND stage IN ({places})
            """,  # noqa: S608 - placeholders only
            since=since,
            **parameters,
        )
        return row["oldest"], row["youngest"]

    def count_by_stage(self) -> Mapping[str, int]:
        """How many requests stand where."""
        rows = self._connection.rows(
            "SELECT stage, count(*) AS number FROM requests WHERE dormant = 0 GROUP BY stage"
        )
        return {row["stage"]: row["number"] for row in rows}


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
        ticket_state=TicketState(row["ticket_state"]),
        matched=row["match"] is not None,
        candidates=row["candidates"],
        letter=LetterKey.parse(row["letter"]),
        shown_letter=row["shown_letter"],
        reason=ReasonState(row["reason_state"]),
        named=bool(row["named"]),
        company_id=row["company_id"],
        credits_to_grant=row["credits_to_grant"],
        erased=row["erased_at"] is not None,
        professional_erased=row["professional_erased_at"] is not None,
        conversion_id=row["conversion_id"],
        on_hold=row["hold_since"] is not None,
        check=row["ticket_check"],
        shown_check=row["shown_check"],
    )
