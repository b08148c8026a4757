"""The table of keyed digests of the words by which people could be recognised."""

from collections.abc import Sequence

from casework.identifier_records import Holder, KeyedIdentifier
from casework.identifiers import Scope, Whose
from storage.engine import Connection, listed, pieces
from storage.stage_conditions import CLOSED, IN_HAND, OPEN


class IdentifierTable:
    """Implements :class:`casework.identifier_records.Identifiers`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, reference: str, identifiers: Sequence[KeyedIdentifier], version: int) -> None:
        """Keep these in place of what was kept, but nothing of who was forgotten."""
        self.erase([reference])
        self._connection.run_many(
            """
            INSERT INTO identifiers (reference, digest, scope, whose)
            SELECT reference, :digest, :scope, :whose FROM requests
            WHERE reference = :reference AND erased_at IS NULL
              AND (professional_erased_at IS NULL OR :whose = 'client')
            ON CONFLICT (reference, digest) DO NOTHING
            """,
            [
                {
                    "reference": reference,
                    "digest": one.digest,
                    "scope": one.scope,
                    "whose": one.whose,
                }
                for one in identifiers
            ],
        )
        self._connection.run(
            "UPDATE requests SET identified = :version WHERE reference = :reference",
            version=version,
            reference=reference,
        )

    def find_holders(self, digests: Sequence[str], closed_since: int) -> Sequence[Holder]:
        """Who has one of them, among the requests that are open or were closed since then."""
        distinct = list(dict.fromkeys(digests))
        return [holder for piece in pieces(distinct) for holder in self._find(piece, closed_since)]

    def _find(self, digests: Sequence[str], closed_since: int) -> list[Holder]:
        places, values = listed(digests)
        rows = self._connection.rows(
            f"""
            SELECT digest, identifiers.reference, scope, whose
            FROM identifiers JOIN requests ON requests.reference = identifiers.reference
            WHERE digest IN ({places}) AND requests.dormant = 0
              AND (requests.{OPEN} OR requests.stage_since >= :since)
            """,  # noqa: S608 - placeholders and our own words only
            since=closed_since,
            **values,
        )
        return [
            Holder(row["digest"], row["reference"], Scope(row["scope"]), Whose(row["whose"]))
            for row in rows
        ]

    def find_outdated(self, version: int, closed_since: int) -> Sequence[str]:
        """The requests among those whose identifiers another version of the rules has made."""
        rows = self._connection.rows(
            f"""
            SELECT reference FROM requests
            WHERE identified <> :version AND erased_at IS NULL AND {IN_HAND}
            UNION ALL
            SELECT reference FROM requests
            WHERE identified <> :version AND erased_at IS NULL AND dormant = 0 AND {CLOSED}
              AND stage_since >= :since
            """,  # noqa: S608 - our own words only
            version=version,
            since=closed_since,
        )
        return [row["reference"] for row in rows]

    def drop_closed(self, closed_before: int) -> None:
        """Forget those of requests that were closed before then, and of a mere backlog."""
        self._drop("dormant = 1")
        self._drop(f"dormant = 0 AND {CLOSED} AND stage_since < :before", before=closed_before)

    def _drop(self, which: str, **parameters: int) -> None:
        self._connection.run(
            f"""
            DELETE FROM identifiers WHERE reference IN (
                SELECT reference FROM requests WHERE identified <> 0 AND {which}
            )
            """,  # noqa: S608 - `which` is one of two conditions above
            **parameters,
        )
        self._connection.run(
            f"UPDATE requests SET identified = 0 WHERE identified <> 0 AND {which}",  # noqa: S608
            **parameters,
        )

    def erase(self, references: Sequence[str]) -> None:
        """Forget all of these requests'."""
        for piece in pieces(references):
            places, parameters = listed(piece)
            self._connection.run(
                f"DELETE FROM identifiers WHERE reference IN ({places})",  # noqa: S608
                **parameters,
            )
