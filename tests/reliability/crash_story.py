"""The story that is interrupted: two requests, from the form to the mails.

People do each thing once and do not know about crashes; what was not answered is delivered again.
How far they have come is kept beside the database, so that the next process goes on from there.
"""

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import requests

import bootstrap
from casework.stages import MEANINGS, Stage
from casework.worker import run_round
from config import read_config
from sandbox.webhooks.signing import crm_headers, workflow_headers

MINUTE = 60_000
AMOUNT = 4
SECRET = "sandbox-client-secret"

#: Approved, once without an amount. Its webhook arrives.
FIRST = {
    "client_email": "jona.gudrun@heima.example.is",
    "employer_or_wellbeing_hub": "Northwind Care",
    "email": "anna.therapist@clinic.example.is",
    "additional_information": "Sefur illa eftir áfallið",
}
#: Declined. Its webhook is lost, so only the list tells of it.
SECOND = {
    "client_email": "siggi.palsson@vinna.example.is",
    "employer_or_wellbeing_hub": "Harbour Wellbeing Hub",
    "email": "bjorn.therapist@clinic.example.is",
    "additional_information": "Kvíði á morgnana",
}


class Story:
    """Plays what people do, and lets the service work in between."""

    def __init__(self, folder: Path, sandbox: str) -> None:
        self.sandbox = sandbox
        self._progress = folder / "progress.json"
        self._ahead = 0
        self._done: list[str] = []
        if self._progress.exists():
            kept = json.loads(self._progress.read_text())
            self._ahead, self._done = kept["ahead"], kept["done"]

    def clock(self) -> int:
        """The time, moved ahead by what the story has let pass."""
        return time.time_ns() // 1_000_000 + self._ahead

    def play(self) -> None:
        """From where it stands to the end."""
        self._service = bootstrap.make_service(read_config(), works=True)
        self._service.start()
        self._door = bootstrap.make_app(self._service).test_client()
        self._work()
        for name, act in self._acts().items():
            if name not in self._done:
                act()
                self._done.append(name)
                self._keep()
            self._work()

    def _acts(self) -> Mapping[str, Callable[[], None]]:
        approved, declined = Stage.APPROVED, Stage.DECLINED
        return {
            "first submits": lambda: self._submit(FIRST),
            "its webhook": lambda: self._deliver_form(FIRST),
            "second submits": lambda: self._submit(SECOND),
            "a minute passes": lambda: self._later(2 * MINUTE),
            "approved without an amount": lambda: self._move(FIRST, approved, ""),
            "its event": lambda: self._deliver_event(FIRST),
            "approved": lambda: self._move(FIRST, approved, str(AMOUNT)),
            "its event too": lambda: self._deliver_event(FIRST),
            "the undo window passes": lambda: self._later(6 * MINUTE),
            "declined": lambda: self._move(SECOND, declined, ""),
            "its event as well": lambda: self._deliver_event(SECOND),
            "that undo window passes": lambda: self._later(6 * MINUTE),
            "time passes": lambda: self._later(15 * MINUTE),
            "more time passes": lambda: self._later(15 * MINUTE),
        }

    def _work(self) -> None:
        """Do all that is due, lane after lane."""
        service = self._service
        for _ in range(200):
            busy = [
                run_round(service.store, worker._steps, worker.kinds, self.clock)
                for worker in service.workers
            ]
            if not any(busy):
                return
        raise AssertionError("the work never ends")

    def _later(self, milliseconds: int) -> None:
        self._ahead += milliseconds

    def _keep(self) -> None:
        self._progress.write_text(json.dumps({"ahead": self._ahead, "done": self._done}))

    def _submit(self, fields: Mapping[str, str]) -> None:
        requests.post(f"{self.sandbox}/_sandbox/submit", json=fields, timeout=10).raise_for_status()

    def _deliver_form(self, fields: Mapping[str, str]) -> None:
        body = json.dumps(fields).encode()
        uri = self._service.config.public_base_url + "/webhook/form"
        self._deliver("/webhook/form", body, workflow_headers(SECRET, uri, body))

    def _deliver_event(self, fields: Mapping[str, str]) -> None:
        ticket = self._ticket(fields)
        event = {
            "eventId": self.clock(),
            "subscriptionId": 7_662_269,
            "portalId": 4_800_530,
            "appId": 54_321,
            "occurredAt": self.clock(),
            "subscriptionType": "ticket.propertyChange",
            "attemptNumber": 0,
            "objectId": int(ticket["id"]),
            "propertyName": "hs_pipeline_stage",
            "propertyValue": ticket["properties"]["hs_pipeline_stage"],
            "changeSource": "CRM_UI",
            "sourceId": "userId:9",
        }
        body = json.dumps([event]).encode()
        uri = self._service.config.public_base_url + "/webhook/crm"
        self._deliver("/webhook/crm", body, crm_headers(SECRET, uri, body, self.clock()))

    def _deliver(self, path: str, body: bytes, headers: Mapping[str, str]) -> None:
        answer = self._door.post(
            path, data=body, headers=dict(headers), content_type="application/json"
        )
        assert answer.status_code == 204, answer.status_code

    def _move(self, fields: Mapping[str, str], stage: Stage, amount: str) -> None:
        body = {
            "id": self._ticket(fields)["id"],
            "stage": MEANINGS[stage].label,
            "amount": amount,
        }
        requests.post(f"{self.sandbox}/_sandbox/stage", json=body, timeout=10).raise_for_status()

    def _ticket(self, fields: Mapping[str, str]) -> dict[str, Any]:
        """Staff find it by its organisation, which is all that they can see."""
        found = requests.get(f"{self.sandbox}/_sandbox/state", timeout=10).json()["tickets"]
        wanted = fields["employer_or_wellbeing_hub"]
        (ticket,) = [
            one for one in found if one["properties"]["credit_request_organisation"] == wanted
        ]
        return dict(ticket)
