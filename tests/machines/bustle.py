"""Professionals who submit and staff who approve, all the while, and what must have come of it."""

import threading
from collections import Counter
from contextlib import suppress
from typing import Any

import requests

from casework.work import Kind
from casework.worker import RECURRING
from sandbox.crm.object_types import TICKET
from sandbox.crm.records import Record
from sandbox.errors import ApiError
from sandbox.staff import change_as_staff
from tests.machines.fleet import Fleet
from tests.running import until

#: Between two submissions, in seconds.
PAUSE = 0.8
#: How long everything may take to settle once it is quiet, in seconds.
PATIENCE = 60.0


class Bustle:
    """Submissions one after the other, each from another professional for another client."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet, self._sandbox = fleet, fleet.sandbox
        self.submitted = 0
        #: By reference, what staff approved.
        self.approved: dict[str, int] = {}
        self._quiet, self._closed = threading.Event(), threading.Event()
        self._threads = [
            threading.Thread(target=self._submit, daemon=True),
            threading.Thread(target=self._approve, daemon=True),
        ]

    def start(self) -> None:
        """Let them come."""
        for thread in self._threads:
            thread.start()

    def wait_for_grants(self, number: int) -> None:
        """Wait until so many more were made."""
        enough = len(self._sandbox.credits.grants) + number
        until(lambda: len(self._sandbox.credits.grants) >= enough, PATIENCE)

    def end(self) -> None:
        """Let nobody else come, and wait until everybody has what they asked for."""
        self._quiet.set()
        self._threads[0].join()
        try:
            until(self._is_settled, PATIENCE)
        except AssertionError:
            raise AssertionError(self.how_it_stands()) from None
        finally:
            self._closed.set()
            self._threads[1].join()

    def _submit(self) -> None:
        with requests.Session() as session:
            while not self._quiet.wait(PAUSE):
                number = self.submitted + 1
                fields = {
                    "client_email": f"klient{number}z@heima.example.is",
                    "employer_or_wellbeing_hub": "Northwind Care",
                    "email": f"therapist{number}q@clinic.example.is",
                    "additional_information": "sefurilla",
                }
                url = f"{self._sandbox.url}/_sandbox/submit"
                session.post(url, json=fields, timeout=30).raise_for_status()
                self.submitted = number

    def _approve(self) -> None:
        while not self._closed.wait(0.1):
            for card in self._cards():
                if self._label(card) == "New":
                    with suppress(ApiError):
                        self._approve_one(card)

    def _approve_one(self, card: Record) -> None:
        amount = 1 + int(card.id) % 20
        given = {"hs_pipeline_stage": self._stage_id(card, "Approved")}
        account = self._sandbox.hubspot
        change_as_staff(account, TICKET, card.id, {**given, "credits_to_grant": str(amount)})
        self.approved[card.properties["credit_request_ref"]] = amount

    def _cards(self) -> list[Record]:
        with self._sandbox.hubspot.lock:
            return list(self._sandbox.hubspot.live(TICKET))

    def _label(self, card: Record) -> str:
        pipeline = self._sandbox.hubspot.pipelines.get(TICKET, card.properties["hs_pipeline"])
        return str(pipeline.stages[card.properties["hs_pipeline_stage"]].label)

    def _stage_id(self, card: Record, label: str) -> str:
        pipeline = self._sandbox.hubspot.pipelines.get(TICKET, card.properties["hs_pipeline"])
        return next(stage.id for stage in pipeline.stages.values() if stage.label == label)

    def _is_settled(self) -> bool:
        labels = Counter(self._label(card) for card in self._cards())
        if labels["Credits added"] < self.submitted or not self._sandbox.idle():
            return False
        ((waiting,),) = self._fleet.book.rows(
            "SELECT count(*) FROM work WHERE parked_at IS NULL AND NOT kind = ANY(%s)",
            [str(kind) for kind in {*RECURRING, Kind.SWEEP_RESIDUE}],  # those are due later
        )
        return not waiting

    def wrong(self) -> list[str]:
        """What is not as it must be in the end."""
        return [
            *self._wrong_in_cards(),
            *self._wrong_in_credits(),
            *self._wrong_in_what_is_kept(),
            *self._fleet.book.wrong(),
        ]

    def _wrong_in_cards(self) -> list[str]:
        cards = Counter(card.properties["credit_request_ref"] for card in self._cards())
        kept = {reference for (reference,) in self._rows("SELECT reference FROM requests")}
        if set(cards) != kept or len(kept) != self.submitted or cards.total() != self.submitted:
            counted = f"{len(kept)} requests, {cards.total()} tickets"
            return [f"{counted} for {self.submitted} submissions"]
        return []

    def _wrong_in_credits(self) -> list[str]:
        """One grant for each approved request: the amount typed, for the client of the form."""
        clients = {
            one.conversion_id: one.value("client_email") for one in self._sandbox.parts.submissions
        }
        due = Counter(
            (reference, clients[conversion_id], self.approved[reference])
            for reference, conversion_id in self._rows(
                "SELECT reference, conversion_id FROM requests"
            )
            if reference in self.approved
        )
        asked = [dict(grant.asked) for grant in self._sandbox.credits.grants.values()]
        made = Counter((one["reference"], one["client_email"], one["credits"]) for one in asked)
        wrong = []
        if made != due:
            wrong.append(f"grants are {(made - due) or 'missing'}, due {due - made}")
        posted = self._rows("SELECT reference, credits FROM grants WHERE state = 'posted'")
        if dict(posted) != self.approved:
            wrong.append(f"{len(posted)} grants kept for {len(self.approved)} approvals")
        return wrong

    def _wrong_in_what_is_kept(self) -> list[str]:
        wrong = [
            f"parked: {kind} {key}"
            for kind, key in self._rows("SELECT kind, key FROM work WHERE parked_at IS NOT NULL")
        ]
        done = self._fleet.desk("verify")
        if done.returncode:
            wrong.append(f"desk verify: {done.stdout}{done.stderr}")
        return wrong

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._fleet.book.rows(sql)

    def how_it_stands(self) -> str:
        """What is not settled yet, for whoever waits in vain."""
        labels = Counter(self._label(card) for card in self._cards())
        work = self._rows("SELECT kind, count(*), min(due_at), max(error) FROM work GROUP BY kind")
        idle = self._sandbox.idle()
        return f"{self.submitted} submitted, {dict(labels)}, idle {idle}, work {work}"
