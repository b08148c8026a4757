"""The table of work: what is to be looked at, keyed, so that asking twice is asking once."""

from collections.abc import Mapping, Sequence

from casework.work import FailingWork, Kind, ParkedWork, WorkItem
from storage.engine import Connection, listed, value


class WorkTable:
    """Implements :class:`casework.records.Work`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, kind: Kind, keys: Sequence[str], due: int) -> None:
        """Ask for work, not before ``due``. Brings it forward if it was due later; unparks."""
        for key in keys:
            self._connection.run(
                """
                INSERT INTO work (kind, key, due_at) VALUES (:kind, :key, :due)
                ON CONFLICT (kind, key) DO UPDATE
                SET asked = work.asked + 1, parked_at = NULL,
                    due_at = CASE WHEN work.parked_at IS NULL AND work.due_at < excluded.due_at
                                  THEN work.due_at ELSE excluded.due_at END,
                    attempts = CASE WHEN work.parked_at IS NULL THEN work.attempts ELSE 0 END,
                    first_failed_at =
                        CASE WHEN work.parked_at IS NULL THEN work.first_failed_at END
                """,
                kind=kind,
                key=key,
                due=due,
            )

    def ask_if_missing(self, kind: Kind, keys: Sequence[str], due: int) -> None:
        """Ask for work of which there is none at all, not even put off or parked."""
        for key in keys:
            self._connection.run(
                """
                INSERT INTO work (kind, key, due_at) VALUES (:kind, :key, :due)
                ON CONFLICT (kind, key) DO NOTHING
                """,
                kind=kind,
                key=key,
                due=due,
            )

    def is_asked(self, kind: Kind, key: str) -> bool:
        """Whether there is such work, be it put off or parked."""
        sql = "SELECT 1 FROM work WHERE kind = :kind AND key = :key"
        return bool(self._connection.rows(sql, kind=kind, key=key))

    def find_due(self, kinds: Sequence[Kind], now: int, limit: int) -> Sequence[WorkItem]:
        """What is due of the first of these kinds of which anything is, longest waiting first."""
        for kind in kinds:
            rows = self._connection.rows(
                """
                SELECT kind, key, asked, attempts, first_failed_at FROM work
                WHERE kind = :kind AND parked_at IS NULL AND due_at <= :now
                ORDER BY due_at LIMIT :limit
                """,
                kind=kind,
                now=now,
                limit=limit,
            )
            if rows:
                return [WorkItem(**{**row, "kind": Kind(row["kind"])}) for row in rows]
        return []

    def find_next_due(self, kinds: Sequence[Kind]) -> int | None:
        """When the next of these kinds is due."""
        places, parameters = listed(kinds)
        due_at: int | None = value(
            self._connection,
            f"SELECT min(due_at) FROM work WHERE kind IN ({places}) AND parked_at IS NULL",  # noqa: S608
            **parameters,
        )
        return due_at

    def bring_forward(self, due_by: int) -> None:
        """Make what is due later due then."""
        self._connection.run(
            "UPDATE work SET due_at = :due_by WHERE due_at > :due_by", due_by=due_by
        )

    def finish(self, item: WorkItem, now: int) -> None:
        """It is as it should be, unless it was asked for again meanwhile: then it queues anew."""
        gone = self._connection.run(
            "DELETE FROM work WHERE kind = :kind AND key = :key AND asked = :asked",
            kind=item.kind,
            key=item.key,
            asked=item.asked,
        )
        if not gone:
            self._forget_failures(item)
            self._queue_anew(item, now)

    def _forget_failures(self, item: WorkItem) -> None:
        self._connection.run(
            """
            UPDATE work SET attempts = 0, first_failed_at = NULL, error = ''
            WHERE kind = :kind AND key = :key
            """,
            kind=item.kind,
            key=item.key,
        )

    def look_again(self, item: WorkItem, due: int, now: int) -> None:
        """Nothing is wrong, but it has to be looked at again then, or now where asked meanwhile."""
        self._forget_failures(item)
        self._queue_anew(item, now)
        self._set_due(item, due)

    def _queue_anew(self, item: WorkItem, now: int) -> None:
        """What was asked for again keeps no old turn, or it would never let others have theirs."""
        self._connection.run(
            """
            UPDATE work SET due_at = :now
            WHERE kind = :kind AND key = :key AND asked <> :asked AND due_at < :now
            """,
            kind=item.kind,
            key=item.key,
            asked=item.asked,
            now=now,
        )

    def put_off(self, item: WorkItem, due: int, error: str, now: int) -> None:
        """It failed and is to be tried again then."""
        self._connection.run(
            """
            UPDATE work
            SET attempts = attempts + 1, error = :error,
                first_failed_at = COALESCE(first_failed_at, :now)
            WHERE kind = :kind AND key = :key
            """,
            kind=item.kind,
            key=item.key,
            error=error,
            now=now,
        )
        self._set_due(item, due)

    def _set_due(self, item: WorkItem, due: int) -> None:
        """Unless somebody asked for it meanwhile: then their time stands."""
        self._connection.run(
            "UPDATE work SET due_at = :due WHERE kind = :kind AND key = :key AND asked = :asked",
            kind=item.kind,
            key=item.key,
            asked=item.asked,
            due=due,
        )

    def park(self, item: WorkItem, error: str, now: int) -> None:
        """Give up on it until a person presses retry."""
        self._connection.run(
            """
            UPDATE work SET parked_at = :now, attempts = attempts + 1, error = :error
            WHERE kind = :kind AND key = :key AND asked = :asked
            """,
            kind=item.kind,
            key=item.key,
            asked=item.asked,
            error=error,
            now=now,
        )

    def retry_parked(self, kind: Kind, parked_until: int, due: int) -> None:
        """Try anew what of this kind was parked until then."""
        self._connection.run(
            """
            UPDATE work
            SET parked_at = NULL, attempts = 0, first_failed_at = NULL, due_at = :due
            WHERE kind = :kind AND parked_at <= :parked_until
            """,
            kind=kind,
            parked_until=parked_until,
            due=due,
        )

    def find_parked(self) -> Sequence[ParkedWork]:
        """All that is parked."""
        rows = self._connection.rows(
            """
            SELECT kind, key, attempts, error, parked_at FROM work
            WHERE parked_at IS NOT NULL ORDER BY parked_at
            """
        )
        return [ParkedWork(**{**row, "kind": Kind(row["kind"])}) for row in rows]

    def find_under_way(self, reference: str) -> Sequence[Kind]:
        """What is still to be done about this request, but for what has failed already."""
        rows = self._connection.rows(
            """
            SELECT DISTINCT kind FROM work
            WHERE (key = :reference OR substr(key, 1, length(:reference) + 1) = :reference || '/')
              AND parked_at IS NULL AND first_failed_at IS NULL
            ORDER BY kind
            """,
            reference=reference,
        )
        return [Kind(row["kind"]) for row in rows]

    def find_failing(self) -> Sequence[FailingWork]:
        """What fails now and is tried again, with one error of each kind."""
        rows = self._connection.rows(
            """
            SELECT kind, count(*) AS number, min(first_failed_at) AS since, max(error) AS error
            FROM work WHERE first_failed_at IS NOT NULL AND parked_at IS NULL
            GROUP BY kind ORDER BY kind
            """
        )
        return [FailingWork(**{**row, "kind": Kind(row["kind"])}) for row in rows]

    def count_by_kind(self) -> Mapping[str, int]:
        """How much waits, parked work apart."""
        rows = self._connection.rows(
            "SELECT kind, count(*) AS number FROM work WHERE parked_at IS NULL GROUP BY kind"
        )
        return {row["kind"]: row["number"] for row in rows}
