"""The table of what submissions have left behind in the CRM."""

from collections.abc import Sequence

from casework.residue_records import Leftover, Place
from storage.engine import Connection, listed


class ResidueTable:
    """Implements :class:`casework.residue_records.Residue`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, reference: str, leftovers: Sequence[Leftover]) -> None:
        """Keep this in place of what was seen of the request before."""
        self._connection.run(
            "DELETE FROM residue WHERE reference = :reference", reference=reference
        )
        for one in leftovers:
            self._connection.run(
                """
                INSERT INTO residue (reference, place, field, seen_at)
                VALUES (:reference, :place, :field, :seen_at)
                """,
                reference=one.reference,
                place=one.place,
                field=one.field,
                seen_at=one.seen_at,
            )

    def find(self, references: Sequence[str], most: int | None = None) -> Sequence[Leftover]:
        """What is left of these requests, or of all: then at most so much, what was seen first."""
        places, parameters = listed(references)
        which = f"WHERE reference IN ({places})" if references else ""
        limit = "" if references or most is None else f"LIMIT {most:d}"
        rows = self._connection.rows(
            f"""
            SELECT reference, place, field, seen_at FROM residue {which}
            ORDER BY seen_at, reference, place, field {limit}
            """,  # noqa: S608 - placeholders, and a number
            **parameters,
        )
        return [
            Leftover(row["reference"], Place(row["place"]), row["field"], row["seen_at"])
            for row in rows
        ]
