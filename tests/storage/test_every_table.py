"""The list of all tables is that of the real schema, so no new one can be forgotten."""

from storage.every_table import TABLES
from storage.store import TableStore
from tests.storage.made_up import Database, look

#: What an engine writes down for itself.
NOT_OURS = {"migrations", "_sqlite_migrations"}


def of_sqlite(database: Database) -> tuple[dict[str, tuple[str, ...]], set[tuple[str, str]]]:
    tables = {
        name: tuple(
            column
            for column, place in sorted(
                look(database, f"SELECT name, pk FROM pragma_table_info('{name}')"),
                key=lambda found: int(found[1]),
            )
            if place
        )
        for (name,) in look(database, "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    refer = {
        (name, other)
        for name in tables
        for (other,) in look(database, f"SELECT \"table\" FROM pragma_foreign_key_list('{name}')")
    }
    return tables, refer


def of_postgres(database: Database) -> tuple[dict[str, tuple[str, ...]], set[tuple[str, str]]]:
    tables: dict[str, tuple[str, ...]] = {
        name: ()
        for (name,) in look(
            database, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
    }
    keys = look(
        database,
        """
        SELECT c.conrelid::regclass::text, a.attname
        FROM pg_constraint c
        CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
        WHERE c.contype = 'p' AND c.connamespace = current_schema()::regnamespace
        ORDER BY 1, k.place
        """,
    )
    for name, column in keys:
        tables[name] += (column,)
    refer = look(
        database,
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint "
        "WHERE contype = 'f'",
    )
    return tables, set(refer)


def test_every_table_is_listed_by_its_key(store: TableStore, database: Database) -> None:
    tables, refer = (of_postgres if isinstance(database, str) else of_sqlite)(database)
    ours = {name: key for name, key in tables.items() if name not in NOT_OURS}
    assert ours == dict(TABLES)

    order = list(TABLES)
    assert refer, "the tables do refer to each other"
    assert [(one, other) for one, other in refer if order.index(other) >= order.index(one)] == []
