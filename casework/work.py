"""What is to be looked at: keyed, so that asking twice is asking once.

Times are Unix milliseconds UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """The kinds of work, one for a use case."""

    #: After a restore: find out which tickets there are.
    RELINK_TICKETS = "relink_tickets"
    RECEIVE = "receive"
    READ_SUBMISSIONS = "read_submissions"
    OPEN_TICKETS = "open_tickets"
    FOLLOW_STAGES = "follow_stages"
    SWEEP_TICKETS = "sweep_tickets"
    #: Does what FOLLOW_STAGES does, for tickets of which nobody has told us anything.
    WATCH_TICKETS = "watch_tickets"
    WRITE_BACK = "write_back"
    ADD_NOTE = "add_note"
    SYNC_COMPANIES = "sync_companies"
    MATCH_ORGANISATION = "match_organisation"
    GRANT = "grant"
    COMPARE_GRANTS = "compare_grants"
    #: The same for one request of which a restore has put back what we know.
    COMPARE_RESTORED = "compare_restored"
    NOTIFY = "notify"
    IDENTIFY = "identify"
    CHECK_CONTACTS = "check_contacts"
    SWEEP_RESIDUE = "sweep_residue"
    TELL_REASON = "tell_reason"
    SEND_LETTER = "send_letter"
    READ_MESSAGES = "read_messages"
    SWEEP_MESSAGES = "sweep_messages"
    FORGET_OLD = "forget_old"


@dataclass(frozen=True)
class WorkItem:
    """Something to look at. ``asked`` tells whether it was asked for again while we worked."""

    kind: Kind
    key: str
    asked: int
    attempts: int
    first_failed_at: int | None


@dataclass(frozen=True)
class FailingWork:
    """How much work of a kind fails and is tried again, since when, and with which error."""

    kind: Kind
    number: int
    since: int
    error: str


@dataclass(frozen=True)
class ParkedWork:
    """Work given up on until a person presses retry."""

    kind: Kind
    key: str
    attempts: int
    error: str
    parked_at: int


class Work(Protocol):
    """What is to be looked at, keyed, so that asking twice is asking once."""

    def ask(self, kind: Kind, keys: Sequence[str], due: int) -> None:
        """Ask for work, not before ``due``. Brings it forward if it was due later; unparks."""

    def ask_if_missing(self, kind: Kind, keys: Sequence[str], due: int) -> None:
        """Ask for work of which there is none at all, not even put off or parked."""

    def is_asked(self, kind: Kind, key: str) -> bool:
        """Whether there is such work, be it put off or parked."""

    def find_due(self, kinds: Sequence[Kind], now: int, limit: int) -> Sequence[WorkItem]:
        """What is due of the first of these kinds of which anything is, longest waiting first."""

    def find_next_due(self, kinds: Sequence[Kind]) -> int | None:
        """When the next of these kinds is due."""

    def bring_forward(self, due_by: int) -> None:
        """Make what is due later due then."""

    def finish(self, item: WorkItem, now: int) -> None:
        """It is as it should be, unless it was asked for again meanwhile: then it queues anew."""

    def look_again(self, item: WorkItem, due: int, now: int) -> None:
        """Nothing is wrong, but it has to be looked at again then, or now where asked meanwhile."""

    def put_off(self, item: WorkItem, due: int, error: str, now: int) -> None:
        """It failed and is to be tried again then."""

    def park(self, item: WorkItem, error: str, now: int) -> None:
        """Give up on it until a person presses retry."""

    def retry_parked(self, kind: Kind, parked_until: int, due: int) -> None:
        """Try anew what of this kind was parked until then."""

    def find_parked(self) -> Sequence[ParkedWork]:
        """All that is parked."""

    def find_under_way(self, reference: str) -> Sequence[Kind]:
        """What is still to be done about this request, but for what has failed already."""

    def find_failing(self) -> Sequence[FailingWork]:
        """What fails now and is tried again."""

    def count_by_kind(self) -> Mapping[str, int]:
        """How much waits, parked work apart."""
