"""What operators run beside the running service, and what they read."""

import json
from pathlib import Path
from typing import Any

import requests

from sandbox.forms.submissions import Submission
from tests.running import RunningService, running_service, until
from tests.stories.staff_and_professionals import (
    JONA,
    move,
    stage_label,
    state,
    submit,
    wait_for_ticket,
)


def desk_json(service: RunningService, *arguments: str) -> Any:
    done = service.desk(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_operators_compare_mend_and_verify(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        sandbox = service.sandbox
        submit(sandbox)
        ticket = wait_for_ticket(sandbox)
        move(sandbox, ticket["id"], "Approved", "4")
        until(lambda: stage_label(sandbox, wait_for_ticket(sandbox)) == "Credits added")

        reports = desk_json(service, "reconcile")
        assert [report["direction"] for report in reports] == [
            "submissions",
            "stages",
            "tickets",
            "grants",
        ]
        assert [report["findings"] for report in reports] == [[], [], [], []]
        assert reports[3]["compared"] == 1
        done = service.desk("reconcile", "--only", "grants")
        assert done.stdout == "grants: 1 compared, 0 found\n"
        assert JONA["client_email"] not in done.stdout + done.stderr

        move(sandbox, ticket["id"], "Declined", "4")
        until(lambda: desk_json(service, "reversals"))
        assert desk_json(service, "reversals")[0]["credits"] == 4
        assert "4 credits" in service.desk("reversals").stdout
        reference = ticket["properties"]["credit_request_ref"]
        done = service.desk("settle-reversal", reference, "kept", "--by", "Ops")
        assert done.returncode == 0, done.stderr
        assert service.desk("reversals").stdout == "None is proposed.\n"
        again = service.desk("settle-reversal", reference, "kept", "--by", "Ops")
        assert again.returncode == 1
        assert "Traceback" not in again.stderr

        verified = desk_json(service, "verify")
        assert (verified["ok"], verified["wrong"]) == (True, [])
        assert verified["lines"] > 5


def test_a_deleted_ticket_is_found_and_reopened(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        sandbox = service.sandbox
        submit(sandbox)
        ticket = wait_for_ticket(sandbox)
        reference = ticket["properties"]["credit_request_ref"]
        assert service.desk("reopen", reference).returncode == 1
        requests.post(
            f"{sandbox.url}/_sandbox/record",
            json={"object": "tickets", "id": ticket["id"], "do": "archive"},
            timeout=10,
        ).raise_for_status()
        reports = desk_json(service, "reconcile")
        assert [finding["what"] for finding in reports[2]["findings"]] == ["missing"]
        done = service.desk("reopen", reference)
        assert done.returncode == 0, done.stderr
        fresh = wait_for_ticket(sandbox)
        assert fresh["id"] != ticket["id"]
        assert fresh["properties"]["credit_request_ref"] == reference


def test_a_backlog_is_read_in_without_consequences(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        sandbox = service.sandbox
        spring = 1_775_000_000_000
        for number in range(120):
            values = {**JONA, "client_email": f"c{number}@example.is"}
            at = spring + number * 60_000
            sandbox.parts.submissions.append(
                Submission(f"old-{number}", at, tuple(values.items()), "", at)
            )
        assert desk_json(service, "backfill", "--since", "2026-01-01") == {"made": 120}
        done = service.desk("backfill", "--since", "2026-01-01")
        assert done.stdout == "0 submissions read in that were not known.\n"
        submit(sandbox)
        wait_for_ticket(sandbox)
        assert desk_json(service, "status")["requests"] == {"new": 1}
        assert len(state(sandbox)["mails"]) <= 1
