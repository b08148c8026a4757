"""Errors in our words and without a trace of theirs, and what is tried again."""

import logging
import time
import traceback
from collections.abc import Callable, Sequence

import pytest

from casework.errors import CreditsDeskError, OutsideError, Refused, Unavailable
from integrations.hubspot.calls import (
    ADD_NOTE,
    CHANGE_TICKETS,
    LIST_PIPELINES,
    OPEN_TICKETS,
    Call,
)
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import Reply, allowed_pace
from integrations.hubspot.pace import Pace
from sandbox.server import Sandbox
from tests.fakes.open_gate import OpenGate
from tests.fakes.scripted_server import Script

MakeClient = Callable[[str], HubSpotClient]

SECRET = "mira.client@example.org"


def hubspot_error(category: str, code: str = "", **more: str) -> dict[str, object]:
    errors = [{"message": SECRET, "code": code, "context": {"propertyName": [SECRET]}}]
    document = {"status": "error", "message": f"bad value {SECRET}", "category": category}
    return {**document, **({"errors": errors} if code else {}), **more}


def fail(client: HubSpotClient) -> OutsideError:
    with pytest.raises(OutsideError) as caught:
        client.call(OPEN_TICKETS, {"inputs": [{"id": SECRET}]}, objects="tickets")
    return caught.value


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (400, hubspot_error("VALIDATION_ERROR"), Refused, "VALIDATION_ERROR"),
        (400, hubspot_error("VALIDATION_ERROR", "INVALID_OPTION"), Refused, "INVALID_OPTION"),
        (400, hubspot_error("VALIDATION_ERROR", SECRET), Refused, "VALIDATION_ERROR"),
        (400, b"not json " + SECRET.encode(), Refused, "400"),
        (404, hubspot_error("OBJECT_NOT_FOUND"), Refused, "OBJECT_NOT_FOUND"),
        (404, hubspot_error("OBJECT_NOT_FOUND", "GONE"), Refused, "OBJECT_NOT_FOUND"),
        (404, {"status": "error", "message": "resource not found"}, Unavailable, "404"),
        (404, b"<html>", Unavailable, "404"),
        (409, hubspot_error("CONFLICT"), Refused, "CONFLICT"),
        (401, hubspot_error("EXPIRED_AUTHENTICATION"), Unavailable, "EXPIRED_AUTHENTICATION"),
        (403, hubspot_error("MISSING_SCOPES"), Unavailable, "MISSING_SCOPES"),
        (423, b"", Unavailable, "423"),
        (477, b"", Unavailable, "477"),
        (500, hubspot_error("INTERNAL_ERROR"), Unavailable, "INTERNAL_ERROR"),
        (502, b"<html>\xff\xfe", Unavailable, "UnicodeDecodeError"),
        (503, b"", Unavailable, "503"),
        (302, b"", Unavailable, "302"),
        (200, b"<html>", Unavailable, "UNREADABLE_ANSWER"),
    ],
)
def test_answers_become_our_errors(
    script: Script,
    make_client: MakeClient,
    status: int,
    body: object,
    kind: type[OutsideError],
    code: str,
) -> None:
    script.then(status, body)
    error = fail(make_client(script.url))
    assert (type(error), error.code) == (kind, code)
    assert error.operation == "open tickets"
    assert_quotes_nothing(error)


def assert_quotes_nothing(error: CreditsDeskError) -> None:
    assert error.__context__ is None
    told = "".join(traceback.format_exception(error, chain=True)) + repr(error) + str(error)
    assert SECRET not in told


def test_a_lost_answer_is_not_asked_again_where_that_does_harm(
    script: Script, make_client: MakeClient
) -> None:
    script.hang_up()
    for call in (OPEN_TICKETS, ADD_NOTE):
        with pytest.raises(Unavailable) as caught:
            make_client(script.url).call(call, {"inputs": [SECRET]}, objects="tickets")
        assert_quotes_nothing(caught.value)
    assert len(script.seen) == 2


@pytest.mark.parametrize("call", [CHANGE_TICKETS, LIST_PIPELINES])
def test_a_lost_answer_is_asked_again_where_that_does_none(
    script: Script, make_client: MakeClient, call: Call
) -> None:
    script.hang_up().hang_up().then(200, {"results": []})
    assert make_client(script.url).call(call, objects="tickets") == {"results": []}
    assert len(script.seen) == 3


def test_trying_again_has_an_end(
    script: Script, make_client: MakeClient, slept: Sequence[float]
) -> None:
    script.then(503, b"")
    with pytest.raises(Unavailable):
        make_client(script.url).call(LIST_PIPELINES, objects="tickets")
    assert len(script.seen) == 3
    assert sum(slept) < 2


