"""The pages, without a browser."""

from __future__ import annotations

import requests

from sandbox.server import Sandbox

ANSWERS = {
    "client_email": "client@example.org",
    "employer_or_wellbeing_hub": "Northwind Care",
    "email": "pro@example.org",
    "additional_information": "<b>bold</b>",
}


def test_every_page_answers(sandbox: Sandbox) -> None:
    for path in (
        "/",
        "/form",
        "/board",
        "/board?object=deals",
        "/organisation",
        "/mailbox",
        "/credits",
    ):
        answer = requests.get(sandbox.url + path)
        assert answer.status_code == 200, path
        assert "http://www." not in answer.text and "https://" not in answer.text


def test_the_form_is_taken(sandbox: Sandbox) -> None:
    page = requests.get(f"{sandbox.url}/form").text
    assert all(f'name="{name}"' in page for name in ANSWERS)
    answer = requests.post(f"{sandbox.url}/form", data=ANSWERS)
    assert "Thank you" in answer.text
    assert len(sandbox.parts.submissions) == 1


def test_the_form_says_what_is_wrong(sandbox: Sandbox) -> None:
    answer = requests.post(f"{sandbox.url}/form", data=ANSWERS | {"client_email": "x"})
    assert answer.status_code == 400
    assert "Please give an email address" in answer.text and "pro@example.org" in answer.text
    assert not sandbox.parts.submissions


def test_the_board_shows_and_moves_cards(sandbox: Sandbox, ticket_id: str) -> None:
    def columns() -> dict[str, list[str]]:
        shown = requests.get(f"{sandbox.url}/board/cards").json()["columns"]
        return {one["label"]: [card["id"] for card in one["cards"]] for one in shown}

    assert columns()["New"] == [ticket_id]
    path = f"{sandbox.url}/board/cards/{ticket_id}"
    requests.post(path, json={"stage": "3", "amount": "7"}).raise_for_status()
    assert columns()["Waiting on us"] == [ticket_id]
    assert ["credits_to_grant", "7"] in requests.get(path).json()["properties"]
    assert requests.post(path, json={"amount": "many"}).status_code == 400


def test_a_card_tells_the_company_it_belongs_to(
    sandbox: Sandbox, api: requests.Session, ticket_id: str
) -> None:
    def shown() -> list[str]:
        columns = requests.get(f"{sandbox.url}/board/cards").json()["columns"]
        return [card["companies"] for one in columns for card in one["cards"]]

    assert shown() == [""]
    (company_id, *_) = sandbox.hubspot.records["0-2"]
    path = f"/crm/v4/objects/tickets/{ticket_id}/associations/default/companies/{company_id}"
    api.put(sandbox.url + path).raise_for_status()
    assert shown() == ["Northwind Care"]


def test_the_board_prefers_the_pipeline_of_credit_requests(
    sandbox: Sandbox, api: requests.Session
) -> None:
    stages = [{"label": "New", "displayOrder": 0, "metadata": {"ticketState": "OPEN"}}]
    body = {"label": "Credit requests", "displayOrder": 1, "stages": stages}
    api.post(f"{sandbox.url}/crm/v3/pipelines/tickets", json=body).raise_for_status()
    assert requests.get(f"{sandbox.url}/board/cards").json()["pipeline"] == "Credit requests"
