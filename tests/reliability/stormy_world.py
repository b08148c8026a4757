"""The small world of the rules' tests, in bad weather.

Any call to another service may fail, get lost on its way back, or take effect late; any write may
be refused; and the process may die before or after each of them, upon which another one takes over
the same database with the same world outside. While a call is on its way, other lanes and staff may
be at work.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bootstrap import _ask_for_recurring
from casework.errors import NotKept, Refused, Unavailable
from casework.ports import Sealer
from casework.read_submissions import begin_reading
from casework.worker import LANES, run_round
from storage.sqlite import SqliteStore
from storage.tables import Tables
from tests.world import World

T = TypeVar("T")

#: What a service may do to a call. ``late``: time out, and do it all the same within two minutes.
MODES = ("unavailable", "lost", "late", "refused")
#: Shorter than the rules wait for a call that may still have its effect.
LATE_BY = 90_000


class Died(BaseException):
    """The process was killed here. Nothing may catch this but who starts the next one."""


@dataclass
class Weather:
    """What goes wrong next, and when the process dies."""

    dies_in: int | None = None
    refused_writes: int = 0
    meanwhile_in: int | None = None
    meanwhile: Callable[[], None] | None = None
    faults: dict[str, list[str]] = field(default_factory=dict)
    late: list[tuple[int, Callable[[], object]]] = field(default_factory=list)
    true_time: int = 0
    #: How many mails may have been sent without our knowing, by reference and kind.
    doubtful_mails: dict[tuple[str, str], int] = field(default_factory=dict)
    #: The mail that was sent and is not recorded yet.
    last_mail: tuple[str, str] | None = None

    def new_process(self) -> None:
        """What was about to happen to the old process does not happen to the new one."""
        self.dies_in = self.meanwhile_in = self.meanwhile = None

    def clear(self) -> None:
        """The sun shines. What is late still happens."""
        self.new_process()
        self.refused_writes = 0
        self.faults.clear()

    def point(self) -> None:
        """A place where the process may die."""
        if self.dies_in is not None:
            self.dies_in -= 1
            if self.dies_in < 0:
                self.doubt()
                raise Died

    def doubt(self) -> None:
        """What was sent last was not recorded, so it is sent once more."""
        if self.last_mail:
            before = self.doubtful_mails.get(self.last_mail, 0)
            self.doubtful_mails[self.last_mail] = before + 1
        self.last_mail = None

    def pass_time(self, milliseconds: int) -> None:
        """Let time pass outside, and what is late happen."""
        self.true_time += milliseconds
        due = [act for at, act in self.late if at <= self.true_time]
        self.late = [(at, act) for at, act in self.late if at > self.true_time]
        for act in due:
            try:
                act()
            except Refused:
                continue  # nobody listens any more

    def call(self, service: str, real: Callable[..., Any], arguments: Sequence[Any]) -> Any:
        """A call to another service, with all that may happen to it."""
        self.point()
        self._something_else()
        queue = self.faults.get(service)
        fault = queue.pop(0) if queue else ""
        if fault == "unavailable":
            raise Unavailable(service, "call", "503")
        if fault == "refused" and service == "credits":
            raise Refused(service, "call", "REFUSED")
        if fault == "late" and service == "credits":
            self.late.append((self.true_time + LATE_BY, lambda: real(*arguments)))
            raise Unavailable(service, "call", "TIMED_OUT")
        result = real(*arguments)
        self._something_else()
        if service == "mail":
            self.last_mail = arguments[0].reference, str(arguments[0].kind)
        self.point()
        if fault == "lost":
            self.doubt()
            raise Unavailable(service, "call", "LOST")
        return result

    def _something_else(self) -> None:
        if self.meanwhile_in is None or self.meanwhile is None:
            return
        self.meanwhile_in -= 1
        if self.meanwhile_in < 0:
            act, self.meanwhile, self.meanwhile_in = self.meanwhile, None, None
            act()


class Outside:
    """A service outside, seen through the weather. What staff do there goes past it."""

    def __init__(self, service: str, real: object, weather: Weather) -> None:
        self._service, self._real, self._weather = service, real, weather

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if not callable(found) or name.startswith(("_", "staff_", "balance")):
            return found
        return lambda *arguments: self._weather.call(self._service, found, arguments)


class StormyStore(SqliteStore):
    """The real store, whose process may die around each write."""

    def __init__(self, path: Path, sealer: Sealer, weather: Weather) -> None:
        super().__init__(path, sealer)
        self._weather = weather

    def write(self, change: Callable[[Tables], T]) -> T:
        """Change, if the disk takes it."""
        self._weather.point()
        if self._weather.refused_writes:
            self._weather.refused_writes -= 1
            self._weather.doubt()
            raise NotKept("the disk is full")
        result = super().write(change)
        self._weather.last_mail = None
        self._weather.point()
        return result


class StormyWorld(World):
    """The world, with weather, and a machine's clock that may be wrong by ``skew``."""

    def __init__(self, folder: Path, weather: Weather) -> None:
        super().__init__(folder)
        self.weather, self.folder = weather, folder
        self._at_work: list[str] = []
        weather.true_time = self.now
        self.store.close()
        for name, service in (
            ("desk", "desk"),
            ("account", "credits"),
            ("submissions", "list"),
            ("mailer", "mail"),
            ("companies", "companies"),
        ):
            if hasattr(self, name):
                setattr(self, name, Outside(service, getattr(self, name), weather))
        self._open()

    @property
    def database(self) -> Path:
        """The file of the store."""
        return self.folder / "desk.db"

    def _open(self) -> None:
        self.store = StormyStore(self.database, self.sealer, self.weather)
        self.gate._store = self.store
        self.steps = self._steps()

    def restart(self, skew: int) -> None:
        """Another process takes over, on a machine whose clock may be wrong."""
        self.weather.new_process()
        refused, self.weather.refused_writes = self.weather.refused_writes, 0
        self.store.close()
        self._open()
        self.now = self.weather.true_time + skew
        begin_reading(self.store, self.now)
        self.store.write(partial(_ask_for_recurring, now=self.now))
        self.weather.refused_writes = refused

    def pass_time(self, milliseconds: int) -> None:
        """Time passes, for everybody."""
        self.weather.pass_time(milliseconds)
        self.now += milliseconds

    def later(self, milliseconds: int) -> None:
        """Let time pass, and do what is due then."""
        self.pass_time(milliseconds)
        self.run()

    def run(self, *lanes: str) -> None:
        """Do what is due in these lanes, or in all, until nothing is."""
        for _ in range(200):
            busy = [self.one_round(lane) for lane in lanes or LANES]
            if not any(busy):
                return
        raise AssertionError("the work never ends")

    def one_round(self, lane: str) -> bool:
        """One batch of one lane, unless it is at work further up: it has one owner."""
        if lane in self._at_work:
            return False
        self._at_work.append(lane)
        try:
            return run_round(self.store, self.steps, LANES[lane], lambda: self.now)
        finally:
            self._at_work.remove(lane)
