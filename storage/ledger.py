"""The embedded ledger: where clients' credits are kept while there is no credits platform.

People then enter the credits by hand, from the CSV that ``desk ledger export`` writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.errors import KeyConflict
from casework.people_records import AddressedEntry
from casework.ports import Order, Receipt, Sealer
from storage.engine import Connection, Row, value

SERVICE = "ledger"


@dataclass(frozen=True)
class LedgerEntry:
    """Credits for a client, to be entered by hand. Times are Unix milliseconds UTC.

    ``client_email`` is empty where the client was forgotten.
    """

    key: str
    reference: str
    credits: int
    client_email: str
    granted_at: int

    def __repr__(self) -> str:
        return f"LedgerEntry(key={self.key!r}, credits={self.credits})"


class LedgerTable:
    """The table behind it. A key is there once; another order under it is a conflict."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection, self._sealer = connection, sealer

    def add(self, order: Order, now: int) -> Receipt:
        """Write the order down, or find it. Raises :class:`KeyConflict`."""
        fingerprint = self._sealer.digest(
            f"order:{order.client_email}:{order.credits}:{order.reference}"
        )
        sealed = self._sealer.seal(order.client_email.encode(), ledger_place(order.key))
        self._connection.run(
            """
            INSERT INTO ledger (
                key, reference, credits, sealed_client_email, fingerprint, granted_at
            ) VALUES (:key, :reference, :credits, :sealed_client_email, :fingerprint, :now)
            ON CONFLICT (key) DO NOTHING
            """,
            key=order.key,
            reference=order.reference,
            credits=order.credits,
            sealed_client_email=sealed,
            fingerprint=fingerprint,
            now=now,
        )
        rows = self._connection.rows(
            "SELECT credits, fingerprint FROM ledger WHERE key = :key", key=order.key
        )
        if rows[0]["fingerprint"] != fingerprint:
            raise KeyConflict(SERVICE, "grant")
        return Receipt(_receipt_id(order.key), rows[0]["credits"])

    def find(self, key: str) -> Receipt | None:
        """What stands under this key."""
        rows = self._connection.rows("SELECT credits FROM ledger WHERE key = :key", key=key)
        return Receipt(_receipt_id(key), rows[0]["credits"]) if rows else None

    def take_for_export(self, now: int) -> int:
        """Put all entries nobody has exported yet into a new export. Returns its number."""
        (row,) = self._connection.rows("SELECT COALESCE(max(export), 0) + 1 AS number FROM ledger")
        self._connection.run(
            "UPDATE ledger SET export = :number, exported_at = :now WHERE export IS NULL",
            number=row["number"],
            now=now,
        )
        return int(row["number"])

    def find_export(self, number: int) -> Sequence[LedgerEntry]:
        """The entries of an export, oldest first."""
        rows = self._connection.rows(
            """
            SELECT key, reference, credits, sealed_client_email, granted_at FROM ledger
            WHERE export = :number ORDER BY granted_at, key
            """,
            number=number,
        )
        return [
            LedgerEntry(
                key=row["key"],
                reference=row["reference"],
                credits=row["credits"],
                client_email=self._open(row),
                granted_at=row["granted_at"],
            )
            for row in rows
        ]

    def find_addressed(self) -> Sequence[AddressedEntry]:
        """Those that hold an address."""
        rows = self._connection.rows(
            """
            SELECT key, reference, sealed_client_email, export FROM ledger
            WHERE length(sealed_client_email) > 0 ORDER BY granted_at, key
            """
        )
        return [
            AddressedEntry(row["key"], row["reference"], self._open(row), row["export"] is not None)
            for row in rows
        ]

    def blank(self, key: str) -> str:
        """Erase the address of an entry, and what it could be tried against."""
        self._connection.run(
            """
            UPDATE ledger SET sealed_client_email = :nothing, fingerprint = '' WHERE key = :key
            """,
            nothing=b"",
            key=key,
        )
        return str(
            value(self._connection, "SELECT reference FROM ledger WHERE key = :key", key=key)
        )

    def _open(self, row: Row) -> str:
        sealed = bytes(row["sealed_client_email"])
        return self._sealer.unseal(sealed, ledger_place(row["key"])).decode() if sealed else ""


def ledger_place(key: str) -> str:
    """What an entry's address is bound to, so that it opens nowhere else."""
    return f"ledger:{key}"


def _receipt_id(key: str) -> str:
    """The ledger's word that it is written down; the key is receipt enough."""
    return f"L-{key.removeprefix('credit-request-')}"
