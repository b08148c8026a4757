"""Many requests against a sandbox where five in a hundred of everything goes wrong.

The real service under granian, staff moves by a simulated member of staff, and now and then a
SIGKILL. ``make soak`` runs 10,000 requests, the tests a short form; both check the same end.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from casework.worker import RECURRING
from sandbox.crm.object_types import NOTE, TICKET
from sandbox.crm.records import Record
from sandbox.errors import ApiError
from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.settings import SandboxSettings
from sandbox.staff import change_as_staff
from tests.reliability.journal_and_identity import (
    rows,
    words_found,
    wrong_in_journal,
    wrong_in_work,
)
from tests.running import RunningService, kill, running_service, start

PROBABILITY = 0.05
PROFESSIONALS = 200
ORGANISATIONS = ("Northwind Care", "Harbour Wellbeing Hub", "Acme Logistics", "Riverside School")
#: What staff mean to do with a request, and how often.
PLANS = {"approve": 70, "forget the amount": 8, "away and back": 7, "decline": 10, "withdraw": 5}
#: A 429 of HubSpot's stops every call of the service for ten seconds, so they are counted.
RATE_LIMITS_EVERY = 400
#: How long faults go on after the last submission, in seconds. Lost events then wait for a sweep.
STORM_LASTS = 120.0

FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "webhook.duplicate"},
    {"kind": "webhook.reorder", "delay_ms": 1_000},
    {"kind": "webhook.delay", "delay_ms": 2_000},
    {"kind": "webhook.drop"},
    {"kind": "api.lose_answer"},
    {"kind": "api.error", "status": 503},
    {"kind": "api.slow", "delay_ms": 300},
    {"kind": "api.rate_limit"},
    {"kind": "credits.error", "status": 503},
    {"kind": "credits.rate_limit"},
    {"kind": "credits.slow", "delay_ms": 300},
    {"kind": "credits.lose_answer"},
    {"kind": "credits.unknown_client"},
    {"kind": "smtp.refuse", "status": 451},
)


@dataclass
class Wanted:
    """What is to become of one submission."""

    client: str
    professional: str
    organisation: str
    plan: str
    amount: int
    submitted_ms: int = 0


@dataclass
class Figures:
    """What a run measured."""

    requests: int = 0
    seconds: float = 0.0
    until_quiet: float = 0.0
    kills: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    answers_429: int = 0
    calls: int = 0
    retries_logged: int = 0
    mails: int = 0
    mails_doubled: int = 0
    grants: int = 0
    notes: int = 0
    wrong: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For people and for the document."""
        rate = {"requests_a_second": round(self.requests / max(self.seconds, 0.001), 1)}
        return {**vars(self), **rate}


