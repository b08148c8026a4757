"""The journal: what happened, append-only. Each line holds a digest of all lines before it."""

import hashlib
import json

from storage.engine import Connection, value

_BEGINNING = "0" * 64


class JournalTable:
    """Implements :class:`casework.records.Journal`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, event: str, reference: str, now: int, **facts: str | int) -> None:
        """Append a line. Writers take turns, so nobody comes between reading the last and this."""
        before = value(self._connection, "SELECT chain FROM journal ORDER BY sequence DESC LIMIT 1")
        facts_text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
        self._connection.run(
            """
            INSERT INTO journal (at, event, reference, facts, chain)
            VALUES (:at, :event, :reference, :facts, :chain)
            """,
            at=now,
            event=event,
            reference=reference,
            facts=facts_text,
            chain=link(before or _BEGINNING, now, event, reference, facts_text),
        )


def link(before: str, at: int, event: str, reference: str, facts: str) -> str:
    """The chain value of a line: SHA-256 of the one before and the line, as compact JSON."""
    line = json.dumps([before, at, event, reference, facts], separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()
