"""What is measured: the door, what the worker does, what people look at, and the start."""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count as count_up

from flask import Flask

from bench.growth.invented import COMPANIES, DAY, company
from bench.growth.places import Place
from bootstrap import bring_to_now
from casework.delivery_records import Route
from casework.incidents import find_incidents
from casework.ports import Sealer
from casework.read_submissions import begin_reading
from casework.receive import keep_delivery
from casework.records import Records
from casework.request import Role
from casework.stages import Stage
from casework.tickets import draft_for
from casework.what_is_left import find_left
from casework.worker import LANES, Leftovers, Step, run_round
from commands.looking import count
from storage.sealing import TinkSealer
from storage.store import TableStore
from storage.tables import Tables
from tests.fakes.fake_desk import FakeTicket
from tests.webhook.signed_by_hand import SECRET, URL, sign_v3
from tests.world import MINUTE, NOON, World
from webhook.door import make_door
from webhook.signatures import Verifier

#: Requests in a round of measuring.
EACH = 20
#: How often what is quick is done, so that it can be timed.
_OFTEN = 20
_LISTED = 100

#: No two stores are told the same, or the second would find in a cache what the first worked out.
_TURNS = count_up(1)


@dataclass
class Took:
    """Milliseconds for each thing that was done, and how long this process computed for it."""

    clock: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    cpu: dict[str, float] = field(default_factory=lambda: defaultdict(float))


