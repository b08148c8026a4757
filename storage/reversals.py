"""The table of reversals: credits that perhaps should be taken back, by a person."""

from collections.abc import Sequence

from casework.grant_records import Reversal
from storage.engine import Connection


class ReversalTable:
    """Implements :class:`casework.grant_records.Reversals`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def propose(self, reference: str, credits: int, now: int) -> bool:
        """Propose one, again if an earlier one was settled. Returns whether it was not open."""
        changed = self._connection.run(
            """
            INSERT INTO reversals (reference, credits, proposed_at)
            VALUES (:reference, :credits, :now)
            ON CONFLICT (reference) DO UPDATE
            SET credits = excluded.credits, proposed_at = excluded.proposed_at,
                settled_at = NULL, outcome = ''
            WHERE reversals.settled_at IS NOT NULL
            """,
            reference=reference,
            credits=credits,
            now=now,
        )
        return changed == 1

    def settle(self, reference: str, outcome: str, now: int) -> bool:
        """Record what became of it. Returns whether one was open."""
        changed = self._connection.run(
            """
            UPDATE reversals SET settled_at = :now, outcome = :outcome
            WHERE reference = :reference AND settled_at IS NULL
            """,
            reference=reference,
            outcome=outcome,
            now=now,
        )
        return changed == 1

    def find_outcome(self, reference: str) -> str:
        """What became of the last one; nothing if it is open, or there was none."""
        rows = self._connection.rows(
            "SELECT outcome FROM reversals WHERE reference = :reference", reference=reference
        )
        return str(rows[0]["outcome"]) if rows else ""

    def find_open(self) -> Sequence[Reversal]:
        """Those nobody has settled."""
        rows = self._connection.rows(
            """
            SELECT reference, credits, proposed_at FROM reversals
            WHERE settled_at IS NULL ORDER BY proposed_at
            """
        )
        return [Reversal(**row) for row in rows]
