"""By what two databases are known to hold the same, whatever their engines."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from storage.engine import Connection, Row
from storage.every_table import find_rows

_BITS = 256


@dataclass(frozen=True)
class Fingerprint:
    """How many rows a table has, and the sum of their SHA-256 digests.

    It is a sum because engines sort texts differently: the order of the rows must not matter.
    """

    rows: int = 0
    total: int = 0

    def then(self, rows: Sequence[Row]) -> "Fingerprint":
        """With these rows as well."""
        columns = sorted(rows[0]) if rows else []
        total = self.total + sum(_digest_of([row[name] for name in columns]) for row in rows)
        return Fingerprint(self.rows + len(rows), total % (1 << _BITS))

    def __str__(self) -> str:
        return f"{self.total:0{_BITS // 4}x}"


def _digest_of(values: Sequence[object]) -> int:
    """Of a row, its columns by name. Python writes each type of value in a way of its own."""
    return int.from_bytes(hashlib.sha256(repr(values).encode()).digest())


def fingerprint_of(connection: Connection, table: str) -> Fingerprint:
    """That of a whole table."""
    found = Fingerprint()
    for rows in find_rows(connection, table):
        found = found.then(rows)
    return found
