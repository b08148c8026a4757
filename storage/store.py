"""What every engine's store can do, beside what the rules need of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from casework.work import Kind
from storage.tables import Tables

T = TypeVar("T")


class TableStore(Protocol):
    """Implements :class:`casework.records.Store` and :class:`casework.lanes.LaneLocks`.

    ``announce`` is called with the kinds of work that were asked for, once that is committed: by
    this process, or, where the engine can tell, by any other.
    """

    announce: Callable[[frozenset[Kind]], None]

    def read(self, look: Callable[[Tables], T]) -> T:
        """Look at what is committed, at one point in time."""

    def write(self, change: Callable[[Tables], T]) -> T:
        """Change, all or nothing; on the disk when this returns."""

    def append(self, change: Callable[[Tables], T]) -> T:
        """Write down what depends on nothing that is there; see :class:`casework.records.Store`."""

    def check_keys(self) -> None:
        """Make sure that what is sealed here opens with our keys.

        Raises :class:`casework.errors.Unreadable` for other keys than this database was made with.
        """

    def purge_log(self) -> bool:
        """Take what was erased out of the engine's own files as well, and say if that was done."""

    @property
    def clears_itself(self) -> bool:
        """Whether the files are a server's, which clears them in its own time, asked or not."""

    def own_lane(self, lane: str) -> AbstractContextManager[Callable[[], bool]]:
        """Try to own a lane. Gives a way to ask whether we do."""

    def close(self) -> None:
        """Finish what waits, and let go of the database."""
