"""All sealed values, whatever table they are in: which keys they need, and sealing them anew."""

from collections.abc import Mapping, Sequence

from storage.engine import Connection, Row
from storage.keysets import PREFIX_BYTES, key_id_of, prefix_of
from storage.sealed_columns import SEALED_COLUMNS, SealedColumn

# The names of tables and columns below come from SEALED_COLUMNS and from nowhere else.


class SealedValues:
    """The columns of :data:`storage.sealed_columns.SEALED_COLUMNS` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count_by_key(self) -> Mapping[int, Mapping[str, int]]:
        """How many values each key has sealed, by the key's id and by table."""
        found: dict[int, dict[str, int]] = {}
        for column in SEALED_COLUMNS:
            for row in self._connection.rows(_COUNT.format(column=column)):
                of_key = found.setdefault(key_id_of(bytes(row["prefix"])), {})
                of_key[column.table] = of_key.get(column.table, 0) + row["number"]
        return found

    def find_others(
        self, column: SealedColumn, primary: int, after: Row | None, limit: int
    ) -> Sequence[Row]:
        """The next rows whose value another key than this one has sealed, by primary key.

        ``after`` is the row that came last. The value itself is called ``sealed``.
        """
        names = ", ".join(dict.fromkeys((*column.keys, *column.besides)))
        keys = ", ".join(column.keys)
        beyond = f"AND ({keys}) > ({_places(column.keys)})" if after else ""
        return self._connection.rows(
            f"""
            SELECT {names}, {column.column} AS sealed FROM {column.table}
            WHERE length({column.column}) > 0
              AND substr({column.column}, 1, {PREFIX_BYTES}) <> :prefix {beyond}
            ORDER BY {keys} LIMIT :limit
            """,  # noqa: S608 - our own names only
            prefix=prefix_of(primary),
            limit=limit,
            **(_key_of(column, after) if after else {}),
        )

    def replace(self, column: SealedColumn, row: Row, fresh: bytes) -> bool:
        """Put another ciphertext in its place, unless something else stands there by now."""
        changed = self._connection.run(
            f"""
            UPDATE {column.table} SET {column.column} = :fresh
            WHERE {" AND ".join(f"{key} = :at_{key}" for key in column.keys)}
              AND {column.column} = :sealed
            """,  # noqa: S608 - our own names only
            fresh=fresh,
            sealed=bytes(row["sealed"]),
            **_key_of(column, row),
        )
        return changed == 1


_COUNT = f"""
    SELECT substr({{column.column}}, 1, {PREFIX_BYTES}) AS prefix, count(*) AS number
    FROM {{column.table}} WHERE length({{column.column}}) > 0
    GROUP BY substr({{column.column}}, 1, {PREFIX_BYTES})
"""  # noqa: S608 - our own names only


def _places(keys: Sequence[str]) -> str:
    return ", ".join(f":at_{key}" for key in keys)


def _key_of(column: SealedColumn, row: Row) -> dict[str, object]:
    return {f"at_{key}": row[key] for key in column.keys}
