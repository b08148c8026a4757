"""The journal: what happened, append-only. Each line holds a digest of all lines before it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from storage.engine import Connection, value

_BEGINNING = "0" * 64


class JournalTable:
    """Implements :class:`casework.records.Journal`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, event: str, reference: str, now: int, **facts: str | int) -> None:
        """Append a line. Writers take turns, so nobody comes between reading the last and this."""
        last, before = self.find_head()
        facts_text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
        self._connection.run(
            """
            INSERT INTO journal (sequence, at, event, reference, facts, chain)
            VALUES (:sequence, :at, :event, :reference, :facts, :chain)
            """,
            sequence=last + 1,
            at=now,
            event=event,
            reference=reference,
            facts=facts_text,
            chain=link(before, now, event, reference, facts_text),
        )

    def find_break(self) -> int | None:
        """The sequence of the first line that does not follow from those before it, if any."""
        before, last = _BEGINNING, 0
        while True:
            rows = self._connection.rows(
                """
                SELECT sequence, at, event, reference, facts, chain FROM journal
                WHERE sequence > :last ORDER BY sequence LIMIT 1000
                """,
                last=last,
            )
            for row in rows:
                due = link(before, row["at"], row["event"], row["reference"], row["facts"])
                if row["chain"] != due or row["sequence"] != last + 1:
                    return int(row["sequence"])
                before, last = due, row["sequence"]
            if not rows:
                return None

    def find_head(self) -> tuple[int, str]:
        """The number of the last line, and its chain value."""
        rows = self._connection.rows(
            "SELECT sequence, chain FROM journal ORDER BY sequence DESC LIMIT 1"
        )
        return (rows[0]["sequence"], rows[0]["chain"]) if rows else (0, _BEGINNING)

    def find_last_time(self) -> int | None:
        """When the last line was written, if there is one."""
        found: int | None = value(
            self._connection, "SELECT at FROM journal ORDER BY sequence DESC LIMIT 1"
        )
        return found

    def find_facts(self, event: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """Reference and facts of each line of this event, in order. Reads the whole journal."""
        rows = self._connection.rows(
            "SELECT reference, facts FROM journal WHERE event = :event ORDER BY sequence",
            event=event,
        )
        return [(row["reference"], json.loads(row["facts"])) for row in rows]

    def find_events(self, event: str) -> Sequence[tuple[int, str, Mapping[str, Any]]]:
        """Time, reference and facts of each such line, in order. Reads the whole journal."""
        rows = self._connection.rows(
            "SELECT at, reference, facts FROM journal WHERE event = :event ORDER BY sequence",
            event=event,
        )
        return [(row["at"], row["reference"], json.loads(row["facts"])) for row in rows]

    def find_incidents(self) -> Sequence[tuple[int, str, Mapping[str, Any]]]:
        """Time, reference and facts of each incident, in order."""
        rows = self._connection.rows(
            "SELECT at, reference, facts FROM journal WHERE event = 'incident' ORDER BY sequence"
        )
        return [(row["at"], row["reference"], json.loads(row["facts"])) for row in rows]

    def find_lines(self, reference: str) -> Sequence[tuple[int, str, Mapping[str, Any]]]:
        """Time, event and facts of each line about this request, in order."""
        rows = self._connection.rows(
            "SELECT at, event, facts FROM journal WHERE reference = :reference ORDER BY sequence",
            reference=reference,
        )
        return [(row["at"], row["event"], json.loads(row["facts"])) for row in rows]


def link(before: str, at: int, event: str, reference: str, facts: str) -> str:
    """The chain value of a line: SHA-256 of the one before and the line, as compact JSON."""
    line = json.dumps([before, at, event, reference, facts], separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()
