"""The table of deliveries: what came in, sealed, one row however often it came."""

from collections.abc import Mapping, Sequence

from casework.delivery_records import Delivery, Route
from storage.engine import Connection, Row, listed

#: Outcomes of those whose bodies are still needed.
_TO_BE_READ = ("waiting", "parked")
#: As the partial index spells it; see :mod:`storage.stage_conditions`.
_IS_TO_BE_READ = "outcome IN ('waiting', 'parked')"


class DeliveryTable:
    """Implements :class:`casework.delivery_records.Deliveries`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, route: Route, digest: str, sealed_body: bytes, now: int) -> tuple[int, bool]:
        """Write down a delivery, or that it came again. Returns its id, and if it is done with.

        An event of the CRM's that comes again is read again: it only says where to look.
        """
        rows = self._connection.rows(
            """
            INSERT INTO deliveries (digest, route, sealed_body, arrived_at, last_arrived_at)
            VALUES (:digest, :route, :sealed_body, :now, :now)
            ON CONFLICT (digest) DO UPDATE
            SET last_arrived_at = excluded.last_arrived_at,
                times_arrived = deliveries.times_arrived + 1,
                sealed_body = CASE WHEN deliveries.route = :crm
                                    AND deliveries.outcome IN ('read', 'ignored')
                                   THEN excluded.sealed_body ELSE deliveries.sealed_body END,
                outcome = CASE WHEN deliveries.route = :crm
                                AND deliveries.outcome IN ('read', 'ignored')
                               THEN 'waiting' ELSE deliveries.outcome END
            RETURNING id, outcome
            """,
            crm=Route.CRM,
            digest=digest,
            route=route,
            sealed_body=sealed_body,
            now=now,
        )
        return int(rows[0]["id"]), rows[0]["outcome"] not in _TO_BE_READ

    def find(self, ids: Sequence[int]) -> Sequence[Delivery]:
        """Those of the ids that are there, in the order in which they came."""
        places, parameters = listed(ids)
        rows = self._connection.rows(
            f"""
            SELECT id, route, digest, sealed_body, arrived_at
            FROM deliveries WHERE id IN ({places}) ORDER BY id
            """,  # noqa: S608 - placeholders only
            **parameters,
        )
        return [_delivery(row) for row in rows]

    def find_to_be_read(self, route: Route) -> Sequence[Delivery]:
        """Those of this route that wait, or are parked."""
        rows = self._connection.rows(
            f"""
            SELECT id, route, digest, sealed_body, arrived_at
            FROM deliveries WHERE route = :route AND {_IS_TO_BE_READ} ORDER BY id
            """,  # noqa: S608 - our own words only
            route=route,
        )
        return [_delivery(row) for row in rows]

    def set_outcome(self, id: int, outcome: str) -> None:
        """Record what became of it: ``read``, ``ignored``, ``parked`` or ``erased``.

        A form's body holds a person's data, and an event's what staff have typed, so it is emptied
        as soon as it is not needed any more.
        """
        self._connection.run(
            """
            UPDATE deliveries
            SET outcome = :outcome,
                sealed_body = CASE WHEN :needed = 0 THEN :nothing ELSE sealed_body END
            WHERE id = :id
            """,
            id=id,
            outcome=outcome,
            needed=int(outcome in _TO_BE_READ),
            nothing=b"",
        )

    def drop_read(self, arrived_until: int, limit: int) -> int:
        """Drop rows of the CRM's events that were read, and came last before then."""
        return self._connection.run(
            """
            DELETE FROM deliveries WHERE id IN (
                SELECT id FROM deliveries
                WHERE route = :crm AND last_arrived_at <= :arrived_until
                  AND outcome IN ('read', 'ignored', 'erased')
                ORDER BY last_arrived_at LIMIT :limit
            )
            """,
            crm=Route.CRM,
            arrived_until=arrived_until,
            limit=limit,
        )

    def count_by_outcome(self, since: int) -> Mapping[str, int]:
        """How many have which outcome; ``waiting`` are those not read yet.

        What is to be read is counted in full, what is done with if it came since then.
        """
        places, parameters = listed(Route)
        rows = self._connection.rows(
            f"""
            SELECT outcome, count(*) AS number FROM deliveries
            WHERE {_IS_TO_BE_READ} GROUP BY outcome
            UNION ALL
            SELECT outcome, count(*) AS number FROM deliveries
            WHERE route IN ({places}) AND last_arrived_at >= :since AND NOT ({_IS_TO_BE_READ})
            GROUP BY outcome
            """,  # noqa: S608 - our own words and placeholders only
            since=since,
            **parameters,
        )
        return {row["outcome"]: row["number"] for row in rows}


def _delivery(row: Row) -> Delivery:
    return Delivery(
        row["id"],
        Route(row["route"]),
        row["digest"],
        bytes(row["sealed_body"]),
        row["arrived_at"],
    )
