"""Misfortunes that befall the running service, one after the other, each with a good end.

One service serves them all, its stages bound by id; a request is known by its organisation.
"""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.settings import SandboxSettings
from sandbox.webhooks.courier import Delivery
from sandbox.webhooks.signing import workflow_headers
from tests.running import RunningService, kill, running_service, start, until
from tests.stories.staff_and_professionals import move, stage_label, state, submit

NEW, ATTENTION, APPROVED, CREDITED = "1", "2", "51", "52"
STAGES = (
    f"new={NEW},needs_attention={ATTENTION},asked=3,replied=4,approved={APPROVED},"
    f"credited={CREDITED},declined=53,withdrawn=54"
)
UPSERT = "/crm/v3/objects/tickets/batch/upsert"


def person(name: str, professional: str = "") -> dict[str, str]:
    """What somebody fills in; nobody else's client or organisation has this name."""
    return {
        "client_email": f"client{sum(map(ord, name))}@heima.example.is",
        "employer_or_wellbeing_hub": f"{name.title()} hf.",
        "email": f"{professional or name}@clinic.example.is",
        "additional_information": "A few more would help.",
    }


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    folder, around = tmp_path_factory.mktemp("traps"), SandboxSettings()
    (folder / "token").write_text(around.access_token)
    (folder / "secrets").write_text(",".join(around.client_secrets))
    with running_service(
        folder,
        sandbox_settings=around,
        set_up=False,
        CRM_PIPELINE="0",
        CRM_STAGES=STAGES,
        HUBSPOT_ACCESS_TOKEN_FILE=str(folder / "token"),
        HUBSPOT_CLIENT_SECRETS_FILE=str(folder / "secrets"),
    ) as service:
        for stage_id in (APPROVED, CREDITED, "53", "54"):
            make_stage(service, stage_id)
        done = service.desk("setup")
        assert done.returncode == 0, done.stdout + done.stderr
        yield service


@pytest.fixture(autouse=True)
def _calm(service: RunningService) -> Iterator[None]:
    yield
    service.sandbox.faults.clear()
    service.sandbox.settings.workflow_delay_ms = 0


def call_crm(service: RunningService, method: str, path: str, **body: Any) -> None:
    """What staff do in HubSpot's settings."""
    requests.request(
        method,
        f"{service.sandbox.url}{path}",
        json=body,
        headers={"Authorization": f"Bearer {service.sandbox.settings.access_token}"},
        timeout=10,
    ).raise_for_status()


def make_stage(service: RunningService, stage_id: str) -> None:
    call_crm(
        service,
        "POST",
        "/crm/v3/pipelines/tickets/0/stages",
        stageId=stage_id,
        label=f"Stage {stage_id}",
        displayOrder=int(stage_id),
        metadata={"ticketState": "OPEN"},
    )


def tickets_of(service: RunningService, who: dict[str, str]) -> list[dict[str, Any]]:
    organisation = who["employer_or_wellbeing_hub"]
    return [
        ticket
        for ticket in state(service.sandbox)["tickets"]
        if ticket["properties"]["credit_request_organisation"] == organisation
    ]


def wait_for(service: RunningService, who: dict[str, str]) -> dict[str, Any]:
    """The one ticket of theirs."""
    (ticket,) = until(lambda: tickets_of(service, who))
    return ticket


def stage_of(service: RunningService, who: dict[str, str]) -> str:
    return str(wait_for(service, who)["properties"]["hs_pipeline_stage"])


def words_of(service: RunningService, who: dict[str, str]) -> str:
    return stage_label(service.sandbox, wait_for(service, who))


def approve(service: RunningService, who: dict[str, str], credits_: int) -> None:
    move(service.sandbox, wait_for(service, who)["id"], APPROVED, str(credits_))


def assert_ends_well(service: RunningService, who: dict[str, str], credits_: int) -> None:
    """One ticket, and once it is approved the right credits for the right client, once."""
    until(lambda: stage_of(service, who) == CREDITED)
    until(service.sandbox.idle)
    held = state(service.sandbox)
    grants = [one for one in held["grants"] if one["client_email"] == who["client_email"]]
    assert [one["credits"] for one in grants] == [credits_]
    assert held["balances"][who["client_email"]] == credits_
    assert len(tickets_of(service, who)) == 1


def forms_sent(service: RunningService) -> list[Delivery]:
    return [one for one in service.sandbox.deliveries if one.path == "/webhook/form"]


def test_the_same_form_webhook_ten_times_in_parallel(service: RunningService) -> None:
    who = person("thing")
    service.sandbox.faults.add("webhook.drop", path="/webhook/form")
    submit(service.sandbox, **who)
    dropped = forms_sent(service)[-1]
    body = dropped.write(0)

    def post(_number: int) -> int:
        headers = {"Content-Type": "application/json"} | dropped.sign(body)
        url = f"{service.url}/webhook/form"
        return requests.post(url, data=body, headers=headers, timeout=10).status_code

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(post, range(10))) == [204] * 10
    approve(service, who, 2)
    assert_ends_well(service, who, 2)


def test_two_webhooks_that_both_carry_the_second_client(service: RunningService) -> None:
    first, second = person("akur", professional="anna"), person("bakki", professional="anna")
    before = len(forms_sent(service))
    service.sandbox.settings.workflow_delay_ms = 600
    submit(service.sandbox, **first)
    time.sleep(0.2)
    submit(service.sandbox, **second)
    until(lambda: [one.state for one in forms_sent(service)[before:]] == ["delivered"] * 2)
    for delivery in forms_sent(service)[before:]:
        assert second["client_email"] in delivery.body.decode()
        assert first["client_email"] not in delivery.body.decode()
    approve(service, first, 3)
    approve(service, second, 4)
    assert_ends_well(service, first, 3)
    assert_ends_well(service, second, 4)


