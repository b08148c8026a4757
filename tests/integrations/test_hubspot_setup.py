"""The set-up: finds, makes, and says plainly what it can do neither with."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
import requests

from casework.errors import Unavailable
from casework.stages import MEANINGS, Stage
from integrations.hubspot.calls import Call
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import Reply
from integrations.hubspot.objects import (
    COMPANY_PROPERTIES,
    CONTACT_PROPERTIES,
    CRM_OBJECTS,
    PROPERTIES,
    PROPERTY_GROUP,
    TICKET,
)
from integrations.hubspot.setup import Finding, SetUpReport, set_up
from sandbox.server import Sandbox
from tests.fakes.scripted_server import Script

MakeClient = Callable[[str], HubSpotClient]


AUTH = {"Authorization": "Bearer sandbox-access-token"}


def findings(report: SetUpReport) -> dict[str, Finding]:
    return {line.what: line.finding for line in report.lines}


@pytest.mark.parametrize("word", ["ticket", "deal"])
def test_twice_is_as_good_as_once(sandbox: Sandbox, client: HubSpotClient, word: str) -> None:
    first, second = (set_up(client, CRM_OBJECTS[word]) for _ in range(2))
    assert first.ok
    assert first.lines[0].finding is Finding.MADE
    assert set(findings(second).values()) == {Finding.FOUND}
    assert (first.pipeline_id, first.stage_ids) == (second.pipeline_id, second.stage_ids)
    assert set(first.stage_ids) == set(MEANINGS)


def test_companies_get_properties_of_ours_in_a_group_of_ours(
    sandbox: Sandbox, client: HubSpotClient
) -> None:
    report = set_up(client, TICKET)
    made = findings(report)
    assert made["property group credits_desk of companies"] is Finding.MADE
    assert made["property credits_members"] is made["property credits_language"] is Finding.MADE
    url = f"{sandbox.url}/crm/v3/properties/companies"
    there = requests.get(url, headers=AUTH, timeout=5).json()["results"]
    assert {
        one["name"]: (one["type"], one["fieldType"], one["label"])
        for one in there
        if one["groupName"] == "credits_desk"
    } == {
        "credits_members": ("number", "number", "Members of the Wellbeing Hub"),
        "credits_language": ("string", "text", "Language of letters"),
    }


@pytest.mark.parametrize("word", ["ticket", "deal"])
def test_the_check_value_has_a_property_on_which_no_form_writes(
    sandbox: Sandbox, client: HubSpotClient, word: str
) -> None:
    crm_object = CRM_OBJECTS[word]
    assert findings(set_up(client, crm_object))["property credit_request_check"] is Finding.MADE
    url = f"{sandbox.url}/crm/v3/properties/{crm_object.plural}"
    there = requests.get(url, headers=AUTH, timeout=5).json()["results"]
    (made,) = (one for one in there if one["name"] == "credit_request_check")
    assert (made["type"], made["fieldType"]) == ("string", "text")
    assert made["label"] == "Credit request check value"
    assert not made["formField"]
    assert not made["hasUniqueValue"]


def test_a_number_of_members_that_is_text_is_wrong(sandbox: Sandbox, client: HubSpotClient) -> None:
    body = {
        "groupName": "companyinformation",
        "name": "credits_members",
        "label": "Mine",
        "type": "string",
        "fieldType": "text",
    }
    url = f"{sandbox.url}/crm/v3/properties/companies"
    requests.post(url, json=body, headers=AUTH, timeout=5).raise_for_status()
    report = set_up(client, TICKET)
    assert not report.ok
    assert findings(report)["property credits_members"] is Finding.WRONG
    assert findings(report)["property credits_language"] is Finding.MADE


def test_an_app_that_may_not_change_companies_sets_up_the_rest(
    sandbox: Sandbox, client: HubSpotClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = client._send

    def send(call: Call, body: Any, query: Any, path: Any) -> Reply:
        if path.get("objects") == "companies":
            return Reply(403, {}, b'{"category": "MISSING_SCOPES"}')
        return real(call, body, query, path)

    monkeypatch.setattr(client, "_send", send)
    report = set_up(client, TICKET)
    wrong = [line for line in report.lines if line.finding is Finding.WRONG]
    assert len(wrong) == 3
    assert all("give it the scope" in line.detail for line in wrong)
    assert set(report.stage_ids) == set(MEANINGS)


def test_two_at_once_make_one_of_each(sandbox: Sandbox, make_client: MakeClient) -> None:
    reports: list[SetUpReport] = []
    threads = [
        threading.Thread(target=lambda: reports.append(set_up(make_client(sandbox.url), TICKET)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(report.ok for report in reports)
    assert len(reports) == 4


def test_stages_say_whether_they_are_closed(sandbox: Sandbox, client: HubSpotClient) -> None:
    set_up(client, TICKET)
    url = f"{sandbox.url}/crm/v3/pipelines/tickets"
    pipelines = requests.get(url, headers=AUTH, timeout=5).json()["results"]
    ours = next(found for found in pipelines if found["label"] == "Credit requests")
    states = {stage["label"]: stage["metadata"]["ticketState"] for stage in ours["stages"]}
    assert states == {
        meaning.label: "CLOSED" if meaning.closed else "OPEN" for meaning in MEANINGS.values()
    }


def test_the_reference_that_is_not_unique_is_wrong(sandbox: Sandbox, client: HubSpotClient) -> None:
    body = {
        "groupName": "ticketinformation",
        "name": "credit_request_ref",
        "label": "Mine",
        "type": "string",
        "fieldType": "text",
    }
    url = f"{sandbox.url}/crm/v3/properties/tickets"
    requests.post(url, json=body, headers=AUTH, timeout=5).raise_for_status()
    report = set_up(client, TICKET)
    assert not report.ok
    line = next(line for line in report.lines if line.finding is Finding.WRONG)
    assert line.what == "property credit_request_ref"
    assert "archive it" in line.detail


def test_a_pipeline_of_theirs_gets_the_missing_stages(
    sandbox: Sandbox, client: HubSpotClient
) -> None:
    report = set_up(client, TICKET, pipeline_id="0")
    assert report.ok
    assert report.pipeline_id == "0"
    assert findings(report)["stage new"] is Finding.FOUND
    assert report.stage_ids[Stage.NEW] == "1"
    assert findings(report)["stage approved"] is Finding.MADE
    assert set(report.stage_ids) == set(MEANINGS)
    again = set_up(client, TICKET, pipeline_id="0")
    assert set(findings(again).values()) == {Finding.FOUND}
    assert again.stage_ids == report.stage_ids


def test_a_pipeline_that_is_not_there_is_wrong(sandbox: Sandbox, client: HubSpotClient) -> None:
    report = set_up(client, TICKET, pipeline_id="777")
    assert findings(report)["pipeline 777"] is Finding.WRONG
    assert "CRM_PIPELINE" in report.lines[-1].detail


def test_configured_stages_are_checked_and_not_made(
    sandbox: Sandbox, client: HubSpotClient
) -> None:
    first = set_up(client, TICKET)
    given = {**first.stage_ids, Stage.ASKED: "555"}
    report = set_up(client, TICKET, first.pipeline_id, given)
    wrong = [line for line in report.lines if line.finding is Finding.WRONG]
    assert [(line.what, line.id) for line in wrong] == [("stage asked", "555")]
    assert "CRM_STAGES" in wrong[0].detail


def test_an_edition_with_one_pipeline_only(script: Script, make_client: MakeClient) -> None:
    ours = [*PROPERTIES, *COMPANY_PROPERTIES, *CONTACT_PROPERTIES]
    there = [{"name": one.name, "type": one.type, "hasUniqueValue": True} for one in ours]
    there.append({"name": PROPERTY_GROUP})
    groups = 3
    for _ in range(groups + len(ours)):
        script.then(200, {"results": there})
    script.then(200, {"results": [{"id": "0", "label": "Support Pipeline", "stages": []}]})
    script.then(400, {"category": "VALIDATION_ERROR", "subCategory": "PipelineError.LIMIT"})
    script.then(200, {"results": [{"id": "0", "label": "Support Pipeline", "stages": []}]})
    report = set_up(make_client(script.url), TICKET)
    assert not report.ok
    assert "PipelineError.LIMIT" in report.lines[-1].detail
    assert "CRM_PIPELINE" in report.lines[-1].detail


LACKING = [
    ((404, {"status": "error", "message": "no such route"}), "HUBSPOT_BASE_URL"),
    ((403, {"category": "MISSING_SCOPES"}), "give it the scope"),
    ((403, {}), "give it the scope"),
    ((400, {"category": "VALIDATION_ERROR"}), "by hand"),
]


@pytest.mark.parametrize(("answer", "advice"), LACKING)
@pytest.mark.parametrize("lacking", ["properties/tickets/groups", "pipelines/tickets"])
def test_one_thing_that_does_not_work_leaves_the_others(
    sandbox: Sandbox,
    client: HubSpotClient,
    monkeypatch: pytest.MonkeyPatch,
    answer: tuple[int, dict[str, str]],
    advice: str,
    lacking: str,
) -> None:
    set_up(client, TICKET)
    real = client._send
    no = Reply(answer[0], {}, json.dumps(answer[1]).encode())

    def send(call: Call, body: Any, query: Any, path: Any) -> Reply:
        return no if call.path.format(**path).endswith(lacking) else real(call, body, query, path)

    monkeypatch.setattr(client, "_send", send)
    report = set_up(client, TICKET)
    (wrong,) = [line for line in report.lines if line.finding is Finding.WRONG]
    assert wrong.what.partition(" ")[0] in ("property", "pipeline")
    assert advice in wrong.detail
    assert findings(report)["property credit_request_status"] is Finding.FOUND
    stages = sum(line.what.startswith("stage ") for line in report.lines)
    assert stages == (0 if lacking.startswith("pipelines") else len(MEANINGS))


@pytest.mark.parametrize("status", [401, 503])
def test_what_is_wrong_with_everything_is_said_once(
    script: Script, make_client: MakeClient, status: int
) -> None:
    script.then(status, {})
    with pytest.raises(Unavailable):
        set_up(make_client(script.url), TICKET)
