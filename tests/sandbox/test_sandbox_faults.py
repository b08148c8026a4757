"""Everything that can be made to go wrong does go wrong, as often as was asked."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from sandbox.faults import Faults
from sandbox.server import Sandbox
from tests.sandbox.receiver import Receiver, wait_until

TICKET = {"properties": {"subject": "x", "hs_pipeline_stage": "1"}}


def create(sandbox: Sandbox, api: requests.Session) -> requests.Response:
    return api.post(f"{sandbox.url}/crm/v3/objects/tickets", json=TICKET)


def tickets(sandbox: Sandbox) -> int:
    return len(sandbox.hubspot.records["0-5"])


def set_fault(sandbox: Sandbox, **how: Any) -> None:
    answer = requests.post(f"{sandbox.url}/_sandbox/faults", json=how)
    assert answer.status_code == 201, answer.text


def test_an_answer_is_lost_after_the_write(sandbox: Sandbox, api: requests.Session) -> None:
    set_fault(sandbox, kind="api.lose_answer", path="/crm/v3/objects/tickets")
    with pytest.raises(requests.ConnectionError):
        create(sandbox, api)
    assert tickets(sandbox) == 1
    assert create(sandbox, api).status_code == 201


@pytest.mark.parametrize(("kind", "status"), [("api.error", 502), ("api.rate_limit", 429)])
def test_a_refusal_comes_before_the_write(
    sandbox: Sandbox, api: requests.Session, kind: str, status: int
) -> None:
    set_fault(sandbox, kind=kind, times=2, status=502)
    assert [create(sandbox, api).status_code for _ in range(3)] == [status, status, 201]
    assert tickets(sandbox) == 1


def test_a_slow_call(sandbox: Sandbox, api: requests.Session) -> None:
    set_fault(sandbox, kind="api.slow", delay_ms=150, method="POST")
    begun = time.monotonic()
    create(sandbox, api)
    assert time.monotonic() - begun >= 0.15


def test_a_fault_keeps_to_its_path(sandbox: Sandbox, api: requests.Session) -> None:
    set_fault(sandbox, kind="api.error", path="/crm/v3/objects/notes")
    assert create(sandbox, api).status_code == 201


@pytest.mark.parametrize(("kind", "count"), [("webhook.duplicate", 2), ("webhook.drop", 0)])
def test_webhooks_twice_or_never(
    sandbox: Sandbox, api: requests.Session, receiver: Receiver, kind: str, count: int
) -> None:
    set_fault(sandbox, kind=kind, path="/webhook/crm")
    create(sandbox, api)
    wait_until(lambda: bool(sandbox.deliveries) and sandbox.idle())
    assert len(receiver.received) == count


@pytest.mark.parametrize("kind", ["webhook.delay", "webhook.reorder"])
def test_a_later_webhook_overtakes(
    sandbox: Sandbox, api: requests.Session, receiver: Receiver, kind: str
) -> None:
    sandbox.settings.subscriptions = ("hs_pipeline_stage",)
    set_fault(sandbox, kind=kind, delay_ms=200)
    first = create(sandbox, api).json()["id"]
    wait_until(lambda: bool(sandbox.deliveries))
    second = create(sandbox, api).json()["id"]
    received = [str(one.json[0]["objectId"]) for one in receiver.wait_for(2)]
    assert received == [second, first]


def test_probability_is_the_same_with_the_same_seed() -> None:
    def drawn() -> list[bool]:
        faults = Faults(seed=7)
        faults.add("api.error", times=None, probability=0.5)
        return [faults.take("api.error") is not None for _ in range(40)]

    assert drawn() == drawn()
    assert 5 < sum(drawn()) < 35


@pytest.mark.parametrize("how", [{"kind": "api.nonsense"}, {"kind": "api.error", "colour": "red"}])
def test_unknown_faults_are_refused(sandbox: Sandbox, how: dict[str, str]) -> None:
    assert requests.post(f"{sandbox.url}/_sandbox/faults", json=how).status_code == 400


def test_clearing(sandbox: Sandbox, api: requests.Session) -> None:
    set_fault(sandbox, kind="api.error", times=None)
    assert create(sandbox, api).status_code == 500
    requests.post(f"{sandbox.url}/_sandbox/faults", json={}).raise_for_status()
    assert create(sandbox, api).status_code == 201
