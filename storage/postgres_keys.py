"""Which keys a PostgreSQL database was made with: looked at before anything is written to it."""

import psycopg

from casework.ports import Sealer
from storage.key_check import check_opens
from storage.postgres_connection import Patience, PatientConnection, connect

_PATIENCE = Patience(statement=5_000)


def refuse_other_keys(connection: PatientConnection, sealer: Sealer) -> None:
    """Raise :class:`casework.errors.Unreadable` for a database that was made with other keys.

    Nothing of it is changed, not even by a migration.
    """
    if sealed := _read(connection):
        check_opens(sealed, sealer)


def find_key_check(url: str) -> bytes:
    """The sealed value every start opens; nothing where there is no such database to be had."""
    try:
        with connect(url, _PATIENCE) as connection:
            return _read(connection)
    except psycopg.Error:  # whoever opens it in earnest says what is wrong
        return b""


def _read(connection: PatientConnection) -> bytes:
    (table,) = connection.execute("SELECT to_regclass('key_check') AS found").fetchall()
    if table["found"] is None:
        return b""
    rows = connection.execute("SELECT sealed_value FROM key_check").fetchall()
    return bytes(rows[0]["sealed_value"]) if rows else b""
