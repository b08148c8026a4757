"""What is old, and the table of what staff were told of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from casework.retention_records import ERASED, Old, Pending, Thing
from casework.stages import OPEN_STAGES, Stage
from casework.work import Kind
from storage.engine import Connection, Row, listed

_OPEN = ", ".join(f"'{stage}'" for stage in OPEN_STAGES)
_KEPT = "requests WHERE erased_at IS NULL"
#: With no ticket of its own that anybody could close.
_STRAY = "ticket_state IN ('missing', 'merged')"

#: Which rows it may be, each on an index of its own; their key, and from when their age counts.
_Source = tuple[str, str, str]
_SOURCES: dict[Thing, tuple[_Source, ...]] = {
    Thing.REQUEST: (
        (f"{_KEPT} AND dormant = 1 AND stage = 'new'", "reference", "stage_since"),
        # One by one: of several stages together PostgreSQL would rather read all that is old.
        *(
            (f"{_KEPT} AND dormant = 0 AND stage = '{stage}'", "reference", "stage_since")
            for stage in Stage
            if stage not in OPEN_STAGES
        ),
        (
            f"{_KEPT} AND dormant = 0 AND stage IN ({_OPEN}) AND {_STRAY}",
            "reference",
            "stage_since",
        ),
    ),
    Thing.DELIVERY: (
        (
            "deliveries WHERE outcome IN ('waiting', 'parked') AND length(sealed_body) > 0",
            "CAST(id AS TEXT)",
            "arrived_at",
        ),
    ),
    Thing.ENTRY: (
        (
            "ledger WHERE fingerprint <> '' AND export IS NOT NULL",
            "ledger.key",
            "COALESCE(exported_at, granted_at)",
        ),
    ),
    Thing.WAITS: (
        (
            f"{_KEPT} AND dormant = 0 AND stage IN ({_OPEN}) AND NOT ({_STRAY})",
            "reference",
            "received_at",
        ),
    ),
    Thing.UNEXPORTED: (
        ("ledger WHERE fingerprint <> '' AND export IS NULL", "ledger.key", "granted_at"),
    ),
}
#: What is held back is told of as well, and counts from when it was closed.
_TOLD_OF = {**_SOURCES, Thing.WAITS: ((_KEPT, "reference", ""),)}


class RetentionTable:
    """Implements :class:`casework.retention_records.Retention`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_due(self, until: int, limit: int) -> Sequence[Old]:
        """What is due and not announced: closed, or never read, from then or earlier."""
        return self._find(ERASED, until, limit)

    def find_waiting(self, until: int, limit: int) -> Sequence[Old]:
        """What is that old and not closed, told of or not."""
        return self._find((Thing.WAITS, Thing.UNEXPORTED), until, limit)

    def _find(self, things: Sequence[Thing], until: int, limit: int) -> Sequence[Old]:
        found = [
            Old(thing, row["key"], row["since"])
            for thing in things
            for source in _SOURCES[thing]
            for row in self._find_in(thing, source, until, limit)
        ]
        return sorted(found, key=lambda old: (old.since, old.key))[:limit]

    def _find_in(self, thing: Thing, source: _Source, until: int, limit: int) -> Sequence[Row]:
        rows_of, key, since = source
        return self._connection.rows(
            f"""
            SELECT {key} AS key, {since} AS since FROM {rows_of} AND {since} <= :until
              AND NOT EXISTS (
                  SELECT 1 FROM announced
                  WHERE announced.thing = :thing AND announced.key = {key}
                    AND announced.announced_at IS NOT NULL AND :erased = 1
              )
            ORDER BY {since} LIMIT :limit
            """,  # noqa: S608 - literals from the table above
            thing=thing,
            until=until,
            limit=limit,
            erased=int(thing in ERASED),
        )

    def find_pending(self, references: Sequence[str]) -> Mapping[str, Sequence[Pending]]:
        """What is still to be done about these requests, or was given up on.

        A ticket that is only looked at for want of news does not count.
        """
        places, parameters = listed(references)
        rows = self._connection.rows(
            f"""
            SELECT requests.reference, work.kind, work.parked_at
            FROM requests JOIN work
              ON work.key IN (requests.reference, requests.ticket_id)
              OR substr(work.key, 1, length(requests.reference) + 1) = requests.reference || '/'
            WHERE requests.reference IN ({places}) AND work.kind <> :watching
            ORDER BY work.kind, work.key
            """,  # noqa: S608 - placeholders only
            watching=Kind.WATCH_TICKETS,
            **parameters,
        )
        found = defaultdict[str, list[Pending]](list)
        for row in rows:
            found[row["reference"]].append(Pending(Kind(row["kind"]), row["parked_at"]))
        return found

    def find_unread(self, references: Sequence[str]) -> frozenset[str]:
        """Those of these requests in whose conversation there is a mail that was not read yet.

        A conversation is known by a reply that was read in it.
        """
        waiting = self._connection.rows(
            "SELECT key FROM work WHERE kind = :reading", reading=Kind.READ_MESSAGES
        )
        unread = {thread for row in waiting if (thread := _thread_of(row["key"]))}
        if not unread:
            return frozenset()
        places, parameters = listed(references)
        rows = self._connection.rows(
            f"SELECT reference, message_id FROM replies WHERE reference IN ({places})",  # noqa: S608
            **parameters,
        )
        return frozenset(
            row["reference"] for row in rows if _thread_of(row["message_id"]) in unread
        )

    def find_on_hold(self) -> Sequence[tuple[str, int]]:
        """The requests on hold, and since when."""
        rows = self._connection.rows(
            """
            SELECT reference, hold_since FROM requests
            WHERE hold_since IS NOT NULL ORDER BY hold_since, reference
            """
        )
        return [(row["reference"], row["hold_since"]) for row in rows]

    def set_hold(self, reference: str, since: int | None) -> None:
        """Keep a request whatever its age, or (with nothing) no longer."""
        self._connection.run(
            "UPDATE requests SET hold_since = :since WHERE reference = :reference",
            reference=reference,
            since=since,
        )

    def plan(self, what: Sequence[Old], now: int) -> None:
        """Write down of what staff are about to be told."""
        self._connection.run_many(
            """
            INSERT INTO announced (thing, key, since, planned_at)
            VALUES (:thing, :key, :since, :now) ON CONFLICT (thing, key) DO NOTHING
            """,
            [{"thing": old.thing, "key": old.key, "since": old.since, "now": now} for old in what],
        )

    def find_planned(self) -> tuple[int, Sequence[Old]] | None:
        """Of what staff are still to be told, oldest first, and when that was planned."""
        rows = self._connection.rows(
            """
            SELECT thing, key, since, announced_at, planned_at FROM announced
            WHERE announced_at IS NULL ORDER BY since, key
            """
        )
        return (rows[0]["planned_at"], [_old(row) for row in rows]) if rows else None

    def announce(self, now: int) -> None:
        """Write down that staff were told of all that was planned."""
        self._connection.run(
            "UPDATE announced SET announced_at = :now WHERE announced_at IS NULL", now=now
        )

    def find_ripe(self, announced_until: int, until: int, limit: int) -> Sequence[Old]:
        """What staff were told of by then, and is old enough, to be erased."""
        rows = self._connection.rows(
            """
            SELECT thing, key, since, announced_at FROM announced
            WHERE announced_at <= :announced_until AND since <= :until
              AND thing IN ('request', 'delivery', 'entry')
            ORDER BY announced_at, since, key LIMIT :limit
            """,
            announced_until=announced_until,
            until=until,
            limit=limit,
        )
        return [_old(row) for row in rows]

    def find_told(self, what: Sequence[Old]) -> frozenset[tuple[Thing, str]]:
        """Of which of these staff were told, or are about to be."""
        places, parameters = listed(old.key for old in what)
        rows = self._connection.rows(
            f"SELECT thing, key FROM announced WHERE key IN ({places})",  # noqa: S608
            **parameters,
        )
        return frozenset((Thing(row["thing"]), row["key"]) for row in rows)

    def drop(self, thing: Thing, key: str) -> None:
        """Forget that staff were told of it."""
        self._connection.run(
            "DELETE FROM announced WHERE thing = :thing AND key = :key", thing=thing, key=key
        )

    def drop_stale(self) -> None:
        """Forget what staff were told of things that are not as they were then.

        Moved meanwhile, put on hold, read, exported, or erased as somebody asked.
        """
        for thing, sources in _TOLD_OF.items():
            as_it_was = " ".join(
                f"AND NOT EXISTS (SELECT 1 FROM {rows_of} AND {_same(thing, key, since)})"  # noqa: S608
                for rows_of, key, since in sources
            )
            self._connection.run(
                f"DELETE FROM announced WHERE thing = :thing {as_it_was}",  # noqa: S608
                thing=thing,
            )

    def bring_back(self, latest: int) -> None:
        """Make the times when staff were told no later than that."""
        self._connection.run(
            "UPDATE announced SET announced_at = :latest WHERE announced_at > :latest",
            latest=latest,
        )


def _same(thing: Thing, key: str, since: str) -> str:
    match thing:
        case Thing.WAITS:
            return f"{key} = announced.key AND announced.since IN (received_at, stage_since)"
        case Thing.DELIVERY:
            return "id = CAST(announced.key AS BIGINT)"
        case Thing.REQUEST:
            return f"{key} = announced.key AND {since} = announced.since AND hold_since IS NULL"
        case _:
            return f"{key} = announced.key AND {since} = announced.since"


def _old(row: Row) -> Old:
    return Old(Thing(row["thing"]), row["key"], row["since"], row["announced_at"])


def _thread_of(message_id: str) -> str:
    """The thread in an id such as ``thread/<thread>/<message>``; nothing for a logged mail."""
    kind, _, rest = message_id.partition("/")
    return rest.partition("/")[0] if kind == "thread" else ""
