"""Whose data is kept: finding it, erasing it, and not taking it in again."""

from collections.abc import Mapping, Sequence

from casework.request import Role
from storage.engine import Connection, value


class PeopleTable:
    """Implements :class:`casework.people_records.People`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_requests(self, role: Role, digest: str) -> Sequence[str]:
        """References of this person's requests in which they were not forgotten, oldest first."""
        which = (
            "client_digest = :digest"
            if role is Role.CLIENT
            else "professional_digest = :digest AND professional_erased_at IS NULL"
        )
        return self._find(f"{which} AND erased_at IS NULL", digest=digest)

    def find_undigested(self) -> Sequence[str]:
        """References of requests from before clients had digests."""
        return self._find("client_digest = '' AND erased_at IS NULL")

    def _find(self, which: str, **parameters: str) -> Sequence[str]:
        sql = f"SELECT reference FROM requests WHERE {which} ORDER BY received_at"  # noqa: S608
        return [row["reference"] for row in self._connection.rows(sql, **parameters)]

    def erase(self, reference: str, role: Role, now: int, stand_in: str) -> None:
        """Erase what is sealed of this person, and the digests by which they could be found.

        The one place for that: a new table that keeps something of people belongs here as well.
        """
        if role is Role.CLIENT:
            stand_in = self._share_stand_in(reference, stand_in)
        self._connection.run(
            """
            DELETE FROM sealed_fields
            WHERE reference = :reference
              AND (:client = 1 OR field NOT IN ('client_email', 'client_name'))
            """,
            reference=reference,
            client=int(role is Role.CLIENT),
        )
        self._connection.run(
            """
            DELETE FROM identifiers
            WHERE reference = :reference AND (:client = 1 OR whose = 'professional')
            """,
            reference=reference,
            client=int(role is Role.CLIENT),
        )
        self._connection.run(
            """
            UPDATE replies SET sealed_sentence = :nothing
            WHERE reference = :reference AND :client = 1
            """,
            reference=reference,
            client=int(role is Role.CLIENT),
            nothing=b"",
        )
        self._connection.run(
            """
            UPDATE requests
            SET professional_erased_at = :now, professional_digest = '',
                erased_at = CASE WHEN :client = 1 THEN :now ELSE erased_at END,
                client_digest = CASE WHEN :client = 1 THEN :stand_in ELSE client_digest END,
                stand_in = CASE WHEN :client = 1 THEN '' ELSE stand_in END,
                fields_digest = CASE WHEN conversion_id IS NULL THEN fields_digest ELSE '' END,
                ticket_check = ''
            WHERE reference = :reference
            """,
            reference=reference,
            client=int(role is Role.CLIENT),
            stand_in=stand_in,
            now=now,
        )

    def _share_stand_in(self, reference: str, stand_in: str) -> str:
        """The one that stands for this client already, or this from now on.

        Requests of one client that are erased at different times must not count as several clients.
        """
        parameters = {"reference": reference}
        same = """
            client_digest <> '' AND erased_at IS NULL
              AND client_digest = (
                  SELECT client_digest FROM requests WHERE reference = :reference
              )
        """
        shared: str | None = value(
            self._connection,
            f"SELECT max(stand_in) AS shared FROM requests WHERE {same}",  # noqa: S608
            **parameters,
        )
        stand_in = shared or stand_in
        self._connection.run(
            f"UPDATE requests SET stand_in = :stand_in WHERE {same}",  # noqa: S608
            stand_in=stand_in,
            **parameters,
        )
        return stand_in

    def forget_fields(self, reference: str) -> None:
        """Erase the digest of the fields of an erased request that the list has never shown."""
        self._connection.run(
            """
            UPDATE requests SET fields_digest = ''
            WHERE reference = :reference AND erased_at IS NOT NULL
            """,
            reference=reference,
        )

    def mark_shown(self, reference: str, conversion_id: str | None) -> None:
        """The list has shown an erased request's submission: that is how it is known from now."""
        self._connection.run(
            """
            UPDATE requests
            SET confirmed = 1, conversion_id = COALESCE(conversion_id, :conversion_id),
                fields_digest = CASE WHEN COALESCE(conversion_id, :conversion_id) IS NULL
                                     THEN fields_digest ELSE '' END
            WHERE reference = :reference AND erased_at IS NOT NULL
            """,
            reference=reference,
            conversion_id=conversion_id,
        )

    def remember(self, role: Role, digest: str, now: int) -> None:
        """Take in nothing of this person that was submitted until now."""
        self._connection.run(
            """
            INSERT INTO forgotten (role, digest, forgotten_at) VALUES (:role, :digest, :now)
            ON CONFLICT (role, digest) DO UPDATE SET forgotten_at = excluded.forgotten_at
            """,
            role=role,
            digest=digest,
            now=now,
        )

    def find_forgotten(self, digests: Mapping[Role, str]) -> Mapping[Role, int]:
        """When those of these people were forgotten who were."""
        found = {}
        for role, digest in digests.items():
            rows = self._connection.rows(
                "SELECT forgotten_at FROM forgotten WHERE role = :role AND digest = :digest",
                role=role,
                digest=digest,
            )
            if rows:
                found[role] = int(rows[0]["forgotten_at"])
        return found

    def drop_forgotten(self, until: int) -> None:
        """Remember those no longer who were forgotten until then."""
        self._connection.run("DELETE FROM forgotten WHERE forgotten_at <= :until", until=until)
