"""Two small tables: times to remember, and what was said to people."""

from collections.abc import Sequence

from storage.engine import Connection, value


class MarkTable:
    """Implements :class:`casework.records.Marks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> int | None:
        """The time, if one was set."""
        found: int | None = value(
            self._connection, "SELECT value FROM marks WHERE name = :name", name=name
        )
        return found

    def set(self, name: str, value: int) -> None:
        """Remember a time."""
        self._connection.run(
            """
            INSERT INTO marks (name, value) VALUES (:name, :value)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            name=name,
            value=value,
        )

    def forget(self, name: str) -> None:
        """Remember this time no more."""
        self._connection.run("DELETE FROM marks WHERE name = :name", name=name)

    def bring_back(self, latest: int) -> None:
        """Make what is later that time."""
        self._connection.run(
            "UPDATE marks SET value = :latest WHERE value > :latest", latest=latest
        )


class SentTable:
    """Implements :class:`casework.records.Sent`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, reference: str, what: str, now: int) -> str:
        """Record that it is about to be said. Returns ``new``, ``begun`` or ``sent``."""
        added = self._connection.run(
            """
            INSERT INTO sent (reference, what, begun_at) VALUES (:reference, :what, :now)
            ON CONFLICT (reference, what) DO NOTHING
            """,
            reference=reference,
            what=what,
            now=now,
        )
        if added:
            return "new"
        sent_at = value(
            self._connection,
            "SELECT sent_at FROM sent WHERE reference = :reference AND what = :what",
            reference=reference,
            what=what,
        )
        return "begun" if sent_at is None else "sent"

    def done(self, reference: str, what: str, now: int) -> None:
        """Record that it was said."""
        self._connection.run(
            "UPDATE sent SET sent_at = :now WHERE reference = :reference AND what = :what",
            reference=reference,
            what=what,
            now=now,
        )

    def find_mails(self, reference: str) -> Sequence[tuple[str, int]]:
        """Which letters went out about this request, and when they were handed over."""
        rows = self._connection.rows(
            """
            SELECT what, sent_at FROM sent
            WHERE reference = :reference AND what LIKE 'mail/%' AND sent_at IS NOT NULL
            ORDER BY sent_at
            """,
            reference=reference,
        )
        return [(row["what"].removeprefix("mail/"), row["sent_at"]) for row in rows]
