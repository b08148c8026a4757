"""Looking inside, and beginning afresh."""

from __future__ import annotations

import requests

from sandbox.server import Sandbox


def test_every_call_is_kept_without_its_token(
    sandbox: Sandbox, api: requests.Session, ticket_id: str
) -> None:
    seen = requests.get(f"{sandbox.url}/_sandbox/requests").json()
    assert [(one["method"], one["path"]) for one in seen] == [
        ("POST", "/crm/v3/properties/tickets"),
        ("POST", "/crm/v3/objects/tickets"),
    ]
    assert "Request" in seen[1]["body"]
    assert sandbox.settings.access_token not in str(seen)
    assert len(sandbox.requests_seen) == 2


def test_state_and_reset(sandbox: Sandbox, ticket_id: str) -> None:
    state = requests.get(f"{sandbox.url}/_sandbox/state").json()
    assert [one["id"] for one in state["tickets"]] == [ticket_id]
    requests.post(f"{sandbox.url}/_sandbox/reset").raise_for_status()
    assert requests.get(f"{sandbox.url}/_sandbox/state").json()["tickets"] == []
    assert not sandbox.requests_seen


def test_a_stage_by_its_label_with_an_amount(sandbox: Sandbox, ticket_id: str) -> None:
    body = {"object": "tickets", "id": ticket_id, "stage": "Waiting on us", "amount": 12}
    answer = requests.post(f"{sandbox.url}/_sandbox/stage", json=body)
    values = answer.json()["properties"]
    assert (values["hs_pipeline_stage"], values["credits_to_grant"]) == ("3", "12")


def test_settings_can_be_changed_while_it_runs(sandbox: Sandbox) -> None:
    path = f"{sandbox.url}/_sandbox/settings"
    requests.post(path, json={"search_lag_ms": 5, "generic_events": True}).raise_for_status()
    assert (sandbox.settings.search_lag_ms, sandbox.settings.generic_events) == (5, True)
    assert requests.post(path, json={"colour": "red"}).status_code == 400
