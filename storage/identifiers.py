"""The table of keyed digests of the words by which people could be recognised."""

from collections.abc import Iterator, Sequence

from casework.identifier_records import Holder, KeyedIdentifier
from casework.identifiers import Scope, Whose
from casework.stages import OPEN_STAGES
from storage.engine import Connection, listed

#: A statement takes so many parameters at most on every engine.
_MOST_AT_ONCE = 900

#: Open, or closed since a time; what is only known of a backlog is neither.
_WATCHED = (
    "requests.dormant = 0 AND (requests.stage IN ({stages}) OR requests.stage_since >= :since)"
)


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
        pieces = _pieces(list(dict.fromkeys(digests)))
        return [holder for piece in pieces for holder in self._find(piece, closed_since)]

    def _find(self, digests: Sequence[str], closed_since: int) -> list[Holder]:
        watched, parameters = _watched(closed_since)
        places, values = listed(digests)
        rows = self._connection.rows(
            f"""
            SELECT digest, identifiers.reference, scope, whose
            FROM identifiers JOIN requests ON requests.reference = identifiers.reference
            WHERE digest IN ({places}) AND {watched}
            """,  # noqa: S608 - placeholders only
            **values,
            **parameters,
        )
        return [
            Holder(row["digest"], row["reference"], Scope(row["scope"]), Whose(row["whose"]))
            for row in rows
        ]

    def find_outdated(self, version: int, closed_since: int) -> Sequence[str]:
        """The requests among those whose identifiers another version of the rules has made."""
        watched, parameters = _watched(closed_since)
        rows = self._connection.rows(
            f"""
            SELECT reference FROM requests
            WHERE identified <> :version AND erased_at IS NULL AND {watched}
            """,  # noqa: S608 - placeholders only
            version=version,
            **parameters,
        )
        return [row["reference"] for row in rows]

    def drop_closed(self, closed_before: int) -> None:
        """Forget those of requests that were closed before then."""
        watched, parameters = _watched(closed_before)
        self._connection.run(
            f"""
            DELETE FROM identifiers WHERE reference IN (
                SELECT reference FROM requests WHERE identified <> 0 AND NOT ({watched})
            )
            """,  # noqa: S608 - placeholders only
            **parameters,
        )
        self._connection.run(
            f"UPDATE requests SET identified = 0 WHERE identified <> 0 AND NOT ({watched})",  # noqa: S608
            **parameters,
        )

    def erase(self, references: Sequence[str]) -> None:
        """Forget all of these requests'."""
        for piece in _pieces(references):
            places, parameters = listed(piece)
            self._connection.run(
                f"DELETE FROM identifiers WHERE reference IN ({places})",  # noqa: S608
                **parameters,
            )


def _pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _MOST_AT_ONCE] for start in range(0, len(values), _MOST_AT_ONCE))


def _watched(closed_since: int) -> tuple[str, dict[str, object]]:
    places, parameters = listed(OPEN_STAGES)
    return _WATCHED.format(stages=places.replace(":v", ":stage")), {
        "since": closed_since,
        **{name.replace("v", "stage"): value for name, value in parameters.items()},
    }
