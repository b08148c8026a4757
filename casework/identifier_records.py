"""What is kept of the words by which people could be recognised: keyed digests, and nothing else.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from casework.identifiers import Scope, Whose


@dataclass(frozen=True)
class KeyedIdentifier:
    """An identifier by its digest."""

    digest: str
    scope: Scope
    whose: Whose


@dataclass(frozen=True)
class Holder:
    """A request that has an identifier with this digest."""

    digest: str
    reference: str
    scope: Scope
    whose: Whose


class Identifiers(Protocol):
    """The identifiers of the requests."""

    def replace(self, reference: str, identifiers: Sequence[KeyedIdentifier], version: int) -> None:
        """Keep these, made by this version of the rules, in place of what was kept."""

    def find_holders(self, digests: Sequence[str], closed_since: int) -> Sequence[Holder]:
        """Who has one of them, among the requests that are open or were closed since then."""

    def find_outdated(self, version: int, closed_since: int) -> Sequence[str]:
        """The requests among those whose identifiers another version of the rules has made."""

    def drop_closed(self, closed_before: int) -> None:
        """Forget those of requests that were closed before then."""

    def erase(self, references: Sequence[str]) -> None:
        """Forget all of these requests'."""