def test_the_answer_to_the_upsert_is_lost(service: RunningService) -> None:
    who = person("dalur")
    service.sandbox.faults.add("api.lose_answer", path=UPSERT)
    submit(service.sandbox, **who)
    approve(service, who, 2)
    assert_ends_well(service, who, 2)
    assert not service.sandbox.faults.as_json()


@pytest.mark.parametrize(
    "fault", ["credits.lose_answer", "credits.error", "credits.rate_limit", "credits.slow"]
)
def test_the_credits_platform_falters(service: RunningService, fault: str) -> None:
    who = person(f"eyri-{fault.partition('.')[2]}")
    submit(service.sandbox, **who)
    wait_for(service, who)
    service.sandbox.faults.add(fault, delay_ms=700, method="POST")
    approve(service, who, 5)
    assert_ends_well(service, who, 5)
    assert not service.sandbox.faults.as_json()


def test_secrets_and_token_change_while_it_runs(service: RunningService) -> None:
    who, around = person("fell"), service.sandbox.settings
    (old_secret,) = around.client_secrets
    secrets = service.folder / "secrets"
    secrets.write_text(f"{old_secret},a-new-secret")
    (service.folder / "token").write_text("a-new-token")
    around.client_secrets, around.access_token = ("a-new-secret",), "a-new-token"
    secrets.write_text("a-new-secret")
    submit(service.sandbox, **who)
    approve(service, who, 2)
    assert_ends_well(service, who, 2)

    body, url = b"{}", f"{service.url}/webhook/form"
    headers = workflow_headers(old_secret, url, body)
    assert requests.post(url, data=body, headers=headers, timeout=10).status_code == 401


def test_staff_rename_stages(service: RunningService) -> None:
    who = person("gil")
    for stage_id in (NEW, APPROVED, CREDITED):
        call_crm(
            service,
            "PATCH",
            f"/crm/v3/pipelines/tickets/0/stages/{stage_id}",
            label=f"Our own word {stage_id}",
            metadata={"ticketState": "OPEN"},
        )
    submit(service.sandbox, **who)
    approve(service, who, 2)
    assert_ends_well(service, who, 2)
    done = service.desk("setup")
    assert done.returncode == 0, done.stdout + done.stderr


def test_staff_remove_a_stage_and_bring_it_back(service: RunningService) -> None:
    needs_it, other = person("hvoll"), person("klettur")
    needs_it["employer_or_wellbeing_hub"] = "???"
    call_crm(service, "DELETE", f"/crm/v3/pipelines/tickets/0/stages/{ATTENTION}")
    submit(service.sandbox, **needs_it)
    submit(service.sandbox, **other)
    approve(service, other, 2)
    assert_ends_well(service, other, 2)
    assert not tickets_of(service, needs_it)
    done = service.desk("status", "--json")
    failing = {work["kind"]: work["error"] for work in json.loads(done.stdout)["failing"]}
    assert "STAGE_MISSING:needs_attention" in failing["open_tickets"]

    make_stage(service, ATTENTION)
    until(lambda: stage_of(service, needs_it) == ATTENTION)
    approve(service, needs_it, 3)
    assert_ends_well(service, needs_it, 3)


def test_a_ticket_is_deleted_and_restored(service: RunningService) -> None:
    who, control = person("lind"), f"{service.sandbox.url}/_sandbox/record"
    submit(service.sandbox, **who)
    asked = {"object": "tickets", "id": wait_for(service, who)["id"]}
    requests.post(control, json=asked | {"do": "archive"}, timeout=10).raise_for_status()
    done = service.desk("reconcile", "--json")
    tickets = next(r for r in json.loads(done.stdout) if r["direction"] == "tickets")
    assert [finding["what"] for finding in tickets["findings"]] == ["missing"]
    assert not tickets_of(service, who)

    requests.post(control, json=asked | {"do": "restore"}, timeout=10).raise_for_status()
    approve(service, who, 2)
    assert_ends_well(service, who, 2)
    done = service.desk("reconcile", "--json")
    assert [report["findings"] for report in json.loads(done.stdout)] == [[], [], [], []]


def test_webhooks_that_found_nobody_are_tried_again(tmp_path: Path) -> None:
    before, during = person("mork"), person("nes")
    with running_service(tmp_path) as service:
        submit(service.sandbox, **before)
        wait_for(service, before)
        until(service.sandbox.idle)
        kill(service.process)
        submit(service.sandbox, **during)
        move(service.sandbox, wait_for(service, before)["id"], "Approved", "2")
        until(lambda: forms_sent(service)[-1].answers)
        with start(tmp_path, service.environment, int(service.url.rpartition(":")[2])):
            until(service.sandbox.idle)
            move(service.sandbox, wait_for(service, during)["id"], "Approved", "3")
            balances = {before["client_email"]: 2, during["client_email"]: 3}
            until(lambda: state(service.sandbox)["balances"] == balances)
            until(lambda: {words_of(service, who) for who in (before, during)} == {"Credits added"})
            until(service.sandbox.idle)
        late = [one for one in service.sandbox.deliveries if 0 in one.answers]
        assert {one.path for one in late} == {"/webhook/form", "/webhook/crm"}
        assert {one.state for one in service.sandbox.deliveries} == {"delivered"}
        assert len(state(service.sandbox)["grants"]) == len(state(service.sandbox)["tickets"]) == 2
