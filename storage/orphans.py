"""The table of orphaned tickets."""

from collections.abc import Iterator, Sequence

from casework.orphan_records import OrphanedTicket, check_for
from casework.ports import Sealer
from storage.engine import Connection

#: So many are read at a time.
_PAGE = 100


class OrphanTable:
    """Implements :class:`casework.orphan_records.OrphanedTickets`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection, self._sealer = connection, sealer

    def keep(self, orphan: OrphanedTicket) -> None:
        """Write down that it was seen, be it again."""
        self._connection.run(
            """
            INSERT INTO orphaned_tickets (reference, ticket_id, ticket_check, withheld, seen_at)
            VALUES (:reference, :ticket_id, :ticket_check, :withheld, :seen_at)
            ON CONFLICT (reference) DO UPDATE
            SET ticket_id = excluded.ticket_id, ticket_check = excluded.ticket_check,
                withheld = excluded.withheld, seen_at = excluded.seen_at
            """,
            reference=orphan.reference,
            ticket_id=orphan.ticket_id,
            ticket_check=orphan.check,
            withheld=int(orphan.withheld),
            seen_at=orphan.seen_at,
        )

    def take(self, fields_digest: str) -> OrphanedTicket | None:
        """The oldest that stands for a submission with these fields; it is an orphan no more.

        Each check is bound to its own reference, so there is nothing to look it up by. Submissions
        come oldest first as well, so the one that is meant is among the first.
        """
        for orphan in self._oldest_first():
            check = check_for(self._sealer, orphan.reference, fields_digest)
            if check and check == orphan.check and self.drop(orphan.reference):
                return orphan
        return None

    def find_all(self) -> Sequence[OrphanedTicket]:
        """All of them, oldest first: the CRM counts its tickets' ids upwards."""
        return list(self._oldest_first())

    def is_empty(self) -> bool:
        """Whether there are none."""
        return not self._find(limit=1, start=0)

    def _oldest_first(self) -> Iterator[OrphanedTicket]:
        start = 0
        while page := self._find(limit=_PAGE, start=start):
            yield from page
            start += len(page)

    def _find(self, limit: int, start: int) -> Sequence[OrphanedTicket]:
        rows = self._connection.rows(
            """
            SELECT reference, ticket_id, ticket_check, withheld, seen_at FROM orphaned_tickets
            ORDER BY length(ticket_id), ticket_id LIMIT :limit OFFSET :start
            """,
            limit=limit,
            start=start,
        )
        return [
            OrphanedTicket(
                reference=row["reference"],
                ticket_id=row["ticket_id"],
                check=row["ticket_check"],
                withheld=bool(row["withheld"]),
                seen_at=row["seen_at"],
            )
            for row in rows
        ]

    def drop(self, reference: str) -> bool:
        """It is an orphan no more. Returns whether it was one."""
        dropped = self._connection.run(
            "DELETE FROM orphaned_tickets WHERE reference = :reference", reference=reference
        )
        return dropped == 1

    def drop_unseen(self, seen_at: int) -> None:
        """Drop those that were not seen then: they are gone in the CRM."""
        self._connection.run(
            "DELETE FROM orphaned_tickets WHERE seen_at <> :seen_at", seen_at=seen_at
        )
