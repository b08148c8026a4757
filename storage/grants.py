"""The table of grants. Every change names the state it starts from, so no two can both win."""

from collections.abc import Mapping, Sequence

from casework.grant_records import Grant, GrantState
from casework.ports import Receipt
from storage.engine import Connection, Row, listed, pieces


class GrantTable:
    """Implements :class:`casework.grant_records.Grants`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, references: Sequence[str]) -> Mapping[str, Grant]:
        """Those that are there."""
        rows = [row for piece in pieces(references) for row in self._find(piece)]
        return {row["reference"]: _grant(row) for row in rows}

    def _find(self, references: Sequence[str]) -> Sequence[Row]:
        places, parameters = listed(references)
        return self._connection.rows(
            f"""
            SELECT reference, state, credits, due_at, sent_at, receipt, reserved_at, posted_at
            FROM grants WHERE reference IN ({places})
            """,  # noqa: S608 - placeholders only
            **parameters,
        )

    def reserve(self, reference: str, credits: int, due_at: int, now: int) -> bool:
        """Reserve, unless credits were or may have been added. Returns whether it did.

        Not for a client who was forgotten.
        """
        changed = self._connection.run(
            """
            INSERT INTO grants (reference, state, credits, due_at, reserved_at)
            SELECT reference, 'reserved', :credits, :due_at, :now FROM requests
            WHERE reference = :reference AND erased_at IS NULL
            ON CONFLICT (reference) DO UPDATE
            SET state = 'reserved', credits = excluded.credits, due_at = excluded.due_at,
                reserved_at = excluded.reserved_at, sent_at = NULL, why = ''
            WHERE grants.state IN ('void', 'reserved', 'failed')
            """,
            reference=reference,
            credits=credits,
            due_at=due_at,
            now=now,
        )
        return changed == 1

    def mark_sending(self, reference: str, credits: int, now: int) -> bool:
        """From reserved or sending, with these credits, to sending, while approved."""
        changed = self._connection.run(
            """
            UPDATE grants SET state = 'sending', sent_at = :now
            WHERE reference = :reference AND credits = :credits
              AND state IN ('reserved', 'sending')
              AND EXISTS (
                  SELECT 1 FROM requests
                  WHERE requests.reference = grants.reference AND requests.stage = 'approved'
                    AND requests.move_to IS NULL AND requests.erased_at IS NULL
              )
            """,
            reference=reference,
            credits=credits,
            now=now,
        )
        return changed == 1

    def post(self, reference: str, receipt: Receipt, now: int) -> bool:
        """From sending to posted. Returns whether it did."""
        changed = self._connection.run(
            """
            UPDATE grants
            SET state = 'posted', posted_at = :now, receipt = :receipt, credits = :credits
            WHERE reference = :reference AND state = 'sending'
            """,
            reference=reference,
            receipt=receipt.id,
            credits=receipt.credits,
            now=now,
        )
        return changed == 1

    def find_to_compare(self, since: int) -> Sequence[str]:
        """References of grants that were reserved, sent or posted since then."""
        rows = self._connection.rows(
            """
            SELECT reference FROM grants
            WHERE COALESCE(posted_at, sent_at, reserved_at) >= :since
            ORDER BY reserved_at
            """,
            since=since,
        )
        return [row["reference"] for row in rows]

    def adopt(self, reference: str, receipt: Receipt, now: int) -> bool:
        """From nothing, or any state but posted, to posted: the platform has it."""
        changed = self._connection.run(
            """
            INSERT INTO grants (
                reference, state, credits, due_at, reserved_at, posted_at, receipt
            ) VALUES (:reference, 'posted', :credits, :now, :now, :now, :receipt)
            ON CONFLICT (reference) DO UPDATE
            SET state = 'posted', credits = excluded.credits, posted_at = excluded.posted_at,
                receipt = excluded.receipt
            WHERE grants.state <> 'posted'
            """,
            reference=reference,
            receipt=receipt.id,
            credits=receipt.credits,
            now=now,
        )
        return changed == 1

    def bring_forward(self, due_by: int) -> None:
        """Make what is under way and due later due then."""
        self._connection.run(
            """
            UPDATE grants SET due_at = :due_by
            WHERE due_at > :due_by AND state IN ('reserved', 'sending')
            """,
            due_by=due_by,
        )

    def void(self, reference: str, why: str) -> bool:
        """From reserved or sending to void. Returns whether it did."""
        return self._end(reference, GrantState.VOID, why, "'reserved', 'sending'")

    def fail(self, reference: str, why: str) -> bool:
        """From sending to failed, which only a person can mend. Returns whether it did."""
        return self._end(reference, GrantState.FAILED, why, "'sending'")

    def _end(self, reference: str, state: GrantState, why: str, before: str) -> bool:
        changed = self._connection.run(
            f"""
            UPDATE grants SET state = :state, why = :why
            WHERE reference = :reference AND state IN ({before})
            """,  # noqa: S608 - `before` is one of two literals above
            reference=reference,
            state=state,
            why=why,
        )
        return changed == 1


def _grant(row: Row) -> Grant:
    return Grant(
        reference=row["reference"],
        state=GrantState(row["state"]),
        credits=row["credits"],
        due_at=row["due_at"],
        sent_at=row["sent_at"],
        receipt=row["receipt"],
        reserved_at=row["reserved_at"],
        posted_at=row["posted_at"],
    )
