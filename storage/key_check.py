"""One sealed value that every start opens, so that wrong keys are noticed before they are used."""

from casework.errors import Unreadable
from casework.ports import Sealer
from storage.engine import Connection

_PLACE = "key check"


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
            sealed_value=self._sealer.seal(self._digest().encode(), _PLACE),
        )

    def check(self) -> bool:
        """Open the value. Returns whether there is one; raises :class:`Unreadable`."""
        rows = self._connection.rows("SELECT sealed_value FROM key_check")
        if not rows:
            return False
        try:
            same = self._sealer.unseal(bytes(rows[0]["sealed_value"]), _PLACE).decode()
        except Unreadable:
            same = ""
        if same != self._digest():
            raise Unreadable(
                "SEALING_KEYSET is not the keyset this database was made with, so nothing in it "
                "would open. Nothing was changed: give the right keyset, or another database"
            )
        return True

    def _digest(self) -> str:
        """Known by the digests' key, so that this is checked as well."""
        return self._sealer.digest(_PLACE)
