"""A small organisation at the running service: nobody asks, until it agrees to a standing rule."""

import json
import time
from pathlib import Path

import requests

from sandbox.server import Sandbox
from tests.running import kill, running_service, start, until
from tests.stories.staff_and_professionals import JONA, move, state, submit

COMPANY = "Harbour Wellbeing Hub"


def fill_in_members(sandbox: Sandbox, members: str) -> str:
    """What staff type on the company's record. Returns its id."""
    companies = f"{sandbox.url}/crm/v3/objects/companies"
    headers = {"Authorization": f"Bearer {sandbox.settings.access_token}"}
    listed = requests.get(companies, headers=headers, timeout=10).json()["results"]
    (id_,) = [one["id"] for one in listed if one["properties"]["name"] == COMPANY]
    body = {"properties": {"credits_members": members}}
    answer = requests.patch(f"{companies}/{id_}", json=body, headers=headers, timeout=10)
    answer.raise_for_status()
    return str(id_)


def tickets_that_say(sandbox: Sandbox, words: str) -> list[dict[str, str]]:
    """The cards on whose status line this is."""
    all_ = [ticket["properties"] for ticket in state(sandbox)["tickets"]]
    return [one for one in all_ if words in one["credit_request_status"]]


def test_it_is_not_asked_and_then_it_has_a_rule(tmp_path: Path) -> None:
    with running_service(tmp_path, GRANT_DELAY_SECONDS="1") as service:
        sandbox, port = service.sandbox, int(service.url.rpartition(":")[2])
        company_id = fill_in_members(sandbox, "3")
        kill(service.process)  # companies are read at the start
        with start(tmp_path, service.environment, port):
            submit(sandbox, employer_or_wellbeing_hub=COMPANY)
            (held,) = until(lambda: tickets_that_say(sandbox, "could tell who it is"))
            assert not held.get("credits_to_grant")
            terms = ("--pool", "5", "--per-client", "4", "--automatic", "3")
            done = service.desk("rules", "set", company_id, *terms, "--by", "Ops")
            assert done.returncode == 0, done.stderr

            submit(sandbox, employer_or_wellbeing_hub=COMPANY, client_email="siggi@example.is")
            (added,) = until(lambda: tickets_that_say(sandbox, "added on"))
            assert added["credits_to_grant"] == "3"
            assert state(sandbox)["balances"] == {"siggi@example.is": 3}

            submit(sandbox, employer_or_wellbeing_hub=COMPANY, client_email="eva@example.is")
            until(lambda: len(tickets_that_say(sandbox, "added on")) == 2)
            assert state(sandbox)["balances"] == {"siggi@example.is": 3, "eva@example.is": 2}
            submit(sandbox, employer_or_wellbeing_hub=COMPANY, client_email="ari@example.is")
            until(lambda: len(tickets_that_say(sandbox, "could tell who it is")) == 2)
            until(sandbox.idle)
            time.sleep(0.5)
            assert len(state(sandbox)["grants"]) == 2
            done = service.desk("rules", "totals", company_id, "--json")
            assert [total["credits"] for total in json.loads(done.stdout)] == [None]
            assert service.desk("verify").returncode == 0
            log = service.log.read_text()
            assert JONA["client_email"] not in log
            assert "siggi" not in log


def test_staff_drag_away_what_a_rule_approved(tmp_path: Path) -> None:
    with running_service(tmp_path, GRANT_DELAY_SECONDS="3") as service:
        sandbox = service.sandbox
        terms = ("--pool", "5", "--per-client", "4", "--automatic", "3")
        company_id = fill_in_members(sandbox, "")
        set_it = ("rules", "set", company_id, *terms, "--by", "Ops")
        until(lambda: service.desk(*set_it).returncode == 0)
        submit(sandbox, employer_or_wellbeing_hub=COMPANY)
        until(lambda: tickets_that_say(sandbox, "standing rule"))
        (ticket,) = state(sandbox)["tickets"]
        move(sandbox, ticket["id"], "Declined", "3")
        time.sleep(4)
        until(sandbox.idle)
        assert not state(sandbox)["grants"]
        assert len(tickets_that_say(sandbox, "Declined")) == 1
