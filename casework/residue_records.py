"""What is kept of what submissions have left behind in the CRM: where, and never what.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Place(StrEnum):
    """Where something is left.

    ``submission``: the list of the form's submissions. ``history``: the earlier values of a
    contact's property. ``property``: a contact's property, with a value that is not this
    submission's.
    """

    SUBMISSION = "submission"
    HISTORY = "history"
    PROPERTY = "property"


@dataclass(frozen=True)
class Leftover:
    """Something of a request that is still in the CRM. ``field`` is the form's, if it is one."""

    reference: str
    place: Place
    field: str
    seen_at: int


class Residue(Protocol):
    """What is left."""

    def replace(self, reference: str, leftovers: Sequence[Leftover]) -> None:
        """Keep this in place of what was seen of the request before."""

    def find(self, references: Sequence[str], most: int | None = None) -> Sequence[Leftover]:
        """What is left of these requests, or, where none is named, of all, no more than ``most``.

        What was seen first comes first.
        """
