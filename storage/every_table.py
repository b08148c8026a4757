"""Every table and every row of it, for whoever has to go through all that is kept."""

from collections.abc import Iterator, Mapping, Sequence

from storage.engine import Connection, Row

#: Every table by its primary key, those that others refer to first.
TABLES: Mapping[str, tuple[str, ...]] = {
    "requests": ("reference",),
    "deliveries": ("id",),
    "sealed_fields": ("reference", "field"),
    "identifiers": ("reference", "digest"),
    "residue": ("reference", "place", "field"),
    "replies": ("reference", "message_id"),
    "grants": ("reference",),
    "reversals": ("reference",),
    "rule_uses": ("reference",),
    "sent": ("reference", "what"),
    "work": ("kind", "key"),
    "journal": ("sequence",),
    "companies": ("id",),
    "standing_rules": ("company_id",),
    "forgotten": ("role", "digest"),
    "announced": ("thing", "key"),
    "orphaned_tickets": ("reference",),
    "marks": ("name",),
    "ledger": ("key",),
    "lanes": ("lane",),
    "key_check": ("id",),
}

_PIECE = 1_000


def find_rows(connection: Connection, table: str) -> Iterator[Sequence[Row]]:
    """All rows of a table in pieces, in the order of its key."""
    key = TABLES[table]
    columns = ", ".join(key)
    places = ", ".join(f":{name}" for name in key)
    sql = f"SELECT * FROM {table} {{}} ORDER BY {columns} LIMIT {_PIECE}"  # noqa: S608 - our names
    rows = connection.rows(sql.format(""))
    while rows:
        yield rows
        last = {name: rows[-1][name] for name in key}
        rows = connection.rows(sql.format(f"WHERE ({columns}) > ({places})"), **last)
