"""The table of lanes: how often each has changed hands."""

from storage.engine import Connection, value


class LaneTable:
    """Each time somebody takes a lane, a new term begins. Whoever has an older one lost the lane.

    https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin_term(self, lane: str) -> int:
        """Begin a new term. Returns its number."""
        (row,) = self._connection.rows(
            """
            INSERT INTO lanes (lane, term) VALUES (:lane, 1)
            ON CONFLICT (lane) DO UPDATE SET term = lanes.term + 1
            RETURNING term
            """,
            lane=lane,
        )
        return int(row["term"])

    def find_term(self, lane: str) -> int | None:
        """The number of the term that runs, if anybody ever had the lane."""
        term: int | None = value(
            self._connection, "SELECT term FROM lanes WHERE lane = :lane", lane=lane
        )
        return term
