"""The hosted form: what is kept, what is listed, what the workflow sends."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server import Sandbox
from tests.sandbox.receiver import Receiver, wait_until

ANSWERS = {
    "client_email": "client@example.org",
    "employer_or_wellbeing_hub": "Northwind Care",
    "email": "pro@example.org",
    "additional_information": "She is moving house.",
}


def submit(sandbox: Sandbox, **more: str) -> None:
    answer = requests.post(f"{sandbox.url}/_sandbox/submit", json=ANSWERS | more)
    assert answer.status_code == 201


def listing(api: requests.Session, sandbox: Sandbox, query: str = "") -> Any:
    guid = sandbox.settings.form_guid
    return api.get(f"{sandbox.url}/form-integrations/v1/submissions/forms/{guid}{query}")


def test_submissions_are_listed_newest_first(api: requests.Session, sandbox: Sandbox) -> None:
    for number in range(55):
        submit(sandbox, client_email=f"{number}@example.org")

    first = listing(api, sandbox, "?limit=50").json()
    after = first["paging"]["next"]["after"]
    rest = listing(api, sandbox, f"?limit=50&after={after}").json()

    clients = [row["values"][0]["value"] for row in first["results"] + rest["results"]]
    assert clients == [f"{number}@example.org" for number in reversed(range(55))]
    assert "paging" not in rest
    assert set(first["results"][0]) == {"conversionId", "submittedAt", "values", "pageUrl"}
    assert first["results"][0]["values"][0]["objectTypeId"] == "0-1"
    assert len(listing(api, sandbox).json()["results"]) == 20


def test_more_than_fifty_a_page_is_refused(api: requests.Session, sandbox: Sandbox) -> None:
    assert listing(api, sandbox, "?limit=51").status_code == 400


def test_a_submission_may_take_a_while_to_appear(api: requests.Session, sandbox: Sandbox) -> None:
    sandbox.settings.submissions_lag_ms = 100
    submit(sandbox)
    assert listing(api, sandbox).json()["results"] == []
    wait_until(lambda: bool(listing(api, sandbox).json()["results"]))


def test_the_workflow_sends_the_contacts_values(sandbox: Sandbox, receiver: Receiver) -> None:
    submit(sandbox)
    body = receiver.wait_for(1)[0].json
    contact = next(iter(sandbox.hubspot.records["0-1"]))
    assert body == ANSWERS | {"hs_object_id": contact}


def test_two_quick_submissions_both_carry_the_second_ones_values(
    sandbox: Sandbox, receiver: Receiver
) -> None:
    sandbox.settings.workflow_delay_ms = 150
    submit(sandbox, client_email="first@example.org")
    submit(sandbox, client_email="second@example.org")
    clients = [one.json["client_email"] for one in receiver.wait_for(2)]
    assert clients == ["second@example.org"] * 2
    assert len(sandbox.hubspot.records["0-1"]) == 1


def test_the_workflow_can_send_the_whole_contact(
    api: requests.Session, sandbox: Sandbox, receiver: Receiver
) -> None:
    sandbox.settings.workflow_payload = "contact"
    submit(sandbox)
    body = receiver.wait_for(1)[0].json
    kept = listing(api, sandbox).json()["results"][0]
    assert body["properties"]["client_email"]["value"] == "client@example.org"
    assert body["form-submissions"][0]["conversion-id"] == kept["conversionId"]


@pytest.mark.parametrize(
    ("name", "value", "error_type"),
    [
        ("email", "", "REQUIRED_FIELD"),
        ("client_email", "nobody", "INVALID_EMAIL"),
        ("shoe_size", "44", "FIELD_NOT_IN_FORM_DEFINITION"),
    ],
)
def test_the_submit_api_refuses(sandbox: Sandbox, name: str, value: str, error_type: str) -> None:
    answers = ANSWERS | {name: value}
    answer = requests.post(
        f"{sandbox.url}/submissions/v3/integration/submit"
        f"/{sandbox.settings.portal_id}/{sandbox.settings.form_guid}",
        json={"fields": [{"name": key, "value": text} for key, text in answers.items()]},
    )
    assert answer.status_code == 400
    assert [error["errorType"] for error in answer.json()["errors"]] == [error_type]


def test_the_definition_has_the_four_questions(api: requests.Session, sandbox: Sandbox) -> None:
    path = f"{sandbox.url}/marketing/v3/forms/{sandbox.settings.form_guid}"
    groups = api.get(path).json()["fieldGroups"]
    assert {field["name"] for group in groups for field in group["fields"]} == set(ANSWERS)
