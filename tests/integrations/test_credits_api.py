"""The credits platform over HTTP: errors in our words, and both sides keep to the contract."""

import json
import traceback
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import requests
import yaml  # type: ignore[import-untyped]
from openapi_spec_validator import validate

from casework.errors import KeyConflict, OutsideError, Refused, Unavailable, UnknownClient
from casework.ports import Order, Receipt
from integrations.credits_api import HttpCreditsAccount
from sandbox.server import Sandbox
from tests.fakes.scripted_server import Script
from tests.running import until

DOCUMENT = Path(__file__).parents[2] / "docs" / "credits-api.yaml"
SPEC = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
SECRET = "mira.client@example.org"
ORDER = Order("credit-request-CR-1/ä", SECRET, 4, "Northwind", "CR-1")
PLAIN_ORDER = Order("credit-request-CR-1", SECRET, 4, "Northwind", "CR-1")


def account(url: str) -> HttpCreditsAccount:
    return HttpCreditsAccount(url, lambda: "sandbox-credits-token", timeouts=(0.5, 0.5))


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (404, {"error": "unknown_client"}, UnknownClient, "unknown_client"),
        (404, {"error": "not_found"}, Unavailable, "not_found"),
        (404, b"<html>", Unavailable, "404"),
        (409, {"error": "idempotency_key_reused"}, KeyConflict, "idempotency_key_reused"),
        (409, b"", KeyConflict, "409"),
        (400, {"error": f"bad address {SECRET}"}, Refused, "400"),
        (422, {"error": "invalid_request"}, Refused, "invalid_request"),
        (401, {"error": "unauthorised"}, Unavailable, "unauthorised"),
        (403, [], Unavailable, "403"),
        (429, b"", Unavailable, "429"),
        (500, b"\xff", Unavailable, "500"),
        (302, b"", Unavailable, "302"),
        (201, b"not json", Unavailable, "UNREADABLE_ANSWER"),
        (201, {"id": None, "credits": 4}, Unavailable, "UNREADABLE_ANSWER"),
        (201, {"id": True, "credits": 4}, Unavailable, "UNREADABLE_ANSWER"),
        (201, {"id": "g", "credits": "four"}, Unavailable, "UNREADABLE_ANSWER"),
        (201, {"id": "g", "credits": "9" * 5000}, Unavailable, "UNREADABLE_ANSWER"),
        (201, {"id": "g", "credits": 4.5}, Unavailable, "UNREADABLE_ANSWER"),
        (201, b'{"id": "g", "credits": Infinity}', Unavailable, "UNREADABLE_ANSWER"),
        (201, {"id": "g", "credits": True}, Unavailable, "UNREADABLE_ANSWER"),
        (201, {"id": "g", "credits": 5}, KeyConflict, "other_credits"),
    ],
)
def test_answers_become_our_errors(
    script: Script, status: int, body: object, kind: type[OutsideError], code: str
) -> None:
    script.then(status, body)
    with pytest.raises(OutsideError) as caught:
        account(script.url).grant(PLAIN_ORDER)
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert len(script.seen) == 1


@pytest.mark.parametrize("amount", [4, 4.0, "4"])
@pytest.mark.parametrize("receipt_id", [1041, "1041"])
def test_numbers_may_be_text_and_text_numbers(
    script: Script, receipt_id: object, amount: object
) -> None:
    script.then(201, {"id": receipt_id, "credits": amount})
    ours = account(script.url)
    assert ours.grant(PLAIN_ORDER) == Receipt("1041", 4)
    script.answers.clear()
    script.then(200, {"id": receipt_id, "credits": amount})
    assert ours.find_grant(PLAIN_ORDER.key) == Receipt("1041", 4)


@pytest.mark.parametrize("receipt_id", [SECRET, "", "two words", "x" * 65, "1041\n"])
def test_an_id_that_might_hold_an_address_gives_way_to_the_key(
    script: Script, receipt_id: str
) -> None:
    script.then(200, {"id": receipt_id, "credits": 4})
    assert account(script.url).grant(PLAIN_ORDER).id == PLAIN_ORDER.key
    found = account(script.url).find_grant(PLAIN_ORDER.key)
    assert found is not None
    assert found.id == PLAIN_ORDER.key


def test_a_password_on_this_machine_does_not_replace_the_token(
    script: Script, netrc_for_this_machine: None
) -> None:
    script.then(201, {"id": "g", "credits": 4})
    account(script.url).grant(PLAIN_ORDER)
    assert script.seen[0][2]["Authorization"] == "Bearer sandbox-credits-token"


def test_a_token_that_cannot_be_sent_is_not_quoted(script: Script) -> None:
    token = "\n".join(["broken", "in two"])
    with pytest.raises(Unavailable) as caught:
        HttpCreditsAccount(script.url, lambda: token).grant(PLAIN_ORDER)
    assert "in two" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