def test_what_was_never_sent_is_sent_again(make_client: MakeClient, slept: Sequence[float]) -> None:
    error = fail(make_client("http://127.0.0.1:9"))
    assert error.code == "NOT_SENT"
    assert len([pause for pause in slept if pause]) == 2


def test_a_slow_answer_times_out(sandbox: Sandbox, client: HubSpotClient) -> None:
    sandbox.faults.add("api.slow", delay_ms=800)
    error = fail(client)
    assert (type(error), error.code) == (Unavailable, "TIMED_OUT")


@pytest.mark.parametrize(
    ("body", "headers", "pause"),
    [
        (hubspot_error("RATE_LIMITS", policyName="TEN_SECONDLY_ROLLING"), {}, 10.0),
        (hubspot_error("RATE_LIMITS", policyName="SECONDLY"), {}, 1.0),
        (hubspot_error("RATE_LIMITS", policyName="SECONDLY"), {"Retry_After": "3"}, 3.0),
        (b"", {}, 10.0),
    ],
)
def test_too_many_calls_make_everybody_pause(
    script: Script,
    make_client: MakeClient,
    slept: list[float],
    body: object,
    headers: dict[str, str],
    pause: float,
) -> None:
    script.then(429, body, **headers).then(200, {"results": []})
    client = make_client(script.url)
    assert client.call(OPEN_TICKETS, {"inputs": [1]}, objects="tickets") == {"results": []}
    assert sum(slept) == pytest.approx(pause)


def test_a_day_used_up_stops_all_calls_at_once(
    script: Script, make_client: MakeClient, slept: list[float]
) -> None:
    script.then(429, hubspot_error("RATE_LIMITS", policyName="DAILY"))
    client = make_client(script.url)
    error = fail(client)
    assert isinstance(error, Unavailable)
    assert error.code == "DAILY"
    assert error.retry_after == 900_000
    later = fail(client)
    assert isinstance(later, Unavailable)
    assert later.retry_after == 900_000
    assert len(script.seen) == 1
    assert not sum(slept)


def test_a_moving_account_says_when_to_come_back(script: Script, make_client: MakeClient) -> None:
    script.then(477, b"", Retry_After="3600")
    error = fail(make_client(script.url))
    assert isinstance(error, Unavailable)
    assert error.retry_after == 3_600_000


def test_the_accounts_own_limit_is_kept_to(script: Script, make_client: MakeClient) -> None:
    limit = {"X_HubSpot_RateLimit_Max": "3", "X_HubSpot_RateLimit_Interval_Milliseconds": "300"}
    script.then(200, {"results": []}, **limit)
    client, began = make_client(script.url), time.monotonic()
    for _ in range(8):
        client.call(LIST_PIPELINES, objects="tickets")
    assert time.monotonic() - began > 0.6


@pytest.mark.parametrize("limit", ["", "0", "many", "-1", "³"])
def test_a_limit_that_says_nothing_changes_nothing(limit: str) -> None:
    names = "X-HubSpot-RateLimit-Max", "X-HubSpot-RateLimit-Interval-Milliseconds"
    assert allowed_pace(Reply(200, {names[0]: limit, names[1]: "10000"}, b"")) is None
    assert allowed_pace(Reply(200, {names[0]: "100"}, b"")) is None
    assert allowed_pace(Reply(200, {names[0].lower(): "100", names[1]: "10000"}, b"")) == (
        100,
        10.0,
    )


def test_a_changed_token_is_picked_up(script: Script, pace: Pace) -> None:
    tokens = iter(["first", "second"])
    client = HubSpotClient(lambda: next(tokens), script.url, gate=OpenGate(), pace=pace)
    script.then(200, {"results": []})
    for _ in range(2):
        client.call(LIST_PIPELINES, objects="tickets")
    assert [seen[2]["Authorization"] for seen in script.seen] == ["Bearer first", "Bearer second"]


def test_connections_are_kept(sandbox: Sandbox, client: HubSpotClient) -> None:
    for _ in range(5):
        client.call(LIST_PIPELINES, objects="tickets")
    pools = client._api.rest_client.pool_manager.pools
    assert [pools[key].num_connections for key in pools.keys()] == [1]  # noqa: SIM118


def test_bodies_are_not_logged(
    script: Script, make_client: MakeClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    script.then(200, {"results": [SECRET]}).then(400, hubspot_error("VALIDATION_ERROR"))
    client = make_client(script.url)
    client.call(CHANGE_TICKETS, {"inputs": [SECRET]}, objects="tickets")
    fail(client)
    assert SECRET not in caplog.text