class CountedFaults:
    """The sandbox's own die, with a count of what it threw."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        take = sandbox.faults.take

        def counted(kind: str, path: str = "", method: str = "") -> Fault | None:
            fault = take(kind, path, method)
            if fault:
                with self._lock:
                    self.counts[kind] += 1
            return fault

        sandbox.faults.take = counted  # type: ignore[method-assign]


class Staff(threading.Thread):
    """Looks at the board again and again, and does with each card what it is meant to."""

    def __init__(self, soak: "Soak") -> None:
        super().__init__(daemon=True)
        self._soak = soak
        self._done: dict[str, int] = {}
        self._looked: dict[str, str] = {}
        self.stopping = threading.Event()

    def run(self) -> None:
        """Until told to stop."""
        while not self.stopping.wait(0.2):
            account = self._soak.sandbox.hubspot
            with account.lock:
                cards = [card for card in account.live(TICKET) if self._label(card) in _OPEN]
            self._soak.learn()
            for card in cards:
                # Somebody else may have it open at this moment.
                with suppress(ApiError):
                    self._look_at(card)

    def _label(self, card: Record) -> str:
        return self._soak.label(card)

    def _look_at(self, card: Record) -> None:
        wanted = self._soak.wanted_of(card)
        if wanted is None:
            return
        label, step = self._label(card), self._done.get(card.id, 0)
        if label == "New" and step == 0:
            self._done[card.id] = 1
            self._first(card, wanted)
        elif label == "Needs attention":
            # They read the note, fill in the amount, and try again.
            self._done[card.id] = step + 1
            self._move(card, "Approved", wanted.amount)

    def _first(self, card: Record, wanted: Wanted) -> None:
        if wanted.plan == "decline":
            self._move(card, "Declined")
        elif wanted.plan == "withdraw":
            self._move(card, "Withdrawn")
        elif wanted.plan == "forget the amount":
            self._move(card, "Approved")
        elif wanted.plan == "away and back":
            self._move(card, "Approved", wanted.amount)
            self._move(card, "Asked organisation")
            self._move(card, "Approved")
        else:
            self._move(card, "Approved", wanted.amount)

    def _move(self, card: Record, label: str, amount: int | None = None) -> None:
        given = {"hs_pipeline_stage": self._soak.stage_id(card, label)}
        if amount is not None:
            given["credits_to_grant"] = str(amount)
        change_as_staff(self._soak.sandbox.hubspot, TICKET, card.id, given)


_OPEN = {"New", "Needs attention"}


class Soak:
    """One run: submit, let staff and the service work, then let it be quiet, and look."""

    def __init__(self, service: RunningService, number: int, seed: int, *, talk: bool) -> None:
        self.service, self.sandbox, self.number = service, service.sandbox, number
        self.figures = Figures(requests=number)
        self._die, self._talk = random.Random(seed), talk
        self._counted = CountedFaults(self.sandbox)
        self._process = service.process
        self.wanted = [self._draw(n) for n in range(number)]
        self._by_client: dict[str, Wanted] = {one.client: one for one in self.wanted}
        self._by_reference: dict[str, Wanted] = {}

    @property
    def database(self) -> Path:
        """The service's file."""
        return self.service.folder / "desk.db"

    def run(self, kills: int, a_second: float, patience: float, storm: float) -> Figures:
        """All of it. Raises nothing: what is wrong is in the figures."""
        begun = time.monotonic()
        self._begin_faults()
        staff = Staff(self)
        staff.start()
        self._submit_all(kills, a_second, begun)
        self._wait_until(lambda: self._open_work() == 0, storm, begun)
        self.sandbox.faults.clear()
        quiet = time.monotonic()
        self._kill_and_start()
        self._wait_until(self._settled, patience, begun)
        staff.stopping.set()
        staff.join()
        self.figures.until_quiet = round(time.monotonic() - quiet, 1)
        self.figures.seconds = round(time.monotonic() - begun, 1)
        self._look()
        return self.figures

    def stop(self) -> None:
        """End the process that runs now; the first one's ``with`` finds it ended."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)

    # --- what happens -------------------------------------------------------------------------

    def _draw(self, number: int) -> Wanted:
        professional = self._die.randrange(PROFESSIONALS)
        return Wanted(
            client=f"klient{number}z@heima.example.is",
            professional=f"therapist{professional}q@clinic.example.is",
            organisation=self._die.choice(ORGANISATIONS),
            plan=self._die.choices(list(PLANS), list(PLANS.values()))[0],
            amount=self._die.randint(1, 20),
        )

    def _begin_faults(self) -> None:
        for how in FAULTS:
            times: int | None = None
            if how["kind"] == "api.rate_limit":
                times = max(1, self.number // RATE_LIMITS_EVERY)
            self.sandbox.faults.add(**how, probability=PROBABILITY, times=times)

    def _submit_all(self, kills: int, a_second: float, begun: float) -> None:
        kill_at = {self.number * (n + 1) // (kills + 1) for n in range(kills)}
        with requests.Session() as session:
            for number, one in enumerate(self.wanted):
                due = begun + number / a_second
                time.sleep(max(0.0, due - time.monotonic()))
                self._submit(session, one)
                if number in kill_at:
                    self._kill_and_start()
                if number % 50 == 0:
                    self._say(begun)

    def _submit(self, session: requests.Session, one: Wanted) -> None:
        fields = {
            "client_email": one.client,
            "employer_or_wellbeing_hub": one.organisation,
            "email": one.professional,
            "additional_information": "sefurilla",
        }
        url = f"{self.sandbox.url}/_sandbox/submit"
        session.post(url, json=fields, timeout=30).raise_for_status()

    def _kill_and_start(self) -> None:
        """As a power cut would, and start again on the same port."""
        kill(self._process)
        self.figures.kills += 1
        port = int(self.service.url.rpartition(":")[2])
        context = start(self.service.folder, self.service.environment, port)
        self._process = context.__enter__()
        self._contexts = [*getattr(self, "_contexts", []), context]

    def _say(self, begun: float) -> None:
        if self._talk:
            seconds = time.monotonic() - begun
            print(
                f"\r{seconds:5.0f} s  submitted {len(self.sandbox.parts.submissions):6}"
                f"  cards {len(self.sandbox.hubspot.records[TICKET.id]):6}"
                f"  grants {len(self.sandbox.credits.grants):6}"
                f"  mails {len(self.sandbox.mailbox.messages):6}"
                f"  faults {sum(self._counted.counts.values()):6}"
                f"  not done {self._open_work():6} ",
                end="",
                flush=True,
            )

    def _wait_until(self, done: Any, patience: float, begun: float) -> None:
        end = time.monotonic() + patience
        while not done() and time.monotonic() < end:
            self._say(begun)
            time.sleep(0.5 if self.number < 1_000 else 2)

    # --- what there is ------------------------------------------------------------------------

    def label(self, card: Record) -> str:
        """The name of the stage where a card stands."""
        pipeline = self.sandbox.hubspot.pipelines.get(TICKET, card.properties["hs_pipeline"])
        return str(pipeline.stages[card.properties["hs_pipeline_stage"]].label)

    def stage_id(self, card: Record, label: str) -> str:
        """The id of the stage of this name."""
        pipeline = self.sandbox.hubspot.pipelines.get(TICKET, card.properties["hs_pipeline"])
        return next(stage.id for stage in pipeline.stages.values() if stage.label == label)

    def wanted_of(self, card: Record) -> Wanted | None:
        """Staff decide by the organisation's answer, which only the soak knows: by reference."""
        reference = card.properties["credit_request_ref"]
        return self._by_reference.get(reference)

    def learn(self) -> None:
        """Which request is of which submission, once that is confirmed."""
        clients = {
            one.conversion_id: one.value("client_email")
            for one in list(self.sandbox.parts.submissions)
        }
        for row in rows(
            self.database, "SELECT reference, conversion_id FROM requests WHERE confirmed = 1"
        ):
            self._by_reference[row["reference"]] = self._by_client[clients[row["conversion_id"]]]

    def _open_work(self) -> int:
        """How many requests are not where they should end."""
        with self.sandbox.hubspot.lock:
            labels = Counter(self.label(card) for card in self.sandbox.hubspot.live(TICKET))
        return self.number - sum(labels[label] for label in _ENDS)

    def _settled(self) -> bool:
        waiting = rows(
            self.database,
            f"SELECT count(*) AS number FROM work WHERE kind NOT IN {tuple(map(str, RECURRING))}",
        )
        return (
            self._open_work() == 0
            and not waiting[0]["number"]
            and self.sandbox.idle()
            and self._mails_are_there()
        )

    def _mails_are_there(self) -> bool:
        unsent = rows(self.database, "SELECT count(*) AS number FROM sent WHERE sent_at IS NULL")
        return not unsent[0]["number"]

    # --- what must hold -----------------------------------------------------------------------

    def _look(self) -> None:
        figures = self.figures
        figures.faults = dict(sorted(self._counted.counts.items()))
        figures.calls = len(self.sandbox.requests_seen)
        figures.answers_429 = figures.faults.get("api.rate_limit", 0) + figures.faults.get(
            "credits.rate_limit", 0
        )
        log = self.service.log.read_text(errors="replace")
        figures.retries_logged = log.count("to be tried again")
        figures.grants = len(self.sandbox.credits.grants)
        figures.notes = len(self.sandbox.hubspot.live(NOTE))
        figures.wrong = [
            *wrong_in_journal(self.database),
            *wrong_in_work(self.database, time.time_ns() // 1_000_000, hours_later=False),
            *self._wrong_in_requests(),
            *self._wrong_in_credits(),
            *self._wrong_in_mails(),
            *self._identity_outside(),
        ]

    def _wrong_in_requests(self) -> list[str]:
        kept = rows(self.database, "SELECT * FROM requests")
        submitted = {one.conversion_id for one in self.sandbox.parts.submissions}
        ids = Counter(row["conversion_id"] for row in kept)
        wrong = []
        if len(kept) != self.number or set(ids) != submitted:
            wrong.append(f"{len(kept)} requests for {len(submitted)} submissions")
        cards = self.sandbox.hubspot.live(TICKET)
        by_reference = Counter(card.properties["credit_request_ref"] for card in cards)
        if by_reference != Counter(row["reference"] for row in kept):
            wrong.append(f"{len(cards)} cards for {len(kept)} requests")
        self.learn()
        for card in cards:
            wanted = self._by_reference.get(card.properties["credit_request_ref"])
            label = self.label(card)
            if wanted is None or label != _END_OF.get(wanted.plan, "Credits added"):
                wrong.append(f"card {card.id}: {label}, {wanted and wanted.plan}")
            elif card.properties["credit_request_organisation"] != wanted.organisation:
                wrong.append(f"card {card.id}: another organisation")
        return wrong

    def _wrong_in_credits(self) -> list[str]:
        ledger = self.sandbox.credits
        due = {one.client: one.amount for one in self.wanted if one.plan not in _END_OF}
        wrong = [
            f"a client has {ledger.balances.get(client, 0)} instead of {amount}"
            for client, amount in due.items()
            if ledger.balances.get(client, 0) != amount
        ]
        if len(ledger.grants) != len(due) or set(ledger.balances) != set(due):
            wrong.append(f"{len(ledger.grants)} grants for {len(due)} approvals")
        kept = rows(self.database, "SELECT state, count(*) AS n FROM grants GROUP BY state")
        if {row["state"]: row["n"] for row in kept}.get("posted", 0) != len(due):
            wrong.append(f"grants kept: {kept}")
        return wrong

    def _wrong_in_mails(self) -> list[str]:
        ids = Counter(_header(mail.raw, b"message-id") for mail in self.sandbox.mailbox.messages)
        self.figures.mails = sum(ids.values())
        self.figures.mails_doubled = self.figures.mails - len(ids)
        granted = sum(one.plan not in _END_OF for one in self.wanted)
        declined = sum(one.plan == "decline" for one in self.wanted)
        if len(ids) != self.number + granted + declined:
            return [f"{len(ids)} mails for {self.number} + {granted} + {declined}"]
        return []

    def _identity_outside(self) -> list[str]:
        account = self.sandbox.hubspot
        texts = [
            value
            for kind in (TICKET, NOTE)
            for record in account.live(kind)
            for value in record.properties.values()
        ]
        log = self.service.log.read_text(errors="replace")
        people = ["klient", "therapist", "sefurilla", "@heima", "@clinic"]
        return words_found([*texts, log], people)


_ENDS = ("Credits added", "Declined", "Withdrawn")
_END_OF: Mapping[str, str] = {"decline": "Declined", "withdraw": "Withdrawn"}


def _header(raw: bytes, name: bytes) -> bytes:
    for line in raw.split(b"\r\n\r\n", 1)[0].splitlines():
        if line.lower().startswith(name + b":"):
            return line.split(b":", 1)[1].strip()
    return b""


def soak(
    folder: Path,
    number: int,
    *,
    kills: int = 1,
    a_second: float = 20.0,
    patience: float = 60.0,
    storm: float = STORM_LASTS,
    seed: int = 1,
    talk: bool = False,
) -> Figures:
    """Run, and return what was measured."""
    settings = SandboxSettings(seed=seed, rate_limit=100_000)
    with running_service(folder, sandbox_settings=settings) as service:
        run = Soak(service, number, seed, talk=talk)
        try:
            return run.run(kills, a_second, patience, storm)
        finally:
            run.stop()


def main() -> int:
    """``make soak``: returns 1 if anything does not hold."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--a-second", type=float, default=20.0)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--patience", type=float, default=900.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = soak(
            Path(folder),
            given.requests,
            kills=given.kills,
            a_second=given.a_second,
            patience=given.patience,
            seed=given.seed,
            talk=True,
        )
    print()
    print(json.dumps({**figures.as_json(), "wrong": figures.wrong[:20]}, indent=2))
    return 1 if figures.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
