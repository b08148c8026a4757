"""A credits platform in memory. It passes the same contract as the HTTP adapter."""

from casework.errors import CreditsDeskError, KeyConflict, Unavailable, UnknownClient
from casework.ports import Order, Receipt


class FakeCreditsAccount:
    """Keeps grants in a dict. Failures are set by hand.

    ``fail_next`` is raised by the next call, before it does anything; ``lose_answers`` is how many
    grants are made and then not answered. Clients in ``unknown``, and those whose address starts
    with ``unknown``, have no account.
    """

    def __init__(self) -> None:
        self.grants: dict[str, tuple[Order, Receipt]] = {}
        self.unknown: set[str] = set()
        self.names: dict[str, str] = {}
        self.fail_next: CreditsDeskError | None = None
        self.lose_answers = 0
        self.calls: list[str] = []

    def grant(self, order: Order) -> Receipt:
        self._enter("grant")
        known = self.grants.get(order.key)
        if known and known[0] != order:
            raise KeyConflict("fake platform", "grant credits")
        if known:
            return known[1]
        if order.client_email in self.unknown or order.client_email.startswith("unknown"):
            raise UnknownClient("fake platform", "grant credits")
        receipt = Receipt(f"grant-{len(self.grants) + 1}", order.credits)
        self.grants[order.key] = (order, receipt)
        if self.lose_answers:
            self.lose_answers -= 1
            raise Unavailable("fake platform", "grant credits", "LOST")
        return receipt

    def find_grant(self, key: str) -> Receipt | None:
        self._enter("find_grant")
        known = self.grants.get(key)
        return known[1] if known else None

    def find_client_name(self, client_email: str) -> str:
        return self.names.get(client_email, "")

    def balance(self, client_email: str) -> int:
        """How many credits this client was given."""
        return sum(
            receipt.credits
            for order, receipt in self.grants.values()
            if order.client_email == client_email
        )

    def _enter(self, name: str) -> None:
        self.calls.append(name)
        fault, self.fail_next = self.fail_next, None
        if fault:
            raise fault
