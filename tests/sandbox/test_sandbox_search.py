"""What search finds, by its default properties and by any."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server import Sandbox

AT = "2026-11-22T10:00:00.000Z"
RECORDS: dict[str, dict[str, str]] = {
    "contacts": {"email": "jona.b@example.org", "firstname": "Jóna", "phone": "+354 555 0123"},
    "companies": {"name": "Hvolf Wellbeing", "domain": "hvolf.example"},
    "tickets": {"subject": "Jóna asked", "content": "by phone", "hs_pipeline_stage": "1"},
    "deals": {"dealname": "Jóna asked", "description": "by phone", "dealstage": "closedwon"},
    "notes": {"hs_timestamp": AT, "hs_note_body": "<p>Jóna<br>asked</p>"},
    "emails": {
        "hs_timestamp": AT,
        "hs_email_direction": "INCOMING_EMAIL",
        "hs_email_subject": "Your question",
        "hs_email_text": "Is it about Jóna?",
    },
    "tasks": {"hs_timestamp": AT, "hs_task_subject": "Ring", "hs_task_body": "Jóna's manager"},
}


@pytest.fixture
def filled(sandbox: Sandbox, api: requests.Session) -> Sandbox:
    """An account with one record of each kind."""
    sandbox.settings.search_limit = 1_000
    for kind, values in RECORDS.items():
        path = f"{sandbox.url}/crm/v3/objects/{kind}"
        answer = api.post(path, json={"properties": values, "associations": []})
        assert answer.status_code == 201, answer.text
    return sandbox


def total(api: requests.Session, sandbox: Sandbox, kind: str, **asked: Any) -> int:
    answer = api.post(f"{sandbox.url}/crm/v3/objects/{kind}/search", json=asked)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["total"])


@pytest.mark.parametrize("kind", sorted(set(RECORDS) - {"companies"}))
def test_a_word_is_found_in_every_kind(filled: Sandbox, api: requests.Session, kind: str) -> None:
    assert total(api, filled, kind, query="JÓNA") == 1
    assert total(api, filled, kind, query="jón") == 0
    assert total(api, filled, kind, query="Jóna Guðrún") == 0


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("contacts", "jona.b@example.org"),
        ("contacts", "5550123"),
        ("companies", "hvolf"),
        ("tickets", "phone asked"),
        ("emails", "question jóna"),
    ],
)
def test_words_may_stand_in_different_properties(
    filled: Sandbox, api: requests.Session, kind: str, query: str
) -> None:
    assert total(api, filled, kind, query=query) == (0 if query == "5550123" else 1)


def test_a_query_passes_over_properties_of_the_accounts_own(
    filled: Sandbox, api: requests.Session
) -> None:
    (contact,) = filled.hubspot.records["0-1"]
    path = f"{filled.url}/crm/v3/objects/contacts/{contact}"
    api.patch(path, json={"properties": {"client_email": "client@example.org"}})
    assert total(api, filled, "contacts", query="client") == 0
    for operator, value in (("EQ", "Client@example.org"), ("CONTAINS_TOKEN", "client")):
        one = {"propertyName": "client_email", "operator": operator, "value": value}
        assert total(api, filled, "contacts", filterGroups=[{"filters": [one]}]) == 1


@pytest.mark.parametrize(
    ("value", "count"),
    [("jóna", 1), ("asked jóna", 1), ("jón", 0), ("jón*", 1), ("*sked", 1), ("p", 0)],
)
def test_tokens_of_a_note(filled: Sandbox, api: requests.Session, value: str, count: int) -> None:
    one = {"propertyName": "hs_note_body", "operator": "CONTAINS_TOKEN", "value": value}
    assert total(api, filled, "notes", filterGroups=[{"filters": [one]}]) == count


def test_a_domain_of_an_address(filled: Sandbox, api: requests.Session) -> None:
    one = {"propertyName": "email", "operator": "CONTAINS_TOKEN", "value": "*@example.org"}
    assert total(api, filled, "contacts", filterGroups=[{"filters": [one]}]) == 1


def test_conversations_cannot_be_searched(sandbox: Sandbox, api: requests.Session) -> None:
    for kind in ("conversations", "0-11"):
        answer = api.post(f"{sandbox.url}/crm/v3/objects/{kind}/search", json={})
        assert answer.status_code == 400
