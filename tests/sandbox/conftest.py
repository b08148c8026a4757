"""A sandbox and a receiver for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from sandbox.server import Sandbox, start_sandbox
from sandbox.settings import SandboxSettings
from tests.sandbox.receiver import Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def settings(receiver: Receiver) -> SandboxSettings:
    return SandboxSettings(
        service_url=receiver.url,
        public_service_url="https://desk.example.org",
        minute_ms=20,
        batch_wait_ms=10,
        search_lag_ms=0,
    )


@pytest.fixture
def sandbox(settings: SandboxSettings) -> Iterator[Sandbox]:
    with start_sandbox(settings) as running:
        yield running


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[requests.Session]:
    """A session that holds the access token."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {sandbox.settings.access_token}"
        yield session


@pytest.fixture
def ticket_id(sandbox: Sandbox, api: requests.Session) -> str:
    """A ticket in the first stage, with ``credits_to_grant`` defined."""
    amount = {
        "groupName": "ticketinformation",
        "name": "credits_to_grant",
        "label": "Credits to grant",
        "type": "number",
        "fieldType": "number",
    }
    api.post(f"{sandbox.url}/crm/v3/properties/tickets", json=amount).raise_for_status()
    made = api.post(
        f"{sandbox.url}/crm/v3/objects/tickets",
        json={"properties": {"subject": "Request", "hs_pipeline_stage": "1"}},
    )
    made.raise_for_status()
    return str(made.json()["id"])
