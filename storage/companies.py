"""The table of the CRM's companies, as they were when last read."""

from collections.abc import Mapping, Sequence

from casework.organisations import Company, plain_name
from storage.engine import Connection, Row, listed, value

_COLUMNS = "id, name, domains, members, language, country"


class CompanyTable:
    """Implements :class:`casework.company_records.CompanyRecords`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, companies: Sequence[Company], now: int) -> None:
        """Write down what was seen now."""
        for company in companies:
            self._connection.run(
                """
                INSERT INTO companies
                    (id, name, plain_name, domains, members, language, country, seen_at)
                VALUES (:id, :name, :plain_name, :domains, :members, :language, :country, :now)
                ON CONFLICT (id) DO UPDATE
                SET name = excluded.name, plain_name = excluded.plain_name,
                    domains = excluded.domains, members = excluded.members,
                    language = excluded.language, country = excluded.country,
                    seen_at = excluded.seen_at
                """,
                id=company.id,
                name=company.name,
                plain_name=plain_name(company.name),
                domains=" ".join(sorted(company.domains)),
                members=company.members,
                language=company.language,
                country=company.country,
                now=now,
            )

    def drop_unseen(self, since: int) -> None:
        """Forget those that were not seen since then."""
        self._connection.run("DELETE FROM companies WHERE seen_at < :since", since=since)

    def find(self, ids: Sequence[str]) -> Mapping[str, Company]:
        """Those of the ids that are there."""
        places, parameters = listed(ids)
        sql = f"SELECT {_COLUMNS} FROM companies WHERE id IN ({places})"  # noqa: S608
        return {row["id"]: _company(row) for row in self._connection.rows(sql, **parameters)}

    def find_all(self) -> Sequence[Company]:
        """All of them."""
        sql = f"SELECT {_COLUMNS} FROM companies ORDER BY id"  # noqa: S608 - column names only
        return [_company(row) for row in self._connection.rows(sql)]

    def has_name(self, plain_name: str) -> bool:
        """Whether one bears this name, as :func:`casework.organisations.plain_name` gives it."""
        sql = "SELECT 1 FROM companies WHERE plain_name = :name LIMIT 1"
        return plain_name != "" and value(self._connection, sql, name=plain_name) is not None


def _company(row: Row) -> Company:
    return Company(
        id=row["id"],
        name=row["name"],
        domains=frozenset(row["domains"].split()),
        members=row["members"],
        language=row["language"],
        country=row["country"],
    )
