"""The deliveries that came in, and are kept until they were read.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Route(StrEnum):
    """By which door a delivery came."""

    FORM = "form"
    CRM = "crm"


@dataclass(frozen=True)
class Delivery:
    """One signed HTTP request as it came, still sealed. Its body is empty once it was read."""

    id: int
    route: Route
    digest: str
    sealed_body: bytes
    arrived_at: int


def delivery_name(route: Route, digest: str) -> str:
    """What a delivery's sealed body is bound to, so that rows cannot be swapped."""
    return f"delivery:{route}:{digest}"


class Deliveries(Protocol):
    """The deliveries accepted so far."""

    def keep(self, route: Route, digest: str, sealed_body: bytes, now: int) -> tuple[int, bool]:
        """Write down a delivery, or that it came again. Returns its id, and if it is done with."""

    def find(self, ids: Sequence[int]) -> Sequence[Delivery]:
        """Those of the ids that are there."""

    def find_to_be_read(self, route: Route) -> Sequence[Delivery]:
        """Those of this route that wait, or are parked."""

    def set_outcome(self, id: int, outcome: str) -> None:
        """Record what became of it: ``read``, ``ignored``, ``parked`` or ``erased``.

        Empties the body, unless it is parked.
        """

    def drop_read(self, arrived_until: int, limit: int) -> int:
        """Drop rows of the CRM's events that were read, and came last before then.

        Those of forms stay: they hold nothing but a digest, by which a form that is replayed, with
        a signature that carries no time, is known for one that was read. Returns how many went.
        """

    def count_by_outcome(self) -> Mapping[str, int]:
        """How many have which outcome; ``waiting`` are those not read yet."""
