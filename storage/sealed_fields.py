"""The table of what is sealed of a request, a field a row."""

from collections.abc import Mapping

from casework.ports import Sealer
from storage.engine import Connection


class SealedFieldTable:
    """Seals what it is given, and opens it again. Whoever holds the file alone reads nothing."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection, self._sealer = connection, sealer

    def seal(self, reference: str, field: str, plain: str) -> None:
        """What was erased stays so, whoever asks: that is why the statement itself says it."""
        self._connection.run(
            """
            INSERT INTO sealed_fields (reference, field, sealed_value)
            SELECT reference, :field, :sealed_value FROM requests
            WHERE reference = :reference AND erased_at IS NULL
              AND (professional_erased_at IS NULL OR :field IN ('client_email', 'client_name'))
            ON CONFLICT (reference, field) DO UPDATE SET sealed_value = excluded.sealed_value
            """,
            reference=reference,
            field=field,
            sealed_value=self._sealer.seal(plain.encode(), field_place(reference, field)),
        )

    def open(self, reference: str) -> Mapping[str, str]:
        """What is sealed of a request, by field; nothing where it was erased."""
        rows = self._connection.rows(
            "SELECT field, sealed_value FROM sealed_fields WHERE reference = :reference",
            reference=reference,
        )
        return {
            row["field"]: self._sealer.unseal(
                bytes(row["sealed_value"]), field_place(reference, row["field"])
            ).decode()
            for row in rows
        }


def field_place(reference: str, field: str) -> str:
    """What a sealed field is bound to, so that it opens nowhere else."""
    return f"request:{reference}:{field}"
