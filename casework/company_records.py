"""The CRM's companies as they are kept.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from casework.organisations import Company


class CompanyRecords(Protocol):
    """The CRM's companies, as they were when last read."""

    def keep(self, companies: Sequence[Company], now: int) -> None:
        """Write down what was seen now."""

    def drop_unseen(self, since: int) -> None:
        """Forget those that were not seen since then."""

    def find(self, ids: Sequence[str]) -> Mapping[str, Company]:
        """Those of the ids that are there, such as that of :attr:`CreditRequest.company_id`."""

    def find_all(self) -> Sequence[Company]:
        """All of them."""

    def has_name(self, plain_name: str) -> bool:
        """Whether one bears this name, as :func:`casework.organisations.plain_name` gives it."""
