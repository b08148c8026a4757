"""What may befall whoever owns the lanes, and how it goes on afterwards."""

import signal
import time
from collections.abc import Callable

from tests.machines.fleet import Fleet, Worker
from tests.machines.writers_book import Takeover
from tests.running import until


def pause(fleet: Fleet, owner: Worker) -> Takeover:
    """SIGSTOP, and SIGCONT once another has its lanes: then it stands by, and lives."""
    owner.signal(signal.SIGSTOP)
    taken = fleet.book.wait_for_takeover("pause", time.time(), owner.name)
    owner.signal(signal.SIGCONT)
    stands_by(fleet, owner)
    return taken


def kill(fleet: Fleet, owner: Worker) -> Takeover:
    """SIGKILL; somebody starts it again later."""
    owner.signal(signal.SIGKILL)
    taken = fleet.book.wait_for_takeover("kill", time.time(), owner.name)
    assert owner.process is not None
    owner.process.wait()
    fleet.start_worker(owner)
    stands_by(fleet, owner)
    return taken


def restart(fleet: Fleet, owner: Worker) -> Takeover:
    """The database is stopped and started, as for an update. Anybody may be the next owner.

    Counted from when it answers again.
    """
    fleet.server.stop()
    down = time.time()
    fleet.server.start()
    return fleet.book.wait_for_takeover("restart", time.time(), down=down)


def crash(fleet: Fleet, owner: Worker) -> Takeover:
    """All of the database's processes die at once, and it is started again. Counted as above."""
    fleet.server.crash()
    down = time.time()
    fleet.server.start()
    return fleet.book.wait_for_takeover("crash", time.time(), down=down)


def cut(fleet: Fleet, owner: Worker) -> Takeover:
    """All connections between the owner and the database are reset, and refused for a while."""
    assert owner.proxy is not None
    begun = time.time()
    owner.proxy.cut()
    taken = fleet.book.wait_for_takeover("cut", begun, owner.name)
    owner.proxy.mend()
    stands_by(fleet, owner)
    return taken


def freeze(fleet: Fleet, owner: Worker) -> Takeover:
    """Nothing passes between the owner and the database, and nobody is told."""
    assert owner.proxy is not None
    begun = time.time()
    owner.proxy.freeze()
    taken = fleet.book.wait_for_takeover("freeze", begun, owner.name)
    owner.proxy.mend()
    stands_by(fleet, owner)
    return taken


FAULTS: tuple[Callable[[Fleet, Worker], Takeover], ...] = (
    pause,
    kill,
    restart,
    crash,
    cut,
    freeze,
)


def stands_by(fleet: Fleet, worker: Worker) -> None:
    """Wait until it is connected, ready to take over, and alive; and see that it owns nothing."""

    def is_connected() -> bool:
        listening = "SELECT 1 FROM pg_stat_activity WHERE application_name = %s"
        return len(fleet.book.rows(listening, worker.name)) >= 3

    until(is_connected, 20)
    assert worker.is_alive()
    assert fleet.book.find_owner() != worker.name
