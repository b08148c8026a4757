"""What is kept, table by table, in the rules' own words. ``storage`` is the adapter.

Each larger table has a file of its own beside this one. Times are Unix milliseconds UTC. Every
method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from casework.company_records import CompanyRecords
from casework.delivery_records import Deliveries
from casework.grant_records import Grants, Reversals
from casework.identifier_records import Identifiers
from casework.orphan_records import OrphanedTickets
from casework.people_records import LedgerEntries, People
from casework.reply_records import Replies
from casework.request_records import Requests
from casework.residue_records import Residue
from casework.retention_records import Retention
from casework.rule_records import StandingRules
from casework.work import Work

T = TypeVar("T")


class Journal(Protocol):
    """What happened, append-only and hash-chained. No personal data."""

    def write(self, event: str, reference: str, now: int, **facts: str | int) -> None:
        """Append a line."""

    def find_break(self) -> int | None:
        """The sequence of the first line that does not follow from those before it, if any."""

    def find_head(self) -> tuple[int, str]:
        """The number of the last line, and its chain value."""

    def find_facts(self, event: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """Reference and facts of each line of this event, in order. Reads the whole journal."""

    def find_events(self, event: str) -> Sequence[tuple[int, str, Mapping[str, Any]]]:
        """Time, reference and facts of each such line, in order. Reads the whole journal."""

    def find_incidents(self) -> Sequence[tuple[int, str, Mapping[str, Any]]]:
        """Time, reference and facts of each incident, in order."""

    def find_lines(self, reference: str) -> Sequence[tuple[int, str, Mapping[str, Any]]]:
        """Time, event and facts of each line about this request, in order."""


class Marks(Protocol):
    """A few named times to remember, in Unix milliseconds."""

    def find(self, name: str) -> int | None:
        """The time, if one was set."""

    def set(self, name: str, value: int) -> None:
        """Remember a time."""

    def bring_back(self, latest: int) -> None:
        """Make what is later that time."""


class Sent(Protocol):
    """What was said to people, so that it is said once: mails and notes."""

    def begin(self, reference: str, what: str, now: int) -> str:
        """Record that it is about to be said. Returns how it stood before.

        ``new``, ``begun`` (an earlier try whose end is not known) or ``sent``.
        """

    def done(self, reference: str, what: str, now: int) -> None:
        """Record that it was said."""

    def find_mails(self, reference: str) -> Sequence[tuple[str, int]]:
        """Which letters went out about this request, and when they were handed over."""


class Records(Protocol):
    """All tables, seen from one point in time. Writing works only inside :meth:`Store.write`."""

    @property
    def deliveries(self) -> Deliveries:
        """What came in."""

    @property
    def requests(self) -> Requests:
        """The requests."""

    @property
    def identifiers(self) -> Identifiers:
        """By which words people could be recognised."""

    @property
    def orphans(self) -> OrphanedTickets:
        """Tickets whose requests are not known here."""

    @property
    def residue(self) -> Residue:
        """What submissions have left in the CRM."""

    @property
    def replies(self) -> Replies:
        """What organisations have replied."""

    @property
    def grants(self) -> Grants:
        """The grants."""

    @property
    def work(self) -> Work:
        """What is to be looked at."""

    @property
    def journal(self) -> Journal:
        """What happened."""

    @property
    def companies(self) -> CompanyRecords:
        """The CRM's companies."""

    @property
    def standing_rules(self) -> StandingRules:
        """What organisations agreed to once and for all."""

    @property
    def reversals(self) -> Reversals:
        """Reversals proposed."""

    @property
    def people(self) -> People:
        """Whose data is kept."""

    @property
    def retention(self) -> Retention:
        """What is old enough to be erased."""

    @property
    def ledger(self) -> LedgerEntries:
        """Credits to be entered by hand."""

    @property
    def marks(self) -> Marks:
        """Times to remember."""

    @property
    def sent(self) -> Sent:
        """What was said to people."""


class Store(Protocol):
    """What is kept."""

    def read(self, look: Callable[[Records], T]) -> T:
        """Look at what is committed."""

    def write(self, change: Callable[[Records], T]) -> T:
        """Change, all or nothing. When this returns, it is on the disk.

        Raises :class:`~casework.errors.NotKept`. ``change`` must not call another service: every
        other writer waits for it.
        """

    def append(self, change: Callable[[Records], T]) -> T:
        """Write down what depends on nothing that is there, such as that a delivery came.

        As :meth:`write`, but several processes may do so at once: ``change`` may look at nothing
        but the rows it writes, and must write no journal. It may be run again.
        """

    def purge_log(self) -> bool:
        """See to it that what was erased is in none of the store's files any more.

        Returns whether that was done; while somebody else reads it cannot be, and never where the
        store clears itself.
        """

    @property
    def clears_itself(self) -> bool:
        """Whether the files are a server's, which clears them in its own time, asked or not."""
