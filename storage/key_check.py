"""One sealed value that every start opens, so that wrong keys are noticed before they are used."""

from casework.errors import Unreadable
from casework.ports import Sealer
from storage.engine import Connection
from storage.keysets import key_id_of

#: What the value is bound to.
KEY_CHECK_PLACE = "key check"


class KeyCheck:
    """The table of that one value."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection, self._sealer = connection, sealer

    def begin(self) -> None:
        """Seal a value, where there is none yet."""
        self._connection.run(
            """
            INSERT INTO key_check (id, sealed_value) VALUES (1, :sealed_value)
            ON CONFLICT (id) DO NOTHING
            """,
            sealed_value=self._sealer.seal(_known(self._sealer).encode(), KEY_CHECK_PLACE),
        )

    def check(self) -> bool:
        """Open the value. Returns whether there is one; raises :class:`Unreadable`."""
        rows = self._connection.rows("SELECT sealed_value FROM key_check")
        if rows:
            check_opens(bytes(rows[0]["sealed_value"]), self._sealer)
        return bool(rows)


def check_opens(sealed: bytes, sealer: Sealer) -> None:
    """Open a database's value. Raises :class:`Unreadable` with what to do."""
    try:
        same = sealer.unseal(sealed, KEY_CHECK_PLACE).decode()
    except Unreadable:
        same = ""
    if same != _known(sealer):
        raise Unreadable(
            "SEALING_KEYSET is not the keyset this database was made with, or a copy from before "
            f"its key {key_id_of(sealed)} was added, so nothing in it would open. Nothing was "
            "changed: give the right keyset, or another database"
        )


def _known(sealer: Sealer) -> str:
    """Known by the digests' key, so that this is checked as well."""
    return sealer.digest(KEY_CHECK_PLACE)
