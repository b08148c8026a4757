"""The table of the CRM's companies, as they were when last read."""

from collections.abc import Sequence

from casework.organisations import Company
from storage.engine import Connection


class CompanyTable:
    """Implements :class:`casework.records.CompanyRecords`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, companies: Sequence[Company], now: int) -> None:
        """Write down what was seen now."""
        for company in companies:
            self._connection.run(
                """
                INSERT INTO companies (id, name, domains, seen_at)
                VALUES (:id, :name, :domains, :now)
                ON CONFLICT (id) DO UPDATE
                SET name = excluded.name, domains = excluded.domains, seen_at = excluded.seen_at
                """,
                id=company.id,
                name=company.name,
                domains=" ".join(sorted(company.domains)),
                now=now,
            )

    def drop_unseen(self, since: int) -> None:
        """Forget those that were not seen since then."""
        self._connection.run("DELETE FROM companies WHERE seen_at < :since", since=since)

    def find_all(self) -> Sequence[Company]:
        """All of them."""
        rows = self._connection.rows("SELECT id, name, domains FROM companies ORDER BY id")
        return [Company(row["id"], row["name"], frozenset(row["domains"].split())) for row in rows]