def test_no_answer_quotes_nothing(script: Script) -> None:
    script.hang_up()
    with pytest.raises(Unavailable) as caught:
        account(script.url).grant(PLAIN_ORDER)
    assert caught.value.__context__ is None
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    with pytest.raises(Unavailable):
        account("http://127.0.0.1:9").find_grant("k")


def test_a_slow_platform_times_out(sandbox: Sandbox) -> None:
    sandbox.faults.add("credits.slow", delay_ms=700)
    with pytest.raises(Unavailable) as caught:
        account(f"{sandbox.url}/credits").grant(PLAIN_ORDER)
    assert caught.value.code == "TIMED_OUT"
    # It goes on to add them, and must be done before another test begins with an empty ledger.
    until(lambda: PLAIN_ORDER.key in sandbox.credits.grants)


def test_retry_after_is_kept(script: Script) -> None:
    script.then(429, b"", Retry_After="7")
    with pytest.raises(Unavailable) as caught:
        account(script.url).grant(PLAIN_ORDER)
    assert caught.value.retry_after == 7_000


def test_the_key_is_encoded_and_nothing_personal_is_in_the_address(script: Script) -> None:
    script.then(404, {"error": "unknown_key"})
    assert account(script.url).find_grant(ORDER.key) is None
    assert script.seen[0][1] == "/grants/credit-request-CR-1%2F%C3%A4"


def test_the_document_is_valid_and_so_are_its_examples() -> None:
    validate(SPEC)
    for media in _media(SPEC):
        for example in media.get("examples", {}).values():
            _check(example["value"], media["schema"])


def test_requests_keep_to_the_document(script: Script) -> None:
    script.then(201, {"id": "g-1", "credits": 4})
    account(script.url).grant(PLAIN_ORDER)
    method, path, headers, body = script.seen[0]
    assert (method, path) == ("POST", "/grants")
    operation = SPEC["paths"]["/grants"]["post"]
    _check(json.loads(body), operation["requestBody"]["content"]["application/json"]["schema"])
    _check(headers["Idempotency-Key"], {"$ref": "#/components/schemas/Key"})
    assert headers["Content-Type"] == "application/json"
    assert headers["Authorization"] == "Bearer sandbox-credits-token"


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, {}, 201),
        ({"Authorization": "Bearer wrong"}, {}, 401),
        ({"Idempotency-Key": ""}, {}, 400),
        ({}, {"credits": 0}, 400),
        ({}, {"client_email": "unknown@example.org"}, 404),
    ],
)
def test_the_sandbox_keeps_to_it_too(
    sandbox: Sandbox, headers: dict[str, str], body: dict[str, object], status: int
) -> None:
    order = {"client_email": SECRET, "credits": 4, "organisation": "N", "reference": "CR-1"}
    sent = {"Authorization": "Bearer sandbox-credits-token", "Idempotency-Key": "k"} | headers
    for expected in (status, 200 if status == 201 else status):
        answer = requests.post(
            f"{sandbox.url}/credits/grants", json=order | body, headers=sent, timeout=5
        )
        assert answer.status_code == expected
        _check(answer.json(), _schema("/grants", "post", expected))


def test_the_sandboxs_other_answers(sandbox: Sandbox) -> None:
    ours = account(f"{sandbox.url}/credits")
    ours.grant(PLAIN_ORDER)
    sent = {"Authorization": "Bearer sandbox-credits-token", "Idempotency-Key": PLAIN_ORDER.key}
    for key, status in ((PLAIN_ORDER.key, 200), ("other", 404)):
        url = f"{sandbox.url}/credits/grants/{key}"
        answer = requests.get(url, headers=sent, timeout=5)
        assert answer.status_code == status
        _check(answer.json(), _schema("/grants/{key}", "get", status))
    order = {"client_email": SECRET, "credits": 9, "organisation": "N", "reference": "CR-1"}
    url = f"{sandbox.url}/credits/grants"
    answer = requests.post(url, json=order, headers=sent, timeout=5)
    assert answer.status_code == 409
    _check(answer.json(), _schema("/grants", "post", 409))


def _schema(path: str, method: str, status: int) -> dict[str, Any]:
    response = SPEC["paths"][path][method]["responses"][str(status)]
    if "$ref" in response:
        response = SPEC["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schema: dict[str, Any] = response["content"]["application/json"]["schema"]
    return schema


def _media(node: object) -> Any:
    if isinstance(node, dict):
        yield from node.get("content", {}).values() if isinstance(node.get("content"), dict) else ()
        for child in node.values():
            yield from _media(child)


def _check(value: object, schema: dict[str, Any]) -> None:
    whole = {"components": SPEC["components"], **schema}
    jsonschema.Draft202012Validator(whole).validate(value)
