"""The whole story over real HTTP: form, ticket, approval, credits, mails."""

import sqlite3
import time
from pathlib import Path

import pytest
import requests

from sandbox.settings import SandboxSettings
from tests.running import kill, running_service, start, until
from tests.stories.staff_and_professionals import (
    JONA,
    move,
    stage_label,
    state,
    submit,
    wait_for_ticket,
)


@pytest.mark.parametrize(
    ("kind", "server", "payload", "database"),
    [
        ("tickets", "granian", "customised", "sqlite"),
        ("deals", "gunicorn", "contact", "sqlite"),
        ("tickets", "granian", "contact", "postgres"),
    ],
)
def test_from_the_form_to_the_credits(
    tmp_path: Path,
    kind: str,
    server: str,
    payload: str,
    database: str,
    request: pytest.FixtureRequest,
) -> None:
    elsewhere = request.getfixturevalue("postgres_url") if database == "postgres" else None
    around = SandboxSettings(workflow_payload=payload)
    with running_service(
        tmp_path,
        server=server,
        sandbox_settings=around,
        CRM_OBJECT=kind.removesuffix("s"),
        GRANT_DELAY_SECONDS="1",
        **({"DATABASE_URL": elsewhere} if elsewhere else {}),
    ) as service:
        sandbox = service.sandbox
        started = time.monotonic()
        submit(sandbox)
        ticket = wait_for_ticket(sandbox, kind)
        assert time.monotonic() - started < 2
        assert stage_label(sandbox, ticket, kind) == "New"
        move(sandbox, ticket["id"], "Approved", "4", kind)
        until(lambda: state(sandbox)["balances"] == {JONA["client_email"]: 4})
        until(lambda: stage_label(sandbox, wait_for_ticket(sandbox, kind), kind) == "Credits added")
        until(lambda: len(state(sandbox)["mails"]) == 2)
        assert {mail["to"][0] for mail in state(sandbox)["mails"]} == {JONA["email"]}
        until(sandbox.idle)
        time.sleep(0.5)
        assert len(state(sandbox)["grants"]) == 1
        assert len(state(sandbox)[kind]) == 1


def test_another_account_with_stages_bound_by_id(tmp_path: Path) -> None:
    around = SandboxSettings(
        portal_id=62515,
        app_id=777,
        form_guid="c2e945ca-53de-45b6-820f-8a8ded7b49e2",
        access_token="another-token",
        client_secrets=("another-secret",),
        credits_token="another-credits-token",
        generic_events=True,
    )
    with running_service(
        tmp_path,
        sandbox_settings=around,
        HUBSPOT_CLIENT_SECRETS="an-old-secret,another-secret",
        CRM_PIPELINE="0",
        CRM_STAGES="new=1,needs_attention=2,asked=3,replied=4,approved=51,credited=52,"
        "declined=53,withdrawn=54",
        set_up=False,
    ) as service:
        for number, label in ((51, "Approved"), (52, "Credits added"), (53, "No"), (54, "Away")):
            requests.post(
                f"{service.sandbox.url}/crm/v3/pipelines/tickets/0/stages",
                json={
                    "label": label,
                    "displayOrder": number,
                    "metadata": {"ticketState": "OPEN"},
                    "stageId": str(number),
                },
                headers={"Authorization": "Bearer another-token"},
                timeout=10,
            ).raise_for_status()
        done = service.desk("setup")
        assert done.returncode == 0, done.stdout + done.stderr
        submit(service.sandbox)
        ticket = wait_for_ticket(service.sandbox)
        assert ticket["properties"]["hs_pipeline_stage"] == "1"
        move(service.sandbox, ticket["id"], "51", "2")
        until(lambda: state(service.sandbox)["balances"] == {JONA["client_email"]: 2})
        until(lambda: wait_for_ticket(service.sandbox)["properties"]["hs_pipeline_stage"] == "52")


def test_without_a_credits_platform_the_ledger_keeps_the_credits(tmp_path: Path) -> None:
    with running_service(tmp_path, CREDITS_API_URL="", CREDITS_API_TOKEN="") as service:
        submit(service.sandbox)
        ticket = wait_for_ticket(service.sandbox)
        move(service.sandbox, ticket["id"], "Approved", "3")
        until(lambda: len(state(service.sandbox)["mails"]) == 2)
        file = tmp_path / "credits.csv"
        done = service.desk("ledger", "export", str(file), "--by", "Ops", "--reason", "weekly")
        assert done.returncode == 0, done.stderr
        assert f"{JONA['client_email']},3," in file.read_text()
        assert not state(service.sandbox)["grants"]


def test_a_form_webhook_while_the_disk_refuses_is_not_lost(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        submit(service.sandbox)
        wait_for_ticket(service.sandbox)
        with sqlite3.connect(tmp_path / "desk.db", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            submit(service.sandbox, client_email="siggi@example.is")
            time.sleep(6)
            other.execute("ROLLBACK")
        until(lambda: len(state(service.sandbox)["tickets"]) == 2)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_killed_service_goes_on_where_it_was(
    tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    elsewhere = request.getfixturevalue("postgres_url") if database == "postgres" else None
    around = {"DATABASE_URL": elsewhere} if elsewhere else {}
    with running_service(tmp_path, GRANT_DELAY_SECONDS="2", **around) as service:
        submit(service.sandbox)
        ticket = wait_for_ticket(service.sandbox)
        move(service.sandbox, ticket["id"], "Approved", "3")
        until(service.sandbox.idle)
        kill(service.process)
        port = int(service.url.rpartition(":")[2])
        with start(tmp_path, service.environment, port):
            until(lambda: state(service.sandbox)["balances"] == {JONA["client_email"]: 3})
            until(
                lambda: (
                    stage_label(service.sandbox, wait_for_ticket(service.sandbox))
                    == "Credits added"
                )
            )
            assert len(state(service.sandbox)["grants"]) == 1
