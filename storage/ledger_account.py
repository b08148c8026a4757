"""The embedded ledger, seen as a credits platform."""

from collections.abc import Callable

from casework.ports import Order, Receipt
from storage.store import TableStore


class LedgerAccount:
    """Implements :class:`casework.ports.CreditsAccount`. ``clock`` gives Unix milliseconds."""

    def __init__(self, store: TableStore, clock: Callable[[], int]) -> None:
        self._store, self._clock = store, clock

    def grant(self, order: Order) -> Receipt:
        """Add the credits, once for a key. Raises :class:`casework.errors.KeyConflict`."""
        return self._store.write(lambda tables: tables.ledger.add(order, self._clock()))

    def find_grant(self, key: str) -> Receipt | None:
        """What was granted under this key, if anything was."""
        return self._store.read(lambda tables: tables.ledger.find(key))

    def find_client_name(self, client_email: str) -> str:  # noqa: ARG002 - the port's
        """Nothing: the ledger knows addresses only."""
        return ""
