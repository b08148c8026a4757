"""How often one may call, and how late search is."""

from __future__ import annotations

import http.client

import requests

from sandbox.server import Sandbox
from tests.sandbox.receiver import wait_until

TICKET = {"properties": {"subject": "x", "hs_pipeline_stage": "1"}}


def test_190_calls_in_ten_seconds(api: requests.Session, sandbox: Sandbox) -> None:
    path = f"{sandbox.url}/account-info/v3/details"
    answers = [api.get(path) for _ in range(191)]

    assert {answer.status_code for answer in answers[:190]} == {200}
    assert answers[0].headers["X-HubSpot-RateLimit-Remaining"] == "189"
    refused = answers[190]
    assert refused.status_code == 429
    assert refused.json()["policyName"] == "TEN_SECONDLY_ROLLING"
    assert refused.headers["X-HubSpot-RateLimit-Max"] == "190"
    assert refused.headers["X-HubSpot-RateLimit-Interval-Milliseconds"] == "10000"


def test_the_window_rolls(api: requests.Session, sandbox: Sandbox) -> None:
    sandbox.settings.rate_limit, sandbox.settings.rate_window_ms = 2, 100
    path = f"{sandbox.url}/account-info/v3/details"
    assert [api.get(path).status_code for _ in range(3)] == [200, 200, 429]
    wait_until(lambda: api.get(path).status_code == 200)


def test_five_searches_a_second(api: requests.Session, sandbox: Sandbox) -> None:
    path = f"{sandbox.url}/crm/v3/objects/tickets/search"
    answers = [api.post(path, json={}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[5].json()["message"] == "You have reached your secondly limit."
    assert not [name for name in answers[0].headers if "ratelimit" in name.lower()]


def test_search_is_late_for_new_and_for_changed_records(
    api: requests.Session, sandbox: Sandbox
) -> None:
    sandbox.settings.search_lag_ms, sandbox.settings.search_limit = 150, 1000
    tickets = f"{sandbox.url}/crm/v3/objects/tickets"

    def stages() -> list[str]:
        asked = {"properties": ["hs_pipeline_stage"]}
        rows = api.post(f"{tickets}/search", json=asked).json()["results"]
        return [row["properties"]["hs_pipeline_stage"] for row in rows]

    made = api.post(tickets, json=TICKET).json()
    assert stages() == []
    wait_until(lambda: stages() == ["1"])
    api.patch(f"{tickets}/{made['id']}", json={"properties": {"hs_pipeline_stage": "2"}})
    assert stages() == ["1"]
    wait_until(lambda: stages() == ["2"])


def test_one_connection_serves_many_calls(sandbox: Sandbox) -> None:
    address = ("127.0.0.1", int(sandbox.url.rsplit(":", 1)[1]))
    connection = http.client.HTTPConnection(*address)
    connection.connect()
    opened = connection.sock
    for body in ("", "{}", "not read by anybody"):
        connection.request("POST", "/nowhere", body=body)
        assert connection.getresponse().read() is not None
        assert connection.sock is opened
    connection.close()
