"""What is kept of grants, and of credits that should perhaps be taken back.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from casework.ports import Receipt


class GrantState(StrEnum):
    """``sending`` is committed before the platform is called, so a lost answer is never forgotten.

    reserved → sending → posted | failed; reserved and sending → void; void and failed → reserved.
    """

    RESERVED = "reserved"
    SENDING = "sending"
    POSTED = "posted"
    VOID = "void"
    FAILED = "failed"


@dataclass(frozen=True)
class Grant:
    """Credits to be added, once. One row for a request, for ever."""

    reference: str
    state: GrantState
    credits: int
    due_at: int
    sent_at: int | None
    receipt: str | None
    reserved_at: int | None = None
    posted_at: int | None = None


class Grants(Protocol):
    """The grants."""

    def find(self, references: Sequence[str]) -> Mapping[str, Grant]:
        """Those that are there."""

    def reserve(self, reference: str, credits: int, due_at: int, now: int) -> bool:
        """Reserve, unless credits were or may have been added. Returns whether it did.

        What was refused for good may be reserved again: the key is the same, and protects.
        For a client who was forgotten nothing is.
        """

    def mark_sending(self, reference: str, credits: int, now: int) -> bool:
        """From reserved or sending, with these credits, to sending, while approved.

        Not for a client who was forgotten. Returns whether it did.
        """

    def post(self, reference: str, receipt: Receipt, now: int) -> bool:
        """From sending to posted. Returns whether it did."""

    def find_to_compare(self, since: int) -> Sequence[str]:
        """References of grants that were reserved, sent or posted since then."""

    def adopt(self, reference: str, receipt: Receipt, now: int) -> bool:
        """From nothing, or any state but posted, to posted: the platform has it.

        Returns whether it did.
        """

    def bring_forward(self, due_by: int) -> None:
        """Make what is due later due then."""

    def void(self, reference: str, why: str) -> bool:
        """From reserved or sending to void. Returns whether it did."""

    def fail(self, reference: str, why: str) -> bool:
        """From sending to failed, which only a person can mend. Returns whether it did."""


@dataclass(frozen=True)
class Reversal:
    """Credits that perhaps should be taken back; only a person does that."""

    reference: str
    credits: int
    proposed_at: int


class Reversals(Protocol):
    """Reversals proposed."""

    def propose(self, reference: str, credits: int, now: int) -> bool:
        """Propose one, again if an earlier one was settled. Returns whether it was not open."""

    def settle(self, reference: str, outcome: str, now: int) -> bool:
        """Record what became of it. Returns whether one was open."""

    def find_outcome(self, reference: str) -> str:
        """What became of the last one; nothing if it is open, or there was none."""

    def find_open(self) -> Sequence[Reversal]:
        """Those nobody has settled."""
