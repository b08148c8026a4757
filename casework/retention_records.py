"""What is kept of what is old: since when it is, and what staff were told of it.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from casework.work import Kind


class Thing(StrEnum):
    """What can be told of. The first three are erased; the others need a person first.

    ``delivery``: one that was never read. ``entry``: the embedded ledger's, of an exported grant.
    ``waits``: a request that is open, or held back. ``unexported``: an entry nobody has exported.
    """

    REQUEST = "request"
    DELIVERY = "delivery"
    ENTRY = "entry"
    WAITS = "waits"
    UNEXPORTED = "unexported"


#: Those that are erased, once staff were told.
ERASED = (Thing.REQUEST, Thing.DELIVERY, Thing.ENTRY)


@dataclass(frozen=True)
class Old:
    """Something old. ``key``: a reference, a delivery's id or an entry's key.

    ``since``: from when its age counts. ``announced_at``: when staff were told, if they were.
    """

    thing: Thing
    key: str
    since: int
    announced_at: int | None = None


@dataclass(frozen=True)
class Pending:
    """Work about a request. ``parked_at``: since when it waits for a person, if it does."""

    kind: Kind
    parked_at: int | None


class Retention(Protocol):
    """What is old, and what was said of it."""

    def find_due(self, until: int, limit: int) -> Sequence[Old]:
        """What is due, since it is closed, or was never read, from then or earlier.

        What is held back is among it; of what staff were told is not. Oldest first.
        """

    def find_waiting(self, until: int, limit: int) -> Sequence[Old]:
        """What is that old and not closed: open requests, and entries nobody has exported.

        Oldest first.
        """

    def find_pending(self, references: Sequence[str]) -> Mapping[str, Sequence[Pending]]:
        """What is still to be done about these requests, or was given up on."""

    def find_unread(self, references: Sequence[str]) -> frozenset[str]:
        """Those of these requests in whose conversation there is a mail that was not read yet."""

    def find_on_hold(self) -> Sequence[tuple[str, int]]:
        """The requests on hold, and since when."""

    def set_hold(self, reference: str, since: int | None) -> None:
        """Keep a request whatever its age, or (with nothing) no longer."""

    def plan(self, what: Sequence[Old], now: int) -> None:
        """Write down of what staff are about to be told."""

    def find_planned(self) -> tuple[int, Sequence[Old]] | None:
        """Of what staff are still to be told, and when that was planned."""

    def announce(self, now: int) -> None:
        """Write down that staff were told of all that was planned."""

    def find_ripe(self, announced_until: int, until: int, limit: int) -> Sequence[Old]:
        """What staff were told of by then, and is old enough, to be erased."""

    def find_told(self, what: Sequence[Old]) -> frozenset[tuple[Thing, str]]:
        """Of which of these staff were told, or are about to be."""

    def drop(self, thing: Thing, key: str) -> None:
        """Forget that staff were told of it."""

    def drop_stale(self) -> None:
        """Forget what staff were told of things that are not as they were then."""

    def bring_back(self, latest: int) -> None:
        """Make the times when staff were told no later than that."""
