"""The one place that knows everybody: it wires the parts together with plain calls."""

import atexit
import logging
import sys
import threading
from dataclasses import dataclass
from functools import partial

from flask import Flask

from casework.egress_log import GuardedFormatter
from casework.errors import CreditsDeskError
from casework.lanes import LaneWorker
from casework.read_submissions import begin_reading
from casework.read_words import read_words
from casework.records import Records
from casework.tell_reason import ReasonPolicy
from casework.work import Kind
from casework.worker import LANES, RECURRING, WHOLE
from config import BadSettings, Config, read_config
from integrations.hubspot.desk import HubSpotDesk
from parts import (
    make_client,
    make_desk,
    make_gate,
    open_store,
)
from steady import SteadyClock, wall_clock
from steps import make_steps
from storage.sealing import TinkSealer
from storage.store import TableStore
from webhook.door import make_door
from webhook.signatures import Verifier

log = logging.getLogger(__name__)

#: How long a stop waits for the batches at hand, in seconds.
_PATIENCE = 10.0

#: Beside an undo window nothing is put off for longer, in milliseconds.
LONGEST_WAIT = 6 * 3_600_000

#: With this exit status a gunicorn master stops instead of starting the worker again.
_CANNOT_START = 3


@dataclass(frozen=True)
class Service:
    """All parts, wired. Nothing runs before :meth:`start`."""

    config: Config
    store: TableStore
    sealer: TinkSealer
    desk: HubSpotDesk
    workers: tuple[LaneWorker, ...]
    clock: SteadyClock

    def start(self) -> None:
        """Start the workers, and the work that comes round for ever.

        A process that only answers at the door starts none of it.
        """
        if not self.workers:
            return
        now = self.clock()
        begin_reading(self.store, now)
        self.store.write(partial(bring_to_now, now=now, delay=self.config.grant_delay))
        self.store.write(partial(_ask_for_recurring, now=now))
        self.store.announce = self._wake
        if self.config.database().server:  # so we may be standing by
            redacts = self.config.reason_on_ticket is not ReasonPolicy.NEVER
            read = partial(read_words, redacts=redacts)
            threading.Thread(target=read, name="words", daemon=True).start()
        for worker in self.workers:
            worker.start()

    def stop(self) -> None:
        """Finish what is at hand, and close the store."""
        for worker in self.workers:
            worker.stop()
        for worker in self.workers:
            worker.join(_PATIENCE)
        self.store.close()
        log.info("stopped")

    def _wake(self, kinds: frozenset[Kind]) -> None:
        for worker in self.workers:
            if kinds.intersection(worker.kinds):
                worker.wake()


def bring_to_now(records: Records, now: int, delay: int) -> None:
    """Undo what a clock that was ahead has written: nothing is put off for longer than this."""
    records.work.bring_forward(now + max(delay, LONGEST_WAIT))
    records.grants.bring_forward(now + delay)
    records.requests.bring_back(now)
    records.marks.bring_back(now)
    records.retention.bring_back(now)


def _ask_for_recurring(records: Records, now: int) -> None:
    for kind in RECURRING:
        records.work.ask(kind, [WHOLE], now)


def make_service(config: Config, *, works: bool) -> Service:
    """Wire everything, for a process that does the work or for one that does not.

    Raises :class:`CreditsDeskError`.
    """
    store, sealer = open_store(config)
    gate = make_gate(store, sealer)
    client = make_client(config, gate)
    desk = make_desk(config, client)
    clock = SteadyClock()
    steps = make_steps(config, store, sealer, gate, client, desk, clock)
    workers = tuple(
        LaneWorker(lane, kinds, store=store, locks=store, steps=steps, clock=clock)
        for lane, kinds in (LANES if works else {}).items()
    )
    return Service(config, store, sealer, desk, workers, clock)


def make_app(service: Service) -> Flask:
    """The web application of a service."""
    app = Flask("credits_desk", static_folder=None)
    app.register_blueprint(
        make_door(
            verifier=Verifier(
                service.config.hubspot_client_secrets, service.config.hubspot_signatures
            ),
            store=service.store,
            sealer=service.sealer,
            public_base_url=service.config.public_base_url,
            clock=wall_clock,
        )
    )
    return app


def open_log(level: int) -> None:
    """Log to standard error, through a formatter that the gate guards.

    A line that cannot be written is lost: Python would print it as it is, with its arguments.
    """
    logging.raiseExceptions = False
    handler = logging.StreamHandler()
    handler.setFormatter(GuardedFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


def serve() -> Flask:
    """Start the service with the settings of the environment, with its workers unless they say no.

    Where that cannot be, says why on standard error and ends the process.
    """
    open_log(logging.INFO)
    try:
        config = read_config()
        service = make_service(config, works=config.run_worker)
        service.start()
    except (BadSettings, CreditsDeskError) as error:
        sys.stderr.write(f"Credits Desk cannot start. {error}\n")
        sys.exit(_CANNOT_START)
    atexit.register(service.stop)
    return make_app(service)