class Actor:
    """Does everything once more for each round, to one store; what is invented is always new."""

    def __init__(self, place: Place, sealer: TinkSealer) -> None:
        self._place, self._sealer = place, sealer
        self._world = World(place.folder, place.url, sealer=sealer)
        self.store = self._world.store
        self._world.companies.all = [company(n) for n in range(COMPANIES)]
        self._door = _door(self.store, sealer).test_client()
        self._turn = 0
        self._took = Took()
        self._know_tickets()
        self._watch_steps()

    def act(self) -> Iterator[Took]:
        """One round, in pieces, between which the other store has its turn."""
        self._took = Took()
        self._turn = next(_TURNS)
        before = set(self._world.desk.tickets)
        self._knock()
        yield self._took
        self._world.run()
        yield self._took
        self._submit()
        yield self._took
        new = [one for one in self._world.desk.tickets if one not in before]
        for stage in (Stage.ASKED, Stage.APPROVED):
            self._staff_move(new, stage)
            yield self._took
        self._world.later(10 * MINUTE)
        yield self._took
        self._world.sweep()
        for look in (*self._looks(), self._pass_the_gate, self._start):
            yield self._took
            look()
        yield self._took

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _knock(self) -> None:
        """Events that nobody waits for, one after the other, as HubSpot sends them."""
        bodies = [self._event(n) for n in range(5 * EACH)]
        path = "/webhook/crm"
        signed = [sign_v3(body, path, at=NOON, url=URL) for body in bodies]
        with self._timed("door: signed delivery → 204", len(bodies)):
            for body, headers in zip(bodies, signed, strict=True):
                answer = self._door.post(path, data=body, headers=headers)
                assert answer.status_code == 204, answer.status_code

    def _event(self, n: int) -> bytes:
        told = {"ticket": "1", "echo_of": "", "at": self._turn * 1_000 + n, "more": "x" * 200}
        return json.dumps(told).encode()

    def _submit(self) -> None:
        """Requests come in, are shown by the list, and get their tickets."""
        for n in range(EACH):
            id_ = f"new-{self._turn}-{n}"
            fields = {
                "client": f"client{self._turn}x{n}@example.is",
                "org": company(n).name,
                "pro": f"pro{n}@clinic.example.is",
                "why": "Hefur mætt í sex tíma og þarf fleiri.",
            }
            body = json.dumps({**fields, "id": id_}).encode()
            keep_delivery(self.store, self._sealer, Route.FORM, body, self._world.now)
            self._world.submit(id_, **fields)
        self._world.run()
        self._world.read_list()

    def _staff_move(self, ticket_ids: list[str], stage: Stage) -> None:
        for ticket_id in ticket_ids:
            self._world.desk.staff_move(ticket_id, stage, "6")
            self._world.stage_event(ticket_id)
        self._world.run()

    def _looks(self) -> Iterator[Callable[[], None]]:
        """What people ask for at a desk."""
        references = list(self.store.read(_some_references))
        looks: Mapping[str, Callable[[Tables], object]] = {
            "desk status": partial(count, since=self._world.now - 30 * DAY),
            "desk parked": lambda tables: tables.work.find_parked(),
            "desk incidents": find_incidents,
            "desk residue": partial(find_left, most=_LISTED),
            "desk reversals": lambda tables: tables.reversals.find_open(),
            "desk rules": lambda tables: tables.standing_rules.find_all(),
            "requests that wait": lambda tables: tables.requests.find_long_unconfirmed(10**14),
            "a request, with all about it": partial(_everything, references=references),
            "a person's requests": lambda tables: tables.people.find_requests(Role.CLIENT, "x"),
        }
        for name, look in looks.items():
            yield partial(self._look, f"list: {name}", look)

    def _look(self, name: str, look: Callable[[Tables], object]) -> None:
        with self._timed(name, _OFTEN):
            for _ in range(_OFTEN):
                self.store.read(look)

    def _pass_the_gate(self) -> None:
        texts = [f"Jón Jónsson {self._turn} og Guðrún {n} hjá Marel" for n in range(_OFTEN)]
        with self._timed("gate: a text that leaves", _OFTEN):
            for text in texts:
                self._world.gate.look([[text]])

    def _start(self) -> None:
        """As a process that starts does, beside the one that runs."""
        with self._timed("start of the service", 1):
            store: TableStore = self._place.open(self._sealer)
            store.check_keys()
            begin_reading(store, NOON)
            store.write(partial(bring_to_now, now=self._world.now, delay=5 * MINUTE))
        store.close()

    def _know_tickets(self) -> None:
        """The CRM has the tickets of what is in hand, as they should look."""
        watched = self.store.read(lambda t: t.requests.find_tickets_to_watch(NOON - 30 * DAY))
        for id_, request in self.store.read(
            lambda tables: tables.requests.find_by_tickets(watched)
        ).items():
            texts = dict(draft_for(request).texts)
            self._world.desk.tickets[id_] = FakeTicket(id_, request.reference, request.stage, "6")
            self._world.desk.tickets[id_].texts = texts
        self._world.desk._next_id = 90_000_000_000

    def _watch_steps(self) -> None:
        """Time each kind of step, with what comes before and after it in a round."""
        self._world.run = self._run  # type: ignore[method-assign, assignment]

    def _run(self) -> None:
        for _ in range(200):
            busy = [self._round(lane) for lane in LANES]
            if not any(busy):
                return
        raise AssertionError("the work never ends")

    def _round(self, lane: str) -> bool:
        done: list[str] = []

        def noted(kind: str, step: Step) -> Step:
            def run(keys: list[str], now: int) -> Leftovers:
                done.append(kind)
                return step(keys, now)

            return run  # type: ignore[return-value]

        steps = {kind: noted(kind, self._world.steps[kind]) for kind in LANES[lane]}
        clock, cpu = time.perf_counter(), time.process_time()
        any_ = run_round(self.store, steps, LANES[lane], lambda: self._world.now)
        if done:
            self._note(f"worker: {done[0]}", clock, cpu, 1)
            self._note("worker: all of it", clock, cpu, 1)
        return any_

    @contextmanager
    def _timed(self, name: str, times: int) -> Iterator[None]:
        clock, cpu = time.perf_counter(), time.process_time()
        yield
        self._note(name, clock, cpu, times)

    def _note(self, name: str, clock: float, cpu: float, times: int) -> None:
        """How long it took since then."""
        self._took.clock[name] += (time.perf_counter() - clock) * 1000 / times
        self._took.cpu[name] += (time.process_time() - cpu) * 1000 / times


def _some_references(records: Records) -> list[str]:
    watched = records.requests.find_tickets_to_watch(NOON)
    return [one.reference for one in records.requests.find_by_tickets(watched[:_OFTEN]).values()]


def _everything(tables: Tables, references: list[str]) -> None:
    for reference in references[:1]:
        tables.requests.find([reference])
        tables.requests.get_details(reference)
        tables.grants.find([reference])
        tables.journal.find_lines(reference)
        tables.sent.find_mails(reference)
        tables.replies.find(reference)
        tables.residue.find([reference])


def _door(store: TableStore, sealer: Sealer) -> Flask:
    app = Flask("growth", static_folder=None)
    verifier = Verifier(lambda: [SECRET], frozenset({"v3"}))
    app.register_blueprint(
        make_door(
            verifier=verifier,
            store=store,
            sealer=sealer,
            public_base_url=URL,
            clock=lambda: NOON,
        )
    )
    return app
