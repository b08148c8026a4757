"""The credits platform's contract, row by row."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server import Sandbox

BODY = {
    "client_email": "client@example.org",
    "credits": 5,
    "organisation": "Northwind Care",
    "reference": "K7Q2-9FMX",
}


def grant(sandbox: Sandbox, key: str = "k1", token: str = "", **more: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {token or sandbox.settings.credits_token}"}
    if key:
        headers["Idempotency-Key"] = key
    return requests.post(f"{sandbox.url}/credits/grants", json=BODY | more, headers=headers)


def find(sandbox: Sandbox, key: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {sandbox.settings.credits_token}"}
    return requests.get(f"{sandbox.url}/credits/grants/{key}", headers=headers)


def test_the_same_key_is_granted_once(sandbox: Sandbox) -> None:
    first, again, other = grant(sandbox), grant(sandbox), grant(sandbox, "k2", credits=2)
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 201)
    assert first.json() == again.json() == find(sandbox, "k1").json()
    assert set(first.json()) == {"id", "credits", "balance"}
    assert other.json()["balance"] == 7
    assert sandbox.credits.balances == {"client@example.org": 7}


@pytest.mark.parametrize(
    ("how", "status", "error"),
    [
        ({"client_email": "unknown.person@example.org", "key": "k9"}, 404, "unknown_client"),
        ({"key": ""}, 400, "missing_idempotency_key"),
        ({"token": "guess"}, 401, "unauthorised"),
        ({"credits": 6}, 409, "idempotency_key_reused"),
        ({"credits": -6, "key": "k9"}, 400, "invalid_request"),
        ({"credits": "6", "key": "k9"}, 400, "invalid_request"),
        ({"colour": "red", "key": "k9"}, 400, "invalid_request"),
    ],
)
def test_refusals(sandbox: Sandbox, how: dict[str, Any], status: int, error: str) -> None:
    grant(sandbox)
    answer = grant(sandbox, **how)
    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert sandbox.credits.balances == {"client@example.org": 5}


def test_a_key_that_was_never_used(sandbox: Sandbox) -> None:
    assert find(sandbox, "never").status_code == 404


@pytest.mark.parametrize(
    ("kind", "status"),
    [("credits.error", 500), ("credits.rate_limit", 429), ("credits.unknown_client", 404)],
)
def test_faults_before_the_write(sandbox: Sandbox, kind: str, status: int) -> None:
    sandbox.faults.add(kind)
    assert grant(sandbox).status_code == status
    assert not sandbox.credits.grants
    assert grant(sandbox).status_code == 201


def test_a_lost_answer_is_found_again(sandbox: Sandbox) -> None:
    sandbox.faults.add("credits.lose_answer")
    with pytest.raises(requests.ConnectionError):
        grant(sandbox)
    assert grant(sandbox).status_code == 200
    assert sandbox.credits.balances == {"client@example.org": 5}
