"""Orphaned tickets: tickets in the CRM whose requests are not known here, as after a restore.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from casework.ports import Sealer

_CHECK = re.compile(r"[0-9a-f]{32}")


def check_for(sealer: Sealer, reference: str, fields_digest: str) -> str:
    """The check value of a ticket: by it we know again which submission the ticket stands for.

    It is a keyed digest, so nobody else can make or try one; and it is bound to the reference, so
    two tickets of one client, or for equal submissions, have nothing in common. Where nothing is
    kept any more of what was submitted there is none.
    """
    return sealer.digest(f"ticket:{reference}:{fields_digest}") if fields_digest else ""


def is_check(text: str) -> bool:
    """Whether the text can be a check value, and so is no word of anybody's."""
    return _CHECK.fullmatch(text) is not None


@dataclass(frozen=True)
class OrphanedTicket:
    """A ticket whose request is not known here, as it was last seen in the CRM.

    ``check`` is its check value; tickets of earlier versions have none. ``withheld``: it was opened
    without the organisation as typed, which would have told who the client is.
    """

    reference: str
    ticket_id: str
    check: str
    withheld: bool
    seen_at: int


class OrphanedTickets(Protocol):
    """The orphaned tickets."""

    def keep(self, orphan: OrphanedTicket) -> None:
        """Write down that it was seen, be it again."""

    def take(self, fields_digest: str) -> OrphanedTicket | None:
        """The oldest that stands for a submission with these fields; it is an orphan no more."""

    def find_all(self) -> Sequence[OrphanedTicket]:
        """All of them, oldest first."""

    def is_empty(self) -> bool:
        """Whether there are none."""

    def drop(self, reference: str) -> bool:
        """It is an orphan no more. Returns whether it was one."""

    def drop_unseen(self, seen_at: int) -> None:
        """Drop those that were not seen then: they are gone in the CRM."""
