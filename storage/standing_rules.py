"""The tables of standing rules and of their uses. What is used is joined, never counted up."""

from collections.abc import Sequence

from casework.rule_totals import Added
from casework.standing_rules import StandingRule, Terms, Used
from storage.engine import Connection, Row

_COLUMNS = (
    "company_id, yearly_pool, per_client, automatic_up_to, starts_at, recorded_at, told_from, "
    "ended_at"
)

#: What a use counts; see :mod:`casework.rule_records`. A request that turned out to be another
#: company's uses nothing of this one's, unless the credits were added.
_COUNTED = """
    CASE
        WHEN grants.state = 'posted' THEN grants.credits
        WHEN requests.company_id IS NULL OR requests.company_id <> rule_uses.company_id THEN 0
        WHEN grants.state IN ('reserved', 'sending') THEN grants.credits
        WHEN grants.state IS NULL AND COALESCE(requests.move_to, requests.stage) = 'approved'
            THEN rule_uses.credits
        ELSE 0
    END
"""


class StandingRuleTable:
    """Implements :class:`casework.rule_records.StandingRules`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, rule: StandingRule) -> None:
        """Write down a rule, in the place of an earlier one. ``told_from`` never moves later."""
        self._connection.run(
            f"""
            INSERT INTO standing_rules ({_COLUMNS})
            VALUES (:company_id, :yearly_pool, :per_client, :automatic_up_to, :starts_at,
                    :recorded_at, :told_from, :ended_at)
            ON CONFLICT (company_id) DO UPDATE
            SET yearly_pool = excluded.yearly_pool, per_client = excluded.per_client,
                automatic_up_to = excluded.automatic_up_to, starts_at = excluded.starts_at,
                recorded_at = excluded.recorded_at, ended_at = excluded.ended_at,
                told_from = CASE WHEN excluded.told_from < standing_rules.told_from
                                 THEN excluded.told_from ELSE standing_rules.told_from END
            """,  # noqa: S608 - column names only
            company_id=rule.company_id,
            starts_at=rule.starts_at,
            recorded_at=rule.recorded_at,
            told_from=rule.told_from,
            ended_at=rule.ended_at,
            **vars(rule.terms),
        )

    def end(self, company_id: str, now: int) -> bool:
        """End a rule; it is kept. Returns whether there was one to end."""
        changed = self._connection.run(
            """
            UPDATE standing_rules SET ended_at = :now
            WHERE company_id = :company_id AND ended_at IS NULL
            """,
            company_id=company_id,
            now=now,
        )
        return changed == 1

    def find(self, company_id: str) -> StandingRule | None:
        """The company's rule, ended or not."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM standing_rules WHERE company_id = :company_id",  # noqa: S608
            company_id=company_id,
        )
        return _rule(rows[0]) if rows else None

    def find_all(self) -> Sequence[StandingRule]:
        """All of them, also those that have ended."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM standing_rules ORDER BY company_id"  # noqa: S608
        )
        return [_rule(row) for row in rows]

    def find_used(self, company_id: str, reference: str, since: int) -> Used | None:
        """What requests other than this one have used that were decided since then."""
        client = self._find_client(reference)
        if not client:
            return None
        (row,) = self._connection.rows(
            f"""
            SELECT CAST(COALESCE(SUM(counted), 0) AS BIGINT) AS by_all,
                   CAST(COALESCE(SUM(
                       CASE WHEN client_digest = :client THEN counted ELSE 0 END
                   ), 0) AS BIGINT) AS by_client
            FROM (
                SELECT requests.client_digest, {_COUNTED} AS counted
                FROM rule_uses
                JOIN requests ON requests.reference = rule_uses.reference
                LEFT JOIN grants ON grants.reference = rule_uses.reference
                WHERE rule_uses.company_id = :company_id AND rule_uses.decided_at >= :since
                  AND rule_uses.reference <> :reference
            ) AS uses
            """,  # noqa: S608 - our own words only
            client=client,
            company_id=company_id,
            since=since,
            reference=reference,
        )
        return Used(row["by_all"], row["by_client"])

    def _find_client(self, reference: str) -> str:
        rows = self._connection.rows(
            "SELECT client_digest FROM requests WHERE reference = :reference", reference=reference
        )
        return str(rows[0]["client_digest"]) if rows else ""

    def use(self, reference: str, company_id: str, credits: int, now: int) -> bool:
        """Write down that a rule decided on a request. Once for a request: returns whether."""
        changed = self._connection.run(
            """
            INSERT INTO rule_uses (reference, company_id, credits, decided_at)
            VALUES (:reference, :company_id, :credits, :now)
            ON CONFLICT (reference) DO NOTHING
            """,
            reference=reference,
            company_id=company_id,
            credits=credits,
            now=now,
        )
        return changed == 1

    def find_added(self, company_id: str) -> Sequence[Added]:
        """The credits that were added, ever, to requests on which the company's rule decided."""
        rows = self._connection.rows(
            """
            SELECT requests.client_digest AS client, grants.credits, grants.posted_at AS at
            FROM rule_uses
            JOIN requests ON requests.reference = rule_uses.reference
            JOIN grants ON grants.reference = rule_uses.reference
            WHERE rule_uses.company_id = :company_id AND grants.state = 'posted'
            ORDER BY grants.posted_at
            """,
            company_id=company_id,
        )
        return [Added(**row) for row in rows]


def _rule(row: Row) -> StandingRule:
    return StandingRule(
        company_id=row["company_id"],
        terms=Terms(row["yearly_pool"], row["per_client"], row["automatic_up_to"]),
        starts_at=row["starts_at"],
        recorded_at=row["recorded_at"],
        told_from=row["told_from"],
        ended_at=row["ended_at"],
    )
